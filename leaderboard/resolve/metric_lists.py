"""The metrics of numbers in lists and pairs: one for both, each its own, or those of the numbers before."""

from __future__ import annotations

from itertools import pairwise

from leaderboard import expressions as re
from leaderboard.claims import Reading
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.resolve.drafts import DECIBELS, Draft, Memory
from leaderboard.resolve.metrics import (
    OPEN,
    WEAK,
    alike,
    can_measure,
    copy_metric,
    opens_parenthesis,
    set_metric,
)

_MODIFIERS = ("SPLIT", "TRAIN", "AVERAGE", "SETTING")
"""Classes of words that may stand for a metric of which a second word is the head."""
_FIRST_WORD = re.compile(r"[^\W\d]+(?:-level)?[\s-]+(?=[A-Za-z])")
"""The first word of a metric's name, where there are more."""

_ADJECTIVE = re.compile(
    r"[A-Za-z][a-z]+(?:-\w+)?(?:al|ary|ive|ous|ar|ble|ful|wise|-level|class|(?<!traff)ic)"
)
"""A word that is no metric without a noun: "visual", "binary"."""


def share_metric(drafts: list[Draft], reading: Reading) -> None:
    """Two levels side by side have one metric, though only the second says it: "from 2.98 to 2.91 bits per
    dimension", "81.3 vs. 76.7 accuracy"; so have a difference and the levels in the parenthesis behind it.
    """
    paired = set[int]()
    for first, second in pairwise(drafts):
        pair = first.rule == second.rule and first.holder != second.holder and first.index not in paired
        if pair:
            paired.add(second.index)
        pair = pair or (
            first.kind == "gain" and second.kind == "score" and opens_parenthesis(first, second, reading)
        )
        if (
            pair
            and first.sources.get("metric", "none") in WEAK
            and second.sources.get("metric", "none") not in WEAK
        ):
            copy_metric(second, first)


def share_decibels(drafts: list[Draft]) -> None:
    """Give a number in decibels that no metric stands beside that of another one: "19.7 dB, where the older
    network is at 18.9 dB in PSNR".
    """
    signals = [draft for draft in drafts if draft.number.unit == DECIBELS]
    told = next((d for d in signals if d.metric and d.sources["metric"] not in WEAK), None)
    for draft in signals:
        if told and draft.sources.get("metric", "none") in WEAK - {"clause"}:
            copy_metric(told, draft)


def take_turns(text: str, drafts: list[Draft], reading: Reading, memory: Memory) -> None:
    """Numbers side by side have, in order, the metrics that stand side by side, or those of the numbers
    before: "in PSNR and SSIM, it reaches 31.2 dB and 0.91 on A, and 38.1 dB and 0.98 on B"; or, of a sentence
    that names none, those of the sentence before: "On B, it reaches 38.1 dB and 0.98, respectively".
    """
    metrics = [i for i, symbol in enumerate(reading.symbols) if symbol == "M"]
    lists = _side_by_side(metrics, reading) if len(metrics) > 1 else []
    places = [d.index for d in drafts]
    for run in _side_by_side(places, reading):
        numbers = [drafts[places.index(i)] for i in run]
        if len(run) < 2 or any(d.sources.get("metric", "none") not in OPEN for d in numbers):
            continue
        first = places.index(run[0])
        before = drafts[max(0, first - len(run)) : first]
        fitting = [names for names in lists if len(names) == len(run)]
        if len(fitting) == 1 and fitting[0][-1] < run[0]:
            for draft, name in zip(numbers, fitting[0], strict=True):
                if can_measure(text, draft, reading.tokens[name]):
                    set_metric(text, draft, reading, name)
                    draft.sources["metric"] = "clause"
        elif len(before) == len(run) == len({(d.metric_id or d.metric, d.metric_implied) for d in before}):
            for draft, other in zip(numbers, before, strict=True):
                if other.kind in (draft.kind, "score", "gain") and alike(other, draft):
                    copy_metric(other, draft)
        elif 1 < len(run) == len(memory.metrics) and not metrics and _are_of_all(numbers, reading):
            for draft, (printed, metric_id) in zip(numbers, memory.metrics, strict=True):
                draft.metric_implied, draft.metric_id = printed, metric_id
                draft.sources["metric"] = "sentence-before"


