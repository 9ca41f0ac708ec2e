"""`leaderboard rules` as people use it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from leaderboard.cli import app
from leaderboard.rulebook.folders import builtin_folder

Run = Callable[..., Result]
SENTENCE = "ZorbNet reaches a zorb score of 81.5 on ZorbBench-7."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `leaderboard rules ...` in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def _run(*words: str) -> Result:
        return CliRunner().invoke(app, ["rules", *words], catch_exceptions=False)

    return _run


@pytest.fixture
def zorb(run: Run) -> Result:
    """An entry written by `rules new`."""
    return run(
        "new", "ZorbBench-7", "--metric", "zorb score", "--task", "image classification", "--alias", "ZB7"
    )


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    """Three papers, two of them about a benchmark that no catalogue has."""
    texts = [
        SENTENCE,
        "ZorbNet reaches 71.5% accuracy on QuuxBench.",
        "QuuxNet reaches 72.5% accuracy on QuuxBench.",
    ]
    lines = [json.dumps({"id": str(n), "title": "T", "abstract": text}) for n, text in enumerate(texts)]
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_a_benchmark_in_a_minute(run: Run, zorb: Result) -> None:
    assert zorb.exit_code == 0, zorb.output
    assert "wrote leaderboard-rules/zorbbench-7.yaml" in zorb.output
    assert '"zorb score" is not a known metric' in zorb.output
    checked = run("check")
    assert (checked.exit_code, checked.stdout) == (0, "")
    tested = run("test")
    assert tested.exit_code == 0, tested.output
    shown = run("show", "zb7")
    assert "leaderboard-rules/zorbbench-7.yaml:4" in shown.output
    assert "zorb-score" in run("list", "metrics", "--search", "zorb").output
    again = run("new", "zorbbench 7")
    assert again.exit_code == 2
    assert "is already in the rules: zorbbench-7 at leaderboard-rules/zorbbench-7.yaml:4" in again.output


def test_findings_in_every_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.yaml").write_text(
        "benchmarks:\n- {id: a, name: Zorb, alias: [X]}\n", encoding="utf-8"
    )
    text = run("check", "r")
    assert text.exit_code == 1
    assert text.stdout == 'r/a.yaml:2:23: unknown key "alias" (did you mean "aliases"?)\n'
    (found,) = json.loads(run("check", "r", "--format", "json").stdout)
    assert (found["file"], found["line"], found["column"], found["severity"]) == ("r/a.yaml", 2, 23, "error")
    github = run("check", "r", "--format", "github").stdout
    assert github == '::error file=r/a.yaml,line=2,col=23::unknown key "alias" (did you mean "aliases"?)\n'
    assert run("check", "r", "--format", "xml").exit_code == 2
    assert run("check", "nowhere").exit_code == 1


def test_a_failing_example_shows_its_difference(run: Run, tmp_path: Path) -> None:
    text = (
        "benchmarks:\n- id: zorb\n  name: ZorbBench\n  examples:\n"
        "  - {text: Our method reaches 91.5% accuracy on ZorbBench., rows: [{value: 92.5}]}\n"
    )
    (tmp_path / "leaderboard-rules").mkdir()
    (tmp_path / "leaderboard-rules" / "a.yaml").write_text(text, encoding="utf-8")
    tested = run("test", "zorb")
    assert tested.exit_code == 1
    assert "    - value: 92.5\n    + value: 91.5" in tested.stdout
    (outcome,) = json.loads(run("test", "zorb", "--json").stdout)
    assert outcome["missing"] == [{"value": 92.5}]


def test_unknown_names_are_told_with_what_is_near(run: Run) -> None:
    shown = run("show", "imagnet")
    assert shown.exit_code == 2
    assert "or ImageNet" in shown.output
    assert run("list", "gadgets").exit_code == 2


def test_where_an_entry_fires(run: Run, zorb: Result, corpus: str) -> None:
    found = json.loads(run("show", "zorbbench-7", "--corpus", corpus, "--json").stdout)
    assert [entry["id"] for entry in found["entries"]] == ["zorbbench-7"]
    (fires,) = found["fires"]
    assert "81.5" in fires
    assert SENTENCE in fires


def test_coverage_over_a_corpus(run: Run, zorb: Result, corpus: str) -> None:
    report = json.loads(run("coverage", corpus, "--json").stdout)
    assert (report["papers"], report["in_rows"]["benchmarks"]) == (3, {"zorbbench-7": 1})
    assert report["fired"]["benchmarks"] == {"zorbbench-7": 1}
    assert len(report["never"]["rules"]) > 10
    assert "zorbbench-7" in run("coverage", corpus).stdout


def test_discovered_names_become_entries(run: Run, corpus: str, tmp_path: Path) -> None:
    found = run("discover", corpus)
    assert "QuuxBench: 2 papers" in found.stdout
    entries = run("discover", corpus, "--entries").stdout
    (tmp_path / "leaderboard-rules").mkdir()
    (tmp_path / "leaderboard-rules" / "found.yaml").write_text(entries, encoding="utf-8")
    assert run("check").exit_code == 0
    assert "0 names" in run("discover", corpus).output


def test_what_a_change_of_rules_changes(run: Run, zorb: Result, corpus: str, tmp_path: Path) -> None:
    gold = {
        "id": "0", "title": "", "abstract": SENTENCE,
        "results": [{"value": 81.5, "kind": "score", "holder": "own", "benchmark": ["ZorbBench-7"],
                     "metric": ["zorb score"], "model": [], "unit": "", "evidence": SENTENCE}],
    }  # fmt: skip
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    found = run("diff", corpus, "--base", str(builtin_folder()), "--gold", "gold.jsonl", "--json")
    data = json.loads(found.stdout)
    assert (len(data["gained"]), len(data["lost"]), len(data["changed"])) == (0, 0, 1)
    assert "benchmark_id" in data["changed"][0]["columns"]
    assert data["gold"]["tuple"][1]["F1"] == 1.0
    printed = run("diff", corpus, "--base", str(builtin_folder())).stdout
    assert "benchmark_id:  -> zorbbench-7" in printed
    missing = run("diff", corpus, "--base", "no-such-revision")
    assert missing.exit_code == 2
    assert "no-such-revision: neither a folder nor a git revision with rules" in missing.output


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_rules_of_a_revision(tmp_path: Path) -> None:
    from leaderboard.authoring.diff import base_folder

    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text("benchmarks: []\n", encoding="utf-8")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e@example.org"]
    for words in (["init", "-q"], ["add", "rules"], ["commit", "-qm", "One"]):
        subprocess.run([*git, *words], check=True)
    (tmp_path / "rules" / "a.yaml").unlink()
    with base_folder("HEAD", tmp_path) as folder:
        assert (folder / "a.yaml").read_text(encoding="utf-8") == "benchmarks: []\n"


def test_schemas_are_written_and_compared(run: Run) -> None:
    assert run("schema", "-o", "s", "--check").exit_code == 1
    assert "wrote s/benchmarks.json" in run("schema", "-o", "s").stdout
    assert run("schema", "-o", "s", "--check").exit_code == 0
    assert run("schema", "-o", "s").stdout == ""
    assert "rules.json" in json.loads(run("schema").stdout)
