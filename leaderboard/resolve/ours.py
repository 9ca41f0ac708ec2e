"""What a sentence says is the authors': their systems, their findings, and the models that theirs run on."""

from __future__ import annotations

from leaderboard.claims import Reading
from leaderboard.lexicon import union
from leaderboard.mentions.context import Context
from leaderboard.mentions.names import acts
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.resolve.drafts import Draft

_COMPARING = ("BASE", "SOTA", "THAN", "MORE_THAN", "COMPARED", "OUTPERFORM", "MATCH")
_STUDIES = ("DATA_NOUN", "OTHERS_MODELS")
"""Classes of what is the authors' without being a system."""
_RIVALS = ("RIVAL", "BASE", "OTHERS_MODELS", "SOTA")
"""Classes of what can be compared with the authors' system."""
_MODIFIERS_OF_OURS = 4
_METRICS = frozenset(MENTIONS["METRIC"])
_LEVELS = frozenset(MENTIONS["LEVEL"])
_BESIDE = 3
"""Tokens after a number that may call it a loss: "a 29% accuracy drop"."""


def opening_of(index: int, symbols: str) -> int:
    """Where the parenthesis begins that a number stands in, or 0."""
    depth = 0
    for i in range(index - 1 if "(" in symbols[:index] else 0, 0, -1):
        if symbols[i] == "(" and not depth:
            return i
        depth += (symbols[i] == ")") - (symbols[i] == "(")
    return 0


def is_ours(i: int, reading: Reading) -> bool:
    """Whether a token says that a system is the authors'; "our analysis" does not, nor do "our new task",
    unless something was trained, and "on our data set", unless an unknown name stands beside it.
    """
    classes, symbols = reading.classes, reading.symbols
    if (
        symbols[i] == "U"
        or acts(reading.tokens, i, classes)
        or (symbols[i] in classes["AUTHORS"] and symbols[i + 1 : i + 2] in classes["REACH"])
    ):
        return True
    if symbols[i] not in classes["OURS"]:
        return False
    trained = not classes["TRAIN"].isdisjoint(symbols)
    for symbol in symbols[i + 1 : i + 1 + _MODIFIERS_OF_OURS]:
        if symbol in classes["EVALUATE"] or symbol in classes["STUDY"]:
            return False
        if not trained and (symbol == "B" or any(symbol in classes[name] for name in _STUDIES)):
            return False
        if not trained and symbol in classes["DATASET_NOUN"] and "N" not in symbols:
            return i == 0 or reading.tokens[i - 1].data not in ("on", "of")
        if symbol not in "wNAJMm":
            return True
    return True


def tells_of_ours(reading: Reading) -> bool:
    """Whether anything in a sentence says that a system is the authors'."""
    return any(is_ours(i, reading) for i in range(len(reading.tokens)))


def is_told_worse(draft: Draft, reading: Reading) -> bool:
    """Whether what stands before a number speaks of a loss: "the accuracy of LLMs drops to 40%"."""
    return not reading.classes["WORSEN"].isdisjoint(reading.symbols[: draft.index])


def clause_before(draft: Draft, reading: Reading) -> str:
    """What stands between the last comma and a number."""
    start = max(reading.symbols.rfind(mark, 0, draft.index) for mark in ",;.")
    return reading.symbols[start + 1 : draft.index]


def words_beside(draft: Draft, reading: Reading) -> str:
    """What may call a number a loss or a gain: its clause, and a few tokens after it."""
    return clause_before(draft, reading) + reading.symbols[draft.index + 1 : draft.index + 1 + _BESIDE]


def is_own_finding(draft: Draft, reading: Reading) -> bool:
    """Whether a difference, or the level after it, is one to the better and of no model named beside it,
    which is a finding of the paper, whoever's systems it is about: "adding hints improves accuracy by 4%",
    "from 71% to 75%", "a gain of 4%", "+4%".
    """
    told = draft.holder == "own" and "holder" in draft.sources
    if draft.kind != "gain" and not told:
        return False
    clause = clause_before(draft, reading)
    improves = not reading.classes["IMPROVE"].isdisjoint(clause) or _is_called_gain(draft, reading)
    after = told and not _METRICS.isdisjoint(clause)
    return improves and (draft.kind == "gain" or after) and not names_another(clause, reading)


