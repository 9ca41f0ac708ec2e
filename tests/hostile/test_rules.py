"""Rule files that mean harm, loaded the way a user's folder is."""

from __future__ import annotations

import os
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from leaderboard.claims import RunawayRule
from leaderboard.extraction import extract
from leaderboard.rulebook import RuleError, load_rules
from leaderboard.rulebook.folders import MAX_BYTES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "rules" / "benchmarks").mkdir(parents=True)
    (tmp_path / "rules" / "patterns").mkdir()
    return tmp_path / "rules"


def test_a_file_larger_than_memory_is_refused_after_the_limit(folder: Path) -> None:
    path = folder / "benchmarks" / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # a terabyte that takes no room
    tracemalloc.start()
    with pytest.raises(RuleError, match=r"huge\.yaml: the file is too big \(split it"):
        load_rules(folder, builtin=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MAX_BYTES


def test_a_bomb_in_a_folder_is_refused_at_its_anchor(folder: Path) -> None:
    lines = ["a0: &a0 [lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    (folder / "benchmarks" / "bomb.yaml").write_text("\n".join(lines))
    with pytest.raises(RuleError, match=r"bomb\.yaml:1:5: YAML anchors and aliases are not used here"):
        load_rules(folder, builtin=False)


def test_merge_keys_and_objects_are_refused(folder: Path) -> None:
    path = folder / "benchmarks" / "a.yaml"
    for text in ("a: &x {b: 1}\nc:\n  <<: *x\n", "a: !!python/object/apply:os.system ['true']\n"):
        path.write_text(text)
        with pytest.raises(RuleError, match=r"a\.yaml:1:4: "):
            load_rules(folder, builtin=False)


def test_brackets_without_end_are_refused_quickly(folder: Path) -> None:
    (folder / "benchmarks" / "deep.yaml").write_text("[" * 200_000)
    began = time.process_time()
    with pytest.raises(RuleError, match=r"deep\.yaml"):
        load_rules(folder, builtin=False)
    assert time.process_time() - began < 5


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_out_of_the_folder_give_nothing_away(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("secret: word\n")
    (folder / "benchmarks" / "link.yaml").symlink_to(outside / "secret.yaml")
    with pytest.raises(RuleError, match=r"link\.yaml: the link leads out of the rules folder") as caught:
        load_rules(folder, builtin=False)
    assert "word" not in str(caught.value)
    (folder / "benchmarks" / "link.yaml").unlink()
    (folder / "more").symlink_to(outside, target_is_directory=True)
    try:  # a linked folder is either not gone into or refused; its files are never read
        load_rules(folder, builtin=False)
    except RuleError as error:
        assert "word" not in str(error)
        assert "leads out" in str(error)
    (folder / "more").unlink()
    (folder / "benchmarks" / "round.yaml").symlink_to(folder / "benchmarks" / "round.yaml")
    with pytest.raises(RuleError, match=r"round\.yaml: the link leads round in a circle \(remove it\)"):
        load_rules(folder, builtin=False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_a_pipe_in_the_folder_does_not_make_it_wait(folder: Path) -> None:
    os.mkfifo(folder / "benchmarks" / "pipe.yaml")
    load_rules(folder, builtin=False)


def test_a_rule_that_runs_away_is_stopped_and_named(folder: Path) -> None:
    (folder / "patterns" / "mine.yaml").write_text(
        "results:\n- id: my-runaway\n  regex: '(?P<value>\\d+)(?:[a-z ]|[a-z]|\\w+ ?)*[#!]'\n"
        "  gives: {kind: score}\n  examples: []\n"
    )
    rules = load_rules(folder)
    began = time.monotonic()
    with pytest.raises(RunawayRule, match="the rule my-runaway ran for more than 1 s"):
        extract(f"An accuracy of 91.3% and 5 {'words and ' * 60}no end.", rules)
    assert time.monotonic() - began < 20
