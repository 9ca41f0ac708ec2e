"""The demo corpus says what is true, in its own words, and its expected rows fit its text.

`fixtures/digests.jsonl` holds real papers with a digest of their results in place of the abstract;
`fixtures/digests-expected.jsonl` holds the rows that a reader takes from each digest. Their shape is checked
always. Where the shared data are at hand, every figure is looked up in the published results or in the
paper's own abstract.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from leaderboard.models import Paper

FIXTURES = Path(__file__).parent.parent / "fixtures"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
PLACE_WORDS = re.compile(r"(?i)\b(?:wins?|winner|won|rank\w*|place|first|1st|second|2nd|third|3rd)\b")
KINDS = {"score", "gain", "ratio", "rank"}
REQUIRED = {"value", "unit", "kind", "holder", "benchmark", "metric", "model", "evidence"}
OPTIONAL = {"value_high", "uncertain", "benchmark_optional"}
COPIED_WORDS = 8  # a run of so many words that also stands in the paper's abstract is a copied clause

# Printed forms of one benchmark that differ by more than case and punctuation.
SAME_BENCHMARK = {
    "wmt14ende": "wmt2014englishgerman", "wmt14englishgerman": "wmt2014englishgerman",
    "wmt14enfr": "wmt2014englishfrench", "wmt14englishfrench": "wmt2014englishfrench",
    "sst2": "sst2binaryclassification", "mnli": "multinli", "voc2007": "pascalvoc2007", "mscoco": "coco",
    "imagenet1k": "imagenet", "aime24": "aime2024", "longrangearena": "lra", "videomme": "videomme",
}  # fmt: skip

Record = dict[str, Any]


@dataclass(frozen=True)
class Published:
    """What the shared data say: title and abstract by paper, and (dataset, value) pairs by paper."""

    texts: dict[str, str]
    scores: dict[str, list[tuple[str, float]]]
    by_dataset: dict[str, set[float]]
    """All values that any paper reports on a dataset."""


def records(name: str) -> list[Record]:
    lines = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


DIGESTS = records("digests.jsonl")
EXPECTED = {record["id"]: record["results"] for record in records("digests-expected.jsonl")}
ROWS = [(digest, row) for digest in DIGESTS for row in EXPECTED[digest["id"]]]


def squeezed(name: str) -> str:
    """A benchmark's name without case and punctuation, equal for forms that mean the same."""
    form = re.sub(r"[^a-z0-9]", "", name.lower())
    return SAME_BENCHMARK.get(form, form)


def numbers_in(text: str) -> set[float]:
    return {float(number.replace(",", "")) for number in NUMBER.findall(text)}


def words_in(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"\\[a-zA-Z]+", " ", text).lower())


def runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def values_of(row: Record) -> list[float]:
    return [float(row[key]) for key in ("value", "value_high") if key in row]


def same_figure(said: float, published: float) -> bool:
    """Equal, or equal once a fraction is read as a percentage (0.7750 and 77.50%)."""
    return any(abs(said - other) < 1e-6 for other in (published, 100 * published, published / 100))


def any_same(said: float, published: Iterable[float]) -> bool:
    return any(same_figure(said, other) for other in published)


@pytest.fixture(scope="module")
def published(shared: Callable[[str], Path]) -> Published:
    texts: dict[str, str] = {}
    wanted = {digest["id"] for digest in DIGESTS}
    for name in ("corpus/sota-abstracts.jsonl.gz", "corpus/arxiv-2025.jsonl.gz"):
        with gzip.open(shared(name), "rt", encoding="utf-8") as lines:
            for line in lines:
                paper = json.loads(line)
                if paper["id"] in wanted:
                    texts.setdefault(paper["id"], paper["title"] + "\n" + paper["abstract"])
    scores: dict[str, list[tuple[str, float]]] = defaultdict(list)
    by_dataset: dict[str, set[float]] = defaultdict(set)
    with shared("catalog/pwc_results.csv").open(encoding="utf-8", newline="") as lines:
        for result in csv.DictReader(lines):
            dataset = squeezed(result["dataset"])
            for value in numbers_in(result["score"].split("±")[0]):
                scores[result["paper_id"]].append((dataset, value))
                by_dataset[dataset].add(value)
    return Published(texts, scores, by_dataset)


def on_benchmark(row: Record, dataset: str) -> bool:
    """Whether a published dataset is the row's benchmark, a split of it, or the other way round."""
    return any(name in dataset or dataset in name for name in map(squeezed, row["benchmark"]))


def is_published(digest: Record, row: Record, value: float, published: Published) -> bool:
    """Whether a figure is the paper's own, as its abstract or the published results have it."""
    if any_same(value, numbers_in(published.texts[digest["id"]])):
        return True
    scores = published.scores[digest["id"]]
    if not row["benchmark"] or row.get("benchmark_optional"):
        return any_same(value, (score for _, score in scores))
    return any_same(value, (score for dataset, score in scores if on_benchmark(row, dataset)))


