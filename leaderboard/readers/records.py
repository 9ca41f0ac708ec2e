"""What stands between the bytes of a file and a `Paper`: raw records, faults, limits.

Reading goes in two steps. *Framing* cuts a stream into raw records and is cheap; it runs in one process.
*Parsing* makes a `Paper` of one raw record and may run in any process, so a raw record is plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

from leaderboard.models import Paper

START_LENGTH = 200
"""How much of a record that could not be read is shown, in characters."""


RECORD_BYTES = 2_000_000
"""Longest record read unless asked otherwise, in bytes: abstracts have two thousand, whole papers 100,000."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a hostile or broken input is let in."""

    record_bytes: int = RECORD_BYTES
    """Longest record, in bytes. Longer plain text is cut; other longer records are rejected."""
    ratio: int = 250
    """A compressed file may not grow by more than this factor (checked after the first 64 MB)."""


class Record(NamedTuple):
    """One framed record, not yet understood."""

    number: int
    """Place in its file, counted from 1; in JSON Lines this is the line."""
    raw: Any
    """What the format's `paper` function takes: bytes, text or a mapping. Always picklable."""
    size: int
    """About how many bytes it holds, so that work can be dealt out evenly."""


class Fault(NamedTuple):
    """A place in a stream where no record could be framed, or where one was cut."""

    number: int
    reason: str
    start: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that gave no paper, or that was cut, and why."""

    file: str
    record: int
    reason: str
    start: str
    """The record's first characters, at most 200, so that it can be found again."""


class Unreadable(Exception):
    """A record from which no paper can be made; the message is the reason."""


class BrokenStream(Exception):
    """The bytes of a file end early or make no sense from here on; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way papers are written down, as a row in the table of formats."""

    name: str
    suffixes: tuple[str, ...]
    about: str
    frame: Callable[[BinaryIO, Limits], Iterator[Record | Fault]]
    """Cuts a stream of decompressed bytes into records, in order, holding one record at a time."""
    paper: Callable[[Any], Paper]
    """Makes a paper of one raw record, or raises `Unreadable`."""


def start_of(raw: object) -> str:
    """The first characters of a raw record, printable, for a reject.

    >>> start_of(b"caf\\xc3\\xa9 \\xff")
    'café \\\\xff'
    """
    if isinstance(raw, bytes):
        return raw[: 4 * START_LENGTH].decode("utf-8", "backslashreplace")[:START_LENGTH]
    if isinstance(raw, dict):
        raw = ", ".join(f"{name}: {value}" for name, value in raw.items())
    text = raw if isinstance(raw, str) else repr(raw)
    # Undecodable bytes travel through text readers as lone surrogates; shown as escapes, they can be written.
    head = text[:START_LENGTH].encode("utf-8", "surrogateescape")
    return head.decode("utf-8", "backslashreplace")[:START_LENGTH]