def _are_of_all(numbers: list[Draft], reading: Reading) -> bool:
    """Whether levels are, "respectively", of as many metrics, for there are not as many benchmarks."""
    said = not reading.classes["RESPECTIVELY"].isdisjoint(reading.symbols[numbers[-1].index :])
    return said and reading.symbols.count("B") < 2 and all(d.kind == "score" for d in numbers)


def restore_heads(text: str, drafts: list[Draft], reading: Reading) -> None:
    """Give the first of two numbers the metric of which only the first word is said: "clean and robust
    accuracy of 91.2% and 45.1%".
    """
    places = {draft.index: draft for draft in drafts}
    for run in _side_by_side(list(places), reading):
        if len(run) % 2:
            continue
        for one, two in zip(run[::2], run[1::2], strict=True):
            told = [reading.claims.get(i, {}).get("metric") for i in (one, two)]
            if told[0] and told[1] and told[0].target == told[1].target and isinstance(told[0].target, list):
                name = _elided(text, told[0].target[0], reading)
                if name:
                    draft = places[one]
                    draft.metric, draft.metric_id, draft.metric_implied = None, "", name


def lend_heads(text: str, drafts: list[Draft], reading: Reading) -> None:
    """Give a number whose metric is an adjective the noun of the next one: "visual and motion quality improve
    by 48% and 90%", "83% binary and 75% multiclass accuracy".
    """
    joints = reading.classes["AND"] | {"/", ",", *MENTIONS["VALUE"]}
    spans = [draft.metric for draft in drafts]
    head = ""
    for k in range(len(drafts) - 2, -1, -1):
        one, first, second = drafts[k], spans[k], spans[k + 1]
        if not (first and second) or one.metric_id or not _ADJECTIVE.fullmatch(text, *first):
            head = ""
            continue
        between = [t.symbol for t in reading.tokens if first[1] <= t.start and t.end <= second[0]]
        modifier = _FIRST_WORD.match(text, *second)
        head = text[modifier.end() : second[1]] if modifier else head
        if head and between and joints.issuperset(between):
            one.metric, one.metric_implied = None, f"{text[slice(*first)]} {head}"


def _elided(text: str, metric: int, reading: Reading) -> str:
    """What "clean and robust accuracy" calls the first of the two: clean accuracy."""
    tokens, joints = reading.tokens, reading.classes["AND"] | {"/"}
    words = frozenset("wNAJ").union(*(reading.classes[name] for name in _MODIFIERS))
    printed = text[tokens[metric].start : tokens[metric].end]
    joint = metric - 1
    modifier = _FIRST_WORD.match(printed)
    head = printed[modifier.end() :] if modifier else ""
    if tokens[joint].symbol in words:
        joint, head = joint - 1, printed
    first = joint - 2 if tokens[joint - 1].symbol == "-" else joint - 1
    if first < 0 or tokens[joint].symbol not in joints or tokens[first].symbol not in words:
        return ""
    if (first and tokens[first - 1].symbol in joints | {","}) or not (head or tokens[joint].symbol == "/"):
        return ""
    return f"{text[tokens[first].start : tokens[first].end]} {head}".strip()


def _side_by_side(places: list[int], reading: Reading) -> list[list[int]]:
    """Tokens with nothing but commas, semicolons, slashes and "and" between them."""
    joints = reading.classes["AND"] | {",", ";", "/"}
    runs: list[list[int]] = []
    for i in places:
        if runs and joints.issuperset(reading.symbols[runs[-1][-1] + 1 : i]):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def echo(drafts: list[Draft]) -> None:
    """Differences that answer, one for one, to the levels before them: "85.4% …, 53.9 … and 52.2 …, by +1.2,
    +2.0 and +1.4".
    """
    gains = [d for d in drafts if d.kind == "gain"]
    scores = [d for d in drafts if d.kind == "score" and d.holder == "own"]
    if len(gains) < 2 or len(gains) != len(scores) or gains[0].index < scores[-1].index:
        return
    if any(
        d.sources.get("metric") not in (None, "number-before", "sentence", "sentence-before")
        for d in gains[1:]
    ):
        return
    for gain, score in zip(gains, scores, strict=True):
        copy_metric(score, gain)
        gain.sources |= {"metric": "echo", "echo": str(score.index)}
