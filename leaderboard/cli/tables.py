"""Boards as terminal tables, readable from 80 columns on."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from leaderboard.export.values import direction, heading, rank_text

_CONTROL = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_PIPED_WIDTH = 100


def console() -> Console:
    """A console as wide as the terminal, or as COLUMNS says; what is piped on gets some more than usual."""
    known = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return Console(width=None if known else _PIPED_WIDTH, highlight=False)


def said(text: str, style: str = "") -> Text:
    """What a paper says, as text: no markup, no control characters that a terminal could obey."""
    return Text(_CONTROL.sub(" ", text).strip(), style=style, overflow="ellipsis", no_wrap=True)


def summary_table(boards: pd.DataFrame) -> Table:
    """The boards, one to a line."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    table.add_column("Benchmark", ratio=4, no_wrap=True, overflow="ellipsis")
    table.add_column("Metric", ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column("Papers", justify="right", width=6)
    table.add_column("Best", justify="right", width=9, no_wrap=True, overflow="ellipsis", style="bold")
    table.add_column("By", ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column("Since", width=7)
    for one in boards.itertuples():
        name = " ".join(filter(None, (str(one.benchmark), str(one.split))))
        best = said(str(one.printed)) if one.printed else Text("–", style="dim")
        holder = str(one.model) or str(one.title)
        metric = said(str(one.metric)) if one.metric else Text("not named", style="dim")
        table.add_row(said(name), metric, str(one.entries), best, said(holder), _month(one.last_change))
    return table


def board_table(entries: pd.DataFrame) -> Table:
    """One board: a line for each entry's number and system, and under it the paper."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    table.title = Text(f"{_CONTROL.sub(' ', heading(entries))} ({direction(entries)})", style="bold")
    table.title_justify = "left"
    table.add_column("#", justify="right", width=4)
    table.add_column("Score", justify="right", width=9, no_wrap=True, overflow="ellipsis")
    table.add_column("System and paper", ratio=1)
    table.add_column("Date", width=10)
    notes = [_notes(entry) for _, entry in entries.iterrows()]
    if any(notes):
        table.add_column(
            "Notes", width=min(22, max(len(line) for note in notes for line in note.splitlines()))
        )
    for (_, entry), note in zip(entries.iterrows(), notes, strict=True):
        style = "bold" if entry["record"] else ("dim" if pd.isna(entry["rank"]) else "")
        rank = "" if entry["variant"] else rank_text(entry["rank"])
        printed, date = said(entry["printed"], style), said(entry["date"])
        noted = [Text(note, style="dim")] if any(notes) else []
        table.add_row(rank, printed, _system(entry, style), date, *noted)
    return table


def closing_lines(entries: pd.DataFrame, top: int) -> list[Text]:
    """What stands under a board: how many more there are, and claims that an earlier entry contradicts."""
    papers = entries.loc[~entries["variant"]]
    lines = []
    if top and len(papers) > top:
        lines.append(Text(f"{top} of {len(papers)} papers (more with --top, 0 for all)", style="dim"))
    shown = papers.head(top) if top else papers
    for _, entry in shown.loc[shown["better_earlier"] != ""].iterrows():
        name = entry["model"] or entry["title"]
        line = f"* {name} claims the state of the art; earlier and better: {entry['better_earlier']}"
        lines.append(Text(_CONTROL.sub(" ", line), style="dim"))
    return lines


def _system(entry: pd.Series[Any], style: str) -> Text:
    model = " · ".join(filter(None, (entry["model"], entry["setting"])))
    if entry["variant"]:
        return said(f"  {model or 'another number'}", "dim")
    lines = [said(text, look) for text, look in ((model, style), (entry["title"], "dim")) if text]
    return Text("\n", overflow="ellipsis", no_wrap=True).join(lines or [said(entry["paper_id"], style)])


def _notes(entry: pd.Series[Any]) -> str:
    notes = []
    if entry["quoted_by"]:
        notes.append(f"quoted by {entry['quoted_by']}")
    if entry["disagreeing"]:
        notes.append(f"{entry['disagreeing']} disagree" + ("s" if entry["disagreeing"] == 1 else ""))
    if entry["better_earlier"]:
        notes.append("* earlier is better")
    if entry["flag"]:
        notes.append(entry["flag"])
    return "\n".join(notes)


def _month(day: Any) -> str:
    return "" if pd.isna(day) else str(day)[:7]
