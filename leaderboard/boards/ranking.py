"""One benchmark's board: its entries ranked, each paper once, with the evidence for and against each.

The **board frame** has one row for each paper, best first, then the entries that are not ranked:

| column | meaning |
| --- | --- |
| `rank` | place, equal for equal scores (1, 2, 2, 4); missing for an entry that is not ranked |
| `model` | the system, or empty |
| `printed` | the number as the paper prints it, with its unit |
| `score` | the number on the board's scale: compare and plot this one |
| `value`, `value_high`, `unit`, `setting` | as in the row |
| `date`, `day` | the row's date, and the first day known for the paper (NaT without one) |
| `paper_id`, `title`, `url`, `sentence`, `field`, `start`, `end`, `rule` | as in the row |
| `confidence` | as in the row |
| `task` | as in the row, or else the benchmark's usual one |
| `benchmark`, `benchmark_id`, `metric`, `metric_id`, `split` | the board, the same in every row |
| `higher_is_better` | direction of the board; missing where nobody knows, then nothing is ranked |
| `record` | the entry was the best known on its day |
| `variants` | how many other numbers the paper reports on this board |
| `variant` | the row is such another number (only with `variants=True`; never ranked) |
| `quoted_by`, `disagreeing` | how many later papers quote this number, or give another one for this system |
| `claim` | "state of the art" where the sentence claims it |
| `better_earlier` | for such a claim: the earlier entry on the board that is better, or empty |
| `flag` | why the entry is not ranked, or empty |
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from leaderboard.boards import claims, quotes
from leaderboard.boards.facts import Facts, facts_of
from leaderboard.boards.folding import fold_name, split_identifier
from leaderboard.boards.history import record_setters
from leaderboard.boards.lookup import find_benchmark, find_metric, find_split
from leaderboard.boards.naming import KEYS, board_names
from leaderboard.boards.papers import canonical_order, codes_of
from leaderboard.boards.printed import printed_values
from leaderboard.boards.scored import benchmark_index, parse_day, scored
from leaderboard.errors import LeaderboardError

BOARD_COLUMNS: Final[tuple[str, ...]] = (
    "rank", "model", "printed", "score", "value", "value_high", "unit", "setting", "date", "day",
    "paper_id", "title", "url", "sentence", "field", "start", "end", "rule", "confidence", "task",
    "benchmark", "benchmark_id", "metric", "metric_id", "split", "higher_is_better",
    "record", "variants", "variant", "quoted_by", "disagreeing", "claim", "better_earlier", "flag",
)  # fmt: skip

_PLAIN_IDENTIFIER = r"\d{4}\.\d{4,5}$"


class BadDate(LeaderboardError, ValueError):
    """A date that cannot be read."""


def board(
    frame: pd.DataFrame,
    benchmark: str,
    *,
    metric: str | None = None,
    split: str | None = None,
    setting: str | None = None,
    since: str = "",
    until: str = "",
    min_confidence: float = 0.0,
    implausible: bool = False,
    variants: bool = False,
    rules: Any = None,
) -> pd.DataFrame:
    """The board frame of a benchmark; see the module for its columns.

    Args:
        frame: a results frame, as `read_results` gives it.
        benchmark: catalogue id, name or alias, in any case and punctuation; small typing errors are forgiven.
        metric, split: as names; by default those with the most papers. `split=""` is the unnamed or test one.
        setting: only rows with this setting ("zero-shot"); `""` for rows that name none.
        since, until: only entries of papers dated in this time (ISO dates; a month means its first day for
            `since` and all of it for `until`). Papers without a date are left out then.
        min_confidence: only rows at least this sure.
        implausible: rank numbers outside the metric's plausible range too.
        variants: also the other numbers of each paper, under its entry.
        rules: a rule set whose catalogue is used; by default the built-in one.

    Raises:
        UnknownBoard: with the nearest names, when there is no such benchmark, metric or split.
        BadDate: when `since` or `until` is no date.
    """
    facts = facts_of(rules)
    rows = board_rows(frame, benchmark, metric=metric, split=split, facts=facts)
    return ranked(
        rows, facts, setting=setting, since=since, until=until, min_confidence=min_confidence,
        implausible=implausible, variants=variants,
    )  # fmt: skip


def board_rows(
    frame: pd.DataFrame, benchmark: str, *, metric: str | None, split: str | None, facts: Facts
) -> pd.DataFrame:
    """The scored rows of one board, of both holders."""
    index = benchmark_index(frame)
    key = find_benchmark(frame, index, benchmark, facts)
    rows = scored(_with_other_versions(frame, index.rows_of(key)), facts)
    rows = rows.loc[rows["benchmark_key"] == key]
    return choose_metric_and_split(rows, metric, split, facts)


def choose_metric_and_split(
    rows: pd.DataFrame, metric: str | None, split: str | None, facts: Facts
) -> pd.DataFrame:
    """Of one benchmark's scored rows, those of a metric and split; by default those with the most papers."""
    if metric is not None:
        rows = rows.loc[rows["metric_key"] == find_metric(rows, metric, facts)]
    if split is not None:
        rows = rows.loc[rows["split_key"] == find_split(rows, split, facts)]
    if rows.empty:
        return rows
    own = rows.loc[rows["holder"] == "own"]
    groups = (own if len(own) else rows).groupby(["metric_key", "split_key"])
    counted = groups["paper"].nunique().reset_index()
    default = facts.benchmark(str(rows["benchmark_key"].iloc[0]))
    order = default.metrics if default else ()
    counted["named"] = counted["metric_key"] != "~"
    counted["place"] = [order.index(key) if key in order else len(order) for key in counted["metric_key"]]
    best = counted.sort_values(
        ["named", "paper", "place", "metric_key", "split_key"], ascending=[False, False, True, True, True]
    ).iloc[0]
    metric_key, split_key = str(best["metric_key"]), str(best["split_key"])
    chosen = (rows["metric_key"] == metric_key) & (rows["split_key"] == split_key)
    return rows.loc[chosen]


