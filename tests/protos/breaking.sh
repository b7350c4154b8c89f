#!/usr/bin/env bash
# buf breaking: no change of the protos may break what is stored or what clients send.
#
# Compared with, in this order: $KASUNDO_PROTO_BASE (a commit); the newest reachable release tag (v*); the point where this
# branch left main; the commit before this one. Passes, and says why, where there is nothing to compare with: no history, or
# the first protos.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
buf="$(tests/protos/install_buf.sh --path)"

nothing() {
  echo "nothing to compare with: $1"
  exit 0
}
git rev-parse --verify -q HEAD >/dev/null 2>&1 || nothing "this is not a git repository with a commit"
head="$(git rev-parse HEAD)"
base="${KASUNDO_PROTO_BASE:-}"
[[ -n "$base" ]] || base="$(git describe --tags --abbrev=0 --match 'v*' 2>/dev/null || true)"
if [[ -z "$base" ]]; then
  for main in origin/main main; do
    fork="$(git merge-base HEAD "$main" 2>/dev/null || true)"
    if [[ -n "$fork" && "$fork" != "$head" ]]; then
      base="$fork"
      break
    fi
  done
fi
[[ -n "$base" ]] || base="HEAD~1"
base="$(git rev-parse --verify -q "$base^{commit}" || true)"
[[ -n "$base" ]] || nothing "there is no commit before this one (a shallow clone?)"
[[ -n "$(git ls-tree "$base" proto/kasundo)" ]] || nothing "$base has no protos"

# A copy of the base: buf's own reading of .git does not know worktrees.
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
git archive "$base" proto | tar -x -C "$copy"
echo "compared with $(git log -1 --format='%h %s' "$base")"
cd proto
"$buf" breaking --against "$copy/proto"
