"""A server on this machine, and papers of our own for it."""

from __future__ import annotations

import os

import pytest
from sources.server import Server, Stored
from typer.testing import CliRunner

from leaderboard.cli import app

LANES = [
    Stored(id, title, abstract, published, version)
    for id, title, abstract, published, version in (
        ("1712.06080", "Spatial", "SCNN gets 96.53% accuracy on TuSimple.", "2017-12-17T08:00:00Z", 1),
        ("1802.05591", "Lane\n  instances", "Lanes: 96.4% accuracy\non TuSimple.", "2018-02-15T19:00:00Z", 1),
        ("1907.01294", "Lines", "Our $x<y$ & more: 96.6% accuracy on TuSimple.", "2019-07-02T10:00:00Z", 3),
        ("2004.10924", "Polynomials", "PolyNet: 93.36% accuracy on TuSimple.", "2020-04-23T02:00:00Z", 1),
        ("2004.11757", "Ultra fast", "UFLD: 95.87% accuracy on TuSimple.", "2020-04-24T13:00:00Z", 1),
        ("2105.05003", "Conditional", "CondLane: 96.54% accuracy on TuSimple.", "2021-05-11T05:00:00Z", 1),
        ("2203.10350", "Refinement", "CLRNet gets 96.9% accuracy on TuSimple.", "2022-03-19T16:00:00Z", 1),
    )
]  # fmt: skip


@pytest.fixture(autouse=True)
def outside(monkeypatch):
    """Nothing of the machine's own settings reaches the tests, and no request waits longer than it must."""
    for name in list(os.environ):
        if name.startswith("LEADERBOARD_") or name.lower().endswith("_proxy") or name == "HF_TOKEN":
            monkeypatch.delenv(name)
    for name, value in (("INTERVAL", "0"), ("BACKOFF", "0.001"), ("TIMEOUT", "5")):
        monkeypatch.setenv(f"LEADERBOARD_ARXIV_{name}", value)
        monkeypatch.setenv(f"LEADERBOARD_HF_PAPERS_{name}", value)


@pytest.fixture
def server(monkeypatch):
    """A running server with seven papers, which both sources are told to ask."""
    server = Server()
    server.papers = list(LANES)
    monkeypatch.setenv("LEADERBOARD_ARXIV_BASE", server.arxiv)
    monkeypatch.setenv("LEADERBOARD_HF_PAPERS_BASE", server.daily)
    yield server
    server.close()


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words, **options: CliRunner().invoke(app, list(words), **options)
