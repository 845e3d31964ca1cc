# What the checks need and a fresh machine lacks, each installed on first use into target/ci-tools.
# Sourced by the scripts of this folder. Needs Rust, python3, node and npm; Debian packages need root.
# shellcheck shell=bash

ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=$(cd "$ci/.." && pwd)/target/ci-tools
mkdir -p "$tools"

# Prints how long the script has run, and what it has just done.
say() { printf '  [%3d s] %s\n' "$SECONDS" "$*"; }

# debian_packages NAME...: installs what is missing; false when that cannot be done.
debian_packages() {
  if dpkg-query -W -f '${db:Status-Abbrev}\n' "$@" 2>/dev/null | grep -c '^ii' | grep -qx "$#"; then return; fi
  [ "$(id -u)" = 0 ] || { echo "not root: cannot install $*"; return 1; }
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
    >"$tools/apt.log" 2>&1; then
    tail -n 5 "$tools/apt.log"
    return 1
  fi
  say "installed $*"
}

# Puts the Python tools of requirements.txt, at the versions of constraints.txt, on PATH.
python_tools() {
  local stamp
  # The folder too: commands of an environment name it in their first line.
  stamp=$({ cat "$ci/requirements.txt" "$ci/constraints.txt"; echo "$tools"; } | sha256sum)
  if [ "$(cat "$tools/venv/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$tools/venv"
    if ! python3 -m venv "$tools/venv" >/dev/null 2>&1; then
      debian_packages python3-venv
      python3 -m venv --clear "$tools/venv"
    fi
    "$tools/venv/bin/pip" install --quiet --disable-pip-version-check \
      --requirement "$ci/requirements.txt" --constraint "$ci/constraints.txt"
    echo "$stamp" >"$tools/venv/stamp"
    say "installed the Python tools"
  fi
  case ":$PATH:" in
    *":$tools/venv/bin:"*) ;;
    *) PATH="$tools/venv/bin:$PATH" ;;
  esac
}

# node_tools: installs .ci/package.json, at the versions of its lock file, and puts its commands on PATH.
node_tools() {
  local stamp
  stamp=$(cat "$ci/package.json" "$ci/package-lock.json" | sha256sum)
  if [ "$(cat "$tools/node/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$tools/node"
    mkdir -p "$tools/node"
    cp "$ci/package.json" "$ci/package-lock.json" "$tools/node"
    npm ci --prefix "$tools/node" --no-audit --no-fund --loglevel=error
    echo "$stamp" >"$tools/node/stamp"
    say "installed the Node tools"
  fi
  case ":$PATH:" in
    *":$tools/node/node_modules/.bin:"*) ;;
    *) PATH="$tools/node/node_modules/.bin:$PATH" ;;
  esac
}
