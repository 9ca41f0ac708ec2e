"""The pieces of a name become one token: "Qwen 2.5", "area under the curve (AUC)"; and what a list leaves out
of a name is added: "WMT 2014 English-German and English-French".
"""

from __future__ import annotations

from itertools import zip_longest

from leaderboard import expressions as re
from leaderboard.lexicon import Lexicon
from leaderboard.mentions.kinds import NameKinds
from leaderboard.mentions.numbers import Number
from leaderboard.mentions.tokens import GENERIC_METRICS, MENTIONS, Token
from leaderboard.rulebook import NameHit

_NUMBERS = frozenset(MENTIONS["VALUE"])
_JOINABLE = frozenset("BMmNAUKH")
"""What the next piece of a name can be joined to."""
_VERSION = re.compile(r"[vV]?\d(?:\.\d)?|[vV]\d+")
_EDITION_ALONE = re.compile(r"[vV]\d+(?:\.\d+)*")
"""What is no name behind a noun for data: "the Harbor dataset v1.0"."""
_PLACED = re.compile(r"\s+(?:on|for|in)\b")
_EDITION = re.compile(r"(.*?)[\s'’-]*(\d+)$", re.DOTALL)
_TWO = r"(?:[A-Z][a-z]+(?:-to-|→|->|[-–])[A-Z][a-z]+|[A-Za-z]{2}(?:→|->|[-–])[A-Za-z]{2})"
_PAIR = re.compile(_TWO)
"""Two languages, or two domains: "English-to-French", "En-Fr", "Clipart-Sketch"."""
_PAIRED = re.compile(rf"(.+\d[a-z]*[\s:(]+){_TWO}$")
"""A benchmark with such a pair behind its name: "WMT 2014 English-German"."""


_BOUND_REACH = 3
"""Tokens between a verb of change and the metric that it changes."""


def join_names(text: str, tokens: list[Token], lexicon: Lexicon, kinds: NameKinds) -> list[Token]:
    """Neighbouring pieces of one name become one token; a name with its abbreviation in parentheses too."""
    qualifiers = lexicon.classes.get("QUALIFIER", frozenset())
    scant = lexicon.classes["SCANT"]
    paired = ""
    merged: list[Token] = []
    for token, after in zip_longest(tokens, tokens[1:]):
        while token.symbol in _NUMBERS and merged and merged[-1].symbol in qualifiers:
            if _is_bound(merged, lexicon):
                break
            if merged.pop().symbol in scant and isinstance(token.data, Number):
                token.data = token.data._replace(is_scant=True)
        if merged and merged[-1].symbol in _JOINABLE and _continues(text, merged[-1], token):
            last = merged[-1]
            if token.symbol in "Mm":
                generic = getattr(token.data, "id", "") in GENERIC_METRICS
                metric = token.data if not generic else last.data if last.symbol in "Mm" else None
                merged[-1] = Token(
                    "M" if "M" in (last.symbol, token.symbol) else "m", last.start, token.end, metric
                )
                continue
            if last.symbol == token.symbol == "B":
                merged[-1] = Token("B", last.start, token.end, token.data)
                continue
            if last.symbol == "B":
                merged[-1] = Token(
                    "B", last.start, token.end, last.data if isinstance(last.data, NameHit) else None
                )
                continue
            symbol = (
                "U" if "U" in (last.symbol, token.symbol) else "N" if last.symbol in "NA" else last.symbol
            )
            merged[-1] = Token(symbol, last.start, token.end, text[last.start : token.end])
            continue
        hyphened = len(merged) > 1 and merged[-1].symbol == "-"
        if hyphened and not _is_measured(after) and _is_compound(text, merged[-2], token):
            merged.pop()
            symbol = "B" if "B" in merged[-1].symbol + token.symbol else "b"
            merged[-1] = Token(symbol, merged[-1].start, token.end, text[merged[-1].start : token.end])
            continue
        if token.symbol == "i" and len(merged) > 1 and _is_variant(text, merged[-2], merged[-1], token):
            merged.pop()
            merged[-1] = Token(merged[-1].symbol, merged[-1].start, token.end, merged[-1].data)
            continue
        merged.append(token)
        if token.symbol == "B" and (pair := _PAIRED.match(text, token.start, token.end)):
            paired = pair[1]
        elif paired and token.symbol in "wNAB" and _PAIR.fullmatch(text, token.start, token.end):
            merged[-1] = Token("B", token.start, token.end, paired + text[token.start : token.end])
        if token.symbol in "yi" and len(merged) >= 3:
            _complete(text, merged)
        if (
            token.symbol == ")"
            and len(merged) >= 4
            and merged[-3].symbol == "("
            and _abbreviates(merged[-4], merged[-2])
        ):
            full, short = merged[-4], merged[-2]
            data = full.data if full.symbol in "MmBb" and isinstance(full.data, NameHit) else short.data
            symbol = "B" if "B" in (full.symbol, short.symbol) else full.symbol
            merged[-4:] = [Token(symbol, full.start, token.end, data)]
    nouns, behind_noun = lexicon.classes.get("DATASET_NOUN", frozenset()), False
    for token in merged:
        if token.symbol in "NABb":
            if behind_noun and _EDITION_ALONE.fullmatch(text, token.start, token.end):
                token.symbol = "w"
            elif token.symbol in "NA" or _is_doubtful(token):
                token.symbol = "H" if kinds.hardware.match(text, token.start, token.end) else token.symbol
        behind_noun = token.symbol in nouns
    return merged


