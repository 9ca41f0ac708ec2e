"""`leaderboard dashboard`: what it passes on, and what it refuses before anything starts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import streamlit.web.cli
from dashboard_samples import DASHBOARD, sample_row, write_rows
from typer.testing import CliRunner

from leaderboard.cli import app
from leaderboard.cli.dashboard import dashboard_folder
from leaderboard.views.source import Named


def test_the_server_listens_on_loopback_and_knows_its_rows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []

    def start(arguments: list[str], **_: Any) -> None:
        started.append(arguments)

    monkeypatch.setattr(streamlit.web.cli, "main", start)
    rows = write_rows(tmp_path / "rows.jsonl", [sample_row()])
    result = CliRunner().invoke(
        app, ["dashboard", str(rows), "--rules", str(tmp_path / "mine"), "--port", "8600"]
    )
    assert result.exit_code == 0, result.output
    (arguments,) = started
    assert arguments[:2] == ["run", str(DASHBOARD / "app.py")]
    flags = dict(zip(arguments[2::2], arguments[3::2], strict=True))
    assert flags["--server.address"] == "127.0.0.1" and flags["--server.port"] == "8600"
    assert Named.from_environment() == Named(str(rows), "", str(tmp_path / "mine"), "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["nowhere.csv"], "no such file"), (["--rules", "a-file"], "is not a folder")],
)
def test_what_cannot_be_is_said_at_once(arguments: list[str], said: str) -> None:
    Path("a-file").write_text("x", encoding="utf-8")
    result = CliRunner().invoke(app, ["dashboard", *arguments])
    assert result.exit_code == 2
    assert said in result.output


def test_the_theme_lies_beside_the_app_in_light_and_dark() -> None:
    theme = tomllib.loads((dashboard_folder() / ".streamlit" / "config.toml").read_text(encoding="utf-8"))[
        "theme"
    ]
    for ground in ("light", "dark"):
        colours = theme[ground]["chartCategoricalColors"]
        assert len(set(colours)) == len(colours) == 8
        assert theme[ground]["textColor"] != theme[ground]["backgroundColor"]
