"""Rules over tokens: what each rule says about the numbers of a sentence, and whose word counts.

A rule that matches makes *claims*: for this number, this field has this value. For every number and field the
claim of highest priority wins; the others are kept for `explain`. Lists are aligned here, once for all rules:
as many metrics or benchmarks as numbers pair up in order, one goes to all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from leaderboard.errors import LeaderboardError
from leaderboard.lexicon import Lexicon
from leaderboard.mentions.numbers import Number
from leaderboard.mentions.tokens import MENTIONS, Token
from leaderboard.rulelist import Rule, RuleList

TIME_LIMIT = 1.0
"""Seconds that one rule may take on one sentence; the built-in rules take microseconds."""
WIDEST_GAIN = 8
"""How many times the lower the higher end of a range of differences can be."""
LARGE_GAIN = 50
"""From where on what stands behind "by 3% to" is rather a level, whatever it is compared with."""
WHOLE = 100
"""The greatest share that a level can be."""
TEXT = "text"
"""Marks a claim's target as a span of the text instead of the tokens."""
FIELDS = ("kind", "holder", "metric", "benchmark", "model", "range", "reject", "setting")


class Claim(NamedTuple):
    """What a rule says of one field of one number. `target` is what it says: a word, or indices of tokens."""

    rule: str
    priority: int
    order: int
    target: Any
    kind: str = ""
    """The kind that the rule gives with it: a holder given with a level says nothing of a difference."""

    def beats(self, other: Claim | None) -> bool:
        """Whether this claim wins over the other."""
        return other is None or (self.priority, -self.order) > (other.priority, -other.order)


@dataclass(slots=True)
class Reading:
    """A sentence read by the rules: its tokens, and for each number, by token index, the claims that won."""

    tokens: list[Token]
    symbols: str
    classes: Mapping[str, frozenset[str]]
    """The lexicon's classes: symbols by class name."""
    claims: dict[int, dict[str, Claim]] = field(default_factory=dict)
    lost: list[tuple[int, str, Claim, Claim]] = field(default_factory=list)
    matched: list[tuple[str, int, int]] = field(default_factory=list)
    given: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What each rule that matched gives, by its id."""
    known: dict[str, bool] = field(default_factory=dict)
    """What has been found out of the whole sentence, so that it is asked once and not for each number."""
    distributed: set[int] = field(default_factory=set)
    """Numbers that stand for several benchmarks at once."""
    shared: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    """Numbers that stand for several metrics at once, by the rule that says so: the metrics' tokens."""

    def claim(self, index: int, name: str, claim: Claim) -> None:
        """Put a claim in; the weaker of two is kept among the lost."""
        mine = self.claims.setdefault(index, {})
        held = mine.get(name)
        if claim.beats(held):
            mine[name] = claim
            claim, held = held, claim  # type: ignore[assignment]
        if claim is not None and held is not None:
            self.lost.append((index, name, claim, held))


def retype(tokens: list[Token], rules: RuleList) -> str:
    """First layer: rules that say what a name is. Changes the tokens' symbols and returns them as one string.

    Rules run in order, each over what those before it made of the sentence.
    """
    symbols = "".join(t.symbol for t in tokens)
    missing = rules.missing(symbols)
    for rule in rules.rules:
        if rule.needs & missing or not rule.could_match(symbols):
            continue
        spans = {
            (start, end, MENTIONS[class_name][0])
            for match in rule.compiled.finditer(symbols, overlapped=True)
            for group, class_name in rule.gives.items()
            for start, end in match.spans(group)
        }
        if spans:
            _retype_spans(tokens, spans)
            symbols = "".join(t.symbol for t in tokens)
            missing = rules.missing(symbols)
    return symbols


def _retype_spans(tokens: list[Token], spans: set[tuple[int, int, str]]) -> None:
    """Give tokens new symbols; a span of several tokens becomes one. From the right, so that indices stay."""
    upto = len(tokens)
    for start, end, symbol in sorted(spans, reverse=True):
        if end > upto:
            continue
        if end - start > 1:
            tokens[start:end] = [Token(symbol, tokens[start].start, tokens[end - 1].end, None)]
        else:
            tokens[start].symbol = symbol
        upto = start


