"""All boards at a glance.

The **summary frame** has one row for each board, the one with the most entries first:

| column | meaning |
| --- | --- |
| `benchmark`, `benchmark_id`, `area`, `task` | the benchmark; area and task from the catalogue, or the rows |
| `metric`, `metric_id`, `split` | the board |
| `higher_is_better` | direction; missing where nobody knows |
| `entries` | papers with a number of their own on the board |
| `ranked` | those of them whose number is plausible and whose direction is known |
| `best`, `printed` | the best score on the board's scale, and as printed; empty without a direction |
| `model`, `title`, `paper_id`, `url` | the entry that holds it |
| `last_change` | the day the best was reached (NaT if its paper has no date) |
| `first_entry`, `last_entry` | days of the first and of the newest entry |
| `benchmark_key`, `metric_key`, `split_key` | the board's key, to be given to `board` |
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from leaderboard.boards.facts import Facts, facts_of
from leaderboard.boards.folding import fold_name
from leaderboard.boards.naming import KEYS, board_names
from leaderboard.boards.printed import printed_values
from leaderboard.boards.scored import scored

SUMMARY_COLUMNS: Final[tuple[str, ...]] = (
    "benchmark", "benchmark_id", "area", "task", "metric", "metric_id", "split", "higher_is_better",
    "entries", "ranked", "best", "printed", "model", "title", "paper_id", "url",
    "last_change", "first_entry", "last_entry", "benchmark_key", "metric_key", "split_key",
)  # fmt: skip


def boards(
    frame: pd.DataFrame, *, area: str = "", task: str = "", min_entries: int = 1, rules: Any = None
) -> pd.DataFrame:
    """The summary frame of a results frame; see the module for its columns.

    Args:
        frame: a results frame, as `read_results` gives it.
        area, task: only boards of this area or task, in any case and punctuation.
        min_entries: only boards with at least as many entries.
        rules: a rule set whose catalogue is used; by default the built-in one.
    """
    facts = facts_of(rules)
    rows = scored(frame, facts)
    own = rows.loc[rows["holder"] == "own"]
    out = _summary(own, facts)
    if area:
        out = out.loc[out["area"].map(fold_name) == fold_name(area)]
    if task:
        out = out.loc[[fold_name(task) in map(fold_name, text.split("; ")) for text in out["task"]]]
    return out.loc[out["entries"] >= min_entries].reset_index(drop=True)


def _summary(own: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    best = _best_entries(own)
    grouped = own.groupby("board", sort=False)
    papers = own.drop_duplicates(["board", "paper"]).groupby("board")
    can_rank = own.loc[(own["flag"] == "") & (own["direction"] != 0)]
    out = grouped[["direction"]].first()
    out["entries"] = papers.size()
    out["ranked"] = can_rank.drop_duplicates(["board", "paper"]).groupby("board").size()
    out["first_entry"], out["last_entry"] = grouped["day"].min(), grouped["day"].max()
    for name in ("score", "model", "title", "paper_id", "url", "day", "printed"):
        out[{"score": "best", "day": "last_change"}.get(name, name)] = best[name]
    for name in ("model", "title", "paper_id", "url", "printed"):
        out[name] = out[name].fillna("")
    out["ranked"] = out["ranked"].fillna(0).astype("int64")
    out["entries"] = out["entries"].astype("int64")
    known = {0: None, 1: True, -1: False}
    out["higher_is_better"] = pd.array([known[one] for one in out["direction"]], dtype="boolean")
    return _with_names(out, own, facts)


def _best_entries(own: pd.DataFrame) -> pd.DataFrame:
    """The first of each board's ranked rows, by board number."""
    rows = own.loc[(own["flag"] == "") & (own["direction"] != 0)]
    merit = rows["score"] * rows["direction"]
    rows = rows.loc[merit == merit.groupby(rows["board"]).transform("max")]
    # Few rows are left; of equals the first dated is the one that reached the score.
    rows = rows.sort_values(
        ["day", "date", "confidence", "model", "paper_id", "title", "field", "start"],
        ascending=[True, True, False, True, True, True, True, True], na_position="last",
    )  # fmt: skip
    rows = rows.drop_duplicates("board")
    return rows.assign(printed=printed_values(rows)).set_index("board")


def _with_names(out: pd.DataFrame, own: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    out = out.join(board_names(own, facts))
    out = out.sort_values(
        ["entries", "benchmark", "metric", "split", *KEYS],
        ascending=[False, True, True, True, True, True, True], ignore_index=True,
    )  # fmt: skip
    return out[list(SUMMARY_COLUMNS)]
