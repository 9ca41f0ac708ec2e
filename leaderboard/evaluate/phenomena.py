"""What makes a row hard: the phenomena that each gold row shows, and how many rows of each are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leaderboard.evaluate.gold import GoldPaper, GoldRow
from leaderboard.evaluate.names import metric_words, words_of
from leaderboard.evaluate.score import Evaluation

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_MARKUP = re.compile(r"\\[a-zA-Z]|\$|\w \. \w|&[a-z]+;")
_WITHIN = re.compile(r"\([^()]*\d[^()]*\)")
_UNITS = {"%": "percent", "points": "points", "x": "factor", "": "bare number", "dB": "dB"}


@dataclass(slots=True)
class Found:
    """Gold rows of one phenomenon: how many there are, how many are detected, how many are right."""

    gold: int = 0
    detected: int = 0
    right: int = 0


def by_phenomenon(evaluation: Evaluation) -> dict[str, Found]:
    """How the rows of each phenomenon fare. Names are `group: phenomenon`, groups in a fixed order."""
    table: dict[str, Found] = {}
    for scored in evaluation.papers:
        pairs = {p.gold: p for p in scored.pairs}
        for g in scored.counted_golds:
            for name in phenomena(scored.paper, scored.golds[g]):
                found = table.setdefault(name, Found())
                found.gold += 1
                found.detected += g in pairs and pairs[g].detected
                found.right += g in pairs and pairs[g].right
    order = ("kind", "holder", "unit", "names", "numbers", "text")

    def place(item: tuple[str, Found]) -> tuple[int, int, str]:
        return order.index(item[0].split(":")[0]), -item[1].gold, item[0]

    return dict(sorted(table.items(), key=place))


def phenomena(paper: GoldPaper, row: GoldRow) -> Iterator[str]:
    """The phenomena of a gold row, told from the row and from the sentence it stands in."""
    yield f"kind: {row.kind}"
    yield f"holder: {row.holder}"
    yield f"unit: {_UNITS.get(row.unit, 'another unit')}"
    yield f"names: {_whence(row.benchmark, row.evidence, 'benchmark')}"
    yield f"names: {_whence_metric(row)}"
    together = [other for other in paper.results if other.evidence == row.evidence]
    if len({(other.value, other.value_high) for other in together}) > 2:
        yield "numbers: three or more in the sentence"
    elif len(together) == 1:
        yield "numbers: alone in the sentence"
    else:
        yield "numbers: two in the sentence"
    if row.value_high is not None:
        yield "numbers: range"
    if len({other.kind for other in together}) > 1:
        yield "numbers: of several kinds in the sentence"
    if len({other.holder for other in together}) > 1:
        yield "numbers: of several holders in the sentence"
    if _RESPECTIVELY.search(row.evidence):
        yield "text: respectively"
    if any(_printed(row.value) in inside for inside in _WITHIN.findall(row.evidence)):
        yield "text: in parentheses"
    if _MARKUP.search(row.evidence):
        yield "text: markup or tokenised"
    if row.evidence and row.evidence in paper.title:
        yield "text: in the title"


def _whence(forms: tuple[str, ...], sentence: str, what: str) -> str:
    if not forms:
        return f"no {what}"
    squeezed = "".join(words_of(sentence))
    near = any("".join(words_of(form)) in squeezed for form in forms)
    return f"{what} in the sentence" if near else f"{what} from elsewhere"


def _whence_metric(row: GoldRow) -> str:
    if not row.metric:
        return "no metric"
    said = metric_words(row.evidence)
    near = any(metric_words(form) <= said for form in row.metric)
    return "metric in the sentence" if near else "metric from elsewhere"


def _printed(value: float) -> str:
    return f"{value:g}"
