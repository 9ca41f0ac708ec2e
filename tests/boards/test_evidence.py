"""Quotes by later papers, and claims of the state of the art."""

from __future__ import annotations

from typing import Any

import pytest
from board_samples import frame, paper, row

from leaderboard.boards import board, quotes
from leaderboard.boards.claims import claims_state_of_the_art, is_narrowed
from leaderboard.rulebook import RuleSet

OWN = {
    "model": "SCNN",
    "date": "2018-02-01",
    "paper_id": "1802.00001",
    "title": "Spatial networks as they are",
}


def counted(rules: RuleSet, *others: dict[str, Any]) -> tuple[int, int]:
    entries = board(frame(row(96.53, **OWN), *others), "TuSimple", rules=rules).query("model == 'SCNN'")
    return int(entries["quoted_by"].iloc[0]), int(entries["disagreeing"].iloc[0])


def other(number: int, value: float, **fields: Any) -> dict[str, Any]:
    return paper(number, value, **{"holder": "other", "model": "SCNN", "date": "2020-01-01", **fields})


def test_later_papers_quote_a_number_or_disagree(rules: RuleSet) -> None:
    same, rounded, fraction = other(1, 96.53), other(2, 96.5), other(3, 0.9653, unit="")
    assert counted(rules, same, rounded, fraction, other(4, 95.1)) == (3, 1)


def test_one_paper_counts_once_and_a_quote_outweighs_another_number(rules: RuleSet) -> None:
    assert counted(
        rules, other(1, 96.53), other(1, 96.53, split="test", start=50), other(1, 80, start=70)
    ) == (1, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"date": "2017-12-31"}, {"date": ""}, {"model": "SCNN+"}, {"model": ""}, {"split": "val"},
        {"metric": "error rate", "metric_id": "error-rate"}, {"kind": "gain"}, {"holder": "own"},
        {"benchmark": "CIFAR-10", "benchmark_id": "cifar-10"}, {"unit": "ms"},
    ],
)  # fmt: skip
def test_what_is_no_quote(rules: RuleSet, changed: dict[str, Any]) -> None:
    assert counted(rules, other(1, 96.53, **changed)) == (0, 0)


def test_a_paper_does_not_quote_itself(rules: RuleSet) -> None:
    assert counted(rules, row(96.53, **OWN, holder="other", start=90)) == (0, 0)


def test_a_number_that_agrees_with_a_namesake_disagrees_with_nobody(rules: RuleSet) -> None:
    namesake = paper(1, 91.0, model="SCNN", date="2019-05-01")
    rows = frame(row(96.53, **OWN), namesake, other(2, 91.0), other(3, 77.0))
    entries = board(rows, "TuSimple", rules=rules).set_index("paper_id")
    assert entries.loc["1802.00001", ["quoted_by", "disagreeing"]].tolist() == [
        0,
        1,
    ]  # 77 is held against the first
    assert entries.loc[namesake["paper_id"], ["quoted_by", "disagreeing"]].tolist() == [1, 0]


def test_words_that_are_no_names_are_not_quoted(rules: RuleSet) -> None:
    rows = frame(row(96.53, **{**OWN, "model": "Baseline"}), other(1, 96.53, model="baseline"))
    assert board(rows, "TuSimple", rules=rules)["quoted_by"].tolist() == [0]


def test_the_quotes_themselves(rules: RuleSet) -> None:
    rows = frame(row(96.53, **OWN), other(1, 96.53), other(2, 90))
    found = quotes(rows, "TuSimple", rules=rules)
    assert found[["agrees", "entry_model", "title", "printed"]].to_numpy().tolist() == [
        [True, "SCNN", "Some long title of the paper 1", "96.53%"],
        [False, "SCNN", "Some long title of the paper 2", "90%"],
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "We set a new state of the art of 95% on TuSimple.",
        "Our net achieves state-of-the-art results.",
        "It reaches SOTA accuracy.",
        "It outperforms the previous state-of-the-art by 2 points.",
        "This surpasses state of the art methods and gives 95%.",
        "yielding new state-of-the-art performance",
    ],
)
def test_claims(sentence: str) -> None:
    assert claims_state_of_the_art(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is competitive with state-of-the-art results.",
        "It achieves results comparable to the state of the art.",
        "It gets close to state-of-the-art performance.",
        "We compare with state-of-the-art methods.",
        "It is on par with SOTA accuracy.",
        "The art of lanes reaches 95%.",
        "State of the art methods are slow.",
    ],
)
def test_what_is_no_claim(sentence: str) -> None:
    assert not claims_state_of_the_art(sentence)


def test_narrowed_claims() -> None:
    assert is_narrowed("A new state of the art among self-supervised methods.")
    assert not is_narrowed("A new state of the art of 95% on TuSimple.")


CLAIM = "It sets a new state of the art of {} on TuSimple."


def better_earlier(rules: RuleSet, later: dict[str, Any], *earlier: dict[str, Any]) -> str:
    entries = board(frame(later, *earlier), "TuSimple", rules=rules).set_index("model")
    return str(entries.loc[later["model"], "better_earlier"])


def claiming(**fields: Any) -> dict[str, Any]:
    return paper(1, 95, **{"date": "2020-06-01", "sentence": CLAIM.format("95%"), **fields})


def test_a_claim_is_marked_when_an_earlier_entry_is_better(rules: RuleSet) -> None:
    first, second = paper(2, 96, date="2019-01-01"), paper(3, 97.5, date="2019-05-01")
    assert better_earlier(rules, claiming(), first, second).startswith("97.5% by Net3 (2019-05, ")


@pytest.mark.parametrize(
    ("claim", "earlier"),
    [
        ({}, {"value": 94}),
        ({}, {"date": "2020-05-01"}),  # weeks apart: they may not have known of each other
        ({}, {"date": "2021-01-01"}),
        ({}, {"date": ""}),
        ({"date": ""}, {}),
        ({}, {"setting": "extra data"}),
        ({}, {"value": 960}),
        ({"sentence": "It sets a new state of the art of 95% among real-time nets."}, {}),
        ({"sentence": "It reaches 95%."}, {}),
    ],
)
def test_a_claim_that_holds_or_cannot_be_checked_is_not_marked(
    rules: RuleSet, claim: dict[str, Any], earlier: dict[str, Any]
) -> None:
    assert (
        better_earlier(rules, claiming(**claim), paper(2, **{"value": 96, "date": "2019-01-01", **earlier}))
        == ""
    )


def test_what_is_claimed_is_shown_even_if_it_holds(rules: RuleSet) -> None:
    assert board(frame(claiming()), "TuSimple", rules=rules)["claim"].tolist() == ["state of the art"]
