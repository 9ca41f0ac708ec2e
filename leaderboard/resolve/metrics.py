"""Which metric a number is of: what a rule says, what its unit says, the number before, the sentence, the
sentence before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leaderboard import expressions as re
from leaderboard.claims import TEXT, Claim, Reading
from leaderboard.mentions.tokens import MENTIONS, Token
from leaderboard.resolve.beside import is_apposed, is_place, is_won
from leaderboard.resolve.drafts import DECIBELS, EFFICIENCY, QUANTITIES, VAGUE, Draft, Memory, is_efficiency
from leaderboard.resolve.units import unit_metric

WEAK = frozenset(("none", "sentence", "sentence-before", "clause"))
"""Sources of a metric that are no more than guesses."""
OPEN = WEAK | {"number-before", "unit"}
_IN_UNITS = re.compile(
    rf"{EFFICIENCY.pattern}|"
    r"\b(?:errors?|deviations?|delays?|jitter|offsets?|distances?|durations?|intervals?|lags?|"
    r"R?MSE|MAE|[AF]DE|bias)\b",
    re.IGNORECASE,
)
"""Metrics that have a unit of measurement; any other, beside milliseconds, is not that number's."""
_OF_SPEEDS = re.compile(r"fps|frames?|speed|throughput|rate|frequency|processing|inference", re.IGNORECASE)
"""Metrics that are counted per second."""
_END = (
    r"(?=\s+(?:in|of|for|on|across|with|from|at|to|than|under|over|during|by|between|among|"
    r"is|are|was|were)\s|$)"
)
_HEAD = re.compile(rf"(?:(?:[a-z]+ )?number of )?.+?{_END}", re.DOTALL)
"""A noun phrase up to its first preposition: what "forces in glancing collisions" are is forces."""
_COMPLEMENT = re.compile(r"\s+of\s+(?:(?:the|an?)\s+)?[a-z][\w-]*(?:\s+[a-z][\w-]*){0,3}?" + _END)
"""What tells which rate or share: "the rate of lost packets"."""
_OF_METRIC = re.compile(r"\s+metric$")
"""What says no more of a name than that it is a metric's: "the Per-Region-Overlap (PRO) metric"."""
_DETERMINED = re.compile(r"(?:\b(?:the|an?|its|their|our)|%)\s+(?:\w*est\s+)?\Z")
"""What stands before a noun phrase, and not before a verb: "the steering performance"."""
_COUNTED = re.compile(r"\d+(?:st|nd|rd|th)?(?![A-Za-z])")
"""What a number of things begins with, and "3D IoU" does not."""
_VERSIONED = re.compile(r"[A-Z][\w-]*[a-zA-Z-]\d[\d.]*[A-Z]?")
"""What a system is printed like, or data: "Nimbus-2 by 3.1%" tells no metric."""
_ARTICLE = re.compile(r"\s+an?\s")
"""What begins another noun phrase: what "representing a gain" are is no representing gain."""
_NOUNS = frozenset(["matching"])
"""Verbs that are nouns before a metric: "exact matching accuracy"."""
_POINTED_AT = re.compile(r"\sthis\s")
"""What begins another phrase: "compared to Nimbus this means gains of 3%" tells no metric."""
_BESIDE = 4
"""Tokens that may stand between a difference and a cost behind it that is its own: "18% saving on memory"."""
_MEASURED = ("DATA_NOUN", "DATASET_NOUN", "PLACE_NOUN", "NOT_RESULT_NOUN", "METHOD_NOUN")
"""Classes of nouns that a metric before them tells more of."""
_ACROSS = "across"
_AROUND = 4
"""Tokens before a metric that tell what part it has."""


