#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A module fresh from scripts/new_module.sh formats, layers, builds, passes its test and is described by hangil.
# usage: new_module.sh SCRATCH_FOLDER HANGIL
set -euo pipefail
cd "$(dirname "$0")/../.."
source=$PWD scratch=$1 hangil=$2
export CCACHE_BASEDIR="$source" CCACHE_NOHASHDIR=1

# A copy of the sources in the scratch folder; files that did not change keep their times and are not built again.
mkdir -p "$scratch"
git ls-files -co --exclude-standard |
  while read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done >"$scratch/files.txt"
rm -rf "$scratch/tree/modules" "$scratch/tree/tests"
mkdir -p "$scratch/tree"
tar -cf - -T "$scratch/files.txt" | tar -xf - -C "$scratch/tree"
cd "$scratch/tree"

scripts/new_module.sh control sample_filter | tee "$scratch/said.txt"
[ "$(grep -c '^  [- ] ' "$scratch/said.txt")" -eq 6 ] || { echo "the YAML is not six lines" >&2; exit 1; }
if scripts/new_module.sh control sample_filter 2>/dev/null; then echo "a second run must be refused" >&2; exit 1; fi
if scripts/new_module.sh nowhere other 2>/dev/null; then echo "an unknown room must be refused" >&2; exit 1; fi
if scripts/new_module.sh control Bad-Name 2>/dev/null; then echo "a bad name must be refused" >&2; exit 1; fi
python3 tests/checks/layers.py --root .
python3 tests/checks/banned.py --root .
tests/checks/format.sh --root .

scripts/configure.sh release -DHANGIL_TESTS=ON -DHANGIL_BENCHMARKS=OFF -DHANGIL_PCL=OFF
cmake --build --preset release -j "$(nproc)" --target hangil_sample_filter_module hangil_control_test -- --quiet
build/release/bin/hangil_control_test --gtest_filter='SampleFilter.*'
HANGIL_MODULE_DIR=$PWD/build/release/lib/hangil "$hangil" modules describe sample_filter | tee "$scratch/described.txt"
grep -q 'range_m' "$scratch/described.txt" || { echo "its parameter is not described" >&2; exit 1; }
