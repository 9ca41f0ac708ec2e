"""Claims of the state of the art, held against the earlier entries of the board.

A claim is marked only where it can be checked: the sentence claims the best result without narrowing it
("among unsupervised methods"), both papers are dated, months apart, and the earlier entry has the same
setting.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from leaderboard.boards.folding import fold_name
from leaderboard.boards.printed import printed

_SOTA = r"(?:state[\s~-]*of[\s~-]*the[\s~-]*arts?|sota|\bsoa\b)"
_MENTIONED = re.compile(r"art|sota|soa", re.IGNORECASE)
_CLAIM = re.compile(
    rf"""(?:\bnew\s+|\b(?:achiev|reach|set|establish|obtain|attain|yield|deliver|demonstrat|push|advanc|produc|
          report|giv|show|provid|lead)\w*\s(?:[\w,-]+\s){{0,6}}?){_SOTA}
      | \b(?:outperform|surpass|beat|exceed|improv|advanc)\w*\s(?:[\w,-]+\s){{0,5}}?{_SOTA}
      | {_SOTA}\s+(?:results?|performances?|accurac\w+|scores?)""",
    re.IGNORECASE | re.VERBOSE,
)
# Near the state of the art, or beyond a narrower one.
_NOT_A_CLAIM = re.compile(
    rf"""\b(?:compar\w+|competitive|clos\w+|near\w*|on[\s-]par|par\s+with|match\w*|rival\w*|approach\w*|similar|
          within|below|behind|inferior|previous|prior|existing|current|former)\s
        (?:[\w,-]+\s){{0,6}}?{_SOTA}""",
    re.IGNORECASE | re.VERBOSE,
)
_BEATS = re.compile(
    rf"\b(?:outperform|surpass|beat|exceed|improv|advanc)\w*\s(?:[\w,-]+\s){{0,6}}?{_SOTA}", re.IGNORECASE
)
_NARROWED = re.compile(
    r"""\b(?:among|amongst|(?:un|self|semi|weakly)[\s-]*supervised|zero[\s-]*shot|few[\s-]*shot|one[\s-]*shot|
        light[\s-]?weight|mobile|real[\s-]?time|single[\s-]model|compact|efficien\w+|tiny|small\w*|open[\s-]?source\w*|
        open[\s-]?weight\w*|publish\w+|comparabl[ey]\s+siz\w+|similar\s+siz\w+|same\s+siz\w+|under\s+\d|
        binary|binari[sz]ed|quanti[sz]\w+|prun\w+|spiking|snns?|online|streaming|training[\s-]free|non[\s-]?
        autoregressive|without|convolutional|cnn|domain\s+adaptation|transfer|low[\s-]resource|federated|private)\b""",
    re.IGNORECASE | re.VERBOSE,
)

#: Papers nearer in time than this may not have known of each other.
MONTHS_APART = 3


def claims_state_of_the_art(sentence: str) -> bool:
    """Whether a sentence says that its result is the best there is.

    >>> claims_state_of_the_art("It sets a new state of the art of 96.5% on TuSimple.")
    True
    >>> claims_state_of_the_art("It is competitive with state-of-the-art results.")
    False
    """
    if not _MENTIONED.search(sentence) or not _CLAIM.search(sentence):
        return False
    return bool(_BEATS.search(sentence)) or not _NOT_A_CLAIM.search(sentence)


def is_narrowed(sentence: str) -> bool:
    """Whether a sentence speaks of a kind of system or setting only, so that its claim cannot be checked.

    >>> is_narrowed("State-of-the-art accuracy of 71% among self-supervised methods.")
    True
    """
    return bool(_NARROWED.search(sentence))


def checked_claims(entries: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """For each entry: the claim its sentence makes, and the earlier and better entry, or empty.

    The entries of each board stand in its order, best first.
    """
    sentences = entries["sentence"].tolist()
    claims = np.array([claims_state_of_the_art(text) for text in sentences], dtype=bool)
    narrowed = [bool(claim) and is_narrowed(text) for claim, text in zip(claims, sentences, strict=True)]
    wide = claims & ~np.array(narrowed, dtype=bool)
    better = _better_before(entries)
    shown: dict[int, str] = {}
    texts = [""] * len(entries)
    for place in np.flatnonzero(wide & (better >= 0)):
        first = int(better[place])
        if first not in shown:
            shown[first] = _described(entries.iloc[first])
        texts[place] = shown[first]
    words = ["state of the art" if one else "" for one in claims]
    index = entries.index
    return pd.Series(words, index=index, dtype="str"), pd.Series(texts, index=index, dtype="str")


def _better_before(entries: pd.DataFrame) -> npt.NDArray[np.int64]:
    """For each entry the place of the best earlier one with its setting, if that is better; else -1."""
    out = np.full(len(entries), -1, dtype=np.int64)
    direction = entries["direction"].to_numpy()
    sound = ((entries["flag"] == "") & entries["day"].notna()).to_numpy() & (direction != 0)
    months = entries["day"].to_numpy().astype("datetime64[M]").astype(np.int64)
    merit = entries["score"].to_numpy() * direction
    settings = pd.factorize(entries["setting"].map(fold_name))[0]
    group = pd.factorize(entries["board"].to_numpy() * (settings.max(initial=0) + 1) + settings)[0]
    order = np.flatnonzero(sound)[np.argsort(group[sound], kind="stable")]
    for where in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        if len(where) < 2:
            continue
        in_time = where[np.argsort(months[where], kind="stable")]
        # A smaller place is a better entry, so the running smallest place is the best entry so far.
        best_so_far = np.minimum.accumulate(in_time)
        known = np.searchsorted(months[in_time], months[where] - MONTHS_APART, side="right")
        before = np.where(known > 0, best_so_far[np.maximum(known, 1) - 1], -1)
        beaten = (before >= 0) & (merit[before] > merit[where])
        out[where[beaten]] = before[beaten]
    return out


def _described(entry: pd.Series[Any]) -> str:
    number = printed(entry["value"], entry["value_high"], entry["unit"], entry["sentence"])
    name = entry["model"] or entry["title"]
    paper = f", {entry['paper_id']}" if entry["paper_id"] else ""
    return f"{number} by {name} ({str(entry['day'])[:7]}{paper})"
