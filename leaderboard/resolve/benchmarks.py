"""Which benchmark a number was measured on: what a rule says, lists side by side, the sentence, the sentences
before.
"""

from __future__ import annotations

from leaderboard import expressions as re
from leaderboard.claims import TEXT, Reading
from leaderboard.lexicon import union
from leaderboard.mentions.context import Context
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.mentions.wording import Wording
from leaderboard.resolve.drafts import VAGUE, Draft, Memory, Named, is_efficiency, named
from leaderboard.resolve.evaluated import is_learned_from
from leaderboard.resolve.listing import WHERE, name_lists, run_of
from leaderboard.resolve.places import (
    DATA,
    moves_on,
    points_back,
    speaks_of_all,
    speaks_of_another,
    speaks_of_several,
    unnamed_place,
)

_BENCH = "bench"
_AROUND = 50
"""Characters around a name where it may be called a benchmark."""
BREAKS = frozenset(",;.-")
_STOPS = frozenset(MENTIONS["VALUE"]) | frozenset(",;.()")
_MARKS = frozenset("().")
_PLACED = frozenset(("in", "on", "for", "across"))
_WHOLE = frozenset(MENTIONS["INTEGER"])
_BEHIND = WHERE | {"for"}
"""Words between a number and the benchmark that its own clause goes on to name."""
_NEAR = 2
"""Sentences behind one that names a benchmark in which a difference may still be on it."""
_CLOSES = re.compile(r"[^(]*\)")
"""The rest of a parenthesis that a number stands in."""
PARENTHESIS = re.compile(r"\([^()]*\)")


def claimed_benchmarks(text: str, draft: Draft, reading: Reading) -> None:
    """Give a draft the benchmarks that a rule ties to it."""
    claim = reading.claims.get(draft.index, {}).get("benchmark")
    if claim is None:
        return
    if isinstance(claim.target, list):
        draft.benchmarks = [named(text, reading.tokens[i]) for i in claim.target]
    elif isinstance(claim.target, tuple) and claim.target[0] == TEXT:
        draft.benchmarks = [Named(text[claim.target[1] : claim.target[2]])]
    if draft.benchmarks:
        draft.sources["benchmark"] = claim.rule


