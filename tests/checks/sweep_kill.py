#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sweeps killed at random moments and resumed: no run is lost or driven into the file twice, and the file is that of a
sweep nobody killed, whatever the number of workers. usage: sweep_kill.py HANGIL SCENARIO FOLDER"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

RUN_COUNT, TRIAL_COUNT = 8, 2


def write_points(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("ego_kmh,other_kmh,gap_m,lateral_mps\n")
        for i in range(RUN_COUNT):
            file.write(f"{40 + i % 5 * 5},{20 + i % 3 * 5},{15 + 4 * i},{0.4 + i % 4 * 0.3:.1f}\n")


def command(hangil, scenario, folder, report, workers):
    return [hangil, "scenario", "sweep", scenario, "--points", f"{folder}/points.csv", "--report", f"{folder}/{report}",
            "--workers", str(workers)]


def text_of(folder, report):
    with open(f"{folder}/{report}/results.jsonl", "rb") as file:
        return file.read()


def whole_lines(text):
    return [json.loads(line) for line in text[:text.rfind(b"\n") + 1].splitlines()[1:]]


def sweep(*arguments):
    done = subprocess.run(command(*arguments), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 4):
        sys.exit(f"sweep_kill: exit code {done.returncode}: {done.stdout}{done.stderr}")


def main():
    hangil, scenario, folder = (os.path.abspath(word) for word in sys.argv[1:4])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    write_points(f"{folder}/points.csv")
    begun = time.monotonic()
    sweep(hangil, scenario, folder, "whole", 1)
    whole_s = time.monotonic() - begun
    expected = text_of(folder, "whole")
    if [row["index"] for row in whole_lines(expected)] != list(range(RUN_COUNT)):
        sys.exit("sweep_kill: the sweep is not whole")
    sweep(hangil, scenario, folder, "four", 4)
    if text_of(folder, "four") != expected:
        sys.exit("sweep_kill: four workers write another file than one")
    moments, kept = random.Random(1), []
    for trial in range(TRIAL_COUNT):
        with subprocess.Popen(command(hangil, scenario, folder, f"killed{trial}", 2), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as killed:
            time.sleep(whole_s * moments.uniform(0.2, 0.6))
            killed.send_signal(signal.SIGKILL)
        kept.append(len(whole_lines(text_of(folder, f"killed{trial}"))))
        sweep(hangil, scenario, folder, f"killed{trial}", 2)
        if text_of(folder, f"killed{trial}") != expected:
            sys.exit(f"sweep_kill: resumed after {kept[-1]} runs, the file is another one")
    print(f"sweep_kill: killed with {kept} of {RUN_COUNT} runs done and resumed: the same file")


if __name__ == "__main__":
    main()
