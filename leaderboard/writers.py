"""Writing rows: CSV, JSON Lines and Parquet, with the columns of `Result` in order.

Rows are written as they come, beside the output, and the file takes its name only when all of them are there:
whoever reads the output finds the old one or the new one, whole, and never half of one.
"""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, get_args

import orjson

from leaderboard.errors import OutputError
from leaderboard.models import Result
from leaderboard.spreadsheet import csv_cell

COLUMNS = tuple(Result.model_fields)
"""The columns of every output, in order."""

Row = tuple[Any, ...]
"""The values of one `Result`, in the order of `COLUMNS`: plain data, cheap to send between processes."""

Write = Callable[[Sequence[Row]], None]

row_of: Callable[[Result], Row] = attrgetter(*COLUMNS)
"""A result as a `Row`."""

_ROWS_A_GROUP = 20_000
"""Rows held for one Parquet row group: large enough to compress well, small enough to hold."""


@contextmanager
def results_to(output: str | Path) -> Iterator[Write]:
    """A function that writes rows to `output`: a path ending in `.csv`, `.jsonl`, `.ndjson` or
    `.parquet`, or `-` for JSON Lines to standard output.

    When the block ends well, the file is there; when it ends in an exception, nothing is, and what was there
    before is untouched. Raises `OutputError` at once when the place cannot be written.

    >>> with results_to("rows.csv") as write:  # doctest: +SKIP
    ...     write([row_of(result) for result in results])
    """
    name = str(output)
    if name == "-":
        with _to_standard_output() as stream, _json_lines(stream) as write:
            yield write
        return
    encoder = _encoder_for(name)
    with whole_file(Path(name)) as stream, encoder(stream) as write:
        yield write


def write_results(results: Iterable[Result], output: str | Path) -> int:
    """Write all results and give their number; see `results_to`."""
    written = 0
    with results_to(output) as write:
        batch: list[Row] = []
        for result in results:
            batch.append(row_of(result))
            written += 1
            if len(batch) >= 1000:
                write(batch)
                batch = []
        write(batch)
    return written


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream to a file that appears under its name when the block ends well, and not at all otherwise.

    It is written in the same folder as `NAME.PID.part` and renamed. Raises `OutputError` for a place that
    cannot be written and for a disk that fills up.
    """
    # Through a link the file it points to is replaced, as writing to it would.
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise OutputError(f"{path}: is a folder (name a file in it, such as {path.name}/rows.csv)")
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        stream = partial.open("wb")
    except FileNotFoundError:
        raise OutputError(f"{path}: its folder does not exist (mkdir -p '{path.parent}')") from None
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror} (choose another place with -o)"
        raise OutputError(message) from None
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        if isinstance(error, BrokenPipeError) or error.errno is None:
            raise
        raise OutputError(f"{path}: writing failed: {error.strerror} (nothing is left of it)") from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _encoder_for(name: str) -> Callable[[BinaryIO], AbstractContextManager[Write]]:
    encoder = _ENCODERS.get(Path(name).suffix.lower())
    if encoder is None:
        suffixes = ", ".join(_ENCODERS)
        raise OutputError(f"{name}: no output format has this suffix (use one of {suffixes}, or -)")
    return encoder


@contextmanager
def _to_standard_output() -> Iterator[BinaryIO]:
    stream = sys.stdout.buffer
    yield stream
    stream.flush()


# --- the formats: each takes a stream of bytes and gives a function that writes rows ----------------------


@contextmanager
def _csv(stream: BinaryIO) -> Iterator[Write]:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)

    def write(rows: Sequence[Row]) -> None:
        writer.writerows([csv_cell(value) for value in row] for row in rows)

    try:
        yield write
        text.flush()
    finally:
        text.detach()


@contextmanager
def _json_lines(stream: BinaryIO) -> Iterator[Write]:
    def write(rows: Sequence[Row]) -> None:
        records = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
        stream.write(b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records))

    yield write


@contextmanager
def parquet_rows(stream: BinaryIO, note: Callable[[], Mapping[str, str]] | None = None) -> Iterator[Write]:
    """A function that writes rows to a stream as Parquet. What `note` gives at the end is kept in the file's
    metadata, so that a file and what is said of it cannot come apart."""
    held: list[Row] = []

    with ExitStack() as closing:

        @cache
        def opened() -> Any:
            # Loading the library takes as long as to read some hundred papers; workers read them meanwhile.
            import pyarrow.parquet as pq

            return closing.enter_context(pq.ParquetWriter(stream, _arrow_schema(), compression="zstd"))

        def write_group(rows: list[Row]) -> None:
            import pyarrow as pa

            schema = opened().schema
            columns = zip(*rows, strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            opened().write_table(pa.Table.from_arrays(arrays, schema=schema))

        def write(rows: Sequence[Row]) -> None:
            opened()
            # Groups hold a fixed number of rows however the rows arrive: the same rows give the same bytes.
            held.extend(rows)
            while len(held) >= _ROWS_A_GROUP:
                write_group(held[:_ROWS_A_GROUP])
                del held[:_ROWS_A_GROUP]

        yield write
        writer = opened()  # a file without rows is a file too
        if held:
            write_group(held)
        if note:
            writer.add_key_value_metadata(dict(note()))


def _arrow_schema() -> Any:
    import pyarrow as pa

    return pa.schema([(name, _arrow_type(name)) for name in COLUMNS])


def _arrow_type(name: str) -> Any:
    import pyarrow as pa

    annotation = Result.model_fields[name].annotation
    kinds = get_args(annotation) or (annotation,)
    for python, arrow in ((bool, pa.bool_()), (float, pa.float64()), (int, pa.int64())):
        if python in kinds:
            return arrow
    return pa.string()


_ENCODERS: dict[str, Callable[[BinaryIO], AbstractContextManager[Write]]] = {
    ".csv": _csv, ".jsonl": _json_lines, ".ndjson": _json_lines, ".parquet": parquet_rows,
}  # fmt: skip