def find_metric(text: str, draft: Draft, reading: Reading, drafts: list[Draft], memory: Memory) -> None:
    """Give a draft its metric, and say where it came from."""
    tokens = reading.tokens
    claim = _claimed(draft, reading)
    if claim is not None:
        draft.sources["metric"] = claim.rule
        _take_claim(text, draft, reading, claim.target, drafts)
        if isinstance(claim.target, list) or draft.metric or draft.metric_implied:
            return
    apart = claim is not None and claim.target == "" and draft.kind != "rank"
    position = drafts.index(draft)
    if position and _spelled_out(drafts[position - 1], draft, reading):
        copy_metric(drafts[position - 1], draft)
        return
    if draft.number.sort in QUANTITIES and (implied := unit_metric(draft.number.unit)):
        draft.sources["metric"] = "unit"
        draft.metric_implied = implied
        return
    since = drafts[position - 1].index + 2 if position else 0
    between = _metric_between(reading, since, draft)
    if between is None and not any(other.metric or other.metric_implied for other in drafts[:position]):
        between = _word_between(text, reading, since, draft)
    won = is_won(draft, reading)
    if between is not None and can_measure(text, draft, tokens[between], won):
        set_metric(text, draft, reading, between)
        draft.sources["metric"] = "clause"
        return
    if (
        position
        and draft.kind == "gain"
        and drafts[position - 1].metric
        and opens_parenthesis(drafts[position - 1], draft, reading)
    ):
        copy_metric(drafts[position - 1], draft)
        return
    for other in reversed(drafts[:position]):
        apposed = other is drafts[position - 1] and is_apposed(other, draft, reading)
        if (
            (other.metric or other.metric_implied)
            and (other.kind == "ratio") == (draft.kind == "ratio")
            and (apposed or alike(other, draft) or _is_less_of(text, other, draft))
            and not ((won or _differs(other, draft)) and not apposed and is_efficiency(text, other))
            and not (apart and other.rule != draft.rule)
        ):
            copy_metric(other, draft)
            return
    near = _nearest(reading, draft)
    if apart and near is not None and near < draft.index:
        near = None
    cost_behind = (
        near is not None
        and near > draft.index + _BESIDE
        and EFFICIENCY.search(text, tokens[near].start, tokens[near].end)
    )
    if near is not None and not cost_behind and can_measure(text, draft, tokens[near], won):
        set_metric(text, draft, reading, near)
        draft.sources["metric"] = "sentence"
        return
    if draft.number.unit == DECIBELS and memory.signals is not None:
        draft.metric_implied, draft.metric_id = memory.signals
        draft.sources["metric"] = "sentence-before"
        return
    if (
        memory.metric is not None
        and draft.kind in ("score", "gain")
        and draft.number.sort not in QUANTITIES
        and not (apart or _is_saving(draft, reading))
    ):
        draft.metric_implied, draft.metric_id = memory.metric
        draft.sources["metric"] = "sentence-before"


def of_each_metric(text: str, draft: Draft, reading: Reading) -> list[Draft]:
    """A level for each of the metrics that share it: "a precision, recall and F1 of 0.95". A difference is of
    all of them together.
    """
    metrics = reading.shared.get((draft.index, draft.sources.get("metric", "")))
    if metrics is None or draft.kind != "score" or draft.number.sort not in ("percent", "decimal"):
        return [draft]
    drafts = [replace(draft, sources=dict(draft.sources)) for _ in metrics]
    for each, metric in zip(drafts, metrics, strict=True):
        set_metric(text, each, reading, metric)
    return [one for i, one in enumerate(drafts) if not any(_is_same(text, one, it) for it in drafts[:i])]


def _is_same(text: str, one: Draft, other: Draft) -> bool:
    """Whether two drafts name one metric."""
    if one.metric_id or other.metric_id:
        return one.metric_id == other.metric_id
    return (
        one.metric is not None
        and other.metric is not None
        and text[slice(*one.metric)] == text[slice(*other.metric)]
    )


def _claimed(draft: Draft, reading: Reading) -> Claim | None:
    """The claim of a metric for a number, or for the higher end of its range."""
    claims = reading.claims.get(draft.index, {})
    if "metric" not in claims and "range" in claims:
        claims = reading.claims.get(claims["range"].target, {})
    return claims.get("metric")


def _is_saving(draft: Draft, reading: Reading) -> bool:
    """Whether a difference is told with a verb of reducing, which has something of its own to reduce: "unsafe
    answers are reduced by 67%".
    """
    start = max(reading.symbols.rfind(mark, 0, draft.index) for mark in ",.;")
    between = reading.symbols[start + 1 : draft.index]
    return draft.kind == "gain" and not reading.classes["REDUCE"].isdisjoint(between)


def copy_metric(other: Draft, draft: Draft) -> None:
    """Give a draft the metric of another."""
    draft.metric, draft.metric_id, draft.metric_implied = other.metric, other.metric_id, other.metric_implied
    draft.sources["metric"] = "number-before"


