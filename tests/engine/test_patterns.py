"""The rule language, construct by construct."""

from __future__ import annotations

import pytest
from engine_samples import LEXICON, compiler, symbols
from phenomena import FILES, cases

from leaderboard import Paper
from leaderboard.engine import engine
from leaderboard.extraction import read_paper
from leaderboard.patterns import PatternError, compile_rules, needs


def matches(pattern, sentence, **macros):
    return compiler(**macros).compile(pattern).search(symbols(sentence)) is not None


def captures(pattern, sentence, **macros):
    """What a pattern captures: names of groups, and the places of the captured words in the sentence."""
    match = compiler(**macros).compile(pattern).search(symbols(sentence))
    return {name: match.starts(name) for name, found in match.capturesdict().items() if found}


@pytest.mark.parametrize(
    ("pattern", "fitting", "failing"),
    [
        # a class, a word, a phrase
        ("ACHIEVE PERCENT", "ACHIEVE PERCENT", "ACHIEVE on PERCENT"),
        ("VALUE on BENCHMARK", "PERCENT on BENCHMARK", "PERCENT of BENCHMARK"),
        ('OWN "as good as" MODEL', "OWN as_good_as MODEL", "OWN as_good MODEL"),
        # either, groups, repetition
        ("on|in BENCHMARK", "in BENCHMARK", "with BENCHMARK"),
        ("(of | to) VALUE", "to POINTS", "by POINTS"),
        ("METRIC of? VALUE", "METRIC DECIMAL", "METRIC of of DECIMAL"),
        ("METRIC (of VALUE)+ STOP", "METRIC of PERCENT of PERCENT STOP", "METRIC STOP"),
        ("METRIC WORD* VALUE", "METRIC WORD WORD PERCENT", "METRIC on PERCENT"),
        ("METRIC WORD{2,3} VALUE", "METRIC WORD WORD PERCENT", "METRIC WORD PERCENT"),
        # ends of the sentence
        ("^ METRIC", "METRIC PERCENT", "PERCENT METRIC"),
        ("VALUE $", "METRIC PERCENT", "PERCENT METRIC"),
        # gaps
        ("METRIC ~ BENCHMARK", "METRIC WORD WORD WORD BENCHMARK", "METRIC WORD WORD WORD WORD BENCHMARK"),
        ("METRIC ~5 BENCHMARK", "METRIC WORD WORD WORD WORD WORD BENCHMARK", "METRIC WORD COMMA BENCHMARK"),
        ("METRIC ~1 BENCHMARK", "METRIC BENCHMARK", "METRIC WORD WORD BENCHMARK"),
        ("OWN ~5 BENCHMARK", "OWN WORD on BENCHMARK", "OWN while BENCHMARK"),
        ("OWN ~5 BENCHMARK", "OWN MODEL BENCHMARK", "OWN PERCENT BENCHMARK"),
        ("OWN ~5 BENCHMARK", "OWN TASK BENCHMARK", "OWN METRIC BENCHMARK"),
        # a whole parenthesis
        ("METRIC PAREN VALUE", "METRIC LPAR WORD NAME RPAR PERCENT", "METRIC LPAR WORD PERCENT"),
        # what stands before and after
        ("VALUE !METRIC", "PERCENT on METRIC", "PERCENT METRIC"),
        ("<OWN VALUE", "OWN PERCENT", "MODEL PERCENT"),
        ("<!MODEL VALUE", "OWN PERCENT", "MODEL PERCENT"),
        ("VALUE !(METRIC|GAIN_NOUN)", "PERCENT WORD", "PERCENT GAIN_NOUN"),
    ],
)
def test_constructs(pattern, fitting, failing):
    assert matches(pattern, fitting)
    assert not matches(pattern, failing)


def test_numbers_metrics_and_benchmarks_are_captured_by_themselves():
    assert captures("METRIC of VALUE on BENCHMARK", "METRIC of PERCENT on BENCHMARK") == {
        "metric": [0], "value": [2], "benchmark": [4],
    }  # fmt: skip


