# SPDX-License-Identifier: Apache-2.0
"""Scenarios in open and in closed loop."""
import json
import os
import shutil
import subprocess
import sys

from figures.programs import HANGIL, benchmarks, run


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


def closed_loop_row(scenario, what, *options):
    """How fast a scenario is driven: real time over CPU time of the whole process, one worker, loading included."""
    before = os.times()
    results = json.loads(run("scenario", "run", scenario, "--json", *options))["results"]
    after = os.times()
    cpu_s = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return [(f"closed loop, two vehicles on a motorway, {what}, one core", f"{results[0]['duration_s'] / cpu_s:.1f} times real time")]


def verdict_counts(results):
    """"12 / 2 / 1 / 0" of a list of results."""
    words = ("PASS", "FAIL", "INCONCLUSIVE", "ERROR")
    return " / ".join(str(sum(r["verdict"] == word for r in results)) for word in words)


def is_avoided(result):
    """Whether ego collided where the careful human does not."""
    careful = [r for r in result["references"] if r["driver"] == "careful"]
    return result["kpis"]["collision_count"] > 0 and bool(careful) and not careful[0]["has_collided"]


def verdicts(name, *arguments):
    """Runs scenarios into build/figures/NAME; what it printed, and the results. Failures are figures here, not errors.

    These are counts, the same on any machine: a folder that this very program filled before is read, one of another is
    made anew, and one that was left half filled goes on.
    """
    folder = f"build/figures/{name}"
    command = [HANGIL, "scenario", *arguments, "--report", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "holds another sweep" in done.stderr or "of the result format" in done.stderr:
        shutil.rmtree(folder)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 4, 5):
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
        return done.stdout, json.load(file)["results"]


def alks_rows(suites):
    """The concrete ALKS templates, and up to 100 points of each logical scenario."""
    order = "PASS / FAIL / INCONCLUSIVE / ERROR"
    _, results = verdicts("alks", "run", "--suite", "alks", "--dir", f"{suites}/alks", "--sample", "100")
    concrete = [r for r in results if "#" not in r["scenario"]]
    logical = [r for r in results if "#" in r["scenario"]]
    return [(f"closed loop, {len(concrete)} ALKS templates by UN R157: {order}", verdict_counts(concrete)),
            (f"the same, {len(logical):,} points of the logical ALKS scenarios (up to 100 each): {order}", verdict_counts(logical)),
            ("collisions there, and those of them that the careful human avoids",
             f"{sum(r['kpis']['collision_count'] > 0 for r in logical)}, {sum(map(is_avoided, logical))}")]


def ncap_rows(suites):
    """Euro NCAP's standard range by its points."""
    printed, results = verdicts("ncap2026", "run", "--suite", "ncap2026", "--dir", f"{suites}/ncap2026")
    return [(f"closed loop, {len(results)} runs of Euro NCAP 2026's standard range (AEB)",
             printed.strip().splitlines()[-1].split(": ")[1])]


def grid_rows():
    """The planner beside the four models on every tenth point of the JRC's cut-in grid up to 60 km/h."""
    os.makedirs("build/figures", exist_ok=True)
    points = "build/figures/points.csv"
    run("drivers", "points", "--every", "10", "-o", points)
    verdicts("cut_in_grid", "sweep", "configs/scenarios/cut_in_grid.xosc", "--points", points, "--workers", "2")
    with open("build/figures/cut_in_grid/results.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][1:]
    done = [{p["name"]: p["value"] for p in r["parameters"]} |
            {"collides": r["result"]["kpis"]["collision_count"] > 0, "is_avoided": is_avoided(r["result"])} for r in rows]
    models = " / ".join(str(sum(r[m] == "collides" for r in done)) for m in ("careful", "reg157", "rss", "fsm"))
    return [(f"JRC cut-in grid up to 60 km/h, {len(done):,} points: collisions of planner / careful human / Reg157 / RSS / FSM",
             f"{sum(r['collides'] for r in done)} / {models}"),
            ("collisions of the planner there that the careful human avoids, by the grid / in the same run, whose bodies turn",
             f"{sum(r['collides'] and r['careful'] == 'avoids' for r in done)} / {sum(r['is_avoided'] for r in done)}")]


def regression_rows(suites="../shared/suites"):
    """Everything that is driven in closed loop and counted; the public suites where they are."""
    rows = alks_rows(suites) + ncap_rows(suites) if os.path.isdir(suites) else []
    return rows + grid_rows()
