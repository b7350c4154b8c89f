#!/usr/bin/env bash
# Puts buf into build/npm, once per version; prints its path only when called with --path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

version=1.59.0
buf=build/npm/node_modules/.bin/buf
if [[ ! -x "$buf" || "$("$buf" --version 2>/dev/null)" != "$version" ]]; then
  echo "Installing buf $version into build/npm (this happens once)" >&2
  mkdir -p build/npm
  npm install --prefix build/npm --no-audit --no-fund --no-save --loglevel=error "@bufbuild/buf@$version" </dev/null >&2
fi
[[ "${1:-}" == --path ]] && echo "$PWD/$buf"
exit 0
