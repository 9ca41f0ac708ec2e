"""Rules are cached apart from the user's own."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A cache folder for all of these tests, and no rules of the person who runs them."""
    patch = pytest.MonkeyPatch()
    patch.setenv("LEADERBOARD_CACHE", str(tmp_path_factory.mktemp("cache")))
    patch.delenv("LEADERBOARD_RULES", raising=False)
    yield patch
    patch.undo()
