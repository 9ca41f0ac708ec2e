"""Parquet with plain types, so that any reader takes it; days are dates."""

from __future__ import annotations

from typing import Any, BinaryIO

import pandas as pd

ROWS_A_GROUP = 20_000


def write(frame: pd.DataFrame, stream: BinaryIO) -> None:
    """Write the frame. What pandas would note of itself is left out, so equal frames give equal bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    table = table.cast(pa.schema([(field.name, _plain_type(field.type)) for field in table.schema]))
    pq.write_table(table, stream, compression="zstd", row_group_size=ROWS_A_GROUP)


def _plain_type(arrow: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_large_string(arrow) or pa.types.is_string_view(arrow) or pa.types.is_null(arrow):
        return pa.string()
    return pa.date32() if pa.types.is_timestamp(arrow) else arrow
