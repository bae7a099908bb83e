#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Feeds every fuzz target of tests/fuzz with mutated bytes. usage: scripts/fuzz.sh [MINUTES_EACH] [NAME...]
# (default 1 minute, all; a name is that of a file <name>_fuzz.cpp)
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
names=("${@:2}")
if [ ${#names[@]} -eq 0 ]; then
  for source in tests/fuzz/*_fuzz.cpp; do names+=("$(basename "$source" _fuzz.cpp)"); done
fi
cmake --build --preset fuzz -j "$(nproc)" --target make_seeds "${names[@]/%/_fuzz}" -- --quiet
build/fuzz/bin/make_seeds build/fuzz/seeds

run_target() {
  local name
  name=$(basename "$1")
  mkdir -p "build/fuzz/corpus/$name" build/fuzz/crashes
  local seeds="build/fuzz/seeds/$name"
  [ -d "$seeds" ] || seeds=
  echo "fuzz: $name for $seconds s"
  "$1" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/crashes/$name-" "build/fuzz/corpus/$name" ${seeds:+"$seeds"} 2>&1 |
    grep -E 'number_of_executed_units|peak_rss|ERROR|SUMMARY|Test unit|#[0-9]+ 0x' || true
  return "${PIPESTATUS[0]}"
}

status=0
for name in "${names[@]}"; do
  run_target "build/fuzz/bin/${name}_fuzz" || status=1
done
exit $status
