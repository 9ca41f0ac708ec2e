"""JSON Lines: one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import orjson

from leaderboard.models import Paper
from leaderboard.readers.fields import paper_of
from leaderboard.readers.records import Fault, Limits, Record, Unreadable, start_of


def frame(stream: BinaryIO, limits: Limits) -> Iterator[Record | Fault]:
    """The lines that hold something, numbered as an editor numbers them."""
    number = 0
    while line := stream.readline(limits.record_bytes + 1):
        number += 1
        if len(line) > limits.record_bytes and not line.endswith(b"\n"):
            yield Fault(number, too_long(limits), start_of(line))
            while (rest := stream.readline(limits.record_bytes)) and not rest.endswith(b"\n"):
                pass
        elif not line.isspace():
            yield Record(number, line, len(line))


def paper(raw: bytes) -> Paper:
    """The paper in one JSON object; raises `Unreadable`."""
    try:
        return paper_of(orjson.loads(raw))
    except orjson.JSONDecodeError as error:
        raise Unreadable(why_not_json(raw, error)) from None


def why_not_json(raw: bytes, error: orjson.JSONDecodeError) -> str:
    """A reason that tells bytes of another encoding from JSON that is broken."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as undecodable:
        return f"bytes that are not UTF-8, from byte {undecodable.start} of the record"
    return f"not JSON: {error}"


def too_long(limits: Limits) -> str:
    """The reason given for a record over the limit."""
    return f"longer than {limits.record_bytes} bytes: not read (raise --max-record-bytes to read it)"
