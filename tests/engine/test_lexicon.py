"""The lexicon: forms of words, classes, and what words imply."""

from __future__ import annotations

import pytest
from engine_samples import LEXICON

from leaderboard.engine import engine
from leaderboard.lexicon import WORD, compile_lexicon, expand, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("achieve", ["achieve", "achieves", "achieved", "achieving"]),
        ("apply", ["apply", "applies", "applied", "applying"]),
        ("obtain", ["obtain", "obtains", "obtained", "obtaining"]),
        ("surpass", ["surpass", "surpasses", "surpassed", "surpassing"]),
        ("reach", ["reach", "reaches", "reached", "reaching"]),
        ("employ", ["employ", "employs", "employed", "employing"]),
        ("improve upon", ["improve upon", "improves upon", "improved upon", "improving upon"]),
    ],
)
def test_regular_forms(verb, forms):
    assert verb_forms(verb) == forms


def test_an_entry_with_a_tilde_is_a_verb_and_any_other_is_itself():
    assert expand("rank~") == ["rank", "ranks", "ranked", "ranking"]
    assert expand("improve~ upon") == ["improve upon", "improves upon", "improved upon", "improving upon"]
    assert expand("State of the Art") == ["state of the art"]
    assert expand("~") == ["~"]


def test_every_word_of_a_class_has_a_symbol_of_its_own():
    reach = LEXICON.classes["ACHIEVE"]
    assert len(reach) == 8
    assert {LEXICON.symbols["reaches"], LEXICON.symbols["achieved"]} <= reach
    assert all(len(symbol) == 1 for symbol in LEXICON.symbols.values())
    assert len(set(LEXICON.symbols.values())) == len(LEXICON.symbols)


def test_a_word_can_stand_in_two_classes():
    lexicon = compile_lexicon({"GOOD": ["better"], "THAN": ["better"]}, {}, {})
    assert lexicon.classes["GOOD"] == lexicon.classes["THAN"] == {lexicon.symbols["better"]}


def test_phrases_are_found_by_their_first_word_the_longest_first():
    lexicon = compile_lexicon({"A": ["state"], "B": ["state of the art"], "C": ["state of play"]}, {}, {})
    rests = [rest for rest, _ in lexicon.phrases["state"]]
    assert rests == sorted(rests, key=len, reverse=True)
    assert rests[0] == ("of", "the", "art") and rests[-1] == ()


def test_words_that_a_reader_passes_over_are_skipped_unless_another_class_needs_them():
    lexicon = compile_lexicon({"SKIP": ["the", "best"], "TOP": ["best"]}, {}, {})
    assert lexicon.skipped == {"the"}


def test_what_a_word_implies():
    implied = LEXICON.implied_metric
    assert (implied["faster"], implied["speed up"], implied["detects"]) == (
        "speed",
        "speed",
        "detection-rate",
    )
    assert LEXICON.symbols["faster"] in LEXICON.classes["IMPLIES"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("top-1 accuracy", ["top-1", "accuracy"]),
        ("(+4.2%)", ["(", "+", "4.2", "%", ")"]),
        ("e.g., NTU RGB+D", ["e.g.", ",", "NTU", "RGB+D"]),
        ("C++ code", ["C++", "code"]),
        ("73.7->77.1", ["73.7", "->", "77.1"]),
        ("see https://example.org/a?b=1 now", ["see", "https://example.org/a?b=1", "now"]),
    ],
)
def test_words_of_a_text(text, words):
    assert WORD.findall(text) == words


def test_the_built_in_lexicon_serves_the_built_in_rules():
    lexicon = engine().lexicon
    assert {"ACHIEVE", "IMPROVE", "REDUCE", "GAIN_NOUN", "BASE", "CLAUSE"} <= set(lexicon.classes)
    assert all(lexicon.classes.values())
    for phrase in lexicon.symbols:
        assert phrase == phrase.lower()
        first, *rest = WORD.findall(phrase)
        assert (tuple(rest), phrase) in lexicon.phrases[first]
