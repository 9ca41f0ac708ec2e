"""The first page: how much there is, the newest records, the busiest boards, results by year and area."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from leaderboard.boards import all_boards
from leaderboard.boards.facts import facts_of

OTHER = "other or unknown"
#: A record on a board of fewer papers says little.
FEWEST = 3
_KEYS = ["benchmark_id", "benchmark", "metric_id", "metric", "split"]
_UNITS = ((365.25, "year"), (30.44, "month"), (7, "week"), (1, "day"))


def figures(frame: pd.DataFrame, boards: pd.DataFrame, papers: int = 0) -> list[tuple[int, str]]:
    """What the first line counts: numbers and what they are of; `papers` is the corpus's size, if known."""
    reporting = frame["paper_id"].where(frame["paper_id"] != "", frame["title"]).nunique()
    named = frame.loc[frame["benchmark"] != "", "benchmark"]
    many = boards.groupby(_KEYS, sort=False).ngroups if len(boards) else 0
    read = [(papers, "papers read")] if papers else []
    return [
        *read,
        (int(reporting), "papers with results"),
        (len(frame), "results"),
        (int(named.nunique()), "benchmarks named"),
        (many, "leaderboards"),
    ]


def board_entries(frame: pd.DataFrame, rules: Any = None) -> pd.DataFrame:
    """The entries of all boards, with `board` (a number) and `gain` over the record before."""
    entries = all_boards(frame, rules=rules)
    entries = entries.assign(board=entries.groupby(_KEYS, sort=False).ngroup())
    records = entries.loc[entries["record"]].sort_values(["board", "day"], kind="stable")
    return entries.assign(gain=records.groupby("board")["score"].diff().abs().round(10))


def newest_records(entries: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """The newest entries that beat an earlier record, one for each benchmark, newest first."""
    if entries.empty:
        return entries
    papers = entries.groupby("board")["board"].transform("size")
    records = entries.loc[entries["record"] & (entries["gain"] > 0) & (papers >= FEWEST)]
    records = records.assign(papers=papers).sort_values(["day", "papers"], ascending=False, kind="stable")
    return records.drop_duplicates(["benchmark_id", "benchmark"]).head(most)


def most_active(entries: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """The benchmarks with the most papers: `benchmark`, `papers`, and the record of its largest board."""
    if entries.empty:
        return entries
    paper = entries["paper_id"].where(entries["paper_id"] != "", entries["title"])
    grouped = entries.assign(paper=paper).groupby(["benchmark_id", "benchmark"], sort=False)
    many = grouped["paper"].nunique().sort_values(ascending=False, kind="stable").head(most)
    counts = many.rename("papers").reset_index()
    best = entries.loc[entries["rank"] == 1].drop_duplicates(["benchmark_id", "benchmark"])
    columns = ["benchmark_id", "benchmark", "metric", "split", "printed", "model", "title"]
    return counts.merge(best[columns], on=["benchmark_id", "benchmark"], how="left").fillna("")


def by_year(frame: pd.DataFrame, rules: Any = None, most: int = 8) -> pd.DataFrame:
    """Results by year and area: `year`, `area`, `results`; small areas and unknown ones are one."""
    facts = facts_of(rules)
    areas = {
        key: known.area if (known := facts.benchmark(key)) else "" for key in frame["benchmark_id"].unique()
    }
    area = frame["benchmark_id"].map(areas)
    year = frame["date"].str.slice(0, 4)
    dated = pd.DataFrame({"year": year, "area": area}).loc[year.str.fullmatch(r"\d{4}")]
    # An area counts by its shares of the years, so that a year of many papers does not decide alone.
    in_area = dated.loc[dated["area"] != ""]
    shares = in_area.groupby(["year", "area"]).size() / in_area.groupby("year").size()
    kept = set(shares.groupby("area").sum().nlargest(most).index)
    dated["area"] = dated["area"].where(dated["area"].isin(kept), OTHER)
    return dated.groupby(["year", "area"]).size().rename("results").reset_index()


def ago(day: Any, today: dt.date) -> str:
    """How long ago a day was, in the largest unit that fits.

    >>> ago(dt.date(2024, 5, 1), dt.date(2024, 5, 23))
    '3 weeks ago'
    """
    days = (today - pd.Timestamp(day).date()).days
    for length, unit in _UNITS:
        many = int(days / length)
        if many >= 1:
            return f"{many} {unit}{'' if many == 1 else 's'} ago"
    return "today" if days >= 0 else "dated ahead"
