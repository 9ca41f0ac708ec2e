"""The running best of a board.

The **history frame** has one row for each record, in the order of time:

| column | meaning |
| --- | --- |
| `day`, `date` | when the record was set |
| `score`, `printed` | the record, on the board's scale and as printed |
| `gain` | how much better than the record before, on the board's scale, 0 or more; missing for the first |
| `stood_days` | days until the next record; missing for the one that stands |
| `model`, `paper_id`, `title`, `url`, `setting`, `sentence` | the entry that set it |
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

HISTORY_COLUMNS: Final[tuple[str, ...]] = (
    "day", "date", "score", "printed", "gain", "stood_days",
    "model", "paper_id", "title", "url", "setting", "sentence",
)  # fmt: skip


def history(board: pd.DataFrame) -> pd.DataFrame:
    """The history frame of a board frame; see the module for its columns.

    Only ranked entries of papers with a date can set a record. A board whose direction nobody knows has none.

    >>> history(board(rows, "TuSimple"))  # doctest: +SKIP
    """
    records = board.loc[board["record"]].sort_values("day", kind="stable")
    score = records["score"]
    records = records.assign(
        gain=(score - score.shift()).abs().round(10),
        stood_days=(records["day"].shift(-1) - records["day"]).dt.days.astype("Int64"),
    )
    return records[list(HISTORY_COLUMNS)].reset_index(drop=True)


def record_setters(entries: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which entries were better than everything before them on their board; they stand best first.

    Of several entries on one day only the best can set a record, and an equal score sets none.
    """
    out = np.zeros(len(entries), dtype=bool)
    can = (entries["flag"] == "") & entries["day"].notna() & (entries["direction"] != 0)
    where = np.flatnonzero(can.to_numpy())
    some = entries.iloc[where]
    merit = (some["score"] * some["direction"]).to_numpy()
    board = some["board"].to_numpy()
    in_time = np.lexsort((np.arange(len(where)), -merit, some["day"].to_numpy(), board))
    ordered = pd.Series(merit[in_time])
    groups = board[in_time]
    best_yet = ordered.groupby(groups).cummax().groupby(groups).shift()
    out[where[in_time[(best_yet.isna() | (ordered > best_yet)).to_numpy()]]] = True
    return out


def best_so_far(board: pd.DataFrame) -> pd.Series[Any]:
    """The record by day, as a step line draws it: indexed by day, one value for each day a record was set."""
    records = history(board)
    return pd.Series(records["score"].to_numpy(), index=records["day"], name="score")
