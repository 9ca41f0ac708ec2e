"""Which rows are of one paper."""

from __future__ import annotations

import pandas as pd
from board_samples import frame, paper, row

from leaderboard.boards import board, fold_papers
from leaderboard.boards.folding import split_identifier
from leaderboard.rulebook import RuleSet


def test_the_newest_version_replaces_the_others(rules: RuleSet) -> None:
    rows = frame(
        row(99, paper_id="2101.00001v1"),
        row(95, paper_id="arXiv:2101.00001v2"),
        row(94, paper_id="2101.00001v2"),
    )
    entries = board(rows, "TuSimple", rules=rules)
    assert entries[["value", "variants"]].to_numpy().tolist() == [[95, 1]]


def test_a_number_that_a_newer_version_dropped_is_gone(rules: RuleSet) -> None:
    elsewhere = {"benchmark": "CIFAR-10", "benchmark_id": "cifar-10"}
    rows = frame(
        row(99, paper_id="2101.00001v1"), row(95, paper_id="2101.00001v2", **elsewhere), paper(2, 90)
    )
    assert board(rows, "TuSimple", rules=rules)["model"].tolist() == ["Net2"]


def test_an_identifier_without_a_version_is_the_current_one() -> None:
    rows = frame(row(99, paper_id="2101.00001v3"), row(95, paper_id="2101.00001"))
    assert fold_papers(rows)["value"].tolist() == [95]


def test_copies_from_several_sources_are_one_paper_dated_by_the_first(rules: RuleSet) -> None:
    rows = frame(
        row(95, paper_id="S2-77", title="Spatial Networks: for finding {\\bf Lanes}", date="2021-06-01"),
        row(95, paper_id="2101.00001", date="2021-01-15"),
        row(95, paper_id="W123", date=""),
    )
    entries = board(rows, "TuSimple", rules=rules)
    assert entries[["paper_id", "date", "variants"]].to_numpy().tolist() == [["2101.00001", "2021-01-15", 0]]


def test_copies_are_joined_over_identifier_and_title_in_turn(rules: RuleSet) -> None:
    rows = frame(
        row(95, paper_id="2101.00001v1", title="The first title that it had", start=1),
        row(94, paper_id="2101.00001v1", title="The second title that it had", start=2),
        row(93, paper_id="S2-77", title="The second title that it had", start=3),
        row(92, paper_id="S2-77", title="The third title that it had", start=4),
    )
    assert board(rows, "TuSimple", rules=rules)["variants"].tolist() == [3]


def test_a_short_title_says_nothing(rules: RuleSet) -> None:
    rows = frame(paper(1, title="Introduction"), paper(2, title="Introduction"))
    assert len(board(rows, "TuSimple", rules=rules)) == 2


def test_papers_without_identifier_are_told_by_title_address_and_sentence(rules: RuleSet) -> None:
    rows = frame(
        row(90, paper_id="", title="Lanes", start=1), row(91, paper_id="", title="Lanes", start=2),
        row(92, paper_id="", title="", url="https://a.example/1"), row(93, paper_id="", title="", url=""),
    )  # fmt: skip
    assert sorted(board(rows, "TuSimple", rules=rules)["value"]) == [91, 92, 93]


def test_rows_are_kept_as_they_are() -> None:
    rows = frame(row(95), row(94, kind="gain"), row(95, start=99), paper(3))
    folded = fold_papers(rows)
    pd.testing.assert_frame_equal(folded, rows.iloc[[0, 1, 3]].reset_index(drop=True))


def test_identifiers() -> None:
    assert split_identifier("https://arxiv.org/abs/cs/0501001v3") == ("cs/0501001", 3)
    assert split_identifier("http://www.arxiv.org/pdf/2101.00001v2.pdf") == ("2101.00001", 2)
    assert split_identifier("ACL-v2").base == "ACL-v2"
