"""The lexicon: words and phrases that carry the grammar of a result sentence, and the class of each.

Every entry has a *symbol*, one private character. A sentence becomes a string of symbols, and a pattern is a
regular expression over such strings: a class is the set of the symbols of its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from leaderboard import expressions as re

WORD = re.compile(
    r"[a-z]++(?=[ ,])|"  # most words: what the rest would make of them, found sooner
    r"https?://\S+|www\.\S+|(?:[^\W\d_]\.){2,}|"
    r"[A-Z][\w-]*-(?:Ti|XL|[A-Z])/\d+|"  # ViT-B/16
    r"[A-Z][a-z]+–[A-Z][a-z]+(?![\w-])|"  # Navier–Stokes
    r"[^\W_]+(?:(?:[-_'’.@:+*]|(?<=[A-Z])&|(?<=[^\W\d_])\^(?=\d))[^\W_]+)*\+*|->|=>|[<>~]=|\S"
)
"""One word, or one mark, of a text; the lexicon's phrases are cut by it too."""
ABOUT_RESULTS = ("EVALUATE", "ACHIEVE", "OUTPERFORM", "IMPROVE")
"""Classes of which a sentence without numbers has a word, if it says what something was measured on."""
_VOWELS = "aeiou"
FIRST_SYMBOL = 0xE100
"""First character for lexicon words (Unicode's private use area); mentions use the characters before it."""


@lru_cache(maxsize=256)
def union(*classes: frozenset[str]) -> frozenset[str]:
    """All symbols of some classes, which is asked for each number and made once."""
    return frozenset[str]().union(*classes)


def verb_forms(verb: str) -> list[str]:
    """The regular forms of an English verb or verb phrase, the first word inflected.

    >>> verb_forms("achieve"), verb_forms("apply")
    (['achieve', 'achieves', 'achieved', 'achieving'], ['apply', 'applies', 'applied', 'applying'])
    """
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if head.endswith("e"):
        forms = [head, head + "s", head + "d", head[:-1] + "ing"]
    elif head.endswith("y") and head[-2] not in _VOWELS:
        forms = [head, head[:-1] + "ies", head[:-1] + "ied", head + "ing"]
    elif head.endswith(("s", "sh", "ch", "x", "z")):
        forms = [head, head + "es", head + "ed", head + "ing"]
    else:
        forms = [head, head + "s", head + "ed", head + "ing"]
    return [form + tail for form in forms]


def expand(entry: str) -> list[str]:
    """The printed forms, in lower case, of a lexicon entry: "rank~" and "improve~ upon" are verbs in all
    regular forms.
    """
    if "~" not in entry or entry == "~":
        return [entry.lower()]
    head, _, tail = entry.partition("~")
    return [
        form.lower()
        for form in verb_forms((head + tail).strip() if not tail.strip() else f"{head} {tail.strip()}")
    ]


@dataclass(slots=True)
class Lexicon:
    """Compiled lexicon. `phrases` leads from a first word to (remaining words, phrase), the longest first."""

    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    symbols: dict[str, str] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    implied_metric: dict[str, str] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()

    def symbol(self, phrase: str) -> str:
        """The symbol of a phrase; a new one where there was none (a literal word of a pattern)."""
        if phrase not in self.symbols:
            self.symbols[phrase] = chr(FIRST_SYMBOL + len(self.symbols))
            words = tuple(WORD.findall(phrase))
            options = self.phrases.setdefault(words[0], [])
            options.append((words[1:], phrase))
            options.sort(key=lambda option: -len(option[0]))
        return self.symbols[phrase]

    def first_words(self, classes: Iterable[str]) -> frozenset[str]:
        """The words that the phrases of some classes begin with."""
        wanted = frozenset[str]().union(*(self.classes.get(name, ()) for name in classes))
        return frozenset(
            WORD.findall(phrase)[0] for phrase, symbol in self.symbols.items() if symbol in wanted
        )

    def as_data(self) -> dict[str, Any]:
        """The lexicon as plain data, for the cache."""
        return {
            "phrases": self.phrases,
            "symbols": self.symbols,
            "classes": {name: "".join(sorted(symbols)) for name, symbols in self.classes.items()},
            "implied_metric": self.implied_metric,
            "skipped": sorted(self.skipped),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lexicon that `as_data` gave."""
        return cls(
            {
                first: [(tuple(rest), phrase) for rest, phrase in options]
                for first, options in data["phrases"].items()
            },
            data["symbols"],
            {name: frozenset(symbols) for name, symbols in data["classes"].items()},
            data["implied_metric"],
            frozenset(data["skipped"]),
        )


def compile_lexicon(
    classes: Mapping[str, Iterable[str]],
    implies: Mapping[str, Iterable[str]],
    rates: Mapping[str, Iterable[str]],
) -> Lexicon:
    """Compile what `rules/lexicon.yaml` says.

    The class SKIP holds words that a reader passes over (articles, adverbs, praise); they leave no symbol,
    unless they stand in another class too.
    """
    lexicon = Lexicon()
    members: dict[str, set[str]] = defaultdict(set)
    skipped: set[str] = set()
    for name, entries in classes.items():
        for entry in entries:
            for phrase in expand(str(entry)):
                if name == "SKIP":
                    skipped.add(phrase)
                else:
                    members[name].add(lexicon.symbol(phrase))
    for name, metrics in (("IMPLIES", implies), ("RATED", rates)):
        for metric, entries in metrics.items():
            for entry in entries:
                for phrase in expand(str(entry)):
                    lexicon.implied_metric.setdefault(phrase, metric)
                    members[name].add(lexicon.symbol(phrase))
    for phrase in skipped - set(lexicon.symbols):
        lexicon.symbol(phrase)
    lexicon.skipped = frozenset(
        skipped - {p for p in skipped if any(lexicon.symbols[p] in s for s in members.values())}
    )
    lexicon.classes = {name: frozenset(symbols) for name, symbols in members.items()}
    return lexicon
