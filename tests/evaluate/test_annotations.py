"""The annotated texts of `fixtures/annotations/` are whole, and rows from them stay as right as they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from leaderboard.cli.evaluate import texts_of
from leaderboard.evaluate import LEVELS, GoldPaper, GoldRow, evaluate, read_gold, with_texts
from leaderboard.extraction import extract_paper

FOLDER = Path(__file__).parents[2] / "fixtures" / "annotations"
FILES = sorted(FOLDER.glob("*.jsonl"))
CORPORA = {"arxiv": "corpus/arxiv-2025.jsonl.gz", "latex": "corpus/sota-abstracts.jsonl.gz"}
"""Where the texts are that are their authors', by the first word of a file's name."""
OF_OTHERS = [path for path in FILES if path.stem.partition("-")[0] in CORPORA]
FLOORS = {
    "announcements-read": {"detect": 0.89, "tuple": 0.73, "board": 0.775},
    "arxiv-2025-read": {"detect": 0.955, "tuple": 0.795, "board": 0.77},
    "latex-read": {"detect": 0.945, "tuple": 0.82, "board": 0.92},
}
"""F1 that a change must not go below without a reason."""


@pytest.fixture(scope="module")
def annotated(shared: Callable[[str], Path]) -> Callable[[Path], list[GoldPaper]]:
    def read(path: Path) -> list[GoldPaper]:
        papers = read_gold(path)
        if path not in OF_OTHERS:
            return papers
        corpus = shared(CORPORA[path.stem.partition("-")[0]])
        return with_texts(papers, texts_of(papers, str(corpus)))

    return read


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_is_whole_and_stands_in_its_text(path, annotated):
    known = set(GoldRow.model_fields)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len({line["id"] for line in lines}) == len(lines)
    assert all(row.keys() <= known for line in lines for row in line["results"])
    for paper in annotated(path):
        for row in paper.results:
            assert row.evidence and (row.evidence in paper.abstract or row.evidence in paper.title), paper.id


@pytest.mark.parametrize("path", OF_OTHERS, ids=lambda path: path.stem)
def test_texts_of_others_are_not_here(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"id", "results"}
        assert all("evidence" not in row for row in json.loads(line)["results"])


@pytest.mark.parametrize("name", FLOORS)
def test_rows_are_as_right_as_they_were(name, annotated):
    papers = annotated(FOLDER / f"{name}.jsonl")
    evaluation = evaluate(papers, {paper.id: extract_paper(paper.paper) for paper in papers})
    below = {
        level: round(evaluation.counts(level).f1, 3)
        for level in LEVELS
        if evaluation.counts(level).f1 < FLOORS[name][level]
    }
    assert not below