def find_benchmarks(
    text: str, draft: Draft, reading: Reading, drafts: list[Draft], memory: Memory, context: Context
) -> None:
    """Give a draft that no rule has placed its benchmarks, and say where they came from."""
    tokens = reading.tokens
    if "echo" in draft.sources:
        score = next(d for d in drafts if str(d.index) == draft.sources["echo"])
        draft.benchmarks = score.benchmarks
        draft.sources["benchmark"] = "echo"
        return
    efficiency = is_efficiency(text, draft)
    if "B" in reading.symbols:
        in_sentence = [i for i, s in enumerate(reading.symbols) if s == "B"]
        if not efficiency:
            in_sentence = [i for i in in_sentence if not is_learned_from(tokens, i, reading.classes)]
        if not in_sentence or (efficiency and not _in_reach(reading, draft, in_sentence, drafts[0].index)):
            return
        distinct = {named(text, tokens[i]).key for i in in_sentence}
        position = drafts.index(draft)
        if position + 1 < len(drafts) and _is_pair(reading, draft, drafts[position + 1]):
            draft.benchmarks = drafts[position + 1].benchmarks
            draft.sources["benchmark"] = "pair"
            return
        if _placed_elsewhere(reading, position, drafts):
            return
        if (
            draft.elsewhere
            or _is_overall(text, reading, draft, drafts, in_sentence[0], context.wording)
            or _says_where(reading, draft, in_sentence[0])
        ):
            draft.elsewhere = True
            return
        run = run_of(draft, reading, drafts)
        place = unnamed_place(text, reading, drafts[run[-1]].index, context.wording)
        apart = len(distinct) == 1 or any(drafts[run[-1]].index < d.index < in_sentence[0] for d in drafts)
        if place and ((place == DATA and apart) or any(map(_is_named, drafts))):
            draft.elsewhere = True
            return
        last = drafts[position - 1] if position else None
        if last and last.elsewhere and "B" not in reading.symbols[last.index :]:
            draft.elsewhere = True
            return
        if in_sentence[-1] < draft.index and moves_on(
            text, reading, in_sentence[-1], draft.index, context.wording
        ):
            draft.elsewhere = True
            return
        if _begins_elsewhere(text, reading, draft, in_sentence[0], context.wording):
            draft.elsewhere = True
            return
        if len(distinct) == 1 and _is_remark(reading, draft, in_sentence, drafts):
            return
        if len(distinct) == 1:
            draft.benchmarks = [named(text, tokens[in_sentence[0]])]
            draft.sources["benchmark"] = "sentence"
            return
        if not efficiency and _in_unpaired_list(reading, draft, drafts):
            return
        if efficiency and _follows_several(text, reading, drafts[:position], in_sentence):
            return
        ahead = _named_next(reading, draft.index, in_sentence)
        if ahead is not None:
            names = next(names for names in name_lists(reading, in_sentence) if ahead in names)
            both = len(drafts) == 1 or not reading.classes["BOTH"].isdisjoint(
                reading.symbols[draft.index : ahead]
            )
            draft.benchmarks = [named(text, tokens[i]) for i in (names if both else [ahead])]
            draft.sources["benchmark"] = "both" if both else "sentence"
            return
        ahead = _named_in_part(reading, draft, drafts, in_sentence)
        if ahead is not None:
            draft.benchmarks = [named(text, tokens[ahead])]
            draft.sources["benchmark"] = "sentence-far"
            return
        if position + 1 < len(drafts) and _shares_place(reading, draft, drafts[position + 1]):
            draft.benchmarks = drafts[position + 1].benchmarks
            draft.sources["benchmark"] = "sentence-far"
            return
        before = [i for i in in_sentence if i < draft.index]
        for other in reversed(drafts[:position]):
            if other.benchmarks and not any(
                other.index < i < draft.index
                for i in in_sentence
                if named(text, tokens[i]) not in other.benchmarks
            ):
                its = [i for i in before if named(text, tokens[i]) in other.benchmarks]
                if its and _is_remark(reading, draft, its, drafts[:position]):
                    return
                draft.benchmarks = other.benchmarks
                draft.sources["benchmark"] = "number-before"
                return
        opens = reading.classes["CLAUSE"] | reading.classes["AND"]
        if not before:
            names = name_lists(reading, in_sentence)[0]
            said = not reading.classes["BOTH"].isdisjoint(reading.symbols[: names[0]])
            between = reading.symbols[draft.index + 1 : names[0]]
            alone = len(drafts) == 1 and opens.isdisjoint(between)
            both = said or alone
            draft.benchmarks = [named(text, tokens[i]) for i in (names if both else names[:1])]
            draft.sources["benchmark"] = "both" if both else "sentence-far"
            return
        draft.benchmarks = [named(text, tokens[i]) for i in name_lists(reading, before)[-1]]
        draft.sources["benchmark"] = "sentence-far"
        return
    if efficiency or speaks_of_another(text, reading, context.wording):
        return
    if (
        memory.recall()
        and (
            (speaks_of_all(reading) or _tells_of_these(reading, memory))
            if len(memory.benchmarks) > 1
            else not speaks_of_several(reading)
        )
        and (
            draft.kind == "rank"
            or all(n.id or _is_event(n, context) for n in memory.benchmarks)
            or _is_beside_known_score(draft, drafts)
            or (memory.since < _NEAR and _gains_of(text, draft))
            or (
                draft.metric_id
                and (len(memory.benchmarks) > 1 or points_back(text, reading, context.wording))
            )  # "on each"
        )
    ):
        draft.benchmarks = list(memory.benchmarks)
        draft.sources["benchmark"] = "sentence-before"
    elif context.main_resource and (
        not context.own
        or (
            len(context.resources) == 1
            and all(n.printed == context.main_resource for n in memory.benchmarks)
            and (
                points_back(text, reading, context.wording)
                or (
                    not speaks_of_several(reading)
                    and _called_benchmark(text, context.main_resource, context.wording)
                )
            )
        )
    ):
        draft.sources["benchmark"] = "resource"
    elif memory.benchmarks or (speaks_of_several(reading) and not context.event):
        return
    elif context.main_resource and context.named_in_title:
        draft.sources["benchmark"] = "resource"
    elif memory.titled():
        draft.benchmarks = memory.titled()
        draft.sources["benchmark"] = "title"
    elif (
        draft.metric_id
        and any(d.kind == "score" and d.metric_id for d in drafts)
        and draft.kind in ("score", "gain")
        and not context.resources
    ):
        draft.benchmarks = [n for n in memory.data() if text.find(n.printed) < tokens[0].start]
        draft.sources.update({"benchmark": "sentence-before"} if draft.benchmarks else {})


