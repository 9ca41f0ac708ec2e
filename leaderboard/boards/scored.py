"""Score rows with what a board needs beside them: board, paper, day, score on one scale, flag.

The **scored frame** is a results frame of `score` rows that name a benchmark, each paper folded, with more
columns:

| column | meaning |
| --- | --- |
| `benchmark_key`, `metric_key`, `split_key` | the catalogue's id, or else the folded name; together a board |
| `board` | number of the board |
| `paper` | number of the paper |
| `day` | the paper's first day known here (datetime64, a month counts as its first day), NaT without a date |
| `scale` | `percent`, `fraction` or nothing |
| `direction` | 1 where higher is better, -1 where lower is, 0 where nobody knows |
| `score` | the value on the metric's scale, for a range its less flattering end |
| `flag` | why the score is not ranked, or empty |
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from leaderboard.boards import comparable, facets
from leaderboard.boards.facts import Facts
from leaderboard.boards.folding import fold_name
from leaderboard.boards.papers import codes_of, folded_with_papers
from leaderboard.boards.shares import shares_of_results

EXTRA = (
    "benchmark_key", "metric_key", "split_key", "board", "paper", "day",
    "scale", "direction", "score", "flag",
)  # fmt: skip

FLAG_UNIT = "unit does not fit the metric"
FLAG_RANGE = "outside the plausible range"
FLAG_PAIR = "language pair not named"
FLAG_SHARE = "share of another result"

_TEST = frozenset(("test", "testset", "testing", "testsplit", "testdata", "alltest"))
_VALIDATION = frozenset(
    ("val", "valset", "valid", "validation", "validationset", "validationsplit", "valsplit",
     "dev", "devset", "devsplit", "development", "developmentset")
)  # fmt: skip
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def scored(frame: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """The scored frame of a results frame; see the module for its columns."""
    several = (frame["benchmark_id"] == "") & frame["benchmark_text"].str.contains(", ", regex=False)
    rows = frame.loc[(frame["kind"] == "score") & (frame["benchmark"].str.strip() != "") & ~several]
    rows = folded_with_papers(rows)
    rows["benchmark_key"] = _keys(rows, "benchmark")
    rows["metric_key"] = _metric_keys(rows, facts)
    rows["split_key"] = _split_keys(rows, facts)
    rows["board"] = board_codes(rows)
    rows["day"] = _days(rows)
    rows["direction"] = _directions(rows, facts)
    return _scores(rows, facts)


def board_codes(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A number for each row's board."""
    combined = np.zeros(len(rows), dtype=np.int64)
    for name in ("benchmark_key", "metric_key", "split_key"):
        codes, unique = codes_of(rows[name])
        combined = combined * (len(unique) + 1) + codes
    return pd.factorize(combined)[0].astype(np.int64)


@dataclass(frozen=True)
class BenchmarkIndex:
    """The benchmarks of a frame: each row's number, and by number the key, the name and how many rows."""

    codes: npt.NDArray[np.int64]
    keys: list[str]
    names: list[str]
    sizes: list[int]

    def rows_of(self, key: str) -> npt.NDArray[np.bool_]:
        """Which rows are of the benchmark."""
        wanted = np.array([one == key for one in self.keys], dtype=bool)
        return np.asarray(wanted[self.codes], dtype=bool) if len(wanted) else np.zeros(0, dtype=bool)


