"""How each rival is started: the one place that knows their options."""

import os
import pathlib
import shutil
import subprocess

from servers import Server, free_port

BROTLI_MODULE = pathlib.Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")

NGINX = """
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log crit;
{modules}
events {{ worker_connections 4096; multi_accept on; }}
http {{
    default_type application/json;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    etag on;
    keepalive_timeout 300;
    keepalive_requests 1000000000;
    open_file_cache max=1000 inactive=300s;
    open_file_cache_valid 300s;
    log_format lines escape=json '{{"method":"$request_method","path":"$request_uri","status":$status,'
        '"bytes":$body_bytes_sent,"seconds":$request_time,"id":"$request_id"}}';
    access_log {log};
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        root {folder}/root;
        {static}
    }}
}}
"""


class Rivals:
    """Starts servers out of what is built and installed below the target folder."""

    def __init__(self, target: pathlib.Path):
        self.target, self.data = target, target / "bench-data"
        self.data.mkdir(parents=True, exist_ok=True)
        self.binary = target / "release" / "partnership-api"
        self.venv = target / "bench-tools" / "venv" / "bin"
        helped = subprocess.run([self.binary, "serve", "--help"], capture_output=True, text=True, check=True)
        self.workers = ["--workers", "1"] if "--workers" in helped.stdout else []

    def ours(self, data=None, name="ours", logs=False, ready="/readyz", caches=True):
        port = free_port()
        command = [self.binary, "serve", "--listen", f"127.0.0.1:{port}", *self.workers]
        command += ["--log-format", "json", "--log", "info" if logs else "warn"]
        command += ["--data", data] if data else []
        command += [] if caches else ["--cache-bytes", "0"]
        return Server(name, command, port, ready, log=self.data / "ours.log")

    def nginx(self, path, body, gzip=None, br=None, logs=False, name="nginx"):
        """nginx that serves the bytes as a file, and as precompressed files beside it."""
        port, folder = free_port(), self.data / "nginx"
        shutil.rmtree(folder, ignore_errors=True)
        page = folder / "root" / path.split("?")[0].lstrip("/")
        page.parent.mkdir(parents=True)
        page.write_bytes(body)
        static, modules = [], ""
        if gzip:
            page.with_name(f"{page.name}.gz").write_bytes(gzip)
            static.append("gzip_static on;")
        if br and BROTLI_MODULE.exists():
            page.with_name(f"{page.name}.br").write_bytes(br)
            static.append("brotli_static on;")
            modules = f"load_module {BROTLI_MODULE};"
        elif br:
            page.write_bytes(br)
            static.append("add_header Content-Encoding br;")
        settings = NGINX.format(
            user="user root;" if os.geteuid() == 0 else "",
            folder=folder,
            port=port,
            modules=modules,
            static=" ".join(static),
            log=f"{folder}/access.log lines buffer=64k flush=1s" if logs else "off",
        )
        (folder / "nginx.conf").write_text(settings)
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        return Server(name, [nginx, "-p", folder, "-c", folder / "nginx.conf"], port, path, log=folder / "out.log")

    def bare_hyper(self, body, headers, name):
        """hyper with one buffer for an answer."""
        port = free_port()
        buffer, lines = self.data / "body", self.data / f"headers-{len(headers)}"
        buffer.write_bytes(body)
        lines.write_text("".join(f"{key}: {value}\n" for key, value in headers.items()))
        command = [self.target / "release" / "examples" / "bare-hyper", f"127.0.0.1:{port}", buffer, lines]
        return Server(name, command, port, log=self.data / "bare-hyper.log")

    def roapi(self, files: dict, ready):
        port = free_port()
        command = [self.venv / "roapi", "-a", f"127.0.0.1:{port}", "-p", f"127.0.0.1:{free_port()}"]
        command += ["--addr-flight-sql", f"127.0.0.1:{free_port()}"]
        for table, file in files.items():
            command += ["-t", f"{table}={file}"]
        quiet = {"RUST_LOG": "error"}
        return Server("roapi", command, port, ready, quiet, log=self.data / "roapi.log")

    def datasette(self, database, ready):
        port = free_port()
        command = [self.venv / "datasette", "serve", "-i", database, "-h", "127.0.0.1", "-p", str(port)]
        command += ["--setting", "suggest_facets", "off"]
        return Server("Datasette", command, port, ready, log=self.data / "datasette.log")

    def fastapi(self, database, ready):
        port, here = free_port(), pathlib.Path(__file__).parent
        command = [self.venv / "uvicorn", "sqlite_api:app", "--app-dir", here, "--host", "127.0.0.1"]
        command += ["--port", str(port), "--no-access-log", "--log-level", "warning"]
        where = {"DATABASE": str(database), "PYTHONDONTWRITEBYTECODE": "1"}
        return Server("FastAPI", command, port, ready, where, log=self.data / "fastapi.log")

    def versions(self) -> dict:
        """What was measured."""

        def said(*command):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            return (done.stdout + done.stderr).splitlines()[0].strip()

        python = [self.venv / "python", "-c"]
        of = "import importlib.metadata as m, sys, sqlite3; print(', '.join(f'{n} {m.version(n)}' for n in "
        of += "('roapi', 'datasette', 'fastapi', 'uvicorn', 'uvloop')), '; Python', sys.version.split()[0], "
        of += "'; SQLite', sqlite3.sqlite_version)"
        return {
            "rustc": said("rustc", "--version"),
            "nginx": said(shutil.which("nginx") or "/usr/sbin/nginx", "-v").removeprefix("nginx version: "),
            "wrk": said("wrk", "-v").split(" [")[0],
            "Python": said(*python, of),
        }
