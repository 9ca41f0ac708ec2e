"""What abbreviations in parentheses stand for."""

from __future__ import annotations

import pytest

from leaderboard.mentions.abbreviations import expansion, modifies, spells_out
from leaderboard.mentions.wording import Wording


@pytest.mark.parametrize(
    ("before", "short", "words"),
    [
        ("with a path-consistent safety filter", "PCSF", ["path", "consistent", "safety", "filter"]),
        ("we record photoplethysmography", "PPG", ["photoplethysmography"]),
        ("the state of the art", "SOTA", ["state", "of", "the", "art"]),
        ("the length of noisy queues", "LNQ", ["length", "of", "noisy", "queues"]),
        ("a plain pigment", "PPX", []),
        ("a plain grid of many words", "PG", []),
        ("the planner", "P", []),
    ],
)
def test_the_words_that_an_abbreviation_stands_for(before, short, words):
    assert expansion(before, short) == words


def test_only_what_stands_right_before_the_parenthesis_is_spelled_out():
    assert spells_out("a path-consistent safety filter (", "PCSF")
    assert not spells_out("a path-consistent safety filter", "PCSF")


def test_a_data_set_that_is_distilled_is_no_data_set():
    resource = Wording({"resources": ["dataset"]}).resource
    assert modifies("Guided Dataset Distillation (", "GDD", resource)
    assert not modifies("Guided Driving Dataset (", "GDD", resource)