def _tells_of_these(reading: Reading, memory: Memory) -> bool:
    """Whether a sentence tells, right behind one that names several data sets, what the experiments on them
    have shown, and speaks of no other place: "Experimental results show an accuracy of 71%".
    """
    symbols = reading.symbols + "."
    elsewhere = reading.classes["PLACE_NOUN"] | frozenset("wJNAT")
    return (
        memory.since == 0
        and not reading.classes["EVALUATE"].isdisjoint(symbols)
        and not speaks_of_several(reading)
        and not any(
            token.data in _PLACED and symbols[i + 1] in elsewhere for i, token in enumerate(reading.tokens)
        )
    )


def _is_event(name: Named, context: Context) -> bool:
    """Whether a benchmark is the competition that the paper took part in."""
    return context.event != "" and (name.printed in context.event or context.event in name.printed)


def _called_benchmark(text: str, name: str, wording: Wording) -> bool:
    """Whether a text calls what it introduces a benchmark or says that it is for an evaluation: its system
    will have been measured on it.
    """
    if _BENCH in name.lower():
        return True
    lowered, place = text.lower(), text.find(name)
    around = lowered[max(0, place - _AROUND) : place + len(name) + _AROUND] if place >= 0 else ""
    return _BENCH in around or wording.evaluation.search(around) is not None


