#!/usr/bin/env bash
# Every source file is laid out as .clang-format says. Mend with: clang-format -i FILE
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if ! command -v clang-format >/dev/null; then
  echo "clang-format is missing; deploy/install_packages.sh test installs it" >&2
  exit 1
fi
find workflows services tests -name node_modules -prune -o \( -name '*.h' -o -name '*.cc' \) -print0 |
  xargs -0 -P "$(nproc)" -n 20 clang-format --dry-run --Werror
