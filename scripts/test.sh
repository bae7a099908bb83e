#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that must hold before a change lands; CI runs this and nothing else. docs/ci.md explains each step.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/steps.sh
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
jobs=$(nproc)

configure() { scripts/configure.sh "$1" -DHANGIL_TESTS=ON "${@:2}"; }
build() { cmake --build --preset "$1" -j "$jobs" -- --quiet; }

# The sanitizer builds leave out what only measures; asan takes every room but the program (cli) and camera, whose
# tests need LibTorch and OpenCV, tsan the rooms that have threads, scripts/nightly.sh all.
asan_rooms() { (cd tests && ls -d */CMakeLists.txt | cut -d/ -f1 | grep -vxE 'benchmarks|camera|checks|cli|fuzz'); }
sanitized() {
  local preset=$1
  shift
  step "$preset: build" scripts/build_sanitized.sh "$preset" "$@"
}

step "packages" scripts/setup.sh --test || finish
if [ -x ../shared/data/unpack ]; then step "recorded drives" ../shared/data/unpack build/drives; fi
if [ -f tests/package.json ]; then step "node peers" npm ci --prefix tests --no-audit --no-fund --loglevel=error; fi

step "release: configure" configure release -DHANGIL_BENCHMARKS=ON -DHANGIL_PCL=ON -DHANGIL_UNITY=OFF || finish
ctest_step "source checks" --preset release -L source_check
step "release: build" build release || finish
ctest_step "release: tests" --preset release -j "$jobs" -LE "source_check|nightly"

# shellcheck disable=SC2046  # one word a room
sanitized asan $(asan_rooms) &&
  ctest_step "asan: tests" --preset asan -j "$jobs" -LE "check|nightly" -E '^(cli\.|hangil_cli_test)'
sanitized tsan runtime recording && ctest_step "tsan: tests" --preset tsan -j "$jobs" -R '^(runtime|recording)\.' -LE nightly
step "fuzz targets" scripts/fuzz.sh 0.25 cdr cloud kitti mcap yaml
step "size report" python3 tests/checks/sizes.py --report
finish
