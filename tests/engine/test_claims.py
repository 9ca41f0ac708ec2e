"""Claims: which rule's word counts for a number, and which name goes with which number."""

from __future__ import annotations

import pytest
from engine_samples import LEXICON, compiler, symbols

from leaderboard.claims import Claim, RunawayRule, read, retype
from leaderboard.mentions.numbers import Number, find_numbers
from leaderboard.mentions.tokens import Token
from leaderboard.patterns import compile_rules


def tokens(sentence):
    """One token for each word of a sentence of symbols; the text is the symbols themselves."""
    number = Number(0, 1, 0, 1, 1.0, None, "", "decimal", "")
    return [Token(s, i, i + 1, number if s in "pdoi" else None) for i, s in enumerate(symbols(sentence))]


def reading(sentence, *rules, **macros):
    row = tokens(sentence)
    return read_with(rules, row, "".join(t.symbol for t in row), **macros)


def read_with(rules, row, text, **macros):
    """What rules say of a sentence, named rule-0, rule-1, ... in order."""
    entries = [{"id": f"rule-{n}", **rule} for n, rule in enumerate(rules)]
    compiled = compile_rules(entries, compiler(**macros))
    return read(row, "".join(t.symbol for t in row), text, (0, len(text)), compiled, LEXICON)


def targets(sentence, pattern, field, **macros):
    """For each number with a claim on a field, by its place: the places of the names that it goes with."""
    found = reading(sentence, {"pattern": pattern}, **macros)
    return {i: claims[field].target for i, claims in sorted(found.claims.items()) if field in claims}


LISTS = {
    "SEP": "(COMMA AND? | AND)",
    "VALUES": "VALUE (SEP VALUE)*",
    "METRICS": "METRIC (SEP METRIC)*",
    "BENCHMARKS": "BENCHMARK (SEP BENCHMARK)*",
}


@pytest.mark.parametrize(
    ("sentence", "pattern", "field", "expected"),
    [
        # one name goes to every number
        ("PERCENT AND PERCENT on BENCHMARK", "VALUES on BENCHMARKS", "benchmark", {0: [4], 2: [4]}),
        ("METRIC of PERCENT AND PERCENT", "METRICS of VALUES", "metric", {2: [0], 4: [0]}),
        # as many names as numbers pair up in order
        (
            "PERCENT COMMA PERCENT AND PERCENT on BENCHMARK COMMA BENCHMARK AND BENCHMARK",
            "VALUES on BENCHMARKS", "benchmark", {0: [6], 2: [8], 4: [10]},
        ),
        ("METRIC AND METRIC of PERCENT AND PERCENT", "METRICS of VALUES", "metric", {4: [0], 6: [2]}),
        # one number stands for all benchmarks, and has one metric
        ("PERCENT on BENCHMARK AND BENCHMARK", "VALUES on BENCHMARKS", "benchmark", {0: [2, 4]}),
        # a multiple: the numbers of one benchmark stand together
        (
            "PERCENT AND PERCENT AND PERCENT AND PERCENT on BENCHMARK AND BENCHMARK",
            "VALUES on BENCHMARKS", "benchmark", {0: [8], 2: [8], 4: [10], 6: [10]},
        ),
    ],
)  # fmt: skip
def test_lists_are_aligned(sentence, pattern, field, expected):
    assert targets(sentence, pattern, field, **LISTS) == expected


def test_lists_that_do_not_fit_are_not_guessed_at_with_respectively():
    sentence = "PERCENT AND PERCENT AND PERCENT on BENCHMARK AND BENCHMARK RESPECTIVELY"
    assert targets(sentence, "VALUES on BENCHMARKS respectively:RESPECTIVELY", "benchmark", **LISTS) == {}


def test_a_number_on_several_benchmarks_is_marked():
    found = reading("PERCENT on BENCHMARK AND BENCHMARK", {"pattern": "VALUES on BENCHMARKS"}, **LISTS)
    assert found.distributed == {0}


def test_what_a_rule_gives_goes_to_every_number_that_it_captures():
    found = reading(
        "OWN ACHIEVE PERCENT AND PERCENT",
        {"pattern": "ACHIEVE VALUES", "gives": {"kind": "score", "holder": "own"}},
        **LISTS,
    )
    assert {i: {f: c.target for f, c in fields.items()} for i, fields in found.claims.items()} == {
        2: {"kind": "score", "holder": "own"}, 4: {"kind": "score", "holder": "own"},
    }  # fmt: skip
    assert found.matched == [("rule-0", 1, 5)]


def test_a_named_number_gets_what_is_given_to_its_name_alone():
    found = reading(
        "METRIC from PERCENT to PERCENT",
        {
            "pattern": "METRIC from base:VALUE to ours:VALUE",
            "gives": {"kind": "score", "base": {"holder": "other"}, "ours": {"holder": "own"}},
        },
    )
    assert {i: fields["holder"].target for i, fields in found.claims.items()} == {2: "other", 4: "own"}
    assert {fields["metric"].target[0] for fields in found.claims.values()} == {0}


