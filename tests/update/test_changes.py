"""What counts as a record and as a new benchmark, on rows made by hand, and how it is written."""

from __future__ import annotations

import pytest

from leaderboard.boards import results_frame
from leaderboard.models import Result
from leaderboard.project.changes import Changes, Entry, Record, board_changes, rule_changes
from leaderboard.project.report import markdown, summary


def row(paper, value, date, benchmark="TuSimple", metric="accuracy", higher=True, **more):
    fields = {
        "paper_id": paper, "title": f"Paper {paper}", "date": date, "benchmark": benchmark, "metric": metric,
        "metric_id": metric if metric == "accuracy" else "",
        "higher_is_better": higher, "value": value, "unit": "%", "kind": "score", "holder": "own",
        "field": "abstract", "start": 0, "end": 4, "sentence": f"{value}% on {benchmark}.", "rule": "r",
        "confidence": 0.9,
    }  # fmt: skip
    return Result(**fields | more)


BEFORE = [row("a", 95.0, "2018-01-01"), row("b", 96.0, "2019-01-01")]


def changes(before, added):
    return board_changes(results_frame(before), results_frame(added))


@pytest.mark.parametrize(
    ("added", "records"),
    [
        ([], []),
        ([row("c", 97.0, "2020-01-01")], [("c", "b")]),
        ([row("c", 95.5, "2020-01-01")], []),
        ([row("c", 96.0, "2020-01-01")], []),
        ([row("c", 97.0, "2020-01-01"), row("d", 98.0, "2021-01-01")], [("d", "b")]),
        ([row("c", 95.5, "2018-06-01")], []),
        ([row("c", 99.0, "2020-01-01", holder="other")], []),
        ([row("c", 2.0, "2020-01-01", kind="gain")], []),
        ([row("c", 97.0, "")], []),
        ([row("c", 970.0, "2020-01-01")], []),
    ],
    ids=[
        "nothing", "better", "worse", "equal", "the last of two", "a late paper", "a baseline", "a gain",
        "undated", "implausible",
    ],
)  # fmt: skip
def test_a_record_beats_what_stood_before(added, records):
    found, met = changes(BEFORE, added)
    assert [(one.now.paper_id, one.before.paper_id) for one in found] == records
    assert met == []


def test_lower_is_better_where_the_metric_says_so():
    before = [row("a", 5.0, "2018-01-01", "LibriSpeech", "word error rate", False)]
    added = [row("c", 3.0, "2020-01-01", "LibriSpeech", "word error rate", False)]
    assert [one.now.printed for one in changes(before, added)[0]] == ["3.0%"]
    assert changes(added, before)[0] == []


def test_a_benchmark_is_new_once_with_its_best_result():
    added = [
        row("c", 60.0, "2020-01-01", "FooBench"),
        row("d", 70.0, "2021-01-01", "Foo Bench"),
        row("d", 50.0, "2021-01-01", "FooBench", "F1"),
        row("e", 70.0, "2021-01-01"),
    ]
    found, met = changes(BEFORE, added)
    assert [(one.paper_id, one.printed) for one in met] == [("d", "70.0%")]
    assert [(one.now.paper_id, one.before.paper_id) for one in found] == [("d", "c")]
    assert changes([*BEFORE, *added[:1]], added[1:])[1] == []


def test_the_first_update_of_all_has_new_benchmarks():
    assert [one.benchmark for one in changes([], BEFORE)[1]] == ["TuSimple"]


def test_rows_changed_by_rules_are_matched_paper_by_paper():
    after = [row("a", 95.0, "2018-01-01", metric="F1"), row("d", 1.0, "2019-01-01")]
    found = rule_changes(results_frame(BEFORE), results_frame(after))
    assert [one.columns for one in found.changed] == [("metric", "metric_id")]
    assert [one.paper_id for one in found.gained] == ["d"] and [one.paper_id for one in found.lost] == ["b"]


def test_a_long_report_is_cut_and_says_so():
    entry = Entry("B: m", "B", "97%", "Net*", "T", "p", "https://example.org/a b", "2020", "S.")
    text = markdown(Changes(papers=1, records=[Record(entry, entry)] * 5), most=2)
    assert text.count("- **B: m**: 97% by Net\\* in [T](https://example.org/a%20b) (2020); before: 97%") == 2
    assert "- and 3 more" in text


def test_one_line():
    assert summary(Changes(papers=1, rows=2, rows_held=9)) == (
        "1 new paper with 2 rows, 0 new records, 0 new benchmarks; 9 rows now"
    )
