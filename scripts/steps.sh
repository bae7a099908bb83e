# SPDX-License-Identifier: Apache-2.0
# Sourced by test.sh and nightly.sh: named steps with their minutes, and one closing count over all of them.
steps_file=build/ci_minutes.txt
passed=0 failed=0 skipped=0 failed_steps=()
mkdir -p build
: >"$steps_file"

# step NAME COMMAND...: counts as one test; its output stays visible. Returns the command's status.
step() {
  local name=$1 status=0
  shift
  timed "$name" "$@" || status=$?
  if [ $status -eq 0 ]; then passed=$((passed + 1)); else fail_step "$name" "exit $status"; fi
  return $status
}

# ctest_step NAME CTEST_ARGUMENTS...: counts what CTest ran.
ctest_step() {
  local name=$1 status=0 junit="$PWD/build/ctest_${1// /_}.xml"
  shift
  rm -f "$junit"
  timed "$name" ctest --output-on-failure --no-tests=error --output-junit "$junit" "$@" || status=$?
  count_junit "$name" "$junit" || return 1
  return $status
}

count_junit() {
  local name=$1 junit=$2 tests failures skips
  if [ ! -s "$junit" ]; then fail_step "$name" "CTest wrote no result"; return 1; fi
  tests=$(junit_attribute tests "$junit") failures=$(junit_attribute failures "$junit")
  skips=$(($(junit_attribute skipped "$junit") + $(junit_attribute disabled "$junit")))
  passed=$((passed + tests - failures - skips)) failed=$((failed + failures)) skipped=$((skipped + skips))
  [ "$failures" -eq 0 ] || failed_steps+=("$name: $failures of $tests tests")
}

junit_attribute() { sed -n "s/^[[:space:]]*$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

fail_step() {
  failed=$((failed + 1))
  failed_steps+=("$1: $2")
}

timed() {
  local name=$1 start=$SECONDS status=0
  shift
  printf '\n== %s\n' "$name"
  "$@" || status=$?
  awk -v name="$name" -v s=$((SECONDS - start)) 'BEGIN { printf "%6.1f  %s\n", s / 60, name }' >>"$steps_file"
  return $status
}

# Prints minutes and counts; the last line is the one machines read.
finish() {
  printf '\n== minutes\n'
  awk '{ print; sum += $1 } END { printf "%6.1f  in all\n", sum }' "$steps_file"
  local line
  for line in ${failed_steps[@]+"${failed_steps[@]}"}; do echo "FAILED $line"; done
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}
