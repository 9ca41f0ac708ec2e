"""JSON Lines: one object a line, with the columns in order; missing values are null."""

from __future__ import annotations

from typing import BinaryIO

import orjson
import pandas as pd

from leaderboard.export.values import columns_of


def write(frame: pd.DataFrame, stream: BinaryIO) -> None:
    """Write the frame's rows, one to a line."""
    columns = columns_of(frame)
    names = list(columns)
    for row in zip(*columns.values(), strict=True):
        stream.write(orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))
