"""The shape of a pattern: what it matches, without what it looks round for and what it captures.

A sentence that does not have a pattern's shape cannot match it, so most patterns need not be tried.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Shape = list[list[Any]]
"""Branches of a pattern, each a row of parts. A part is a string: one of its symbols; or a number: up to so
many symbols of any sort; or the least and the most times that an inner shape is repeated, and that shape.
There is no limit where most is -1.
"""


def fits(shape: Shape, symbols: str) -> bool:
    """Whether a shape is found anywhere in a sentence.

    >>> fits([["ab", 1, "c"]], "xbxc"), fits([["ab", 1, "c"]], "xbxxc")
    (True, False)
    """
    places: dict[str, int] = {}
    for i, symbol in enumerate(symbols):
        places[symbol] = places.get(symbol, 0) | 1 << i
    everywhere = (1 << len(symbols) + 1) - 1
    return bool(_ends(shape, everywhere, places, everywhere))


def _ends(shape: Shape, starts: int, places: dict[str, int], everywhere: int) -> int:
    """Where a shape can end that begins at `starts`, as bits; `places` are those of each symbol."""
    ends = 0
    for branch in shape:
        at = starts
        for part in branch:
            if isinstance(part, str):
                there = 0
                for symbol, where in places.items():
                    if symbol in part:
                        there |= where
                at = (at & there) << 1
            elif isinstance(part, int):
                for _ in range(part):
                    at |= at << 1 & everywhere
            else:
                least, most, inner = part
                for _ in range(least):
                    at = _ends(inner, at, places, everywhere)
                for _ in range(most - least if most >= 0 else everywhere.bit_length()):
                    more = at | _ends(inner, at, places, everywhere)
                    if more == at:
                        break
                    at = more
            if not at:
                break
        ends |= at
    return ends


Pair = tuple[str, str, bool]
"""Symbols of which one stands in every sentence of a shape, symbols of which one comes after it, and whether
that comes right after it.
"""


def pairs(shape: Shape) -> frozenset[Pair]:
    """The pairs that no sentence of a shape can do without.

    >>> sorted(pairs([["ab", "c", 2, "d"]]))
    [('ab', 'c', True), ('c', 'd', False)]
    """
    return _outline(shape).inner


@dataclass(frozen=True, slots=True)
class _Outline:
    """The first and the last symbols that a shape needs, whether they are at its very ends, and its pairs."""

    first: str = ""
    at_start: bool = False
    last: str = ""
    at_end: bool = False
    inner: frozenset[Pair] = frozenset()


def _outline(shape: Shape) -> _Outline:
    """What all branches of a shape have in common."""
    branches = [_outline_of(branch) for branch in shape]
    if len(branches) == 1:
        return branches[0]
    if not all(branch.first for branch in branches):
        return _Outline()
    return _Outline(
        _either(branch.first for branch in branches),
        all(branch.at_start for branch in branches),
        _either(branch.last for branch in branches),
        all(branch.at_end for branch in branches),
        frozenset.intersection(*(branch.inner for branch in branches)),
    )


def _outline_of(branch: list[Any]) -> _Outline:
    first, at_start, last, touches = "", True, "", True
    found: set[Pair] = set()
    for part in branch:
        if isinstance(part, str):
            one = _Outline(part, True, part, True)
        elif isinstance(part, list) and part[0] > 0:
            one = _outline(part[2])
        else:
            one = _Outline()
        found |= one.inner
        if not one.first:
            touches = False
            continue
        if last:
            found.add((last, one.first, touches and one.at_start))
        else:
            first, at_start = one.first, touches and one.at_start
        last, touches = one.last, one.at_end
    return _Outline(first, bool(first) and at_start, last, bool(last) and touches, frozenset(found))


def _either(symbols: Iterable[str]) -> str:
    return "".join(sorted(set("".join(symbols))))
