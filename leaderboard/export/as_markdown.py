"""Markdown: for each board a heading and a ranked table. What a paper says is text there, never markup."""

from __future__ import annotations

import re
from typing import Any, BinaryIO
from urllib.parse import quote

import pandas as pd

from leaderboard.export.values import direction, heading, rank_text, tables_of

_SPECIAL = re.compile(r"([\\`*_\[\]|~$#!])")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_HEADER = ("#", "Model", "Score", "Setting", "Paper", "Date", "Quoted by")
_ALIGN = ("--:", "---", "--:", "---", "---", "---", "--:")


def write(boards: pd.DataFrame, stream: BinaryIO) -> None:
    """Write the boards' tables."""
    for number, entries in enumerate(tables_of(boards)):
        lines = [] if number == 0 else [""]
        lines += [f"## {escape(heading(entries))}", "", f"{len(entries)} entries, {direction(entries)}.", ""]
        lines += [_row(_HEADER), _row(_ALIGN)]
        lines += [_row(_cells(entry)) for _, entry in entries.iterrows()]
        stream.write(("\n".join(lines) + "\n").encode())


def escape(text: str) -> str:
    """The text such that Markdown shows it as it is, on one line.

    >>> escape("a|b <c> *d*")
    'a\\\\|b &lt;c&gt; \\\\*d\\\\*'
    """
    plain = _SPACE.sub(" ", text).strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", plain)


def _cells(entry: pd.Series[Any]) -> tuple[str, ...]:
    quoted = str(entry["quoted_by"]) if entry["quoted_by"] else ""
    return (
        rank_text(entry["rank"]),
        escape(entry["model"]),
        escape(entry["printed"]),
        escape(entry["setting"]),
        _link(entry["title"] or entry["paper_id"], entry["url"]),
        escape(entry["date"]),
        quoted,
    )


def _link(text: str, url: str) -> str:
    if not url.lower().startswith(("http://", "https://")):
        return escape(text)
    return f"[{escape(text)}]({quote(url, safe=':/?=&%#@+,;~.-_')})"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