def test_two_ends_of_a_range_are_one_number():
    found = reading(
        "between PERCENT AND PERCENT",
        {"pattern": "between low:VALUE AND high:VALUE", "gives": {"kind": "gain"}},
    )
    assert found.claims[1]["range"].target == 3
    assert found.claims[3]["reject"].target is True
    assert found.claims[1]["kind"].target == "gain"


def kinds(*rules):
    found = reading("by PERCENT", *rules)
    return found.claims[1]["kind"], found.lost


def test_the_higher_priority_wins_and_the_other_is_remembered():
    low = {"pattern": "VALUE", "gives": {"kind": "score"}, "priority": 20}
    high = {"pattern": "by VALUE", "gives": {"kind": "gain"}, "priority": 70}
    for rules in ((low, high), (high, low)):
        won, lost = kinds(*rules)
        assert won.target == "gain"
        [(index, field, loser, winner)] = lost
        assert (index, field, loser.target, winner.target) == (1, "kind", "score", "gain")


def test_of_equal_priorities_the_earlier_rule_wins():
    one, other = ({"pattern": "VALUE", "gives": {"kind": kind}} for kind in ("score", "gain"))
    won, _ = kinds(one, other)
    assert (won.rule, won.target) == ("rule-0", "score")


def test_names_are_bound_by_a_priority_of_their_own():
    found = reading(
        "METRIC PERCENT METRIC",
        {"pattern": "METRIC VALUE", "gives": {"kind": "score"}, "priority": 60, "binding": 10},
        {"pattern": "VALUE METRIC", "gives": {"kind": "gain"}, "priority": 50, "binding": 80},
    )
    assert (found.claims[1]["kind"].target, found.claims[1]["metric"].target) == ("score", [2])


def numbers_of(text):
    return [Token("d", n.start, n.end, n) for n in find_numbers(text)]


def test_a_rule_can_read_the_text_itself():
    text = "scores 0.5 in wibble on Wobbleset; 0.7 elsewhere"
    rule = {
        "regex": r"(?P<value>[\d.]+) in (?P<metric>\w+) on (?P<benchmark>\w+)",
        "gives": {"kind": "score", "holder": "own"},
    }
    found = read_with([rule], numbers_of(text), text)
    assert list(found.claims) == [0]
    claims = found.claims[0]
    assert (claims["kind"].target, claims["holder"].target) == ("score", "own")
    named = {name: text[slice(*claims[name].target[1:])] for name in ("metric", "benchmark")}
    assert named == {"metric": "wibble", "benchmark": "Wobbleset"}


def test_a_rule_that_runs_away_is_stopped_and_named(monkeypatch):
    monkeypatch.setattr("leaderboard.claims.TIME_LIMIT", 0.05)
    text = "a" * 60 + " 0.5!"
    with pytest.raises(RunawayRule, match="rule-0"):
        read_with([{"regex": r"(?P<value>(?:a|aa|a?a)+)$"}], numbers_of(text), text)


def test_claims_compare_by_priority_then_order():
    strong, weak, late = Claim("a", 60, 3, "x"), Claim("b", 50, 1, "x"), Claim("c", 60, 4, "x")
    assert strong.beats(None) and strong.beats(weak) and strong.beats(late)
    assert not weak.beats(strong) and not late.beats(strong)


def test_naming_rules_say_what_a_name_is():
    row = tokens("on NAME DATASET_NOUN")
    entry = {"id": "d", "pattern": "n:NAME DATASET_NOUN", "gives": {"n": "BENCHMARK"}}
    rules = compile_rules([entry], compiler())
    assert retype(row, rules)[1] == "B" and row[1].symbol == "B"


def test_a_name_of_several_tokens_becomes_one():
    row = tokens("on NAME NAME DATASET_NOUN PERCENT")
    rules = compile_rules(
        [{"id": "d", "pattern": "n:(NAME NAME) DATASET_NOUN", "gives": {"n": "BENCHMARK"}}], compiler()
    )
    said = retype(row, rules)
    assert len(row) == len(said) == 4
    assert (row[1].symbol, row[1].start, row[1].end) == ("B", 1, 3)
    assert said[-1] == row[-1].symbol


def test_naming_rules_build_on_those_before_them():
    row = tokens("NAME DATASET_NOUN AND NAME")
    rules = compile_rules(
        [
            {"id": "d", "pattern": "n:NAME DATASET_NOUN", "gives": {"n": "BENCHMARK"}},
            {"id": "l", "pattern": "BENCHMARK DATASET_NOUN AND n:NAME", "gives": {"n": "BENCHMARK"}},
        ],
        compiler(),
    )
    assert [retype(row, rules)[i] for i in (0, 3)] == ["B", "B"]