def _is_bound(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether the last of some tokens says what something falls to: "reduces the error below 10%"."""
    classes = lexicon.classes
    if tokens[-1].symbol not in classes["BOUND"] or len(tokens) < 2:
        return False
    changes = classes["REDUCE"] | classes["IMPROVE"] - classes["BETTERMENT"]  # no "gains as high as 2.3%"
    last = tokens[-2].symbol
    before = {token.symbol for token in tokens[-2 - _BOUND_REACH : -2]}
    return last in changes or (last in "Mm" and not changes.isdisjoint(before))


def _is_doubtful(token: Token) -> bool:
    """Whether a name is also an ordinary word or the name of something else."""
    return isinstance(token.data, NameHit) and not token.data.sure


def _is_compound(text: str, first: Token, second: Token) -> bool:
    """Whether a name with a hyphen is that of a data set of its own, though a part of it names another:
    "Occ3D-nuScenes", "RULER-Bench".
    """
    symbols = first.symbol + second.symbol
    return (
        text[first.end : second.start] == "-"
        and ("B" in symbols or "b" in symbols)
        and all(symbol in "BbNAJ" for symbol in symbols)
    )


def _is_measured(after: Token | None) -> bool:
    """Whether what stands before a token is a metric: "an LRS3-WER of 2.1"."""
    return after is not None and (after.data == "of" or after.symbol in "=:")


def _is_variant(text: str, name: Token, slash: Token, number: Token) -> bool:
    """Whether a number belongs to the name before it: "Tiny-ImageNet/200"."""
    return name.symbol in "Bb" and text[name.end : number.start] == "/" and slash.symbol == "/"


def _continues(text: str, last: Token, token: Token) -> bool:
    gap = text[last.end : token.start]
    if last.symbol == "B" and gap == " ":
        if token.symbol == "B":  # a part of a suite: "GLUE SST-2"
            return isinstance(last.data, NameHit) and isinstance(token.data, NameHit)
        return token.symbol == "y" or bool(_VERSION.fullmatch(text, token.start, token.end))
    if last.symbol in "Mm" and token.symbol in "Mm" and gap == " ":
        return True
    if last.symbol not in "NAUKH" or gap not in ("", " "):
        return False
    if token.symbol in "NAUb":
        return last.symbol in "NA" or token.symbol not in "Ub"
    if token.symbol in "MmJ" and last.symbol in "NA":
        return gap == "" and text[last.end - 1] == "-"  # G-mAP, Harbor-ABSA
    number = token.data
    if isinstance(number, Number) and gap == " ":
        # "Qwen 2.5", "WebVision 1.0", "SemEval 2010": a version, not a result.
        if token.symbol == "y":
            return True
        if token.symbol == "i":
            return number.value < 100 and number.high is None and last.symbol in "NAUK"
        if token.symbol == "d":
            return number.value < 10 and len(text[number.start : number.end]) <= 3
        return number.sort == "size"
    return False


def _complete(text: str, tokens: list[Token]) -> None:
    """The second of "CoNLL-2005 and 2012", "NTU RGB+D 60 and 120": the bare edition takes the name of the one
    before.
    """
    number = tokens[-1]
    before = next((t for t in tokens[-2:-4:-1] if t.symbol in "BNAb"), None)
    if before is None or any(
        t.symbol not in ",/" and t.data not in ("and", "&") for t in tokens[tokens.index(before) + 1 : -1]
    ):
        return
    name = before.data if isinstance(before.data, str) else text[before.start : before.end]
    edition = _EDITION.match(name)
    if _PLACED.match(text, number.end):
        return  # "545 on UCF-101 and 539 on MSR-VTT"
    if edition and len(edition.group(2)) <= len(text[number.start : number.end]) and edition.group(1):
        joint = name[len(edition.group(1)) : len(name) - len(edition.group(2))]
        tokens[-1] = Token(
            before.symbol,
            number.start,
            number.end,
            f"{edition.group(1)}{joint}{text[number.start : number.end]}",
        )


def _abbreviates(full: Token, short: Token) -> bool:
    if full.symbol in "Mm":
        return short.symbol in "MmA"
    if full.symbol in "Bb":
        return short.symbol in "BbA"
    return full.symbol in "NA" and short.symbol == "A"
