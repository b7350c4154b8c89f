#!/usr/bin/env bash
# tests/requirements.csv says which tests show which requirement. Checks that every line has the form "number,Suite.Name",
# that numbers lie in 1 to 150 and are sorted, that no line is there twice, and that ctest knows every test named.
#
#   check.sh <build folder>
set -euo pipefail
build="$1"
list="$(dirname "${BASH_SOURCE[0]}")/../requirements.csv"

# "  Test #12: Suite.Name" becomes "Suite.Name".
known="$(mktemp)"
trap 'rm -f "$known"' EXIT
ctest --test-dir "$build" -N | sed -n 's/^ *Test *#[0-9]*: //p' | sort -u >"$known"

awk -F, -v list="tests/requirements.csv" '
  FNR == NR { known[$0] = 1; next }
  function wrong(what) { print list ":" FNR ": " what; failed = 1 }
  FNR == 1 { if ($0 != "requirement,test") wrong("the first line must be \"requirement,test\""); next }
  NF != 2 || $1 !~ /^[1-9][0-9]*$/ || $2 == "" { wrong("not of the form \"number,Suite.Name\": " $0); next }
  $1 > 150 { wrong("there is no requirement " $1) }
  $1 + 0 < last { wrong("requirement " $1 " stands after " last "; keep the list sorted") }
  ($0 in seen) { wrong("twice: " $0) }
  !($2 in known) { wrong("there is no test " $2) }
  { seen[$0] = 1; last = $1 + 0; shown[$1] = 1; lines++ }
  END {
    if (lines == 0 && !failed) { print list ": no requirement is shown by any test"; failed = 1 }
    for (number in shown) requirements++
    print requirements + 0 " requirements are shown by " lines + 0 " lines"
    exit failed
  }' "$known" "$list"
