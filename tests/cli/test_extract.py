"""`leaderboard extract` as a user meets it."""

from __future__ import annotations

import gzip
import json
import random
import re
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest
from typer.main import get_command
from typer.testing import CliRunner

import leaderboard
from leaderboard.cli import COMMANDS, app
from leaderboard.models import Result
from leaderboard.writers import COLUMNS

COMMAND = [sys.executable, "-c", "from leaderboard.cli import main; main()"]
LINES = [
    '{"id": "1802.05591", "title": "LaneNet", "abstract": "LaneNet reaches 96.4% accuracy on TuSimple."}',
    '{"id": "p2", "title": "Nothing", "abstract": "We discuss lanes."}',
    '{"id": "p3", "title": "Broken"',
    '{"id": "p4", "title": "Silent"}',
]


def percentages(paper):
    """Stands for the engine where a test is not about what it finds."""
    return [
        Result(paper_id=paper.id, title=paper.title, value=float(found[0]), kind="score", holder="own",
               field="abstract", start=found.start(), end=found.end(), sentence=paper.abstract, rule="r",
               confidence=1)
        for found in re.finditer(r"\d+(\.\d+)?(?=%)", paper.abstract)
    ]  # fmt: skip


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("leaderboard.cli.extract.end_on_termination", lambda: None)
    monkeypatch.setattr("leaderboard.cli.extract.extractor", lambda folders: percentages)


