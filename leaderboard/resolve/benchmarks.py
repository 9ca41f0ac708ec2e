"""Which benchmark a number was measured on: what a rule says, its sentence, the sentences before."""

from __future__ import annotations

from leaderboard.claims import TEXT, Reading
from leaderboard.mentions.context import Context
from leaderboard.mentions.wording import Wording
from leaderboard.resolve.drafts import VAGUE, Draft, Memory, Named, is_efficiency, named
from leaderboard.resolve.named_here import find_in_sentence
from leaderboard.resolve.places import (
    PLACED,
    opens_with_task,
    points_back,
    speaks_of_all,
    speaks_of_another,
    speaks_of_several,
)

_BENCH = "bench"
_AROUND = 50
"""Characters around a name where it may be called a benchmark."""
_NEAR = 2
"""Sentences behind one that names a benchmark in which a difference may still be on it."""


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
    if "echo" in draft.sources:
        score = next(d for d in drafts if str(d.index) == draft.sources["echo"])
        draft.benchmarks, draft.sources["benchmark"] = score.benchmarks, "echo"
    elif "B" in reading.symbols:
        find_in_sentence(text, draft, reading, drafts, context.wording)
    elif not (is_efficiency(text, draft) or _is_on_another(text, reading, memory, context.wording)):
        _find_before(text, draft, reading, drafts, memory, context)


def _is_on_another(text: str, reading: Reading, memory: Memory, wording: Wording) -> bool:
    """Whether a sentence measures on something else than those before, or opens with a task of its own, which
    may be on a data set that the one before has announced: "We test on A. For parsing, we gain 2%".
    """
    if speaks_of_another(text, reading, wording):
        return True
    return opens_with_task(reading) and not (memory.just_announced() and len(memory.benchmarks) == 1)


def _find_before(
    text: str, draft: Draft, reading: Reading, drafts: list[Draft], memory: Memory, context: Context
) -> None:
    """Give a draft whose sentence names no benchmark that of the sentences before, of the title, or the one
    that the paper introduces.
    """
    if _is_on_the_last(text, draft, reading, drafts, memory, context):
        draft.benchmarks, draft.sources["benchmark"] = _last(draft, memory), "sentence-before"
    elif context.main_resource and _is_on_the_introduced(text, reading, memory, context):
        draft.sources["benchmark"] = "resource"
    elif memory.benchmarks or (speaks_of_several(reading) and not context.event):
        return
    elif context.main_resource and context.named_in_title:
        draft.sources["benchmark"] = "resource"
    elif memory.titled():
        draft.benchmarks, draft.sources["benchmark"] = memory.titled(), "title"
    elif _is_on_the_only_data(draft, drafts, context):
        draft.benchmarks = [n for n in memory.data() if text.find(n.printed) < reading.tokens[0].start]
        draft.sources.update({"benchmark": "sentence-before"} if draft.benchmarks else {})


def _last(draft: Draft, memory: Memory) -> list[Named]:
    """The benchmarks named last; of several parts of one, that benchmark for a difference, which may be of
    all of them, unlike a level.
    """
    last = memory.recall()
    parted = len(last) > 1 and last[0].id and len({name.id for name in last}) == 1 and draft.kind != "score"
    return [last[0]._replace(subset="")] if parted else list(last)


def _is_on_the_last(
    text: str, draft: Draft, reading: Reading, drafts: list[Draft], memory: Memory, context: Context
) -> bool:
    """Whether a number is on the benchmarks named last: its sentence speaks of them, and it is a result that
    may be told without saying where again.
    """
    last = _last(draft, memory)
    if not last:
        return False
    if len(last) == 1:
        said = not speaks_of_several(reading)
    else:
        said = speaks_of_all(reading) or _tells_of_these(draft, reading, drafts, memory)
    return said and (
        draft.kind == "rank"
        or all(name.id or _is_event(name, context) for name in last)
        or _is_beside_known_score(draft, drafts)
        or (memory.since < _NEAR and _gains_of(text, draft))
        or bool(draft.metric_id and (len(last) > 1 or points_back(text, reading, context.wording)))
    )


def _is_on_the_introduced(text: str, reading: Reading, memory: Memory, context: Context) -> bool:
    """Whether a sentence tells of the benchmark that the paper introduces: of any number of a paper without a
    system of its own; else if the paper has no other, and the sentence or the name says that it is one.
    """
    if not context.own:
        return True
    if len(context.resources) != 1 or any(n.printed != context.main_resource for n in memory.benchmarks):
        return False
    return points_back(text, reading, context.wording) or (
        not speaks_of_several(reading) and _called_benchmark(text, context.main_resource, context.wording)
    )


def _is_on_the_only_data(draft: Draft, drafts: list[Draft], context: Context) -> bool:
    """Whether a level or a difference in a known metric may be on the only data set that a paper uses."""
    known = any(d.kind == "score" and d.metric_id for d in drafts)
    return bool(draft.metric_id) and known and draft.kind in ("score", "gain") and not context.resources


def _tells_of_these(draft: Draft, reading: Reading, drafts: list[Draft], memory: Memory) -> bool:
    """Whether a sentence tells, right behind one that names several data sets, what was reached on them: of
    the experiments, and of no other place ("Experimental results show an accuracy of 71%"), or only of what
    was reached, be it no place in a competition and no list of levels, of which each would be on another.
    """
    if memory.since > 0 or speaks_of_several(reading):
        return False
    symbols, classes = reading.symbols + ".", reading.classes
    if classes["EVALUATE"].isdisjoint(symbols):
        levels = [other for other in drafts if (other.kind, other.holder) == ("score", "own")]
        return memory.announced and draft.kind != "rank" and len(levels) <= 1
    elsewhere = classes["PLACE_NOUN"] | frozenset("wJNAT")
    return not any(
        token.data in PLACED and symbols[i + 1] in elsewhere for i, token in enumerate(reading.tokens)
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
