"""Runs over many files: one part for each, kept, redone, resumed, and never half there."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import fsspec
import pyarrow.parquet as pq
import pytest

from leaderboard.boards import read_results
from leaderboard.errors import InputError, OutputError
from leaderboard.models import Result
from leaderboard.readers.sources import expand
from leaderboard.run import StrictStop
from leaderboard.shards import MANIFEST, Settings, copy_rejects, part_name, run_shards

SETTINGS = Settings(rules="1")


def percentages(paper):
    """Stands for the engine: a row for every percentage."""
    return [
        Result(paper_id=paper.id, title=paper.title, value=float(found[0]), kind="score", holder="own",
               field="abstract", start=found.start(), end=found.end(), sentence=found[0], rule="r",
               confidence=1)
        for found in re.finditer(r"\d+(?=%)", paper.abstract)
    ]  # fmt: skip


def write_papers(path, values, abstract="{}%"):
    records = ({"id": f"{path.name}-{n}", "abstract": abstract.format(n)} for n in values)
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working folder with five files of papers in `in`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for shard in range(5):
        write_papers(tmp_path / "in" / f"s{shard}.jsonl", range(shard * 100, shard * 100 + 150))
    return tmp_path


def extract(output="out", sources="in", settings=SETTINGS, **options):
    return run_shards(expand([sources]), output, percentages, settings, **options)


def content(folder):
    """Every file of a folder but the lock, which says nothing."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(Path(folder).rglob("*"))
            if path.is_file() and path.name != "_lock"}  # fmt: skip


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_each_input_becomes_a_part_and_the_parts_do_not_depend_on_workers(workers, here):
    outcome = extract(workers=workers)
    assert (outcome.done, outcome.skipped, outcome.failed) == (5, 0, {})
    assert (outcome.counts.papers, outcome.counts.rows) == (750, 750)
    extract("reference")
    assert content("out") == content("reference")
    assert set(content("out")) == {MANIFEST, *(part_name(f"in/s{n}.jsonl") for n in range(5))}


def test_the_rows_of_the_folder_are_those_of_the_files(here):
    extract()
    expected = [float(n) for s in range(5) for n in range(s * 100, s * 100 + 150)]
    assert read_results("out")["value"].tolist() == expected


def test_a_second_run_keeps_every_part(here):
    extract()
    times = {path: path.stat().st_mtime_ns for path in (here / "out").glob("*.parquet")}
    outcome = extract()
    assert (outcome.done, outcome.skipped, outcome.counts.rows) == (0, 5, 750)
    assert times == {path: path.stat().st_mtime_ns for path in (here / "out").glob("*.parquet")}


