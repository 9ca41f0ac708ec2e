"""The evaluation-tables JSON of Papers with Code: a list of tasks, as sota-extractor documents it.

A task holds datasets, a dataset its table (`sota`) and its splits as `subdatasets`; a table names its metrics
and has one row for each paper and system, with the scores as printed. A month counts as its first day, since
the format knows only whole dates. A system without a name goes by its paper's title.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import orjson
import pandas as pd

from leaderboard.export.values import columns_of

#: The task of benchmarks for which none is known.
NO_TASK = "Other"


def write(boards: pd.DataFrame, stream: BinaryIO) -> None:
    """Write the boards as one JSON document."""
    stream.write(orjson.dumps(tasks(boards), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def tasks(boards: pd.DataFrame) -> list[dict[str, Any]]:
    """The list of Task objects, by name; a benchmark stands under its first task."""
    entries = boards.loc[(boards["flag"] == "") & ~boards["variant"]].copy()
    entries["table_task"] = _task_of_benchmark(entries)
    return [
        {
            "task": str(name),
            "description": "",
            "categories": [],
            "synonyms": [],
            "subtasks": [],
            "source_link": None,
            "datasets": [
                _dataset(str(dataset), rows)
                for (dataset, _), rows in of_task.groupby(["benchmark", "benchmark_id"])
            ],
        }
        for name, of_task in entries.groupby("table_task")
    ]


def _task_of_benchmark(entries: pd.DataFrame) -> pd.Series[Any]:
    """The task that most of a benchmark's rows name, of equals the first in the alphabet."""
    first = entries["task"].str.split("; ").str[0].fillna("").astype("str")
    counted = entries.assign(first=first).loc[first != ""]
    counted = counted.groupby(["benchmark", "first"]).size().reset_index(name="times")
    counted = counted.sort_values(["times", "first"], ascending=[False, True]).drop_duplicates("benchmark")
    names = counted.set_index("benchmark")["first"]
    found = dict(names)
    return pd.Series([found.get(one, NO_TASK) for one in entries["benchmark"]], entries.index, dtype="str")


def _dataset(name: str, rows: pd.DataFrame) -> dict[str, Any]:
    splits = [
        {"subdataset": f"{name} {split}", **_described(of_split), "subdatasets": []}
        for split, of_split in rows.loc[rows["split"] != ""].groupby("split")
    ]
    return {"dataset": name, **_described(rows.loc[rows["split"] == ""]), "subdatasets": splits}


def _described(rows: pd.DataFrame) -> dict[str, Any]:
    return {"description": "", "dataset_links": [], "dataset_citations": [], "sota": _table(rows)}


def _table(rows: pd.DataFrame) -> dict[str, Any]:
    """One table of all metrics: a paper's numbers for one system stand in one row."""
    metrics: dict[str, None] = {}
    merged: dict[tuple[str, str, str], dict[str, Any]] = {}
    columns = columns_of(rows)
    for values in zip(*columns.values(), strict=True):
        entry = dict(zip(columns, values, strict=True))
        metric = entry["metric"] or "score"
        metrics[metric] = None
        key = (entry["paper_id"] or entry["title"], entry["title"], entry["model"])
        merged.setdefault(key, _row(entry))["metrics"][metric] = entry["printed"]
    return {"metrics": list(metrics), "rows": list(merged.values())}


def _row(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "model_name": entry["model"] or entry["title"] or entry["paper_id"],
        "paper_title": entry["title"],
        "paper_url": entry["url"],
        "paper_date": entry["day"],
        "code_links": [],
        "model_links": [],
        "metrics": {},
        "uses_additional_data": "extra" in entry["setting"].lower(),
    }
