# Services under test: started on a free port, awaited, stopped. Sourced after tools.sh by the scripts that
# ask the release binary; PARTNERSHIP_API_BINARY names another build than target/release/partnership-api.
# shellcheck shell=bash

binary=${PARTNERSHIP_API_BINARY:-${CARGO_TARGET_DIR:-target}/release/partnership-api}
[ -x "$binary" ] || cargo build --release --locked
work=$(mktemp -d)
declare -A pids=() ports=()

# start_service NAME ARGUMENT...: starts the binary, waits until it is ready; sets ports[NAME] and pids[NAME].
# Its log is NAME.log in the folder $work.
start_service() {
  local name=$1 log="$work/$1.log" apart
  shift
  # Port 0 is any that is free, and the log says which: nobody else can take it in between.
  "$binary" serve --listen 127.0.0.1:0 --log-format json "$@" >"$log" 2>&1 &
  pids[$name]=$!
  wait_until 20 grep -q '"listening"' "$log" || never_ready "$name"
  ports[$name]=$(sed -n '/"listening"/s/.*"address":"[^"]*:\([0-9]*\)".*/\1/p' "$log")
  # Where metrics have a listener of their own, health is there too.
  apart=$(sed -n '/served apart/s#.*"address":"http://\([^/]*\)/metrics".*#\1#p' "$log")
  wait_until 20 "$binary" healthcheck --listen "${apart:-127.0.0.1:${ports[$name]}}" || never_ready "$name"
}

never_ready() {
  echo "the service \`$1\` never became ready:" >&2
  tail -n 20 "$work/$1.log" >&2
  exit 1
}

# stop_service NAME: stops it as an operator would. It must have lived, must not have panicked, must end well.
stop_service() {
  local pid=${pids[$1]} log="$work/$1.log"
  unset "pids[$1]"
  kill -TERM "$pid" 2>/dev/null || { echo "the service died on the way:"; tail -n 20 "$log"; return 1; }
  wait "$pid" || { echo "the service did not stop with exit code 0:"; tail -n 20 "$log"; return 1; }
  if grep -i 'panicked' "$log"; then echo "the service panicked"; return 1; fi
}

# free_ports COUNT: as many ports as that, all different, for programs that must be told theirs.
free_ports() {
  python3 -c '
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for each in held: each.bind(("127.0.0.1", 0)); print(each.getsockname()[1])' "$1"
}

# Ends everything that `pids` still names, and removes the folder $work.
clean_up() {
  set +e
  for pid in "${pids[@]}"; do
    kill -TERM "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
  done
  rm -rf "$work"
}
trap clean_up EXIT
