#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the tests under a sanitizer. usage: scripts/build_sanitized.sh asan|tsan [ROOM...]
# With rooms, only their test programs and the module libraries they load.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
targets=()
if [ $# -gt 0 ]; then
  targets=(--target hangil_modules)
  for room in "$@"; do [ ! -d "tests/$room" ] || targets+=("hangil_${room}_test"); done
fi
scripts/configure.sh "$preset" -DHANGIL_TESTS=ON
cmake --build --preset "$preset" -j "$(nproc)" ${targets[@]+"${targets[@]}"} -- --quiet
