"""Edits to a text, and the way back from the edited text to the one it was made from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace `text[start:end]` by the string. Edits come sorted and do not overlap."""


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each piece of an edited text comes from.

    A piece begins at `starts[i]` in the edited text and at `sources[i]` in its source. A copied piece has the
    same length in both and `wholes[i]` is -1; a replaced piece stands for `source[sources[i]:wholes[i]]` as a
    whole, so any part of it leads to all of it.
    """

    starts: list[int]
    sources: list[int]
    wholes: list[int]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that the span of the edited text was made from.

        The ends are those of the first and the last character, so text dropped around them stays outside.
        """
        starts = self.starts
        first = bisect_right(starts, start) - 1
        source_start = self.sources[first]
        if self.wholes[first] < 0:
            source_start += start - starts[first]
        if end <= start:
            return source_start, source_start
        last = bisect_right(starts, end - 1) - 1
        source_end = self.wholes[last]
        if source_end < 0:
            source_end = self.sources[last] + end - starts[last]
        return source_start, source_end


def apply_edits(text: str, edits: Sequence[Edit]) -> tuple[str, OffsetMap]:
    """Carry out sorted edits that do not overlap; return the new text and its map to the old one.

    >>> new, back = apply_edits("{88.5}", [(0, 1, ""), (5, 6, "")])
    >>> new, back.to_source(0, 4)
    ('88.5', (1, 5))
    """
    out: list[str] = []
    starts, sources, wholes = [0], [0], [-1]
    done = 0  # how far the source has been read
    length = 0  # how long the new text is
    for start, end, new in edits:
        if start > done:
            out.append(text[done:start])
            length += start - done
        done = end
        if new:
            out.append(new)
            if len(new) == 1 and end == start + 1:
                length += 1
                continue  # the piece before it simply goes on
            starts.append(length)
            sources.append(start)
            wholes.append(end)
            length += len(new)
        starts.append(length)
        sources.append(end)
        wholes.append(-1)
    out.append(text[done:])
    return "".join(out), OffsetMap(starts, sources, wholes)