@pytest.fixture
def run(tmp_path, monkeypatch, quick):
    """Runs the command in an empty folder that holds papers.jsonl."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers.jsonl").write_text("\n".join(LINES) + "\n")
    return lambda *words, **options: CliRunner().invoke(app, ["extract", *words], **options)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def closing_line(result):
    return re.sub(r"[\d.]+ s$", "S", result.stderr.splitlines()[-1])


def test_rows_go_to_the_file_and_counts_to_standard_error(run, tmp_path):
    result = run("papers.jsonl", "-o", "rows.csv", "--rejects", "rejects.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert closing_line(result) == "2 papers, 1 row, 2 rejects, S"
    assert len(result.stderr.splitlines()) == 1
    header, row = (tmp_path / "rows.csv").read_text().splitlines()
    assert header == ",".join(COLUMNS) and row.startswith("1802.05591,LaneNet,") and "96.4" in row
    rejects = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert [(reject["file"], reject["record"], reject["start"].strip()) for reject in rejects] == [
        ("papers.jsonl", 3, LINES[2]),
        ("papers.jsonl", 4, LINES[3]),
    ]
    assert rejects[1]["reason"] == "no abstract"
    assert names_in(tmp_path) == ["papers.jsonl", "rejects.jsonl", "rows.csv"]


def test_without_an_output_rows_are_printed_as_json_lines(run):
    result = run("papers.jsonl")
    (row,) = map(json.loads, result.stdout.splitlines())
    assert tuple(row) == COLUMNS and row["value"] == 96.4


def test_rejects_are_shown_where_no_file_was_asked_for(run, tmp_path):
    (tmp_path / "papers.jsonl").write_text("{}\n" * 1100)
    shown = run("papers.jsonl").stderr.splitlines()
    assert shown[0] == "rejected: papers.jsonl: record 1: no abstract"
    assert shown[3] == "and 1,097 more (list them with --rejects FILE)"


def test_standard_input(run):
    assert json.loads(run("-", input=LINES[0]).stdout)["paper_id"] == "1802.05591"
    assert json.loads(run("-", input=gzip.compress(LINES[0].encode())).stdout)["value"] == 96.4
    assert json.loads(run("-", input="We reach 5% only.").stdout)["paper_id"] == "stdin"


def test_several_files_keep_their_order(run, tmp_path):
    (tmp_path / "b.txt").write_text("First 7% of all.")
    for names, values in (("b.txt", "papers.jsonl"), [7, 96.4]), (("papers.jsonl", "b.txt"), [96.4, 7]):
        assert [json.loads(line)["value"] for line in run(*names).stdout.splitlines()] == values


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_workers_change_nothing_in_the_output(run, tmp_path, suffix):
    lines = (LINES[0].replace("96.4", f"{n}.5") for n in range(999))
    (tmp_path / "papers.jsonl").write_text("\n".join(lines))
    for workers in "123":
        assert run("papers.jsonl", "-o", f"rows{workers}.{suffix}", "--workers", workers).exit_code == 0
    one, two, three = ((tmp_path / f"rows{n}.{suffix}").read_bytes() for n in "123")
    assert one == two == three and len(one) > 1000


def test_a_strict_run_ends_with_exit_code_1_and_no_output(run, tmp_path):
    result = run("papers.jsonl", "-o", "rows.csv", "--rejects", "rejects.jsonl", "--strict")
    assert result.exit_code == 1
    assert result.stderr.startswith("leaderboard: papers.jsonl: record 3: not JSON")
    assert len(result.stderr.splitlines()) == 1
    assert names_in(tmp_path) == ["papers.jsonl"]


def test_a_strict_run_without_rejects_is_a_run_like_any_other(run, tmp_path):
    (tmp_path / "papers.jsonl").write_text(LINES[0])
    assert run("papers.jsonl", "-o", "rows.csv", "--strict").exit_code == 0


MISTAKES = {
    "missing file": (["nothing.jsonl", "-o", "rows.csv"], "nothing.jsonl: no such file (check the path"),
    "second file missing": (["papers.jsonl", "nothing.jsonl"], "nothing.jsonl: no such file"),
    "output without -o": (["papers.jsonl", "rows.csv"], "or write -o rows.csv if the rows are to go there"),
    "no format": (["papers.jsonl", "--format", "docx"], "docx: no such format (choose one of jsonl, json,"),
    "unknown format": (["picture.png", "-o", "rows.csv"], "picture.png: not text in UTF-8, nor Parquet"),
    "unknown output": (["papers.jsonl", "-o", "rows.xlsx"], "no output format has this suffix (use one of"),
    "no folder for the output": (["papers.jsonl", "-o", "no/rows.csv"], "folder does not exist (mkdir -p"),
    "no folder for rejects": (["papers.jsonl", "--rejects", "no/r.jsonl"], "folder does not exist (mkdir"),
    "output is an input": (["papers.jsonl", "-o", "papers.jsonl"], "papers.jsonl: is one of the inputs"),
    "nothing in the folder": (["empty"], "empty: no files of papers in this folder (name"),
    "nothing for the pattern": (["*.json"], "*.json: no file matches (check"),
    "pipe into a folder": (["-", "-o", "empty"], "standard input cannot be written to a folder"),
    "no such address": (["nothing://x/y.jsonl"], "nothing://x/y.jsonl: "),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line_with_its_mend_exit_code_2_and_no_output(mistake, run, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    before = names_in(tmp_path)
    words, said = MISTAKES[mistake]
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == "" and result.stderr.startswith("leaderboard: ") and said in result.stderr
    assert result.stderr.count("\n") == 1 and "(" in result.stderr
    assert names_in(tmp_path) == before


def test_a_wrong_rules_folder_is_said_with_exit_code_2(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers.jsonl").write_text(LINES[0])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "benchmarks").mkdir()
    (tmp_path / "mine" / "benchmarks" / "x.yaml").write_text("- nmae: X\n")
    result = CliRunner().invoke(app, ["extract", "papers.jsonl", "--rules", "mine", "-o", "rows.csv"])
    assert result.exit_code == 2 and "x.yaml:1" in result.stderr
    assert not (tmp_path / "rows.csv").exists()


@pytest.mark.parametrize("words", [[], ["extract"]])
def test_help_shows_an_example(words):
    result = CliRunner().invoke(app, [*words, "--help"])
    assert result.exit_code == 0 and "leaderboard extract papers.jsonl.gz -o rows.csv" in result.stdout


def test_a_folder_takes_a_part_for_each_file_and_a_second_run_only_what_changed(run, tmp_path):
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.jsonl").write_text("\n".join(LINES))
    first = run("in", "-o", "out/", "--rejects", "rejects.jsonl")
    assert first.exit_code == 0
    assert closing_line(first) == "3 parts made, 0 kept, 0 failed; 6 papers, 3 rows, 6 rejects, S"
    assert len((tmp_path / "rejects.jsonl").read_text().splitlines()) == 6
    (tmp_path / "in" / "b.jsonl").write_text(LINES[0])
    (tmp_path / "in" / "c.jsonl").unlink()
    second = run("in", "-o", "out")
    assert closing_line(second) == "1 part made, 1 kept, 0 failed; 3 papers, 2 rows, 2 rejects, S"
    assert second.stderr.startswith("1 part is of files that were not named: kept (remove them with --prune)")
    assert run("in", "-o", "out", "--prune").exit_code == 0
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 2


def test_a_folder_run_with_a_failed_file_ends_with_exit_code_1(run, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    result = run("papers.jsonl", "picture.png", "-o", "out/")
    assert result.exit_code == 1
    assert result.stderr.startswith("failed: picture.png: not text in UTF-8")
    assert "1 part made, 0 kept, 1 failed" in closing_line(result)


# --- the program itself -------------------------------------------------------------------------------------


def test_the_start_imports_nothing_heavy():
    watched = ("pandas", "pyarrow", "numpy", "streamlit", "yaml", "ahocorasick", "leaderboard.rulebook")
    check = f"print([name for name in {watched!r} if name in sys.modules])"
    for words, code in ((["--version"], 0), (["extract", "--help"], 0), (["nonsense"], 2)):
        script = (
            f"import sys; sys.argv = ['leaderboard', *{words!r}]\n"
            f"from leaderboard.cli import main\ntry: main()\nfinally: {check}"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        assert done.returncode == code
        assert done.stdout.splitlines()[-1] == "[]"
        if words == ["--version"]:
            assert done.stdout.splitlines()[0] == f"leaderboard {leaderboard.__version__}"


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "leaderboard", "--version"], capture_output=True, text=True)
    assert done.stdout == f"leaderboard {leaderboard.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    group = getattr(get_command(app).get_command(None, name), "commands", {})
    for words in [[name, inner] for inner in group] or [[name]]:
        result = CliRunner().invoke(app, [*words, "--help"])
        assert result.exit_code == 0
        assert " ".join(["leaderboard", *words]) in result.stdout.partition("Example")[2], words


def test_the_help_lists_every_command():
    said = CliRunner().invoke(app, ["--help"]).stdout
    assert all(f" {name} " in said for name in COMMANDS)


def test_the_program_reads_a_pipe_and_finds_results(tmp_path):
    packed = gzip.compress(LINES[0].encode())
    done = subprocess.run([*COMMAND, "extract", "-"], input=packed, capture_output=True, cwd=tmp_path)
    assert done.returncode == 0 and done.stderr.endswith(b" s\n")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["value"], row["benchmark_text"], row["url"]) == (
        96.4, "TuSimple", "https://arxiv.org/abs/1802.05591")  # fmt: skip


def test_a_reader_that_closes_early_is_no_error(tmp_path):
    (tmp_path / "papers.jsonl").write_text((LINES[0] + "\n") * 3000)
    with subprocess.Popen(
        [*COMMAND, "extract", "papers.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as running:
        running.stdout.readline()
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_ended_in_the_middle_leaves_no_half_output(how, workers, tmp_path):
    (tmp_path / "papers.jsonl").write_text((LINES[0] + "\n") * 200_000)
    (tmp_path / "rows.csv").write_text("before")
    command = [*COMMAND, "extract", "papers.jsonl", "-o", "rows.csv", "--workers", workers]
    # A shell that runs the tests in the background has its children ignore interrupts: not so here.
    running = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while not any(part.stat().st_size for part in tmp_path.glob("rows.csv.*.part")):
        assert running.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(random.random() / 5)
    running.send_signal(how)
    said = running.stderr.read()
    assert running.wait() != 0
    assert (tmp_path / "rows.csv").read_text() == "before" and b"Traceback" not in said
    if how != signal.SIGKILL:
        assert names_in(tmp_path) == ["papers.jsonl", "rows.csv"]


def test_the_main_job_on_a_real_page(shared, tmp_path):
    page = shared("corpus/hf-papers-page.txt")
    done = subprocess.run(
        [*COMMAND, "extract", str(page), "-o", "rows.parquet"], capture_output=True, text=True, cwd=tmp_path
    )
    assert re.match(r"64 papers, \d+ rows, 0 rejects, ", done.stderr), done.stderr
    rows = pq.read_table(tmp_path / "rows.parquet").to_pylist()
    text = page.read_text(encoding="utf-8")
    assert rows and all(row["sentence"] in text for row in rows)
    assert (96.53, "TuSimple") in [(row["value"], row["benchmark"]) for row in rows]
