"""Pages run in this process by `AppTest`, on the demo corpus or on rows written for the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dashboard_samples import DASHBOARD

from leaderboard.views import source

pytest.importorskip("streamlit", reason="the dashboard's packages are not installed")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No rows, rules or folders of whoever runs the tests."""
    for name in (source.ROWS, source.PAPERS, source.RULES, source.GOLD, "LEADERBOARD_RULES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(DASHBOARD))


@pytest.fixture
def app() -> Callable[..., Any]:
    """Opens a page of the dashboard: `app("leaderboard", benchmark="ImageNet")`."""
    from streamlit.testing.v1 import AppTest

    def opened(page: str, **query: str) -> Any:
        tester = AppTest.from_file(str(DASHBOARD / "app.py"), default_timeout=120)
        tester.switch_page(f"screens/{page}.py")
        for name, value in query.items():
            tester.query_params[name] = value
        tester.run()
        assert not tester.exception, tester.exception
        return tester

    return opened
