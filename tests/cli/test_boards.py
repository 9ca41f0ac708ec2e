"""`leaderboard boards`, `board` and `export` as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from board_samples import paper, row
from typer.testing import CliRunner, Result

from leaderboard.boards import read_results
from leaderboard.cli import app
from leaderboard.models import Result as Row
from leaderboard.writers import write_results

RUNNER = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"})


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with rows."""
    rows = [
        row(96.53, title="A \x1b[31m[bold]red[/bold]", date="2018-02-01", model="SCNN"),
        paper(2, 97.1, date="2020-05-01", model="LaneATT"),
        paper(3, 95, date="2021-06-01", model="Slow", sentence="It sets a new state of the art of 95%."),
        paper(4, 96.53, date="2021-07-01", model="SCNN", holder="other"),
        paper(5, 95.5, benchmark="CIFAR-10", benchmark_id="cifar-10"),
    ]
    write_results([Row.model_validate(one) for one in rows], tmp_path / "rows.csv")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEADERBOARD_RULES", raising=False)
    return tmp_path


def run(*words: str) -> Result:
    return RUNNER.invoke(app, list(words))


def test_boards_lists_them_with_the_best(here: Path) -> None:
    done = run("boards", "rows.csv")
    assert done.exit_code == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if "%" in line]
    assert [line.split()[:2] for line in lines] == [["TuSimple", "accuracy"], ["CIFAR-10", "accuracy"]]
    assert "97.1%" in lines[0]
    assert "2020-05" in lines[0]
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_rows_in_the_working_folder_are_found(here: Path) -> None:
    done = run("boards", "--min-entries", "2")
    assert "rows from rows.csv" in done.stderr
    assert "TuSimple" in done.stdout
    assert "CIFAR-10" not in done.stdout


def test_board_shows_ranks_quotes_and_claims(here: Path) -> None:
    done = run("board", "tu simple", "rows.csv")
    assert done.exit_code == 0, done.stderr
    assert "TuSimple: accuracy (higher is better)" in done.stdout
    order = [done.stdout.index(name) for name in ("LaneATT", "SCNN", "Slow")]
    assert order == sorted(order)
    assert "quoted by 1" in done.stdout
    closing = "* Slow claims the state of the art; earlier and better: 97.1% by LaneATT (2020-05, "
    assert closing in " ".join(done.stdout.split())


def test_what_a_paper_says_cannot_steer_the_terminal(here: Path) -> None:
    done = run("board", "TuSimple", "rows.csv")
    assert "\x1b" not in done.stdout
    assert "A [31m[bold]red[/bold]" in done.stdout


def test_a_near_name_is_suggested_and_ends_with_an_error(here: Path) -> None:
    done = run("board", "Tusimple roads", "rows.csv")
    assert done.exit_code == 2
    assert "did you mean TuSimple" in done.stderr
    assert run("board", "TuSimpel", "rows.csv").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("boards", "none.csv"), "none.csv: no such file"),
        (
            ("boards", "rows.csv", "--area", "cooking"),
            "no boards in an area called 'cooking' (there are: driving, vision)",
        ),
        (("boards", "rows.csv", "--task", "lane detecting"), "did you mean Lane Detection"),
        (("boards", "rows.csv", "--min-entries", "9"), "no board has 9 entries; the largest has 3"),
        (("board", "TuSimple", "rows.csv", "--since", "soon"), "'soon' is no date"),
        (("board", "TuSimple", "rows.csv", "--since", "2030"), "no paper's own result is left"),
        (("export", "rows.csv", "-o", "out.xlsx"), "the format cannot be told"),
        (("export", "rows.csv", "-o", "out.md"), "markdown shows boards, not rows"),
        (("export", "rows.csv", "-o", "no/out.csv"), "its folder does not exist"),
        (("export", "rows.csv", "-o", "o.md", "--board", "x", "--all-boards"), "exclude each other"),
    ],
)
def test_mistakes_are_one_line_with_the_mend(here: Path, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert not (here / "out.md").exists()


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
def test_export_of_rows_reads_back(here: Path, name: str) -> None:
    assert run("export", "rows.csv", "-o", name).exit_code == 0
    assert read_results(name).equals(read_results("rows.csv"))


@pytest.mark.parametrize(
    ("name", "start"), [("o.md", "## TuSimple"), ("o.tex", "% Needs"), ("o.json", "[\n")]
)
def test_export_of_boards(here: Path, name: str, start: str) -> None:
    assert run("export", "rows.csv", "-o", name, "--board", "TuSimple").exit_code == 0
    one = Path(name).read_text()
    assert one.startswith(start)
    assert "CIFAR-10" not in one
    assert run("export", "rows.csv", "-o", name, "--all-boards").exit_code == 0
    assert "CIFAR-10" in Path(name).read_text()


def test_export_to_standard_output(here: Path) -> None:
    done = run("export", "rows.csv", "--format", "csv", "--bom")
    assert done.stdout_bytes.startswith(b"\xef\xbb\xbfpaper_id,title,")


def test_without_rows_the_demo_corpus_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("boards", "--min-entries", "5")
    assert done.exit_code == 0, done.stderr
    assert "the demo corpus" in done.stderr
    assert "ImageNet" in done.stdout
