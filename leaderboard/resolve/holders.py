"""Whose a number is, where no rule says it, or where the paper says more than the rule."""

from __future__ import annotations

from itertools import pairwise

from leaderboard.claims import Reading
from leaderboard.lexicon import union
from leaderboard.mentions.context import Context
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.resolve.drafts import PARENTHESIS, Draft
from leaderboard.resolve.ours import (
    clause_before,
    follows_several,
    is_ours,
    is_told_worse,
    names_another,
    opening_of,
    tells_of_ours,
    words_beside,
)

_VERBS = ("ACHIEVE", "BE", "IMPROVE", "REDUCE", "SOLVE", "OUTPERFORM", "MATCH", "FAIL")
_RIVALS = ("RIVAL", "BASE", "OTHERS_MODELS", "SOTA")
"""Classes of what can be compared with the authors' system."""
_BEATING = ("OUTPERFORM", "MATCH", "COMPARED", "MORE_THAN")
_LONGEST_OBJECT = 14
"""Tokens between a word that compares and the end of what it compares with."""
_STILL_GOOD = 0.9
"""How much of a level must be left for a loss to be a price that is paid, and no failure that is shown."""
_METRICS = frozenset(MENTIONS["METRIC"])
_LARGE_LOSS = 10
"""A loss that is no price either."""
_LARGE_FRACTION = 0.1
"""The same where levels lie between 0 and 1."""


def order_pairs(drafts: list[Draft], reading: Reading, context: Context) -> None:
    """Whose each of "+0.9% (90.2% vs. 91.1%)" is: what was gained tells the old level from the new one,
    whichever stands first. A level falls where the word beside the gain says so ("a 30% decrease in FPR"), or
    where it says that something gets better of which less is better.
    """
    for last, gain, one, two in zip([None, *drafts], drafts, drafts[1:], drafts[2:], strict=False):
        pair = one.rule == two.rule and (one.holder, two.holder) == ("own", "other") and gain.kind == "gain"
        difference = two.number.value - one.number.value
        if pair and abs(abs(difference) - gain.number.value) < min(0.06, gain.number.value / 50 + 1e-6):
            falls = gain.number.signed == "-" or _falls(last.index + 1 if last else 0, one, reading, context)
            one.holder, two.holder = ("other", "own") if (difference > 0) != falls else ("own", "other")


def _falls(start: int, level: Draft, reading: Reading, context: Context) -> bool:
    """Whether the last word before a level that tells a direction tells of a fall."""
    classes = reading.classes
    fall, rise = classes["REDUCE"] | classes["WORSEN"], classes["IMPROVE"] | classes["BETTERMENT"]
    for token in reversed(reading.tokens[start : level.index]):
        if token.symbol in fall or str(token.data).startswith("reduction"):
            return True
        if token.symbol in rise:
            return context.kinds.more_is_better(level.metric_id) is False
    return False


def disown_losses(drafts: list[Draft], reading: Reading, context: Context) -> None:
    """The worse of a pair is nobody's achievement: "the accuracy of ResNet-50 drops from 91% to 43%"; nor is
    what a paper about others' systems tells: "noise raises the error rate from 4% to 9%".
    """
    others = context.is_resource_paper or context.is_evaluation
    for one, two in pairwise(drafts):
        before, after = one.number.value, two.number.value
        better = context.kinds.more_is_better(two.metric_id)
        lost = better is True and after < _STILL_GOOD * before and is_told_worse(two, reading)
        worse = lost or (others and better is False and before < after)
        pair = one.rule == two.rule and (one.holder, two.holder) == ("other", "own")
        if worse and pair and not tells_of_ours(reading):
            two.holder = "other"