def _spelled_out(gain: Draft, level: Draft, reading: Reading) -> bool:
    """Whether a level opens the parenthesis that tells what a difference came from: "by 32% (1.1 km/h to 0.75
    km/h)", "a 2x increase in recall (41% vs. 82%)".
    """
    if gain.metric is None or "holder" not in level.sources:
        return False
    between = reading.symbols[gain.index + 1 : level.index]
    behind = gain.kind == "ratio" and between[-1:] == "(" and (between.count("(") == 1) and "," not in between
    return behind or opens_parenthesis(gain, level, reading)


def _take_claim(text: str, draft: Draft, reading: Reading, target: Any, drafts: list[Draft]) -> None:
    """The metric that a rule says: a token, a span of the text, a word that implies one, or a noun phrase."""
    tokens = reading.tokens
    if isinstance(target, list):
        printed = text[tokens[target[0]].start : tokens[target[0]].end]
        by_unit = unit_metric(draft.number.unit) if draft.number.sort in QUANTITIES else ""
        known = getattr(tokens[target[0]].data, "id", "")
        fits = _OF_SPEEDS if draft.number.sort == "speed" or by_unit == "speed" else _IN_UNITS
        if by_unit and known and draft.kind == "score" and not fits.search(printed):
            draft.metric_implied = by_unit
            return
        set_metric(text, draft, reading, target[0])
        if printed.lower() in VAGUE and draft.kind == "score" and not _is_own_score(text, draft):
            _say_which(draft, drafts)
    elif isinstance(target, tuple):
        group, start, end = target
        if group == TEXT:
            draft.metric = (start, end)
        elif group == "how":
            _set_implied(draft, tokens[start])
        else:
            head = _HEAD.match(text, tokens[start].start, tokens[end - 1].end)
            name = head.group() if head else ""
            vague = name.lower() in ("metric", "metrics") or name.endswith(("ly", "'s", "’s"))
            vague = vague or bool(_POINTED_AT.search(name))
            vague = vague or bool(tokens[start].symbol == "N" and _VERSIONED.fullmatch(name))
            within = next((i for i in range(start, end) if head and tokens[i].end >= head.end()), end - 1)
            vague = vague or is_place(text, start, within + 1, reading)
            vague = vague or (
                end < draft.index and reading.tokens[end].data == "by" and is_won(draft, reading)
            )
            apart = _ARTICLE.match(text, head.end()) if head else None
            if head and not (vague or apart or _COUNTED.match(name)):
                cut = tokens[within].start < head.end()  # "mean Intersection over Union" is one name
                stop = tokens[within].end if cut else head.end()
                stop = _continued(text, stop, end, reading)
                stop = _complemented(text, stop, reading)
                said = _OF_METRIC.search(text, head.start(), stop)
                names = {t.end for t in tokens[start:end] if t.symbol in "MmNA"}
                stop = said.start() if said and said.start() in names else stop
                draft.metric = (head.start(), stop)
                draft.metric_id = "" if " and " in name else _id_at(stop, tokens[start:end])
    elif isinstance(target, str):
        draft.metric_implied = target


def _continued(text: str, stop: int, end: int, reading: Reading) -> int:
    """Where a noun phrase ends that goes on behind what a rule took of it: "fewer forward passes", "a drop in
    context growth rate".
    """
    tokens, classes = reading.tokens, reading.classes
    if tokens[end - 1].end != stop or end == len(tokens) or tokens[end - 1].symbol in "Mm":
        return stop
    rates = classes["RATE_NOUN"] | classes["SETTING_NOUN"]
    done = (classes["SOLVE"] | classes["EVALUATE"]) - classes["ACHIEVE"]
    word = tokens[end]
    if word.symbol in classes["GAP_NOUN"] and not classes["REDUCE"].isdisjoint(reading.symbols[:end]):
        return word.end if text[stop : word.end].replace(" ", "").isalpha() else stop
    if word.symbol in classes["GAIN_NOUN"] and end + 1 < len(tokens) and tokens[end + 1].symbol in rates:
        word = tokens[end + 1]
    elif word.symbol not in rates and not (word.symbol in done and text[word.end - 1] == "s"):
        return stop
    return word.end if text[stop : word.end].replace(" ", "").isalpha() else stop


def _complemented(text: str, end: int, reading: Reading) -> int:
    """Where a noun phrase ends with what its last word says an amount of: "the rate of lost packets"."""
    complement = _COMPLEMENT.match(text, end)
    if complement is None:
        return end
    is_amount = any(t.end == end and t.symbol in reading.classes["AMOUNT"] for t in reading.tokens)
    return complement.end() if is_amount else end


