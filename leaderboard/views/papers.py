"""Papers: searched by words, and one paper's text with its mentions marked and its rows beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from leaderboard.explanation import Explanation, Mention, explain
from leaderboard.models import Paper
from leaderboard.rulebook import RuleSet
from leaderboard.views.html import Mark, evidence, marked, said

KINDS: Mapping[str, str] = {
    "value": "number",
    "benchmark": "benchmark",
    "metric": "metric",
    "model": "system",
    "task": "task",
}
"""The kinds of marks and what the legend calls them."""

MENTIONED: Mapping[str, str] = {
    "benchmark": "benchmark",
    "metric": "metric",
    "task": "task",
    "model": "model",
    "own system": "model",
}
"""Mentions that are marked whether or not a row has them, and the kind of their mark."""


def index(rows: pd.DataFrame, papers: Mapping[str, Paper]) -> pd.DataFrame:
    """A line for each paper: `key`, `title`, `date`, `url`, `results`, `benchmarks`, and `text` to search."""
    keys = rows["paper_id"].where(rows["paper_id"] != "", rows["title"])
    grouped = rows.assign(key=keys).groupby("key", sort=False)
    frame = grouped.agg(
        title=("title", "first"), date=("date", "first"), url=("url", "first"), results=("value", "size")
    )
    named = rows.assign(key=keys).loc[rows["benchmark"] != ""].drop_duplicates(["key", "benchmark"])
    frame["benchmarks"] = named.groupby("key")["benchmark"].agg(", ".join)
    sentences = (
        grouped["sentence"].agg(lambda texts: " ".join(dict.fromkeys(texts))) if len(rows) else frame["title"]
    )
    frame["text"] = [
        papers[key].abstract if key in papers else text
        for key, text in zip(map(str, sentences.index), sentences, strict=True)
    ]
    without = [paper for key, paper in papers.items() if key not in frame.index]
    if without:
        more = pd.DataFrame(
            {
                "title": [p.title for p in without],
                "date": [p.date for p in without],
                "url": [p.url for p in without],
                "results": 0,
                "benchmarks": "",
                "text": [p.abstract for p in without],
            },
            index=[p.id for p in without],
        )
        frame = pd.concat([frame, more])
    frame["benchmarks"] = frame["benchmarks"].fillna("")
    frame["folded_title"] = frame["title"].str.casefold()
    frame["folded"] = (
        frame["folded_title"] + "\n" + (frame["text"] + "\n" + frame["benchmarks"]).str.casefold()
    )
    frame = frame.sort_values(["date", "title"], ascending=[False, True], kind="stable")
    return frame.rename_axis("key").reset_index()


def search(papers: pd.DataFrame, words: str) -> pd.DataFrame:
    """The papers that have all the words, those with all of them in the title first, newest first."""
    wanted = list(dict.fromkeys(words.casefold().split()))[:12]
    if not wanted:
        return papers
    keep = pd.Series(True, index=papers.index)
    in_title = keep.copy()
    for word in wanted:
        keep &= papers["folded"].str.contains(word, regex=False)
        in_title &= papers["folded_title"].str.contains(word, regex=False)
    exact = papers["key"].str.casefold() == words.strip().casefold()
    order = papers.assign(place=2 - in_title.astype(int) - exact.astype(int))
    return order.loc[keep | exact].sort_values("place", kind="stable")


def rows_of(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows of a paper, in the order of its text."""
    keys = rows["paper_id"].where(rows["paper_id"] != "", rows["title"])
    found = rows.loc[keys == key]
    return found.sort_values(["field", "start"], ascending=[False, True], kind="stable").reset_index(
        drop=True
    )


def marks_of(text: str, field: str, rows: pd.DataFrame, mentions: Iterable[Mention]) -> list[Mark]:
    """Marks in a text: what the extractor takes its words for, and what the rows say.

    `field` is title or abstract, or "sentence" for one sentence of a paper whose texts are not known.
    """
    marks = [
        Mark(one.start, one.end, MENTIONED[one.type], one.type) for one in mentions if one.type in MENTIONED
    ]
    for number, row in rows.iterrows():
        rank = int(str(number))
        if row["field"] == field and text[row["start"] : row["end"]]:
            marks.append(Mark(int(row["start"]), int(row["end"]), "value", summary(row), (rank,)))
        elif field == "sentence" and row["sentence"] == text:
            found = evidence(text, row["value"], row["value_high"])
            marks += [Mark(one.start, one.end, "value", summary(row), (rank,)) for one in found]
        for kind, name in (
            ("benchmark", row["benchmark_text"]),
            ("metric", row["metric_text"]),
            ("model", row["model"]),
        ):
            marks.extend(_near(text, field, row, kind, str(name), rank))
    return marks


