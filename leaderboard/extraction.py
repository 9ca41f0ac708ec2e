"""The one verb: from a paper's title and abstract to its result rows.

The way: clean the text, cut it into sentences, find the catalogue's names, know the paper's own system; then, for each sentence
with a number that could be a result: tokens, what each name is, what each rule says, what the sentence leaves open; then rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from leaderboard.claims import Reading, read, retype
from leaderboard.clean import Cleaned, clean
from leaderboard.engine import Engine, engine
from leaderboard.mentions.context import Context, read_context, squeeze
from leaderboard.mentions.numbers import RESULT_SORTS, find_numbers
from leaderboard.mentions.tokens import Token, demote, tokenize
from leaderboard.models import Paper, Result
from leaderboard.resolve import Draft, Memory, Named, evaluated_on, resolve
from leaderboard.rows import Where, rows_of
from leaderboard.rulebook import NameHit, RuleSet
from leaderboard.sentences import split_sentences

_WORTH_READING = re.compile(r"\d|\b(?:first|second|third)\b")
_PLACE = re.compile(
    r"\b(?:first|second|third|1st|2nd|3rd|\d+th)\s+(?:place|rank|position|prize)\b|"
    r"\b(?:rank\w*|won|win|finish\w*|came)\s+(?:\w+\s+)?(?:first|second|third)\b",
    re.IGNORECASE,
)

Span = tuple[int, int]


def extract(text: str, rules: RuleSet | None = None) -> list[Result]:
    """Result rows of a text, read as an abstract.

    >>> [(row.value, row.metric, row.benchmark) for row in extract("SCNN reaches 96.53% accuracy on TuSimple.")]
    [(96.53, 'accuracy', 'TuSimple')]
    """
    return extract_paper(Paper(abstract=text), rules)


def extract_paper(paper: Paper, rules: RuleSet | None = None) -> list[Result]:
    """Result rows of a paper, in the order of the text, by the built-in rules or the given ones.

    Never raises for any text. The same paper and rules give the same rows.
    """
    return fold([row for step in read_paper(paper, rules) for row in step.rows])


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence read: where it stands, what the rules said, and what came of it."""

    where: Where
    reading: Reading
    drafts: list[Draft]
    rows: list[Result]


def read_paper(paper: Paper, rules: RuleSet | None = None) -> Iterator[Step]:
    """The sentences of a paper that have numbers, each with how it was read; rows are not yet folded."""
    if not _WORTH_READING.search(paper.abstract) and not _WORTH_READING.search(paper.title):
        return
    compiled = engine(rules)
    texts = (clean(paper.title), clean(paper.abstract))
    spans = ([(0, len(texts[0].text))], split_sentences(texts[1].text))
    numbered = [_with_numbers(cleaned.text, parts) for cleaned, parts in zip(texts, spans, strict=True)]
    if not any(numbered):
        return
    hits = [compiled.rules.names.find(cleaned.text) for cleaned in texts]
    context = context_of(texts[0].text, [texts[1].text[s:e] for s, e in spans[1]], hits[1], compiled)
    memory = Memory()
    fields: tuple[Literal["title", "abstract"], ...] = ("title", "abstract")
    for field, cleaned, parts, found, worth in zip(fields, texts, spans, hits, numbered, strict=True):
        for span in parts:
            if span not in worth:
                memory.unread.append(partial(_named_in, cleaned.text, span, found, compiled, context))
                continue
            tokens, symbols = tokens_of(cleaned.text, span, found, compiled, context)
            reading = read(tokens, symbols, compiled.results, compiled.lexicon)
            drafts = resolve(cleaned.text, reading, memory, context)
            where = Where(paper, field, cleaned, span, tokens)
            yield Step(where, reading, drafts, [row for d in drafts for row in rows_of(d, where, context, compiled)])
        if field == "title":
            memory.unread.clear()


def context_of(title: str, sentences: list[str], hits: list[NameHit], compiled: Engine) -> Context:
    """The paper's own names, from its clean title and sentences."""
    known = {squeeze(compiled.rules.benchmarks[h.id].name) for h in hits if h.kind == "benchmark" and h.sure}
    return read_context(title, sentences, known, compiled.kinds)


def tokens_of(
    text: str, span: Span, found: list[NameHit], compiled: Engine, context: Context
) -> tuple[list[Token], str]:
    """The tokens of a sentence, every name told what it is, and the string of their symbols."""
    start, end = span
    here = [h for h in found if h.start >= start and h.end <= end]
    tokens = tokenize(text, start, end, here, compiled.lexicon, context)
    symbols = retype(tokens, compiled.naming)
    if "B" in symbols and demote(text, tokens, compiled.lexicon.classes["DATASET_NOUN"]):
        symbols = "".join(t.symbol for t in tokens)
    return tokens, symbols


def fold(rows: list[Result]) -> list[Result]:
    """The same number said twice of the same thing is one row, the one that says more; the first of two equals."""
    kept: list[Result] = []
    for row in rows:
        twin = next((i for i, other in enumerate(kept) if _same(other, row)), None)
        if twin is None:
            kept.append(row)
        elif len(row.benchmark) + len(row.metric) > len(kept[twin].benchmark) + len(kept[twin].metric):
            kept[twin] = row
    return kept


def _same(one: Result, other: Result) -> bool:
    return (
        (one.value, one.value_high, one.kind) == (other.value, other.value_high, other.kind)
        and one.sentence != other.sentence
        and (one.holder == other.holder or one.kind == "rank")
        and (not one.benchmark or not other.benchmark or one.benchmark == other.benchmark)
        and (not one.metric or not other.metric or one.metric == other.metric)
    )


def _with_numbers(text: str, spans: list[Span]) -> set[Span]:
    """The sentences in which a number stands that could be a result, or a place."""
    numbers = [n.start for n in find_numbers(text) if n.sort in RESULT_SORTS]
    numbers += [m.start() for m in _PLACE.finditer(text)]
    starts = sorted(numbers)
    return {(s, e) for s, e in spans if bisect_left(starts, s) < bisect_left(starts, e)}


def _named_in(text: str, span: Span, found: list[NameHit], compiled: Engine, context: Context) -> list[Named]:
    """The benchmarks that a sentence without numbers says something was measured on."""
    return evaluated_on(text, tokens_of(text, span, found, compiled, context)[0], compiled.lexicon.classes)
