#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Feeds every fuzz target of tests/fuzz with mutated bytes. usage: scripts/fuzz.sh [MINUTES_EACH]   (default 1)
# It begins with the sound inputs of tests/fuzz/make_seeds.cpp. A crash leaves its input in build/fuzz/crashes/; the
# corpus in build/fuzz/corpus/ grows from run to run. What was found becomes a made input of a test.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$(awk -v minutes="${1:-1}" 'BEGIN { printf "%d", minutes * 60 }')
if ! command -v clang++-19 >/dev/null; then
  echo "fuzz: clang++-19 is not here (scripts/setup.sh --test installs it); no target was run"
  exit 0
fi
scripts/configure.sh fuzz
cmake --build --preset fuzz -j "$(nproc)" --target hangil_fuzz -- --quiet
build/fuzz/bin/make_seeds build/fuzz/seeds

run_target() {
  local name
  name=$(basename "$1")
  mkdir -p "build/fuzz/corpus/$name" build/fuzz/crashes
  local seeds="build/fuzz/seeds/$name"
  [ -d "$seeds" ] || seeds=
  echo "fuzz: $name for $seconds s"
  "$1" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/crashes/$name-" "build/fuzz/corpus/$name" ${seeds:+"$seeds"} 2>&1 |
    grep -E 'number_of_executed_units|peak_rss|ERROR|SUMMARY|Test unit|#[0-9]+ 0x' || true
  return "${PIPESTATUS[0]}"
}

status=0
for target in build/fuzz/bin/*_fuzz; do
  run_target "$target" || status=1
done
exit $status
