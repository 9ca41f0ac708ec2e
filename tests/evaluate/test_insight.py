"""What an evaluation says beyond its figures: causes, rules, phenomena, reliability, changes."""

from __future__ import annotations

import pytest
from gold_samples import BASELINE, GAIN, LEVEL, SENTENCE, paper, row

from leaderboard.evaluate import (
    by_cause,
    by_phenomenon,
    by_rule,
    compare,
    errors,
    evaluate,
    phenomena,
    reliability,
    surest,
)


def scored(golds, rows):
    return evaluate([paper(*golds)], {"p1": rows})


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        ([], "missed: score"),
        ([row(kind="rank")], "wrong kind (score read as rank)"),
        ([row(holder="other")], "wrong holder (own read as other)"),
        ([row(benchmark="CULane")], "wrong benchmark (another)"),
        ([row(benchmark="")], "wrong benchmark (none found)"),
        ([row(metric="F1")], "wrong metric (another)"),
        ([row(metric="")], "wrong metric (none found)"),
        ([row(holder="other", metric="")], "wrong holder (own read as other), metric (none found)"),
        ([row(), row(value=7.0, kind="ratio")], "spurious: ratio"),
    ],
)
def test_causes(rows, cause):
    [case] = errors(scored([LEVEL], rows))
    assert case.cause == cause
    assert case.sentence == SENTENCE


def test_a_benchmark_where_none_is_right():
    [case] = errors(scored([LEVEL.model_copy(update={"benchmark": ()})], [row()]))
    assert case.cause == "wrong benchmark (none is right)"


def test_the_largest_group_of_causes_comes_first():
    rows = [row(holder="other"), row(value=7.0), row(value=8.0)]
    groups = by_cause(errors(scored([LEVEL, GAIN], rows)))
    assert {cause: len(cases) for cause, cases in groups.items()} == {
        "spurious: score": 2, "missed: gain": 1, "wrong holder (own read as other)": 1,
    }  # fmt: skip
    assert next(iter(groups)) == "spurious: score"


def test_an_error_as_data_has_both_rows_and_the_part():
    [case] = errors(scored([LEVEL], [row(holder="other")]))
    record = case.record()
    assert (record["gold"]["holder"], record["row"]["holder"]) == ("own", "other")
    assert (record["paper"], record["source"]) == ("p1", "lanes") and record["part"] in ("tune", "check")


def test_how_each_rule_did():
    rows = [row(), row(GAIN, rule="by", holder="other"), row(value=7.0, rule="by")]
    [by, levels] = by_rule(scored([LEVEL, GAIN], rows))
    assert (by.rule, by.right, by.wrong, by.spurious) == ("by", 0, 1, 1)
    assert (levels.rule, levels.right, levels.rows) == ("levels", 1, 1)


def test_phenomena_of_a_sentence():
    three = paper(LEVEL, GAIN, BASELINE)
    assert set(phenomena(three, LEVEL)) == {
        "kind: score", "holder: own", "unit: percent", "names: benchmark in the sentence",
        "names: metric in the sentence", "numbers: three or more in the sentence",
        "numbers: of several kinds in the sentence", "numbers: of several holders in the sentence",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "phenomenon"),
    [
        ({"benchmark": ("CULane",)}, "names: benchmark from elsewhere"),
        ({"benchmark": ()}, "names: no benchmark"),
        ({"metric": ("word error rate",)}, "names: metric from elsewhere"),
        ({"metric": ()}, "names: no metric"),
        ({"value_high": 97.0}, "numbers: range"),
        ({"evidence": "96.4 and 91.2 on TuSimple and CULane, respectively."}, "text: respectively"),
        ({"evidence": "TuSimple (96.4%) is solved."}, "text: in parentheses"),
        ({"evidence": r"We reach $96.4\%$ on TuSimple."}, "text: markup or tokenised"),
        ({"evidence": "LaneNet"}, "text: in the title"),
    ],
)
def test_single_phenomena(changes, phenomenon):
    gold = LEVEL.model_copy(update=changes)
    assert phenomenon in set(phenomena(paper(gold), gold))
    assert phenomenon not in set(phenomena(paper(LEVEL), LEVEL))


def test_rows_found_by_phenomenon():
    table = by_phenomenon(scored([LEVEL, GAIN, BASELINE], [row(), row(GAIN, holder="other")]))
    kinds = {name: (f.gold, f.detected, f.right) for name, f in table.items() if name.startswith("kind")}
    assert kinds == {"kind: score": (2, 1, 1), "kind: gain": (1, 1, 0)}


def test_reliability_counts_every_row_once():
    sure = [0.0, 0.29, 0.3, 0.55, 0.9, 0.999, 1.0]
    rows = [row(value=float(n), confidence=c) for n, c in enumerate(sure)]
    gold = [LEVEL.model_copy(update={"value": float(n)}) for n in (0, 4, 5)]
    bins = reliability(scored(gold, rows))
    assert sum(one.rows for one in bins) == len(rows)
    assert [one.rows for one in bins if one.rows] == [2, 1, 1, 3]
    top = surest(scored(gold, rows))
    assert (top.rows, top.right, top.share) == (3, 2, pytest.approx(2 / 3))
    assert surest(scored(gold, [])).share is None
    assert surest(scored(gold, [row(GAIN)]), board=True).rows == 0


def test_changes_since_an_earlier_run():
    golds = [LEVEL, GAIN, BASELINE]
    before = scored(golds, [row(), row(GAIN, holder="other"), row(value=7.0)])
    after = scored(golds, [row(metric="F1"), row(GAIN), row(value=8.0)])
    changes = [(d.change, d.row.value, d.sentence) for d in compare(before, after)]
    assert changes == [
        ("gained", 2.1, SENTENCE),
        ("lost", 96.4, SENTENCE),
        ("newly spurious", 8.0, SENTENCE),
        ("no longer spurious", 7.0, SENTENCE),
    ]
    assert compare(before, before) == []
