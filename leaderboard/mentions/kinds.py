"""Names that are no benchmarks: of families of models, of hardware, and words that are printed like names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from leaderboard import expressions as re

_NOTHING = re.compile(r"(?!)")


def family_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern for names that begin with one of a list: "GPT" finds GPT-4o and GPTs, not Gpting."""
    parts = sorted((re.escape(n).replace("\\-", "[- ]?") for n in names), key=len, reverse=True)
    return re.compile(rf"(?i:{'|'.join(parts)})(?:s\b)?(?![a-z])") if parts else _NOTHING


class Families:
    """The families of a list, by their first letters: most words begin like none of them.

    >>> families = Families(["GPT", "Llama"])
    >>> [bool(families.match(name)) for name in ("GPT-4o", "GPTs", "gpt-2", "Gpting")]
    [True, True, True, False]
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        self._all = family_pattern(self.names)
        by_letter: dict[str, list[str]] = {}
        for name in self.names:
            by_letter.setdefault(name[:1].lower(), []).append(name)
        self._by_letter = {letter: family_pattern(own) for letter, own in by_letter.items()}
        self._is_plain = all(letter.isascii() and letter.isalnum() for letter in by_letter)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The name of a family, or the beginning of one, at this place."""
        letter = text[start : start + 1]
        if not self._is_plain or not letter.isascii():  # whose other case may be another letter
            return self._all.match(text, start, end)
        own = self._by_letter.get(letter.lower())
        return own.match(text, start, end) if own else None


@dataclass(frozen=True, slots=True)
class NameKinds:
    """What `rules/names.yaml` says of names that are no benchmarks."""

    models: Families = field(default_factory=lambda: Families(()))
    hardware: Families = field(default_factory=lambda: Families(()))
    not_names: frozenset[str] = frozenset()
    not_metrics: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    not_scores: frozenset[str] = frozenset()
    more_is_better: Callable[[str], bool | None] = lambda metric_id: None
    """Whether more of a metric of the catalogue is better, or nothing where that is unknown."""
    is_of_errors: Callable[[str], bool] = lambda benchmark_id: False
    """Whether a benchmark of the catalogue is known by a metric of which less is better."""
