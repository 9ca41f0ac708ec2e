"""One megabyte of each nasty shape against one megabyte of plain abstracts.

A shape is one record, as long as records may be; the plain abstracts are records of their own. Run in a
process that is stopped when a shape takes far too long: what does not end has no ratio.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
MEGABYTE = 1 << 20


def seconds_of(name: str, size: int) -> float:
    """Processor time to extract `size` characters of a shape; of plain abstracts for the name `plain`."""
    sys.path.insert(0, str(TESTS))
    from hostile_shapes import PLAIN, SHAPES

    from leaderboard.extraction import extract_paper
    from leaderboard.models import Paper

    extract_paper(Paper(abstract=PLAIN))
    if name == "plain":
        papers = [Paper(abstract=f"{PLAIN}{number}") for number in range(size // len(PLAIN))]
    else:
        papers = [Paper(abstract=SHAPES[name].text(size))]
    began = time.process_time()
    for paper in papers:
        extract_paper(paper)
    return time.process_time() - began


def ratios(size: int = MEGABYTE, most: float = 10.0) -> dict[str, float | None]:
    """For each shape its time over that of plain abstracts; None where it was given up after 5 x `most`."""
    sys.path.insert(0, str(TESTS))
    from hostile_shapes import SHAPES

    plain = _in_process("plain", size, 600)
    assert plain is not None
    return {
        name: None if (taken := _in_process(name, size, plain * most * 5 + 10)) is None else taken / plain
        for name in SHAPES
    }


def _in_process(name: str, size: int, patience: float) -> float | None:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.hostile", name, str(size)],
            capture_output=True, text=True, timeout=patience, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    return float(done.stdout)


if __name__ == "__main__":
    print(seconds_of(sys.argv[1], int(sys.argv[2])))
