"""Peak memory of each process of a run over a corpus that is repeated under new ids."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

import orjson

from benchmarks.starts import COMMAND


def repeat(papers: Path, total: int, path: Path) -> Path:
    """A file of `total` papers: those of `papers` again and again, each time under new ids."""
    with gzip.open(papers) as stream:
        records = [orjson.loads(line) for line in stream]
    with gzip.open(path, "wb", 1) as packed:
        for number in range(total):
            record = records[number % len(records)]
            packed.write(orjson.dumps({**record, "id": f"again-{number}"}, option=orjson.OPT_APPEND_NEWLINE))
    return path


def peak_megabytes(papers: Path, workers: int) -> dict[str, float]:
    """The peak of the first process and of the largest worker, in MB, while `leaderboard extract` runs.

    Peaks are read from the processes themselves (VmHWM of Linux), which counts shared pages for each.
    """
    out = papers.with_suffix(".rows.parquet")
    command = [sys.executable, "-c", COMMAND, "extract", str(papers), "-o", str(out)]
    run = subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.DEVNULL)
    first = other = 0
    while run.poll() is None:
        first = max(first, _peak(run.pid))
        other = max([other, *map(_peak, _children(run.pid))])
        time.sleep(0.05)
    if run.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {run.returncode}")
    return {"first": first / 1024, "workers": other / 1024}


def _peak(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0  # it has just ended
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _children(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def can_measure() -> bool:
    """Whether this system tells the peaks of its processes."""
    return Path(f"/proc/{os.getpid()}/status").exists()
