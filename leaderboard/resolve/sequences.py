"""What a number has of the one before it in its sentence, with which it stands in a list or a parenthesis."""

from __future__ import annotations

from leaderboard.claims import Claim, Reading
from leaderboard.lexicon import union
from leaderboard.mentions.numbers import Number
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.resolve.drafts import PARENTHESIS, Draft

METRICS = MENTIONS["METRIC"]
_VERBS = ("ACHIEVE", "IMPROVE", "REDUCE", "OUTPERFORM", "BE", "CLAUSE", "MATCH", "COMPARED")
_NO_VERBS = ("set", "sets", "setting", "against")
"""Words of those classes that do not open a clause within a list: "on the test set", "71% against a bot"."""
_LIKEWISE = frozenset(("with", "at", "to", "in"))
"""Words that stand before a level as they did before another: "81% in oaks, in firs to 76%"."""
_WHEREABOUTS = frozenset(("in", "on", "at", "during", "under", "without"))
"""Words that tell under what conditions a number was reached."""
_CLOSES = frozenset(",;.()")
"""Punctuation behind a number of which no more is said."""
_LONGEST_NAME = 4
"""Tokens of the name of a metric in a list of numbers with their metrics."""
_LONGEST_LINK = 12
"""Tokens between two numbers of a list."""
_LONGEST_PARALLEL = 20
"""Tokens between two numbers of which the second has the preposition of the first."""
_SPREAD = 2
"""How many times a number is at least its deviation."""


def inherited(i: int, reading: Reading, drafts: list[Draft]) -> Claim | None:
    """The kind of the number before, where this one only goes on the list: "92.1%, 87.2% and 74.1%"."""
    if not drafts:
        return None
    last = _latest(drafts, i, reading)
    beside = _beside_another(last.index, i, reading)
    claims = reading.claims.get(last.index, {})
    end = claims["range"].target if last.high else last.index
    between = PARENTHESIS.sub("", reading.symbols[end + 1 : i])
    token = reading.tokens[i]
    assert isinstance(token.data, Number)
    if token.data.sort != last.number.sort or bool(token.data.signed) != bool(last.number.signed):
        return None
    if (
        (token.symbol not in between and _listed_on(between, reading))
        or (token.data.value != last.number.value and _in_addition(last.index, i, reading))
        or _is_parallel(last.index, i, reading)
        or beside
        or (last.kind == "score" and (_is_aside(last.index, i, reading) or told_of(last.index, i, reading)))
        or (last.kind == "score" and _is_elsewhere(last.index, i, reading))
    ):
        return Claim(last.rule, 0, 0, last.kind)
    return None


def _latest(drafts: list[Draft], i: int, reading: Reading) -> Draft:
    """The number before that this one goes on from: the one before it where two measures take turns, and none
    in a parenthesis in between, as in "48% on A (a gain of 9%) and 55% on B".
    """
    if len(drafts) > 1 and _takes_turns(drafts[-2].index, drafts[-1].index, i, reading):
        return drafts[-2]
    between = reading.symbols[drafts[-1].index + 1 : i]
    if between.count(")") - between.count("(") != 1:
        return drafts[-1]
    start = reading.symbols.rfind("(", 0, drafts[-1].index)
    return next((draft for draft in reversed(drafts) if draft.index < start), drafts[-1])


def _takes_turns(one: int, other: int, i: int, reading: Reading) -> bool:
    """Whether a number goes on after a joint where the last but one began, with the words that stood between
    that and the last behind it: "86% at 22 fps and 82% at 53 fps".
    """
    symbols = reading.symbols
    link = symbols[one + 1 : other]
    return (
        0 < len(link) < _LONGEST_NAME
        and symbols[one] == symbols[i] != symbols[other]
        and symbols[i + 1 :].startswith(link + symbols[other])
        and are_joints(symbols[other + 1 : i], reading)
    )


def is_spread(last: Draft, i: int, reading: Reading) -> bool:
    """Whether what stands in parentheses is the interval of the number before, or its deviation, printed
    without a space: "0.91 (0.88-0.93)", "0.91(0.02)".
    """
    number = reading.tokens[i].data
    assert isinstance(number, Number)
    attached = number.span_start == last.number.span_end + 1 and reading.symbols[i - 1] == "("
    if attached and number.sort == last.number.sort and not number.signed:
        return _SPREAD * number.value < last.number.value
    return (
        number.high is not None
        and reading.symbols[last.index + 1 : i].strip(METRICS) == "("
        and last.number.high is None
        and number.value <= last.number.value <= number.high
    )


