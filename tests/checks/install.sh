#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `cmake --install` puts the program, its modules and the configs where the program finds them.
# usage: install.sh BUILD_FOLDER PREFIX
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1 prefix=$(realpath -m "$2")
rm -rf "$prefix"
cmake --install "$build" --prefix "$prefix" >/dev/null
[ -x "$prefix/bin/hangil" ] || { echo "install: no bin/hangil in $prefix" >&2; exit 1; }
expect_same() {
  diff <(cd "$1" && find . -name "$3" | sort) <(cd "$2" && find . -name "$3" | sort) ||
    { echo "install: $2 does not hold what $1 does" >&2; exit 1; }
}
[ ! -d "$build/lib/hangil" ] || expect_same "$build/lib/hangil" "$prefix/lib/hangil" 'libhangil_*.so'
[ ! -d configs ] || expect_same configs "$prefix/share/hangil/configs" '*.yaml'
{ "$prefix/bin/hangil" doctor --json || true; } | grep -q "\"module_dir\":\"$prefix/lib/hangil\"" ||
  { echo "install: the installed program looks for modules elsewhere" >&2; exit 1; }
! ldd "$prefix/bin/hangil" | grep 'not found' || exit 1
echo "install: complete in $prefix"
