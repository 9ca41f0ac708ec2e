"""The texts of `fixtures/phenomena`, each with the rows that a reader takes from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from leaderboard import Paper, Result, extract_paper
from leaderboard.evaluate.names import same_benchmark, same_metric, same_model

FOLDER = Path(__file__).parent.parent / "fixtures" / "phenomena"
FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
KNOWN_FAILURES = "known-failures"
FIELDS = ("value", "value_high", "unit", "kind", "holder", "benchmark", "split", "metric", "model")

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """The cases of one file, in order."""
    loaded = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, list), f"{name}.yaml: expected a list of cases"
    return loaded


def rows_of(case: Case) -> list[Result]:
    """What the extractor takes from a case's text."""
    return extract_paper(Paper(id=case["id"], title=case.get("title", ""), abstract=case["text"]))


def fits(expected: Case, row: Result) -> bool:
    """Whether a row has what a case lists; names are compared as an evaluation compares them.

    A field that is not listed is open. An empty benchmark or metric means that none must be named.
    """
    return (
        row.value_high == expected.get("value_high")
        and all(getattr(row, name) == expected[name] for name in FIELDS[:5] if name in expected)
        and _fits_name(expected, "benchmark", (row.benchmark, row.benchmark_text), same_benchmark)
        and _fits_name(expected, "metric", (row.metric, row.metric_text), same_metric)
        and ("split" not in expected or expected["split"] == row.split)
        and ("model" not in expected or same_model(_forms(expected["model"]), row.model))
    )


def _fits_name(expected: Case, field: str, said: tuple[str, str], same: Any) -> bool:
    if field not in expected:
        return True
    forms = _forms(expected[field])
    return same(forms, said) if forms else not any(said)


def _forms(names: str | Sequence[str]) -> list[str]:
    return [name for name in ([names] if isinstance(names, str) else names) if name]


def complete(expected: Sequence[Case], rows: Sequence[Result]) -> bool:
    """Whether the rows are the expected ones, each once, and no others."""
    if len(expected) != len(rows):
        return False
    if not expected:
        return True
    first, rest = expected[0], expected[1:]
    return any(
        fits(first, row) and complete(rest, [*rows[:place], *rows[place + 1 :]])
        for place, row in enumerate(rows)
    )


def difference(expected: Iterable[Case], rows: Sequence[Result]) -> str:
    """What is missing and what is too much, for the message of a failing test."""
    expected = list(expected)
    lines = [f"missing  {one}" for one in expected if not any(fits(one, row) for row in rows)]
    lines += [
        f"too much { ({name: getattr(row, name) for name in FIELDS}) } by {row.rule}"
        for row in rows
        if not any(fits(one, row) for one in expected)
    ]
    return "\n".join(lines) or "a row is there twice, or missing where another is twice"
