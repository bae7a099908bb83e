# SPDX-License-Identifier: Apache-2.0
"""`hangil` starts at once: no LibTorch, PCL or OpenCV among its shared libraries, and the quickest of ten --help runs
stays under 50 ms (the quickest, so that a busy machine does not decide). usage: startup.py PROGRAM"""
import re
import subprocess
import sys
import time

import tree

HEAVY = re.compile(r"lib(torch|c10|pcl_|opencv_|vtk|dnnl|mkl)")
LIMIT_S = 0.050


def linked(program):
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\s*(\S+\.so\S*)", listed, re.M)


def quickest_s(command):
    times = []
    for _ in range(10):
        started = time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        times.append(time.monotonic() - started)
    return min(times)


def main():
    program = sys.argv[1]
    libraries = linked(program)
    problems = [f"{program} links {name}: load what needs it on demand" for name in libraries if HEAVY.search(name)]
    if "--linkage-only" not in sys.argv:
        seconds = quickest_s([program, "--help"])
        print(f"{program}: {len(libraries)} shared libraries, --help in {seconds * 1000:.1f} ms")
        if seconds > LIMIT_S:
            problems.append(f"{program} --help takes {seconds * 1000:.0f} ms; the limit is {LIMIT_S * 1000:.0f} ms")
    tree.finish(problems, "start-up")


if __name__ == "__main__":
    main()
