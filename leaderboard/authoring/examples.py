"""The examples that stand beside the rules: each text must give its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leaderboard.models import Paper, Result
from leaderboard.rulebook import RuleSet

Extract = Callable[[Paper], Sequence[Result]]

SHOWN = ("value", "unit", "kind", "holder", "benchmark", "metric", "split", "model")
"""Columns of a row that are shown where the example asks for no row like it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one example gave. `missing` are expected rows without a row, `extra` are rows nobody expected."""

    rule: str
    source: str
    text: str
    known_miss: bool
    missing: list[dict[str, Any]] = field(default_factory=list)
    extra: list[dict[str, Any]] = field(default_factory=list)
    matched: int = 0

    @property
    def passed(self) -> bool:
        """Whether the text gave exactly its rows."""
        return not self.missing and not self.extra

    @property
    def failed(self) -> bool:
        """Whether this is an error: a miss that is not known, or a known miss that is none any more."""
        return self.passed == self.known_miss

    def lines(self) -> list[str]:
        """The difference, line by line: - expected, + actual."""
        return [f"- {_in_line(row)}" for row in self.missing] + [f"+ {_in_line(row)}" for row in self.extra]


def examples_of(rules: RuleSet) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every example with the id and the place of the entry that it stands beside."""
    for section in ("benchmarks", "metrics", "tasks"):
        for name, raw in getattr(rules, section).rows_with("examples"):
            for example in raw["examples"]:
                yield name, str(raw.get("source", "")), example
    for read in rules.extra.get("patterns", ()):
        for section in ("naming", "results"):
            for entry in read["data"].get(section, ()):
                for example in entry.get("examples", ()):
                    yield entry["id"], read["file"], example


def run_examples(rules: RuleSet, extract: Extract, only: Sequence[str] = ()) -> list[Outcome]:
    """Run the examples of all rules, or of those with an id in `only`."""
    return [
        outcome_of(name, source, example, extract)
        for name, source, example in examples_of(rules)
        if not only or name in only
    ]


def outcome_of(name: str, source: str, example: Mapping[str, Any], extract: Extract) -> Outcome:
    """Run one example: each expected row takes the first row whose columns agree with it."""
    rows = [row.model_dump() for row in extract(Paper(abstract=example["text"]))]
    missing = []
    expected = example.get("rows", [])
    for wanted in sorted(expected, key=len, reverse=True):
        found = next(
            (row for row in rows if all(_same(row.get(key), value) for key, value in wanted.items())), None
        )
        if found is None:
            missing.append(dict(wanted))
        else:
            rows.remove(found)
    columns = list(dict.fromkeys([*(key for wanted in expected for key in wanted), *SHOWN]))
    extra = [{key: row[key] for key in columns if row.get(key) not in ("", None)} for row in rows]
    return Outcome(
        name,
        source,
        example["text"],
        bool(example.get("known_miss")),
        missing,
        extra,
        len(expected) - len(missing),
    )


def _same(actual: Any, wanted: Any) -> bool:
    if isinstance(actual, float) and isinstance(wanted, int | float) and not isinstance(wanted, bool):
        return abs(actual - wanted) < 1e-9
    return bool(actual == wanted)


def _in_line(row: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{key}: {value:g}" if isinstance(value, float) else f"{key}: {value}" for key, value in row.items()
    )
