"""Clean text from marked-up text, with the way back.

Titles and abstracts come with LaTeX, HTML entities and tags, line breaks, tokenised spaces and Unicode
lookalikes. `clean` turns them into the plain text that the rules read, and remembers where every character
came from, so that a number found in the clean text can be shown in the original.

It deliberately does not correct spelling, case or words, and it leaves every sign that means something to a
reader of numbers (× ± → ≥ –) alone.
"""

from __future__ import annotations

import html
import unicodedata
from dataclasses import dataclass
from html.entities import html5

from leaderboard import expressions as re
from leaderboard.latex import latex_edits
from leaderboard.offsets import Edit, OffsetMap, apply_edits


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, the text it was made from, and the maps that lead back, last step first."""

    text: str
    original: str
    maps: tuple[OffsetMap, ...] = ()

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the clean text to the span of the original it was printed as.

        >>> cleaned = clean(r"scores \\textbf{88.5\\%}")
        >>> cleaned.text
        'scores 88.5%'
        >>> start, end = cleaned.to_original(7, 11)
        >>> cleaned.original[start:end]
        '88.5'
        """
        for step in self.maps:
            start, end = step.to_source(start, end)
        return start, end


def clean(text: str) -> Cleaned:
    """Return the text without markup. A text that is clean already is returned as the same object.

    A single line break becomes a space; a blank line, which ends a sentence, stays as two line breaks.

    >>> clean("a gain of 3.2$\\\\times$ over F$_1$&nbsp;of 71 . 2 %").text
    'a gain of 3.2× over F1 of 71.2%'
    """
    current = text
    maps: list[OffsetMap] = []
    if not current.isascii() or "&" in current:
        current = _step(current, _character_edits(current), maps)
    if "<" in current:
        current = _step(current, _tag_edits(current), maps)
    if _has_latex(current):
        current = _step(current, latex_edits(current), maps)
    current = _close_spaces(current, maps)
    if "-a" in current:
        current = _step(current, _lost_dashes(current), maps)
    if "%" in current and ". " in current:
        current = _step(current, _split_decimals(current), maps)
    if current == text:
        return Cleaned(text, text)
    maps.reverse()
    return Cleaned(current, text, tuple(maps))


def _step(text: str, edits: list[Edit], maps: list[OffsetMap]) -> str:
    """Carry out the edits of one step and put its map on the list."""
    if not edits:
        return text
    new, back = apply_edits(text, edits)
    maps.append(back)
    return new


# --- characters ------------------------------------------------------------

# Names and numbers of characters, possibly escaped more than once: &lt; &#37; &amp;lt;
_ENTITY = re.compile(r"&(?:amp;)*(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CHARACTERS = {
    "\u2212": "-", "\u2010": "-", "\u2011": "-", "\ufe63": "-", "\uff0d": "-", "\u00ad": "", "\u200b": "",
    "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "\u200e": "", "\u200f": "", "\u2028": "\n", "\u2029": "\n\n",
    "\u0085": "\n", "\u000b": " ", "\u000c": " ", "\u2044": "/", "\u2215": "/", "\u2217": "*", "\u223c": "~",
    "\u00b2": "^2", "\u00b3": "^3", "\u00b9": "^1", "\u02dc": "~",
}  # fmt: skip
_CHARACTERS |= {chr(c): " " for c in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)}
_CHARACTERS |= {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0xFF01, 0xFF5F) if c != 0xFF0D}
_CHARACTERS |= {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0xFB00, 0xFB07)}
_CHARACTERS |= {chr(0x2080 + d): str(d) for d in range(10)}
_CHARACTERS |= {chr(0x1D7CE + n): str(n % 10) for n in range(50)}  # digits of the mathematical alphabets
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_LOOKALIKE = re.compile(
    f"[{_SUPERSCRIPT}]+|[" + "".join(map(re.escape, sorted(set(_CHARACTERS) - set(_SUPERSCRIPT)))) + "]"
)
_AFTER_NAME = re.compile(r"[A-Za-z\s]")


