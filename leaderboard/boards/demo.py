"""The demo corpus that comes with the program, as rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from leaderboard.boards.results import results_frame
from leaderboard.models import Paper


def demo_file() -> Path:
    """`fixtures/digests.jsonl` of a checkout, or the copy inside the installed package."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data" / "fixtures"
    return (installed if installed.is_dir() else package.parent / "fixtures") / "digests.jsonl"


def demo_rows(rules: Any = None) -> pd.DataFrame:
    """The results frame of the demo corpus, extracted anew."""
    from leaderboard.extraction import extract_paper
    from leaderboard.readers import read_papers

    papers = [item for item in read_papers(str(demo_file())) if isinstance(item, Paper)]
    return results_frame(row for paper in papers for row in extract_paper(paper, rules))
