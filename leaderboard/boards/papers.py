"""Which rows are of one paper: versions of it, and copies of it from several sources."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from leaderboard.boards.folding import fold_title, split_identifier

Ints = npt.NDArray[np.int64]

#: Titles shorter than this, folded, are too common to say that two papers are one ("Introduction").
SHORTEST_TELLING_TITLE = 16

_ORDER = (
    "model", "paper_id", "title", "field", "start", "end", "value", "metric", "benchmark", "split",
    "setting", "unit", "sentence", "kind", "holder", "url", "rule",
)  # fmt: skip

# Two rows of one paper that agree in these are one result, however often a source repeats it.
_SAME_RESULT = (
    "benchmark_id", "benchmark", "metric_id", "metric", "split", "setting", "model",
    "value", "value_high", "unit", "kind", "holder",
)  # fmt: skip


def codes_of(values: pd.Series[Any]) -> tuple[Ints, list[Any]]:
    """Each value's number, and the values by number; numbers follow the order of first appearance."""
    codes, unique = pd.factorize(values)
    return codes.astype(np.int64), np.asarray(unique, dtype=object).tolist()


def paper_codes(frame: pd.DataFrame) -> Ints:
    """A number for each row, equal for the rows of one paper.

    Rows are of one paper when their identifiers differ only in the version, or their titles only in case,
    punctuation and markup. A row without either is told by its address, then by its sentence.
    """
    id_codes, ids = codes_of(frame["paper_id"])
    title_codes, titles = codes_of(frame["title"])
    by_id = _group_codes([split_identifier(text).base for text in ids])[id_codes]
    folded = [fold_title(text) for text in titles]
    telling = [text if len(text) >= SHORTEST_TELLING_TITLE else "" for text in folded]
    by_title = _group_codes(telling)[title_codes]
    nameless = (by_id < 0) & (by_title < 0)
    if nameless.any():
        rest = frame.loc[nameless, ["title", "url", "sentence"]]
        last_resort = rest["title"].where(rest["title"] != "", rest["url"])
        last_resort = last_resort.where(last_resort != "", rest["sentence"])
        by_id = by_id.copy()
        by_id[nameless] = pd.factorize(last_resort)[0] + by_id.max(initial=-1) + 1
    return _joined(by_id, by_title)


def fold_papers(frame: pd.DataFrame) -> pd.DataFrame:
    """The results frame with each paper once: the newest version only, and no copies of a result.

    The rows kept are unchanged and in their order. Of copies, the earliest dated one is kept, since that is
    when the result became known. Folding what was folded changes nothing.
    """
    return folded_with_papers(frame).drop(columns="paper")


def folded_with_papers(frame: pd.DataFrame) -> pd.DataFrame:
    """`fold_papers`, with the number of each row's paper in a column `paper`."""
    rows = frame.assign(paper=paper_codes(frame)).loc[_of_newest_version(frame)].reset_index(drop=True)
    # Comparing all fields of all rows takes long; most rows differ from all others in these alone.
    suspects = rows.loc[rows.duplicated(["paper", "value", "kind"], keep=False)]
    suspects = suspects.iloc[canonical_order(suspects)]
    copies = suspects.index[suspects.duplicated(["paper", *_SAME_RESULT])]
    return rows.drop(index=copies).reset_index(drop=True)


def canonical_order(frame: pd.DataFrame) -> Ints:
    """An order of the rows that depends on what they say and not on where they stand.

    Earlier dates first, undated rows last, then the most confident, then by the texts.
    """
    dates = frame["date"].where(frame["date"] != "", "9999")
    keys: list[Any] = [
        pd.factorize(dates, sort=True)[0],
        -frame["confidence"].to_numpy(),
    ]
    keys += [_sortable(frame[name]) for name in _ORDER]
    return np.lexsort(keys[::-1]).astype(np.int64)


def _sortable(values: pd.Series[Any]) -> npt.NDArray[Any]:
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy()
    return pd.factorize(values, sort=True)[0]


def _of_newest_version(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    id_codes, ids = codes_of(frame["paper_id"])
    split = [split_identifier(text) for text in ids]
    base = _group_codes([one.base for one in split])
    versions = np.array([one.version for one in split], dtype=np.int64)
    newest = np.full(int(base.max(initial=-1)) + 1, -1, dtype=np.int64)
    named = base >= 0
    np.maximum.at(newest, base[named], versions[named])
    keep = np.ones(len(ids), dtype=bool)
    keep[named] = versions[named] == newest[base[named]]
    return keep[id_codes] if len(ids) else np.ones(len(frame), dtype=bool)


def _group_codes(names: list[str]) -> Ints:
    """A number for each name, -1 for an empty one."""
    numbers: dict[str, int] = {"": -1}
    return np.array([numbers.setdefault(name, len(numbers) - 1) for name in names], dtype=np.int64)


def _joined(first: Ints, second: Ints) -> Ints:
    """Numbers of the groups that rows form when they share either number; -1 shares with none."""
    pairs = pd.DataFrame({"first": first, "second": second}).drop_duplicates()
    one, two = pairs["first"].to_numpy(), pairs["second"].to_numpy()
    label = np.arange(len(pairs), dtype=np.int64)
    while True:
        smaller = _smallest_of_group(_smallest_of_group(label, one), two)
        if np.array_equal(smaller, label):
            break
        label = smaller
    pairs["paper"] = label
    rows = pd.DataFrame({"first": first, "second": second})
    return rows.merge(pairs, on=["first", "second"], how="left")["paper"].to_numpy(dtype=np.int64)


def _smallest_of_group(label: Ints, group: Ints) -> Ints:
    smallest = np.full(int(group.max(initial=-1)) + 1, np.iinfo(np.int64).max, dtype=np.int64)
    inside = group >= 0
    np.minimum.at(smallest, group[inside], label[inside])
    out = label.copy()
    out[inside] = smallest[group[inside]]
    return out
