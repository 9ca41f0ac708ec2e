"""A run of many papers: counts, rejects, order, workers."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from leaderboard.errors import InputError, LeaderboardError
from leaderboard.models import Paper, Result
from leaderboard.readers import Record
from leaderboard.run import Chunk, Counts, StrictStop, run, workers_for
from leaderboard.writers import COLUMNS

PERCENT = re.compile(r"\d+(?=%)")


def percentages(paper: Paper) -> list[Result]:
    """Stands for the engine: a row for every percentage; some papers make it fail or die."""
    if "fail" in paper.abstract:
        raise RuntimeError("could not cope")
    if "die" in paper.abstract:
        os._exit(9)
    return [
        Result(paper_id=paper.id, title=paper.title, value=float(found[0]), kind="score", holder="own",
               field="abstract", start=found.start(), end=found.end(), sentence=found[0], rule="r",
               confidence=1)
        for found in PERCENT.finditer(paper.abstract)
    ]  # fmt: skip


def write_papers(path, abstracts, first=0):
    records = ({"id": f"p{n}", "abstract": abstract} for n, abstract in enumerate(abstracts, first))
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return str(path)


def collected(sources, **options):
    rows, rejects = [], []
    counts = run(sources, rows.extend, percentages, reject=rejects.append, **options)
    return counts, [(row[0], row[COLUMNS.index("value")]) for row in rows], rejects


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_rows_are_the_same_and_in_order_for_any_number_of_workers(workers, tmp_path):
    source = write_papers(tmp_path / "a.jsonl", [f"{n}% and {n + 1}%" for n in range(1000)])
    other = write_papers(tmp_path / "b.jsonl", ["7%", "fail", ""], first=1000)
    counts, rows, rejects = collected([source, other], workers=workers)
    assert (counts.papers, counts.rows, counts.rejects) == (1001, 2001, 2)
    assert rows == [(f"p{n}", float(n + m)) for n in range(1000) for m in (0, 1)] + [("p1000", 7.0)]
    assert [(reject.file, reject.record) for reject in rejects] == [(other, 2), (other, 3)]


def test_a_paper_that_makes_extraction_fail_is_a_reject(tmp_path):
    counts, rows, (reject,) = collected([write_papers(tmp_path / "a.jsonl", ["1%", "fail", "2%"])])
    assert counts.papers == 2 and len(rows) == 2
    assert reject.reason == "extraction failed: RuntimeError: could not cope" and reject.record == 2
    assert reject.start.startswith("p1")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_strict_run_stops_at_the_first_reject(workers, tmp_path):
    source = write_papers(tmp_path / "a.jsonl", ["1%"] * 300 + [""] + ["2%"] * 300)
    with pytest.raises(StrictStop, match=r"a.jsonl: record 301: no abstract \(mend") as stop:
        collected([source], strict=True, workers=workers)
    assert stop.value.exit_code == 1


def test_a_killed_worker_ends_the_run_with_a_word(tmp_path):
    source = write_papers(tmp_path / "a.jsonl", ["1%"] * 300 + ["die"])
    with pytest.raises(LeaderboardError, match="a worker process was killed"):
        collected([source], workers=2)


def test_a_missing_source_is_an_error_before_anything_is_read(tmp_path):
    source = write_papers(tmp_path / "a.jsonl", ["1%"])
    rows = []
    with pytest.raises(InputError, match=r"b.jsonl: no such file"):
        run([source, str(tmp_path / "b.jsonl")], rows.extend, percentages)
    assert rows == []


def test_a_source_that_breaks_or_vanishes_is_a_reject_and_the_rest_goes_on(tmp_path):
    cut, vanishing, last = (tmp_path / name for name in ("cut.jsonl.gz", "gone.jsonl", "last.jsonl"))
    write_papers(cut, [f"{n}% {hash(n * 7.7)}" for n in range(5000)])
    packed = gzip.compress(cut.read_bytes())
    cut.write_bytes(packed[: len(packed) // 2])
    write_papers(vanishing, ["1%"])
    write_papers(last, ["99%"])

    def take_away(*_: object) -> None:
        vanishing.unlink(missing_ok=True)

    counts, rows, rejects = collected([str(cut), str(vanishing), str(last)], progress=take_away)
    assert [Path(reject.file).name for reject in rejects] == ["cut.jsonl.gz", "gone.jsonl"]
    assert "ends early" in rejects[0].reason and "no such file" in rejects[1].reason
    assert rows[-1][1] == 99 and 1000 < counts.papers < 4000


def test_progress_reaches_the_size_of_the_input(tmp_path):
    source = write_papers(tmp_path / "a.jsonl", ["word " * 100] * 2000)
    told = []
    collected([source], progress=lambda position, counts: told.append((position, counts.papers)))
    assert told == sorted(told) and told[-1] == (Path(source).stat().st_size, 2000) and len(told) > 5


def test_no_more_than_a_few_chunks_are_read_ahead():
    taken = 0

    def chunks():
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield Chunk("a.jsonl", "jsonl", [Record(1, b'{"abstract": "1%"}', 18)], 0)

    with workers_for(percentages, 2) as work:
        for done, _ in enumerate(work(chunks())):
            assert taken <= done + 8
    assert taken == 100


def test_the_closing_line_counts_in_words():
    assert str(Counts(1, 0, 1234, 2.345)) == "1 paper, 0 rows, 1,234 rejects, 2.3 s"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_workers_end_when_the_first_process_is_killed(tmp_path):
    source = write_papers(tmp_path / "a.jsonl", ["1%"] * 5000)
    script = tmp_path / "slow.py"
    script.write_text(
        textwrap.dedent("""
        import os, sys, time
        from leaderboard.run import run
        def slow(paper):
            os.write(1, b"%d\\n" % os.getpid())
            time.sleep(0.05)
            return []
        run([sys.argv[1]], lambda rows: None, slow, workers=2)
    """)
    )
    first = subprocess.Popen([sys.executable, str(script), source], stdout=subprocess.PIPE, text=True)
    seen = set()
    while len(seen - {first.pid}) < 2:
        seen.add(int(first.stdout.readline()))
    first.send_signal(signal.SIGKILL)
    first.wait()
    deadline = time.monotonic() + 20
    while any(running(worker) for worker in seen):
        assert time.monotonic() < deadline, "workers outlive the run"
        time.sleep(0.05)
    first.stdout.close()


def running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"
