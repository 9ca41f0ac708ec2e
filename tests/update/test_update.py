"""`leaderboard init` and `update` as a user, and a scheduler, meet them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sources.conftest import LANES
from sources.lines import ids_in
from sources.server import Stored, Trouble
from update.conftest import NEW

from leaderboard.boards import read_results
from leaderboard.errors import LeaderboardError
from leaderboard.project.alone import alone
from leaderboard.project.update import Told
from leaderboard.project.update import update as bring_up_to_date
from leaderboard.readers import read_papers

COMMAND = [sys.executable, "-c", "from leaderboard.cli import main; main()"]


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def values_in(folder: Path) -> list[float]:
    return sorted(read_results(folder / "rows.parquet")["value"])


def test_a_new_folder_is_filled(folder, update):
    result = update()
    assert result.exit_code == 0, result.stderr
    assert len(ids_in(folder / "papers.jsonl")) == 4
    assert values_in(folder) == [93.36, 96.4, 96.53, 96.6]
    assert "## TuSimple: accuracy" in (folder / "boards.md").read_text()
    assert result.stderr.splitlines()[-1] == (
        "4 new papers with 4 rows, 1 new record, 1 new benchmark; 4 rows now"
    )


def test_updating_again_changes_nothing(folder, update):
    update()
    before = content_of(folder)
    result = update("--report", "news.md")
    assert content_of(folder) == before
    assert Path("news.md").read_text() == "# What is new\n\nNothing new; 4 rows.\n"
    assert result.stderr.splitlines()[-1] == "nothing new; 4 rows"


def test_the_report_tells_records_and_benchmarks_with_sentence_and_link(folder, update, server):
    update()
    server.papers = [*LANES, NEW]
    result = update("--report", "news.md")
    report = Path("news.md").read_text()
    assert result.stdout == report
    records, benchmarks = report.split("## New records")[1].split("## New benchmarks")
    assert "- **TuSimple: accuracy**: 97.1%" in records
    assert "in [Wider lanes](https://arxiv.org/abs/2401.00001) (2024-01-01); before: 96.6%" in records
    assert "(https://arxiv.org/abs/1907.01294)" in records
    assert f"> {NEW.abstract}" in records
    assert records.count("\n- ") == 1, "a record that was beaten in the same update is none"
    assert "- **FooBench: mAP**: 71.2%" in benchmarks and f"> {NEW.abstract}" in benchmarks
    assert "TuSimple: accuracy" not in benchmarks


def test_many_updates_give_the_rows_of_one(folder, update, server, run):
    for number in range(4, len(LANES) + 1):
        server.papers = LANES[:number]
        assert update().exit_code == 0
    run("extract", "boards/papers.jsonl", "-o", "once.parquet")
    assert read_results(folder / "rows.parquet").equals(read_results("once.parquet"))


def test_changed_rules_are_told_apart_from_new_papers(folder, update, server):
    server.papers = [*LANES[:4], NEW]
    update()
    rules = folder / "leaderboard-rules" / "benchmarks"
    rules.mkdir(parents=True)
    (rules / "mine.yaml").write_text("benchmarks:\n- id: foobench\n  name: FooBench\n")
    server.papers.append(
        Stored("2401.00002", "Narrow", "90.5% accuracy on TuSimple.", "2024-01-02T00:00:00Z")
    )
    result = update("--report", "news.md")
    report = Path("news.md").read_text()
    assert "1 new paper with 1 row" in report and "1 older row changed (the rules changed)" in report
    assert "- changed benchmark\\_id: 1 row" in report and "'' → 'foobench'" in report
    assert "## New records" not in report and "## New benchmarks" not in report
    assert set(read_results(folder / "rows.parquet")["benchmark_id"]) == {"tusimple", "foobench"}, (
        result.stderr
    )
    update("--report", "news.md")
    assert "Nothing new" in Path("news.md").read_text()


def test_an_edited_file_of_papers_is_extracted_again(folder, update):
    update()
    papers = folder / "papers.jsonl"
    papers.write_text(papers.read_text().replace("96.53%", "96.55%"))
    result = update()
    assert "the file of papers was edited" in result.stderr
    assert values_in(folder) == [93.36, 96.4, 96.55, 96.6]


def test_lines_added_by_hand_are_extracted(folder, update):
    update()
    with (folder / "papers.jsonl").open("a") as stream:
        stream.write('{"abstract": "MyNet gets 95% accuracy on TuSimple."}\nno JSON\n')
    result = update("--no-fetch")
    assert "1 new paper with 1 row" in result.stderr and "1 paper could not be read." in result.stdout
    assert values_in(folder) == [93.36, 95, 96.4, 96.53, 96.6]


def test_offline_everything_but_fetching_is_done(folder, update, server):
    update()
    (folder / "boards.md").unlink()
    server.close()
    result = update("--report", "news.md")
    assert result.exit_code == 1
    assert "could not be reached" in result.stderr and server.arxiv in result.stderr
    assert "## Not fetched" in Path("news.md").read_text()
    assert (folder / "boards.md").exists()
    assert update("--no-fetch").exit_code == 0


def test_one_failing_query_does_not_keep_the_others(folder, update, server):
    toml = folder / "leaderboard.toml"
    toml.write_text('[[queries]]\nsource = "hf-papers"\ndate = 2024-03-01\n' + toml.read_text())
    server.troubles = [Trouble(404, {}, b"gone", "text/plain")]
    result = update()
    assert result.exit_code == 1 and len(ids_in(folder / "papers.jsonl")) == 4


# --- interrupted, and two at once -------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["write_rows", "write_boards", "board_changes", "_run"])
def test_an_update_that_breaks_off_is_made_good_by_the_next(folder, update, server, monkeypatch, place):
    update()
    server.papers = [*LANES, NEW]
    before = content_of(folder)["rows.parquet"]

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(f"leaderboard.project.update.{place}", die)
        bring_up_to_date(folder)
    assert len(ids_in(folder / "papers.jsonl")) == 8
    kept = content_of(folder)["rows.parquet"] == before
    assert kept == (place != "write_boards")
    told = []
    bring_up_to_date(folder, Told(changes=told.append))
    assert len(told[0].records) == (1 if kept else 0), "what was not kept is told again"
    assert values_in(folder) == sorted([71.2, 93.36, 95.87, 96.4, 96.53, 96.54, 96.6, 96.9, 97.1])
    assert "97.1%" in (folder / "boards.md").read_text()
    assert not list(folder.glob(".update-*")) and not list(folder.glob("*.part"))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_update_keeps_what_it_fetched(folder, update, server, blow):
    server.troubles = [Trouble(), Trouble(silent=20)]
    process = subprocess.Popen([*COMMAND, "update", str(folder)], stderr=subprocess.DEVNULL)
    waited = time.monotonic() + 60
    while len(server.requests) < 2 and time.monotonic() < waited:
        time.sleep(0.02)
    process.send_signal(blow)
    process.wait(20)
    assert len(ids_in(folder / "papers.jsonl")) == 3
    server.requests.clear()
    assert update().exit_code == 0
    assert [asked["start"] for asked in server.requests] == ["3"]
    assert len(ids_in(folder / "papers.jsonl")) == 4


def test_leftovers_of_a_killed_update_are_removed(folder, update):
    (folder / ".update-dead").mkdir()
    (folder / "rows.parquet.123.part").touch()
    (folder / "mine.part").touch()
    update()
    assert not (folder / ".update-dead").exists() and not (folder / "rows.parquet.123.part").exists()
    assert (folder / "mine.part").exists()


def test_a_second_update_at_once_does_nothing(folder, update, server):
    with alone(folder):
        result = update()
    assert result.exit_code == 2 and "is being updated by process" in result.stderr
    assert not server.requests and not (folder / "papers.jsonl").exists()
    assert update().exit_code == 0


def test_two_processes_at_once_do_no_harm(folder, server):
    server.papers = LANES
    both = [subprocess.Popen([*COMMAND, "update", str(folder)], stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate(timeout=120)[1].decode() for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 2]), said
    assert len(ids_in(folder / "papers.jsonl")) == len(set(ids_in(folder / "papers.jsonl"))) == 7
    assert len(values_in(folder)) == 7


# --- settings ---------------------------------------------------------------------------------------------


def test_init_never_writes_over_a_file(folder, run):
    text = (folder / "leaderboard.toml").read_text()
    result = run("init", "boards")
    assert result.exit_code == 2 and "is there already" in result.stderr
    assert (folder / "leaderboard.toml").read_text() == text


def test_every_setting_of_the_starter_can_be_switched_on(folder, update, server):
    """The lines that are commented out are settings as they must be written."""
    toml = folder / "leaderboard.toml"
    lines = [
        line.removeprefix("# ") if line.startswith(("# [", "# source", "# since", "# file")) else line
        for line in toml.read_text().splitlines()
    ]
    text = (
        "\n".join(lines)
        .replace("# until =", "until =")
        .replace("# max =", "max =")
        .replace("2017 ", '"2017" ')
    )
    for name in ("base", "interval", "timeout", "retries", "backoff", "longest_wait"):
        text = text.replace(f"# {name} =", f"{name} =")
    toml.write_text(text.replace("2024-03-01", str(time.strftime("%Y-%m-%d", time.gmtime()))))
    (folder / "ids.txt").write_text("2203.10350\n")
    server.papers = LANES
    result = update()
    assert result.exit_code == 0, result.stderr
    assert ids_in(folder / "papers.jsonl")[-1] == LANES[0].id and len(server.requests) > 3


def test_all_forms_of_output(folder, update):
    toml = folder / "leaderboard.toml"
    toml.write_text(
        toml.read_text()
        .replace('["boards.md"]', '["boards.md", "tables.json", "boards.csv", "boards.tex"]')
        .replace("exports = []", 'exports = ["rows.csv", "rows.jsonl"]')
    )
    assert update().exit_code == 0
    assert read_results(folder / "rows.csv").equals(read_results(folder / "rows.parquet"))
    assert all((folder / name).stat().st_size for name in ("tables.json", "boards.csv", "boards.tex"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[output]\nrow = 'x'", "leaderboard.toml:2: output.row: no such setting"),
        (
            "[[queries]]\nsource = 'arxiv'\nqurey = 'x'",
            "leaderboard.toml:3: queries.0.qurey: no such setting",
        ),
        ("[[queries]]\nsource = 'arxiv'", "[[queries]] number 1: arxiv: no query"),
        ("[[queries]]\nsource = 'nowhere'", "choose one of arxiv, hf-papers, ids"),
        ("[[queries]]\nsource = 'ids'\nquery = 'x'", "needs a file of ids"),
        (
            "[[queries]]\nsource = 'arxiv'\nquery = 'x'\nsince = 'soon'",
            "number 1: --since: 'soon' is no date",
        ),
        ("[sources.arxiv]\ntoken = 'x'", "keys are read from the environment only"),
        ("[sources.arxiv]\ninterval = 'x'", "[sources.arxiv] interval: 'x' is no number"),
        ("[sources.elsewhere]\nbase = 'x'", "no such source"),
        ("[output]\nrows = 'rows.csv'", "must end in .parquet"),
        ("[output]\nboards = ['boards.doc']", "'boards.doc' must end in"),
        ("[output]\nboards = ['a.csv']\nexports = ['a.csv']", "named twice"),
        ("queries = 1", "leaderboard.toml:1: queries: input should be a valid"),
        ("[output", "not TOML"),
    ],
)
def test_mistakes_in_the_settings_are_told_with_their_place(folder, update, server, wrong, said):
    (folder / "leaderboard.toml").write_text(wrong)
    result = update()
    assert result.exit_code == 2 and said in result.stderr, result.stderr
    assert not server.requests


def test_a_folder_without_settings(run):
    result = run("update", "nowhere")
    assert result.exit_code == 2 and "leaderboard init nowhere" in result.stderr


def test_rows_that_others_made_are_not_replaced(folder, update, run):
    (folder / "mine.jsonl").write_text('{"id": "a", "abstract": "96% accuracy on TuSimple."}\n')
    run("extract", "boards/mine.jsonl", "-o", "boards/rows.parquet")
    before = (folder / "rows.parquet").read_bytes()
    result = update()
    assert result.exit_code == 2 and "was not made by 'leaderboard update'" in result.stderr
    assert (folder / "rows.parquet").read_bytes() == before


def test_what_papers_say_is_text_in_the_report(folder, update, server):
    evil = "[x](javascript:alert) <script> | 98% accuracy on TuSimple."
    server.papers = [*LANES[:4], Stored("2402.00002", "<b>*Bold*</b>", evil, "2024-02-02T00:00:00Z")]
    update("--report", "news.md")
    report = Path("news.md").read_text()
    assert "\\[x\\](javascript:alert) &lt;script&gt; \\|" in report and "<b>" not in report


def test_fetched_lines_are_read_whole(folder, update):
    update()
    papers = [(paper.id, paper.date) for paper in read_papers(folder / "papers.jsonl")]
    assert papers[0] == ("1712.06080", "2017-12-17")


def test_rules_that_are_wrong_are_one_message(folder):
    rules = folder / "leaderboard-rules" / "benchmarks"
    rules.mkdir(parents=True)
    (rules / "mine.yaml").write_text("benchmarks:\n- nme: FooBench\n")
    with pytest.raises(LeaderboardError, match=r"mine\.yaml:2"):
        bring_up_to_date(folder)
