"""Values of frames as plain Python ones, with ISO dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

BOARD = ["benchmark", "benchmark_id", "metric", "metric_id", "split"]


def columns_of(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """The columns as lists of str, int, float, bool and None; days as ISO dates."""
    return {str(name): _plain(frame[name]) for name in frame.columns}


def tables_of(boards: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Each board's entries, in the order in which the boards stand, without those that are flagged."""
    shown = boards.loc[(boards["flag"] == "") & ~boards["variant"]]
    for _, entries in shown.groupby(BOARD, sort=False):
        yield entries


def heading(entries: pd.DataFrame) -> str:
    """A board's name: benchmark, split and metric.

    >>> heading(pd.DataFrame([{"benchmark": "COCO", "split": "val", "metric": "box AP"}]))
    'COCO val: box AP'
    """
    first = entries.iloc[0]
    name = " ".join(filter(None, (first["benchmark"], first["split"])))
    return f"{name}: {first['metric']}" if first["metric"] else str(name)


def direction(entries: pd.DataFrame) -> str:
    """Which way is better, in words."""
    higher = entries["higher_is_better"].iloc[0]
    if pd.isna(higher):
        return "unknown which is better, so not ranked"
    return "higher is better" if higher else "lower is better"


def rank_text(rank: Any) -> str:
    """A rank, or a dash for an entry without one."""
    return "–" if pd.isna(rank) else str(rank)


def _plain(values: pd.Series[Any]) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(values):
        values = values.dt.strftime("%Y-%m-%d")
    return values.astype(object).where(values.notna(), None).tolist()
