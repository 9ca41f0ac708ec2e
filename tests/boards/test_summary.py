"""All boards at a glance."""

from __future__ import annotations

import pandas as pd
from board_samples import frame, paper

from leaderboard.boards import all_boards, board, boards
from leaderboard.boards.summary import SUMMARY_COLUMNS
from leaderboard.rulebook import RuleSet

CIFAR = {"benchmark": "CIFAR-10", "benchmark_id": "cifar-10"}


def some_rows() -> pd.DataFrame:
    return frame(
        paper(1, 90, date="2020-01-01"), paper(2, 92, date="2021-01-01"), paper(3, 92, date="2022-01-01"),
        paper(4, 960, date="2023-01-01"), paper(1, 89, date="2020-01-01", start=50),
        paper(5, 99, date="2020-03-01", **CIFAR), paper(6, 98, date="", **CIFAR),
        paper(7, 5, date="2020-03-01", metric="Gini index", metric_id="gini", unit="", higher_is_better=None),
        paper(8, 97, holder="other"), paper(9, 70, benchmark="Zorb", benchmark_id="", task="Zorbing"),
    )  # fmt: skip


def test_one_line_for_each_board(rules: RuleSet) -> None:
    found = boards(some_rows(), rules=rules)
    assert tuple(found.columns) == SUMMARY_COLUMNS
    shown = found[["benchmark", "area", "task", "metric", "entries", "ranked", "printed", "model"]]
    assert shown.to_numpy().tolist() == [
        ["TuSimple", "vision", "Lane Detection", "accuracy", 4, 3, "92%", "Net2"],
        ["CIFAR-10", "vision", "Image Classification", "accuracy", 2, 2, "99%", "Net5"],
        ["TuSimple", "vision", "Lane Detection", "Gini index", 1, 0, "", ""],
        ["Zorb", "", "Zorbing", "accuracy", 1, 1, "70%", "Net9"],
    ]
    first = found.iloc[0]
    assert [str(first[name])[:10] for name in ("last_change", "first_entry", "last_entry")] == [
        "2021-01-01", "2020-01-01", "2023-01-01",
    ]  # fmt: skip


def test_filters(rules: RuleSet) -> None:
    def names(**options: str | int) -> list[str]:
        return boards(some_rows(), rules=rules, **options)["benchmark"].tolist()  # type: ignore[arg-type]

    assert names(area="Vision") == ["TuSimple", "CIFAR-10", "TuSimple"]
    assert names(task="lane detection") == ["TuSimple", "TuSimple"]
    assert names(task="zorbing") == ["Zorb"]
    assert names(min_entries=2) == ["TuSimple", "CIFAR-10"]


def test_no_rows_no_boards(rules: RuleSet) -> None:
    assert tuple(boards(frame(), rules=rules).columns) == SUMMARY_COLUMNS
    assert boards(frame(), rules=rules).empty
    assert all_boards(frame(), rules=rules).empty


def test_the_summary_says_what_the_boards_say(rules: RuleSet) -> None:
    rows = some_rows()
    together = all_boards(rows, rules=rules)
    alone = []
    for line in boards(rows, rules=rules).itertuples():
        one = board(rows, line.benchmark_key, metric=line.metric_key, split=line.split_key, rules=rules)
        assert len(one) == line.entries
        assert one["rank"].notna().sum() == line.ranked
        if line.ranked:
            assert one["printed"].iloc[0] == line.printed
        alone.append(one)
    pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))
