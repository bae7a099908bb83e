#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Drives every scenario of scenarios/ in closed loop: the same results with one worker and with two, and none worse than
# scenarios/baseline.json. usage: scenarios.sh HANGIL FOLDER [--update]   (--update writes the baseline anew)
set -euo pipefail
cd "$(dirname "$0")/../.."
hangil=$1 folder=$2
rm -rf "$folder"
# The verdicts are judged by the comparison, so a run that ends with 1, 4 or 5 goes on here.
drive() { "$hangil" scenario run scenarios --workers "$1" --report "$folder/$1" >"$folder/$1.txt" || [ -s "$folder/$1/results.json" ]; }
mkdir -p "$folder"
drive 1
drive 2
cmp "$folder/1/results.json" "$folder/2/results.json" || { echo "scenarios: two workers give other results than one"; exit 1; }
if [ "${3:-}" = --update ]; then
  # Without hashes: those differ between instruction sets.
  sed 's/"trace_hash":"[0-9a-f]*"/"trace_hash":""/g' "$folder/1/results.json" >scenarios/baseline.json
fi
"$hangil" scenario compare scenarios/baseline.json "$folder/1/results.json"