def settle_changes(drafts: list[Draft], reading: Reading, context: Context) -> None:
    """Whose a change, or the level after it, is by its direction. In a paper about others' systems one to the
    worse is theirs ("error rates increase by 3%", "attacks reduce the accuracy to 37%"), and one to the
    better of no model named beside it a finding ("hints reduce the error rate by 15%"). A large loss that a
    paper without a system tells is no achievement of its authors either, nor is the level to which others
    fall.
    """
    classes = reading.classes
    others = context.is_resource_paper or context.is_evaluation
    worsens, improves, reduces = (classes[name] for name in ("WORSEN", "IMPROVE", "REDUCE"))
    rivals = union(*map(classes.__getitem__, _RIVALS))
    for draft in drafts:
        better = context.kinds.more_is_better(draft.metric_id)
        before = reading.symbols[: draft.index]
        level = draft.kind == "score" and (
            reading.tokens[draft.index - 1].data == "to" or before[-1:] in worsens
        )
        if not (level or draft.kind == "gain") or better is None or "holder" in draft.sources:
            continue
        clause = clause_before(draft, reading)
        rises, falls = (not words.isdisjoint(clause) for words in (improves, reduces))
        told = draft.metric is not None and draft.metric[0] < draft.number.start
        directed = others and told and rises != falls
        loses = not worsens.isdisjoint(words_beside(draft, reading)) and (
            improves | reduces - worsens
        ).isdisjoint(clause)
        large = not context.own and _is_large(draft)
        lost = better and loses and (large or (level and not rivals.isdisjoint(before)))
        if (lost or (directed and better == falls)) and not tells_of_ours(reading):
            draft.holder = "other"
        elif directed and better == rises and not names_another(clause, reading):
            draft.holder = "own"


def _is_large(draft: Draft) -> bool:
    """Whether a loss is too large for a price that is paid: 29%, or 0.35 of a Dice score."""
    value = draft.number.value
    fraction = not draft.number.unit and _LARGE_FRACTION <= value < 1
    return draft.kind == "gain" and (value >= _LARGE_LOSS or fraction)


def disown_contrasted(drafts: list[Draft], reading: Reading, context: Context) -> None:
    """What stands against the authors' system is another's: "while the analytical method reaches 71%, ours
    reaches 84%", "plain networks lose 33% of their accuracy, whereas ours keep it", "RingNet reaches 84%;
    ZorbNet, an older network, has 71%".
    """
    symbols, contrast = reading.symbols, reading.classes["CONTRAST"] | {";"}
    marks = [i for i, symbol in enumerate(symbols) if symbol in contrast]
    for last, mark, following in zip([-1, *marks], marks, [*marks[1:], len(symbols)], strict=False):
        before = [d for d in drafts if last < d.index < mark]
        after = [d for d in drafts if mark < d.index < following]
        if not after:
            continue
        start, cut = last + 1, mark
        if not before:
            start, cut = mark + 1, symbols.find(",", after[0].index)
            before, after = ([d for d in after if (d.index < cut) is first] for first in (True, False))
        if not before or not after:
            continue
        one, two = _subject(start, before[0].index, reading), _subject(cut + 1, after[0].index, reading)
        goes_on = two in reading.classes["IT"] and before[0].holder == "other"  # "it falls to 72%"
        for half, subject, against in ((before, one, two), (after, two, one)):
            owned = _is_own_subject(against, reading)
            rival = owned and _is_rival(subject, reading) and (symbols[mark] != ";" or subject[0] in "NKA")
            for draft in half:
                if "holder" in draft.sources:
                    continue
                score = draft.kind == "score" and (rival or (goes_on and half is after))
                if score or (owned and _is_loss_of(subject, draft, reading, context)):
                    draft.holder = "other"


def _is_loss_of(subject: str, draft: Draft, reading: Reading, context: Context) -> bool:
    """Whether a difference is what a subject that is not the authors' loses."""
    classes = reading.classes
    loses = not classes["WORSEN"].isdisjoint(clause_before(draft, reading))
    cost = context.kinds.more_is_better(draft.metric_id) is False
    ours = "U" in subject or not classes["OWN"].isdisjoint(subject)
    named = not _METRICS.issuperset(subject)  # "recall drops by 2%, while ours stays fast" names nobody
    return draft.kind == "gain" and loses and named and not cost and not ours


