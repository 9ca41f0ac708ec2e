"""A text that is one abstract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from leaderboard.readers.fields import paper_of
from leaderboard.readers.records import Fault, Limits, Record, start_of

__all__ = ["frame", "paper"]

paper = paper_of


def frame(stream: BinaryIO, limits: Limits) -> Iterator[Record | Fault]:
    """The whole text as one record; what is over the limit is cut, with a fault that says so."""
    raw = stream.read(limits.record_bytes + 1)
    if len(raw) > limits.record_bytes:
        # Cut at a character, so that the cut itself makes no byte undecodable.
        raw = raw[: limits.record_bytes]
        while raw and raw[-1] & 0xC0 == 0x80:
            raw = raw[:-1]
        raw = raw[:-1] if raw and raw[-1] >= 0xC0 else raw
        reason = f"cut to its first {len(raw)} bytes (raise --max-record-bytes to read all of it)"
        yield Fault(1, reason, start_of(raw))
    yield Record(1, {"abstract": raw.decode("utf-8", "surrogateescape")}, len(raw))
