# SPDX-License-Identifier: Apache-2.0
"""Kills a live drive (SIGKILL) at many moments and holds what is left to the promises:
  - everything published, logged or recorded more than 200 ms before the kill is in the file;
  - `hangil recover` mends it, says what is lost and ends with 3;
  - `hangil replay --as-driven` of the mended file reproduces the drive as far as it was logged.
A machine that stands still is not the recording's fault: what a heartbeat beside it was late is added to the 200 ms, and
a kill that found too little in the file is tried again: a recording that is late is so every time."""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

LIMIT_NS = 200_000_000
DRIVE_S = 3.0
BEAT_S = 0.005
TRIES = 3
WATCHED = ("/runtime/log", "/runtime/activations", "/imu")  # each has a message every 20 ms or more often


class Heartbeat:
    """The longest that this machine kept a thread from waking and writing a little, over the last half second."""

    def __init__(self, folder):
        self.late, self.path = [], os.path.join(folder, "heartbeat")
        threading.Thread(target=self.beat, daemon=True).start()

    def beat(self):
        with open(self.path, "wb", buffering=0) as file:
            while True:
                begin = time.monotonic_ns()
                time.sleep(BEAT_S)
                os.pwrite(file.fileno(), bytes(65536), 0)
                end = time.monotonic_ns()
                self.late = [x for x in self.late if x[0] > end - 500_000_000] + [(end, end - begin - int(BEAT_S * 1e9))]

    def worst_ns(self):
        return max((late for _, late in list(self.late)), default=0)


def call(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600)
    return done.returncode, done.stdout, done.stderr


class Point:
    def __init__(self, hangil, folder, drive, pipeline, heartbeat):
        self.hangil, self.drive, self.pipeline, self.heartbeat = hangil, drive, pipeline, heartbeat
        self.said, self.is_late = "nothing was recorded yet", False
        self.file, self.mended = os.path.join(folder, "killed.mcap"), os.path.join(folder, "mended.mcap")
        for path in (self.file, self.mended):
            if os.path.exists(path):
                os.remove(path)

    def kill_after(self, seconds):
        """The moment of the kill on the monotonic clock, or None when the drive had ended before."""
        command = [self.hangil, "run", self.drive, "--pipeline", self.pipeline, "-o", self.file]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as drive:
            time.sleep(seconds)
            # Before the kill, so that what it then still writes counts for nothing.
            self.killed_ns, self.late_ns = time.monotonic_ns(), self.heartbeat.worst_ns()
            had_ended = drive.poll() is not None
            drive.kill()
        return had_ended

    def messages(self, topic):
        code, out, errors = call(self.hangil, "cat", "--json", "--topic", topic, self.mended)
        if code != 0:
            return []
        return [json.loads(line) for line in out.splitlines()]

    def problems(self, had_ended):
        if not os.path.exists(self.file) or os.path.getsize(self.file) < 64:
            return [] if not had_ended else ["the drive left no recording"]
        code, said, errors = call(self.hangil, "recover", self.file, "-o", self.mended)
        self.said = said.replace("\n", "; ")
        # A kill after the closing magic finds a whole file.
        if had_ended or code == 0:
            return [] if code == 0 else [f"recover of an ended drive: exit {code}: {said}{errors}"]
        problems = [] if code == 3 else [f"recover: exit {code} instead of 3: {errors}"]
        if "cut off" not in said:
            problems.append("recover does not say that the file was cut off: " + said)
        if self.messages("/runtime/log") and "the drive's log ends" not in said:
            problems.append("recover does not say how far the drive came: " + said)
        return problems + self.age_problems() + self.replay_problems()

    def age_problems(self):
        infos = self.messages("/runtime/info")
        if not infos:
            return []  # killed before the drive began; the file holds its head only
        info, problems = infos[0]["value"], []
        begin_ns, start = info["host_start_ns"], info["start"]
        start_ns = start["sec"] * 1_000_000_000 + start["nanosec"]
        must_reach_ns = self.killed_ns - begin_ns - LIMIT_NS - self.late_ns
        for topic in WATCHED:
            times = [m["published_ns"] - start_ns for m in self.messages(topic)]
            last_ns = max(times, default=0)
            self.age_ms = max(getattr(self, "age_ms", 0), (self.killed_ns - begin_ns - last_ns) / 1e6)
            if last_ns + 20_000_000 < must_reach_ns:
                self.is_late = True
                problems.append(f"{topic} ends {(self.killed_ns - begin_ns - last_ns) / 1e6:.0f} ms before the kill "
                                f"(heartbeat late by {self.late_ns / 1e6:.0f} ms)")
        return problems

    def replay_problems(self):
        if not self.messages("/runtime/log"):
            return []
        code, out, errors = call(self.hangil, "replay", self.mended, "--as-driven")
        return [] if code == 0 and "reproduced" in errors else [f"as-driven: exit {code}: {errors}"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("hangil")
    parser.add_argument("--pipeline", default="configs/pipelines/lidar.yaml")
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    moments, failed, ages = random.Random(options.seed), 0, []
    with tempfile.TemporaryDirectory(prefix="hangil_kill_") as folder:
        drive = os.path.join(folder, "drive.mcap")
        code, _, errors = call(options.hangil, "demo-drive", "--seconds", str(DRIVE_S), "-o", drive)
        if code != 0:
            sys.exit("demo-drive: " + errors)
        heartbeat = Heartbeat(folder)
        for number in range(options.count):
            # One in each of `count` parts of the drive, its beginning and its end included.
            moment_s = (number + moments.random()) / options.count * (DRIVE_S + 0.2)
            for _ in range(TRIES):
                point = Point(options.hangil, folder, drive, options.pipeline, heartbeat)
                problems = point.problems(point.kill_after(moment_s))
                if not problems or not point.is_late:
                    break
            ages += [point.age_ms] if hasattr(point, "age_ms") else []
            failed += 1 if problems else 0
            if options.verbose:
                print(f"kill {number} after {moment_s:.3f} s: {point.said}")
            for problem in problems:
                print(f"kill {number} after {moment_s:.3f} s: {problem}")
    ages.sort()
    if ages:
        print(f"{options.count} kills, {len(ages)} in the drive: lost at most the last {ages[-1]:.0f} ms, "
              f"median {ages[len(ages) // 2]:.0f} ms; {failed} failed")
    sys.exit(1 if failed or not ages else 0)


if __name__ == "__main__":
    main()
