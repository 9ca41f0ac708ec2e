"""Names spelled out, and what abbreviations in parentheses stand for."""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard import expressions as re

_WORD = re.compile(r"[A-Za-z]+")
_IN_PARENTHESES = re.compile(r" ?\(([^()]{8,80})\)")
PLAIN = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+)*$")
"""A word, or several with hyphens, that is printed like the beginning of a name of several words."""
ABBREVIATED = re.compile(r"\(([a-z]?[A-Z][A-Za-z]{1,6}?)s?\)")
"""An abbreviation in parentheses."""
NAME_IN_WORDS = re.compile(r"[A-Z][\w-]*(?: (?:[A-Z]|\dD)[\w-]*)+")
"""A name of several words."""


def begins_name(word: str, after: str) -> bool:
    """Whether a word is the first of a name spelled out: "Cycle-Consistent" of "Cycle-Consistent Flows"."""
    return bool(PLAIN.match(word) and re.match(r"[\s-]+(?:[A-Z]|\dD\b)", after))


def spells_out(before: str, short: str) -> bool:
    """Whether the words before an abbreviation are what it stands for: "a path-consistent safety filter
    (PCSF)", "photoplethysmography (PPG)".

    Such a name is the paper's own, though a benchmark has the same.
    """
    return before.rstrip().endswith("(") and bool(expansion(before, short))


def is_spelled_out(short: str, after: str) -> bool:
    """Whether what an abbreviation stands for is in parentheses after it: "PCSF (path-consistent safety
    filter)".
    """
    inside = _IN_PARENTHESES.match(after)
    return inside is not None and bool(expansion(inside[1], short))


def modifies(before: str, short: str, resource: re.Pattern[str]) -> bool:
    """Whether the word for a data set in what an abbreviation stands for only modifies another noun: "Guided
    Dataset Distillation (GDD)".
    """
    words = expansion(before.rstrip(" ("), short) if before.rstrip().endswith("(") else []
    nouns = [i for i, word in enumerate(words) if resource.fullmatch(word)]
    return bool(nouns) and nouns[-1] < len(words) - 1 and words[nouns[-1] + 1][0].isupper()


def meanings(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations in parentheses of a text, each with the words before it that it stands for."""
    for short in ABBREVIATED.finditer(text):
        words = expansion(text[max(0, short.start() - 80) : short.start()], short.group(1))
        if words:
            yield short.group(1), " ".join(words)


def before_expansion(text: str, short: re.Match[str], method: re.Pattern[str]) -> str:
    """The text before the words that an abbreviation in parentheses stands for, unless they are a method:
    with "a network for" before it, "video object segmentation (VOS)" is not the network's name.
    """
    words = expansion(text[: short.start()], short.group(1))
    if not words or method.match(" ".join(words)):
        return ""
    return text[: text.rfind(words[0], 0, short.start())]


def expansion(before: str, short: str) -> list[str]:
    """The last words of a text that an abbreviation stands for: it has the first letters of its words, or
    more letters of one, in order; a word between may be left out.
    """
    letters = "".join(c for c in short.lower() if c.isalpha())
    if len(letters) < 2:
        return []
    words = _WORD.findall(before)[-len(letters) - 2 :]
    lowered = [word.lower() for word in words]
    starts = (k for k in reversed(range(len(words))) if lowered[k][0] == letters[0])
    return next((words[k:] for k in starts if _has_letters(lowered[k:], letters)), [])


def _has_letters(words: list[str], letters: str) -> bool:
    """Whether each letter after the first stands later in the word of the one before, or begins the next word
    or the one after that; at most one word follows the last letter's.
    """
    places = {(0, 1)}
    for letter in letters[1:]:
        later = {
            (word, at + 1)
            for word, begin in places
            for at in range(begin, len(words[word]))
            if words[word][at] == letter
        }
        for word, _ in places:
            later |= {(k, 1) for k in range(word + 1, min(word + 3, len(words))) if words[k][0] == letter}
        places = later
    return any(word >= len(words) - 2 for word, _ in places)


def is_common(text: str, short: re.Match[str], resource: re.Pattern[str]) -> bool:
    """Whether an abbreviation in parentheses stands for common nouns, all of them in lower case and none a
    data set; the first of several may begin the sentence.
    """
    before = text[max(0, short.start() - 80) : short.start()]
    words = expansion(before, short.group(1))
    if not words or not all(word.islower() for word in words[1:]) or resource.fullmatch(words[-1]):
        return False
    return words[0].islower() or (len(words) > 1 and bool(re.search(rf"(?:^|[.?!] ){words[0]}\W", before)))
