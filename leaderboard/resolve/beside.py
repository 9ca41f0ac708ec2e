"""What the words beside a difference tell of it: which verb it has, which level it explains, where it was
seen.
"""

from __future__ import annotations

from leaderboard import expressions as re
from leaderboard.claims import Reading
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.resolve.drafts import Draft

_CAPITALISED = re.compile(r"[A-Z][a-z]+")
_OPENS = ",(-"
"""What stands before an apposition."""
_VERBS = ("OUTPERFORM", "IMPROVE", "REDUCE", "ACHIEVE")


def is_won(draft: Draft, reading: Reading) -> bool:
    """Whether a difference is what one system is ahead of another: "outperforms the baseline by 47%". A cost
    that is named elsewhere is rather what both were allowed: "under the same runtime"; "its runtime
    outperforms others by 12%" is another matter.
    """
    if draft.kind != "gain":
        return False
    symbols, classes = reading.symbols, [reading.classes[name] for name in _VERBS]
    verbs = classes[0].union(*classes[1:])
    verb = next((i for i in range(draft.index - 1, 0, -1) if symbols[i] in verbs), 0)
    told = any(token.data == "by" for token in reading.tokens[verb : draft.index])
    return told and symbols[verb] in classes[0] and symbols[verb - 1] not in MENTIONS["METRIC"]


def is_apposed(level: Draft, gain: Draft, reading: Reading) -> bool:
    """Whether a difference is told behind the level that it led to: "takes 12 ms per image, a 40% reduction",
    "5.6 mJ, which is 33% less".
    """
    if gain.kind != "gain" or level.kind != "score":
        return False
    between = reading.symbols[level.index + 1 : gain.index]
    opened = max(map(between.rfind, _OPENS))
    telling = reading.classes["CLAUSE"] | reading.classes["BE"] | reading.classes["LINK"]
    named = not set(MENTIONS["METRIC"]).isdisjoint(between)
    return opened >= 0 and not named and telling.issuperset(between[opened + 1 :])


def is_place(text: str, start: int, end: int, reading: Reading) -> bool:
    """Whether a noun phrase tells where a difference was seen, or of what: "12% in German", "in low-light
    scenes", "improves small models by 12%".
    """
    first, last = reading.tokens[start], reading.tokens[end - 1]
    inside = start > 0 and reading.tokens[start - 1].data == "in"
    known = start + 1 == end and first.symbol == "w" and _CAPITALISED.fullmatch(text, first.start, first.end)
    made_better = start > 0 and reading.tokens[start - 1].symbol in reading.classes["IMPROVE"]
    things = reading.classes["PLACE_NOUN"] | reading.classes["METHOD_NOUN"] | set(MENTIONS["MODEL"])
    inside = inside and last.symbol in reading.classes["PLACE_NOUN"]
    return (known and start > 0) or inside or (made_better and last.symbol in things)
