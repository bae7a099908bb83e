#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# scripts/setup.sh on machines played by stubs: not Debian, nothing installed yet, stale package lists, no root.
set -euo pipefail
cd "$(dirname "$0")/../.."
stubs=$(mktemp -d)
trap 'rm -rf "$stubs"' EXIT
for tool in bash env wc awk sed cat dirname mktemp rm tail grep; do ln -s "$(command -v $tool)" "$stubs/$tool"; done

stub() { printf '#!/bin/bash\n%s\n' "$2" >"$stubs/$1" && chmod +x "$stubs/$1"; }
setup() { PATH=$stubs scripts/setup.sh "$@" 2>&1; }
expect() { grep -q -e "$1" <<<"$said" || { echo "setup.sh does not say '$1' but:"; echo "$said"; exit 1; }; }
refuse() { ! grep -q -e "$1" <<<"$said" || { echo "setup.sh should not say '$1':"; echo "$said"; exit 1; }; }

said=$(setup) && exit 1
expect "not a Debian system"
expect "libyaml-cpp-dev .*YAML"

stub dpkg-query 'case "${@: -1}" in g++|cmake) echo installed ;; *) exit 1 ;; esac'
stub id 'echo 0'
stub apt-get "echo apt-get \"\$@\" >>$stubs/calls"
said=$(setup --test)
expect "libpcl-dev"
expect "installed [0-9]* packages"
refuse "^  cmake"
said=$(cat "$stubs/calls")
expect "install -y .*--no-install-recommends .*ninja-build"
refuse "update"

said=$(setup --run)
refuse "libpcl-dev"
said=$(setup --dry-run)
[ "$(wc -l <"$stubs/calls")" -eq 2 ] || { echo "--dry-run must not call apt-get"; exit 1; }

stub apt-get "echo apt-get \"\$@\" >>$stubs/calls; [ \"\$1\" = update ] && : >$stubs/fresh; [ -e $stubs/fresh ]"
said=$(setup)
expect "fetching the package lists"
expect "installed"

rm "$stubs/fresh"
stub apt-get 'echo "E: no such package"; exit 100'
said=$(setup) && exit 1
expect "no such package"

stub id 'echo 1000'
said=$(setup) && exit 1
expect "not root and no sudo"
stub sudo "echo sudo \"\$@\" >>$stubs/calls"
said=$(setup)
expect "installed"

stub dpkg-query 'echo installed'
said=$(setup --all)
expect "every package is there already"
echo "setup.sh: as it should be on every machine played here"
