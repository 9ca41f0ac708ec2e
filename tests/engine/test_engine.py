"""The compiled engine that is kept between runs, and the plain tuples that it works with."""

from __future__ import annotations

import pytest

from leaderboard import patterns
from leaderboard.engine import Engine, engine
from leaderboard.found import Found, Texts
from leaderboard.models import Paper, Result
from leaderboard.rulebook import RuleError, load_rules

TEXT = "It reaches 96.53% accuracy on TuSimple."


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("LEADERBOARD_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def compilations(monkeypatch):
    made = []
    compile_rules = patterns.compile_rules
    monkeypatch.setattr(patterns, "compile_rules", lambda *args: made.append(1) or compile_rules(*args))
    return made


def started(folder) -> Engine:
    """The engine as a new process gets it."""
    engine.__globals__["_engines"].cache_clear()
    return engine(load_rules(folder))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine" / "patterns").mkdir(parents=True)
    file = tmp_path / "mine" / "patterns" / "mine.yaml"
    file.write_text("results: [{id: mine, pattern: 'zorb VALUE', gives: {kind: score}}]")
    return tmp_path / "mine"


def test_a_second_start_compiles_no_pattern(folder, cache, compilations):
    first, second = started(folder), started(folder)
    assert len(compilations) == 2  # a list for each layer
    assert first.results == second.results and first.naming == second.naming
    assert first.lexicon == second.lexicon and first.about_results == second.about_results
    (folder / "patterns" / "mine.yaml").write_text("results: [{id: mine, pattern: 'zorb LEVEL'}]")
    assert next(r for r in started(folder).results.rules if r.id == "mine").pattern == "zorb LEVEL"
    assert len(compilations) == 4


def test_an_altered_or_foreign_engine_is_not_used(folder, cache, compilations):
    right = started(folder).results
    (path,) = cache.glob("engine-*")
    whole = path.read_bytes()
    for damaged in (whole.replace(b"zorb VALUE", b"zorb LEVEL"), whole[:-20], b"", b"garbage\n" * 9):
        path.write_bytes(damaged)
        assert started(folder).results == right
        assert path.read_bytes() == whole
    path.chmod(0o666)
    started(folder)
    assert len(compilations) == 2 * 6


def test_a_pattern_that_cannot_be_read_is_told_at_every_start(folder, cache):
    (folder / "patterns" / "mine.yaml").write_text("results:\n  - {id: mine, pattern: 'ZORB VALUE'}\n")
    for _ in range(2):
        with pytest.raises(RuleError, match=r"mine\.yaml:2:\d+: .*no class ZORB"):
            started(folder)
    assert not list(cache.glob("engine-*"))


def test_plain_tuples_have_the_fields_of_the_public_models():
    assert Found._fields == tuple(Result.model_fields)
    assert Texts._fields == tuple(Paper.model_fields)
    assert Texts()._asdict() == Paper().model_dump()
