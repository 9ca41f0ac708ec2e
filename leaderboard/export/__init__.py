"""Rows and boards in the formats that people use, each format in its own module.

`export_rows` writes a results frame, `export_boards` the board frames of one board or of several. The same
frame gives the same bytes. CSV, JSON Lines and Parquet read back to equal rows with `read_results`.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO, Final

import pandas as pd

from leaderboard.errors import LeaderboardError
from leaderboard.export import as_csv, as_jsonl, as_latex, as_markdown, as_parquet, as_pwc

Write = Callable[[pd.DataFrame, BinaryIO], None]

ROW_FORMATS: Final[dict[str, Write]] = {
    "csv": as_csv.write,
    "jsonl": as_jsonl.write,
    "parquet": as_parquet.write,
}
BOARD_FORMATS: Final[dict[str, Write]] = {
    **ROW_FORMATS,
    "markdown": as_markdown.write,
    "latex": as_latex.write,
    "pwc": as_pwc.write,
}
SUFFIXES: Final = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".md": "markdown",
    ".tex": "latex",
    ".json": "pwc",
}


def format_of(output: str, format: str = "") -> str:
    """The format's name: the one given, or else what the output's suffix says.

    Raises:
        LeaderboardError: for a name or a suffix that is none of ours.

    >>> format_of("imagenet.md"), format_of("-", "csv")
    ('markdown', 'csv')
    """
    if format:
        if format not in BOARD_FORMATS:
            raise LeaderboardError(f"no format is called {format!r} (use one of {', '.join(BOARD_FORMATS)})")
        return format
    for suffix, name in SUFFIXES.items():
        if output.lower().endswith(suffix):
            return name
    raise LeaderboardError(
        f"{output}: the format cannot be told from the name (end it in one of {', '.join(SUFFIXES)}, "
        "or say --format)"
    )


def export_rows(frame: pd.DataFrame, stream: BinaryIO, format: str, *, bom: bool = False) -> None:
    """Write a results frame as `csv`, `jsonl` or `parquet`; `bom` marks a CSV file as UTF-8 for spreadsheets.

    Raises:
        LeaderboardError: for a format that shows boards only.
    """
    if format not in ROW_FORMATS:
        raise LeaderboardError(
            f"{format} shows boards, not rows (name one with --board, or say --all-boards)"
        )
    _write(frame, stream, format, bom)


def export_boards(boards: pd.DataFrame, stream: BinaryIO, format: str, *, bom: bool = False) -> None:
    """Write board frames, as `board` and `all_boards` give them, in any format."""
    _write(boards, stream, format, bom)


def exported(boards: pd.DataFrame, format: str, *, bom: bool = False) -> bytes:
    """The bytes that `export_boards` writes, for a download."""
    stream = BytesIO()
    export_boards(boards, stream, format, bom=bom)
    return stream.getvalue()


def _write(frame: pd.DataFrame, stream: BinaryIO, format: str, bom: bool) -> None:
    if bom and format == "csv":
        stream.write(b"\xef\xbb\xbf")
    BOARD_FORMATS[format](frame, stream)