def is_difference(digest: Record, value: float) -> bool:
    """Whether a gain is the difference of two figures that the same digest gives."""
    scores = [row["value"] for row in EXPECTED[digest["id"]] if row["kind"] == "score"]
    return any(abs(abs(a - b) - value) < 1e-6 for a, b in combinations(scores, 2))


def test_papers_and_rows_belong_together() -> None:
    ids = [digest["id"] for digest in DIGESTS]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(EXPECTED)
    assert all(EXPECTED.values()), "every digest reports a result"


def test_there_are_enough_papers_and_benchmarks() -> None:
    papers_by_benchmark = defaultdict(set)
    for digest, row in ROWS:
        if row["kind"] == "score" and row["holder"] == "own" and row["benchmark"]:
            papers_by_benchmark[squeezed(row["benchmark"][0])].add(digest["id"])
    well_covered = [name for name, papers in papers_by_benchmark.items() if len(papers) >= 5]
    assert len(DIGESTS) >= 250
    assert len(well_covered) >= 30, sorted(well_covered)


@pytest.mark.parametrize("digest", DIGESTS, ids=lambda digest: digest["id"])
def test_digest_is_a_paper_in_plain_text(digest: Record) -> None:
    paper = Paper(**digest)
    year, month = paper.id[:2], paper.id[2:4]
    assert paper.date == f"20{year}-{month}", "an arXiv id tells the month"
    for text in (paper.title, paper.abstract):
        assert text == " ".join(text.split())
        assert not re.search(r"[\\{}$~]", text), "markup is left in"
    assert 2 <= len(re.findall(r"[.?!](?= [A-Z\d]|$)", paper.abstract)) <= 5


@pytest.mark.parametrize("digest", DIGESTS, ids=lambda digest: digest["id"])
def test_rows_fit_the_text(digest: Record) -> None:
    for row in EXPECTED[digest["id"]]:
        assert set(row) >= REQUIRED
        assert set(row) <= REQUIRED | OPTIONAL
        assert row["kind"] in KINDS
        assert row["holder"] in {"own", "other"}
        evidence = row["evidence"]
        assert evidence in digest["title"] or evidence in digest["abstract"]
        places = {float(place) for word, place in PLACES.items() if word in words_in(evidence)}
        printed = numbers_in(evidence) | places
        assert set(values_of(row)) <= printed, (values_of(row), evidence)
        if row["unit"] in {"%", "dB", "mm", "ms", "FPS"}:
            assert row["unit"] in evidence
        for name in row["model"]:
            assert name.lower() in f"{digest['title']} {digest['abstract']}".lower()
        assert all(row["benchmark"]) and all(row["metric"]), "an empty name matches nothing"


def test_rows_follow_the_text() -> None:
    for digest in DIGESTS:
        whole = digest["title"] + "\n" + digest["abstract"]
        places = [whole.index(row["evidence"]) for row in EXPECTED[digest["id"]]]
        assert places == sorted(places), digest["id"]


def test_every_paper_is_known(published: Published) -> None:
    assert {digest["id"] for digest in DIGESTS} == set(published.texts)


def test_own_scores_are_the_published_ones(published: Published) -> None:
    wrong = [
        (digest["id"], value, row["benchmark"])
        for digest, row in ROWS
        if row["kind"] == "score" and row["holder"] == "own"
        for value in values_of(row)
        if not is_published(digest, row, value, published)
    ]
    assert wrong == []


def test_compared_scores_are_published_by_somebody(published: Published) -> None:
    wrong = []
    for digest, row in ROWS:
        if row["kind"] == "score" and row["holder"] == "other":
            datasets = [dataset for dataset in published.by_dataset if on_benchmark(row, dataset)]
            elsewhere = set().union(*(published.by_dataset[dataset] for dataset in datasets))
            for value in values_of(row):
                if not is_published(digest, row, value, published) and not any_same(value, elsewhere):
                    wrong.append((digest["id"], value, row["benchmark"]))
    assert wrong == []


def test_gains_and_ratios_are_published_or_follow_from_the_scores(published: Published) -> None:
    wrong = [
        (digest["id"], value, row["evidence"])
        for digest, row in ROWS
        if row["kind"] in {"gain", "ratio"}
        for value in values_of(row)
        if not is_difference(digest, value) and not any_same(value, numbers_in(published.texts[digest["id"]]))
    ]
    assert wrong == []


def test_places_are_claimed_by_the_paper(published: Published) -> None:
    wrong = [
        digest["id"]
        for digest, row in ROWS
        if row["kind"] == "rank" and not PLACE_WORDS.search(published.texts[digest["id"]])
    ]
    assert wrong == []


def test_no_clause_is_copied(published: Published) -> None:
    copied = {
        digest["id"]: [" ".join(run) for run in shared_runs]
        for digest in DIGESTS
        if (
            shared_runs := runs(words_in(digest["abstract"]), COPIED_WORDS)
            & runs(words_in(published.texts[digest["id"]]), COPIED_WORDS)
        )
    }
    assert copied == {}
