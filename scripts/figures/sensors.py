# SPDX-License-Identifier: Apache-2.0
"""Sensors in the closed loop."""
from figures.programs import benchmarks
from figures.scenarios import verdict_counts, verdicts


def picture_rows():
    """A picture of the closed loop's camera, from the world to the encoded message."""
    picture = benchmarks("^SimulationPicture")["SimulationPicture/1024x640"]
    return [("closed loop, a picture of 1024 x 640 painted and encoded, one core", f"{picture['cpu_time']:.1f} ms")]


def sensor_rows():
    """Every scenario of ours with simulated sensors in the loop."""
    rows = []
    for pipeline, what in (("closed_loop_lidar", "a LiDAR"), ("closed_loop_sensors", "a LiDAR and a camera")):
        _, results = verdicts(pipeline, "run", "scenarios", "--pipeline", f"configs/pipelines/{pipeline}.yaml")
        rows.append((f"closed loop, {len(results)} scenarios with {what} in it: PASS / FAIL / INCONCLUSIVE / ERROR",
                     verdict_counts(results)))
    return rows
