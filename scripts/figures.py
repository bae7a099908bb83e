#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the figures of the README's table on real drives and writes them there.

usage: scripts/figures.py DRIVES   (the folder that holds kitti_tracking and kitti_tracking_benchmark)

Needs hangil and hangil_bench of the release build, the latter with PCL.
"""
import json
import os
import subprocess
import sys
import tempfile

BEGIN, END = "<!-- figures: made by scripts/figures.py -->", "<!-- end of figures -->"
HANGIL = "build/release/bin/hangil"
BENCHMARKS = "build/release/bin/hangil_bench"
PIPELINE = "configs/pipelines/lidar.yaml"


def run(*arguments, program=HANGIL, environment=None):
    """Runs a program and returns what it printed; ends with its error when it fails."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        sys.exit(f"{program} {' '.join(arguments)}: {done.stderr}")
    return done.stdout


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


def benchmarks(pattern, **environment):
    """What the benchmarks of that pattern measured, by their full names."""
    printed = run("--json", f"--benchmark_filter={pattern}", program=BENCHMARKS,
                  environment={**os.environ, **environment})
    return {b["name"]: b for b in json.loads(printed)["benchmarks"]}


def scheduler_rows():
    """What running modules costs by itself, and what two threads of this machine can gain."""
    results = benchmarks("^BM_(EmptyActivation|FanOutFanIn/1|TwoThreadCalibration)")

    def found(prefix):
        return next(b for name, b in results.items() if name.startswith(prefix))

    gain = found("BM_TwoThreadCalibration/2")["loops_per_s"] / found("BM_TwoThreadCalibration/1")["loops_per_s"]
    return [("two threads of this machine, beside one", f"{gain:.2f} times as much done"),
            ("an empty activation, one worker", f"{1e6 * found('BM_EmptyActivation')['s_per_activation']:.2f} µs"),
            ("a frame of eight modules (1, 6, 1) that do nothing, one worker",
             f"{1e6 * found('BM_FanOutFanIn')['s_per_frame']:.1f} µs")]


def planner_rows():
    """Trajectories priced and checked, and a whole plan."""
    results = benchmarks("^BM_(EvaluateCandidates|Plan/10000)$")
    kernel, plan = results["BM_EvaluateCandidates"], results["BM_Plan/10000"]
    return [(f"{kernel['candidates']:.0f} trajectories of {kernel['steps']:.0f} steps among 20 predicted objects: costs, limits,"
             " collisions, one core", f"{kernel['cpu_time'] / 1000:.2f} ms"),
            ("a whole plan on a route of 10 km, stops and exact checks included", f"{plan['cpu_time'] / 1000:.2f} ms")]


def recording_rows():
    """Recordings beside the machine's own copying, writing and reading, all in one run."""
    results = benchmarks("^recording/")

    def rate(name):
        return f"{results['recording/' + name]['bytes_per_second'] / 1e9:.2f}"

    def rates(name):
        return " / ".join(rate(f"{name}/none0_lz4_1_zstd2:{i}") for i in range(3)) + " GB/s"

    full = next(b for name, b in results.items() if name.startswith("recording/disk_full"))
    return [("recording scans of 2 MB: plain / lz4 / zstd, one core", rates("write_scans")),
            ("the machine's own write() / memcpy()", f"{rate('raw_write')} / {rate('memcpy')} GB/s"),
            ("reading them without a copy: plain / lz4 / zstd", rates("read_views")),
            ("the machine's own pread() / mmap()", f"{rate('raw_read/bytes:2000000')} / {rate('mapped_read')} GB/s"),
            ("handing a scan of 2 MB to the recorder", f"{results_time_us(results, 'hand_over/bytes:2000000'):.2f} µs"),
            ("the longest of 1,500 hand-overs, one a millisecond, on a full disk / before it was full",
             f"{full['hand_over_ms']:.1f} / {full['hand_over_before_ms']:.1f} ms")]


def results_time_us(results, prefix):
    """CPU time of the benchmark whose name begins so, in microseconds."""
    found = next(b for name, b in results.items() if name.startswith("recording/" + prefix))
    return found["cpu_time"] / {"ns": 1000, "us": 1, "ms": 0.001}[found["time_unit"]]


def step_rows(drives):
    """Quality and time of single steps, beside PCL's in the same run."""
    measured = benchmarks("^(Lidar(Ground|Objects|Voxels|Box)|TrackerOnKitti|ObjectFusion)",
                          HANGIL_DRIVES=os.path.abspath(drives))
    results = {name.split("/")[0]: b for name, b in measured.items()}
    ours, peer = results["LidarGroundAccuracy"], results["LidarGroundAccuracyPcl"]

    def accuracy(b):
        return f"{100 * b['f1']:.1f} / {100 * b['precision']:.1f} / {100 * b['recall']:.1f} %"

    def speed(name, of_peer):
        return f"{results[name]['median_ms']:.2f} ms, {results[name + 'Pcl']['ratio']:.0f} times as quick as {of_peer}"

    boxes, tracker = results["LidarBoxAccuracy"], results["TrackerOnKittiDetections"]
    return [("ground on 21 labelled scans: F1 / precision / recall", accuracy(ours)),
            ("the same by PCL's plane (SACSegmentation, 0.2 m)", accuracy(peer)),
            ("labelled objects of 20 points or more with a box (BEV IoU 0.3)", f"{100 * boxes['share_from_20_points']:.1f} %"),
            ("ground of a scan, one core", speed("LidarGround", "PCL's plane")),
            ("clusters and boxes of a scan, one core", speed("LidarObjects", "PCL's clusters of the points thinned to 0.2 m")),
            ("voxel grid of a scan, 0.25 m, one core", speed("LidarVoxels", "PCL's")),
            ("LiDAR and camera fused, 20 boxes, 60,000 points, one core",
             f"{results['ObjectFusionOnMadeFrame']['cpu_time']:.1f} ms"),
            ("tracker, a frame of given detections, one core", f"{tracker['us_per_frame']:.0f} µs")]