def all_boards(frame: pd.DataFrame, *, min_entries: int = 1, rules: Any = None) -> pd.DataFrame:
    """The board frames of all boards under each other, the board with the most entries first.

    The same as `board` for each line of `boards`, made in one pass.
    """
    facts = facts_of(rules)
    return ranked(scored(frame, facts), facts, min_entries=min_entries)


def ranked(
    rows: pd.DataFrame,
    facts: Facts,
    *,
    setting: str | None = None,
    since: str = "",
    until: str = "",
    min_confidence: float = 0.0,
    min_entries: int = 1,
    implausible: bool = False,
    variants: bool = False,
) -> pd.DataFrame:
    """The board frames of scored rows, of one board or of several; see `board` for the rest."""
    if implausible:
        rows = rows.assign(flag="")
    rows = best_first(rows)
    own = rows.loc[rows["holder"] == "own"]
    own = own.loc[_asked_for(own, setting, since, until, min_confidence)]
    place_of_paper = own.groupby(["board", "paper"], sort=False)
    first = ~own.duplicated(["board", "paper"])
    entries = own.assign(variants=place_of_paper["paper"].transform("size") - 1, variant=False).loc[first]
    if min_entries > 1:
        entries = entries.loc[entries.groupby("board")["board"].transform("size") >= min_entries]
    entries["rank"] = _ranks(entries)
    entries["record"] = record_setters(entries)
    entries["quoted_by"], entries["disagreeing"] = quotes.counts(entries, rows)
    entries["claim"], entries["better_earlier"] = claims.checked_claims(entries)
    if variants:
        entries = _with_variants(entries, own.loc[~first])
    entries["printed"] = printed_values(entries)
    return _named(entries, rows, facts)


def best_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Each board's rows in its order: unflagged ones by score, then by date, confidence and texts."""
    rows = rows.iloc[canonical_order(rows)]
    direction = rows["direction"].to_numpy()
    merit = -rows["score"].to_numpy() * direction
    day = rows["day"].to_numpy()
    late = np.where(np.isnat(day), np.iinfo(np.int64).max, day.astype("datetime64[s]").astype(np.int64))
    # Without a direction the newest entry comes first, since nothing says which is best.
    newest = np.where(direction == 0, np.where(np.isnat(day), 1, -late), 0)
    flagged = (rows["flag"] != "").to_numpy()
    order = np.lexsort((late, newest, merit, flagged, rows["board"].to_numpy()))
    return rows.iloc[order].reset_index(drop=True)