def benchmark_index(frame: pd.DataFrame) -> BenchmarkIndex:
    """The index of a results frame: one pass over the rows, and the rest once for each benchmark."""
    id_codes, ids = codes_of(frame["benchmark_id"])
    name_codes, names = codes_of(frame["benchmark"])
    many = len(names) + 1
    codes, pairs = pd.factorize(id_codes * many + name_codes)
    codes = codes.astype(np.int64)
    printed = [names[pair % many] for pair in pairs]
    keys = [ids[pair // many] or f"~{fold_name(name)}" for pair, name in zip(pairs, printed, strict=True)]
    return BenchmarkIndex(codes, keys, printed, np.bincount(codes, minlength=len(keys)).tolist())


def fold_split(split: str) -> str:
    """A split's key. The test split is the one that is meant when none is named.

    >>> fold_split("Test set"), fold_split("dev"), fold_split("test-dev"), fold_split("En-De")
    ('', 'val', 'testdev', 'ende')
    """
    folded = fold_name(split)
    if folded in _TEST:
        return ""
    return "val" if folded in _VALIDATION else folded


def parse_day(date: str) -> np.datetime64:
    """The day of an ISO date, the first of a month without a day, NaT for anything else.

    >>> parse_day("2024-03"), parse_day("soon")
    (np.datetime64('2024-03-01'), np.datetime64('NaT','D'))
    """
    found = _DATE.match(date.strip())
    if found:
        try:
            return np.datetime64(f"{found[1]}-{found[2]}-{found[3] or '01'}", "D")
        except ValueError:
            pass
    return np.datetime64("NaT", "D")


# --- keys -------------------------------------------------------------------------------------------------


def _keys(rows: pd.DataFrame, name: str) -> pd.Series[Any]:
    """The catalogue's id, or else the folded name; a name and an id cannot meet, since ids carry a mark."""
    codes, names = codes_of(rows[name])
    folded = pd.Series([fold_name(text) for text in names] or [""], dtype=str).take(np.maximum(codes, 0))
    ids = rows[f"{name}_id"]
    folded.index = ids.index
    return ids.where(ids != "", "~" + folded)


def _metric_keys(rows: pd.DataFrame, facts: Facts) -> pd.Series[Any]:
    keys = _by_pairs(rows["benchmark_key"], _keys(rows, "metric"), facts.metric_key)
    of_boxes = [key for key in rows["benchmark_key"].unique() if _has_box_ap(key, facts)]
    open_ = np.flatnonzero(keys.isin(facets.OPEN) & rows["benchmark_key"].isin(of_boxes))
    if len(open_):
        some = rows.iloc[open_][["sentence", "title", "value"]].assign(metric=keys.iloc[open_])
        keys.iloc[open_] = [facets.precision_of(*texts) for texts in some.itertuples(index=False)]
    return keys


def _has_box_ap(benchmark_key: str, facts: Facts) -> bool:
    benchmark = facts.benchmark(benchmark_key)
    return benchmark is not None and "box-ap" in benchmark.metrics


def _split_keys(rows: pd.DataFrame, facts: Facts) -> pd.Series[Any]:
    def key(benchmark_key: str, split: str) -> str:
        benchmark = facts.benchmark(benchmark_key)
        if benchmark is None:
            return fold_split(split)
        folded = fold_name(split)
        if folded in benchmark.subsets:
            return fold_name(benchmark.subsets[folded])
        # A benchmark with one split is measured on that one, named or not.
        only = [fold_split(one) for one in benchmark.splits] == [fold_split(split)]
        return "" if only else fold_split(split)

    return _by_pairs(rows["benchmark_key"], rows["split"], key)


def _by_pairs(
    first: pd.Series[Any], second: pd.Series[Any], make: Callable[[str, str], str]
) -> pd.Series[Any]:
    """`make` of both values of each row, called once for each pair that occurs."""
    one, ones = codes_of(first)
    two, twos = codes_of(second)
    codes, pairs = pd.factorize(one * (len(twos) + 1) + two)
    made = [make(ones[pair // (len(twos) + 1)], twos[pair % (len(twos) + 1)]) for pair in pairs]
    return pd.Series(np.array(made, dtype=object)[codes] if made else [], index=first.index, dtype="str")


# --- dates ------------------------------------------------------------------------------------------------


def _days(rows: pd.DataFrame) -> npt.NDArray[np.datetime64]:
    """The first day known for a paper on a board: copies from other sources may be dated later."""
    codes, dates = codes_of(rows["date"])
    parsed = np.array([parse_day(text) for text in dates] or [np.datetime64("NaT", "D")])
    never = np.iinfo(np.int64).max
    days = parsed[np.maximum(codes, 0)].astype("datetime64[D]")
    numbers = np.where(np.isnat(days), never, days.astype(np.int64))
    group = _paper_on_board(rows)
    first = np.full(int(group.max(initial=-1)) + 1, never, dtype=np.int64)
    np.minimum.at(first, group, numbers)
    numbers = first[group]
    out = numbers.astype("datetime64[D]")
    out[numbers == never] = np.datetime64("NaT", "D")
    return out.astype("datetime64[s]")


def _paper_on_board(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    board, paper = rows["board"].to_numpy(), rows["paper"].to_numpy()
    return np.asarray(pd.factorize(board * (int(paper.max(initial=0)) + 1) + paper)[0], dtype=np.int64)


# --- scores -----------------------------------------------------------------------------------------------


def _directions(rows: pd.DataFrame, facts: Facts) -> npt.NDArray[np.int64]:
    """From the catalogue, or else what all rows of the board agree on."""
    codes, keys = codes_of(rows["metric_key"])
    known = [facts.metric(key) for key in keys]
    signs = {None: 0, True: 1, False: -1}
    directions = [signs[one.higher_is_better if one else None] for one in known] or [0]
    from_catalogue = np.array(directions, dtype=np.int64)[np.maximum(codes, 0)]
    said = rows["higher_is_better"]
    board = rows["board"].to_numpy()
    size = int(board.max(initial=-1)) + 1
    up = np.bincount(board, weights=said.fillna(False).to_numpy(dtype=float), minlength=size)
    down = np.bincount(board, weights=(~said.fillna(True)).to_numpy(dtype=float), minlength=size)
    agreed = np.where((up > 0) & (down == 0), 1, np.where((down > 0) & (up == 0), -1, 0))
    return np.where(from_catalogue != 0, from_catalogue, agreed[board] if size else 0).astype(np.int64)


def _scores(rows: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    benchmark_codes, benchmarks = codes_of(rows["benchmark_key"])
    metric_codes, metrics = codes_of(rows["metric_key"])
    many = len(metrics) + 1
    take, pairs = pd.factorize(benchmark_codes * many + metric_codes)
    bounds = [_bounds(benchmarks[pair // many], metrics[pair % many], facts) for pair in pairs]
    bounds = bounds or [("", None, None)]
    scales = np.array([one[0] for one in bounds], dtype=object)[take]
    low = np.array([np.nan if one[1] is None else one[1] for one in bounds], dtype=float)[take]
    high = np.array([np.nan if one[2] is None else one[2] for one in bounds], dtype=float)[take]
    scales = _with_printed_percent(rows, scales)

    value = rows["value"].to_numpy()
    other_end = rows["value_high"].to_numpy()
    lower = np.fmin(value, other_end)
    upper = np.fmax(value, other_end)
    modest = np.where(rows["direction"].to_numpy() < 0, upper, lower)
    score = comparable.on_scale(modest, rows["unit"], scales)
    flag = np.full(len(rows), "", dtype=object)
    flag[comparable.outside(score, low, high)] = FLAG_RANGE
    flag[comparable.unit_disagrees(rows["unit"], scales)] = FLAG_UNIT
    codes, keys = codes_of(rows["benchmark_key"])
    pairs = np.array([_has_language_pairs(key, facts) for key in keys] or [False])[np.maximum(codes, 0)]
    flag[pairs & (rows["split_key"] == "").to_numpy()] = FLAG_PAIR
    flag[shares_of_results(rows)] = FLAG_SHARE
    return rows.assign(scale=scales, score=score, flag=pd.array(flag, dtype="str"))


def _bounds(benchmark_key: str, metric_key: str, facts: Facts) -> tuple[str, float | None, float | None]:
    metric = facts.metric(metric_key)
    scale, low, high = (metric.scale, metric.low, metric.high) if metric else ("", None, None)
    benchmark = facts.benchmark(benchmark_key)
    if benchmark and metric_key in benchmark.ranges:
        low, high = benchmark.ranges[metric_key]
    return scale, low, high


def _has_language_pairs(benchmark_key: str, facts: Facts) -> bool:
    benchmark = facts.benchmark(benchmark_key)
    return benchmark is not None and benchmark.language_pairs


def _with_printed_percent(rows: pd.DataFrame, scales: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """A metric that the catalogue does not know is a percentage on boards where one is printed as such."""
    if rows.empty:
        return scales
    board = rows["board"].to_numpy()
    somewhere = np.bincount(board, weights=(rows["unit"] == "%").to_numpy(dtype=float)) > 0
    unknown = rows["metric_key"].str.startswith("~").to_numpy(dtype=bool)
    return np.where(unknown & (scales == "") & somewhere[board], "percent", scales)
