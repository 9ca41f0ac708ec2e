"""`leaderboard explain` as a user meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from leaderboard.cli import app

TEXT = "We propose SCNN. SCNN reaches 96.53% accuracy on TuSimple, up from 94.1% of the previous best."


def explain(*words, **options):
    return CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1"}).invoke(app, ["explain", *words], **options)


@pytest.fixture
def papers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({"id": f"p{n}", "title": f"Title {n}", "abstract": TEXT}) for n in range(8)]
    (tmp_path / "papers.jsonl").write_text("\n".join([*lines, "broken"]))
    return "papers.jsonl"


def test_a_text_is_shown_with_tokens_rules_and_rows():
    result = explain(TEXT)
    assert result.exit_code == 0, result.output
    assert "SCNN reaches 96.53% accuracy on TuSimple, up from 94.1%" in result.stdout
    assert "OWN-SYSTEM ACHIEVE VALUE METRIC on BENCHMARK" in result.stdout
    assert "own system: SCNN" in result.stdout
    assert "2 rows" in result.stdout
    assert "96.53% accuracy on TuSimple: score, own (SCNN)" in result.stdout
    assert "94.1% accuracy on TuSimple: score, other" in result.stdout


def test_rules_that_lost_are_shown_with_those_that_won():
    (sentence,) = (one for one in json.loads(explain("--json", TEXT).stdout)["sentences"] if one["claims"])
    lost = [claim for claim in sentence["claims"] if not claim["won"]]
    assert lost
    for claim in lost:
        said = f"({claim['rule']}, {claim['priority']}, beaten by {claim['beaten_by']})"
        assert said in explain(TEXT).stdout
    for matched in sentence["matched"]:
        assert f"matched  {matched['rule']}  {matched['text']}" in explain(TEXT).stdout


def test_json_holds_offsets_into_the_text():
    record = json.loads(explain("--json", "--title", "SCNN: Lanes", TEXT).stdout)
    assert record["abstract"] == TEXT and record["title"] == "SCNN: Lanes"
    for sentence in record["sentences"]:
        for token in sentence["tokens"]:
            assert record[sentence["field"]][token["start"] : token["end"]] == token["text"]
    assert [row["value"] for row in record["rows"]] == [96.53, 94.1]


def test_papers_of_a_file_up_to_a_limit_or_one_by_name(papers):
    result = explain(papers, "--limit", "2", "--json")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["p0", "p1"]
    assert result.stderr == "the first 2 papers only (more with --limit, one with --paper)\n"
    one = explain(papers, "--paper", "p7")
    assert one.stdout.startswith("p7  Title 7\n") and one.stderr == ""
    assert json.loads(explain("-", "--json", input=TEXT).stdout)["id"] == "stdin"


MISTAKES = {
    "missing file": (["paper.jsonl"], "paper.jsonl: no such file (check the path)"),
    "no such paper": (["papers.jsonl", "--paper", "x"], "no paper with the identifier 'x' could be read"),
    "missing rules": (["text 5%", "--rules", "nowhere"], "nowhere"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_with_exit_code_2(mistake, papers):
    words, said = MISTAKES[mistake]
    result = explain(*words)
    assert result.exit_code == 2 and said in result.stderr and result.stdout == ""


def test_a_text_without_results_says_so():
    said = explain("We discuss lanes.").stdout
    assert said.endswith("\nno rows: the text has no number that could be a result\n")


STEERING = ["\x1b[31mSCNN\x1b[0m gets 5% on \x07X.", "[bold]SCNN[/bold] gets 5% \u202eon X."]


@pytest.mark.parametrize("text", STEERING)
def test_a_text_cannot_steer_the_terminal(text):
    out = explain(text).stdout
    assert not any(mark in out for mark in "\x1b\x07\u202e")
    assert "SCNN" in out and ("[bold]" in text) == ("[bold]" in out)


def test_help_shows_an_example():
    assert 'leaderboard explain "SCNN reaches' in " ".join(explain("--help").stdout.split())


def test_colours_change_no_letter(monkeypatch):
    title = ("--title", "SCNN:\tlanes \x1b[31m")
    plain, coloured = (
        explain(*title, TEXT).stdout,
        explain(*title, TEXT, env={"FORCE_COLOR": "1", "NO_COLOR": None}),
    )
    assert "\x1b[" in coloured.stdout and "\x1b[" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured.stdout) == plain


def run(*words):
    code = "from leaderboard.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, "explain", *words], capture_output=True, text=True)


def test_a_text_without_options_is_explained_without_reading_any(papers):
    assert run(TEXT).stdout == run(TEXT, "--limit", "5").stdout == explain(TEXT).stdout
    for words in (["paper.jsonl"], [papers]):
        short, long = run(*words), run(*words, "--limit", "5")
        assert (short.stdout, short.stderr, short.returncode) == (long.stdout, long.stderr, long.returncode)
    assert run("-h").stdout.lstrip().startswith("Usage")
    code = f"import sys; sys.argv = ['x', 'explain', {TEXT!r}]\nfrom leaderboard.cli import main\nmain()\n"
    code += "assert not {'typer', 'pydantic', 'rich', 'yaml'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
