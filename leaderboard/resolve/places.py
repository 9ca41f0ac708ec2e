"""Where a sentence says that something was measured, when it does so by no name."""

from __future__ import annotations

from itertools import pairwise

from leaderboard import expressions as re
from leaderboard.claims import Reading
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.mentions.wording import Wording

DATA = "data"
"""A place that is data: "on several benchmarks"."""
TRIALS = "trials"
"""A place of another sort, which may be a part of a benchmark: "across manipulation tasks"."""
PLACED = frozenset(("in", "on", "for", "across"))
"""Prepositions that begin a place in words."""
_WHERE = frozenset(("on", "across", "over", "in", "under", "from", "throughout", "through", "for"))
_OPENS = frozenset(("on", "in"))
_STOPS = frozenset(",;.()/-:") | frozenset(MENTIONS["VALUE"])
_NUMBERS = frozenset(MENTIONS["REAL"])
_WHOLE = frozenset(MENTIONS["INTEGER"])
_NAMES_FOLLOW = 3
_SKIPPED = 80
"""Characters before the first token of a sentence, whose words leave none."""
_DEFINITE = re.compile(
    r"\s*(?:both|the|these|those|this|that|its|each|such|either|respective|their)\b", re.IGNORECASE
)


def unnamed_place(text: str, reading: Reading, index: int, wording: Wording) -> str:
    """What a number goes on to say it was measured on, where that has no name: "4.9% on several benchmarks",
    "13% across real-world tasks". `DATA`, `TRIALS`, or empty: where it says nothing of the sort,
    where it means what the sentence has named ("on both benchmarks"), and where the names follow ("on two
    benchmarks: A, B").
    """
    tokens, classes = reading.tokens, reading.classes
    nouns = classes["DATASET_NOUN"] | classes["PLACE_NOUN"]
    ends = classes["CLAUSE"] | classes["AND"]
    where, last = None, index
    for last in range(index + 1, len(tokens)):
        token = tokens[last]
        if token.symbol in _WHOLE and text.endswith("over ", 0, token.start):
            where = last - 1
        counted = token.symbol in _WHOLE and where is not None
        if token.symbol == "B":
            return ""
        if token.symbol in ends or (token.symbol in _STOPS and not counted):
            break
        if str(token.data) in _WHERE:
            where = last
        elif where is not None and token.symbol in nouns and str(token.data).endswith(("s", "corpora")):
            if _DEFINITE.match(text, tokens[where].end) or _names_follow(reading, last):
                return ""
            return DATA if token.symbol in classes["DATASET_NOUN"] else TRIALS
    if "B" in reading.symbols[last : last + 2]:
        return ""
    span = tokens[index].end, tokens[last].start
    return DATA if wording.elsewhere.search(text, *span) else ""


def lists_places(reading: Reading, last: int) -> bool:
    """Whether a list of something else stands between the last number of a list and "respectively": "95% and
    93% on household and adversarial objects, respectively".
    """
    after = reading.symbols[last + 1 :]
    said = next((i for i, symbol in enumerate(after) if symbol in reading.classes["RESPECTIVELY"]), 0)
    return not reading.classes["AND"].isdisjoint(after[:said]) and _NUMBERS.isdisjoint(after[:said])


def moves_on(text: str, reading: Reading, name: int, index: int, wording: Wording) -> bool:
    """Whether a sentence goes on, between a benchmark and a number, to measure on something else: "91% on A,
    and in a real-world trial 87%".
    """
    last = max((i for i in range(name, index) if reading.symbols[i] in _NUMBERS), default=name)
    span = reading.tokens[last].end, reading.tokens[index].start
    place = wording.elsewhere.search(text, *span)
    return place is not None and any(
        token.symbol in _STOPS and token.end <= place.start() for token in reading.tokens[name + 1 : index]
    )


def _names_follow(reading: Reading, noun: int) -> bool:
    """Whether what a noun stands for is named right behind it."""
    after = reading.symbols[noun + 1 : noun + 1 + _NAMES_FOLLOW]
    return "B" in after


def speaks_of_all(reading: Reading) -> bool:
    """Whether a sentence says "both", "each" or "on average"."""
    return not (reading.classes["BOTH"] | reading.classes["AVERAGE"]).isdisjoint(reading.symbols)


def speaks_of_another(text: str, reading: Reading, wording: Wording) -> bool:
    """Whether a sentence measures on something else: on data that nobody has named ("on an in-house data
    set"), or on what it names and nothing calls a benchmark ("on MedSheets").
    """
    tokens = reading.tokens
    if "another" not in reading.known:
        begin = max(0, tokens[0].start - _SKIPPED)
        stop = max(text.rfind(mark, begin, tokens[0].start) for mark in (". ", ".\n"))
        span = max(begin, stop + 1), tokens[-1].end  # "real-world" leaves no token
        reading.known["another"] = wording.elsewhere.search(text, *span) is not None or any(
            one.data == "on" and two.symbol in "NAU" for one, two in pairwise(tokens)
        )
    return reading.known["another"]


def opens_with_task(reading: Reading) -> bool:
    """Whether a sentence begins with a task of its own: "On speech translation, it gains"."""
    symbols = reading.symbols.lstrip(",")
    tokens = reading.tokens[len(reading.symbols) - len(symbols) :]
    opening = symbols.partition(",")[0]
    nouns = reading.classes["DATASET_NOUN"] | reading.classes["SPLIT"]
    return (
        opening != symbols
        and tokens[0].data in _OPENS
        and MENTIONS["TASK"] in opening
        and nouns.isdisjoint(opening)
    )


def points_back(text: str, reading: Reading, wording: Wording) -> bool:
    """Whether a sentence speaks of the data set named before: "on this data set", "on our benchmark"."""
    if "back" not in reading.known:
        span = reading.tokens[0].start, reading.tokens[-1].end
        reading.known["back"] = wording.that_data.search(text, *span) is not None
    return reading.known["back"]


def speaks_of_several(reading: Reading) -> bool:
    """Whether a sentence speaks of data sets in the plural, by no name."""
    if "several" not in reading.known:
        nouns = reading.classes["DATASET_NOUN"]
        reading.known["several"] = any(
            t.symbol in nouns and str(t.data).endswith("s") and t.data != "leaderboards"
            for t in reading.tokens
        )
    return reading.known["several"]
