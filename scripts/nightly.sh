#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What is too long for every change: every test under each sanitizer, a soak, and the fuzz targets for longer.
# usage: scripts/nightly.sh [FUZZ_MINUTES_EACH [SOAK_MINUTES]]   (default 10 and 30)
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/steps.sh
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
jobs=$(nproc)

step "packages" scripts/setup.sh --test || finish
if [ -x ../shared/data/unpack ]; then step "recorded drives" ../shared/data/unpack build/drives; fi
for preset in asan tsan; do
  step "$preset: build" scripts/build_sanitized.sh "$preset" &&
    ctest_step "$preset: every test" --preset "$preset" -j "$jobs" -LE check
done
release() {
  scripts/configure.sh release -DHANGIL_TESTS=ON &&
    cmake --build --preset release -j "$jobs" -- --quiet
}
# The first drive of KITTI tracking where it is there, else the built-in one, driven live over and over.
soak() {
  local drives=build/drives/kitti_tracking/training drive=build/soak.mcap
  if [ -d "$drives" ]; then
    build/release/bin/hangil convert kitti-tracking "$drives" --sequence 0000 -o "$drive"
  else
    build/release/bin/hangil demo-drive --seconds 20 -o "$drive"
  fi && scripts/soak.py "$drive" --minutes "$1"
}
# Exit code 77: what it needs is not here, and it says so.
or_skip() { "$@" || [ $? -eq 77 ]; }
# Exit codes 1 and 4 are verdicts, not errors.
with_verdict() { "$@" || case $? in 1 | 4) ;; *) return 1 ;; esac; }
hangil=build/release/bin/hangil suites=../shared/suites night=build/nightly/$(git rev-parse --short HEAD)
# The whole cut-in grid; killed, the next night of the same commit goes on with it.
cut_in_grid() {
  mkdir -p "$night" && $hangil drivers points -o "$night/points.csv" &&
    with_verdict $hangil scenario sweep configs/scenarios/cut_in_grid.xosc --points "$night/points.csv" --workers "$jobs" \
      --report "$night/cut_in_grid"
}
ncap() { with_verdict $hangil scenario run --suite ncap2026 --dir $suites/ncap2026 --report "$night/ncap2026"; }
alks() { with_verdict $hangil scenario run --suite alks --dir $suites/alks --sample 100 --report "$night/alks"; }
# Every scenario with simulated sensors in the loop, and its table of verdicts.
with_sensors() {
  with_verdict $hangil scenario run scenarios --pipeline "configs/pipelines/$1.yaml" --workers 1 -j "$jobs" --report "$night/$1"
}
step "release: build" release &&
  step "scenarios with a LiDAR" with_sensors closed_loop_lidar &&
  step "scenarios with a LiDAR and a camera" with_sensors closed_loop_sensors &&
  step "a sweep on Slurm" or_skip python3 tests/checks/slurm_sweep.py $hangil configs/scenarios/cut_in_grid.xosc &&
  step "the JRC's cut-in grid" cut_in_grid &&
  if [ -d $suites/alks ]; then step "ALKS, 100 points of each logical scenario" alks; fi &&
  if [ -d $suites/ncap2026 ]; then step "Euro NCAP 2026, standard range" ncap; fi &&
  ctest_step "release: long tests" --preset release -j "$jobs" -L nightly &&
  step "250 kill points" python3 tests/checks/kill_points.py build/release/bin/hangil --count 250 &&
  step "soak" soak "${2:-30}"
step "fuzz targets" scripts/fuzz.sh "${1:-10}"
finish
