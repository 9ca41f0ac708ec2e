"""From claims to drafts of rows: which numbers count, and what fills the fields that no rule has filled.

A reader who finds "87.2% on ICDAR2015" after "an F-measure of 92.1% on ICDAR2013" knows the metric. Such
knowledge is taken, in this order, from the number before, the sentence, the sentences before, and the
catalogue; each source costs some confidence.
"""

from __future__ import annotations

import math
from dataclasses import replace

from leaderboard.claims import WHOLE, Reading
from leaderboard.lexicon import union
from leaderboard.mentions.context import Context
from leaderboard.mentions.numbers import Number
from leaderboard.mentions.tokens import MENTIONS, Token
from leaderboard.resolve.benchmarks import (
    claimed_benchmarks,
    find_benchmarks,
)
from leaderboard.resolve.drafts import DECIBELS, QUANTITIES, Draft, Memory, is_efficiency
from leaderboard.resolve.evaluated import evaluated_on
from leaderboard.resolve.holders import (
    disown_compared,
    disown_contrasted,
    disown_losses,
    disown_scant,
    order_pairs,
    settle_changes,
)
from leaderboard.resolve.listing import pair_lists
from leaderboard.resolve.metric_lists import (
    echo,
    lend_heads,
    restore_heads,
    share_decibels,
    share_metric,
    take_turns,
)
from leaderboard.resolve.metrics import find_metric, of_each_metric
from leaderboard.resolve.ours import is_compared, is_made, is_own_finding, is_told_worse, tells_of_ours
from leaderboard.resolve.sequences import are_joints, goes_on, inherited, is_spread, of_the_same, whose

MODEL = "model"
"""Holder that a rule gives a number beside the name of a model."""
GUESSED = frozenset(("none", "sentence", "clause", "sentence-before", "number-before"))
_DIFFERENCES = ("OUTPERFORM", "IMPROVE", "GAIN_NOUN", "COMPARATIVE", "THAN")
"""Words behind which a share may be a difference."""
_LARGE = 25
"""From where on a share that nobody names is rather a level."""
_OF_SIGNALS = (DECIBELS, "Hz")
"""Units that say nothing of what was measured, and yet stand beside results: "runs at 50 Hz"."""


def resolve(
    text: str, reading: Reading, memory: Memory, context: Context, background: bool = False
) -> list[Draft]:
    """The rows of one sentence, and what it leaves in memory for the next. The levels that a sentence in the
    background tells are others', and its differences are facts about the world.
    """
    tokens = reading.tokens
    drafts: list[Draft] = []
    others = context.is_resource_paper or context.is_evaluation
    own_words = others and tells_of_ours(reading)
    default_holder = "other" if others and not own_words else "own"
    we = any(t.symbol == "U" or t.symbol in reading.classes["OWN"] for t in tokens)
    authors = not reading.classes["AUTHORS"].isdisjoint(reading.symbols)
    for i, token in enumerate(tokens):
        if not isinstance(token.data, Number):
            continue
        draft = _draft(i, token, reading, drafts, default_holder, context)
        if draft is None:
            continue
        finding = is_own_finding(draft, reading) or bool(drafts and goes_on(drafts[-1], draft, reading))
        if others and not own_words and is_told_worse(draft, reading):
            draft.holder = "other"
            drafts.append(draft)
            continue
        if draft.kind != "score" and (we or finding) and "holder" not in draft.sources:
            draft.holder = "own"
        if others and "holder" not in draft.sources and is_made(draft, reading):
            draft.holder = "own"
        elif others and not (own_words or finding or (authors if draft.kind == "score" else we)):
            draft.holder = "other"
        drafts.append(draft)
    share_units(drafts, reading)
    for draft in drafts:
        find_metric(text, draft, reading, drafts, memory)
    share_decibels(drafts)
    order_pairs(drafts, reading, context)
    share_metric(drafts, reading)
    disown_losses(drafts, reading, context)
    settle_changes(drafts, reading, context)
    disown_contrasted(drafts, reading, context)
    disown_compared(drafts, reading, context)
    disown_scant(drafts, reading, context)
    take_turns(text, drafts, reading, memory)
    restore_heads(text, drafts, reading)
    lend_heads(text, drafts, reading)
    for draft in drafts:
        if _lost_times(text, draft):
            draft.kind = "ratio"
    drafts = [d for d in drafts if not _is_bare_count(text, d, context) and not _is_condition(d, reading)]
    drafts = [d for d in drafts if not _is_effort(d, context)]
    drafts = [d for d in drafts if not _is_share_of_cost(text, d, reading, context)]
    if background:
        ranks = [d for d in drafts if d.kind == "rank"]
        drafts = ranks or [replace(d, holder="other") for d in drafts if _is_known_level(d)]
    echo(drafts)
    for draft in drafts:
        claimed_benchmarks(text, draft, reading)
    pair_lists(text, reading, drafts, memory, context.wording)
    for draft in drafts:
        if "benchmark" not in draft.sources:
            find_benchmarks(text, draft, reading, drafts, memory, context)
    raise_differences(drafts, reading, context)
    drafts = [d for d in drafts if not _is_nameless(d, reading)]
    _remember(text, reading, drafts, memory)
    return [each for draft in drafts for each in of_each_metric(text, draft, reading)]


