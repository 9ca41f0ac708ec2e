"""Rows from files and from the extractor, as one checked frame.

The **results frame** has the columns of `leaderboard.models.Result`, in that order, and nothing else:

| columns | dtype |
| --- | --- |
| texts (`paper_id` … `rule`) | string, empty where unknown, never missing |
| `value`, `value_high`, `confidence` | float64; `value_high` is NaN where there is none |
| `start`, `end` | int64 |
| `higher_is_better` | nullable boolean |
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final, cast

import numpy as np
import orjson
import pandas as pd

from leaderboard.errors import InputError
from leaderboard.models import Result
from leaderboard.spreadsheet import unguard_text

COLUMNS: Final[tuple[str, ...]] = tuple(Result.model_fields)
FLOATS: Final = ("value", "value_high", "confidence")
INTEGERS: Final = ("start", "end")
BOOLEANS: Final = ("higher_is_better",)
TEXTS: Final = tuple(c for c in COLUMNS if c not in (*FLOATS, *INTEGERS, *BOOLEANS))
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("score", "gain", "ratio", "rank"),
    "holder": ("own", "other"),
    "field": ("title", "abstract"),
}
SUFFIXES: Final = (".csv", ".jsonl", ".ndjson", ".parquet")
PACKED: Final = (".gz", ".bz2", ".zst")

_TRUE = ("true", "1", "1.0", "yes")
_FALSE = ("false", "0", "0.0", "no")

Source = str | os.PathLike[str]


class ResultsError(InputError):
    """Rows that cannot be used; the message names the file, the record and the mend."""


def results_frame(rows: Iterable[Result | Mapping[str, Any]]) -> pd.DataFrame:
    """The results frame of `Result` objects or of mappings with their fields.

    >>> results_frame([]).shape
    (0, 26)
    """
    records = [row.model_dump() if isinstance(row, Result) else dict(row) for row in rows]
    return checked(pd.DataFrame.from_records(records) if records else pd.DataFrame(), "rows")


def read_results(source: Source | Sequence[Source]) -> pd.DataFrame:
    """The results frame of a file, of several files, or of a folder of parts.

    Files are CSV, JSON Lines or Parquet, told by their suffix, plain or `.gz`, `.bz2`, `.zst`. In a folder
    every such file is read in the order of names; hidden ones and those still being written are left out.
    Addresses such as `s3://bucket/rows.parquet` work where fsspec is installed.

    Columns added since an older version are filled with their defaults; unknown ones are dropped.

    Raises:
        ResultsError: naming the file, the record and the mend.

    >>> read_results("rows.csv")  # doctest: +SKIP
    """
    if isinstance(source, (str, os.PathLike)):
        files = _files(os.fspath(source))
    else:
        files = [file for one in source for file in _files(os.fspath(one))]
    frames = [_read_file(file) for file in files]
    if len(frames) == 1:
        return frames[0]
    return pd.concat(frames, ignore_index=True) if frames else results_frame([])


def checked(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """The frame with all columns of a row, in order and typed; `where` names it in errors.

    Raises:
        ResultsError: a column that has no default is missing, or a value is not of its type.
    """
    columns = {}
    for name in COLUMNS:
        if name in frame.columns:
            columns[name] = _typed(frame[name], name, where)
        elif Result.model_fields[name].is_required() and len(frame):
            raise ResultsError(
                f"{where}: there is no column {name!r}; are these rows of 'leaderboard extract'? "
                f"Columns found: {', '.join(map(str, frame.columns[:8]))}"
            )
        else:
            columns[name] = _default(name, len(frame), frame.index)
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def to_results(frame: pd.DataFrame) -> list[Result]:
    """The rows of a results frame as `Result` objects, equal to those it was made from."""
    return [Result.model_validate(record) for record in plain_records(frame)]


def plain_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's records as plain Python values: None for what is missing, int, float, bool, str."""
    columns: dict[str, list[Any]] = {}
    for name in frame.columns:
        values = frame[name]
        objects = values.astype(object)
        columns[str(name)] = objects.where(values.notna(), None).tolist()
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


# --- one column -------------------------------------------------------------------------------------------


def _typed(values: pd.Series[Any], name: str, where: str) -> pd.Series[Any]:
    if name in BOOLEANS:
        return _boolean(values, name, where)
    if name in FLOATS or name in INTEGERS:
        return _number(values, name, where)
    if not pd.api.types.is_string_dtype(values.dropna()):
        wrong = values.map(lambda v: v is not None and v == v and not isinstance(v, str))
        _refuse(wrong, values, name, where)
    texts = values.fillna("").astype(str)
    if name in CHOICES:
        _refuse(~texts.isin(CHOICES[name]), texts, name, where, f"one of {', '.join(CHOICES[name])}")
    return texts


def _number(values: pd.Series[Any], name: str, where: str) -> pd.Series[Any]:
    plain = values.replace("", None) if values.dtype == object or _is_text(values) else values
    numbers = pd.to_numeric(plain, errors="coerce").astype("float64")
    missing_allowed = name == "value_high"
    wrong = (numbers.isna() & plain.notna()) | ~np.isfinite(numbers.fillna(0))
    if not missing_allowed:
        wrong |= numbers.isna()
    _refuse(wrong, values, name, where, "a number")
    if name in INTEGERS:
        _refuse((numbers % 1 != 0) | (numbers < 0), values, name, where, "a whole number from 0")
        return numbers.astype("int64")
    return numbers