def _ranks(entries: pd.DataFrame) -> pd.Series[Any]:
    """Standard competition ranks; missing for flagged entries and where the direction is unknown."""
    merit = -entries["score"] * entries["direction"]
    merit = merit.where((entries["flag"] == "") & (entries["direction"] != 0))
    return merit.groupby(entries["board"]).rank(method="min").astype("Int64")


def _asked_for(
    rows: pd.DataFrame, setting: str | None, since: str, until: str, min_confidence: float
) -> pd.Series[Any]:
    keep = rows["confidence"] >= min_confidence
    if setting is not None:
        wanted = fold_name(setting)
        keep &= rows["setting"].map(lambda text: fold_name(text) == wanted).astype(bool)
    if since:
        keep &= rows["day"] >= pd.Timestamp(_days_of(since, "since")[0])
    if until:
        keep &= rows["day"] <= pd.Timestamp(_days_of(until, "until")[1])
    return keep


def _days_of(date: str, name: str) -> tuple[np.datetime64, np.datetime64]:
    """The first and the last day of a day, a month or a year."""
    text = date.strip()
    first = parse_day(f"{text}-01" if len(text) == len("2024") else text)
    if np.isnat(first):
        raise BadDate(f"{name}: {date!r} is no date (write it as 2024, 2024-03 or 2024-03-31)")
    unit = {len("2024"): "Y", len("2024-03"): "M"}.get(len(text), "D")
    following = first.astype(f"datetime64[{unit}]") + 1
    return first, following.astype("datetime64[D]") - np.timedelta64(1, "D")


def _with_variants(entries: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Each paper's other numbers under its entry."""
    others = others.assign(
        variants=0, variant=True, record=False, quoted_by=0, disagreeing=0, claim="", better_earlier=""
    )
    others["rank"] = pd.array([pd.NA] * len(others), dtype="Int64")
    place = {key: number for number, key in enumerate(zip(entries["board"], entries["paper"], strict=True))}
    both = pd.concat([entries, others])
    places = [place.get(key, -1) for key in zip(both["board"], both["paper"], strict=True)]
    order = np.argsort(places, kind="stable")
    return both.iloc[order[np.array(places)[order] >= 0]]


def _named(entries: pd.DataFrame, rows: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    names = board_names(rows, facts)
    names["size"] = entries.loc[~entries["variant"]].groupby("board").size()
    named = names.loc[entries["board"]]
    for name in ("benchmark", "benchmark_id", "metric", "metric_id", "split"):
        entries[name] = named[name].to_numpy()
    # Of the benchmark's tasks the first is the usual one; a row names its own only where the text does.
    usual = named["task"].str.split("; ").str[0].set_axis(entries.index)
    entries["task"] = entries["task"].where(entries["task"] != "", usual)
    known = {0: None, 1: True, -1: False}
    entries["higher_is_better"] = pd.array([known[one] for one in entries["direction"]], dtype="boolean")
    for name in ("variants", "quoted_by", "disagreeing"):
        entries[name] = entries[name].astype("int64")
    names = names.sort_values(
        ["size", "benchmark", "metric", "split", *KEYS], ascending=[False, True, True, True, True, True, True]
    )
    place = pd.Series(range(len(names)), index=names.index)
    entries = entries.iloc[np.argsort(entries["board"].map(place).to_numpy(), kind="stable")]
    return entries[list(BOARD_COLUMNS)].reset_index(drop=True)


def _with_other_versions(frame: pd.DataFrame, chosen: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """The chosen rows, and those of other versions of their papers: a newer one may have dropped a number."""
    papers = frame["paper_id"]
    ids = set(papers.to_numpy()[chosen].tolist()) - {""}
    bases = {split_identifier(text).base for text in ids}
    # Most identifiers are plain and their own base, so only the others are looked into one by one.
    other_way = np.flatnonzero(~papers.str.match(_PLAIN_IDENTIFIER).to_numpy(dtype=bool))
    codes, unique = codes_of(papers.iloc[other_way])
    related = np.array([text != "" and split_identifier(text).base in bases for text in unique], dtype=bool)
    wanted = chosen.copy()
    if bases - ids:
        wanted |= papers.isin(bases - ids).to_numpy(dtype=bool)
    wanted[other_way] |= related[codes]
    return frame.loc[wanted]
