"""Rules ready to be tried on sentences, and which of them are worth trying."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import orjson
import regex

from leaderboard.shapes import fits


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

    @cached_property
    def quick(self) -> re.Pattern[str] | None:
        """The same for `re`, which has no repeated groups and not all looks behind but says several times
        sooner that nothing matches; None where it cannot read it. What it finds without a look behind may
        yet be no match.
        """
        plain = _GROUP_NAME.sub("(?:", self.source)
        for source in (plain, _LOOK_BEHIND.sub("", plain)):
            with suppress(re.error):
                return re.compile(source)
        return None

    def could_match(self, symbols: str) -> bool:
        """Whether to try the rule on a sentence. To compile takes as long as to look at the shape many times,
        so that is done only for who reads many sentences. `re` cannot be stopped, so it is not asked about
        rules that are watched.
        """
        own = self.__dict__
        if not self.shape:
            return True
        if "quick" not in own:
            own["asked"] = own.get("asked", 0) + 1
            if own["asked"] <= _PATIENCE:
                return "compiled" in own or self.fits(symbols)
            if self.watched:
                own["quick"] = None
        quick = self.quick
        return quick is None or quick.search(symbols) is not None

    def fits(self, symbols: str) -> bool:
        """Whether a sentence has the shape of the pattern."""
        return fits(orjson.loads(self.shape), symbols)


_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_LOOK_BEHIND = regex.compile(r"\(\?<[=!](?P<inside>(?:\[[^]]*\]|[^][()]|\((?&inside)\))*+)\)")
_PATIENCE = 5
"""How often a rule is kept from being compiled."""


Meets = tuple[int, int, int, int]
"""Of a symbol, as bits: the needs that it meets by itself; the pairs it ends; those that it begins, where
the end may come anywhere later; and those that it begins where the end must come next.
"""
_NOTHING: Meets = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class RuleList:
    """Rules in order, with a quick test for those that cannot match a sentence."""

    rules: tuple[Rule, ...]
    met_by: Mapping[str, Meets]
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
        met = before = just_before = 0
        met_by = self.met_by
        for symbol in symbols:
            alone, ends, begins, begins_pair = met_by.get(symbol, _NOTHING)
            met |= alone | ends & (before | just_before)
            before |= begins
            just_before = begins_pair
        return self.needed & ~met

    def as_data(self) -> dict[str, Any]:
        """The list as plain data, for the cache; the needs are too many bits for a number of JSON."""
        rows = [
            {**{field.name: getattr(rule, field.name) for field in fields(rule)}, "needs": f"{rule.needs:x}"}
            for rule in self.rules
        ]
        met_by = {symbol: [f"{bits:x}" for bits in meets] for symbol, meets in self.met_by.items()}
        return {"rules": rows, "met_by": met_by, "needed": f"{self.needed:x}"}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> RuleList:
        """The list that `as_data` gave."""
        rules = [Rule(**{**row, "needs": int(row["needs"], 16)}) for row in data["rules"]]
        met_by: dict[str, Meets] = {}
        for symbol, (alone, ends, begins, begins_pair) in data["met_by"].items():
            met_by[symbol] = (int(alone, 16), int(ends, 16), int(begins, 16), int(begins_pair, 16))
        return cls(tuple(rules), met_by, int(data["needed"], 16))
