#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Drives scenarios with simulated sensors in the loop: the same results, pictures and scans with one worker and with two; and
# a red light that is only in the picture is heeded. usage: sensor_scenarios.sh HANGIL FOLDER SCENARIO...
# Networks are left out, so that what is installed on a machine does not matter. Verdicts are not judged here.
set -euo pipefail
cd "$(dirname "$0")/../.."
hangil=$1 folder=$2
shift 2
rm -rf "$folder"
mkdir -p "$folder"
export HANGIL_MODELS=$folder/no_models
drive() { "$hangil" scenario run "scenarios/$1" --pipeline configs/pipelines/closed_loop_sensors.yaml "${@:2}"; }
is_driven() { [ -s "$1/results.json" ] && ! grep -q '"verdict":"ERROR"' "$1/results.json"; }
for scenario in "$@"; do
  for workers in 1 2; do
    report=$folder/$scenario.$workers
    drive "$scenario" --workers $workers --report "$report" || is_driven "$report" ||
      { echo "sensor_scenarios: $scenario was not driven to its end"; exit 1; }
  done
  cmp "$folder/$scenario.1/results.json" "$folder/$scenario.2/results.json" ||
    { echo "sensor_scenarios: $scenario differs between one worker and two"; exit 1; }
done
# Nothing but the picture tells the planner of the light.
drive light_turns_red --set camera.noise_levels=0 -o "$folder/seen.mcap" --report "$folder/seen" || is_driven "$folder/seen"
plans=$("$hangil" cat "$folder/seen.mcap" --topic /planning/reasons --json | grep -c '"red light 1"' || true)
rm "$folder/seen.mcap"
[ "$plans" -gt 20 ] || { echo "sensor_scenarios: the red light was heeded in $plans plans only"; exit 1; }
