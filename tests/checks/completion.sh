#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The completion scripts load in their shells, and bash's completes. usage: completion.sh HANGIL
set -euo pipefail
hangil=$1
eval "$("$hangil" completion bash)"

# complete_line WORD...: what bash would offer for the last word.
complete_line() {
  COMP_WORDS=(hangil "$@") COMP_CWORD=$#
  _hangil || true
  echo "${COMPREPLY[*]-}"
}
expect() {
  [ "$1" = "$2" ] || { echo "completion: expected '$1', got '$2'" >&2; exit 1; }
}
expect "doctor" "$(complete_line doc)"
expect "--json" "$(complete_line doctor --j)"
expect "" "$(complete_line doctor doc)"
expect "new-module" "$(complete_line new)"

for shell in zsh fish; do
  "$hangil" completion "$shell" >/dev/null
  if command -v "$shell" >/dev/null; then "$hangil" completion "$shell" | "$shell" -n /dev/stdin; fi
done
if "$hangil" completion cmd.exe 2>/dev/null; then echo "an unknown shell must be refused" >&2; exit 1; fi
echo "completion: bash completes; zsh and fish scripts are well formed where those shells are"
