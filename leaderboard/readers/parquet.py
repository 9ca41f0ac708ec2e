"""Parquet tables with an abstract column."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from leaderboard.readers.fields import has_paper_columns, is_paper_column, paper_of
from leaderboard.readers.records import BrokenStream, Fault, Limits, Record

__all__ = ["frame", "paper"]

_BATCH_ROWS = 256

paper = paper_of


def frame(stream: BinaryIO, limits: Limits) -> Iterator[Record | Fault]:
    """The rows, numbered from 1, a batch at a time; only the columns that papers need are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryFile() as spool:
        source: Any = stream
        if not stream.seekable():
            # The table of contents stands at the end, so a pipe has to be kept first.
            shutil.copyfileobj(stream, spool, 1 << 20)
            source = spool
        number = 0
        try:
            table = pq.ParquetFile(source, pre_buffer=False)
            names = table.schema_arrow.names
            if not has_paper_columns(names):
                raise BrokenStream(f"no abstract column among {', '.join(names[:20])} (rename one)")
            wanted = [name for name in names if is_paper_column(name)]
            for batch in table.iter_batches(batch_size=_BATCH_ROWS, columns=wanted):
                for row in _rows(batch):
                    number += 1
                    if isinstance(row, str):
                        yield Fault(number, row)
                    else:
                        size = sum(len(value) for value in row.values() if isinstance(value, str | bytes))
                        if size > limits.record_bytes:
                            from leaderboard.readers.jsonlines import too_long

                            yield Fault(number, too_long(limits))
                        else:
                            yield Record(number, row, size)
        except (pa.ArrowException, OSError) as error:
            raise BrokenStream(f"the Parquet data is damaged: {' '.join(str(error).split())[:200]}") from None


def _rows(batch: Any) -> Iterator[dict[str, Any] | str]:
    """The batch's rows as mappings; for a row with undecodable text, the reason why there is none."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for place in range(batch.num_rows):
            try:
                yield batch.slice(place, 1).to_pylist()[0]
            except UnicodeDecodeError as error:
                yield f"bytes that are not UTF-8, from byte {error.start} of a cell"
