"""Lines of text, bounded, for the formats that are read line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO


def text_lines(stream: BinaryIO, longest: int) -> Iterator[str]:
    """The stream's lines with their ends; a line longer than `longest` bytes comes in pieces.

    Bytes that are not UTF-8 become lone surrogates: they stay with their own record, which is then rejected,
    and the rest of the file is read.
    """
    while line := stream.readline(longest):
        yield line.decode("utf-8", "surrogateescape")
