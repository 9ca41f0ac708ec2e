"""The text of a saved page of papers: a title line and an abstract line in turn, among lines of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from leaderboard.readers.fields import paper_of
from leaderboard.readers.lines import text_lines
from leaderboard.readers.records import Fault, Limits, Record, start_of

__all__ = ["frame", "looks_like_page", "paper"]

_SURE_ABSTRACT = 250
_SHORT_ABSTRACT = 80
_FULL_STOPS = (".", '."', ".”", "…")
_PAIRS_SEEN = 2
"""Pairs of title and abstract that make a text a page of papers."""

# What pages print between a title and its abstract, or around them.
_PAGE_NOISE = re.compile(
    r"(?:published on|submitted by|posted on|upvote)\b.*|[\W\d_]*|\W*\d+ authors?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:, \d{4})?",
    re.I,
)

paper = paper_of


def frame(stream: BinaryIO, limits: Limits) -> Iterator[Record | Fault]:
    """Each abstract with the title line before it, numbered from 1."""
    yield from _pairs(text_lines(stream, limits.record_bytes + 1), limits)


def looks_like_page(text: str) -> bool:
    """Whether the text's start holds titles and abstracts in turn."""
    records = (item for item in _pairs(iter(text.splitlines()), Limits()) if isinstance(item, Record))
    return len(list(islice(records, _PAIRS_SEEN))) == _PAIRS_SEEN


def _pairs(lines: Iterator[str], limits: Limits) -> Iterator[Record | Fault]:
    number = 0
    title = ""
    held: dict[str, str] | None = None
    """The last pair, held back because a second paragraph of its abstract may follow."""
    for line in map(str.strip, lines):
        if not _is_prose(line):
            title = line if line and not _PAGE_NOISE.fullmatch(line) else title
            continue
        if title:
            if held:
                yield _record(number, held)
            number += 1
            held, title = {"title": title, "abstract": line}, ""
        elif held is None:
            number += 1
            yield Fault(number, "an abstract with no title line before it", start_of(line))
        elif len(held["abstract"]) < limits.record_bytes:
            held["abstract"] += "\n\n" + line
    if held:
        yield _record(number, held)


def _record(number: int, fields: dict[str, str]) -> Record:
    return Record(number, fields, len(fields["title"]) + len(fields["abstract"]))


def _is_prose(line: str) -> bool:
    """An abstract is long, or at least a full sentence; the longest titles end without a full stop."""
    return len(line) >= _SURE_ABSTRACT or (len(line) >= _SHORT_ABSTRACT and line.endswith(_FULL_STOPS))
