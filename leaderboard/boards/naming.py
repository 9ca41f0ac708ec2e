"""How boards are called: as in the catalogue, or else as most rows call them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from leaderboard.boards.facts import Facts

KEYS = ["benchmark_key", "metric_key", "split_key"]


def board_names(rows: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """By board number, from scored rows: benchmark, metric and split with their ids, area and task."""
    boards = rows.drop_duplicates("board").set_index("board")[KEYS]
    benchmark = _most_common(rows, "benchmark", ["benchmark_key"])
    metric = _most_common(rows, "metric", ["metric_key"])
    split = _most_common(rows, "split", KEYS)
    task = _most_common(rows, "task", ["board"])
    names: dict[str, list[str]] = {name: [] for name in ("benchmark", "area", "task", "metric", "split")}
    for number, *keys in boards.itertuples():
        known, known_metric = facts.benchmark(keys[0]), facts.metric(keys[1])
        names["benchmark"].append(known.name if known else benchmark[keys[0]])
        names["area"].append(known.area if known else "")
        names["task"].append(("; ".join(known.tasks) if known else "") or task[number])
        names["metric"].append(known_metric.name if known_metric else metric[keys[1]])
        names["split"].append(_split_name(keys[2], split[tuple(keys)]))
    out = boards.assign(
        **{name: pd.Series(texts, boards.index, dtype="str") for name, texts in names.items()}
    )
    for name in ("benchmark", "metric"):
        ids = out[f"{name}_key"]
        out[f"{name}_id"] = ids.where(~ids.str.startswith("~"), "")
    return out


def _split_name(key: str, printed: str) -> str:
    """Nothing for the test split, "val" for any way to say validation."""
    return key if key in ("", "val") else printed


def _most_common(rows: pd.DataFrame, name: str, keys: list[str]) -> dict[Any, str]:
    """For each group the name that occurs most often in it, of equals the first in the alphabet."""
    counted = rows.groupby([*keys, name], sort=False).size().reset_index(name="times")
    counted = counted.sort_values(["times", name], ascending=[False, True])
    first = counted.drop_duplicates(keys)
    groups = first[keys[0]] if len(keys) == 1 else zip(*(first[key] for key in keys), strict=True)
    return dict(zip(groups, first[name], strict=True))
