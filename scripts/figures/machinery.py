# SPDX-License-Identifier: Apache-2.0
"""What recording and scheduling cost by themselves, beside what the machine can do."""
from figures.programs import benchmarks


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
