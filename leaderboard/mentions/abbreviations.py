"""Names spelled out, and what abbreviations in parentheses stand for."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+)*$")
"""A word, or several with hyphens, that is printed like the beginning of a name of several words."""
NAME_IN_WORDS = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*)+")
"""A name of several words."""


def begins_name(word: str, after: str) -> bool:
    """Whether a word is the first of a name spelled out: "Cycle-Consistent" of "Cycle-Consistent Flows"."""
    return bool(_PLAIN.match(word) and re.match(r"[\s-]+[A-Z]", after))


def spells_out(before: str, short: str) -> bool:
    """Whether the words before an abbreviation are what it stands for: "a path-consistent safety filter
    (PCSF)", "photoplethysmography (PPG)".

    Such a name is the paper's own, though a benchmark has the same.
    """
    return before.rstrip().endswith("(") and bool(expansion(before, short))


def modifies(before: str, short: str, resource: re.Pattern[str]) -> bool:
    """Whether the word for a data set in what an abbreviation stands for only modifies another noun: "Guided
    Dataset Distillation (GDD)".
    """
    words = expansion(before.rstrip(" ("), short) if before.rstrip().endswith("(") else []
    nouns = [i for i, word in enumerate(words) if resource.fullmatch(word)]
    return bool(nouns) and nouns[-1] < len(words) - 1 and words[nouns[-1] + 1][0].isupper()


def expansion(before: str, short: str) -> list[str]:
    """The last words of a text that an abbreviation stands for: it has the first letters of its words, or
    more letters of one, in order; a word between may be left out.
    """
    letters = [c for c in short.lower() if c.isalpha()]
    words = re.findall(r"[A-Za-z]+", before)[-len(letters) - 2 :]
    if len(letters) < 2:
        return []
    spelled = re.compile(
        letters[0]
        + "".join(rf"(?:[a-z]*?{c}|[a-z]*(?: [a-z]+)? {c})" for c in letters[1:])
        + "[a-z]*(?: [a-z]+)?"
    )
    return next(
        (words[k:] for k in reversed(range(len(words))) if spelled.fullmatch(" ".join(words[k:]).lower())), []
    )


def is_common(text: str, short: re.Match[str]) -> bool:
    """Whether an abbreviation in parentheses stands for common nouns, all of them in lower case."""
    words = expansion(text[max(0, short.start() - 80) : short.start()], short.group(1))
    return bool(words) and all(word.islower() for word in words)
