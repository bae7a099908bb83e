#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh machine to a driven demo: installs what running needs, builds, drives the built-in drive, reports.
# usage: scripts/demo.sh   (leaves demo/report.html, demo/cut_in.html and their recordings)
set -euo pipefail
cd "$(dirname "$0")/.."
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1

say() { printf '\n[%d/7, %d:%02d] %s\n' "$1" $((SECONDS / 60)) $((SECONDS % 60)) "$2"; }

# Some sources of a room as one: half the minutes. Should they not go together, one by one.
build() {
  local batches
  for batches in ON OFF; do
    scripts/configure.sh release "$@" "-DHANGIL_UNITY=$batches" && build_targets && return
  done
  return 1
}
build_targets() { cmake --build --preset release -j "$(nproc)" --target hangil hangil_modules; }

# An existing build tree keeps its settings: it may hold tests that somebody wants to keep.
configure_and_build() {
  if [ -f build/release/CMakeCache.txt ]; then
    scripts/configure.sh release && build_targets
  else
    build -DHANGIL_TESTS=OFF -DHANGIL_BENCHMARKS=OFF -DHANGIL_PCL=OFF -DHANGIL_TORCH=OFF -DHANGIL_OPENCV=OFF
  fi
}

say 1 "Packages that building and running need"
scripts/setup.sh --run

say 2 "Building hangil and its modules (a few minutes on two cores the first time)"
configure_and_build

hangil=build/release/bin/hangil
mkdir -p demo
say 3 "Making the built-in drive: a small ray-cast town with a 64-beam LiDAR, IMU and odometry"
$hangil demo-drive -o demo/built_in.mcap

say 4 "Driving it: LiDAR, tracking, prediction, planning, safety, control"
$hangil replay demo/built_in.mcap --pipeline configs/pipelines/lidar.yaml -o demo/drive.mcap --workers 2

say 5 "Comparing with the ground truth"
$hangil eval demo/drive.mcap

say 6 "Writing the report"
$hangil report demo/drive.mcap -o demo/report.html

say 7 "Closed loop: a car cuts in, and the stack drives ego; verdict and pictures"
$hangil scenario run scenarios/cut_in_close -o demo/cut_in.mcap
$hangil report demo/cut_in.mcap -o demo/cut_in.html

cat <<END

Done in $((SECONDS / 60)) min $((SECONDS % 60)) s. What to look at:
  demo/report.html   pictures of key frames, latency of every module, quality figures (open it in a browser)
  demo/drive.mcap    the recording with everything the modules said (Foxglove, Rerun and ros2 bag read it)
  demo/cut_in.html   the closed-loop scenario the same way
  $hangil info demo/drive.mcap      what the recording holds
END
