"""Leaderboard: benchmark results read from the titles and abstracts of papers.

    >>> from leaderboard import extract
    >>> [(row.value, row.benchmark) for row in extract("SCNN reaches 96.53% accuracy on TuSimple.")]
    [(96.53, 'TuSimple')]

Boards over rows are in `leaderboard.boards`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaderboard.explanation import explain
    from leaderboard.extraction import extract, extract_paper
    from leaderboard.models import Paper, Result
    from leaderboard.readers import read_papers
    from leaderboard.rulebook import load_rules

__version__ = "0.1.0"

__all__ = [
    "Paper",
    "Result",
    "explain",
    "extract",
    "extract_paper",
    "load_rules",
    "read_papers",
]

_HOMES = {
    "Paper": "leaderboard.models",
    "Result": "leaderboard.models",
    "explain": "leaderboard.explanation",
    "extract": "leaderboard.extraction",
    "extract_paper": "leaderboard.extraction",
    "load_rules": "leaderboard.rulebook",
    "read_papers": "leaderboard.readers",
}


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that a start costs only what it needs."""
    if name not in _HOMES:
        raise AttributeError(f"module 'leaderboard' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
