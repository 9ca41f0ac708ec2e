"""The running best."""

from __future__ import annotations

from board_samples import frame, paper

from leaderboard.boards import best_so_far, board, history
from leaderboard.rulebook import RuleSet


def test_records_with_their_gains_and_how_long_they_stood(rules: RuleSet) -> None:
    rows = frame(
        paper(1, 90, date="2020-01-01"), paper(2, 89, date="2020-02-01"), paper(3, 92.5, date="2020-03-01"),
        paper(4, 92.5, date="2020-04-01"), paper(5, 93, date="2021-03-01"), paper(6, 95, date=""),
        paper(7, 960, date="2020-01-15"),
    )  # fmt: skip
    entries = board(rows, "TuSimple", rules=rules)
    records = history(entries)
    assert records["model"].tolist() == ["Net1", "Net3", "Net5"]
    assert records["gain"].fillna(-1).tolist() == [-1, 2.5, 0.5]
    assert records["stood_days"].fillna(-1).tolist() == [60, 365, -1]
    assert records["day"].dt.strftime("%Y-%m-%d").tolist() == ["2020-01-01", "2020-03-01", "2021-03-01"]
    assert set(entries.loc[entries["record"], "model"]) == {"Net1", "Net3", "Net5"}
    assert entries["model"].iloc[0] == "Net6"  # ranked, though nobody knows when
    assert best_so_far(entries).tolist() == [90, 92.5, 93]


def test_the_best_of_a_day_sets_the_record(rules: RuleSet) -> None:
    rows = frame(
        paper(1, 90, date="2020-01-01"), paper(2, 91, date="2020-01-01"), paper(3, 90.5, date="2020-01")
    )
    assert history(board(rows, "TuSimple", rules=rules))["model"].tolist() == ["Net2"]


def test_a_falling_error_sets_records(rules: RuleSet) -> None:
    error = {"metric": "error rate", "metric_id": "error-rate"}
    rows = frame(paper(1, 9, date="2020-01-01", **error), paper(2, 7, date="2021-01-01", **error))
    assert history(board(rows, "TuSimple", rules=rules))["gain"].fillna(-1).tolist() == [-1, 2]


def test_a_board_that_is_not_ranked_has_no_history(rules: RuleSet) -> None:
    rows = frame(paper(1, 9, metric="Gini index", metric_id="gini", higher_is_better=None))
    assert history(board(rows, "TuSimple", rules=rules)).empty
