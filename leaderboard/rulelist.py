"""Rules ready to be tried on sentences, and which of them are worth trying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import orjson
import regex


@dataclass(frozen=True)
class Rule:
    """A rule: what it looks for and what it says about the numbers it captures."""

    id: str
    pattern: str
    source: str
    """The pattern as a regular expression over symbols, or the one over the sentence's text."""
    over_text: bool
    priority: int
    binding: int
    """Priority of the claims that tie a metric, a benchmark or a name to the number; `priority` is that of
    the rest.
    """
    gives: Mapping[str, Any]
    needs: int
    """What the pattern cannot do without, as bits of the list that the rule stands in."""
    order: int
    shape: str
    """The pattern without what it looks round for, as JSON, if it is one over symbols; see `could_match`."""
    watched: bool
    """Whether its time is measured, which costs some: as that of every rule that is not built in."""

    @cached_property
    def compiled(self) -> Any:
        """The `regex` object, made when a sentence first needs it: most sentences need few rules."""
        return regex.compile(self.source)

    def could_match(self, symbols: str) -> bool:
        """Whether to try the rule on a sentence. Once it is compiled, to try is quicker than to ask; but to
        compile takes much longer than to ask.
        """
        return "compiled" in self.__dict__ or not self.shape or self.fits(symbols)

    def fits(self, symbols: str) -> bool:
        """Whether a sentence has the shape of the pattern."""
        return fits(orjson.loads(self.shape), symbols)


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
    everywhere = (1 << len(symbols) + 1) - 1
    return bool(_ends(shape, everywhere, symbols, everywhere))


def _ends(shape: Shape, starts: int, symbols: str, everywhere: int) -> int:
    """The places, as bits, where a shape can end that begins at one of some places."""
    ends = 0
    for branch in shape:
        at = starts
        for part in branch:
            if isinstance(part, str):
                at = sum(1 << i for i, symbol in enumerate(symbols) if symbol in part and at >> i & 1) << 1
            elif isinstance(part, int):
                for _ in range(part):
                    at |= at << 1 & everywhere
            else:
                least, most, inner = part
                for _ in range(least):
                    at = _ends(inner, at, symbols, everywhere)
                for _ in range(most - least if most >= 0 else len(symbols)):
                    more = at | _ends(inner, at, symbols, everywhere)
                    if more == at:
                        break
                    at = more
            if not at:
                break
        ends |= at
    return ends


@dataclass(frozen=True, slots=True)
class RuleList:
    """Rules in order, with a quick test for those that cannot match a sentence."""

    rules: tuple[Rule, ...]
    met_by: Mapping[str, int]
    """The needs, as bits, that a symbol meets."""
    needed: int
    """The needs of all rules."""
    _by_needs: tuple[tuple[int, Rule], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_needs", tuple((rule.needs, rule) for rule in self.rules))

    def possible(self, symbols: str) -> list[Rule]:
        """The rules, in order, that have all that they need in a sentence."""
        missing = self.missing(symbols)
        return [rule for needs, rule in self._by_needs if not needs & missing and rule.could_match(symbols)]

    def missing(self, symbols: str) -> int:
        """The needs, as bits, that a sentence does not meet; a rule whose needs share a bit with it cannot
        match.
        """
        met = 0
        for symbol in set(symbols):
            met |= self.met_by.get(symbol, 0)
        return self.needed & ~met

    def as_data(self) -> dict[str, Any]:
        """The list as plain data, for the cache; the needs are too many bits for a number of JSON."""
        rows = [
            {**{field.name: getattr(rule, field.name) for field in fields(rule)}, "needs": f"{rule.needs:x}"}
            for rule in self.rules
        ]
        met_by = {symbol: f"{needs:x}" for symbol, needs in self.met_by.items()}
        return {"rules": rows, "met_by": met_by, "needed": f"{self.needed:x}"}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> RuleList:
        """The list that `as_data` gave."""
        rules = [Rule(**{**row, "needs": int(row["needs"], 16)}) for row in data["rules"]]
        met_by = {symbol: int(needs, 16) for symbol, needs in data["met_by"].items()}
        return cls(tuple(rules), met_by, int(data["needed"], 16))
