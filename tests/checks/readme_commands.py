# SPDX-License-Identifier: Apache-2.0
"""Runs every command that a README shows. A fence marked `sh` is run from the top folder, one shell a fence; what cannot
run as it stands is marked `text`. The scripts that run this check are not run again."""
import re
import subprocess
import sys
import time

import tree

FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```", re.M | re.S)
SHELL_NAMES = {"bash", "shell", "console", "zsh", "shell-session", ""}
RUNS_THIS_CHECK = re.compile(r"scripts/(test|nightly)\.sh|\bctest\b")
LIMIT_S = 900


def fences(root):
    for path in tree.files(root, "README.md"):
        text = tree.read(root, path)
        for match in FENCE.finditer(text):
            yield f"{path}:{tree.line_of(text, match.start())}", match.group(1).strip(), match.group(2)


def without_own_callers(commands):
    kept = [line for line in commands.split("\n") if not RUNS_THIS_CHECK.search(line)]
    return "\n".join(kept).strip()


def run(root, place, commands):
    started = time.monotonic()
    try:
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=root, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=LIMIT_S)
        status, said = done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired as late:
        status, said = 124, (late.stdout or b"").decode(errors="replace")
    print(f"{place}: exit {status} after {time.monotonic() - started:.1f} s")
    if status == 0:
        return []
    return [f"{place}: fails with exit {status}:\n{commands.strip()}\n--- its last lines\n{said[-2000:]}"]


def main():
    root = tree.root_from_arguments()
    problems = []
    for place, language, commands in fences(root):
        if language in SHELL_NAMES:
            problems.append(f"{place}: mark this fence `sh` (it is run here) or `text` (it is not)")
        elif language == "sh" and "--list" not in sys.argv:
            runnable = without_own_callers(commands)
            problems += run(root, place, runnable) if runnable else []
    tree.finish(problems, "README commands")


if __name__ == "__main__":
    main()
