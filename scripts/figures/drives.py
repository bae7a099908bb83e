# SPDX-License-Identifier: Apache-2.0
"""Whole drives: speed, digests, quality, memory."""
import json
import os
import subprocess
import sys

from figures.programs import HANGIL, PIPELINE, run


def replay_rows(drive, folder):
    """Speed, digests and quality on one drive."""
    driven = os.path.join(folder, "driven.mcap")
    run("replay", drive, "--pipeline", PIPELINE, "-o", driven, "--json")
    runs = {w: [json.loads(run("replay", drive, "--pipeline", PIPELINE, "-w", str(w), "--json")) for _ in range(5)]
            for w in (1, 2, 4)}
    digests = {r["digest"] for rs in runs.values() for r in rs}
    median = {w: sorted(rs, key=lambda r: r["frames_per_s"])[2] for w, rs in runs.items()}
    e2e = median[1]["end_to_end_ms"]
    scores = json.loads(run("eval", driven, "--json"))
    rows = [("replay, 1 worker", f"{median[1]['frames_per_s']:.0f} frames/s"),
            ("replay, 2 workers", f"{median[2]['frames_per_s']:.0f} frames/s"),
            ("frame, points to command, 1 worker", f"p50 {e2e['p50']:.1f} ms, p99 {e2e['p99']:.1f} ms"),
            ("digest over 5 runs each with 1, 2 and 4 workers", "identical" if len(digests) == 1 else "DIFFERS")]
    for family, name in (("detection", "boxes"), ("tracking", "confirmed tracks")):
        total = scores[family]["scores"]["total"]
        rows.append((f"{name}: recall / precision",
                     f"{100 * total['recall_ratio']:.1f} % / {100 * total['precision_ratio']:.1f} %"))
    for score in scores["prediction"]["scores"]:
        if score["object_class"] == "all" and score["horizon_s"] == 3:
            rows.append(("prediction at 3 s, K = 6: minADE / minFDE / missed",
                         f"{score['min_ade_m']:.2f} m / {score['min_fde_m']:.2f} m / {100 * score['miss_ratio']:.0f} %"))
    return rows


def memory_row(drive):
    """The most memory that replaying the drive ever held."""
    command = [HANGIL, "replay", drive, "--pipeline", PIPELINE, "-w", "1", "-o", drive + ".driven", "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as replay:
        _, status, usage = os.wait4(replay.pid, 0)
        replay.returncode = os.waitstatus_to_exitcode(status)
    if replay.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {replay.returncode}")
    return [("replay with recording: most memory held", f"{usage.ru_maxrss / 1024:.0f} MiB")]


def mot_rows(drives, with_camera=False):
    """Car and pedestrian tracking on given detections, summed over the sequences; with the camera's too."""
    options = ["--fuse-2d"] if with_camera else []
    results = json.loads(run("eval", "mot", os.path.join(drives, "kitti_tracking_benchmark"), "--json", *options))["mot"]
    given = "given detections and the camera's" if with_camera else "given detections"
    return [(f"tracker on {given}, {r['class']}, 3D IoU {r['min_iou']}: sAMOTA / HOTA / MOTA / IDS / FRAG / FN",
             f"{100 * r['samota']:.2f} / {100 * r['hota']:.2f} / {100 * r['mota']:.2f} / {r['ids']} / {r['frag']} / {r['fn']}")
            for r in results]
