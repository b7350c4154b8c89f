# The server that deploy/up.sh starts and deploy/down.sh stops: where it keeps its data, how it is found, started, stopped.
# To be sourced from the top of the tree.

data="$(realpath -m "${KASUNDO_DATA:-$PWD/data}")"
port="${KASUNDO_PORT:-7420}"
metrics_port="${KASUNDO_METRICS_PORT:-7421}"
log="$data/kasundod.log"
pid_file="$data/kasundod.pid"
kasundod="$PWD/build/release/services/kasundod/kasundod"
program="$PWD/build/release/services/cli/kasundo"
port_file="$data/ports"

# The command line as the administrator of this server, with a session of its own beside the data.
kasundo() {
  XDG_CONFIG_HOME="$data/config" KASUNDO_SERVER="127.0.0.1:$port" "$program" "$@"
}

# Prints the process id of the server on this data folder; nothing if none runs. A stale file, or one whose number another
# program has by now, counts as none.
running_pid() {
  local pid=""
  [[ -r "$pid_file" ]] && read -r pid <"$pid_file" || true
  if [[ "$pid" =~ ^[0-9]+$ && "$(readlink "/proc/$pid/exe" 2>/dev/null)" == *"/kasundod"* ]]; then echo "$pid"; fi
}

# Prints who listens on a TCP port of this machine; fails if nobody does. Reads /proc, for a fresh machine has neither ss nor
# lsof.
port_owner() {
  local hex inode fd pid
  hex="$(printf '%04X' "$1")"
  inode="$(awk -v port=":$hex" 'FNR > 1 && $4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' \
    /proc/net/tcp /proc/net/tcp6 2>/dev/null || true)"
  [[ -n "$inode" ]] || return 1
  for fd in /proc/[0-9]*/fd/*; do
    if [[ "$(readlink "$fd" 2>/dev/null)" == "socket:[$inode]" ]]; then
      pid="${fd#/proc/}"
      pid="${pid%%/*}"
      echo "process $pid ($(tr '\0' ' ' <"/proc/$pid/cmdline" | sed 's/ $//'))"
      return 0
    fi
  done
  echo "a process of another user"
}

# Starts the server and returns once it serves. Shows the end of its log if it does not come up.
start_server() {
  local pid until=$((SECONDS + 120))
  rm -f "$port_file"
  setsid "$kasundod" --data "$data/journal" --listen "127.0.0.1:$port" --metrics-listen "127.0.0.1:$metrics_port" \
    --port-file "$port_file" </dev/null >>"$log" 2>&1 &
  pid=$!
  echo "$pid" >"$pid_file"
  # It writes the file once it serves; a database of millions of events needs a moment. Ends at once if the process does.
  while [[ ! -s "$port_file" ]]; do
    if ! kill -0 "$pid" 2>/dev/null; then
      rm -f "$pid_file"
      echo "kasundod ended at its start. The end of $log:" >&2
      tail -n 20 "$log" >&2
      exit 1
    fi
    if ((SECONDS > until)); then
      echo "kasundod (process $pid) does not serve after 2 minutes; see $log" >&2
      exit 1
    fi
    sleep 0.1
  done
}

# Signs the administrator in, once: the one-time token that the first start printed is exchanged for one that lasts.
sign_in() {
  local token
  if kasundo whoami >/dev/null 2>&1; then
    echo "signed in already"
    return
  fi
  token="$(grep -o 'kasundo_[A-Za-z0-9_-]*' "$log" | tail -n 1 || true)"
  if [[ -z "$token" ]]; then
    echo "There is no one-time token in $log, and no session in $data/config: sign in yourself with" >&2
    echo "  $program sign-in --server 127.0.0.1:$port --account <you>@system" >&2
    exit 1
  fi
  kasundo sign-in --token-stdin <<<"$token" >/dev/null
  token="$(kasundo -o json act IssueToken title=deploy/up.sh lifetime=34560000s | grep -o 'kasundo_[A-Za-z0-9_-]*')"
  kasundo sign-in --token-stdin <<<"$token"
}

# SIGTERM, and waits until it is gone; it drains and stops within 5 s.
stop_server() {
  local pid="$1" until=$((SECONDS + 20))
  kill -TERM "$pid"
  while kill -0 "$pid" 2>/dev/null; do
    if ((SECONDS > until)); then
      echo "kasundod (process $pid) has not stopped after 20 s; see $log" >&2
      exit 1
    fi
    sleep 0.1
  done
  rm -f "$pid_file"
}
