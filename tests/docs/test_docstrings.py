"""The examples of docstrings give what they say; those that need files of the reader are skipped."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import leaderboard

PACKAGE = Path(leaderboard.__file__).parent
TAUGHT = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", TAUGHT)
def test_the_examples_of_a_module_run(name: str) -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    said: list[str] = []
    for test in doctest.DocTestFinder().find(import_module(name)):
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)
