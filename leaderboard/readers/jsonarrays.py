"""JSON that is not one object a line: an array of papers, an API's answer with an array inside, or objects
one after the other over many lines.

The file is never parsed as a whole. A scan for brackets and strings finds where each paper's object begins
and ends; the object alone is parsed. So a file of any size is read in little memory, an object that is broken
inside costs itself only, and the parsing can be left to other processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from leaderboard.readers.jsonlines import paper, too_long
from leaderboard.readers.records import Fault, Limits, Record, start_of

__all__ = ["PAPER_LISTS", "frame", "paper"]

PAPER_LISTS = ("results", "data", "papers", "items", "works", "rows", "entries", "documents", "records")
"""Keys under which sources and APIs put their array of papers."""

# A whole string, or a bracket, or the opening quote of a string that goes on beyond the bytes at hand.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["{}\[\]]', re.S)
_STRING_STOP = re.compile(rb'["\\]')
_LAST_KEY = re.compile(rb'"(\w{1,40})"\s*:\s*$')
_BLOCK = 1 << 16
_CONTEXT = 100
"""Bytes kept before the place of reading, enough to see the key that an array stands under."""


def frame(stream: BinaryIO, limits: Limits) -> Iterator[Record | Fault]:
    """Each paper's object, in order; see the module for how."""
    scan = _Scan(limits)
    while block := stream.read(_BLOCK):
        yield from scan.feed(block)
    yield from scan.end()


class _Scan:
    """Where a scan stands between two blocks of bytes."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.number = 0
        self.buffer = b""
        self.at = 0
        """Place in the buffer up to which everything is understood."""
        self.depth = 0
        self.home = 0
        """Depth at which papers stand: 0 side by side, 1 in an array, 2 in an array inside an object."""
        self.begin: int | None = None
        """Where the record at hand begins in the buffer; None between records."""
        self.skipping = False
        """Inside a record that is too long: its brackets are still counted, its bytes are let go."""
        self.in_string = False
        self.between = b""
        """What stood between two records other than commas: it belongs there no more than a number does."""

    def feed(self, block: bytes) -> Iterator[Record | Fault]:
        self._drop_read()
        self.buffer += block
        while True:
            if self.in_string:
                if not self._leave_string():
                    break
                continue
            found = _TOKEN.search(self.buffer, self.at)
            if found is None:
                self._pass(len(self.buffer))
                break
            self._pass(found.start() if self._inside() or found[0][:1] in b"{}[]" else found.end())
            self.at = found.end()
            mark = found[0]
            if mark == b'"':
                self.in_string = True
            elif mark in (b"{", b"["):
                yield from self._open(found.start(), mark)
            elif mark in (b"}", b"]"):
                yield from self._close()
        if self.begin is not None and len(self.buffer) - self.begin > self.limits.record_bytes:
            self.number += 1
            yield Fault(self.number, too_long(self.limits), start_of(self.buffer[self.begin :]))
            self.begin, self.skipping = None, True

    def end(self) -> Iterator[Record | Fault]:
        yield from self._stray()
        if self.begin is not None:
            self.number += 1
            yield Fault(self.number, "the file ends within this record", start_of(self.buffer[self.begin :]))
        elif self.depth or self.in_string:
            yield Fault(self.number + 1, "the file ends before its JSON does", "")

    def _inside(self) -> bool:
        return self.begin is not None or self.skipping or self.depth != self.home

    def _pass(self, to: int) -> None:
        """Go on to a place; note what is neither record nor comma, where records should stand."""
        if not self._inside() and len(self.between) < _CONTEXT:
            self.between += self.buffer[self.at : to].strip(b" \t\r\n,")[:_CONTEXT]
        self.at = to

    def _open(self, at: int, mark: bytes) -> Iterator[Fault]:
        if self.depth == 0 and self.home == 0 and mark == b"[":
            self.home = 1
        elif self.depth == 1 and self.home == 0 and mark == b"[" and self._is_paper_list(at):
            # What began as a record is the wrapping around the records.
            self.home, self.begin, self.skipping = 2, None, False
        elif self.depth == self.home and not self._inside():
            yield from self._stray()
            self.begin = at
        self.depth += 1

    def _close(self) -> Iterator[Record | Fault]:
        if self.depth == self.home and not self._inside():
            yield from self._stray()
            if self.depth == 0:
                self.between = b"}"
                return
            if self.home == 1:
                self.home = 0
            else:
                # The rest of the wrapping object holds no papers: pages, counts.
                self.home, self.skipping = 0, True
        self.depth -= 1
        if self.depth == self.home:
            if self.begin is not None:
                self.number += 1
                raw = self.buffer[self.begin : self.at]
                if len(raw) > self.limits.record_bytes:
                    yield Fault(self.number, too_long(self.limits), start_of(raw))
                else:
                    yield Record(self.number, raw, len(raw))
            self.begin, self.skipping = None, False

    def _stray(self) -> Iterator[Fault]:
        if self.between:
            self.number += 1
            yield Fault(self.number, "not a JSON object where a paper should stand", start_of(self.between))
            self.between = b""

    def _is_paper_list(self, at: int) -> bool:
        key = _LAST_KEY.search(self.buffer[max(0, at - _CONTEXT) : at])
        if key is None or key[1].decode().lower() not in PAPER_LISTS:
            return False
        # An object that already has an abstract is itself a paper, whatever lists it goes on to hold.
        return self.begin is None or b'"abstract"' not in self.buffer[self.begin : at]

    def _leave_string(self) -> bool:
        """Go on to the end of a string that began in an earlier block; False if it is not in sight yet."""
        while found := _STRING_STOP.search(self.buffer, self.at):
            if found[0] == b'"':
                self.at, self.in_string = found.end(), False
                return True
            if found.end() == len(self.buffer):  # the escaped character is in the next block
                self.at = found.start()
                return False
            self.at = found.end() + 1
        self.at = len(self.buffer)
        return False

    def _drop_read(self) -> None:
        """Forget the bytes that no record needs any more."""
        keep = self.begin if self.begin is not None else max(0, self.at - _CONTEXT)
        self.buffer = self.buffer[keep:]
        self.at -= keep
        self.begin = None if self.begin is None else 0