def _is_beside_known_score(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a draft is a level in a metric of the catalogue, which a benchmark that no catalogue has may
    have been carried to; or a level in another metric beside one.
    """
    known = [d for d in drafts if d.kind == "score" and d.metric_id]
    return draft in known or (draft.kind == "score" and draft.metric is not None and bool(known))


def _gains_of(text: str, draft: Draft) -> bool:
    """Whether a draft is what the authors' system gained in a metric of the catalogue that a sentence calls
    more than "performance".
    """
    known = draft.kind == "gain" and draft.holder == "own" and draft.metric_id and draft.metric
    return bool(known and draft.metric and text[slice(*draft.metric)].lower() not in VAGUE)


def _is_named(draft: Draft) -> bool:
    """Whether the sentence itself says what a draft was measured on."""
    return bool(draft.benchmarks) and not draft.sources["benchmark"].startswith("sentence")


def _is_pair(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether two numbers are the levels of one comparison, of which the second says where: "an F1 of 88.3%
    vs 84.8% on B".
    """
    between = reading.tokens[one.index + 1 : other.index]
    compared = any(
        t.symbol in reading.classes["VERSUS"] or t.data == "to" or t.symbol == ">" for t in between
    )
    return (
        compared
        and all(t.symbol != "B" for t in between)
        and bool(other.benchmarks)
        and one.rule == other.rule
    )


def _placed_elsewhere(reading: Reading, position: int, drafts: list[Draft]) -> bool:
    """Whether a number goes on to say "on" something that is no benchmark, as the number before or after it
    says one: "2.5% on A and 1.0% on code generation", "92% on real robots and 88% on A".
    """
    named_before = "B" in reading.symbols[: drafts[position].index]
    beside = drafts[max(0, position - 1) : position + 2] if named_before else drafts
    if not any(d.sources.get("benchmark", "").startswith("values-on") for d in beside):
        return False
    stops = _STOPS | reading.classes["CLAUSE"] | reading.classes["AND"]
    nouns = reading.classes["DATASET_NOUN"]
    data = nouns | reading.classes["SPLIT"] | reading.classes["BOTH"] | frozenset("BbHy")
    words = None
    for token in reading.tokens[drafts[position].index + 1 :]:
        if words is not None and token.symbol in data:
            return words > 1 and token.symbol in nouns  # "on the brain scan data", unlike "on this data set"
        if token.symbol in stops:
            break
        if token.data == "on":
            words = 0
        elif words is not None:
            words += token.symbol == "w"
    return words is not None


def _is_overall(
    text: str, reading: Reading, draft: Draft, drafts: list[Draft], name: int, wording: Wording
) -> bool:
    """Whether a number is one over data that have no name, and another behind it the one on the first
    benchmark that the sentence names: "across six data sets, 71% on average and 80% on A".
    """
    after = [d for d in drafts if draft.index < d.index < name]
    names = [i for i, symbol in enumerate(reading.symbols) if symbol == "B"]
    if not after or not _is_named(after[-1]) or [name] not in name_lists(reading, names):
        return False
    if draft.metric_id and after[0].metric_id not in ("", draft.metric_id):
        return False  # "(AUC 0.91, F1 0.87 on A)"
    run = run_of(draft, reading, drafts)
    last = drafts[run[-1]]
    if last in after[-1:]:
        return False
    leads = unnamed_place(text, reading, -1, wording), unnamed_place(text, reading, last.index, wording)
    beside = reading.symbols[max(0, draft.index - 2) : draft.index] + reading.symbols[draft.index + 1 :][:1]
    return DATA in leads or not reading.classes["AVERAGE"].isdisjoint(beside)


def _begins_elsewhere(text: str, reading: Reading, draft: Draft, name: int, wording: Wording) -> bool:
    """Whether a sentence measures on data that nobody has named, and comes to a benchmark in another part:
    "On a private collection it has 71%, and on A 80%".
    """
    if draft.index > name or not _parts(reading, draft.index, name):
        return False
    span = reading.tokens[0].start, reading.tokens[draft.index].start
    return wording.elsewhere.search(text, *span) is not None


def _says_where(reading: Reading, draft: Draft, name: int) -> bool:
    """Whether a number goes on to say what it was measured on or for, in other words than a name, before the
    sentence begins anew and comes to the first benchmark: "by 12% in DNA design, and improves accuracy on A",
    "by 12% in DNA design, and by 3% on A".
    """
    symbols, classes = reading.symbols, reading.classes
    verbs = union(*map(classes.__getitem__, ("ACHIEVE", "IMPROVE", "REDUCE", "OUTPERFORM")))
    place = False
    for i in range(draft.index + 1, name - 1):
        if symbols[i] == ";" or (symbols[i] in classes["AND"] and symbols[i + 1] in verbs):
            return place
        if place and symbols[i] in classes["AND"] and symbols[i - 1] == ",":
            numbers = (k for k in range(i, name) if symbols[k] in MENTIONS["VALUE"])
            number = next(numbers, name)
            return number < name and not any(_is_place(reading, k) for k in range(number, name - 1))
        if symbols[i] in _MARKS or (symbols[i] in _STOPS - BREAKS and not place):
            return False
        place = _is_place(reading, i) or (place and symbols[i] not in "Mm")
    return False


def _is_place(reading: Reading, i: int) -> bool:
    """Whether a token begins a place in words: "in DNA design"."""
    return reading.tokens[i].data in _PLACED and reading.symbols[i + 1] in "wJNA"


def _is_remark(reading: Reading, draft: Draft, names: list[int], drafts: list[Draft]) -> bool:
    """Whether a sentence gives some names only in parentheses that hold another number of the same holder, or
    stand right behind one: "by 3.2% (up to 8.1% on A)", "by 14% (A) and that of real trials by 8.6%".
    """
    remarks = [match.span() for match in PARENTHESIS.finditer(reading.symbols)]
    others = [d.index for d in drafts if d.holder == draft.holder and d is not draft]
    return all(
        any(
            start < name < end
            and not start < draft.index < end
            and any(start <= i + 1 and i < end for i in others)
            for start, end in remarks
        )
        for name in names
    )


def _in_unpaired_list(reading: Reading, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a level is one of a list that belongs, "respectively", to several benchmarks, and no list of
    them is as long.
    """
    if draft.kind != "score" or len(run := run_of(draft, reading, drafts)) < 2:
        return False
    end = drafts[run[-1] + 1].index if run[-1] + 1 < len(drafts) else len(reading.symbols)
    said = not reading.classes["RESPECTIVELY"].isdisjoint(reading.symbols[draft.index : end])
    names = [i for i, s in enumerate(reading.symbols) if s == "B"]
    return said and any(len(names) > 1 for names in name_lists(reading, names))


def _named_next(reading: Reading, index: int, names: list[int]) -> int | None:
    """The benchmark that the number's own clause goes on to name with "on", or right behind the number,
    before any other number: "70.1% on A and 64.2% B accuracy".
    """
    follows = next((i for i in names if i > index), None)
    if follows is None:
        return None
    between = reading.symbols[index + 1 : follows]
    if _CLOSES.match(between):
        between = between[between.index(")") + 1 :]
    stops = (_STOPS - _WHOLE) | reading.classes["CLAUSE"] | reading.classes["AND"]
    if not stops.isdisjoint(PARENTHESIS.sub("", between)):
        return None
    words = {t.data for t in reading.tokens[index + 1 : follows]}
    as_data = "with" in words and reading.symbols[follows + 1] in reading.classes["DATASET_NOUN"]
    return follows if follows == index + 1 or as_data or not _BEHIND.isdisjoint(words) else None


def _named_in_part(reading: Reading, draft: Draft, drafts: list[Draft], names: list[int]) -> int | None:
    """The benchmark that the number's part of the sentence ends with, where the one before it closed another
    part: "… 3% on A, and improves accuracy by 1% with half the time on B".
    """
    index = draft.index
    before = max((i for i in names if i < index), default=None)
    follows = min((i for i in names if i > index), default=None)
    if before is None or follows is None or not _parts(reading, before, index):
        return None
    on = any(t.data == "on" for t in reading.tokens[max(index + 1, follows - 3) : follows])
    another = all(d.metric != draft.metric for d in drafts if index < d.index < follows)
    return follows if on and another and not _parts(reading, index, follows) else None


def _shares_place(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether two numbers in different metrics are joined, and the second goes on to say where: "… on A and
    0.958 in PLCC and 0.937 in SRCC on B".
    """
    symbols = reading.symbols
    between, after = symbols[one.index + 1 : other.index], symbols[other.index + 1 :]
    joined = not reading.classes["AND"].isdisjoint(between) and _STOPS.isdisjoint(between)
    return (
        joined
        and "B" not in between
        and reading.classes["CLAUSE"].isdisjoint(between)
        and _is_named(other)
        and one.kind == other.kind
        and one.metric != other.metric
        and "B" in after
        and _STOPS.isdisjoint(after[: after.index("B")])
    )


def _parts(reading: Reading, start: int, end: int) -> bool:
    """Whether a sentence begins anew between two tokens: at a semicolon, or a comma and "and"."""
    symbols, joints = reading.symbols, reading.classes["AND"]
    return any(
        symbols[i] == ";" or (symbols[i] == "," and symbols[i + 1] in joints) for i in range(start + 1, end)
    )


def _follows_several(text: str, reading: Reading, before: list[Draft], names: list[int]) -> bool:
    """Whether the numbers before a cost have each a benchmark of their own, in one list, and it has none:
    "91% on A and 88% on B, while running at 25 FPS" does not say that the speed was measured on B alone.
    """
    places = {tuple(name.key for name in d.benchmarks) for d in before if d.benchmarks}
    last = named(text, reading.tokens[names[-1]]).key
    listed = len(places) > 1 and any(last in place for place in places)
    return listed and ";" not in reading.symbols[names[0] : names[-1]]


def _in_reach(reading: Reading, draft: Draft, names: list[int], first: int) -> bool:
    """Whether a benchmark stands close enough for a speed or a size to be its: before it, or in the same
    clause. What was saved is told in a clause of its own ("76.7% on A while running 4x faster").
    """
    symbols, index = reading.symbols, draft.index
    opens = frozenset() if draft.kind == "score" else reading.classes["CLAUSE"] | frozenset(";")
    return any(
        BREAKS.isdisjoint(symbols[index:i]) if index < i else i < first or opens.isdisjoint(symbols[i:index])
        for i in names
    )
