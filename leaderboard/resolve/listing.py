"""Lists of numbers and of benchmarks: what belongs together by its place in them."""

from __future__ import annotations

from collections.abc import Callable

from leaderboard import expressions as re
from leaderboard.claims import Reading
from leaderboard.lexicon import union
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.mentions.wording import Wording
from leaderboard.resolve.drafts import Draft, Memory, Named, named
from leaderboard.resolve.places import DATA, lists_places, unnamed_place

_PLAIN_SORTS = frozenset(("decimal", "integer", "points", "percent"))
"""Sorts of numbers of which one list can be, the unit printed once."""
WHERE = frozenset(("on", "across", "over", "in", "from"))
_REMARK = re.compile(rf"\([^(){''.join(set(MENTIONS['VALUE']) - set('iI'))}]*\)")
"""A parenthesis without results, which may stand after each name of a list."""
_LONGEST_TASK = 2
"""Words that tell what a benchmark of a list is for."""
_CLEARLY = 3
"""Numbers with metrics of their own that go with as many benchmarks although nobody says so."""
_NUMBERS = frozenset(MENTIONS["VALUE"])
_METRICS = MENTIONS["METRIC"]


def pair_lists(text: str, reading: Reading, drafts: list[Draft], memory: Memory, wording: Wording) -> None:
    """As many numbers in a row as benchmarks in a row, somewhere in the sentence: they belong together, in
    order.

    "On A, B and C we reach accuracies of 0.96, 0.91 and 0.75": no pattern spans all that can stand between
    them.
    """
    tokens = reading.tokens
    lists = name_lists(reading, [i for i, s in enumerate(reading.symbols) if s == "B"])
    for run in _number_runs(reading, drafts) + _measured_runs(reading, drafts):
        numbers = [drafts[k] for k in run]
        if _place_in_turn(text, reading, numbers):
            continue
        if len(numbers) < 2 or any("benchmark" in d.sources and len(d.benchmarks) == 1 for d in numbers):
            continue
        places = lists
        if unnamed_place(text, reading, numbers[-1].index, wording) == DATA:
            places = [names for names in lists if names[0] < numbers[0].index]
        upto = drafts[run[-1] + 1].index if run[-1] + 1 < len(drafts) else len(tokens)
        behind = [names for names in places if numbers[-1].index < names[0] < upto]
        places = [names for names in behind if len(names) == len(numbers)] or places
        fitting = [[named(text, tokens[i]) for i in names] for names in places if len(names) == len(numbers)]
        if not fitting:
            apart = lists or lists_places(reading, numbers[-1].index)
            before = [_in_order(drafts, run[0]), *([] if apart else [memory.recall()])]
            fitting = [names for names in before if len(names) == len(numbers)][:1]
        if len(fitting) == 1:
            for draft, name in zip(numbers, fitting[0], strict=True):
                draft.benchmarks = [name]
                draft.sources["benchmark"] = "lists"


def _place_in_turn(text: str, reading: Reading, numbers: list[Draft]) -> bool:
    """Give the numbers of a list the places listed behind them, of which only the last is a benchmark: "91%,
    88% and 83% on lung scans, heart scans and A, respectively".
    """
    tokens, symbols, last = reading.tokens, reading.symbols, numbers[-1].index
    if len(numbers) < 2:
        return False
    said = next((i for i in range(last, len(symbols)) if symbols[i] in reading.classes["RESPECTIVELY"]), last)
    where = next((i for i in range(last, said) if tokens[i].data in WHERE), said)
    if symbols.count("B", where, said) != 1:
        return False
    if not _NUMBERS.isdisjoint(symbols[where:said]) or "(" in symbols[where:said]:
        return False
    places: list[list[int]] = [[]]
    for i in range(where + 1, said):
        if symbols[i] == "," or symbols[i] in reading.classes["AND"]:
            places += [[]] if places[-1] else []
        else:
            places[-1].append(i)
    places = [place for place in places if place]
    if len(places) != len(numbers) or symbols[places[-1][0]] != "B":
        return False
    for draft, place in zip(numbers, places, strict=True):
        draft.benchmarks = [named(text, tokens[i]) for i in place if symbols[i] == "B"]
        draft.elsewhere = not draft.benchmarks
        draft.sources["benchmark"] = "lists"
    return True


