"""A row in the making, and what a paper has said before the sentence at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from leaderboard import expressions as re
from leaderboard.mentions.numbers import Number
from leaderboard.mentions.tokens import Token
from leaderboard.rulebook import NameHit

QUANTITIES = frozenset(("quantity", "speed"))
"""The sorts of numbers that have a unit of measurement."""
DECIBELS = "dB"
"""The unit of several metrics, of which a paper mostly has one."""
VAGUE = frozenset(("performance", "score", "scores", "result", "results"))
"""Words for a metric that another word of the sentence may name."""
EFFICIENCY = re.compile(
    r"\b(?:fps|latency|speed|time|times|memory|parameters?|params|flops|macs|cost|costs|throughput|energy|"
    r"sizes?|delays?|computational|faster|slower|quicker|smaller|lighter|cheaper|expensive|compact|"
    r"runtime|compute|computation|communication|power|bandwidth|overhead|training|tokens?|efficiency|storage|"
    r"footprint|speedups?|convergence|hours|carbon|complexity|consumption|operations|utili[sz]ation)\b",
    re.IGNORECASE,
)
"""Metrics of what a system costs, not of how well it does."""
PARENTHESIS = re.compile(r"\([^()]*\)")
"""A parenthesis among the symbols of a sentence."""
_QUALITY_AT_END = re.compile(r"\b(?:errors?|accurac(?:y|ies))$", re.IGNORECASE)
"""What ends the name of a metric that is none of these, whatever it begins with."""


class Named(NamedTuple):
    """A benchmark as a sentence names it."""

    printed: str
    id: str = ""
    subset: str = ""
    title: str = ""
    """How to call several benchmarks that share a number."""

    @property
    def key(self) -> str:
        """What tells one benchmark from another."""
        return f"{self.id or self.printed.lower()}/{self.subset}"


@dataclass(slots=True, eq=False)
class Draft:
    """A row in the making: token indices and claims, with the source of every field."""

    index: int
    number: Number
    kind: str
    holder: str
    rule: str
    high: Number | None = None
    metric: tuple[int, int] | None = None
    """Clean-text span of the metric's name."""
    metric_id: str = ""
    metric_implied: str = ""
    benchmarks: list[Named] = field(default_factory=list)
    elsewhere: bool = False
    """Whether it was measured on something that has no name, whatever the sentence names."""
    model: str = ""
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What earlier sentences of the paper have said."""

    benchmarks: list[Named] = field(default_factory=list)
    metric: tuple[str, str] | None = None
    """Print and catalogue id of the metric spoken of last."""
    metrics: list[tuple[str, str]] = field(default_factory=list)
    """Those of the authors' levels in the last sentence that has any, in order, if all differ."""
    signals: tuple[str, str] | None = None
    """Print and catalogue id of the metric of the last number in decibels."""
    title: Callable[[], list[Named]] | list[Named] = field(default_factory=list)
    """The benchmarks of the title, which are those of a paper that names no other; or what tells them."""
    data: Callable[[], list[Named]] = list
    """The only data set that the whole abstract names."""
    since: int = 0
    """How many sentences have gone by since they were named."""
    announced: bool = False
    """Whether the sentence that named them told no result."""
    unread: list[Callable[[], list[Named]]] = field(default_factory=list)
    """Sentences without numbers, passed over until somebody asks what they named."""

    def titled(self) -> list[Named]:
        """The benchmarks of the title."""
        if not isinstance(self.title, list):
            self.title = self.title()
        return self.title

    def just_announced(self) -> bool:
        """Whether the sentence before the one at hand named benchmarks, and left the results to this one."""
        return bool(self.recall()) and self.announced and self.since == 0

    def recall(self) -> list[Named]:
        """The benchmarks named last before the sentence at hand."""
        for passed in range(len(self.unread)):
            if named := self.unread.pop()():
                self.benchmarks, self.since, self.announced = named, passed, True
                self.unread.clear()
                return named
            self.since += 1
        return self.benchmarks


def named(text: str, token: Token) -> Named:
    """The benchmark that a token names."""
    if isinstance(token.data, NameHit) and token.data.kind == "benchmark":
        return Named(text[token.start : token.end], token.data.id, token.data.subset_id)
    return Named(token.data if isinstance(token.data, str) else text[token.start : token.end])


def is_efficiency(text: str, draft: Draft) -> bool:
    """Whether a draft is about what a system costs. A "speed measurement error" is an error."""
    name = draft.metric_implied or (text[slice(*draft.metric)] if draft.metric else "")
    if draft.kind != "ratio" and _QUALITY_AT_END.search(name):
        return False
    named = f"{name} {draft.metric_id}" if draft.kind == "ratio" else name
    return bool(EFFICIENCY.search(named)) or (draft.kind == "ratio" and not draft.metric_id)
