"""From claims to rows: which numbers count, and what fills the fields that no rule has filled.

A reader who finds "87.2% on ICDAR2015" after "an F-measure of 92.1% on ICDAR2013" knows the metric. Such knowledge is taken, in this
order, from the number before, the sentence, the sentences before, and the catalogue; each source costs some confidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leaderboard.claims import Claim, Reading
from leaderboard.mentions.context import Context
from leaderboard.mentions.numbers import Number
from leaderboard.mentions.tokens import MENTIONS, Token
from leaderboard.rulebook import NameHit

OWN_WORDS = frozenset(("our model", "our method", "our approach", "our models", "our best model", "our", "ours", "our framework", "our system"))
WEAK = frozenset(("none", "sentence", "sentence-before", "clause"))
CARRIED = frozenset(("score", "rank", "gain"))
BREAKS = frozenset(",;.-")
QUANTITIES = frozenset(("quantity", "speed"))
_PARENTHESIS = re.compile(r"\([^()]*\)")
VALUE_SYMBOLS = frozenset(MENTIONS["VALUE"])
EFFICIENCY = re.compile(
    r"\b(?:fps|latency|speed|time|times|memory|parameters?|params|flops|macs|cost|costs|throughput|energy|size|runtime|compute|computation|communication|"
    r"power|bandwidth|overhead|training|tokens?|efficiency|storage|footprint|speedup|carbon|complexity|consumption)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A benchmark as a sentence names it."""

    printed: str
    id: str = ""
    subset: str = ""

    @property
    def key(self) -> str:
        """What tells one benchmark from another."""
        return f"{self.id or self.printed.lower()}/{self.subset}"