def disown_compared(drafts: list[Draft], reading: Reading, context: Context) -> None:
    """The level behind what the authors' system is compared with is that one's: "surpassing the best baseline
    (a vote of clerks at 74%)", "compared with plain voting (r=0.34)".
    """
    for draft in drafts:
        if draft.holder == "other" or "holder" in draft.sources:
            continue
        opening = opening_of(draft.index, reading.symbols) if draft.kind == "score" else 0
        compared = opening and not follows_several(opening, reading) and _is_compared_with(opening, reading)
        if compared or _is_of_rival(draft, reading, context):
            draft.holder = "other"


def disown_scant(drafts: list[Draft], reading: Reading, context: Context) -> None:
    """A level that is called too low is no achievement of the authors': "agents reach only 31% accuracy"."""
    classes, symbols = reading.classes, reading.symbols
    if classes["SCANT"].isdisjoint(symbols) and not any(draft.number.is_scant for draft in drafts):
        return
    verbs, changes = union(*map(classes.__getitem__, _VERBS)), classes["GAIN_NOUN"] | classes["WORSEN"]
    reached = classes["ATTAIN"] | classes["BE"] | classes["SOLVE"]
    for last, draft in zip([None, *drafts], drafts, strict=False):
        better = context.kinds.more_is_better(draft.metric_id)
        if draft.kind != "score" or not better or draft.holder == "other" or "holder" in draft.sources:
            continue
        verb = next((i for i in range(draft.index - 1, 0, -1) if symbols[i] in verbs), 0)
        called = draft.number.is_scant or symbols[verb - 1] in classes["SCANT"]
        if not (called and symbols[verb] in reached and changes.isdisjoint(symbols[verb : draft.index])):
            continue
        if last and last.index > verb and last.holder == "own":
            continue  # "it reaches 91% by day and only 73% at night"
        start = max((i for i in range(verb) if symbols[i] in classes["CONTRAST"]), default=-1) + 1
        ours = any(is_ours(i, reading) for i in range(start, draft.index))
        if not ours and classes["TUNE"].isdisjoint(symbols[start : draft.index]):
            draft.holder = "other"


def _is_compared_with(end: int, reading: Reading) -> bool:
    """Whether what stands before a parenthesis is the object of a word that compares."""
    classes, beating = reading.classes, union(*map(reading.classes.__getitem__, _BEATING))
    if beating.isdisjoint(reading.symbols[:end]):
        return False
    before = PARENTHESIS.sub(")", reading.symbols[:end])
    compares = beating - classes["CLAUSE"] - classes["RIVAL"]
    joints = classes["AND"] | {","}
    stops = union(*map(classes.__getitem__, (*_VERBS, "CLAUSE", "OWN", "PLACING"))) - compares
    stops |= frozenset(f"UBb.;:{MENTIONS['VALUE']}")
    for i in range(len(before) - 1, max(0, len(before) - _LONGEST_OBJECT) - 1, -1):
        if before[i] in compares:
            return True
        if before[i] in stops or (before[i] in joints and before[i - 1] != ")"):
            return False
    return False


