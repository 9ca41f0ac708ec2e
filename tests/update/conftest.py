"""A folder of boards that is fed by the server of the sources' tests."""

from __future__ import annotations

import pytest
from sources.conftest import LANES, outside, run, server  # noqa: F401
from sources.server import Stored

NEW = Stored(
    "2401.00001", "Wider lanes", "WideNet reaches 71.2% mAP on FooBench and 97.1% accuracy on TuSimple.",
    "2024-01-01T00:00:00Z",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path, server, run):  # noqa: F811
    """A new folder; the server has the first four papers."""
    server.papers = LANES[:4]
    assert run("init", "boards").exit_code == 0
    return tmp_path / "boards"


@pytest.fixture
def update(run, folder):  # noqa: F811
    """Updates the folder, with whatever is said beside."""
    return lambda *words: run("update", "boards", *words)
