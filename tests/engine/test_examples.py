"""The examples that stand beside the built-in rules, which are their specification."""

from __future__ import annotations

import re

import pytest

from leaderboard.authoring.examples import examples_of, outcome_of
from leaderboard.extraction import extract, extract_paper
from leaderboard.rulebook import load_rules

RULES = load_rules()

EXAMPLES = list(examples_of(RULES))


@pytest.mark.parametrize(
    ("rule", "source", "example"), EXAMPLES, ids=[f"{n}-{rule}" for n, (rule, _, _) in enumerate(EXAMPLES)]
)
def test_a_text_gives_its_rows(rule, source, example):
    outcome = outcome_of(rule, source, example, extract_paper)
    assert not outcome.failed, "\n".join([outcome.text, *outcome.lines()])


def test_a_text_may_end_anywhere():
    for _, _, example in EXAMPLES:
        for word in re.finditer(r"\S+", example["text"]):
            extract(example["text"][: word.end()].rstrip(".,;"))


def test_every_pattern_has_an_example():
    patterns = [
        entry["id"]
        for read in RULES.extra["patterns"]
        for layer in ("naming", "results")
        for entry in read["data"].get(layer, ())
    ]
    assert set(patterns) <= {rule for rule, _, _ in EXAMPLES}
    assert len(patterns) == len(set(patterns))