def _is_parallel(last: int, i: int, reading: Reading) -> bool:
    """Whether a number behind a joint is followed by the preposition that the one before was, or follows its
    own: "46% when compared against A, and 29% against B", "a recall of 81% at the first and of 99% at the
    last"; or whether both are followed by words of where and when: "81% in town, 76% without lights".
    """
    symbols, prepositions = reading.symbols, reading.classes["PREPOSITION"]
    between, after = symbols[last + 1 : i], symbols[i + 1 : i + 2]
    joints = reading.classes["AND"] | reading.classes["CONTRAST"] | {",", ";"}
    if len(between) > _LONGEST_PARALLEL or any(symbol in ".:(" for symbol in between):
        return False
    if between[-1:] in joints:
        words = [token.data for one in (last, i) for token in reading.tokens[one + 1 : one + 2]]
        plain = symbols[i] not in MENTIONS["QUANTITY"] and _WHEREABOUTS.issuperset(words)
        if plain and not any(_opens_clause(symbol, reading) for symbol in between):
            return True
        return after in prepositions and after in between
    return between[-2:-1] in joints and between[-1] in prepositions and between[-1] == symbols[last - 1]


def _in_addition(last: int, i: int, reading: Reading) -> bool:
    """Whether a number stands in parentheses, alone or as an average, after another: "2.1x (up to 3.4x)",
    "1.2% absolute (8.3% relative)", "a 2.1% higher recall (3.4% on average)".
    """
    symbols = reading.symbols
    how = "".join(reading.classes["AVERAGE"] | reading.classes["ABSREL"])
    between, after = symbols[last + 1 : i], symbols[i + 1 : i + 2]
    if after in how or between[-1:] in how:
        what = reading.classes["GAIN_NOUN"] | reading.classes["SPEEDUP"] | reading.classes["COMPARATIVE"]
        between = between.lstrip("".join(what) + METRICS)
    return between.strip(how) == "(" and bool(after) and after in how + ")"


def _beside_another(last: int, i: int, reading: Reading) -> bool:
    """Whether a number stands alone in parentheses, as the one before does: "in town (91.2%) and at sea
    (83.1%)".
    """
    symbols = reading.symbols
    between = symbols[last + 1 : i]
    alone = (
        symbols[:last].rstrip(METRICS + "=:")[-1:] == "("
        and between[:1] == ")"
        and between[-1:] == "("
        and symbols[i + 1 :][:1] == ")"
    )
    inner = between[1:-1]
    return (
        alone
        and any(symbol in ",;" or symbol in reading.classes["AND"] for symbol in inner)
        and not any(symbol in ".:(" or _opens_clause(symbol, reading) for symbol in inner)
    )


def _is_aside(last: int, i: int, reading: Reading) -> bool:
    """Whether a number stands first in parentheses behind words of its own, and neither they nor those since
    the number before count anything: "91% in town, while it fails at sea (43%)", "and lags (43%, 2.1)".
    """
    symbols, joints = reading.symbols, reading.classes["AND"] | reading.classes["CLAUSE"] | {",", ";"}
    between = symbols[last + 1 : i]
    number = reading.tokens[i].data
    assert isinstance(number, Number)
    return (
        (number.sort in ("percent", "decimal") and number.high is None)
        and between[-1:] == "("
        and (symbols[i + 1 : i + 2] in (")", ",") or symbols[i + 1 : i + 2] in reading.classes["AND"])
        and any(symbol in joints for symbol in between)
        and not any(symbol in ".:iI" for symbol in between)
    )


