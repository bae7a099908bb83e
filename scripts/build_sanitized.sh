#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the tests under a sanitizer. usage: scripts/build_sanitized.sh asan|tsan [ROOM...]
# With rooms, only their test programs.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
targets=()
for room in "$@"; do targets+=(--target "hangil_${room}_test"); done
build() {
  scripts/configure.sh "$preset" -DHANGIL_TESTS=ON "-DHANGIL_UNITY=$1"
  cmake --build --preset "$preset" -j "$(nproc)" ${targets[@]+"${targets[@]}"} -- --quiet
}
# In a batch, two files of a room that give one name to different things collide. Slower file by file, but it must not
# stop anybody.
build ON && exit
echo "build_sanitized: the batches above do not compile; building file by file (docs/building.md, HANGIL_UNITY)" >&2
build OFF
