"""The one verb: from a paper's title and abstract to its result rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import partial
from typing import Literal

from leaderboard.claims import read, retype
from leaderboard.clean import Cleaned, clean
from leaderboard.engine import Engine, engine
from leaderboard.mentions.context import Context, read_context, squeeze
from leaderboard.mentions.numbers import RESULT_SORTS, find_numbers
from leaderboard.mentions.tokens import Token, tokenize
from leaderboard.models import Paper, Result
from leaderboard.resolve import Memory, Named, evaluated_on, resolve
from leaderboard.rows import Where, rows_of
from leaderboard.rulebook import NameHit, RuleSet
from leaderboard.sentences import split_sentences

_WORTH_READING = re.compile(r"\d|\b(?:first|second|third)\b")
_PLACE = re.compile(r"\b(?:first|second|third|1st|2nd|3rd|\d+th)\s+(?:place|rank|position|prize)\b|\b(?:rank\w*|won|win|finish\w*|came)\s+(?:\w+\s+)?(?:first|second|third)\b", re.IGNORECASE)


def extract(text: str) -> list[Result]:
    """Result rows of a text, read as an abstract.

    >>> [row.value for row in extract("SCNN reaches 96.53% accuracy on TuSimple.")]
    [96.53]
    """
    return extract_paper(Paper(abstract=text))


def extract_paper(paper: Paper, rules: RuleSet | None = None) -> list[Result]:
    """Result rows of a paper, in the order of the text."""
    if not _WORTH_READING.search(paper.abstract) and not _WORTH_READING.search(paper.title):
        return []
    compiled = engine(rules)
    title, abstract = clean(paper.title), clean(paper.abstract)
    spans = split_sentences(abstract.text)
    numbered = _with_numbers(abstract.text, spans)
    in_title = _with_numbers(title.text, [(0, len(title.text))])
    if not numbered and not in_title:
        return []
    hits = compiled.rules.names.find(abstract.text)
    title_hits = compiled.rules.names.find(title.text)
    context = _context(title.text, [abstract.text[s:e] for s, e in spans], hits, compiled)
    memory = Memory()
    rows: list[Result] = []
    fields: tuple[tuple[Literal["title", "abstract"], Cleaned, list[tuple[int, int]], list[NameHit]], ...] = (
        ("title", title, [(0, len(title.text))], title_hits),
        ("abstract", abstract, spans, hits),
    )
    for field, cleaned, parts, found in fields:
        worth = in_title if field == "title" else numbered
        for span in parts:
            if span not in worth:
                memory.unread.append(partial(_named_in, cleaned.text, span, found, compiled, context))
                continue
            tokens, symbols = _tokens(cleaned.text, span, found, compiled, context)
            reading = read(tokens, symbols, compiled.results, compiled.lexicon)
            for draft in resolve(cleaned.text, reading, memory, context):
                rows.extend(rows_of(draft, Where(paper, field, cleaned, span, tokens), context, compiled))
        if field == "title":
            memory.unread.clear()
    return _fold(rows)


def _with_numbers(text: str, spans: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The sentences in which a number stands that could be a result, or a place."""
    numbers = [n.start for n in find_numbers(text) if n.sort in RESULT_SORTS]
    numbers += [m.start() for m in _PLACE.finditer(text)]
    starts = sorted(numbers)
    return {(s, e) for s, e in spans if bisect_left(starts, s) < bisect_left(starts, e)}


def _tokens(
    text: str, span: tuple[int, int], found: list[NameHit], compiled: Engine, context: Context
) -> tuple[list[Token], str]:
    start, end = span
    here = [h for h in found if h.start >= start and h.end <= end]
    tokens = tokenize(text, start, end, here, compiled.lexicon, context)
    return tokens, retype(tokens, compiled.naming)


def _named_in(
    text: str, span: tuple[int, int], found: list[NameHit], compiled: Engine, context: Context
) -> list[Named]:
    """The benchmarks that a sentence without numbers says something was measured on."""
    return evaluated_on(text, _tokens(text, span, found, compiled, context)[0], compiled.lexicon.classes)


def _fold(rows: list[Result]) -> list[Result]:
    """The same number said twice of the same thing is one row, the one that says more; the first of two equals."""
    kept: dict[tuple[object, ...], Result] = {}
    for row in rows:
        key = (row.value, row.value_high, row.kind, row.holder if row.kind != "rank" else "")
        known = next(
            (k for k, r in kept.items() if k[:4] == key and _agree(r.benchmark, row.benchmark) and _agree(r.metric, row.metric)), None
        )
        if known is None or kept[known].sentence == row.sentence:
            kept[(*key, len(kept))] = row
        elif len(row.benchmark) + len(row.metric) > len(kept[known].benchmark) + len(kept[known].metric):
            kept[known] = row
    return list(kept.values())


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _context(title: str, sentences: list[str], hits: list[NameHit], compiled: Engine) -> Context:
    known = {squeeze(compiled.rules.benchmarks[h.id].name) for h in hits if h.kind == "benchmark" and h.sure}
    context = read_context(title, sentences, known, compiled.models, compiled.hardware, compiled.not_names)
    context.not_metrics = compiled.not_metrics
    return context
