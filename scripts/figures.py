#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the figures of the README's table on real drives and writes them there.

usage: scripts/figures.py DRIVES   (the folder that holds kitti_tracking and kitti_tracking_benchmark)
       scripts/figures.py --counts (only what is driven in closed loop and counted, into build/figures: may be done on
                                   a busy machine beforehand; the other reads it when the program is the same)

Needs hangil and hangil_bench of the release build, the latter with PCL.
"""
import os
import sys
import tempfile

from figures.drives import memory_row, mot_rows, replay_rows
from figures.driving import driver_rows, map_rows, planner_rows
from figures.machinery import recording_rows, scheduler_rows
from figures.perception import camera_rows, detector_rows, step_rows
from figures.programs import run
from figures.scenarios import closed_loop_row, regression_rows, scenario_rows
from figures.sensors import picture_rows, sensor_rows

BEGIN, END = "<!-- figures: made by scripts/figures.py -->", "<!-- end of figures -->"


def main():
    if sys.argv[1:] == ["--counts"]:
        return print("\n".join(f"{name}: {value}" for name, value in regression_rows() + sensor_rows()))
    drives = sys.argv[1] if len(sys.argv) > 1 else "build/drives"
    with tempfile.TemporaryDirectory() as folder:
        drive = os.path.join(folder, "drive.mcap")
        run("convert", "kitti-tracking", os.path.join(drives, "kitti_tracking/training"), "--sequence", "0000", "-o", drive)
        rows = (replay_rows(drive, folder) + memory_row(drive) + planner_rows() + recording_rows() +
                scheduler_rows() + map_rows() + step_rows(drives) + mot_rows(drives) + mot_rows(drives, True) +
                detector_rows(drives) + camera_rows(drives) + driver_rows() + scenario_rows() +
                regression_rows() + sensor_rows() + picture_rows() + closed_loop_row("scenarios/follow_slow_truck", "objects") +
                closed_loop_row("scenarios/cut_in_close", "64 x 1024 LiDAR and perception", "--pipeline",
                                "configs/pipelines/closed_loop_lidar.yaml"))
    table = "\n".join(["| figure | value |", "|---|---|"] + [f"| {name} | {value} |" for name, value in rows])
    with open("README.md", encoding="utf-8") as file:
        text = file.read()
    before, rest = text.split(BEGIN)
    with open("README.md", "w", encoding="utf-8") as file:
        file.write(before + BEGIN + "\n" + table + "\n" + END + rest.split(END)[1])
    print(table)


if __name__ == "__main__":
    main()