def test_every_repetition_is_captured():
    sentence = "PERCENT COMMA PERCENT COMMA PERCENT on BENCHMARK"
    found = captures("PERCENT (COMMA PERCENT)* on BENCHMARK", sentence)
    assert found["value"] == [0, 2, 4]


def test_other_names_for_what_is_captured():
    assert captures("base:VALUE to VALUE", "PERCENT to POINTS") == {"base": [0], "value": [2]}
    assert captures("model:(NAME NAME?) VALUE", "NAME NAME PERCENT")["model"] == [0]
    assert captures("word:on BENCHMARK", "on BENCHMARK") == {"word": [0], "benchmark": [1]}


def test_what_is_kept_out():
    assert captures("_:METRIC of VALUE", "METRIC of PERCENT") == {"value": [2]}
    assert captures("VALUE !METRIC", "PERCENT WORD") == {"value": [0]}
    assert captures("<METRIC VALUE", "METRIC PERCENT") == {"value": [1]}


def test_macros_stand_for_what_they_are_made_of():
    macros = {"SEP": "(COMMA AND? | AND)", "VALUES": "VALUE (SEP VALUE)*"}
    assert captures("VALUES on BENCHMARK", "PERCENT COMMA PERCENT AND PERCENT on BENCHMARK", **macros) == {
        "value": [0, 2, 4], "benchmark": [6],
    }  # fmt: skip
    assert captures("all:VALUES STOP", "PERCENT AND PERCENT STOP", **macros) == {"all": [0]}
    assert captures("_:VALUES STOP", "PERCENT AND PERCENT STOP", **macros) == {}