def _id_at(end: int, tokens: list[Token]) -> str:
    """The catalogue's id of the metric that a noun phrase ends with: of "window-graph F1" that of F1."""
    return next((getattr(t.data, "id", "") for t in tokens if t.end == end and t.symbol in "Mm"), "")


def _is_own_score(text: str, draft: Draft) -> bool:
    """Whether words before a score make it a metric of its own: "an F1 of 81.2, a combined score of 91.4"."""
    start, end = draft.metric or (0, 0)
    return " " in text[start:end]


def _say_which(draft: Draft, drafts: list[Draft]) -> None:
    """Give a level of "performance" the metric of the level before it: "an AUROC of 85.8, above the human
    performance of 82.65".
    """
    for other in drafts[: drafts.index(draft)]:
        if other.kind == "score" and other.metric_id and other.number.sort == draft.number.sort:
            draft.metric, draft.metric_id = other.metric, other.metric_id


def can_measure(text: str, draft: Draft, metric: Token, won: bool = False) -> bool:
    """Whether a metric that no rule ties to a number can be its: a level in per cent is no cost, nor is what
    one system is ahead of another.
    """
    printed = text[metric.start : metric.end]
    if draft.number.sort == "quantity" and draft.number.unit != DECIBELS:
        return bool(_IN_UNITS.search(printed))
    level = draft.kind == "score" and draft.number.sort in ("percent", "decimal")
    return not ((level or won) and EFFICIENCY.search(printed))


def _metric_between(reading: Reading, start: int, draft: Draft) -> int | None:
    """A metric named since the number before, not right behind a number (then it is that number's)."""
    symbols, index = reading.symbols, draft.index
    start = max([start, *(symbols.rfind(mark, start, index) for mark in ";.")])
    found = symbols.rfind("M", start, index)
    taken = found > 0 and symbols[found - 1] in MENTIONS["VALUE"] and found < index - 1
    if found < 0 or taken or _tells_where(found, reading):
        return None
    changed = draft.kind in ("gain", "ratio") and "," in symbols[found:index]
    return None if changed and _is_kept(found, reading) else found


def _word_between(text: str, reading: Reading, start: int, draft: Draft) -> int | None:
    """A word for a metric that is said since the number before, with nothing but words between: "reduces the
    quality of replies by half a point or 12%".
    """
    symbols, index, classes = reading.symbols, draft.index, reading.classes
    found = symbols.rfind("m", max(start, *(symbols.rfind(mark, 0, index) for mark in ",;.")), index)
    if found < 0 or draft.kind == "rank" or draft.number.sort in QUANTITIES:
        return None
    token = reading.tokens[found]
    word = text[token.start : token.end]
    named = found > 0 and word[0].isupper() and not word.isupper()
    passed = not classes["OUTPERFORM"].isdisjoint(symbols[found:index])
    apart = named or passed or _tells_where(found, reading) or _is_kept(found, reading)
    return None if apart or word.lower() in VAGUE else found


def _tells_where(index: int, reading: Reading) -> bool:
    """Whether a metric tells where something was measured: "low-SNR scenes", "accuracy prediction tasks",
    "across model sizes".
    """
    after = reading.symbols[index + 1 : index + 4].lstrip(MENTIONS["WORD"])[:1]
    before = (token.data for token in reading.tokens[max(0, index - _AROUND) : index])
    return _ACROSS in before or any(after and after in reading.classes[name] for name in _MEASURED)


def _is_kept(index: int, reading: Reading) -> bool:
    """Whether a metric is said not to have changed: "while maintaining accuracy"."""
    around = reading.symbols[max(0, index - _AROUND) : index + 2]
    return not reading.classes["UNCHANGED"].isdisjoint(around)


def alike(one: Draft, other: Draft) -> bool:
    """Whether two numbers can be of one metric: accuracies in per cent are not speeds in frames."""
    if (one.number.sort in QUANTITIES) != (other.number.sort in QUANTITIES):
        return False
    return one.number.unit == other.number.unit or one.number.sort not in QUANTITIES


def _is_less_of(text: str, level: Draft, gain: Draft) -> bool:
    """Whether a share is what an error is below another's: "an error of 4 m, which beats ZorbNet by 12%"."""
    return (
        (level.kind, gain.kind, gain.number.sort) == ("score", "gain", "percent")
        and level.number.sort == "quantity"
        and not is_efficiency(text, level)
    )