def map_rows():
    """Reading a town (Town04, 1,475 lanes) and asking which lane points are on."""
    measured = benchmarks("^Map")

    def rate(name):
        return f"{measured[name]['queries_per_s'] / 1e6:.1f} million a second"

    return [("a town of 2 MB OpenDRIVE read and indexed, one core", f"{measured['MapLoadTown04']['cpu_time']:.0f} ms"),
            ("nearest lane of a point anywhere in it, by roads (exact s and t), one core", rate("MapLocate")),
            ("the same by lanes as polylines", rate("MapNearestLane")),
            ("the same of a vehicle that moves, by roads", rate("MapRelocate"))]


def driver_rows():
    """The reference drivers on the JRC's grids: collisions beside the reference's, and outcomes that are the same."""
    results = benchmarks("^DriversJrcGrid").values()
    rows = [(f"{b['label']}: collisions, ours / reference (same outcome)",
             f"{b['collisions']:.0f} / {b['reference']:.0f} ({100 * b['same_ratio']:.2f} %)") for b in results]
    return rows + [("points of these grids, one core, slowest to fastest",
                    f"{min(b['cases_per_s'] for b in results) / 1000:.0f},000 to "
                    f"{max(b['cases_per_s'] for b in results) / 1000:.0f},000 a second")]


def closed_loop_row(scenario, what, *options):
    """How fast a scenario is driven: real time over CPU time of the whole process, one worker, loading included."""
    before = os.times()
    results = json.loads(run("scenario", "run", scenario, "--json", *options))["results"]
    after = os.times()
    cpu_s = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return [(f"closed loop, two vehicles on a motorway, {what}, one core", f"{results[0]['duration_s'] / cpu_s:.1f} times real time")]


def scenario_rows():
    """Scenarios played open loop, collision checks and traces on, beside a public player's own figures."""
    results = {name.split("/")[0]: b for name, b in benchmarks("^BM_Scenario").items()}
    ncap, alks, grid = (results[f"BM_Scenario{name}"] for name in ("NcapStandardRange", "AlksTemplates", "AlksGrid"))
    return [(f"Euro NCAP 2026, {ncap['runs']:.0f} runs of the standard range: one run, one core",
             f"{ncap['ms_per_run']:.2f} ms, {ncap['ratio']:.0f} times as quick as 27 ms"),
            ("the same, an entity and step", f"{ncap['us_per_row']:.2f} µs"),
            ("ALKS templates from the files, map included: median / slowest", f"{alks['median_ms']:.0f} / {alks['worst_ms']:.0f} ms"),
            (f"all {grid['points']:,.0f} allowed points of the ALKS grid on two cores (from every 500th)",
             f"{grid['minutes_for_all_on_2_cores']:.1f} minutes")]


def detector_rows(drives):
    """Point-GNN and pillars, where its weights and the drives are."""
    results = benchmarks("^Lidar(PointGnn|Merged|Pillars)", HANGIL_DRIVES=os.path.abspath(drives))
    rows = [(f"Point-GNN, a frame at {voxel} m, one core", f"{b['median_ms']:.0f} ms")
            for level, voxel in ((0, 0.4), (1, 0.6), (2, 0.8)) for name, b in results.items()
            if name.startswith(f"LidarPointGnn/{level}") and "median_ms" in b]
    for name, b in results.items():
        if name.startswith("LidarMergedAccuracy") and "recall" in b:
            rows.append(("boxes of clusters and Point-GNN on 0000: recall / precision",
                         f"{100 * b['recall']:.1f} % / {100 * b['precision']:.1f} %"))
        if name.startswith("LidarPillars"):
            rows.append(("pillars of a scan and their 64 features, one core", f"{b['median_ms']:.2f} ms"))
    return rows


