"""A pasted text as the extractor reads it: marks, tokens, rules that fired and lost, as HTML."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from leaderboard.authoring.diff import Changed, Difference
from leaderboard.boards import results_frame
from leaderboard.boards.printed import printed
from leaderboard.explanation import Explanation, Mention, SentenceExplained
from leaderboard.models import Result
from leaderboard.rulebook import Problem
from leaderboard.views.html import Mark, evidence, marked, said, table

#: Mentions by the kind of their mark; words of the grammar are left unmarked.
MARKED = {
    "value": "value",
    "place": "value",
    "benchmark": "benchmark",
    "benchmark?": "benchmark",
    "metric": "metric",
    "metric?": "metric",
    "model": "model",
    "own system": "model",
    "name": "model",
    "task": "task",
}

EXAMPLES = {
    "Two benchmarks": (
        "GridFormer: Looking Twice at Every Pixel",
        "GridFormer reaches 57.4 mIoU on ADE20K and 84.1% top-1 accuracy on ImageNet, 1.3 points above "
        "the best "
        "earlier model of its size, while running at 35 FPS.",
    ),
    "Before and after": (
        "Careful Pretraining Helps Small Translators",
        "On WMT 2014 English-German our model improves BLEU from 28.4 to 30.1, and on English-French it "
        "sets a "
        "new state of the art of 43.2 BLEU. Training needs 2.5x fewer steps than the baseline.",
    ),
    "A list": (
        "Reading Speech Without Labels",
        "The proposed WaveSketch obtains word error rates of 2.1% and 4.3% on the clean and other test "
        "sets of "
        "LibriSpeech, respectively, where wav2vec 2.0 had 2.5% and 4.8%.",
    ),
}
"""Invented papers to begin with: titles and texts."""


def marks(explanation: Explanation, field: str) -> list[Mark]:
    """The marks of a text, each number tied to its rows."""
    places: dict[int, list[int]] = {}
    for number, row in enumerate(explanation.rows):
        if row.field == field:
            places.setdefault(row.start, []).append(number)
    found = []
    for sentence in explanation.sentences:
        if sentence.field != field:
            continue
        for one in sentence.tokens:
            kind = MARKED.get(one.type)
            if kind is None:
                continue
            rows = [n for start, numbers in places.items() if one.start <= start < one.end for n in numbers]
            rows += _naming(one, sentence, explanation.rows, field) if kind != "value" else []
            # A number that gave no row is no result, and a name of no kind is none without one.
            if rows or one.type in ("benchmark", "metric", "task", "own system", "model"):
                found.append(
                    Mark(one.start, one.end, kind, one.type + (f": {one.id}" if one.id else ""), tuple(rows))
                )
    return found


def _naming(one: Mention, sentence: SentenceExplained, rows: Iterable[Result], field: str) -> list[int]:
    """Rows whose benchmark, metric or system this mention names."""
    return [
        number
        for number, row in enumerate(rows)
        if (one.type.startswith("benchmark") and one.text in row.benchmark_text.split(", "))
        or (one.type in ("own system", "model", "name") and one.text == row.model)
        or (
            one.type.startswith("metric")
            and row.field == field
            and one.text == row.metric_text
            and sentence.start <= row.start < sentence.end
        )
    ]


def text_html(explanation: Explanation, title: str, text: str) -> str:
    """The text with its marks."""
    head = f"<h3>{marked(title, marks(explanation, 'title'))}</h3>" if title else ""
    return f'<div class="lb-text">{head}{marked(text, marks(explanation, "abstract"))}</div>'


def tokens_html(sentence: SentenceExplained) -> str:
    """A sentence as the sequence of typed tokens that the rules see."""
    cells = "".join(
        f'<span class="m-{MARKED.get(one.type, "other")}"><b>{said(one.type)}</b>{said(one.text)}</span>'
        for one in sentence.tokens
    )
    return f'<div class="lb-tokens">{cells}</div>'


def claims_html(sentence: SentenceExplained) -> str:
    """What the rules said of each number: the claims that won, and those that lost to them."""
    if not sentence.claims:
        return ""
    rows = [
        (
            f"<b>{said(one.number)}</b>",
            said(one.field),
            said(one.value),
            f"<code>{said(one.rule)}</code>",
            str(one.priority),
            "<b>won</b>" if one.won else f"lost to <code>{said(one.beaten_by)}</code>",
        )
        for one in sentence.claims
    ]
    return table(("Number", "Field", "Value", "Rule", "Priority", "Outcome"), rows, css="stack", numbers=(4,))


def frame_of(rows: list[Result]) -> pd.DataFrame:
    """The rows as a results frame."""
    return results_frame(rows)


def problems_html(problems: Iterable[Problem]) -> str:
    """Problems with their lines."""
    items = "".join(
        f'<li class="{said(one.severity)}"><b>{f"line {one.line}" if one.line else "file"}</b> '
        f"{said(one.what)}"
        f"{f'<span> {said(one.todo)}</span>' if one.todo else ''}</li>"
        for one in problems
    )
    return f'<ul class="lb-problems" role="status">{items}</ul>' if items else ""


def difference_html(found: Difference, most: int = 20) -> str:
    """Rows gained, lost and changed, each with its sentence."""
    parts = []
    for name, group in found.groups():
        items = "".join(f"<li>{_said_of(one)}</li>" for one in group[:most])
        more = f"<li>and {len(group) - most} more</li>" if len(group) > most else ""
        parts.append(
            f'<h4>{said(name)} <span class="lb-chip">{len(group)}</span></h4><ul class="lb-changes">'
            f"{items}{more}</ul>"
        )
    return "".join(parts)


def _said_of(one: Result | Changed) -> str:
    if isinstance(one, Changed):
        pairs = "; ".join(
            f"{said(name)}: <s>{said(getattr(one.before, name) or 'nothing')}</s> → <b>"
            f"{said(getattr(one.after, name) or 'nothing')}</b>"
            for name in one.columns
        )
        return f"{_row(one.after)}<br>{pairs}<br>{_sentence(one.after)}"
    return f"{_row(one)}<br>{_sentence(one)}"


def _row(row: Result) -> str:
    number = printed(
        row.value, float("nan") if row.value_high is None else row.value_high, row.unit, row.sentence
    )
    return (
        f"<b>{said(number)}</b> "
        f"{said(' on '.join(part for part in (row.metric, row.benchmark) if part) or row.kind)}"
    )


def _sentence(row: Result) -> str:
    return (
        f'<span class="lb-evidence">'
        f"{marked(row.sentence, evidence(row.sentence, row.value, row.value_high))}</span>"
    )