def _is_called_gain(draft: Draft, reading: Reading) -> bool:
    """Whether a plus sign or a noun beside a difference calls it one to the better."""
    betterment = reading.classes["BETTERMENT"]
    called = "+" in draft.number.signed or not betterment.isdisjoint(words_beside(draft, reading))
    return draft.kind == "gain" and called


def is_made(draft: Draft, reading: Reading) -> bool:
    """Whether a level is one of what the authors trained, or of a way of theirs that beats others, though the
    paper is about others' systems: "fine-tuned LLMs reach 91%", "asking twice reaches 84%, beating prompts",
    "asking twice improves recall, reaching 84%".
    """
    if draft.kind != "score":
        return False
    classes, before = reading.classes, reading.symbols[: draft.index]
    clause = clause_before(draft, reading)
    attained = clause[:1] in classes["ATTAIN"]
    if not classes["TUNE"].isdisjoint(before if attained else clause):
        return True
    others = union(*map(classes.__getitem__, (*_RIVALS, "CONTRAST", "TOP"))) | {"K"}
    improved = attained and not classes["IMPROVE"].isdisjoint(before[: -len(clause)])
    return others.isdisjoint(before) and (
        improved or _tells_of_beaten(reading.symbols[draft.index :], reading)
    )


def names_another(clause: str, reading: Reading) -> bool:
    """Whether a clause names a model or something to compare with."""
    return "K" in clause or not reading.classes["BASE"].isdisjoint(clause)


def is_compared(i: int, reading: Reading, context: Context) -> bool:
    """Whether a model that a sentence names is there to be compared with: the paper has a system of its own,
    or is about others', or the sentence has a word for it. A paper that calls nothing its own reports the
    models that it built; so does one whose sentence tells what a model is better than.
    """
    symbols = reading.symbols
    words = union(*map(reading.classes.__getitem__, _COMPARING))
    others = context.is_resource_paper or context.is_evaluation
    sold = any(t.symbol == "K" and context.wording.others.match(str(t.data)) for t in reading.tokens)
    if others or sold:
        return True
    if _is_of_subject(i, reading):
        return False
    words |= reading.classes["OWN"] - reading.classes["PRONOUN"]
    compares = not (words - reading.classes["SOTA"]).isdisjoint(symbols[:i])
    if not compares and _tells_of_beaten(symbols[i:], reading):
        return False
    return bool(context.own) or not words.isdisjoint(symbols)


def _is_of_subject(i: int, reading: Reading) -> bool:
    """Whether a level beside what the authors' system is compared with, or runs on, is that system's, which
    has none before: "our method beats others, with ResNet-18 reaching 84%".
    """
    symbols = reading.symbols
    opening = opening_of(i, symbols)
    if opening:
        return follows_several(opening, reading)
    ours = max((j for j in range(i) if is_ours(j, reading)), default=-1)
    return ours >= 0 and (_LEVELS | reading.classes["CONTRAST"]).isdisjoint(symbols[ours:i])


def follows_several(opening: int, reading: Reading) -> bool:
    """Whether a parenthesis that names a metric stands behind several systems, whose number one level cannot
    be, and no level before: "RingNet beats recent methods (accuracy 84%)".
    """
    last, symbols = reading.tokens[opening - 1], reading.symbols
    rivals = union(reading.classes["BASE"], reading.classes["RIVAL"])
    several = last.symbol == "B" or (str(last.data).endswith("s") and last.symbol in rivals)
    measured = not _METRICS.isdisjoint(symbols[opening:].partition(")")[0])
    return several and measured and _LEVELS.isdisjoint(symbols[:opening])


def _tells_of_beaten(after: str, reading: Reading) -> bool:
    """Whether what follows a number says that others are beaten, and not by a system of the authors':
    "surpassing larger models", "improving the state of the art".
    """
    classes = reading.classes
    ours = classes["OWN"] - classes["PRONOUN"] | {"U"}
    beaten = classes["SOTA"] | classes["BASE"]
    for i, symbol in enumerate(after):
        if symbol in ours:
            return False
        if symbol in classes["OUTPERFORM"] or (
            symbol in classes["IMPROVE"] and after[i + 1 : i + 2] in beaten
        ):
            return True
    return False