@dataclass(slots=True)
class Draft:
    """A row in the making: token indices and claims, with the source of every field."""

    index: int
    number: Number
    kind: str
    holder: str
    rule: str
    high: Number | None = None
    metric: tuple[int, int] | None = None
    """Clean-text span of the metric's name."""
    metric_id: str = ""
    metric_implied: str = ""
    benchmarks: list[Named] = field(default_factory=list)
    model: str = ""
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What earlier sentences of the paper have said."""

    benchmarks: list[Named] = field(default_factory=list)
    metric: tuple[tuple[int, int], str] | None = None
    unread: list[Callable[[], list[Named]]] = field(default_factory=list)
    """Sentences without numbers, passed over until somebody asks what they named."""

    def recall(self) -> list[Named]:
        """The benchmarks named last before the sentence at hand."""
        while self.unread:
            named = self.unread.pop()()
            if named:
                self.benchmarks = named
                self.unread.clear()
        return self.benchmarks


def resolve(text: str, reading: Reading, memory: Memory, context: Context) -> list[Draft]:
    """The rows of one sentence, and what it leaves in memory for the next."""
    tokens = reading.tokens
    drafts: list[Draft] = []
    own_words = any(t.symbol == "U" or t.data in OWN_WORDS for t in tokens)
    others = context.is_resource_paper or context.is_evaluation
    default_holder = "other" if others and not own_words else "own"
    we = any(t.symbol in reading.classes["OWN"] for t in tokens)
    for i, token in enumerate(tokens):
        if not isinstance(token.data, Number):
            continue
        draft = _draft(i, token, reading, drafts, default_holder)
        if draft is not None and draft.kind != "score" and we and "holder" not in draft.sources:
            draft.holder = "own"
        if draft is not None:
            drafts.append(draft)
    for draft in drafts:
        _metric(text, draft, reading, drafts, memory)
    _share_metric(drafts)
    drafts = [d for d in drafts if not _is_bare_count(d)]
    _echo(drafts)
    for draft in drafts:
        _claimed_benchmarks(text, draft, reading)
    _pair_lists(text, reading, drafts, memory)
    for draft in drafts:
        if "benchmark" not in draft.sources:
            _benchmarks(text, draft, reading, drafts, memory, context)
    _remember(text, reading, drafts, memory)
    return drafts


def _named(text: str, token: Token) -> Named:
    if isinstance(token.data, NameHit):
        return Named(text[token.start : token.end], token.data.id, token.data.subset_id)
    return Named(token.data if isinstance(token.data, str) else text[token.start : token.end])


def _draft(i: int, token: Token, reading: Reading, drafts: list[Draft], default_holder: str) -> Draft | None:
    """A draft for this number, if a rule says that it is a result, or if it goes on a list of results."""
    claims = reading.claims.get(i, {})
    kind, reject = claims.get("kind"), claims.get("reject")
    if reject is not None and reject.target and (kind is None or reject.beats(kind) or reject.priority >= kind.priority):
        return None
    assert isinstance(token.data, Number)
    if kind is None:
        if token.symbol not in VALUE_SYMBOLS:
            return None
        kind = _inherited(i, reading, drafts)
        if kind is None:
            return None
    word = kind.target
    if word in ("gain", "score") and token.data.sort == "times":
        word = "ratio"
    if word == "score" and token.data.signed == "+":
        word = "gain"
    holder = claims.get("holder")
    if holder is not None and holder.kind and holder.kind != word:
        holder = None
    draft = Draft(i, token.data, word, str(holder.target) if holder else default_holder, kind.rule)
    draft.sources["kind"] = kind.rule
    if holder:
        draft.sources["holder"] = holder.rule
    if "range" in claims:
        other = reading.tokens[claims["range"].target].data
        if isinstance(other, Number):
            draft.high = other
    return draft


def _share_metric(drafts: list[Draft]) -> None:
    """Two levels of one change have one metric, though only the second says its unit: "from 2.98 to 2.91 bits per dimension"."""
    for first, second in zip(drafts, drafts[1:], strict=False):
        pair = first.holder == "other" and second.holder == "own" and first.rule == second.rule
        if pair and first.sources.get("metric", "none") in WEAK and second.sources.get("metric", "none") not in WEAK:
            first.metric, first.metric_id, first.metric_implied = second.metric, second.metric_id, second.metric_implied
            first.sources["metric"] = "number-before"


def _is_bare_count(draft: Draft) -> bool:
    """Whether a whole number without unit has no metric of its own: then it rather counts something."""
    return (
        draft.number.sort == "integer"
        and draft.kind not in ("rank", "ratio")
        and draft.sources.get("metric", "none") in ("none", "sentence", "clause", "sentence-before", "number-before")
        and "+" not in draft.number.signed
    )


def _inherited(i: int, reading: Reading, drafts: list[Draft]) -> Claim | None:
    """The kind of the number before, where this one only goes on the list: "92.1%, 87.2% and 74.1%"."""
    if not drafts:
        return None
    last = drafts[-1]
    between = _PARENTHESIS.sub("", reading.symbols[last.index + 1 : i])
    token = reading.tokens[i]
    assert isinstance(token.data, Number)
    if token.data.sort != last.number.sort or bool(token.data.signed) != bool(last.number.signed):
        return None
    if 0 < len(between) <= 2 and all(symbol in ",/" or symbol in reading.classes["AND"] for symbol in between):
        held = reading.claims.get(last.index, {}).get("kind")
        if held is not None:
            return Claim(held.rule, held.priority, held.order, last.kind if last.kind != "ratio" else held.target)
    return None


def _metric(text: str, draft: Draft, reading: Reading, drafts: list[Draft], memory: Memory) -> None:
    claim = reading.claims.get(draft.index, {}).get("metric")
    tokens = reading.tokens
    if claim is not None:
        target = claim.target
        draft.sources["metric"] = claim.rule
        if isinstance(target, list):
            printed = text[tokens[target[0]].start : tokens[target[0]].end]
            by_unit = _unit_metric(draft.number.unit) if draft.number.sort in QUANTITIES else ""
            if by_unit and draft.kind == "score" and not EFFICIENCY.search(printed):
                draft.metric_implied = by_unit
            else:
                _set_metric(text, draft, tokens, target[0])
            return
        if isinstance(target, tuple):
            group, start, end = target
            if group == "how":
                _set_implied(text, draft, tokens, start, end)
            else:
                draft.metric = _trim(tokens, start, end)
                draft.metric_id = ""
            if draft.metric or draft.metric_implied:
                return
        elif isinstance(target, str) and target:
            draft.metric_implied = target
            return
    position = drafts.index(draft)
    if draft.metric is None and draft.number.sort in QUANTITIES and draft.number.unit and not draft.number.unit.startswith(("dB", "°", "pix", "px")):
        draft.sources["metric"] = "unit"
        draft.metric_implied = _unit_metric(draft.number.unit)
        if draft.metric_implied:
            return
    between = _metric_between(reading, drafts[position - 1].index if position else -1, draft.index)
    if between is not None:
        _set_metric(text, draft, tokens, between)
        draft.sources["metric"] = "clause"
        return
    for other in reversed(drafts[:position]):
        if (other.metric or other.metric_implied) and (other.kind == "ratio") == (draft.kind == "ratio") and _alike(other, draft) and not (
            other.kind != draft.kind and _is_efficiency(text, other)
        ):
            draft.metric, draft.metric_id, draft.metric_implied = other.metric, other.metric_id, other.metric_implied
            draft.sources["metric"] = "number-before"
            return
    near = _nearest(reading, draft.index)
    if near is not None:
        _set_metric(text, draft, tokens, near)
        draft.sources["metric"] = "sentence"
        return
    if memory.metric is not None and draft.kind in ("score", "gain") and draft.number.sort not in QUANTITIES:
        draft.metric, draft.metric_id = memory.metric
        draft.sources["metric"] = "sentence-before"


def _metric_between(reading: Reading, last: int, index: int) -> int | None:
    """A metric named since the number before, not right beside that number (then it is that number's)."""
    symbols = reading.symbols
    start = last + 2 if last >= 0 else 0
    for i in range(index - 1, start - 1, -1):
        if symbols[i] == "M":
            return i
        if symbols[i] in ";.":
            return None
    return None


def _unit_metric(unit: str) -> str:
    low = unit.lower()
    if "fps" in low or "frame" in low:
        return "FPS"
    if low in ("ms", "s", "seconds", "second", "sec", "secs", "minutes", "minute", "min", "mins", "hours", "hour", "h", "hrs", "milliseconds", "µs", "us", "ns") or low.startswith("ms/"):
        return "time"
    if low in ("gb", "mb", "kb", "gib", "mib", "kib", "tb"):
        return "memory"
    if "flop" in low or "mac" in low:
        return unit
    if "/s" in low or "per s" in low or low in ("qps", "tps"):
        return "throughput"
    if low.startswith("bit") or low in ("bpc", "bpd", "bpb", "bpp"):
        return {"bpc": "bits per character", "bpd": "bits per dimension"}.get(low, unit)
    if low.endswith("j") or "wh" in low or low.endswith("w"):
        return "energy"
    return ""


def _alike(one: Draft, other: Draft) -> bool:
    """Whether two numbers can be of one metric: accuracies in per cent are not speeds in frames."""
    if (one.number.sort in QUANTITIES) != (other.number.sort in QUANTITIES):
        return False
    return one.number.unit == other.number.unit or other.kind == "gain" or one.number.sort not in QUANTITIES


def _is_efficiency(text: str, draft: Draft) -> bool:
    name = draft.metric_implied or (text[slice(*draft.metric)] if draft.metric else "")
    return bool(EFFICIENCY.search(name)) or draft.kind == "ratio"


def _set_metric(text: str, draft: Draft, tokens: list[Token], index: int) -> None:
    token = tokens[index]
    start = token.start
    k = index
    while k > 0 and index - k < 3 and tokens[k - 1].symbol in "wAN" and text[tokens[k - 1].end : start].strip() == "":
        word = text[tokens[k - 1].start : tokens[k - 1].end]
        if word.endswith(("ly", "ing")) or not word[0].isalpha():
            break
        k -= 1
        start = tokens[k].start
    draft.metric = (start, token.end)
    draft.metric_id = getattr(token.data, "id", "") or ""


def _set_implied(text: str, draft: Draft, tokens: list[Token], start: int, end: int) -> None:
    draft.metric_implied = f"?{tokens[start].data}" if isinstance(tokens[start].data, str) else ""


def _trim(tokens: list[Token], start: int, end: int) -> tuple[int, int] | None:
    while start < end and tokens[start].symbol not in "wMmNAJUKBbH":
        start += 1
    while end > start and tokens[end - 1].symbol not in "wMmNAJUKBbH":
        end -= 1
    return (tokens[start].start, tokens[end - 1].end) if start < end else None


def _nearest(reading: Reading, index: int) -> int | None:
    """The nearest metric of the sentence: one before the number rather than one after, which may be another number's."""
    taken = {
        claim.target[0]
        for i, claims in reading.claims.items()
        if i != index and (claim := claims.get("metric")) is not None and isinstance(claim.target, list)
    }
    before = reading.symbols.rfind("M", 0, index)
    after = next((i for i in range(index + 1, len(reading.symbols)) if reading.symbols[i] == "M" and i not in taken), -1)
    if before < 0 or after < 0:
        return max(before, after) if max(before, after) >= 0 else None
    return before if index - before <= (after - index) + 4 else after


def _echo(drafts: list[Draft]) -> None:
    """Differences that answer, one for one, to the levels before them: "85.4% …, 53.9 … and 52.2 …, by +1.2, +2.0 and +1.4"."""
    gains = [d for d in drafts if d.kind == "gain"]
    scores = [d for d in drafts if d.kind == "score" and d.holder == "own"]
    if len(gains) < 2 or len(gains) != len(scores) or gains[0].index < scores[-1].index:
        return
    if any(d.sources.get("metric") not in (None, "number-before", "sentence", "sentence-before") for d in gains[1:]):
        return
    for gain, score in zip(gains, scores, strict=True):
        gain.metric, gain.metric_id, gain.metric_implied = score.metric, score.metric_id, score.metric_implied
        gain.sources["metric"] = "echo"
        gain.sources["echo"] = str(score.index)


def _in_reach(reading: Reading, index: int, names: list[int]) -> bool:
    """Whether a benchmark stands close enough for a speed or a size to be its: before it, or after it in the same clause."""
    return any(i < index for i in names) or any(not set(reading.symbols[index:i]) & BREAKS for i in names)


def _claimed_benchmarks(text: str, draft: Draft, reading: Reading) -> None:
    claim = reading.claims.get(draft.index, {}).get("benchmark")
    if claim is not None and isinstance(claim.target, list):
        draft.sources["benchmark"] = claim.rule
        draft.benchmarks = [_named(text, reading.tokens[i]) for i in claim.target]


def _benchmarks(text: str, draft: Draft, reading: Reading, drafts: list[Draft], memory: Memory, context: Context) -> None:
    tokens = reading.tokens
    if "echo" in draft.sources:
        score = next(d for d in drafts if str(d.index) == draft.sources["echo"])
        draft.benchmarks = score.benchmarks
        draft.sources["benchmark"] = "echo"
        return
    efficiency = _is_efficiency(text, draft)
    in_sentence = [i for i, s in enumerate(reading.symbols) if s == "B"]
    if in_sentence:
        if efficiency and not _in_reach(reading, draft.index, in_sentence):
            return
        distinct = {_named(text, tokens[i]).key for i in in_sentence}
        position = drafts.index(draft)
        if len(distinct) == 1:
            draft.benchmarks = [_named(text, tokens[in_sentence[0]])]
            draft.sources["benchmark"] = "sentence"
            return
        for other in reversed(drafts[:position]):
            if other.benchmarks and not any(other.index < i < draft.index for i in in_sentence if _named(text, tokens[i]) not in other.benchmarks):
                draft.benchmarks = other.benchmarks
                draft.sources["benchmark"] = "number-before"
                return
        before = [i for i in in_sentence if i < draft.index]
        if not before:
            names = _name_lists(reading, in_sentence)[0]
            both = not reading.classes["BOTH"].isdisjoint(reading.symbols[: names[0]])
            draft.benchmarks = [_named(text, tokens[i]) for i in (names if both else names[:1])]
            draft.sources["benchmark"] = "both" if both else "sentence-far"
            return
        else:
            draft.benchmarks = [_named(text, tokens[i]) for i in _name_lists(reading, before)[-1]]
        draft.sources["benchmark"] = "sentence-far"
        return
    if efficiency or draft.kind == "ratio":
        return
    if draft.kind in CARRIED and memory.recall() and (draft.kind == "score" or all(n.id for n in memory.benchmarks)):
        draft.benchmarks = list(memory.benchmarks)
        draft.sources["benchmark"] = "sentence-before"
    elif context.main_resource and not context.own:
        draft.sources["benchmark"] = "resource"


def _listed(reading: Reading, one: int, other: int) -> bool:
    """Whether nothing but commas and "and" (and the nouns of data sets) stands between two tokens."""
    joints = reading.classes["AND"] | reading.classes["OR"] | reading.classes["DATASET_NOUN"]
    return all(symbol in ",/" or symbol in joints for symbol in reading.symbols[one + 1 : other])


def _pair_lists(text: str, reading: Reading, drafts: list[Draft], memory: Memory) -> None:
    """As many numbers in a row as benchmarks in a row, somewhere in the sentence: they belong together, in order.

    "On A, B and C we reach accuracies of 0.96, 0.91 and 0.75": no pattern spans all that can stand between the lists.
    """
    tokens = reading.tokens
    lists = _name_lists(reading, [i for i, s in enumerate(reading.symbols) if s == "B"])
    for run in _runs(list(range(len(drafts))), lambda a, b: _goes_on(reading, drafts[a], drafts[b])):
        numbers = [drafts[k] for k in run]
        if len(numbers) < 2 or any("benchmark" in d.sources and len(d.benchmarks) == 1 for d in numbers):
            continue
        fitting = [[_named(text, tokens[i]) for i in names] for names in lists if len(names) == len(numbers)]
        if not fitting:
            fitting = [names for names in (_in_order(drafts, run[0]), memory.recall()) if len(names) == len(numbers)][:1]
        if len(fitting) == 1:
            for draft, name in zip(numbers, fitting[0], strict=True):
                draft.benchmarks = [name]
                draft.sources["benchmark"] = "lists"


def _name_lists(reading: Reading, names: list[int]) -> list[list[int]]:
    """Benchmarks as they are listed. Two names with only a comma between are no list: "On CIFAR-10, FAUST reaches"."""
    joints = reading.classes["AND"] | reading.classes["OR"] | {"/"}
    lists = []
    for run in _runs(names, lambda a, b: _listed(reading, a, b)):
        joined = any(symbol in joints for symbol in reading.symbols[run[0] : run[-1]])
        lists += [run] if joined or len(run) > 2 else [[i] for i in run]
    return lists


def _in_order(drafts: list[Draft], upto: int) -> list[Named]:
    """The benchmarks of the numbers before one, each once, in order."""
    return list({d.benchmarks[0].key: d.benchmarks[0] for d in drafts[:upto] if len(d.benchmarks) == 1}.values())


def _goes_on(reading: Reading, one: Draft, other: Draft) -> bool:
    return one.kind == other.kind and one.number.sort == other.number.sort and _listed(reading, one.index, other.index)


def _runs(items: list[int], joined: Callable[[int, int], bool]) -> list[list[int]]:
    """Cut a list into runs of items of which each is joined to the next."""
    runs: list[list[int]] = []
    for item in items:
        if runs and joined(runs[-1][-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def evaluated_on(
    text: str, tokens: list[Token], classes: Mapping[str, frozenset[str]], has_results: bool = False
) -> list[Named]:
    """The benchmarks that a sentence says something was measured on, each once, in order.

    A name of the catalogue counts in a sentence about an evaluation; an unknown one only where the sentence calls it a
    data set or says "on" it. What something was trained on does not count.
    """
    about = classes["EVALUATE"] | classes["ACHIEVE"] | classes["OUTPERFORM"] | classes["IMPROVE"]
    if not has_results and not any(t.symbol in about for t in tokens):
        return []
    nouns = classes["DATASET_NOUN"]
    named: dict[str, Named] = {}
    for i, token in enumerate(tokens):
        if token.symbol != "B":
            continue
        before = tokens[max(0, i - 3) : i]
        if any(t.symbol in classes["TRAIN"] or t.symbol in classes["INTRODUCE"] for t in before) and not has_results:
            continue
        sure = isinstance(token.data, NameHit) and token.data.sure
        called = any(t.symbol in nouns for t in tokens[i + 1 : i + 3] + before[-2:])
        if sure or called or named:
            name = _named(text, token)
            named.setdefault(name.key, name)
    return list(named.values())


def _remember(text: str, reading: Reading, drafts: list[Draft], memory: Memory) -> None:
    named = evaluated_on(text, reading.tokens, reading.classes, bool(drafts))
    if named:
        memory.benchmarks = named
        memory.unread.clear()
    for draft in drafts:
        if draft.metric and draft.kind in ("score", "gain") and draft.number.sort not in QUANTITIES:
            memory.metric = (draft.metric, draft.metric_id)
