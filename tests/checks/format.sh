#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every C++ source stands as clang-format 14 would write it. usage: format.sh [--root DIR]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
[ "${1:-}" != --root ] || root=$2
formatter=$(command -v clang-format-14 || true)
if [ -z "$formatter" ]; then
  echo "format: clang-format-14 is not here; scripts/setup.sh --test installs it" >&2
  exit 1
fi
cd "$root"
list() {
  if [ -e .git ]; then
    git ls-files -co --exclude-standard '*.hpp' '*.cpp' | while read -r file; do [ ! -f "$file" ] || echo "$file"; done
  else
    find . -path ./build -prune -o \( -name '*.hpp' -o -name '*.cpp' \) -print
  fi
}
if ! said=$(list | sort -u | xargs -r "$formatter" --dry-run -Werror --style=file 2>&1); then
  grep -E '^[^ ]+:[0-9]+:[0-9]+: ' <<<"$said" | sort -u -t: -k1,1 | sed 's/:[0-9]*: error.*/: not as clang-format 14 writes it/' >&2
  echo "format: scripts/format.sh puts these files right" >&2
  exit 1
fi
echo "format: $(list | wc -l) files are as they should be"