@pytest.mark.parametrize(
    ("pattern", "wrong", "said"),
    [
        ("METRIC of VALEU", "VALEU", "no class VALEU"),
        ("METRIC of NOTHING_SUCH on BENCHMARK", "NOTHING_SUCH", "no class NOTHING_SUCH"),
        ("METRIC of %VALUE", "%VALUE", "cannot read '%VALUE'"),
        ('METRIC of "VALUE', '"VALUE', "cannot read"),
        ("METRIC [of] VALUE", "[of]", "cannot read"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(pattern, wrong, said):
    with pytest.raises(PatternError) as error:
        compiler().compile(pattern)
    assert said in str(error.value)
    assert pattern[error.value.column :].lstrip().startswith(wrong)


@pytest.mark.parametrize("pattern", ["(METRIC VALUE", "METRIC VALUE)", "* VALUE", "METRIC {3,1}"])
def test_a_pattern_that_is_not_well_formed(pattern):
    with pytest.raises(PatternError):
        compiler().compile(pattern)


def test_macros_that_name_each_other_for_ever():
    with pytest.raises(PatternError, match="macros nest too deeply"):
        compiler(ONE_MACRO="TWO_MACRO VALUE", TWO_MACRO="ONE_MACRO").compile("ONE_MACRO")


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("ACHIEVE VALUE on BENCHMARK", ["ACHIEVE", "VALUE", "BENCHMARK", "on"]),
        ("ACHIEVE? VALUE", ["VALUE"]),
        ("(ACHIEVE | OWN) VALUE", ["ACHIEVE OWN", "VALUE"]),
        ("(ACHIEVE | OWN)? VALUE", ["VALUE"]),
        ("(ACHIEVE | OWN?) VALUE", ["VALUE"]),
        ("!(ACHIEVE | OWN) VALUE", ["VALUE"]),
        ("(ACHIEVE VALUE | VALUE of METRIC)", ["ACHIEVE of", "VALUE"]),
        ("VALUE !METRIC", ["VALUE"]),
        ("<!MODEL VALUE", ["VALUE"]),
        ("METRIC | VALUE", ["METRIC VALUE"]),
        ("PERCENT{2,3} STOP", ["PERCENT", "STOP"]),
        ("PERCENT{0,3} STOP", ["STOP"]),
    ],
)
def test_what_a_sentence_must_have_for_a_pattern_to_match(pattern, needed):
    """A rule is not tried where its needs are not met: a match must never lack one of them."""
    one = compiler()

    def symbols(names):
        one_of = (one.symbols_of(n) if n.isupper() else LEXICON.symbol(n) for n in names.split())
        return frozenset().union(*one_of)

    assert needs(pattern, one) == {symbols(names) for names in needed}


def test_rules_keep_their_order_and_what_they_give():
    first, second = compile_rules(
        [
            {"id": "level", "pattern": "ACHIEVE VALUE", "gives": {"kind": "score"}},
            {"id": "by", "pattern": "by VALUE", "priority": 70, "binding": 60, "gives": {"kind": "gain"}},
        ],
        compiler(),
    ).rules
    assert (first.id, first.priority, first.binding, first.gives) == ("level", 50, 50, {"kind": "score"})
    assert (second.priority, second.binding) == (70, 60)
    assert first.order < second.order


@pytest.mark.parametrize("file", FILES)
def test_no_rule_is_passed_over_that_could_match(file):
    rules = engine().results
    for case in cases(file):
        for step in read_paper(Paper(title=case.get("title", ""), abstract=case["text"])):
            said = step.reading.symbols
            missing = rules.missing(said)
            passed_over = [r for r in rules.rules if r.needs & missing or (r.shape and not r.fits(said))]
            passed_over += [r for r in rules.rules if r.shape and r.quick and not r.quick.search(said)]
            assert not [rule.id for rule in passed_over if rule.compiled.search(said)]


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    {
        "a gap": ("ACHIEVE ~2 VALUE", ["ACHIEVE a_b a_b PERCENT"], ["ACHIEVE a_b a_b a_b PERCENT"]),
        "an order": ("VALUE METRIC", ["PERCENT METRIC"], ["METRIC PERCENT"]),
        "branches": ("by (VALUE|METRIC COMMA)", ["by PERCENT", "by METRIC COMMA"], ["by METRIC"]),
        "repeats": ("^ VALUE{2,3} on+ METRIC?", ["PERCENT PERCENT on on"], ["PERCENT on", "PERCENT PERCENT"]),
        "a look": ("!by <OWN VALUE on", ["PERCENT on"], ["PERCENT"]),
        "parentheses": ("VALUE PAREN? METRIC", ["PERCENT LPAR by RPAR METRIC"], ["PERCENT by METRIC"]),
    }.values(),
)
def test_a_sentence_fits_the_shape_of_a_pattern(pattern, fitting, others):
    (rule,) = compile_rules([{"id": "one", "pattern": pattern}], compiler()).rules
    assert all(rule.could_match(symbols(words)) for words in fitting)
    assert not any(rule.could_match(symbols(words)) for words in others)
    assert rule.compiled and rule.could_match("")  # from here on, to try is quicker than to ask


def test_a_rule_asked_about_often_is_tried_on_a_sentence_only_if_it_matches():
    (rule,) = compile_rules([{"id": "one", "pattern": "VALUE METRIC", "builtin": True}], compiler()).rules
    said = [rule.could_match(symbols(words)) for words in ["METRIC PERCENT", "PERCENT METRIC"] * 10]
    assert said == [False, True] * 10


def test_the_built_in_rules_are_well_kept():
    compiled = engine()
    ids = [rule.id for rule in (*compiled.naming.rules, *compiled.results.rules)]
    assert len(ids) == len(set(ids))
    for rule in compiled.results.rules:
        assert rule.gives.get("kind") in (None, "score", "gain", "ratio", "rank"), rule.id
        assert rule.gives.get("holder") in (None, "own", "other", "model"), rule.id
        inner = [gifts for gifts in rule.gives.values() if isinstance(gifts, dict)]
        assert all(set(g) <= {"kind", "holder", "reject", "range", "metric"} for g in inner), rule.id
