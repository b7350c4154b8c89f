#!/usr/bin/env bash
# Installs the Debian 12 packages that a build needs, if any is missing: as root, or with sudo. Says so once; does nothing,
# and needs no network, when all are there.
#
#   deploy/install_packages.sh build   what deploy/up.sh needs
#   deploy/install_packages.sh test    also what tests/run.sh needs
set -euo pipefail

purpose="${1:-build}"
case "$purpose" in
  build | test) ;;
  *)
    echo "usage: deploy/install_packages.sh build|test" >&2
    exit 2
    ;;
esac

packages=(
  g++ cmake ninja-build ccache mold pkg-config
  libgrpc++-dev protobuf-compiler libprotobuf-dev libprotoc-dev
  librocksdb-dev libjemalloc-dev prometheus-cpp-dev
  libabsl-dev libyaml-cpp-dev libcli11-dev libspdlog-dev libfmt-dev libsodium-dev libssl-dev libicu-dev libdtl-dev
  # CMake looks for all targets' libraries at once, so the tests' own belong to every build.
  libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev
)
# Where another source than Debian may provide the program, the command counts, not the package.
declare -A commands=([git]=git)
if [[ "$purpose" == test ]]; then
  packages+=(ca-certificates)
  commands+=([node]=nodejs [npm]=npm [clang-format]=clang-format)
fi

missing=()
# One dpkg-query for all: asking once per package would cost a second on every start.
installed="$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${packages[@]}" 2>/dev/null || true)"
for package in "${packages[@]}"; do
  grep -qxF "$package installed" <<<"$installed" || missing+=("$package")
done
for command in "${!commands[@]}"; do
  command -v "$command" >/dev/null || missing+=("${commands[$command]}")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "These packages are missing and this is not Debian, so install them yourself: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if [[ "$(id -u)" -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "These packages are missing: ${missing[*]}" >&2
    echo "Run this as root, or install sudo, or: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "Installing ${#missing[@]} Debian packages (this happens once): ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q update </dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${missing[@]}" </dev/null
