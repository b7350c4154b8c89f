#!/usr/bin/env bash
# Everything that must hold, with one command: installs what is missing, builds, and runs all tests (also the checks of
# protos, layout, layering and requirements, which are tests like any other). Ends with ctest's closing lines; the exit code
# is 0 only if every test passed. Needs no terminal and no input.
#
#   tests/run.sh                        Release build, every test
#   tests/run.sh --preset asan-ubsan    address and undefined-behaviour sanitizers: labels unit, property, e2e
#   tests/run.sh --preset tsan          thread sanitizer: the same labels
#   tests/run.sh --preset dev           Debug build, every test
#   tests/run.sh --label 'unit|style'   only tests whose label matches
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=release
label=""
while [[ $# -gt 0 ]]; do
  case "$1" in
    --preset)
      preset="${2:?--preset needs a name}"
      shift 2
      ;;
    --label)
      label="${2:?--label needs a pattern}"
      shift 2
      ;;
    -h | --help)
      sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
      exit 0
      ;;
    *)
      echo "tests/run.sh: unknown argument '$1' (see --help)" >&2
      exit 2
      ;;
  esac
done
case "$preset" in
  release | dev) ;;
  asan-ubsan | tsan) label="${label:-^(unit|property|e2e)$}" ;;
  *)
    echo "tests/run.sh: unknown preset '$preset'; there are release, dev, asan-ubsan and tsan" >&2
    exit 2
    ;;
esac
build="build/$preset"

step() { printf '\n== %s (%dm%02ds)\n' "$1" $((SECONDS / 60)) $((SECONDS % 60)); }

step "packages"
deploy/install_packages.sh test
tests/protos/install_buf.sh

step "configure $build"
mkdir -p build
if ! cmake --preset "$preset" >"build/configure-$preset.log" 2>&1; then
  cat "build/configure-$preset.log" >&2
  exit 1
fi
tail -n 1 "build/configure-$preset.log"

step "build"
NINJA_STATUS="[%f/%t, %es] " ninja -C "$build"

step "test"
here="$PWD"
export ASAN_OPTIONS="detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1:suppressions=$here/tests/sanitizers/asan.supp"
export LSAN_OPTIONS="suppressions=$here/tests/sanitizers/lsan.supp:print_suppressions=0"
export UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1"
export TSAN_OPTIONS="suppressions=$here/tests/sanitizers/tsan.supp:halt_on_error=1:second_deadlock_stack=1"
# GCC's thread sanitizer cannot map its shadow memory where the kernel randomises addresses widely.
run=()
[[ "$preset" == tsan ]] && run=(setarch -R)
select=()
[[ -n "$label" ]] && select=(-L "$label")
exec "${run[@]}" ctest --test-dir "$build" --output-on-failure --no-tests=error -j "$(nproc)" "${select[@]}"