def told_of(last: int, i: int, reading: Reading) -> str:
    """The symbols of what a number is told of without a verb, as the one before it is with one: "one reader
    gets 81%, another 76%", "a recall of 81%, ZorbNet 76%", "oaks with a recall of 81%, firs with 76%";
    nothing if it is not told so.
    """
    number, symbols = reading.tokens[i].data, reading.symbols
    assert isinstance(number, Number)
    joints = union(reading.classes["AND"], reading.classes["CONTRAST"]) | {",", ";"}
    between = PARENTHESIS.sub("", symbols[last + 1 : i])
    joint = max((j for j, symbol in enumerate(between) if symbol in joints), default=-1)
    before, what = between[: max(joint, 0)], between[joint + 1 :]
    prefixed = reading.tokens[i - 1].data in _LIKEWISE
    likewise = prefixed and what[-1:] in symbols[max(0, last - _LONGEST_NAME) : last]
    what = what[:-1] if prefixed else what
    if joint < 0 or not 0 < len(what) <= _LONGEST_NAME or len(before) > _LONGEST_LINK:
        return ""
    after = reading.tokens[i + 1 : i + 2]
    if number.sort not in ("percent", "decimal") or (last and symbols[last - 1] in METRICS):
        return ""
    if any(token.symbol not in _ends(reading) or token.data == "of" for token in after):
        return ""
    if any(symbol in ".:(" or _opens_clause(symbol, reading) for symbol in before):
        return ""
    systems = _systems(reading)
    named = not systems.isdisjoint(what)
    words = systems | set(MENTIONS["WORD"])
    achieved = symbols[last - 1 : last] in reading.classes["ACHIEVE"]
    return what if (named or achieved or likewise) and all(symbol in words for symbol in what) else ""


def _is_elsewhere(last: int, i: int, reading: Reading) -> bool:
    """Whether a level was reached on another benchmark than the one before, which is told without a verb:
    "81% on Set5, and on Urban100, 76%", "amounts to 81% on Set5, and for Urban100 to 76%".
    """
    between = PARENTHESIS.sub("", reading.symbols[last + 1 : i])
    before, name, behind = between.rpartition("B")
    after = reading.tokens[i + 1 : i + 2]
    if not name or any(token.symbol not in _ends(reading) or token.data == "of" for token in after):
        return False
    words = set(MENTIONS["WORD"]) | union(
        *map(reading.classes.__getitem__, ("DATA_NOUN", "DATASET_NOUN", "SPLIT"))
    )
    words |= {token.symbol for token in reading.tokens[last:i] if token.data == "of"}
    where = before.rstrip("".join(words))
    if len(before) > len(where) + _LONGEST_NAME or where[-1:] not in reading.classes["PLACING"]:
        return False
    joints = reading.classes["AND"] | reading.classes["CONTRAST"] | {",", ";"}
    if where[-2:-1] not in joints or len(where) > _LONGEST_LINK:
        return False
    if any(
        symbol in ".:(" or _opens_clause(symbol, reading) for symbol in where[:-1] if symbol not in joints
    ):
        return False
    behind = behind[:-1] if reading.tokens[i - 1].data in _LIKEWISE else behind
    behind = behind.lstrip("".join(words))
    return not behind or (behind[0] == behind[-1] == "," and len(behind) <= _LONGEST_LINK)


def _ends(reading: Reading) -> frozenset[str]:
    """The symbols that may follow a number which is told of something without a verb."""
    joints = ("AND", "CONTRAST", "PREPOSITION")
    return union(_CLOSES, *map(reading.classes.__getitem__, joints))


def whose(last: Draft, i: int, reading: Reading) -> str:
    """The holder of a number that is told of somebody without a verb: "ours gets 81%, ZorbNet 76%"."""
    what = told_of(last.index, i, reading) or _told_alike(last, i, reading)
    if not what:
        return ""
    own = reading.classes["OWN"] | set(MENTIONS["OWN_NAME"])
    if not own.isdisjoint(what):
        return "own"
    named = _systems(reading) - reading.classes["METHOD_NOUN"]
    ours = last.holder == "own" and not own.isdisjoint(reading.symbols[: last.index])
    return "other" if (ours or last.holder == "other") and not named.isdisjoint(what) else ""


