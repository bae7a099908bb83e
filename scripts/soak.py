#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Drives a recording live, over and over, and holds the drive to what must not change with time:
  - the rarest latencies: p99.9 of a frame, from its stamp to its command, in the last quarter beside the three before
    (below 1,000 frames a quarter, where that quantile says nothing, the median);
  - the memory: resident bytes in the last quarter beside the second, and 1 GiB at all times;
  - nothing failed, nothing was lost, every frame of every round was driven.

usage: scripts/soak.py DRIVE [--minutes 30] [--pipeline FILE] [--hangil FILE]"""
import argparse
import json
import math
import subprocess
import sys
import tempfile
import time

GAP_S = 0.1  # `hangil run --repeat` leaves this between rounds
ENOUGH = 1000  # frames for a p99.9
MOST_BYTES = 1 << 30


def rounds(options):
    """How often the drive is to be played, and how long all of that takes."""
    said = subprocess.run([options.hangil, "info", "--json", options.drive], check=True, capture_output=True, text=True)
    length_s = json.loads(said.stdout)["duration_s"] + GAP_S
    count = max(1, math.ceil(60 * options.minutes / length_s))
    return count, count * length_s


def resident_bytes(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as status:
            return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    except (OSError, StopIteration):  # it has just ended
        return None


def drive(options):
    """The drive's statistics and (share of the whole time gone, resident bytes) twice a second and more."""
    count, length_s = rounds(options)
    command = [options.hangil, "run", options.drive, "--pipeline", options.pipeline, "--repeat", str(count), "--json"]
    samples = []
    with tempfile.TemporaryFile("w+") as out, subprocess.Popen(command, stdout=out) as process:
        begin = time.monotonic()
        while process.poll() is None:
            samples.append(((time.monotonic() - begin) / length_s, resident_bytes(process.pid)))
            time.sleep(min(0.5, length_s / 100))
        out.seek(0)
        if process.returncode != 0:
            sys.exit(f"soak: `{' '.join(command)}` ended with {process.returncode}")
        return json.load(out), [sample for sample in samples if sample[1] is not None]


def judge_latency(said, options, faults):
    quarters = [quarter["virtual_latency_ms"] for quarter in said["quarters"]]
    key = "p999" if all(quarter["samples"] >= ENOUGH for quarter in quarters) else "p50"
    values = [quarter[key] for quarter in quarters]
    print(f"soak: {key} by quarters:", ", ".join(f"{value:.2f} ms" for value in values),
          "of", ", ".join(str(quarter["samples"]) for quarter in quarters), "frames")
    allowed = options.drift * sorted(values[:3])[1] + options.slack_ms
    if values[3] > allowed:
        faults.append(f"{key} drifted to {values[3]:.2f} ms in the last quarter, allowed are {allowed:.2f} ms")
    if min(quarter["samples"] for quarter in quarters) == 0:
        faults.append("a quarter without any frame that was answered")


def judge_memory(samples, faults):
    def most(begin, end):
        return max((size for share, size in samples if begin <= share < end), default=0)

    second, last, all_time = most(0.25, 0.5), most(0.75, 1.0), most(0, math.inf)
    print(f"soak: resident {second / 2**20:.1f} MiB in the second quarter, {last / 2**20:.1f} in the last, "
          f"{all_time / 2**20:.1f} at most")
    if last > 1.02 * second + (4 << 20):
        faults.append(f"memory grew from {second / 2**20:.1f} to {last / 2**20:.1f} MiB")
    if all_time > MOST_BYTES:
        faults.append(f"{all_time / 2**20:.0f} MiB resident, at most 1024 are allowed")
    if second == 0 or last == 0:
        faults.append("too short to see its memory")


def judge_counts(said, faults):
    for name in ("failures", "lost"):
        if said[name] > 0:
            faults.append(f"{name}: {said[name]}")
    answered = said["virtual_latency_ms"]["samples"]
    if answered < 0.9 * said["frames"]:
        faults.append(f"of {said['frames']} frames only {answered} came to an end")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drive")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--pipeline", default="configs/pipelines/lidar.yaml")
    parser.add_argument("--hangil", default="build/release/bin/hangil")
    parser.add_argument("--drift", type=float, default=1.5, help="the last quarter may be so many times the others' median")
    parser.add_argument("--slack-ms", type=float, default=1, help="and so much more")
    options = parser.parse_args()
    said, samples = drive(options)
    print(f"soak: {said['frames']} frames in {said['wall_s']:.0f} s, {said['activations']} activations, "
          f"{said['deadline_misses']} late, {said['drops']} drops")
    faults = []
    judge_latency(said, options, faults)
    judge_memory(samples, faults)
    judge_counts(said, faults)
    for fault in faults:
        print(f"soak: FAILED: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