def _character_edits(text: str) -> list[Edit]:
    """Entities to characters; lookalikes to plain characters; a raised 3 to ^3, a lowered one to 3."""
    edits: list[Edit] = []
    if "&" in text:
        for match in _ENTITY.finditer(text):
            name = match.group(1)
            if name[0] != "#" and name + ";" not in html5:
                continue
            new = html.unescape(f"&{name};")
            edits.append((match.start(), match.end(), _CHARACTERS.get(new, new)))
    if not text.isascii():
        for match in _LOOKALIKE.finditer(text):
            found = match.group()
            raised = found[0] in _SUPERSCRIPT
            new = (
                "^" + unicodedata.normalize("NFKC", found).replace("\u2212", "-")
                if raised
                else _CHARACTERS[found]
            )
            edits.append((match.start(), match.end(), new))
        edits.sort()
    return edits


# --- tags ------------------------------------------------------------

_TAG = re.compile(
    r"</?(?P<name>(?:jats|mml|m|xhtml):[A-Za-z-]{1,20}|inline-formula|strong|small|code|span|sub|sup|div|bold|italic"
    r"|title|sec|scp|br|em|tt|li|ul|ol|p|i|b|u)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_BREAKING = frozenset({"p", "div", "li", "ul", "ol", "title", "sec"})


def _tag_edits(text: str) -> list[Edit]:
    """Drop the tags of HTML and of publishers' XML; a paragraph ends a sentence, a power keeps its sign."""
    edits: list[Edit] = []
    for match in _TAG.finditer(text):
        name = match["name"].lower().rpartition(":")[2]
        new = "\n\n" if name in _BREAKING else "\n" if name == "br" else ""
        if name == "sup" and match.group()[1] != "/":
            power = (
                text[match.start() - 1 : match.start()].isdigit()
                and text[match.end() : match.end() + 1] in _DIGITS
            )
            new = "^" if power else ""
        edits.append((match.start(), match.end(), new))
    return edits


_DIGITS = frozenset("0123456789-\u2212")


# --- latex ------------------------------------------------------------


def _has_latex(text: str) -> bool:
    """Look for what `latex_edits` could change; a handful of `in` is faster than one character class."""
    return (
        "\\" in text
        or "$" in text
        or "{" in text
        or "}" in text
        or "~" in text
        or "--" in text
        or "''" in text
        or "``" in text
        or ("%" in text and (_COMMENT_LINE.search(text) is not None or text.lstrip()[:1] == "%"))
    )


_COMMENT_LINE = re.compile(r"\n[ \t]*%")

# --- spaces ------------------------------------------------------------

# Searched for in every text, so each begins with a fixed character, which `re` finds fastest.
_SUSPECT = re.compile(r" [\s,;:.!?)\]%-]")
_CONTROLS = "\n\t\r\f\v\x1c\x1d\x1e\x1f"
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n")
_SPACES = re.compile(
    r" (?=[\s,;:.!?)\]%-])\s*|\n\s*|\t\s*|\r\s*|\f\s*|\v\s*|\x1c\s*|\x1d\s*|\x1e\s*|\x1f\s*|-\s+|\(\s+|\[\s+"
)
_CHAIN = re.compile(r"[A-Za-z]+ - (?:of|to|the|and|art|in|by|on|end|a) - [A-Za-z]+", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"[A-Za-z0-9]+\Z")
_WORD_AFTER = re.compile(r"[A-Za-z0-9]+")


def _close_spaces(text: str, maps: list[OffsetMap]) -> str:
    """Leave single spaces between words, none before a comma, and a blank line as two line breaks."""
    if "\n" in text and "-\n" not in text and _BLANK_LINE.search(text) is None:
        text = text.replace("\n", " ")  # same length: nothing to remember
    if (
        text[:1].isspace()
        or text[-1:].isspace()
        or "- " in text
        or (re.has_any(text, _CONTROLS) if text.isascii() else not text.isprintable())
        or "( " in text
        or "[ " in text
        or _SUSPECT.search(text) is not None
    ):
        return _step(text, _spacing_edits(text), maps)
    return text


def _spacing_edits(text: str) -> list[Edit]:
    """White space to one space or a blank line; the spaces of tokenised text and of broken words closed."""
    edits: list[Edit] = []
    tokenised = text.count(" , ") + text.count(" . ") >= 2
    done, length = len(text) - len(text.lstrip()), len(text.rstrip())
    if done:
        edits.append((0, done, ""))
    for match in _SPACES.finditer(text, done, length):
        start, end = match.span()
        if start < done:
            continue
        first = text[start]
        new = ""
        if first == "-":
            start += 1
            if not _goes_on(text, start, end):
                new = " "
        elif first in "([":
            start += 1
        else:
            after = text[end]
            if after == "-":
                if (
                    text[end + 1 : end + 2] == " "
                    and end + 2 < length
                    and _joins(text, start, end + 2, tokenised)
                ):
                    edits.append((start, end, ""))
                    start, end = end + 1, end + 2
                else:
                    new = " "
            elif not _closes(text, start, end, after):
                new = " "
            elif after == "." and text[start - 1].isdigit() and _DIGIT_NEXT.match(text, end + 1) is not None:
                edits.append((start, end, ""))  # 95 . 3
                start, end = end + 1, end + 2
        if new and end - start > 1 and text.count("\n", start, end) > 1:
            new = "\n\n"
        if end - start != len(new) or text[start:end] != new:
            edits.append((start, end, new))
        done = end
    if done <= length < len(text):
        edits.append((length, len(text), ""))
    return edits


_LOST_DASH = re.compile(r"[a-z\d%)]-(?=an? [a-z\d~+])")


def _lost_dashes(text: str) -> list[Edit]:
    """The dash of "93.6% accuracy-an 8.4% gain": no word ends in an article."""
    return [(match.end() - 1, match.end(), " - ") for match in _LOST_DASH.finditer(text)]


_SPLIT_DECIMAL = re.compile(r"\. (?=\d\d? ?%)")
_SHORT_NUMBER = re.compile(r"[ (]\d\d?$")


def _split_decimals(text: str) -> list[Edit]:
    """The space in "97. 4%"."""
    return [
        (match.start() + 1, match.end(), "")
        for match in _SPLIT_DECIMAL.finditer(text)
        if _SHORT_NUMBER.search(text, max(0, match.start() - 3), match.start())
    ]


_DIGIT_NEXT = re.compile(r" [0-9]")


def _closes(text: str, start: int, end: int, after: str) -> bool:
    """Tell whether the mark at `end` belongs to the word before the space: `71.2 %`, `so , we`."""
    if after == "%":
        return text[start - 1].isdigit()
    if after in ",;!?)]":
        following = text[end + 1 : end + 2]
        return not (following.isalnum() or following == "=")
    if after in ".:":
        following = text[end + 1 : end + 2]
        return not following or following.isspace()
    return False


def _joins(text: str, start: int, end: int, tokenised: bool) -> bool:
    """Tell whether `state - of - the - art` or, in tokenised text, `low - rank` is one word."""
    if not text[start - 1 : start].isalnum():
        return False
    if tokenised:
        return True
    return _CHAIN.search(text, max(0, start - 20), min(len(text), end + 20)) is not None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Tell whether the word before the hyphen goes on after the space: `NSL- KDD`, not `pre- and post-`."""
    before = _WORD_BEFORE.search(text, max(0, start - 30), start - 1)
    after = _WORD_AFTER.match(text, end)
    if before is None or after is None:
        return False
    following = after.group()
    if following in {"and", "or", "to", "as", "but", "than", "vs", "versus", "nor"}:
        return False
    if text.count("\n", start, end) == 1:
        return True
    return before.group() != before.group().lower() and not following[0].islower()
