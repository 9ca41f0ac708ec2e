"""`split_sentences`: where sentences end, and where a full stop does not end one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.sentences import split_sentences

# Sentences apart by a bar, which stands for one space.
IN_THE_WILD = [
    "We reach 71.2%.|Code is public.",
    "It works (see the appendix).|We then test it.",
    "It is called v1.3.|The older v1.2 is slower.",
    "Is it enough?|We ask!|Nobody knows.",
    'They call it "deep."|We do not.',
    "Nothing ends here",
    "We train on ImageNet.|nuScenes is held out.|iNaturalist is not.",
    "It drops to 3.5.|2 datasets are new.",
    "It was built in 2020.|Three years later it fell.",
    "We beat CNNs, RNNs, etc.|Our code is out.",
    "As shown by Doe et al.|We differ.",
    "See https://a.org/b.html.|It has 5 files.",
    "Accuracy is 5 points higher...|Latency is lower.",
    "It is the state of the art.|Tracking is fast.",
    "It takes 5 ms.|Training takes longer.",
    "Half of them (all of them are public).|More to come.",
]
NEGATIVE = [
    "We gain 2.1 points, i.e. 5% vs. Resnet, e.g. on COCO.",
    "See Fig. 3, Eq. 4, Sec. 5 and Tab. 6.",
    "Doe et al. (2019) and Roe et al. [3] differ from Poe et al. 2020.",
    "J. Doe and A. B. Roe of St. Petersburg wrote it.",
    "It takes approx. 5 ms w.r.t. The Baseline.",
    "The U.S. Patent data and Yahoo! Answers are used.",
    "We (1) train; (2) test; (3) Repeat.",
    "We do this: Train and test.",
    "Gains hold (on A. Also on B.) in all of them.",
    "It uses Node.js and www.a.org/B.C and model.Fit here.",
    "It ends. but goes on.",
    "1. Introduction to it",
    "It scores 95. 3 on it",
]
KNOWN_FAILURES = [
    "We test vitamin C.|Tests follow.",  # a single letter is an initial
    "We compare with version 2.|3 is not out.",  # a number in two pieces
    "The gap is 5 min.|Accuracy holds.",  # an abbreviation before a word that is no usual beginning
]


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize("case", IN_THE_WILD)
def test_in_the_wild(case: str) -> None:
    assert _split(case.replace("|", " ")) == case.split("|")


@pytest.mark.parametrize("text", NEGATIVE)
def test_one_sentence(text: str) -> None:
    assert _split(text) == [text]


@pytest.mark.parametrize("case", KNOWN_FAILURES)
@pytest.mark.xfail(strict=True)
def test_known_failures(case: str) -> None:
    assert _split(case.replace("|", " ")) == case.split("|")


def test_line_breaks_and_missing_spaces() -> None:
    assert _split("A title\n\nIt begins e.g.\nso") == ["A title", "It begins e.g.", "so"]
    assert _split("It holds on all of them.We also test it.") == [
        "It holds on all of them.",
        "We also test it.",
    ]
    assert _split(" \n ") == []


_TEXT = st.lists(
    st.one_of(
        st.sampled_from([". ", "? ", "e.g. ", "A", "b", "5", "\n", " ", "(", ")", ".", '"', "al. We "]),
        st.text(max_size=3),
    )
).map("".join)


@given(_TEXT)
def test_spans_cover_all_but_space(text: str) -> None:
    done = 0
    for start, end in split_sentences(text):
        assert not text[done:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        done = end
    assert not text[done:].strip()


@pytest.mark.parametrize("piece", ["a. ", "( a. B. ", " ", "\n", "...", "e.g. ", "A.\"'"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    times = []
    for size in (2_000, 32_000):
        started = time.process_time()
        split_sentences(piece * size)
        times.append(time.process_time() - started)
    assert times[1] < 1.0 + 40 * times[0]
