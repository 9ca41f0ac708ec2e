from __future__ import annotations

import pytest
from board_samples import small_catalogue

from leaderboard.rulebook import RuleSet


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    return small_catalogue(tmp_path_factory.mktemp("rules"))