def share_units(drafts: list[Draft], reading: Reading) -> None:
    """The last of a list of numbers of one metric says the unit for all, which makes factors of differences:
    "38.2 and 32.9 dB", "by 9 and 4.5 times"; a whole number beside a decimal is no count: "by 5.1 and 12".
    """
    for one, two in zip(reversed(drafts[:-1]), reversed(drafts), strict=False):
        bare = one.number.sort in ("decimal", "integer") and not one.number.unit
        factors = two.number.sort == "times" and one.kind == "gain"
        said = two.number.unit and (factors or (two.number.sort != "times" and one.kind == two.kind))
        metrics = [reading.claims.get(d.index, {}).get("metric") for d in (one, two)]
        if metrics[0] and metrics[1] and metrics[0].target != metrics[1].target:
            continue
        listed = are_joints(reading.symbols[one.index + 1 : two.index], reading)
        paired = _are_pair(one, two, reading)
        if bare and said and (listed or paired):
            one.number = one.number._replace(unit=two.number.unit, sort=two.number.sort)
            one.kind = two.kind
        sorts = (one.number.sort, two.number.sort)
        mixed = sorts == ("integer", "decimal") or (listed and sorts == ("decimal", "integer"))
        if mixed and (listed or paired) and one.kind == two.kind:
            one.number, two.number = (d.number._replace(sort="decimal") for d in (one, two))


def raise_differences(drafts: list[Draft], reading: Reading, context: Context) -> None:
    """Small shares of which nobody names the metric are differences, behind a word of one: "outperforms older
    methods on CIFAR-10 (4.3%) and SVHN (1.4%)"; but levels, if the sentence has a large one.
    """
    nameless = [d for d in drafts if d.kind == "score" and d.number.sort == "percent" and not _is_told(d)]
    large = any((d.number.high or d.number.value) >= reading.given[d.rule].get("least", 0) for d in nameless)
    if not nameless or large or _has_large_share(drafts, reading):
        return
    words = union(*map(reading.classes.__getitem__, _DIFFERENCES))
    for draft in nameless:
        errs = any(context.kinds.is_of_errors(benchmark.id) for benchmark in draft.benchmarks)
        if not errs and not words.isdisjoint(reading.symbols[: draft.index]):
            draft.kind, draft.holder = "gain", "own"


def _has_large_share(drafts: list[Draft], reading: Reading) -> bool:
    """Whether a sentence tells a large share that came to no row."""
    known = {draft.index for draft in drafts}
    others = [t.data for i, t in enumerate(reading.tokens) if i not in known and isinstance(t.data, Number)]
    return any(n.sort == "percent" and (n.high or n.value) >= _LARGE for n in others)


