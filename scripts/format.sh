#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Puts every C++ source into the format that the checks want.
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files -co --exclude-standard '*.hpp' '*.cpp' | while read -r file; do [ ! -f "$file" ] || echo "$file"; done |
  xargs -r clang-format-14 -i --style=file
