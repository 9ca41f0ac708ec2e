"""Atom feeds, as the arXiv API gives them, and arXiv's OAI-PMH records, which differ in names only.

Feeds come from the network, so the parser is told to stop at a document type: entities are then never
declared, and so never expanded, and nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from leaderboard.readers.fields import paper_of
from leaderboard.readers.jsonlines import too_long
from leaderboard.readers.records import BrokenStream, Fault, Limits, Record, start_of

__all__ = ["frame", "paper"]

_ENTRIES = frozenset(("entry", "record"))
_FIELDS = {
    "id": "id", "identifier": "identifier", "title": "title", "summary": "abstract", "abstract": "abstract",
    "description": "abstract", "published": "published", "created": "created", "date": "date",
    "updated": "updated",
}  # fmt: skip
_BLOCK = 1 << 16

paper = paper_of


def frame(stream: BinaryIO, limits: Limits) -> Iterator[Record | Fault]:
    """The entries as mappings, numbered from 1."""
    collected = _Collector(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = collected.start
    parser.EndElementHandler = collected.end
    parser.CharacterDataHandler = collected.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    try:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
            fed += len(block)
            yield from collected.take()
            if fed - parser.CurrentByteIndex > limits.record_bytes + _BLOCK:
                raise BrokenStream(f"one XML tag is {too_long(limits)}")
        parser.Parse(b"", True)
        yield from collected.take()
    except expat.ExpatError as error:
        yield from collected.take()
        reason = f"not XML from line {error.lineno} on: {expat.errors.messages[error.code]}"
        raise BrokenStream(reason) from None


def _refuse_doctype(*_: object) -> None:
    raise BrokenStream("the XML declares a document type, which feeds do not have: refused")


class _Collector:
    """Keeps the text of the wanted elements of the entry at hand, and the entries that are complete."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._done: list[Record | Fault] = []
        self._number = 0
        self._entry: dict[str, str] | None = None
        self._path: list[str] = []
        self._field = ""
        self._text: list[str] = []
        self._size = 0

    def take(self) -> list[Record | Fault]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, _: dict[str, str]) -> None:
        local = name.rsplit(" ", 1)[-1]
        self._path.append(local)
        if local in _ENTRIES and self._entry is None:
            self._number += 1
            self._entry, self._size = {}, 0
        elif self._entry is not None and local in _FIELDS and _FIELDS[local] not in self._entry:
            self._field, self._text = local, []

    def text(self, text: str) -> None:
        if self._field and self._size <= self._limits.record_bytes:
            self._text.append(text)
            self._size += len(text)

    def end(self, name: str) -> None:
        local = name.rsplit(" ", 1)[-1]
        self._path.pop()
        if self._entry is None:
            return
        if local == self._field:
            self._entry[_FIELDS[local]] = "".join(self._text).strip()
            self._field = ""
        elif local in _ENTRIES and not _ENTRIES.intersection(self._path):
            if self._size > self._limits.record_bytes:
                self._done.append(Fault(self._number, too_long(self._limits), start_of(repr(self._entry))))
            else:
                self._done.append(Record(self._number, self._entry, self._size))
            self._entry = None