def camera_rows(drives):
    """The camera's networks, and what they find in labelled pictures."""
    results = benchmarks("^(Nanodet|Twinlite|CameraDetector|RoadView|TrafficLight)", HANGIL_DRIVES=os.path.abspath(drives))
    found = {name.split("/min_time")[0].split("/iterations")[0]: b for name, b in results.items()}
    cars, road, lights = found["CameraDetector/0"], found["RoadView/0"], found["TrafficLightAccuracy"]
    return [("NanoDet-Plus-m, 416 x 416, one core", f"{found['NanodetNetwork']['median_ms']:.1f} ms"),
            ("TwinLiteNet+ small, 640 x 384, one core", f"{found['TwinliteNetwork']['median_ms']:.1f} ms"),
            ("picture to boxes, 704 x 256 / reduced, one core",
             f"{cars['median_ms']:.1f} / {found['CameraDetector/1']['median_ms']:.1f} ms"),
            (f"cars of 40 px or more with a box (IoU 0.5), all {cars['cars']:.0f} / {cars['cars_easy']:.0f} in full view",
             f"{100 * cars['recall']:.1f} / {100 * cars['recall_easy']:.1f} %"),
            ("picture to lanes and drivable area, full / reduced, one core",
             f"{road['median_ms']:.1f} / {found['RoadView/1']['median_ms']:.1f} ms"),
            ("lanes on 4 TuSimple pictures: accuracy / false positives / false negatives",
             f"{100 * road['accuracy']:.1f} / {100 * road['false_positives']:.1f} / {100 * road['false_negatives']:.1f} %"),
            (f"state of {lights['crops']:.0f} traffic lights read right", f"{100 * lights['right']:.1f} %")]


def verdict_counts(results):
    """"12 / 2 / 1 / 0" of a list of results."""
    words = ("PASS", "FAIL", "INCONCLUSIVE", "ERROR")
    return " / ".join(str(sum(r["verdict"] == word for r in results)) for word in words)


def is_avoided(result):
    """Whether ego collided where the careful human does not."""
    careful = [r for r in result["references"] if r["driver"] == "careful"]
    return result["kpis"]["collision_count"] > 0 and bool(careful) and not careful[0]["has_collided"]


def verdicts(folder, *arguments):
    """Runs scenarios into a report; what it printed, and the results. Failures are figures here, not errors."""
    done = subprocess.run([HANGIL, "scenario", *arguments, "--report", folder], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 4, 5):
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
        return done.stdout, json.load(file)["results"]


def suite_rows(folder, suites="../shared/suites"):
    """Public suites driven in closed loop by the planner, where they are."""
    if not os.path.isdir(suites):
        return []
    order = "PASS / FAIL / INCONCLUSIVE / ERROR"
    _, alks = verdicts(f"{folder}/alks", "run", "--suite", "alks", "--dir", f"{suites}/alks", "--sample", "100")
    concrete = [r for r in alks if "#" not in r["scenario"]]
    logical = [r for r in alks if "#" in r["scenario"]]
    printed, ncap = verdicts(f"{folder}/ncap", "run", "--suite", "ncap2026", "--dir", f"{suites}/ncap2026")
    return [(f"closed loop, {len(concrete)} ALKS templates by UN R157: {order}", verdict_counts(concrete)),
            (f"the same, {len(logical):,} points of the logical ALKS scenarios (up to 100 each): {order}", verdict_counts(logical)),
            ("collisions there, and those of them that the careful human avoids",
             f"{sum(r['kpis']['collision_count'] > 0 for r in logical)}, {sum(map(is_avoided, logical))}"),
            (f"closed loop, {len(ncap)} runs of Euro NCAP 2026's standard range (AEB)", printed.strip().splitlines()[-1].split(": ")[1])]


def grid_rows(folder):
    """The planner beside the four models on every tenth point of the JRC's cut-in grid up to 60 km/h."""
    run("drivers", "points", "--every", "10", "-o", f"{folder}/points.csv")
    verdicts(f"{folder}/grid", "sweep", "configs/scenarios/cut_in_grid.xosc", "--points", f"{folder}/points.csv", "--workers", "2")
    with open(f"{folder}/grid/results.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][1:]
    done = [{p["name"]: p["value"] for p in r["parameters"]} | {"collides": r["result"]["kpis"]["collision_count"] > 0} for r in rows]
    models = " / ".join(str(sum(r[m] == "collides" for r in done)) for m in ("careful", "reg157", "rss", "fsm"))
    return [(f"JRC cut-in grid up to 60 km/h, {len(done):,} points: collisions of planner / careful human / Reg157 / RSS / FSM",
             f"{sum(r['collides'] for r in done)} / {models}"),
            ("collisions of the planner there that the careful human avoids",
             str(sum(r["collides"] and r["careful"] == "avoids" for r in done)))]


def main():
    drives = sys.argv[1] if len(sys.argv) > 1 else "build/drives"
    with tempfile.TemporaryDirectory() as folder:
        drive = os.path.join(folder, "drive.mcap")
        run("convert", "kitti-tracking", os.path.join(drives, "kitti_tracking/training"), "--sequence", "0000", "-o", drive)
        rows = (replay_rows(drive, folder) + memory_row(drive) + planner_rows() + recording_rows() +
                scheduler_rows() + map_rows() + step_rows(drives) + mot_rows(drives) + mot_rows(drives, True) +
                detector_rows(drives) + camera_rows(drives) + driver_rows() + scenario_rows() +
                suite_rows(folder) + grid_rows(folder) + closed_loop_row("scenarios/follow_slow_truck", "objects") +
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
