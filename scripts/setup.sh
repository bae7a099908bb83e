#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages of third_party/packages.txt that this machine lacks, and says which and why.
# usage: scripts/setup.sh [--run|--perception|--test|--all] [--dry-run]
#   --run   what building and running need (default)      --perception  also networks and cameras
#   --test  also tests and benchmarks, perception too      --all         everything
#   --dry-run  only say what would be done
set -euo pipefail
cd "$(dirname "$0")/.."
list=third_party/packages.txt

usage() { sed -n '3,7s/^# //p' "scripts/setup.sh"; }

# Prints "name|why" for every listed package of the wanted groups.
wanted() {
  awk -F'|' -v groups="$1" '
    /^#/ || NF < 5 { next }
    { for (i = 1; i <= 5; ++i) gsub(/^[ \t]+|[ \t]+$/, "", $i)
      count = split($4, own, /[ ,]+/)
      for (i = 1; i <= count; ++i) if (index(" " groups " ", " " own[i] " ")) { print $1 "|" $5; next } }' "$list"
}

# Installed as a package, or there as a program of that name from elsewhere (a newer cmake, say).
is_present() {
  dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed || command -v "$1" >/dev/null
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

groups=run dry_run=
for argument in "$@"; do
  case "$argument" in
    --run) groups=run ;;
    --perception) groups="run perception" ;;
    --test) groups="run perception test bench" ;;
    --all) groups="run perception test bench dev" ;;
    --dry-run) dry_run=1 ;;
    -h|--help) usage; exit 0 ;;
    *) echo "setup.sh: unknown option '$argument'" >&2; usage >&2; exit 2 ;;
  esac
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "setup.sh: this is not a Debian system, so nothing was installed. What these Debian 12 packages hold is needed:" >&2
  wanted "$groups" | awk -F'|' '{ printf "  %-22s %s\n", $1, $2 }' >&2
  echo "Install their counterparts, then build as docs/building.md says." >&2
  exit 1
fi

missing=()
while IFS='|' read -r name why; do
  is_present "$name" && continue
  [ ${#missing[@]} -gt 0 ] || echo "setup: installing"
  printf '  %-22s %s\n' "$name" "$why"
  missing+=("$name")
done < <(wanted "$groups")

if [ ${#missing[@]} -eq 0 ]; then
  echo "setup: every package is there already ($groups)"
  exit 0
fi
[ -z "$dry_run" ] || exit 0
if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
  echo "setup.sh: not root and no sudo here; as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

# Package lists may be absent (a fresh container) or too old for the mirror: fetch them only when they do not serve.
install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install "${missing[@]}" >"$log" 2>&1; then
  echo "setup: fetching the package lists"
  as_root apt-get update -qq
  if ! install "${missing[@]}" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "setup.sh: apt-get could not install the packages above; its last lines say why" >&2
    exit 1
  fi
fi
echo "setup: installed ${#missing[@]} packages"
