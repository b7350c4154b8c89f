#!/usr/bin/env bash
# Stops the kasundod that deploy/up.sh started. The data stay; deploy/up.sh goes on with them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source deploy/server_process.sh

pid="$(running_pid)"
if [[ -z "$pid" ]]; then
  echo "No kasundod runs on $data."
  exit 0
fi
stop_server "$pid"
echo "kasundod (process $pid) has stopped. Its data are in $data."