CHANGES = {
    "longer input": (lambda here: write_papers(here / "in" / "s2.jsonl", range(300)), SETTINGS, 1),
    "other input of the same size": (
        lambda here: write_papers(here / "in" / "s2.jsonl", range(349, 199, -1)), SETTINGS, 1),
    "touched input": (lambda here: os.utime(here / "in" / "s2.jsonl", (1, 1)), SETTINGS, 0),
    "new input": (lambda here: write_papers(here / "in" / "s9.jsonl", range(3)), SETTINGS, 1),
    "other rules": (lambda here: None, Settings(rules="2"), 5),
    "broken part": (lambda here: (here / "out" / part_name("in/s1.jsonl")).write_bytes(b"PAR1"), SETTINGS, 1),
    "lost part": (lambda here: (here / "out" / part_name("in/s1.jsonl")).unlink(), SETTINGS, 1),
    "lost manifest": (lambda here: (here / "out" / MANIFEST).unlink(), SETTINGS, 0),
    "leftover of a dead run": (lambda here: (here / "out" / "x.parquet.1.part").touch(), SETTINGS, 0),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_has_changed_is_redone_and_the_result_is_that_of_a_clean_run(change, here):
    make_change, settings, redone = CHANGES[change]
    extract()
    make_change(here)
    assert extract(settings=settings).done == redone
    extract("clean", settings=settings)
    assert content("out") == content("clean")


def test_parts_of_inputs_that_are_not_named_are_kept_until_pruned(here):
    extract()
    (here / "in" / "s3.jsonl").unlink()
    assert extract().stale == [part_name("in/s3.jsonl")]
    assert (here / "out" / part_name("in/s3.jsonl")).exists()
    assert extract(prune=True).stale == []
    extract("clean")
    assert content("out") == content("clean")


def test_rejects_stay_with_their_part(here):
    (here / "in" / "s1.jsonl").write_text('{"abstract": "1%"}\nbroken\n')
    assert extract().counts.rejects == 1
    assert extract().counts.rejects == 1
    copy_rejects(expand(["in"]), "out", here / "rejects.jsonl")
    (reject,) = map(json.loads, (here / "rejects.jsonl").read_text().splitlines())
    assert (reject["file"], reject["record"]) == ("in/s1.jsonl", 2)
    (here / "in" / "s1.jsonl").write_text('{"abstract": "1%"}\n')
    extract()
    assert not list((here / "out" / "_rejects").iterdir())


def test_the_manifest_says_what_each_part_was_made_from(here):
    extract()
    parts = json.loads((here / "out" / MANIFEST).read_text())["parts"]
    assert [part["input"] for part in parts] == [f"in/s{n}.jsonl" for n in range(5)]
    assert parts[0]["size"] == (here / "in" / "s0.jsonl").stat().st_size
    assert (parts[0]["papers"], parts[0]["rows"], parts[0]["rejects"]) == (150, 150, 0)
    metadata = pq.read_metadata(here / "out" / parts[0]["part"]).metadata
    assert json.loads(metadata[b"leaderboard"])["hash"] == parts[0]["hash"]


@pytest.mark.parametrize("workers", [1, 2])
def test_faulty_inputs_are_named_and_the_rest_goes_on(workers, here):
    lines = "".join(json.dumps({"abstract": f"{n}% {hash(n * 7.7)}"}) + "\n" for n in range(3000)).encode()
    (here / "in" / "cut.jsonl.gz").write_bytes(gzip.compress(lines)[:-5000])
    (here / "in" / "noise.csv").write_bytes(bytes(range(256)))
    names = [*expand(["in"]), "in/gone.jsonl"]
    outcome = run_shards(names, "out", percentages, SETTINGS, workers=workers)
    assert sorted(outcome.failed) == ["in/gone.jsonl", "in/noise.csv"]
    assert "not text in UTF-8" in outcome.failed["in/noise.csv"]
    assert "cannot be read: No such file" in outcome.failed["in/gone.jsonl"]
    assert (outcome.done, outcome.counts.rejects) == (6, 1)
    reject = json.loads(next((here / "out" / "_rejects").iterdir()).read_text())
    assert reject["file"] == "in/cut.jsonl.gz" and "ends early" in reject["reason"]


def test_an_input_that_changes_or_vanishes_while_it_is_read_gives_no_part(here):
    def meddle(paper):
        if paper.id == "s1.jsonl-100":
            write_papers(here / "in" / "s1.jsonl", range(7))
        if paper.id == "s2.jsonl-200":
            (here / "in" / "s2.jsonl").unlink()
        return percentages(paper)

    outcome = run_shards(expand(["in"]), "out", meddle, SETTINGS)
    assert "changed while it was read" in outcome.failed["in/s1.jsonl"]
    assert "cannot be read" in outcome.failed["in/s2.jsonl"]
    assert outcome.done == 3
    assert set(content("out")) == {MANIFEST, *(part_name(f"in/s{n}.jsonl") for n in (0, 3, 4))}


def test_a_full_disk_costs_the_part_at_hand_and_leaves_nothing_broken(here, monkeypatch):
    real, full = os.fsync, []

    def fsync(number):
        if not full:
            full.append(number)
            raise OSError(28, "No space left on device")
        real(number)

    monkeypatch.setattr("os.fsync", fsync)
    outcome = extract()
    assert list(outcome.failed) == ["in/s0.jsonl"] and "No space left" in outcome.failed["in/s0.jsonl"]
    assert outcome.done == 4 and extract().done == 1
    extract("clean")
    assert content("out") == content("clean")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_strict_run_stops_and_keeps_what_was_finished(workers, here):
    (here / "in" / "s3.jsonl").write_text("broken\n")
    with pytest.raises(StrictStop, match=r"in/s3\.jsonl: record 1: not JSON"):
        extract(strict=True, workers=workers)
    assert {part_name(f"in/s{n}.jsonl") for n in range(3)} <= set(content("out"))
    assert part_name("in/s3.jsonl") not in content("out")


def test_two_runs_do_not_write_to_one_folder(here, monkeypatch):
    monkeypatch.setattr("leaderboard.folders._PATIENCE", 0.1)
    (here / "one.jsonl").write_text('{"abstract": "1%"}')

    def again(paper):
        with pytest.raises(OutputError, match="another run is writing here"):
            extract()
        return []

    assert run_shards(["one.jsonl"], "out", again, SETTINGS).done == 1


def test_places_that_cannot_be_a_folder(here):
    (here / "file").touch()
    with pytest.raises(OutputError, match="file: cannot be made"):
        extract("file")
    with pytest.raises(InputError, match="standard input cannot be written to a folder"):
        run_shards(["-"], "out", percentages, SETTINGS)


def test_names_of_parts_tell_inputs_of_the_same_name_apart():
    sources = ("a/p.jsonl", "b/p.jsonl", "p.csv", "../p", "s3://x/p", "..", "-")
    names = {part_name(source) for source in sources}
    assert len(names) == 7 and all(re.fullmatch(r"[\w-]+-[0-9a-f]{8}\.parquet", name) for name in names)


def test_addresses_work_for_inputs_and_parts(here):
    memory = fsspec.filesystem("memory")
    for path in sorted((here / "in").iterdir()):
        memory.pipe_file(f"/in/{path.name}", path.read_bytes())
    try:
        for sources in ("memory://in/*.jsonl", "memory://in/"):
            outcome = extract("memory://out/rows", sources)
            assert (outcome.failed, outcome.counts.rows) == ({}, 750)
        assert outcome.skipped == 5
        memory.pipe_file("/in/s1.jsonl", b'{"abstract": "7%"}')
        outcome = extract("memory://out/rows", "memory://in/")
        assert (outcome.done, outcome.skipped, outcome.counts.rows) == (1, 4, 601)
        assert len(read_results("memory://out/rows")) == 601
        assert not [name for name in memory.find("/out") if name.endswith(".part")]
        outcome = run_shards(["memory://in/none.jsonl"], "memory://out/x", percentages, SETTINGS)
        assert "none.jsonl" in outcome.failed["memory://in/none.jsonl"]
    finally:
        memory.store.clear()


NAMED = {
    "in": [f"in/s{n}.jsonl" for n in range(5)],
    "in/s[12].jsonl": ["in/s1.jsonl", "in/s2.jsonl"],
    "**/s0.*": ["in/s0.jsonl"],
    "-": ["-"],
    "in/none.jsonl": ["in/none.jsonl"],
}


@pytest.mark.parametrize("name", NAMED)
def test_folders_and_patterns_become_files_in_order(name, here):
    (here / "in" / "_hidden").mkdir()
    (here / "in" / "_hidden" / "x.jsonl").touch()
    (here / "in" / ".hidden.jsonl").touch()
    (here / "in" / "notes.docx").touch()
    assert expand([name, name]) == NAMED[name]


@pytest.mark.parametrize("name", ["empty", "none/*.jsonl", "memory://nothing/"])
def test_where_nothing_is_found_is_an_error(name, here):
    (here / "empty").mkdir()
    with pytest.raises(InputError, match=re.escape(name)):
        expand([name])


# --- killed, again and again --------------------------------------------------------------------------------

KILLS = int(os.environ.get("LEADERBOARD_KILLS", "50"))


def test_no_kill_at_any_moment_loses_or_breaks_a_part(here):
    """Runs are killed at random moments; whenever one gets through, it begins anew, until KILLS have died."""
    for shard in range(5, 24):
        write_papers(here / "in" / f"s{shard:02}.jsonl", range(400))
    script = here / "job.py"
    script.write_text(
        textwrap.dedent("""
        import sys, time
        from leaderboard.readers.sources import expand
        from leaderboard.shards import run_shards, Settings
        from leaderboard.models import Result
        def extract(paper):
            time.sleep(0.00005)
            return [Result(paper_id=paper.id, value=1, kind="score", holder="own", field="abstract",
                           start=0, end=1, sentence=paper.abstract, rule="r", confidence=1)]
        print("begins", flush=True)
        run_shards(expand(["in"]), "out", extract, Settings(rules="1"), workers=int(sys.argv[1]))
    """)
    )
    command = [sys.executable, str(script)]
    subprocess.run([*command, "1"], check=True, capture_output=True)
    clean = content("out")
    assert len(clean) == 25
    shutil.rmtree("out")
    chance = random.Random(7)
    killed = 0
    finished: dict[str, bytes] = {}
    while killed < KILLS:
        running = subprocess.Popen(
            [*command, chance.choice("112")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        running.stdout.readline()
        time.sleep(chance.random() * 0.25)
        running.send_signal(signal.SIGKILL)
        _, said = running.communicate()
        if running.returncode == 0:
            assert content("out") == clean
            shutil.rmtree("out")
            finished = {}
            continue
        assert running.returncode == -signal.SIGKILL, said.decode()
        killed += 1
        parts = {name: part for name, part in content("out").items() if name.endswith(".parquet")}
        assert finished.items() <= parts.items(), "a finished part was lost or changed"
        assert parts.items() <= clean.items(), "a part is broken"
        finished = parts
    subprocess.run([*command, "2"], check=True, capture_output=True)
    assert content("out") == clean
