"""`leaderboard evaluate` as a user meets it."""

from __future__ import annotations

import json

import pytest
from gold_samples import BASELINE, GAIN, LEVEL, SENTENCE, paper, row
from typer.testing import CliRunner

from leaderboard.cli import app
from leaderboard.evaluate import part_of
from leaderboard.writers import write_results

TUNE = next(name for name in (f"t{n}" for n in range(99)) if part_of(name) == "tune")
CHECK = next(name for name in (f"c{n}" for n in range(99)) if part_of(name) == "check")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command in a folder with gold.jsonl and two runs' rows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    papers = [paper(LEVEL, GAIN, BASELINE, id=name) for name in (TUNE, CHECK)]
    (tmp_path / "gold.jsonl").write_text("".join(p.model_dump_json() + "\n" for p in papers))
    for name in (TUNE, CHECK):
        better = [row(paper_id=name), row(GAIN, paper_id=name), row(BASELINE, paper_id=name, holder="own")]
        write_results([*better, row(paper_id=name, value=7.0)], tmp_path / f"{name}.jsonl")
    both = [(tmp_path / f"{name}.jsonl").read_text() for name in (TUNE, CHECK)]
    (tmp_path / "rows.jsonl").write_text("".join(both))
    write_results([row(paper_id=TUNE)], tmp_path / "earlier.csv")
    return lambda *words: CliRunner().invoke(app, ["evaluate", "gold.jsonl", *words])


def test_figures_as_json(run):
    out = json.loads(run("--rows", "rows.jsonl", "--json").stdout)
    assert out["table"]["all/tuple"] == {
        "precision": 0.5, "recall": 4 / 6, "f1": pytest.approx(4 / 7), "hits": 4, "gold": 6, "rows": 8,
    }  # fmt: skip
    assert out["table"]["all/board"]["hits"] == 2 and out["table"]["lanes/detect"]["hits"] == 6
    assert out["parts"]["tune/tuple"] == out["parts"]["check/tuple"]
    assert out["causes"] == {"spurious: score": 2, "wrong holder (other read as own)": 2}
    assert out["surest"]["rows"] == 8 and out["surest"]["right"] == 4


def test_tables_fit_80_columns_and_name_what_is_wrong(run):
    result = run("--rows", "rows.jsonl", "--compare", "earlier.csv", "--show", "2")
    assert result.exit_code == 0
    for said in ("all tuple", "check part tuple", "kind: gain", "wrong holder", "0.9 or more", "3 gained"):
        assert said in result.stdout
    tables = [line for line in result.stdout.splitlines() if "─" in line]
    assert tables and max(map(len, tables)) <= 80


def test_rows_are_extracted_when_none_are_given_and_can_be_saved_for_a_comparison(run, tmp_path):
    out = json.loads(run("--json", "--save", "mine.jsonl").stdout)
    assert out["table"]["all/detect"]["hits"] > 0
    again = json.loads(run("--json", "--rows", "mine.jsonl", "--compare", "mine.jsonl").stdout)
    assert again["table"] == out["table"]
    assert again["compare"] == []


def test_one_part_alone(run):
    for part in ("tune", "check"):
        out = json.loads(run("--rows", "rows.jsonl", "--part", part, "--json").stdout)
        assert (out["papers"], out["table"]["all/tuple"]["gold"]) == (1, 3)


def test_errors_are_written_by_cause(run, tmp_path):
    assert run("--rows", "rows.jsonl", "--errors", "errors.jsonl").exit_code == 0
    records = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text().splitlines()]
    causes = [record["cause"] for record in records]
    assert causes == ["spurious: score"] * 2 + ["wrong holder (other read as own)"] * 2
    assert records[0]["gold"] is None and records[0]["sentence"] == SENTENCE


@pytest.mark.parametrize("words", [("--errors", "errors.jsonl"), ("--show", "3")])
def test_errors_of_the_check_part_are_not_shown_one_by_one(run, tmp_path, words):
    result = run("--rows", "rows.jsonl", "--part", "check", *words)
    assert result.exit_code == 2 and "--part tune" in result.stderr
    assert not (tmp_path / "errors.jsonl").exists()


def test_sentences_of_the_check_part_are_left_out(run):
    lines = run("--rows", "rows.jsonl", "--compare", "earlier.csv", "--show", "9").stdout
    assert TUNE in lines and CHECK not in lines
    changes = json.loads(run("--rows", "rows.jsonl", "--compare", "earlier.csv", "--json").stdout)["compare"]
    assert all(set(c) == {"change", "paper"} for c in changes if c["paper"] == CHECK)


def test_a_floor_that_is_not_reached_ends_with_1(run):
    assert run("--rows", "rows.jsonl", "--min", "tuple=0.5", "--min", "detect=0.5").exit_code == 0
    result = run("--rows", "rows.jsonl", "--min", "tuple=0.6")
    assert result.exit_code == 1 and "tuple F1 0.571 is under 0.6" in result.stderr


@pytest.mark.parametrize("floor", ["tuple", "tuple=high", "row=0.5"])
def test_a_floor_that_cannot_be_read(run, floor):
    result = run("--rows", "rows.jsonl", "--min", floor)
    assert result.exit_code == 2 and f"--min {floor}: " in result.stderr


def test_missing_files_are_one_line(run):
    result = CliRunner().invoke(app, ["evaluate", "nowhere.jsonl"])
    assert result.exit_code == 2 and "nowhere.jsonl: no such file" in result.stderr
    result = run("--rows", "nowhere.jsonl")
    assert result.exit_code == 2 and "nowhere.jsonl: no such file" in result.stderr


def test_printed_text_cannot_steer_the_terminal(run, tmp_path):
    nasty = LEVEL.model_copy(update={"evidence": "red \x1b[31m alert [bold]"})
    (tmp_path / "gold.jsonl").write_text(paper(nasty, id=TUNE).model_dump_json() + "\n")
    result = run("--rows", "rows.jsonl", "--compare", "earlier.csv", "--show", "5")
    assert result.exit_code == 0 and "\x1b[31m" not in result.stdout


def test_texts_may_be_in_a_file_of_their_own(run, tmp_path):
    """Annotations of texts that may not be copied say by a span where each sentence stands."""
    rows = [{**json.loads(LEVEL.model_dump_json(exclude={"evidence"})), "span": [0, len(SENTENCE)]}]
    rows.append({**rows[0], "span": None})
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": TUNE, "results": rows}) + "\n")
    result = run("--json")
    assert result.exit_code == 2 and "--papers" in result.stderr
    text = {"id": TUNE, "title": "LaneNet", "abstract": SENTENCE}
    (tmp_path / "papers.jsonl").write_text(json.dumps(text) + "\n")
    out = json.loads(run("--papers", "papers.jsonl", "--json").stdout)
    assert out["table"]["all/tuple"]["hits"] == 1 and out["phenomena"]["text: in the title"]["gold"] == 1
    (tmp_path / "papers.jsonl").write_text(json.dumps({**text, "abstract": "Short."}) + "\n")
    result = run("--papers", "papers.jsonl")
    assert result.exit_code == 2 and "shorter" in result.stderr and TUNE in result.stderr
    (tmp_path / "papers.jsonl").write_text(json.dumps({**text, "id": "another"}) + "\n")
    result = run("--papers", "papers.jsonl")
    assert result.exit_code == 2 and f"{TUNE}: no text" in result.stderr
