"""Names as people type them."""

from __future__ import annotations

import pytest
from board_samples import frame, paper, row

from leaderboard.boards import UnknownBoard, board
from leaderboard.rulebook import RuleSet


@pytest.mark.parametrize("name", ["tusimple", "TuSimple", "TU SIMPLE", "TuSimple lane challenge", "TuSimpel"])
def test_aliases_case_and_typing_errors_are_forgiven(rules: RuleSet, name: str) -> None:
    assert len(board(frame(row()), name, rules=rules)) == 1


def test_the_words_as_printed_lead_to_the_board(rules: RuleSet) -> None:
    assert len(board(frame(row(benchmark_text="the TS lanes")), "The TS Lanes", rules=rules)) == 1


def test_a_number_in_a_name_is_no_typing_error(rules: RuleSet) -> None:
    rows = frame(paper(1, benchmark="CIFAR-10", benchmark_id="cifar-10"))
    with pytest.raises(UnknownBoard, match="did you mean CIFAR-10"):
        board(rows, "CIFAR-100", rules=rules)


def test_several_near_names_are_offered_and_none_is_taken(rules: RuleSet) -> None:
    rows = frame(
        paper(1, benchmark="ZorbBench-A", benchmark_id=""), paper(2, benchmark="ZorbBench-B", benchmark_id="")
    )
    with pytest.raises(UnknownBoard) as caught:
        board(rows, "ZorbBench-C", rules=rules)
    assert sorted(caught.value.suggestions) == ["ZorbBench-A", "ZorbBench-B"]


def test_a_known_benchmark_is_not_taken_for_another_one(rules: RuleSet) -> None:
    rows = frame(paper(1, benchmark="ImageNets", benchmark_id=""))
    with pytest.raises(UnknownBoard, match="did you mean ImageNets"):
        board(rows, "ImageNet", rules=rules)
