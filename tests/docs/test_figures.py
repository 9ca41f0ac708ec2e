"""The figures in the pages are those that were measured."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """`docs/figures.py`, a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("figures", REPOSITORY / "docs" / "figures.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_show_the_measured_figures(writer: ModuleType) -> None:
    known = writer.figures()
    for page in writer.PAGES:
        text = page.read_text(encoding="utf-8")
        assert writer.filled(text, known) == text, f"{page.name}: run python docs/figures.py"


def test_every_measured_figure_is_shown(writer: ModuleType) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in writer.PAGES)
    shown = {mark[2] for mark in writer.MARK.finditer(pages)}
    assert not set(writer.figures()) - shown


def test_a_figure_that_nobody_measured_is_marked(writer: ModuleType) -> None:
    text = "F1 <!-- figure: board-f1 -->0.99<!-- end -->"
    assert writer.filled(text, {"board-f1": "0.93"}) == "F1 <!-- figure: board-f1 -->0.93<!-- end -->"
    assert writer.MISSING in writer.filled(text, {})
