# SPDX-License-Identifier: Apache-2.0
"""Single steps of perception: quality and time."""
import os

from figures.programs import benchmarks


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
