"""Pairing and counting, case by case."""

from __future__ import annotations

import pytest
from gold_samples import BASELINE, GAIN, LEVEL, paper, row

from leaderboard.errors import InputError
from leaderboard.evaluate import agreement, evaluate, pair, part_of, read_gold


def counts(level, golds, rows):
    c = evaluate([paper(*golds)], {"p1": rows}).counts(level)
    return c.hits, c.gold, c.rows


def test_a_perfect_row_is_right_at_every_level():
    for level in ("detect", "tuple", "board"):
        assert counts(level, [LEVEL], [row()]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("change", "detected", "right", "board"),
    [
        ({"value": 96.5}, (0, 1, 1), (0, 1, 1), (0, 1, 1)),
        ({"kind": "gain"}, (0, 1, 1), (0, 1, 1), (0, 1, 0)),
        ({"holder": "other"}, (1, 1, 1), (0, 1, 1), (0, 1, 0)),
        ({"benchmark": "CULane"}, (1, 1, 1), (0, 1, 1), (0, 1, 1)),
        ({"benchmark": ""}, (1, 1, 1), (0, 1, 1), (0, 1, 0)),
        ({"metric": "F1"}, (1, 1, 1), (0, 1, 1), (0, 1, 1)),
        ({"metric": ""}, (1, 1, 1), (0, 1, 1), (0, 1, 1)),
        ({"model": "SCNN"}, (1, 1, 1), (1, 1, 1), (1, 1, 1)),
        ({"benchmark": "", "benchmark_text": "TuSimple"}, (1, 1, 1), (1, 1, 1), (0, 1, 0)),
    ],
)
def test_one_wrong_field(change, detected, right, board):
    rows = [row(**change)]
    assert counts("detect", [LEVEL], rows) == detected
    assert counts("tuple", [LEVEL], rows) == right
    assert counts("board", [LEVEL], rows) == board


def test_the_better_of_two_rows_for_a_number_is_paired_and_the_other_is_spurious():
    rows = [row(benchmark="CULane"), row()]
    [found] = pair([LEVEL], rows)
    assert (found.row, found.right) == (1, True)
    assert counts("tuple", [LEVEL], rows) == (1, 1, 2)


def test_one_row_stands_for_one_gold_row_only():
    twice = [LEVEL, LEVEL.model_copy(update={"benchmark": ("CULane",)})]
    assert counts("tuple", twice, [row()]) == (1, 2, 1)


def test_a_range_agrees_with_either_of_its_ends():
    gold = LEVEL.model_copy(update={"value": 85, "value_high": 92})
    assert agreement(gold, row(value=92)) is not None
    assert agreement(gold, row(value=80, value_high=85)) is not None
    assert agreement(gold, row(value=88)) is None


def test_uncertain_gold_counts_for_nothing_nor_does_the_row_paired_with_it():
    unsure = BASELINE.model_copy(update={"uncertain": True})
    assert counts("tuple", [LEVEL, unsure], [row()]) == (1, 1, 1)
    assert counts("tuple", [LEVEL, unsure], [row(), row(BASELINE)]) == (1, 1, 1)


def test_an_optional_benchmark_may_be_named_or_not_and_makes_no_board():
    optional = LEVEL.model_copy(update={"benchmark_optional": True})
    for rows in ([row()], [row(benchmark="")]):
        assert counts("tuple", [optional], rows) == (1, 1, 1)
        assert counts("board", [optional], rows) == (0, 0, 0)
    assert counts("tuple", [optional], [row(benchmark="CULane")]) == (0, 1, 1)


def test_rows_of_other_papers_are_passed_over_and_a_silent_paper_counts_as_missed():
    papers = [paper(LEVEL), paper(GAIN, id="p2", source="other")]
    evaluation = evaluate(papers, {"p1": [row()], "p9": [row()]})
    assert [evaluation.counts("tuple").hits, evaluation.counts("tuple").rows] == [1, 1]
    table = evaluation.table()
    assert list(table) == ["all", "lanes", "other"]
    assert table["other"]["tuple"].f1 == 0 and table["lanes"]["tuple"].f1 == 1


def test_fields_leave_out_models_that_gold_does_not_name():
    evaluation = evaluate([paper(LEVEL, GAIN)], {"p1": [row(), row(GAIN, holder="other")]})
    assert evaluation.fields()["model"] == (1, 1)
    assert evaluation.fields()["holder"] == (1, 2)


def test_parts_are_fixed_and_about_one_third_is_kept_back():
    names = [f"24{month:02}.{number:05}" for month in range(1, 13) for number in range(250)]
    kept = sum(part_of(name) == "check" for name in names)
    assert 0.30 < kept / len(names) < 0.37


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2: Invalid JSON"),
        ('{"id": "p", "results": [{"value": 1, "kind": "level", "holder": "own"}]}', "results.0.kind: "),
        ('{"results": []}', "line 2: id: Field required"),
    ],
)
def test_a_faulty_gold_line_is_named(tmp_path, line, said):
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{paper(LEVEL).model_dump_json()}\n{line}\n")
    with pytest.raises(InputError) as error:
        read_gold(path)
    assert said in str(error.value) and "mend the line" in str(error.value)


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_gold_file_that_cannot_be_used(tmp_path, content):
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"gold\.jsonl: "):
        read_gold(path)