def _is_told(draft: Draft) -> bool:
    """Whether a sentence names the metric of a number, itself or by another word."""
    return draft.metric is not None or bool(draft.metric_implied)


def _are_pair(one: Draft, two: Draft, reading: Reading) -> bool:
    """Whether two levels are what something was and has become: "from 120 to 35.2 ms"."""
    return (
        one.rule == two.rule
        and one.holder != two.holder
        and "first" in reading.given[one.rule]
        and two.index == one.index + 2
    )


def _draft(
    i: int, token: Token, reading: Reading, drafts: list[Draft], default_holder: str, context: Context
) -> Draft | None:
    """A draft for this number, if a rule says that it is a result, or if it goes on a list of results."""
    claims = reading.claims.get(i, {})
    kind, reject = claims.get("kind"), claims.get("reject")
    if (
        reject is not None
        and reject.target
        and (kind is None or reject.beats(kind) or reject.priority >= kind.priority)
    ):
        return None
    assert isinstance(token.data, Number)
    if drafts and is_spread(drafts[-1], i, reading):
        return None
    if kind is None:
        kind = inherited(i, reading, drafts)
        if kind is None:
            return None
    word = kind.target
    if word in ("gain", "score") and token.data.sort == "times":
        word = "ratio"
    whole = token.data.sort == "percent" and token.data.value > WHOLE
    if token.data.value > reading.given[kind.rule].get("most", math.inf) and not whole:
        word = "score"  # too much for a difference
    if word == "gain" and _goes_on_levels(drafts, kind.rule, token.data, i, reading):
        word = "score"
    if word == "score" and token.data.signed == "+":
        word = "gain"
    holder = claims.get("holder")
    first = reading.given[holder.rule].get("first") if holder is not None else None
    if holder is not None and holder.kind and (holder.kind == "score") != (word == "score"):
        was = first is not None and word == "ratio" and first.get("holder") == "other"
        holder = holder if was else None  # what a speed-up was and has become: "from 1.4x to 2.1x"
    if "range" in claims and first is not None:
        holder = None  # the end of a range, and no member of a pair
    if holder is not None and holder.target == MODEL and not is_compared(i, reading, context):
        holder = None
    owner = default_holder if holder is None else "other" if holder.target == MODEL else str(holder.target)
    draft = Draft(i, token.data, word, owner, kind.rule)
    draft.sources["kind"] = kind.rule
    if holder:
        draft.sources["holder"] = holder.rule
    elif drafts and drafts[-1].kind == word and of_the_same(draft, reading, drafts[-1]):
        draft.holder, draft.sources["holder"] = drafts[-1].holder, drafts[-1].sources["holder"]
    elif drafts and drafts[-1].kind == word and (told := whose(drafts[-1], i, reading)):
        draft.holder, draft.sources["holder"] = told, kind.rule
    if "range" in claims:
        other = reading.tokens[claims["range"].target].data
        if isinstance(other, Number):
            draft.high = other
            if other.sort in ("percent", "speed") and not draft.number.unit:
                draft.number = draft.number._replace(unit=other.unit, sort=other.sort)
            if other.sort == "times":
                draft.kind = "ratio"
    return draft


def _goes_on_levels(drafts: list[Draft], rule: str, number: Number, i: int, reading: Reading) -> bool:
    """Whether a number is listed behind one that was too much for a difference: "beats A with 81.2% accuracy
    and 0.74 F1".
    """
    if (
        not drafts
        or (drafts[-1].rule, drafts[-1].kind) != (rule, "score")
        or "most" not in reading.given[rule]
    ):
        return False
    between = reading.symbols[drafts[-1].index + 1 : i].strip(MENTIONS["METRIC"])
    return not number.signed and are_joints(between, reading)


def _is_bare_count(text: str, draft: Draft, context: Context) -> bool:
    """Whether a whole number without unit has no metric of its own, or one that is a count itself (tokens,
    parameters, unlike frames per second): then it rather counts something.
    """
    gainful = context.kinds.more_is_better(draft.metric_id)
    return (
        draft.number.sort == "integer"
        and draft.kind not in ("rank", "ratio")
        and "+" not in draft.number.signed
        and (
            draft.sources.get("metric", "none") in GUESSED
            or (draft.kind == "score" and is_efficiency(text, draft) and not gainful)
        )
    )


