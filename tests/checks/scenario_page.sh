#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes pages of scenarios, of a few runs and of a sweep, and clicks through them in a browser.
# usage: scenario_page.sh HANGIL FOLDER   (exit code 77: no browser, skipped)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
hangil=$1 folder=$2
rm -rf "$folder" && mkdir -p "$folder"
printf 'ego_kmh,other_kmh,gap_m,lateral_mps\n60,30,8,1.5\n60,30,50,0.5\n40,20,8,1.5\n40,20,50,0.5\n' >"$folder/points.csv"
top=$here/../..
# Failures are what the page is for: exit codes 0, 1 and 4 are all well.
well() { "$@" >"$folder/log.txt" 2>&1 || case $? in 1 | 4) ;; *) cat "$folder/log.txt"; return 1 ;; esac; }
well "$hangil" scenario run "$top/scenarios/cut_in_close" "$top/scenarios/lead_brakes_hard" --all-traces --report "$folder/run"
well "$hangil" scenario sweep "$top/configs/scenarios/cut_in_grid.xosc" --points "$folder/points.csv" --all-traces --report "$folder/sweep"
node "$here/scenario_page.mjs" "$folder/run/report.html" "$folder/run"
node "$here/scenario_page.mjs" "$folder/sweep/report.html" "$folder/sweep"
