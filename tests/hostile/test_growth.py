"""Time grows with the length of a text, whatever the text; and no text makes extraction fail."""

from __future__ import annotations

import re
import time

import pytest
from hostile_shapes import PLAIN, SHAPES
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderboard.clean import clean
from leaderboard.extraction import extract_paper
from leaderboard.models import Paper
from leaderboard.sentences import split_sentences

SMALL, LARGE = 4_000, 16_000

SLOW: dict[str, str] = {}
"""Shapes known to take more than linear time, each with the cause. To be emptied."""


def seconds(work, text: str, rounds: int = 3) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work(text)
        best = min(best, time.process_time() - began)
    return best


def extracted(text: str):
    return extract_paper(Paper(abstract=text))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(n, marks=pytest.mark.xfail(reason=SLOW[n], strict=False)) if n in SLOW else n
        for n in SHAPES
    ],
)
def test_four_times_the_text_takes_no_more_than_eight_times_as_long(name: str) -> None:
    extracted(PLAIN)
    small, large = (SHAPES[name].text(size) for size in (SMALL, LARGE))
    # What takes next to no time has no growth that could be told from noise.
    for _ in range(3):
        if (taken := seconds(extracted, large)) < max(0.05, 8 * seconds(extracted, small)):
            return
    pytest.fail(f"{taken:.2f} s for {LARGE:,} characters")


@pytest.mark.parametrize("work", [clean, split_sentences], ids=["clean", "sentences"])
@pytest.mark.parametrize("name", SHAPES)
def test_cleaning_and_splitting_take_linear_time(name: str, work) -> None:
    for _ in range(3):
        if seconds(work, SHAPES[name].text(160_000)) < max(
            0.05, 8 * seconds(work, SHAPES[name].text(40_000))
        ):
            return
    pytest.fail("more than linear")


PIECES = st.sampled_from(
    [unit for shape in SHAPES.values() if (unit := getattr(shape, "unit", ""))]
    + PLAIN.split(". ")
    + [". ", "\n"]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=3).map("".join))
def test_any_mixture_gives_rows_that_point_at_their_numbers(abstract: str, title: str) -> None:
    paper = Paper(id="p", title=title, abstract=abstract)
    rows = extract_paper(paper)
    for row in rows:
        text = title if row.field == "title" else abstract
        assert re.search(r"\d|first|second|third", text[row.start : row.end], re.IGNORECASE), row
        assert row.sentence in text
    assert rows == extract_paper(paper)