def _told_alike(last: Draft, i: int, reading: Reading) -> str:
    """The names behind a joint that a number is told of in the way that another's before it is: "the older
    parser is at 81% and ZorbNet at 76%", "ZorbNet reaches 81% and RingNet reaches 76%".
    """
    between = PARENTHESIS.sub("", reading.symbols[last.index + 1 : i])
    joints = union(reading.classes["AND"], reading.classes["CONTRAST"]) | {",", ";"}
    joint = max((j for j, symbol in enumerate(between) if symbol in joints), default=-1)
    before, what = between[: max(joint, 0)], between[joint + 1 : -1]
    if last.holder != "other" or joint < 0 or len(before) > _LONGEST_NAME or not what:
        return ""
    alike = reading.tokens[i - 1].data == reading.tokens[last.index - 1].data and between[-1] not in METRICS
    names = set(MENTIONS["NAME"] + MENTIONS["MODEL"])
    told = alike and not any(symbol in ".:(" or _opens_clause(symbol, reading) for symbol in before)
    return what if told and names.issuperset(what) else ""


def _systems(reading: Reading) -> frozenset[str]:
    """The symbols of what can hold a number."""
    mentions = frozenset(MENTIONS["NAME"] + MENTIONS["MODEL"] + MENTIONS["OWN_NAME"])
    return mentions | union(
        *map(reading.classes.__getitem__, ("METHOD_NOUN", "BASE", "OWN", "OTHERS_MODELS"))
    )


def of_the_same(draft: Draft, reading: Reading, last: Draft) -> bool:
    """Whether a number goes on a list of what is compared with: "against 75% for A and 68% for B", "than its
    teacher, with a recall of 75% and a precision of 68%".
    """
    between = reading.symbols[last.index + 1 : draft.index]
    if "holder" not in last.sources:
        return False
    to = [reading.tokens[one.index - 1].data == "to" for one in (last, draft)]
    if to == [False, True]:
        return False  # "raises A to 84%, up from 81%, and B to 72%"
    apart = (
        (reading.symbols[last.index - 1], between[:1]) == ("(", ")")
        and _is_aside(last.index, draft.index, reading)
        and union(reading.classes["CONTRAST"], reading.classes["ACHIEVE"]).isdisjoint(between)
    )
    if apart or _beside_another(last.index, draft.index, reading):
        return "U" not in between and reading.classes["OWN"].isdisjoint(between)
    joint = max((i for i, symbol in enumerate(between) if are_joints(symbol, reading)), default=len(between))
    before, after = between[:joint].strip(METRICS + ","), between[joint + 1 :]
    if not before and 0 < len(after) <= _LONGEST_NAME and any(symbol in METRICS for symbol in after):
        return not any(symbol in ".:()" or _opens_clause(symbol, reading) for symbol in after)
    if last.number.sort != draft.number.sort:
        return False
    behind = [token.data for one in (last, draft) for token in reading.tokens[one.index + 1 : one.index + 2]]
    if ")" in between and behind != ["for", "for"]:
        return False
    between = PARENTHESIS.sub("", between)
    return ")" not in between and _listed_on(between, reading)


def goes_on(last: Draft, draft: Draft, reading: Reading) -> bool:
    """Whether a difference goes on a list of the authors': "gains of 39% in PSNR, 36% in SSIM"."""
    between = reading.symbols[last.index + 1 : draft.index]
    alike = (last.rule, last.kind, last.holder) == (draft.rule, "gain", "own")
    return alike and not any(symbol in ".:" or _opens_clause(symbol, reading) for symbol in between)


def _listed_on(between: str, reading: Reading) -> bool:
    """Whether what stands between two numbers is a comma or an "and", or ends in one and has no verb: "99% F1
    for benign data, and 81%".
    """
    joints = reading.classes["AND"]
    if are_joints(between, reading):
        return True
    comma = between[-1:] in (",", ";") and len(between) <= 4
    if len(between) > _LONGEST_LINK or (between[-1:] not in joints and not comma):
        return False
    no_verbs = {reading.symbols[i] for i, t in enumerate(reading.tokens) if t.data in _NO_VERBS}
    return all(
        symbol not in ".:(" and (symbol in no_verbs or not _opens_clause(symbol, reading))
        for symbol in between
    )


def are_joints(between: str, reading: Reading) -> bool:
    """Whether nothing but commas, slashes and "and" stands between two numbers."""
    joints = reading.classes["AND"]
    return bool(between) and all(symbol in ",;/" or symbol in joints for symbol in between)


def _opens_clause(symbol: str, reading: Reading) -> bool:
    return symbol in union(*map(reading.classes.__getitem__, _VERBS))
