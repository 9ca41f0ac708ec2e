"""What later papers say of an entry: the same number again, or another one for the same system.

The **quotes frame** has one row for each row of a later paper about an entry's system:

| column | meaning |
| --- | --- |
| `agrees` | the number is the entry's, once both are rounded to the decimals of the coarser one |
| `entry_paper_id`, `entry_title`, `entry_model`, `entry_score` | the entry |
| `paper_id`, `title`, `url`, `date`, `model`, `score`, `printed`, `sentence` | the paper that speaks of it |
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import numpy as np
import pandas as pd

from leaderboard.boards.comparable import agree, decimals_of
from leaderboard.boards.folding import fold_model
from leaderboard.boards.printed import printed_values

QUOTE_COLUMNS: Final[tuple[str, ...]] = (
    "agrees", "entry_paper_id", "entry_title", "entry_model", "entry_score",
    "paper_id", "title", "url", "date", "model", "score", "printed", "sentence",
)  # fmt: skip

# Words that stand where a name should: two papers that say them do not speak of one system.
_NO_NAME = frozenset(
    ("baseline", "baselines", "ours", "ourmethod", "ourmodel", "proposed", "proposedmethod", "model",
     "method", "human", "humans", "previousbest", "sota", "stateoftheart", "cnn", "rnn", "lstm", "svm",
     "transformer", "ensemble", "randomforest", "gan", "gcn", "gnn", "llm", "llms", "mlp", "crf")
)  # fmt: skip


def pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs of an own and a later paper's `other` row on the same board and system, with `agrees`.

    A number that agrees with any of a paper's numbers for that system is a quote of it. One that agrees with
    no paper's is held against the earliest paper that names the system: the others took the name from it.
    """
    named = rows.assign(system=_systems(rows))
    named = named.loc[(named["system"] != "") & (named["flag"] == "") & named["day"].notna()]
    own, other = named.loc[named["holder"] == "own"], named.loc[named["holder"] == "other"]
    keep = ["board", "system", "paper", "day", "score", "value"]
    own = own.reset_index(names="own_row")[["own_row", *keep]]
    other = other.reset_index(names="other_row")[["other_row", *keep]]
    both = own.merge(other, on=["board", "system"], suffixes=("", "_other"))
    # A month without a day counts as its first day, so papers are compared by months.
    month, month_other = (both[name].to_numpy().astype("datetime64[M]") for name in ("day", "day_other"))
    both = both.loc[(month_other >= month) & (both["paper"] != both["paper_other"]).to_numpy()]
    decimals = np.minimum(
        decimals_of(both["value"].to_numpy(), both["score"].to_numpy()),
        decimals_of(both["value_other"].to_numpy(), both["score_other"].to_numpy()),
    )
    both = both.assign(agrees=agree(both["score"].to_numpy(), both["score_other"].to_numpy(), decimals))
    quoted = both.loc[both["agrees"]]
    rest = both.loc[~both["other_row"].isin(quoted["other_row"])]
    rest = rest.loc[rest["day"] == rest.groupby("other_row")["day"].transform("min")]
    return pd.concat([quoted, rest])[["own_row", "other_row", "board", "paper", "paper_other", "agrees"]]


def counts(entries: pd.DataFrame, rows: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """For each entry of a board: how many later papers quote it, and how many give another number.

    A paper that does both is counted among those that quote.
    """
    found = pairs(rows)
    agreeing, against = found.loc[found["agrees"]], found.loc[~found["agrees"]]
    quoting = set(zip(agreeing["board"], agreeing["paper"], agreeing["paper_other"], strict=True))
    doubting = set(zip(against["board"], against["paper"], against["paper_other"], strict=True)) - quoting
    return _count(entries, quoting), _count(entries, doubting)


def quotes_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The quotes frame of a board's scored rows; see the module for its columns."""
    found = pairs(rows)
    own, other = rows.loc[found["own_row"]], rows.loc[found["other_row"]]
    out = other.assign(printed=printed_values(other), agrees=found["agrees"].to_numpy())
    out = out.reset_index(drop=True)
    for name in ("paper_id", "title", "model", "score"):
        out[f"entry_{name}"] = own[name].to_numpy()
    out = out[list(QUOTE_COLUMNS)].drop_duplicates(ignore_index=True)
    order = ["entry_title", "entry_model", "date", "title", "score", "model"]
    return out.sort_values(order, kind="stable", ignore_index=True)


def _count(entries: pd.DataFrame, found: set[tuple[int, int, int]]) -> pd.Series[Any]:
    counted = Counter((board, paper) for board, paper, _ in found)
    numbers = [counted[key] for key in zip(entries["board"], entries["paper"], strict=True)]
    return pd.Series(numbers, index=entries.index, dtype="int64")


def _systems(rows: pd.DataFrame) -> pd.Series[Any]:
    folded = rows["model"].map(fold_model).astype("str")
    return folded.where(~folded.isin(_NO_NAME) & (folded.str.len() > 1), "")
