#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A sweep on a Slurm cluster made for it on this machine: munge, slurmctld and two nodes in a temporary folder. One node
dies with what it runs in the middle of the sweep; every result is there exactly once, and the file is the one that the
local engine writes. usage: slurm_sweep.py HANGIL SCENARIO. Skipped (exit code 77) where Slurm is not there."""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

RUN_COUNT = 30
CONFIG = """ClusterName=hangil
SlurmctldHost={host}
SlurmctldPort=16817
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=cred_expire=8,socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/linear
MpiDefault=none
ReturnToService=2
SlurmdTimeout=8
InactiveLimit=0
KillWait=2
JobRequeue=1
NodeName=node[1-2] NodeHostname={host} NodeAddr=127.0.0.1 Port=[17001-17002] CPUs=1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def wait_until(what, is_true, limit_s=60):
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if is_true():
            return
        time.sleep(0.3)
    sys.exit(f"slurm_sweep: {what}: not within {limit_s} s")


def output_of(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


class Cluster:
    """Daemons that live as long as this object is entered."""

    def __init__(self, folder):
        self.folder, self.daemons = folder, {}

    def start(self, name, *words):
        with open(os.path.join(self.folder, name + ".out"), "w", encoding="utf-8") as log:
            self.daemons[name] = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True)

    def __enter__(self):
        for name in ("state", "spool-node1", "spool-node2"):
            os.makedirs(os.path.join(self.folder, name))
        config = os.path.join(self.folder, "slurm.conf")
        host, user = os.uname().nodename, output_of("id", "-un").strip()
        with open(config, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(folder=self.folder, host=host, user=user))
        os.environ["SLURM_CONF"] = config
        key = os.path.join(self.folder, "munge.key")
        with open(key, "wb") as file:
            file.write(os.urandom(1024))
        os.chmod(key, 0o600)
        paths = [f"--{name}={self.folder}/munge.{end}" for name, end in
                 (("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))]
        self.start("munged", "munged", "--foreground", "--force", *paths)
        wait_until("munged", lambda: os.path.exists(f"{self.folder}/munge.socket"))
        self.start("slurmctld", "slurmctld", "-D", "-f", config)
        for node in ("node1", "node2"):
            self.start(node, "slurmd", "-D", "-N", node, "-f", config)
        wait_until("two idle nodes", lambda: output_of("sinfo", "-h", "-t", "idle", "-o", "%D").strip() == "2")
        return self

    def processes_on(self, node):
        """What this cluster runs on the node, and the steps of Slurm that watch over it."""
        found, marks = set(), (b"SLURMD_NODENAME=" + node.encode(), b"SLURM_CONF=" + os.environ["SLURM_CONF"].encode())
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/environ", "rb") as file:
                    variables = file.read().split(b"\0")
                with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
                with open(f"/proc/{parent}/comm", encoding="utf-8") as file:
                    is_step = file.read().startswith("slurmstepd")
            except OSError:
                continue
            if all(mark in variables for mark in marks):
                found |= {int(pid)} | ({parent} if is_step else set())
        return found

    def kill_node(self, name):
        """The node's daemon, its steps and what they run, all at once; how many processes."""
        victims = {self.daemons[name].pid} | self.processes_on(name)
        for pid in victims:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return len(victims)

    def __exit__(self, *_):
        output_of("scancel", "--user", output_of("id", "-un").strip())
        for daemon in reversed(self.daemons.values()):
            daemon.terminate()
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()


def write_points(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("ego_kmh,other_kmh,gap_m,lateral_mps\n")
        for i in range(RUN_COUNT):
            file.write(f"{40 + i % 5 * 5},{20 + i % 3 * 5},{15 + i},{0.4 + i % 4 * 0.3:.1f}\n")


def lines_of(report):
    with open(os.path.join(report, "results.jsonl"), encoding="utf-8") as file:
        return file.read().splitlines()


def sweep_command(hangil, scenario, points, report, *more):
    return [hangil, "scenario", "sweep", scenario, "--points", points, "--report", report, *more]


def main():
    hangil, scenario = (os.path.abspath(word) for word in sys.argv[1:3])
    lacking = [name for name in ("munged", "slurmctld", "slurmd", "sbatch", "squeue") if shutil.which(name) is None]
    if lacking:
        print(f"slurm_sweep: no {', '.join(lacking)} here; apt-get install slurm-wlm munge")
        sys.exit(77)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Cluster(folder) as cluster:
        points, report, local = (os.path.join(folder, name) for name in ("points.csv", "report", "local"))
        write_points(points)
        command = sweep_command(hangil, scenario, points, report, "--engine", "slurm", "--shard-seconds", "1")
        with subprocess.Popen(command, cwd=folder) as sweep:
            shards = os.path.join(report, "shards")
            wait_until("a shard with results", lambda: any(
                os.path.getsize(os.path.join(path, "results.jsonl")) > 1000 for path, _, files in os.walk(shards)
                if "results.jsonl" in files))
            wait_until("a run on node2", lambda: len(cluster.processes_on("node2")) > 1)
            cluster.kill_node("node2")
            sweep.wait(240)
        rows = lines_of(report)
        indices = [json.loads(line)["index"] for line in rows[1:]]
        if sorted(indices) != list(range(RUN_COUNT)):
            sys.exit(f"slurm_sweep: runs {sorted(indices)}")
        subprocess.run(sweep_command(hangil, scenario, points, local), stdout=subprocess.DEVNULL, check=False, cwd=folder)
        if lines_of(local) != rows:
            sys.exit("slurm_sweep: the cluster's results are not those of the local engine")
        requeued = output_of("grep", "-c", "-i", "requeue", f"{folder}/slurmctld.log").strip()
        print(f"slurm_sweep: {RUN_COUNT} results, each once, with a node killed ({requeued} lines of the controller speak of requeueing)")


if __name__ == "__main__":
    main()
