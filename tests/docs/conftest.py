"""Where the documentation is, and a folder in which its commands are run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, with the repository's own folders at hand, in an environment without settings."""
    for name in ("fixtures", "rules", "docs"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEADERBOARD_RULES", raising=False)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    # Tables are as wide as in the pages, and without colours.
    for name, value in {"COLUMNS": "110", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}.items():
        monkeypatch.setenv(name, value)
    return tmp_path
