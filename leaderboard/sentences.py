"""Sentences of clean text, as spans.

The texts are titles and abstracts: few initials and quotations, many decimals, names with dots and
brackets. A boundary is a full stop, question or exclamation mark before white space, unless the word before
it or after it says otherwise, or a line break. What is doubtful stays in one sentence: a row that finds its
benchmark a sentence too far away does less harm than one that has lost it.
"""

from __future__ import annotations

from leaderboard import expressions as re

# Abbreviations that stand before something: no sentence ends with them.
_LEADING_WORDS = """
e.g eg i.e ie vs v.s cf dr prof approx ca circa avg std. w.r.t s.t viz a.k.a n.b al.
"""
# Abbreviations that end a sentence if what follows looks like the beginning of one.
_EITHER_WORDS = """
a.i a.m acc acc. al alg app b.sc ch chap co cor corp d.c dept dev e.u eq eqn eqns eqs et.al fig figs i.i.d
inc jr lem ltd m.sc max no nos nr p.m ph.d prop ref refs resp secs sect sp spp st std stdev subsp tab tabs
tbl thm u.k u.s u.s.a univ vol min sec
"""
# Words that begin a sentence and are hardly ever part of a name.
_STARTERS_WORDS = """
A According Additionally Additional After All Also Although An And Another As At Based Because Besides Both
But By Code Codes Compared Comprehensive Consequently Current Despite Due During Each Empirical Empirically
Evaluation Evaluations Even Existing Experiment Experimental Experiments Extensive Finally First Firstly
Following For From Further Furthermore Given Hence Here How However I If Importantly In Indeed Inspired
Instead It Its Last Lastly Many More Moreover Most Motivated Nevertheless Next No Nonetheless Not Notably
Numerical On One Only Other Our Overall Particularly Previous Project Recent Recently Results Second
Secondly Several Similarly Since So Some Source Specifically State-of-the-art Still Such Surprisingly Taken
Tested That The Then There Therefore These They Third This Those Through Thus To Together Traditional Two
Under Unfortunately Unlike Using Via We What When Where Whereas Whether Which While Why With Within Without
Yet You
"""
# Names that end in an exclamation mark.
_MARKED = frozenset({"yahoo", "jeopardy"})

_LEADING = frozenset(_LEADING_WORDS.split())
_EITHER = frozenset(_EITHER_WORDS.split())
_STARTERS = frozenset(_STARTERS_WORDS.split())

# Every alternative begins with a fixed character, which lets `re` skip quickly to the next candidate.
_CANDIDATE = re.compile(
    r"\.(?![.?!])(?:[\"'”’)\]]*+(?=\s)|(?=(?:We|Our|The|This|In|It|To|However|Experiments|Extensive|Moreover"
    r"|Furthermore|Finally|Code|Specifically|These|Additionally|Results|Notably)[\s,]))|\?(?![.?!])[\"'”’)\]]*+(?=\s)|!(?![.?!])[\"'”’)\]]*+(?=\s)|\n"
)
_UNSPACED_BEFORE = re.compile(r"[a-z0-9%)\]]{2}")
_CAMEL = re.compile(r"[a-z]+-?[A-Z]|[a-z]+[0-9]*[A-Z]")
_WORD = re.compile(r"[A-Za-z-]+")
_SPACE = re.compile(r"\s+")
_LONGEST = 24
_BRACKET = 160


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of clean text, without the space around them.

    The spans are in order, do not overlap, and leave out nothing but white space.

    >>> text = "It reaches 71.2% (vs. 70.1%) on v1.3. Code is available."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['It reaches 71.2% (vs. 70.1%) on v1.3.', 'Code is available.']
    """
    spans: list[tuple[int, int]] = []
    begin = len(text) - len(text.lstrip())
    length = len(text.rstrip())
    for match in _CANDIDATE.finditer(text, begin, length):
        end = match.end()
        if end <= begin:
            continue  # in the space before the sentence
        start = match.start()
        space = _SPACE.match(text, end)
        following = space.end() if space else end
        if text[start] == "\n":
            end = begin + len(text[begin:start].rstrip())
        elif following == end:  # no space: "on all of them.We also"
            if _UNSPACED_BEFORE.match(text, start - 2) is None:
                continue
        elif "\n" not in text[end:following] and not _ends(text, begin, start, end, following):
            continue
        if end > begin:
            spans.append((begin, end))
        begin = following
    if begin < length:
        spans.append((begin, length))
    return spans


def _ends(text: str, begin: int, stop: int, end: int, following: int) -> bool:
    """Tell whether the mark at `stop` ends the sentence that began at `begin`."""
    first = text[following]
    if first.islower() and _CAMEL.match(text, following) is None:
        return False
    word = text[max(begin, text.rfind(" ", max(begin, stop - _LONGEST), stop) + 1) : stop]
    if text[stop] == ".":
        if end == stop + 1 and not _stop_ends(text, begin, word, first, following):
            return False
    elif text[stop] == "!" and word.lower() in _MARKED:
        return False
    low = max(begin, stop - _BRACKET)
    opened = text.rfind("(", low, end)
    # Inside a bracket that closes soon: "(Fig. 3. See below)".
    return opened <= text.rfind(")", low, end) or text.find(")", end, end + _BRACKET) < 0


def _stop_ends(text: str, begin: int, word: str, first: str, following: int) -> bool:
    """Tell whether a lone full stop between `word` and a text beginning with `first` ends a sentence."""
    bare = word.lstrip("([{\"'“‘").lower()
    if bare in _LEADING:
        return False
    if bare == "etc":
        return first.isupper()
    if (len(bare) == 1 and bare.isalpha()) or bare in _EITHER:
        if first in "([0123456789":
            return False
        after = _WORD.match(text, following)
        return after is not None and after.group() in _STARTERS
    if bare.isdigit():
        if first.isdigit():  # "95. 3%" is a number in two pieces
            return False
        # "1. Introduction": the number of a point, not its text
        return not (len(bare) <= 2 and following - begin <= len(word) + 3)
    return True