def _differs(one: Draft, other: Draft) -> bool:
    """Whether two numbers are of different sorts or kinds: what cost 27 GPU-hours has no 0.90 of it."""
    return one.kind != other.kind or (one.kind == "score" and one.number.sort != other.number.sort)


def _tells_more(text: str, token: Token, changed: bool) -> bool:
    """Whether a word before the name of a metric belongs to it: "detection accuracy", "the steering
    performance", what is `changed` in "reducing tracking error"; unlike "by optimizing accuracy".
    """
    word = text[token.start : token.end]
    determined = changed or _DETERMINED.search(text[max(0, token.start - 20) : token.start])
    is_verb = word.endswith("ing") and not (determined or word in _NOUNS)
    return word[0].isalpha() and not is_verb and not word.endswith(("ly", "'s", "’s"))


def set_metric(text: str, draft: Draft, reading: Reading, index: int) -> None:
    """The metric of a token, with up to three words of its name before it: "detection accuracy". A score of
    something is a metric of its own.
    """
    tokens, closing = reading.tokens, reading.classes["REDUCE"]
    changes = closing | reading.classes["IMPROVE"]
    token = tokens[index]
    start = token.start
    names = "wANUB" if text[start : token.end].lower() in ("score", "scores") else "wAN"
    k = index
    while (
        k > 0
        and index - k < 3
        and (tokens[k - 1].symbol in names or text[tokens[k - 1].start : tokens[k - 1].end] in _NOUNS)
        and text[tokens[k - 1].end : start].strip() == ""
    ):
        changed = k > 1 and tokens[k - 2].symbol in changes
        gained = k > 2 and tokens[k - 2].data == "in" and tokens[k - 3].symbol in reading.classes["GAIN_NOUN"]
        if not _tells_more(text, tokens[k - 1], changed or gained):
            break
        k -= 1
        start = tokens[k].start
    gap = tokens[index + 1] if index + 1 < len(tokens) else token
    closed = gap.symbol in reading.classes["GAP_NOUN"] and not closing.isdisjoint(
        reading.symbols[max(0, k - 3) : k]
    )
    if closed and not (draft.kind == "gain" and tokens[draft.index - 1].data == "to"):
        draft.metric, draft.metric_id = (start, gap.end), ""  # "cuts the accuracy gap by 9%"
        return
    draft.metric = (start, token.end)
    open_score = k < index and names == "wANUB" and tokens[index - 1].symbol not in "UB"
    draft.metric_id = "" if open_score else getattr(token.data, "id", "") or ""


def _set_implied(draft: Draft, token: Token) -> None:
    draft.metric_implied = f"?{token.data}" if isinstance(token.data, str) else ""


def _nearest(reading: Reading, draft: Draft) -> int | None:
    """The first metric after the number that is not another number's, or else the last before it. A
    difference can share another's, unless a verb of change stands between: "+14% gains and +61% higher
    accuracy".
    """
    index, symbols = draft.index, reading.symbols
    taken = {
        claim.target[0]
        for i, claims in reading.claims.items()
        if i != index and (claim := claims.get("metric")) is not None and isinstance(claim.target, list)
    }
    changes = reading.classes["IMPROVE"] | reading.classes["REDUCE"]
    changed = draft.kind in ("gain", "ratio")

    def could_be(i: int) -> bool:
        return not _tells_where(i, reading) and not (changed and _is_kept(i, reading))

    def is_lost(i: int) -> bool:
        return changed and symbols[i + 1 : i + 2] in reading.classes["WORSEN"]

    def is_free(i: int) -> bool:
        if symbols[i + 1 : i + 2] in reading.classes["SPEEDUP"]:
            return False  # "a 3x inference speedup"
        return i not in taken or (draft.kind == "gain" and changes.isdisjoint(symbols[index:i]))

    before = symbols.rfind("M", 0, index)
    after = next(
        (
            i
            for i in range(index + 1, len(symbols))
            if symbols[i] == "M" and is_free(i) and could_be(i) and not is_lost(i)
        ),
        -1,
    )
    return after if after >= 0 else before if before >= 0 and could_be(before) else None


def opens_parenthesis(first: Draft, second: Draft, reading: Reading) -> bool:
    """Whether the second number opens a parenthesis right behind the first, perhaps with its metric."""
    return reading.symbols[first.index + 1 : second.index] in ("(", "(M", "(m", "(M=")
