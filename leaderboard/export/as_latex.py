"""LaTeX: for each board a table with the rules of the booktabs package. What a paper says is set as text."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

import pandas as pd

from leaderboard.export.values import direction, heading, rank_text, tables_of

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    # Brackets after a line's end would be taken for an option of \\.
    "[": "{[}",
    "]": "{]}",
    "–": "--",
}


def write(boards: pd.DataFrame, stream: BinaryIO) -> None:
    r"""Write the boards' tables, to be used with `\input` in a document that loads booktabs."""
    stream.write(b"% Needs \\usepackage{booktabs} and \\usepackage[T1]{fontenc}.\n")
    for entries in tables_of(boards):
        stream.write(("\n" + "\n".join(_table(entries)) + "\n").encode())


def escape(text: str) -> str:
    r"""The text such that LaTeX sets it as it is.

    >>> escape("96.5% of R&D")
    '96.5\\% of R\\&D'
    """
    return "".join(_SPECIAL.get(character, character) for character in _SPACE.sub(" ", text).strip())


def _table(entries: pd.DataFrame) -> list[str]:
    rows = [" & ".join(_cells(entry)) + r" \\" for _, entry in entries.iterrows()]
    return [
        r"\begin{table}",
        r"  \centering",
        rf"  \caption{{{escape(heading(entries))} ({direction(entries)}).}}",
        r"  \begin{tabular}{rlrp{0.45\linewidth}l}",
        r"    \toprule",
        r"    \# & Model & Score & Paper & Date \\",
        r"    \midrule",
        *(f"    {row}" for row in rows),
        r"    \bottomrule",
        r"  \end{tabular}",
        r"\end{table}",
    ]


def _cells(entry: pd.Series[Any]) -> tuple[str, ...]:
    model = escape(entry["model"]) + (f" ({escape(entry['setting'])})" if entry["setting"] else "")
    paper = escape(entry["title"] or entry["paper_id"])
    rank = escape(rank_text(entry["rank"]))
    return (rank, model, escape(entry["printed"]), paper, escape(entry["date"]))
