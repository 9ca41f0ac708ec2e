"""Boards from rows: pure functions over the results frame, each giving a documented frame.

>>> from leaderboard.boards import board, boards, history, read_results
>>> rows = read_results("rows.csv")  # doctest: +SKIP
>>> board(rows, "TuSimple")  # doctest: +SKIP
"""

from leaderboard.boards.evidence import quotes
from leaderboard.boards.facts import Facts, facts_of
from leaderboard.boards.history import best_so_far, history
from leaderboard.boards.lookup import UnknownBoard
from leaderboard.boards.papers import fold_papers
from leaderboard.boards.ranking import BOARD_COLUMNS, all_boards, board
from leaderboard.boards.results import COLUMNS, ResultsError, read_results, results_frame, to_results
from leaderboard.boards.summary import SUMMARY_COLUMNS, boards

__all__ = [
    "BOARD_COLUMNS",
    "COLUMNS",
    "SUMMARY_COLUMNS",
    "Facts",
    "ResultsError",
    "UnknownBoard",
    "all_boards",
    "best_so_far",
    "board",
    "boards",
    "facts_of",
    "fold_papers",
    "history",
    "quotes",
    "read_results",
    "results_frame",
    "to_results",
]