def name_lists(reading: Reading, names: list[int]) -> list[list[int]]:
    """Benchmarks as they are listed, with up to two words of each that tell its task. Two names with only a
    comma between are no list: "On CIFAR-10, FAUST reaches"; but "on CIFAR-10, FAUST, and private data" is.
    """
    joints = reading.classes["AND"] | reading.classes["OR"] | {"/"}
    lists = []
    symbols = reading.symbols
    for run in _runs(names, lambda a, b: _listed(reading, _after_task(_REMARK.sub("", symbols[a + 1 : b])))):
        joined = any(symbol in joints for symbol in symbols[run[0] : run[-1]]) or (
            run[0] > 0 and symbols[run[0] - 1] == "(" and symbols[run[-1] + 1 : run[-1] + 2] == ")"
        )
        joined = joined or _and_other_data(reading, run[-1])
        lists += [run] if joined or len(run) > 2 else [[i] for i in run]
    return lists


def _after_task(between: str) -> str:
    """What stands between two names without the words that tell what the first is for, and the one that tells
    of what sort the second is: "A entailment, Chinese B and noisy C".
    """
    joint = between.lstrip("wJ")
    joint = joint if len(between) - len(joint) <= _LONGEST_TASK and joint else between
    return joint[:-1] if len(joint) > 1 and joint[-1] == "w" else joint


def _and_other_data(reading: Reading, name: int) -> bool:
    """Whether a list goes on, behind a name, to data without one: ", and three private data sets"."""
    after = reading.symbols[name + 1 : name + 7].lstrip("wJ")
    joint = after[1:2] if after[:1] == "," else after[:1]
    behind = after[after.index(joint) + 1 :].lstrip("wJiAN") if joint else ""
    return joint in reading.classes["AND"] and behind[:1] in reading.classes["DATASET_NOUN"]


def _in_order(drafts: list[Draft], upto: int) -> list[Named]:
    """The benchmarks of the numbers before one, each once, in order."""
    return list(
        {d.benchmarks[0].key: d.benchmarks[0] for d in drafts[:upto] if len(d.benchmarks) == 1}.values()
    )


def _number_runs(reading: Reading, drafts: list[Draft]) -> list[list[int]]:
    """The numbers of a sentence as they are listed."""
    return _runs(list(range(len(drafts))), lambda a, b: _goes_on(reading, drafts[a], drafts[b]))


def _measured_runs(reading: Reading, drafts: list[Draft]) -> list[list[int]]:
    """The numbers of a sentence as they are listed with metrics of their own, where each must be of another
    benchmark: "71 mIoU and 92% on A and B, respectively", "71 mIoU, 51 PQ and 44 AP on A, B and C".
    """

    def goes_on(a: int, b: int) -> bool:
        one, other = drafts[a], drafts[b]
        between = reading.symbols[one.index + 1 : other.index].lstrip(_METRICS)
        return one.kind == other.kind and _listed(reading, between)

    runs = _runs(list(range(len(drafts))), goes_on)
    said = not reading.classes["RESPECTIVELY"].isdisjoint(reading.symbols)
    return [run for run in runs if len(run) >= (2 if said else _CLEARLY)]


def run_of(draft: Draft, reading: Reading, drafts: list[Draft]) -> list[int]:
    """The numbers that one is listed with, and itself."""
    first = last = drafts.index(draft)
    while first > 0 and _goes_on(reading, drafts[first - 1], drafts[first]):
        first -= 1
    while last + 1 < len(drafts) and _goes_on(reading, drafts[last], drafts[last + 1]):
        last += 1
    return list(range(first, last + 1))


def _listed(reading: Reading, between: str) -> bool:
    """Whether nothing but commas, "and", "our" and the nouns of data sets stands between two tokens."""
    joints = union(*map(reading.classes.__getitem__, ("AND", "OR", "OWN", "DATASET_NOUN")))
    return all(symbol in ",/" or symbol in joints for symbol in between)


def _goes_on(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether a number is the next of a list, which may say the metric of all behind each: "by 2.1% F1 and
    3.4% F1".
    """
    between = reading.symbols[one.index + 1 : other.index]
    if one.metric_id and one.metric_id == other.metric_id:
        between = between.lstrip(_METRICS)
    return (
        one.kind == other.kind
        and (one.number.sort == other.number.sort or {one.number.sort, other.number.sort} <= _PLAIN_SORTS)
        and _listed(reading, between)
    )


def _runs(items: list[int], joined: Callable[[int, int], bool]) -> list[list[int]]:
    """Cut a list into runs of items of which each is joined to the next."""
    runs: list[list[int]] = []
    for item in items:
        if runs and joined(runs[-1][-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs
