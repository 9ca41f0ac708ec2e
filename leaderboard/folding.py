"""The same result, told more than once, is one row."""

from __future__ import annotations

from collections.abc import Callable

from leaderboard.engine import Engine
from leaderboard.found import Found

_LATEST = 50
"""How many rows with one number are compared with a new one; no abstract comes near it."""


def fold(rows: list[Found], compiled: Engine) -> list[Found]:
    """The same number said twice of the same thing is one row: the one that says more, or else the first."""
    metrics = compiled.rules.metrics

    def family(row: Found) -> str:
        known = metrics.get(row.metric_id)
        return known.family if known else ""

    kept: list[Found] = []
    places: dict[tuple[float, float | None, str], list[int]] = {}
    for row in rows:
        alike = places.setdefault((row.value, row.value_high, row.kind), [])
        twin = next((i for i in alike[-_LATEST:] if _same(kept[i], row, family)), None)
        if twin is None:
            alike.append(len(kept))
            kept.append(row)
        elif len(row.benchmark) + len(row.metric) > len(kept[twin].benchmark) + len(kept[twin].metric):
            kept[twin] = row
    return kept


def _same(one: Found, other: Found, family: Callable[[Found], str]) -> bool:
    return (
        one.sentence != other.sentence
        and (one.holder == other.holder or one.kind == "rank")
        and (not one.benchmark or not other.benchmark or one.benchmark == other.benchmark)
        and _same_metric(one, other, family)
    )


def _same_metric(one: Found, other: Found, family: Callable[[Found], str]) -> bool:
    """Whether two rows may be of one metric: also "accuracy" and "test accuracy", of which one is the more
    general.
    """
    if not one.metric or not other.metric or one.metric.lower() == other.metric.lower():
        return True
    known = bool(one.metric_id and other.metric_id)
    return known and (family(one) == other.metric_id or family(other) == one.metric_id)
