# SPDX-License-Identifier: Apache-2.0
"""Seconds of scripts/soak.py on the built-in drive: passes with the classical pipeline, and fails with a module that
leaks and with one that gets slower, or it would prove nothing.

usage: soak_sample.py HANGIL LIBRARIES   (the folder with the worn module)"""
import os
import subprocess
import sys
import tempfile

WORN = """pipeline: worn
frame: {{channel: /imu, output: /worn}}
modules:
  - name: worn
    library: test_worn
    inputs: {{imu: /imu}}
    outputs: {{imu: /worn}}
    on: [imu]
    budget_ms: 50
    config: {{leak_kb: {leak_kb}, slower_us: {slower_us}}}
"""


def soak(hangil, drive, seconds, pipeline, slack_ms, environment=None):
    command = [sys.executable, "scripts/soak.py", drive, "--hangil", hangil, "--minutes", str(seconds / 60), "--pipeline",
               pipeline, "--slack-ms", str(slack_ms)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=100, check=False,
                          env=environment)
    print(done.stdout)
    return done.returncode, done.stdout


def fails_for(hangil, drive, folder, libraries, reason, **wear):
    path = os.path.join(folder, "worn.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(WORN.format(**{"leak_kb": 0, "slower_us": 0, **wear}))
    code, said = soak(hangil, drive, 3, path, 1, {**os.environ, "HANGIL_MODULE_DIR": libraries})
    return code == 1 and reason in said


def main():
    hangil, libraries = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        drive = os.path.join(folder, "drive.mcap")
        subprocess.run([hangil, "demo-drive", "--seconds", "1", "-o", drive], check=True, stdout=subprocess.DEVNULL)
        results = {
            "a healthy drive passes": soak(hangil, drive, 6, "configs/pipelines/lidar.yaml", 5)[0] == 0,
            "a leak is found": fails_for(hangil, drive, folder, libraries, "memory grew", leak_kb=100),
            "growing latency is found": fails_for(hangil, drive, folder, libraries, "p50 drifted", slower_us=60),
        }
    for claim, holds in results.items():
        print(f"{'ok' if holds else 'FAILED'}: {claim}")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
