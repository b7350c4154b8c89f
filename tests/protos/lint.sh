#!/usr/bin/env bash
# buf lint with the rules of proto/buf.yaml; every element needs a comment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
buf="$(tests/protos/install_buf.sh --path)"
cd proto
exec "$buf" lint
