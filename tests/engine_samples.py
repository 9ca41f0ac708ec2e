"""Sentences as the engine's inner steps see them."""

from __future__ import annotations

import re

from leaderboard.explanation import Mention, explain
from leaderboard.lexicon import compile_lexicon
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.patterns import PatternCompiler

LEXICON = compile_lexicon(
    {
        "ACHIEVE": ["achieve~", "reach~"],
        "OUTPERFORM": ["outperform~"],
        "GAIN_NOUN": ["improvement", "gain"],
        "COMPARATIVE": ["higher"],
        "RANGE": ["ranging from"],
        "AND": ["and", "as well as"],
        "OR": ["or"],
        "DATASET_NOUN": ["dataset", "test set"],
        "OWN": ["our model", "we"],
        "RESPECTIVELY": ["respectively"],
        "CLAUSE": ["while", "which"],
        "SKIP": ["the", "a", "very", "significantly"],
    },
    {"speed": ["faster", "speed up"]},
    {"detection-rate": ["detect~"]},
)
"""A small lexicon, whose symbols no change of the real one moves."""


def number_in(printed: str) -> float:
    """The number that is printed: a comma before three digits groups them, any other marks decimals."""
    grouped = re.sub(r",(?=\d{3}(?!\d))", "", printed)
    return float(grouped.replace(",", "."))


def compiler(**macros: str) -> PatternCompiler:
    return PatternCompiler(LEXICON, macros)


def symbols(sentence: str) -> str:
    """The symbols of a sentence written as words of patterns: "ACHIEVE PERCENT on BENCHMARK"."""
    out = []
    for word in sentence.split():
        if word in MENTIONS:
            out.append(MENTIONS[word][0])
        elif word in LEXICON.classes:
            out.append(min(LEXICON.classes[word]))
        else:
            out.append(LEXICON.symbol(word.replace("_", " ")))
    return "".join(out)


def tokens_of(text: str, title: str = "") -> list[Mention]:
    """The tokens of an abstract of one sentence, as `explain` shows them."""
    sentences = [s for s in explain(text, title).sentences if s.field == "abstract"]
    return [token for sentence in sentences for token in sentence.tokens]


def mentions(text: str, title: str = "") -> list[tuple[str, str]]:
    """The mentions among the tokens: type and print. Words of the lexicon and other words are left out."""
    return [(t.type, t.text) for t in tokens_of(text, title) if t.type != "word" and not t.type.isupper()]