def _is_effort(draft: Draft, context: Context) -> bool:
    """Whether a number says what training took, which is no result; that it took less would be one."""
    named = draft.metric is not None and draft.metric[0] > draft.number.end
    return draft.kind == "score" and named and draft.metric_id in context.kinds.not_scores


def _is_share_of_cost(text: str, draft: Draft, reading: Reading, context: Context) -> bool:
    """Whether a number says how much of a cost something takes: "with 2.2% of the tokens"; what it saves
    would be a difference.
    """
    if draft.kind != "score" or draft.number.sort != "percent" or not is_efficiency(text, draft):
        return False
    words = [token.data for token in reading.tokens]
    before, after = words[max(0, draft.index - 3) : draft.index], words[draft.index + 1 : draft.index + 2]
    named = draft.metric is not None and draft.metric[0] > draft.number.end
    gainful = context.kinds.more_is_better(draft.metric_id)
    return named and after == ["of"] and "of" not in before and not gainful


def _is_nameless(draft: Draft, reading: Reading) -> bool:
    """Whether a level would need a name to be a result, and a text tells neither what was measured nor on
    what: "38% versus 27% of the banners".
    """
    if draft.kind != "score" or draft.metric or draft.metric_implied or "benchmark" in draft.sources:
        return False
    return reading.given[draft.rule].get("named", False) and MENTIONS["TASK"] not in reading.symbols


def _is_known_level(draft: Draft) -> bool:
    """Whether a number is a level of a metric of the catalogue that the sentence names."""
    return draft.kind == "score" and bool(draft.metric_id) and draft.number.sort not in QUANTITIES


def _lost_times(text: str, draft: Draft) -> bool:
    """Whether a bare number that a cost has fallen by is a factor, of which the text has lost the sign: "a
    109 reduction in time complexity".
    """
    bare = draft.number.sort in ("decimal", "integer") and not draft.number.signed
    return draft.kind == "gain" and bare and is_efficiency(text, draft)


def _is_condition(draft: Draft, reading: Reading) -> bool:
    """Whether a length, a mass or a power is rather one of the conditions of an experiment: nothing in the
    sentence or its unit says what was measured. In a range even a time is, if no verb says that it was
    reached.
    """
    if draft.number.sort != "quantity":
        return False
    if not (draft.metric or draft.metric_implied or draft.number.unit.startswith(_OF_SIGNALS)):
        return True
    return (
        reading.given[draft.rule].get("condition", False)
        and draft.sources.get("metric", "none") in GUESSED | {"unit"}
        and not any(
            not reading.classes[name].isdisjoint(reading.symbols[: draft.index])
            for name in ("ATTAIN", "IMPROVE", "REDUCE", "OUTPERFORM")
        )
    )


def _remember(text: str, reading: Reading, drafts: list[Draft], memory: Memory) -> None:
    named = evaluated_on(text, reading.tokens, reading.classes, bool(drafts))
    if named:
        memory.benchmarks, memory.since, memory.announced = named, 0, not drafts
        memory.unread.clear()
    else:
        memory.since += 1
    for draft in drafts:
        if draft.metric and draft.number.unit == DECIBELS:
            memory.signals = (text[slice(*draft.metric)], draft.metric_id)
        if (
            draft.metric
            and draft.kind in ("score", "gain")
            and draft.number.sort not in QUANTITIES
            and not is_efficiency(text, draft)
        ):
            memory.metric = (text[slice(*draft.metric)], draft.metric_id)
    levels = [d for d in drafts if (d.kind, d.holder) == ("score", "own")]
    if levels:
        told = [(text[slice(*d.metric)], d.metric_id) for d in levels if d.metric]
        memory.metrics = told if len(told) == len(levels) == len(set(told)) else []