class RunawayRule(LeaderboardError):
    """A rule that took longer on one sentence than any rule may."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            f"the rule {rule} ran for more than {TIME_LIMIT:g} s on one sentence "
            "(make its repetitions shorter or more definite; `leaderboard rules check` finds such rules)"
        )


def read(
    tokens: list[Token], symbols: str, text: str, span: tuple[int, int], rules: RuleList, lexicon: Lexicon
) -> Reading:
    """Second layer: the claims of every result rule on the sentence `text[start:end]`.

    Raises:
        RunawayRule: where a rule exceeds the time that one sentence is worth.
    """
    reading = Reading(tokens, symbols, lexicon.classes)
    for rule in rules.possible(symbols):
        limit = TIME_LIMIT if rule.watched else None
        before = len(reading.matched)
        try:
            if rule.over_text:
                for match in rule.compiled.finditer(text, *span, timeout=limit):
                    _apply_to_text(rule, match, reading)
            else:
                for match in rule.compiled.finditer(symbols, timeout=limit):
                    reading.matched.append((rule.id, match.start(), match.end()))
                    _apply(rule, match, reading)
        except TimeoutError as error:
            raise RunawayRule(rule.id) from error
        if len(reading.matched) > before:
            reading.given[rule.id] = rule.gives
    return reading


def _apply_to_text(rule: Rule, match: Any, reading: Reading) -> None:
    """The claims of a rule over text: its groups are spans of characters, which enclose its numbers."""
    inside = [
        i
        for start, end in match.spans("value")
        for i, token in enumerate(reading.tokens)
        if isinstance(token.data, Number) and start <= token.data.start < end
    ]
    if not inside:
        return
    reading.matched.append((rule.id, inside[0], inside[-1] + 1))
    groups = match.capturesdict()
    for i in inside:
        _give(rule, i, dict(rule.gives), reading)
        for name in ("metric", "benchmark", "model"):
            if groups.get(name):
                target = (TEXT, *match.span(name))
                reading.claim(i, name, Claim(rule.id, rule.binding, rule.order, target))


def _apply(rule: Rule, match: Any, reading: Reading) -> None:
    groups = match.capturesdict()
    values = _indices(match, "value") if "value" in groups else []
    common = {k: v for k, v in rule.gives.items() if not isinstance(v, dict)}
    for i in values:
        _give(rule, i, common, reading)
    for group, gifts in rule.gives.items():
        if isinstance(gifts, dict):
            for i in _indices(match, group):
                _give(rule, i, {**common, **gifts}, reading)
                values.append(i)
    if "low" in groups and "high" in groups:
        lows, highs = _indices(match, "low"), _indices(match, "high")
        for low, high in zip(lows, highs, strict=False):
            if not _spans(reading, low, high, rule.gives.get("kind")):
                continue
            reading.claim(low, "range", Claim(rule.id, rule.priority, rule.order, high))
            reading.claim(high, "reject", Claim(rule.id, rule.priority, rule.order, True))
            _give(rule, low, common, reading)
            values.append(low)
    values = sorted(set(values))
    if not values:
        return
    together = len(groups.get("respectively", ())) > 0
    paired = bool(groups.get("first")) and values[:2] == [_indices(match, g)[0] for g in ("first", "second")]
    if "metric" in groups:
        _align(rule, values, _indices(match, "metric"), "metric", reading, together, paired)
    if "benchmark" in groups:
        _align(rule, values, _indices(match, "benchmark"), "benchmark", reading, together, True)
    for name in ("quantity", "model", "how", "setting"):
        spans = match.spans(name) if name in groups else []
        if not spans:
            continue
        target = "metric" if name in ("quantity", "how") else name
        if len(spans) == len(values):
            for i, span in zip(values, spans, strict=True):
                reading.claim(i, target, Claim(rule.id, rule.binding, rule.order, (name, *span)))
        elif len(spans) == 1:
            for i in values:
                reading.claim(i, target, Claim(rule.id, rule.binding, rule.order, (name, *spans[0])))


def _spans(reading: Reading, low: int, high: int, kind: Any) -> bool:
    """Whether two numbers can be the ends of a range; "by 3% to 85%" is a difference and a level, unlike
    "ranging from 3% to 85%", "gains from 3% to 85%", "3% to 85% higher" and "by 2% to 19% over baselines".
    """
    first, last = reading.tokens[low].data, reading.tokens[high].data
    assert isinstance(first, Number) and isinstance(last, Number)
    ranging, after = reading.classes["RANGE"], reading.symbols[high + 1 : high + 2]
    higher = after and any(after in reading.classes[name] for name in ("COMPARATIVE", "GAIN_NOUN", "IMPLIES"))
    gains = (
        reading.symbols[max(low - 2, 0)] in reading.classes["GAIN_NOUN"]
        and reading.tokens[low - 1].data == "from"
    )
    against = after and any(after in reading.classes[name] for name in ("THAN", "COMPARED"))
    compared = against and last.value < LARGE_GAIN
    no_level = first.sort == "times" or (last.sort == "percent" and last.value > WHOLE)
    told = kind != "gain" or no_level or higher or gains or compared or reading.symbols[low - 1] in ranging
    alike = not first.unit or first.unit == last.unit
    return alike and first.value <= last.value and (told or last.value <= WIDEST_GAIN * first.value)


def _indices(match: Any, group: str) -> list[int]:
    return sorted({i for start, end in match.spans(group) for i in range(start, end)})


def _give(rule: Rule, index: int, gifts: dict[str, Any], reading: Reading) -> None:
    for name, value in gifts.items():
        if name in FIELDS:
            kind = str(gifts.get("kind", ""))
            reading.claim(index, name, Claim(rule.id, rule.priority, rule.order, value, kind))


def _align(
    rule: Rule,
    values: list[int],
    targets: list[int],
    name: str,
    reading: Reading,
    together: bool,
    paired: bool,
) -> None:
    """Pair numbers with metrics or benchmarks: equal counts in order; one target to all; one number to all
    benchmarks, or to the nearest metric; where there are more numbers than targets, those of one target stand
    together if they are `paired`, and else take turns.
    """
    if not targets:
        return
    if name == "metric" and 1 < len(targets) < len(values):
        values = _without_compared(values, len(targets), reading)

    def claim(i: int, target: list[int]) -> None:
        reading.claim(i, name, Claim(rule.id, rule.binding, rule.order, target))

    if len(targets) == 1:
        for i in values:
            listed = name == "metric" and i < values[-1] < targets[0]
            apart = listed and (
                _follows_metric(i, reading)
                or _differs(i, values[-1], reading)
                or _is_told_before(i, values[-1], targets[0], reading)
            )
            if not apart:
                claim(i, targets)
    elif len(values) == len(targets):
        for i, target in zip(values, targets, strict=True):
            claim(i, [target])
    elif len(values) == 1:
        nearest = targets[:1] if values[0] < targets[0] else targets[-1:]
        claim(values[0], targets if name == "benchmark" else nearest)
        if name == "benchmark":
            reading.distributed.add(values[0])
        elif _are_coordinated(targets, values[0], reading):
            reading.shared[values[0], rule.id] = targets
    elif len(values) % len(targets) == 0:
        # "4 numbers on 2 benchmarks", "precision and recall rise from 55% to 59% and from 61% to 64%"; but
        # "Rank-1 and mAP are 95% and 89% on A, and 91% and 80% on B, respectively".
        size = len(values) // len(targets)
        for position, i in enumerate(values):
            claim(i, [targets[position // size if paired else position % len(targets)]])
    elif not together:
        for i in values:
            claim(i, targets[-1:])


def _are_coordinated(metrics: list[int], number: int, reading: Reading) -> bool:
    """Whether nothing but commas and "and" stands between metrics, and no other number before them: "a
    precision, recall and F1 of 0.95", unlike "an SSIM, a measure of quality".
    """
    first, last = metrics[0], metrics[-1]
    joints = reading.classes["AND"] | reading.classes["BOTH"]
    between = [symbol for symbol in reading.symbols[first : last + 1] if symbol not in MENTIONS["METRIC"]]
    before = reading.tokens[first - 1] if first and number != first - 1 else None
    counts = before is not None and isinstance(before.data, str) and before.data[:1].isdigit()  # "0.5G MACs"
    taken = counts or (before is not None and before.symbol in (*MENTIONS["VALUE"], ")"))
    return (
        not taken
        and not joints.isdisjoint(between)
        and all(symbol == "," or symbol in joints for symbol in between)
    )


def _follows_metric(index: int, reading: Reading) -> bool:
    """Whether a number stands behind a metric, and so is no member of a list whose metric follows: "an RMSE
    of 7.4, 95% coverage", "(AUC) 0.953, 0.857 accuracy".
    """
    before = index - 1
    while before > 0 and (reading.symbols[before] in "=:)" or reading.tokens[before].data == "of"):
        before -= 1
    return before >= 0 and reading.symbols[before] in "Mm"


def _is_told_before(index: int, last: int, metric: int, reading: Reading) -> bool:
    """Whether a number is of a change that is told before it, and the last of the list has one of its own
    behind it: "a gain of 3.1% and 2.4% lower latency", "a speedup of 3x and a 5x reduction in memory".
    """
    changes = reading.classes["GAIN_NOUN"] | reading.classes["SPEEDUP"]
    if index < 2 or reading.tokens[index - 1].data != "of" or reading.symbols[index - 2] not in changes:
        return False
    changes |= reading.classes["COMPARATIVE"]
    return not changes.isdisjoint(reading.symbols[last + 1 : metric + 2])


def _without_compared(values: list[int], count: int, reading: Reading) -> list[int]:
    """A list of as many levels as it has metrics, without the differences behind it: "an MAE and RMSE of 85.1
    and 148.3, 14% less than before".
    """
    changes = reading.classes["COMPARATIVE"] | reading.classes["GAIN_NOUN"]
    compared = [reading.symbols[i + 1 : i + 2] in changes for i in values]
    return values[:count] if all(compared[count:]) and not any(compared[:count]) else values


def _differs(index: int, last: int, reading: Reading) -> bool:
    """Whether two numbers of a list have different units, and so different metrics: "40 FPS and 37.9% AP"."""
    one, two = reading.tokens[index].data, reading.tokens[last].data
    assert isinstance(one, Number) and isinstance(two, Number)
    measured = {number.sort for number in (one, two)} & {"quantity", "speed"}
    return bool(measured and one.unit and one.unit != two.unit)
