#!/usr/bin/env bash
# The one command: installs what is missing, builds, starts kasundod on loopback, loads the sample realms, and says what to
# try next. Run again, it reuses all of it and keeps the data.
#
#   deploy/up.sh                     data in ./data, gRPC on 127.0.0.1:7420, metrics on 127.0.0.1:7421
#   KASUNDO_DATA=/srv/kasundo KASUNDO_PORT=8420 KASUNDO_METRICS_PORT=8421 deploy/up.sh
#   deploy/down.sh                   stops it; the data stay
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source deploy/server_process.sh

step() { printf '\n== %s\n' "$1"; }

step "packages"
deploy/install_packages.sh build

step "build (build/release)"
mkdir -p build
if ! cmake --preset release >build/configure-release.log 2>&1; then
  cat build/configure-release.log >&2
  exit 1
fi
NINJA_STATUS="[%f/%t, %es] " ninja -C build/release kasundod kasundo

step "server"
mkdir -p "$data"
chmod 700 "$data"
pid="$(running_pid)"
if [[ -n "$pid" && "$(readlink "/proc/$pid/exe")" == *" (deleted)" ]]; then
  echo "kasundod (process $pid) runs an older build; restarting it"
  stop_server "$pid"
  pid=""
fi
if [[ -n "$pid" ]]; then
  echo "kasundod runs already (process $pid)"
else
  for taken in "$port" "$metrics_port"; do
    if owner="$(port_owner "$taken")"; then
      echo "Port $taken is taken by $owner." >&2
      echo "Stop that, or choose others: KASUNDO_PORT=8420 KASUNDO_METRICS_PORT=8421 deploy/up.sh" >&2
      exit 1
    fi
  done
  start_server
  echo "kasundod runs (process $(running_pid)), data in $data, log in $log"
fi

step "sign-in"
sign_in

step "sample realms"
kasundo apply -f workflows/samples/*/*.yaml

# What people type from here on: the program with this server and this session.
mkdir -p "$data/bin"
cat >"$data/bin/kasundo" <<WRAPPER
#!/bin/sh
# The command line for the server of deploy/up.sh, signed in as its administrator.
XDG_CONFIG_HOME="$data/config" KASUNDO_SERVER="127.0.0.1:$port" exec "$program" "\$@"
WRAPPER
chmod +x "$data/bin/kasundo"

cat <<TEXT

Kasundo runs on 127.0.0.1:$port; its data are in $data. Try next:

  export PATH="$data/bin:\$PATH"
  kasundo use calabarzon
  kasundo list committees
  kasundo describe committees/cmd
  kasundo get committees/cmd --on 2012-06-30
  kasundo history committees/cmd/meetings/2016-q2
  kasundo list actionItems
  kasundo responsibilities --on 2016-03-18
  kasundo --realm realms/batangas-rome continuity agreements/twinning --on 2011-05-01
  kasundo help

Metrics: http://127.0.0.1:$metrics_port/metrics   Stop: deploy/down.sh   Operate: deploy/README.md
TEXT
