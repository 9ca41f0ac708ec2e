"""BibTeX entries that have an abstract field, as the ACL Anthology and reference managers give them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from leaderboard.models import Paper
from leaderboard.readers.dates import iso_date, month_number
from leaderboard.readers.fields import paper_of
from leaderboard.readers.jsonlines import too_long
from leaderboard.readers.lines import text_lines
from leaderboard.readers.records import Fault, Limits, Record, Unreadable, start_of

_ENTRY = re.compile(r"\s*@\s*(\w+)\s*\{")
_BRACE = re.compile(r"[{}]")
_NOT_PAPERS = frozenset(("comment", "preamble", "string"))

# The parser says in warnings what it also returns as failed blocks, which become rejects.
logging.getLogger("bibtexparser").setLevel(logging.ERROR)


def frame(stream: BinaryIO, limits: Limits) -> Iterator[Record | Fault]:
    """The entries as text, from `@` to the brace that closes it, numbered from 1."""
    number, depth, size = 0, 0, 0
    entry: list[str] = []
    wanted = overlong = False
    for line in text_lines(stream, limits.record_bytes + 1):
        rest = line
        while rest:
            begins = _ENTRY.match(rest)
            if begins and depth and line is rest:
                # A new entry at the start of a line: the one before was never closed, and costs itself only.
                if wanted:
                    yield Fault(number, "the entry's braces do not close", start_of("".join(entry)))
                depth = 0
            if not depth:
                if not begins:
                    break  # text between entries is comment
                entry, size, overlong = [], 0, False
                wanted = begins[1].lower() not in _NOT_PAPERS
                number += wanted
            depth, end = _close(rest, depth)
            size += end
            if size > limits.record_bytes:
                if wanted and not overlong:
                    yield Fault(number, too_long(limits), start_of("".join(entry) or rest))
                overlong = True
            else:
                entry.append(rest[:end])
            if not depth and wanted and not overlong:
                yield Record(number, "".join(entry), size)
            rest = rest[end:]
    if depth and wanted and not overlong:
        yield Fault(number, "the file ends within this entry", start_of("".join(entry)))


def paper(raw: str) -> Paper:
    """The paper in one entry; raises `Unreadable`."""
    from bibtexparser.entrypoint import parse_string

    try:
        library = parse_string(raw)
    except Exception as error:  # the parser has no error type of its own
        raise Unreadable(f"not BibTeX: {' '.join(str(error).split())[:200]}") from None
    if not library.entries:
        raise Unreadable("not BibTeX: no entry with a key and fields")
    entry = library.entries[0]
    fields = {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}
    is_arxiv = fields.get("archiveprefix", fields.get("eprinttype", "")).lower() == "arxiv"
    return paper_of(
        {
            "arxiv_id": fields.get("eprint") if is_arxiv else None,
            "id": entry.key,
            "title": fields.get("title"),
            "abstract": fields.get("abstract"),
            "date": _date(fields),
            "url": fields.get("url"),
            "doi": fields.get("doi"),
        }
    )


def _close(text: str, depth: int) -> tuple[int, int]:
    """The depth of braces after the text, and where the entry closes in it (its length if it does not)."""
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return 0, brace.end()
    return depth, len(text)


def _date(fields: dict[str, str]) -> str:
    if fields.get("date"):
        return iso_date(fields["date"])
    year, month = fields.get("year", "").strip("{} "), month_number(fields.get("month", "").strip("{} "))
    return iso_date(f"{year}-{month:02}" if month else year)
