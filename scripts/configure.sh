#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Configures one preset and speaks only when that fails. usage: scripts/configure.sh PRESET [CMAKE_ARGUMENTS...]
set -euo pipefail
cd "$(dirname "$0")/.."
log=build/configure_$1.log
mkdir -p build
if ! cmake --preset "$1" -Wno-dev "${@:2}" >"$log" 2>&1; then
  cat "$log" >&2
  echo "configure.sh: preset '$1' could not be configured; scripts/setup.sh installs what is missing" >&2
  exit 1
fi