def _is_of_rival(draft: Draft, reading: Reading, context: Context) -> bool:
    """Whether the subject of a number's verb is something to compare with: "a plain baseline yields a graph
    that reaches 40%", "most LLMs have 40%", unless the authors trained it, "small models fail in 40%"; what
    others lose is theirs too: "all tested models drop by 9%".
    """
    classes, symbols, index = reading.classes, reading.symbols, draft.index
    rivals = union(classes["BASE"], classes["OTHERS_MODELS"])
    fails = not union(classes["FAIL"], classes["WORSEN"]).isdisjoint(clause_before(draft, reading))
    if draft.kind == "score" and fails:
        rivals = union(*map(classes.__getitem__, _RIVALS)) | {"K"}
    if rivals.isdisjoint(symbols[:index]):
        return False
    own = classes["OWN"] | frozenset("U")
    if draft.kind != "score":
        after = symbols[index + 1 :].partition(",")[0]
        falls = not classes["WORSEN"].isdisjoint(symbols[:index])
        if not falls or not own.isdisjoint(after) or context.kinds.more_is_better(draft.metric_id) is False:
            return False
    elif not (classes["TUNE"] | classes["TRAIN"]).isdisjoint(symbols[:index]) or not classes[
        "IMPROVE"
    ].isdisjoint(clause_before(draft, reading)):
        rivals = classes["BASE"]
    apart = union(*map(classes.__getitem__, (*_BEATING, "PREPOSITION", "AND"))) - classes["RIVAL"]
    told = own | classes["EVALUATE"] | classes["STUDY"]
    marks = classes["CONTRAST"] | frozenset(";.:")
    clause = max((i for i in range(index) if symbols[i] in marks), default=-1) + 1
    for begin in {clause, max(clause, symbols.rfind(",", 0, index) + 1)}:
        begin = _told_from(begin, index, reading)
        begin += symbols[begin] in classes["AND"]
        if not own.isdisjoint(symbols[begin:index]):
            continue
        if symbols[begin] in _METRICS and reading.tokens[begin + 1].data == "of":
            begin += 2
        if begin > clause and _begins_ours(clause, begin, reading):
            continue
        subject = _subject(begin, index, reading)
        apposed = subject.endswith(",") and begin == clause  # "the best rival, ZorbNet, reaches"
        subject = subject[:-1] if apposed else subject[subject.rfind(",") + 1 :]
        first = next((i for i, symbol in enumerate(subject) if symbol in rivals), -1)
        if any(t.data == "from" for t in reading.tokens[begin : begin + first]):
            continue  # "scores from readers"
        if first >= 0 and apart.isdisjoint(subject[:first]) and told.isdisjoint(subject):
            return True
    return False


def _begins_ours(begin: int, end: int, reading: Reading) -> bool:
    """Whether what stands before a comma begins what is ours: "our small, expert routers"."""
    head = reading.symbols[begin:end]
    verbs = union(*map(reading.classes.__getitem__, (*_VERBS, "PREPOSITION")))
    return not reading.classes["OURS"].isdisjoint(head) and verbs.isdisjoint(head)


def _subject(begin: int, end: int, reading: Reading) -> str:
    """What a clause is about: what stands before its first verb, or "that" and its own."""
    verbs = union(*map(reading.classes.__getitem__, _VERBS))
    begin = _told_from(begin, end, reading)
    verb = next((i for i in range(begin, end) if reading.symbols[i] in verbs), begin)
    return reading.symbols[begin:verb]


def _told_from(begin: int, end: int, reading: Reading) -> int:
    """Where what a clause tells begins: behind "we show that", but not behind "a graph that reaches"."""
    verbs = union(*map(reading.classes.__getitem__, _VERBS))
    that = max((i for i in range(begin, end) if reading.tokens[i].data == "that"), default=-1)
    return that + 1 if that >= 0 and reading.symbols[that + 1] not in verbs else begin


def _is_own_subject(subject: str, reading: Reading) -> bool:
    classes = reading.classes
    return "U" in subject or not (classes["OWN"] - classes["IT"] - classes["AUTHORS"]).isdisjoint(subject)


def _is_rival(subject: str, reading: Reading) -> bool:
    named = any(symbol in "KNA" for symbol in subject)
    rivals = union(*map(reading.classes.__getitem__, _RIVALS))
    return (
        (named or not rivals.isdisjoint(subject))
        and "U" not in subject
        and reading.classes["OWN"].isdisjoint(subject)
    )