def _near(text: str, field: str, row: pd.Series[Any], kind: str, name: str, rank: int) -> list[Mark]:
    """The name's place: where it stands in the row's sentence if it does, or else everywhere in the text."""
    if not name.strip():
        return []
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE if kind == "metric" else 0)
    found = [match.span() for match in pattern.finditer(text)]
    at = text.find(row["sentence"]) if field in (row["field"], "sentence") else -1
    inside = [span for span in found if at <= span[0] < at + len(row["sentence"])] if at >= 0 else []
    note = f"{KINDS[kind]}: {row[kind] if kind in row.index else name}"
    return [
        Mark(start, end, kind, note, (rank,)) for start, end in inside or (found if kind != "metric" else [])
    ]


def summary(row: pd.Series[Any]) -> str:
    """A row in a few words, for a note.

    >>> summary(pd.Series({"kind": "gain", "holder": "own", "metric": "mIoU", "benchmark": "COCO"}))
    'gain, own, mIoU on COCO'
    """
    what = " on ".join(part for part in (row["metric"], row["benchmark"]) if part)
    return ", ".join(part for part in (row["kind"], row["holder"], what) if part)


def text_html(title: str, abstract: str, rows: pd.DataFrame, rules: RuleSet) -> str:
    """The paper's texts as HTML, marked; hovering a row of `row_list` makes its marks stand out."""
    seen = _mentions(explain(abstract, title, rules))
    head = marked(title, marks_of(title, "title", rows, seen["title"])) if title else ""
    body = marked(abstract, marks_of(abstract, "abstract", rows, seen["abstract"]))
    return f'<div class="lb-text">{f"<h3>{head}</h3>" if head else ""}{body}</div>'


def sentences_html(rows: pd.DataFrame, rules: RuleSet) -> str:
    """The sentences that the rows come from, marked, where the paper's texts are not known."""
    parts = []
    for sentence in dict.fromkeys(rows["sentence"]):
        seen = _mentions(explain(sentence, rules=rules))["abstract"]
        parts.append(f"<p>{marked(sentence, marks_of(sentence, 'sentence', rows, seen))}</p>")
    return f'<div class="lb-text">{"".join(parts)}</div>'


def _mentions(explanation: Explanation) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {"title": [], "abstract": []}
    for sentence in explanation.sentences:
        found[sentence.field] += sentence.tokens
    return found


def row_list(rows: pd.DataFrame) -> str:
    """The rows as a list that can be hovered and tabbed through."""
    items = []
    for number, row in rows.iterrows():
        what = [
            row["metric"] or "metric not named",
            row["benchmark"] or "benchmark not named",
            row["split"],
            row["setting"],
        ]
        who = row["model"] or ("own system" if row["holder"] == "own" else "another system")
        items.append(
            f'<li class="row-{number}" tabindex="0"><span class="lb-number">{said(printed(row))}</span> '
            f'<span class="lb-chip">{said(row["kind"])}</span><span class="lb-chip">'
            f"{said(row['holder'])}</span>"
            f'<span class="what">{said(" · ".join(part for part in what if part))}</span>'
            f'<span class="what">{said(who)} · confidence {float(row["confidence"]):.2f} · rule '
            f"{said(row['rule'])}</span></li>"
        )
    return f'<ul class="lb-rows" aria-label="Results of this paper">{"".join(items)}</ul>'


def hover_style(rows: pd.DataFrame) -> str:
    """The style that lights up a row's words while the row is hovered or has the focus."""
    rules = [
        f".stApp:has(.row-{number}:hover) .lb-text mark.r-{number}, .stApp:has(.row-{number}:focus) "
        f".lb-text mark.r-{number}"
        for number in range(len(rows))
    ]
    light = (
        "{ background: color-mix(in srgb, var(--kind) 55%, transparent); box-shadow: 0 0 0 2px var(--kind); }"
    )
    return f"<style>{', '.join(rules)} {light}</style>" if rules else ""


def legend() -> str:
    """What the marks mean."""
    items = "".join(f'<mark class="m-{kind}">{name}</mark>' for kind, name in KINDS.items())
    return f'<div class="lb-legend">{items}</div>'


def printed(row: pd.Series[Any]) -> str:
    """The number and its unit as the row has them."""
    from leaderboard.boards.printed import printed as as_printed

    high = row["value_high"] if row["value_high"] is not None else float("nan")
    sign = "+" if row["kind"] == "gain" else "No. " if row["kind"] == "rank" else ""
    return (
        sign
        + as_printed(row["value"], high, row["unit"], row["sentence"])
        + (" points" if row["unit"] == "points" else "")
    )
