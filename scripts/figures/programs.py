# SPDX-License-Identifier: Apache-2.0
"""The programs that measure."""
import json
import os
import subprocess
import sys

HANGIL = "build/release/bin/hangil"
BENCHMARKS = "build/release/bin/hangil_bench"
PIPELINE = "configs/pipelines/lidar.yaml"


def run(*arguments, program=HANGIL, environment=None):
    """Runs a program and returns what it printed; ends with its error when it fails."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        sys.exit(f"{program} {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def benchmarks(pattern, **environment):
    """What the benchmarks of that pattern measured, by their full names."""
    printed = run("--json", f"--benchmark_filter={pattern}", program=BENCHMARKS,
                  environment={**os.environ, **environment})
    return {b["name"]: b for b in json.loads(printed)["benchmarks"]}
