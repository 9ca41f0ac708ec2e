"""The catalogue as tables: entries with their other names and how often the rows use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from leaderboard.boards import to_results
from leaderboard.models import Result
from leaderboard.rulebook import RuleSet

_DIRECTION = {True: "higher", False: "lower", None: ""}


def benchmarks(rules: RuleSet, rows: pd.DataFrame) -> pd.DataFrame:
    """Benchmarks: `name`, `area`, `tasks`, `metrics`, `aliases`, `parts`, `results`, `papers`, `id`,
    `source`."""
    used, papers = _uses(rows, "benchmark_id")
    records = [
        (
            one.name,
            one.area,
            _names(rules.tasks, one.tasks),
            _names(rules.metrics, one.metrics),
            ", ".join(one.aliases),
            ", ".join([*one.splits, *(part.name for part in one.subsets)]),
            used.get(key, 0),
            papers.get(key, 0),
            key,
            one.source,
        )
        for key, one in rules.benchmarks.items()
    ]
    columns = ["name", "area", "tasks", "metrics", "aliases", "parts", "results", "papers", "id", "source"]
    return _most_used_first(pd.DataFrame(records, columns=columns))


def metrics(rules: RuleSet, rows: pd.DataFrame) -> pd.DataFrame:
    """Metrics: `name`, `better`, `unit`, `range`, `family`, `aliases`, `results`, `papers`, `id`,
    `source`."""
    used, papers = _uses(rows, "metric_id")
    records = [
        (
            one.name,
            _DIRECTION[one.higher_is_better],
            one.unit,
            f"{one.range[0]:g} to {one.range[1]:g}" if one.range else "",
            _names(rules.metrics, (one.family,)) if one.family else "",
            ", ".join(one.aliases),
            used.get(key, 0),
            papers.get(key, 0),
            key,
            one.source,
        )
        for key, one in rules.metrics.items()
    ]
    columns = ["name", "better", "unit", "range", "family", "aliases", "results", "papers", "id", "source"]
    return _most_used_first(pd.DataFrame(records, columns=columns))


def tasks(rules: RuleSet, rows: pd.DataFrame) -> pd.DataFrame:
    """Tasks: `name`, `area`, `aliases`, `benchmarks` (how many), `results`, `id`, `source`."""
    many: dict[str, int] = {}
    for one in rules.benchmarks.values():
        for task in one.tasks:
            many[task] = many.get(task, 0) + 1
    used = {
        str(name): int(count) for name, count in rows.loc[rows["task"] != "", "task"].value_counts().items()
    }
    records = [
        (one.name, one.area, ", ".join(one.aliases), many.get(key, 0), used.get(one.name, 0), key, one.source)
        for key, one in rules.tasks.items()
    ]
    frame = pd.DataFrame(
        records, columns=["name", "area", "aliases", "benchmarks", "results", "id", "source"]
    )
    return frame.sort_values(
        ["results", "benchmarks", "name"], ascending=[False, False, True], ignore_index=True
    )


def coverage(rules: RuleSet, rows: pd.DataFrame) -> pd.DataFrame:
    """The result rules: `rule`, `results`, `papers`, mean `confidence`, `example`; silent ones last."""
    grouped = rows.groupby("rule", sort=False)
    frame = pd.DataFrame(
        {
            "results": grouped.size(),
            "papers": grouped["paper_id"].nunique(),
            "confidence": grouped["confidence"].mean().round(2),
            "example": grouped["sentence"].first(),
        }
    )
    silent = [name for name in rule_ids(rules) if name not in frame.index]
    never = pd.DataFrame({"results": 0, "papers": 0, "confidence": float("nan"), "example": ""}, index=silent)
    both = pd.concat([frame, never]) if silent else frame
    return (
        both.rename_axis("rule")
        .reset_index()
        .sort_values(["results", "rule"], ascending=[False, True], ignore_index=True)
    )


def rule_ids(rules: RuleSet) -> list[str]:
    """The ids of the rules that can make rows."""
    files = rules.extra.get("patterns") or []
    return [str(entry["id"]) for one in files for entry in one.get("data", one).get("results", ())]


def unnamed_rows(rows: pd.DataFrame) -> list[Result]:
    """The rows whose benchmark no rule knows, as `leaderboard.authoring.discover` takes them."""
    return to_results(rows.loc[(rows["benchmark"] != "") & (rows["benchmark_id"] == "")])


def filtered(frame: pd.DataFrame, words: str, area: str = "", *, used: bool = False) -> pd.DataFrame:
    """The entries that have all the words in their names, ids or other fields."""
    keep = pd.Series(True, index=frame.index)
    texts = [
        name
        for name in ("name", "id", "aliases", "tasks", "metrics", "area", "rule", "example")
        if name in frame.columns
    ]
    folded = frame[texts].fillna("").agg("\n".join, axis=1).str.casefold() if len(frame) else keep.astype(str)
    for word in words.casefold().split():
        keep &= folded.str.contains(word, regex=False)
    if area and "area" in frame.columns:
        keep &= frame["area"] == area
    if used:
        keep &= frame["results"] > 0
    return frame.loc[keep]


def _uses(rows: pd.DataFrame, column: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    some = rows.loc[rows[column] != "", [column, "paper_id", "title"]]
    paper = some["paper_id"].where(some["paper_id"] != "", some["title"])
    grouped = some.assign(paper=paper).groupby(column)
    used = {str(key): int(many) for key, many in grouped.size().items()}
    return used, {str(key): int(many) for key, many in grouped["paper"].nunique().items()}


def _names(table: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return ", ".join(table[key].name if key in table else key for key in keys)


def _most_used_first(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["results", "name"], ascending=[False, True], ignore_index=True)
