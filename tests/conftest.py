"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# One profile for everybody: examples differ from run to run only when asked for, and slow machines pass.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Finds a file of the shared data by its path there; a test that needs a missing one is skipped."""
    folder = Path(os.environ.get("LEADERBOARD_SHARED", REPOSITORY.parent / "shared"))

    def find(path: str) -> Path:
        if not (folder / path).exists():
            pytest.skip(f"no {path} in {folder}: set LEADERBOARD_SHARED to the folder that has it")
        return folder / path

    return find