def _boolean(values: pd.Series[Any], name: str, where: str) -> pd.Series[Any]:
    if str(values.dtype) in ("bool", "boolean"):
        return values.astype("boolean")
    words = values.map(lambda v: "" if v is None or v != v else str(v).strip().lower()).astype(str)
    _refuse(~words.isin(("", *_TRUE, *_FALSE)), values, name, where, "true, false or empty")
    out = pd.Series(pd.NA, index=values.index, dtype="boolean")
    out[words.isin(_TRUE)] = True
    out[words.isin(_FALSE)] = False
    return out


def _is_text(values: pd.Series[Any]) -> bool:
    return bool(pd.api.types.is_string_dtype(values))


def _default(name: str, length: int, index: pd.Index[Any]) -> pd.Series[Any]:
    if name in BOOLEANS:
        return pd.Series(pd.NA, index=index, dtype="boolean")
    if name in INTEGERS:
        return pd.Series(0, index=index, dtype="int64")
    if name in FLOATS:
        return pd.Series(np.nan, index=index, dtype="float64")
    return pd.Series([""] * length, index=index, dtype=str)


def _refuse(
    wrong: pd.Series[Any], values: pd.Series[Any], name: str, where: str, expected: str = "text"
) -> None:
    if not bool(wrong.any()):
        return
    first = int(np.flatnonzero(wrong.to_numpy(dtype=bool))[0])
    raise ResultsError(
        f"{where}: record {first + 1}: {name} is {_shown(values.iloc[first])}, expected {expected}; "
        "mend the record or run the extraction again"
    )


def _shown(value: Any) -> str:
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return text if len(text) <= 60 else f"{text[:57]}..."


# --- files ------------------------------------------------------------------------------------------------


def _files(address: str) -> list[str]:
    if "://" in address:
        return _remote_files(address)
    path = Path(address)
    if path.is_dir():
        found = sorted(str(p) for p in path.rglob("*") if p.is_file() and _is_rows_file(p.relative_to(path)))
        if not found:
            raise ResultsError(
                f"{path}: no rows in this folder; expected files ending in {', '.join(SUFFIXES)}, "
                "as 'leaderboard extract' writes them"
            )
        return found
    if not path.exists():
        raise ResultsError(
            f"{path}: no such file; make it with 'leaderboard extract PAPERS -o {path.name or 'rows.csv'}'"
        )
    return [address]


def _is_rows_file(path: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.parts)
    return not hidden and _kind(path.name) != ""


def _remote_files(address: str) -> list[str]:
    fsspec = _fsspec(address)
    filesystem, path = fsspec.core.url_to_fs(address)
    if not filesystem.isdir(path):
        return [address]
    found = [p for p in filesystem.find(path) if _is_rows_file(Path(os.path.relpath(p, path)))]
    if not found:
        raise ResultsError(f"{address}: no rows in this folder")
    return [str(filesystem.unstrip_protocol(p)) for p in sorted(found)]


def _fsspec(address: str) -> Any:
    try:
        import fsspec
    except ImportError as error:  # pragma: no cover - depends on what is installed
        raise ResultsError(f"{address}: addresses need fsspec: pip install 'leaderboard[sources]'") from error
    return fsspec


def _kind(name: str) -> str:
    lower = name.lower()
    for packed in PACKED:
        lower = lower.removesuffix(packed)
    return next((suffix for suffix in SUFFIXES if lower.endswith(suffix)), "")


def _read_file(address: str) -> pd.DataFrame:
    kind = _kind(address)
    if not kind:
        raise ResultsError(f"{address}: rows are read from files ending in {', '.join(SUFFIXES)}")
    try:
        with _open(address) as stream:
            if kind == ".parquet":
                frame = pd.read_parquet(io.BytesIO(stream.read()))
            elif kind == ".csv":
                frame = _read_csv(stream, address)
            else:
                frame = _read_json_lines(stream, address)
    except ResultsError:
        raise
    except FileNotFoundError as error:
        raise ResultsError(f"{address}: no such file") from error
    except (OSError, EOFError, ValueError, csv.Error) as error:
        # Parquet, decompression and decoding each have their own exceptions; all of them are of these kinds.
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ResultsError(f"{address}: cannot be read ({reason}); write it again") from error
    return checked(frame, address)


def _open(address: str) -> IO[bytes]:
    if "://" in address:
        raw = cast("IO[bytes]", _fsspec(address).open(address, "rb").open())
    else:
        raw = Path(address).open("rb")  # noqa: SIM115 - given to the caller, who closes it
    lower = address.lower()
    if lower.endswith(".gz"):
        return cast("IO[bytes]", gzip.open(raw))
    if lower.endswith(".bz2"):
        return cast("IO[bytes]", bz2.open(raw))
    if lower.endswith(".zst"):
        import zstandard

        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(raw, closefd=True))
    return raw


def _read_csv(stream: IO[bytes], where: str) -> pd.DataFrame:
    text = stream.read().decode("utf-8-sig")
    if not text.strip():
        raise ResultsError(f"{where}: the file is empty, without even a header; write it again")
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader)
    records = []
    for number, record in enumerate(reader, start=1):
        if len(record) != len(header):
            raise ResultsError(
                f"{where}: record {number} (line {reader.line_num}) has {len(record)} cells, "
                f"the header has {len(header)}; mend the record or write the file again"
            )
        records.append(record)
    frame = pd.DataFrame(records, columns=header, dtype=str)
    for name in TEXTS:
        if name in frame.columns:
            frame[name] = frame[name].map(unguard_text).astype(str)
    return frame


def _read_json_lines(stream: IO[bytes], where: str) -> pd.DataFrame:
    records = []
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            message = f"{where}: line {number}: not JSON ({error}); mend or remove the line"
            raise ResultsError(message) from error
        if not isinstance(record, dict):
            raise ResultsError(f"{where}: line {number}: expected an object with the fields of a row")
        records.append(record)
    return pd.DataFrame.from_records(records) if records else pd.DataFrame()
