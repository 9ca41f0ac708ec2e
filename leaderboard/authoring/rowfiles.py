"""Rows that were written before, read back as `Result`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from leaderboard.models import Result


def read_rows(path: Path) -> Iterator[Result] | None:
    """The rows of a file that `leaderboard extract` wrote, or None where the file is something else."""
    readers = {".jsonl": _from_jsonl, ".csv": _from_csv, ".parquet": _from_parquet}
    reader = readers.get(path.suffix)
    if reader is None:
        return None
    first = next(reader(path), None)
    if first is None or not {"sentence", "benchmark_id", "kind"} <= set(first):
        return None
    return map(_result, reader(path))


def _result(row: dict[str, Any]) -> Result:
    known = {name: value for name, value in row.items() if name in Result.model_fields}
    for name in ("value_high", "higher_is_better"):
        if known.get(name) == "":
            known[name] = None
    return Result.model_validate(known)


def _from_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as stream:
        for line in stream:
            try:
                row = orjson.loads(line)
            except ValueError:
                return
            if not isinstance(row, dict):
                return
            yield row


def _from_csv(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def _from_parquet(path: Path) -> Iterator[dict[str, Any]]:
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches():
        yield from batch.to_pylist()
