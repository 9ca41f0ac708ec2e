"""CSV that opens right in a spreadsheet: UTF-8, ISO dates, and no text that could run as a formula."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

import pandas as pd

from leaderboard.export.values import columns_of
from leaderboard.spreadsheet import csv_cell


def write(frame: pd.DataFrame, stream: BinaryIO) -> None:
    """Write the frame with a header; missing values are empty cells, texts are guarded (`spreadsheet`)."""
    columns = columns_of(frame)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(value) for value in row] for row in zip(*columns.values(), strict=True))
    text.flush()
    text.detach()
