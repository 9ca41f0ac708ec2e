"""The rows of later papers behind a board's counts of quotes and disagreements."""

from __future__ import annotations

from typing import Any

import pandas as pd

from leaderboard.boards.facts import facts_of
from leaderboard.boards.quotes import quotes_frame
from leaderboard.boards.ranking import board_rows


def quotes(
    frame: pd.DataFrame,
    benchmark: str,
    *,
    metric: str | None = None,
    split: str | None = None,
    rules: Any = None,
) -> pd.DataFrame:
    """The quotes frame (see `leaderboard.boards.quotes`) of a board named as in `board`.

    Raises:
        UnknownBoard: with the nearest names, when there is no such benchmark, metric or split.
    """
    facts = facts_of(rules)
    return quotes_frame(board_rows(frame, benchmark, metric=metric, split=split, facts=facts))
