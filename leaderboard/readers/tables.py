"""Tables as text: CSV, and the same with tabs, semicolons or bars between the cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from leaderboard.readers.fields import has_paper_columns, paper_of
from leaderboard.readers.jsonlines import too_long
from leaderboard.readers.lines import text_lines
from leaderboard.readers.records import BrokenStream, Fault, Limits, Record, start_of

DELIMITERS = (",", "\t", ";", "|")

__all__ = ["columns_of", "frame", "paper"]

paper = paper_of


def columns_of(head: str) -> list[str]:
    """The column names in a table's first line, cut at the mark that finds an abstract among them.

    Empty when no mark does: then it is no table of papers.
    """
    delimiter = _delimiter(head.split("\n", 1)[0])
    return next(csv.reader([head.split("\n", 1)[0]], delimiter=delimiter)) if delimiter else []


def frame(stream: BinaryIO, limits: Limits) -> Iterator[Record | Fault]:
    """The rows under the header, numbered from 1, as mappings from column name to text."""
    csv.field_size_limit(limits.record_bytes)
    lines = _Lines(stream, limits.record_bytes)
    header_line = next(lines, "")
    delimiter = _delimiter(header_line)
    if not delimiter:
        first = f"its first line is {header_line.strip()[:100]!r}"
        raise BrokenStream(f"no abstract column ({first}; it must name the columns title and abstract)")
    header = next(csv.reader([header_line], delimiter=delimiter))
    number = 0
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_record()
        try:
            row = next(rows)
        except StopIteration:
            return
        except _TooLong:
            number += 1
            yield Fault(number, too_long(limits), start_of(lines.begun_with))
            # Most often a quote that is never closed; the line after the limit is the best place to go on.
            rows = csv.reader(lines, delimiter=delimiter)
            continue
        except csv.Error as error:
            number += 1
            yield Fault(number, f"not a table row: {error}", start_of(lines.begun_with))
            continue
        if not row:
            continue
        number += 1
        if len(row) > len(header):
            reason = f"{len(row)} cells under {len(header)} columns (quote cells that hold a {delimiter!r})"
            yield Fault(number, reason, start_of(lines.begun_with))
        else:
            yield Record(number, dict(zip(header, row, strict=False)), lines.record_size)


class _TooLong(Exception):
    pass


class _Lines:
    """Lines for the csv reader, counted, so that an unclosed quote cannot swallow the rest of the file."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._lines = text_lines(stream, limit + 1)
        self._limit = limit
        self.record_size = 0
        self.begun_with = ""

    def begin_record(self) -> None:
        self.record_size = 0
        self.begun_with = ""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.begun_with = self.begun_with or line
        self.record_size += len(line)
        if self.record_size > self._limit:
            while not line.endswith("\n") and (line := next(self._lines, "")):
                pass
            raise _TooLong
        return line


def _delimiter(line: str) -> str:
    """The mark under which the line names an abstract column; the most columns win."""
    best, most = "", 0
    for delimiter in DELIMITERS:
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        if len(names) > most and has_paper_columns(names):
            best, most = delimiter, len(names)
    return best
