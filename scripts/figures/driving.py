# SPDX-License-Identifier: Apache-2.0
"""Maps, plans and reference drivers."""
from figures.programs import benchmarks


def planner_rows():
    """Trajectories priced and checked, and a whole plan."""
    results = benchmarks("^BM_(EvaluateCandidates|Plan/10000)$")
    kernel, plan = results["BM_EvaluateCandidates"], results["BM_Plan/10000"]
    return [(f"{kernel['candidates']:.0f} trajectories of {kernel['steps']:.0f} steps among 20 predicted objects: costs, limits,"
             " collisions, one core", f"{kernel['cpu_time'] / 1000:.2f} ms"),
            ("a whole plan on a route of 10 km, stops and exact checks included", f"{plan['cpu_time'] / 1000:.2f} ms")]


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
