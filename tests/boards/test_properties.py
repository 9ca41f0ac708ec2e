"""What holds for any rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from board_samples import frame, row
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderboard.boards import all_boards, boards, fold_papers, history
from leaderboard.rulebook import RuleSet

dates = st.sampled_from(["", "2019-03", "2019-03-01", "2020-05-17", "2020-05-18", "2021-12-31", "not a date"])
identifiers = st.sampled_from(
    ["", "2101.00001", "2101.00001v1", "2101.00001v2", "arXiv:2101.00001v2", "S2-7", "W9"]
)
titles = st.sampled_from(
    ["", "A rather long title of it", "A Rather Long Title of It!", "Lanes", "Another long title"]
)
metrics = st.sampled_from(
    [("accuracy", "accuracy"), ("error rate", "error-rate"), ("Gini index", "gini"), ("", "")]
)
values = st.one_of(
    st.sampled_from([0.0, 1.0, 0.5, 96.5, 0.965, 100.0, 1e9]), st.floats(0, 200, allow_nan=False, width=32)
)


@st.composite
def any_row(draw: st.DrawFn) -> dict[str, Any]:
    metric, metric_id = draw(metrics)
    return row(
        draw(values),
        metric=metric,
        metric_id=metric_id,
        paper_id=draw(identifiers),
        title=draw(titles),
        date=draw(dates),
        model=draw(st.sampled_from(["", "A", "SCNN", "scnn", "LaneNet"])),
        unit=draw(st.sampled_from(["", "%", "ms", "points"])),
        split=draw(st.sampled_from(["", "test", "val", "test-dev"])),
        setting=draw(st.sampled_from(["", "zero-shot"])),
        holder=draw(st.sampled_from(["own", "own", "other"])),
        kind=draw(st.sampled_from(["score", "score", "score", "gain"])),
        higher_is_better=draw(st.sampled_from([None, True, False])),
        value_high=draw(st.sampled_from([None, None, 99.0])),
        sentence=draw(st.sampled_from(["It gets there.", "It sets a new state of the art."])),
        confidence=draw(st.sampled_from([0.5, 0.9])),
        start=draw(st.integers(0, 2)),
    )


many_rows = st.lists(any_row(), min_size=1, max_size=14)


def all_of(rows: pd.DataFrame, rules: RuleSet) -> list[pd.DataFrame]:
    together = all_boards(rows, rules=rules)
    return [entries for _, entries in together.groupby(["benchmark", "metric", "split"], sort=False)]


@pytest.fixture(scope="module")
def catalogue(rules: RuleSet) -> RuleSet:
    return rules


@settings(max_examples=30)
@given(rows=many_rows)
def test_ranks_follow_the_score_and_equal_scores_share_one(
    catalogue: RuleSet, rows: list[dict[str, Any]]
) -> None:
    for entries in all_of(frame(*rows), catalogue):
        ranked = entries.loc[entries["rank"].notna()]
        if ranked.empty:
            continue
        sign = 1 if ranked["higher_is_better"].iloc[0] else -1
        merit = (ranked["score"] * sign).to_numpy()
        expected = [1 + int((merit > one).sum()) for one in merit]
        assert ranked["rank"].tolist() == expected
        assert expected == sorted(expected)
        assert (ranked["flag"] == "").all()


@settings(max_examples=30)
@given(rows=many_rows, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_nothing(catalogue: RuleSet, rows: list[dict[str, Any]], order: Any) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    one, two = frame(*rows), frame(*shuffled)
    pd.testing.assert_frame_equal(boards(one, rules=catalogue), boards(two, rules=catalogue))
    pd.testing.assert_frame_equal(all_boards(one, rules=catalogue), all_boards(two, rules=catalogue))


@settings(max_examples=30)
@given(rows=many_rows)
def test_the_history_never_gets_worse(catalogue: RuleSet, rows: list[dict[str, Any]]) -> None:
    for entries in all_of(frame(*rows), catalogue):
        records = history(entries)
        if entries["higher_is_better"].isna().any():
            assert records.empty
            continue
        sign = 1 if entries["higher_is_better"].iloc[0] else -1
        merit = (records["score"] * sign).to_numpy()
        assert (np.diff(merit) > 0).all()
        assert records["day"].is_monotonic_increasing
        assert (records["gain"].dropna() > 0).all()
        dated = entries.loc[entries["rank"].notna() & entries["day"].notna()]
        assert len(records) > 0 or dated.empty
        if len(records):
            assert merit[-1] == (dated["score"] * sign).max()


@settings(max_examples=30)
@given(rows=many_rows)
def test_folding_twice_changes_nothing(rows: list[dict[str, Any]]) -> None:
    once = fold_papers(frame(*rows))
    pd.testing.assert_frame_equal(fold_papers(once), once)


@settings(max_examples=30)
@given(rows=many_rows)
def test_one_paper_stands_once_on_a_board(catalogue: RuleSet, rows: list[dict[str, Any]]) -> None:
    for entries in all_of(frame(*rows), catalogue):
        named = entries.loc[entries["paper_id"] != "", "paper_id"]
        assert named.is_unique


@settings(max_examples=30)
@given(rows=many_rows)
def test_more_rows_of_others_change_no_rank(catalogue: RuleSet, rows: list[dict[str, Any]]) -> None:
    own = [one for one in rows if one["holder"] == "own" and one["kind"] == "score"]
    if not own:
        return
    others = [
        {**one, "holder": "other", "paper_id": "X1", "title": "Yet another paper of them"} for one in own
    ]
    others = [{**one, "higher_is_better": None} for one in others]
    for alone, beside in zip(
        all_of(frame(*own), catalogue), all_of(frame(*own, *others), catalogue), strict=True
    ):
        assert alone["rank"].fillna(0).tolist() == beside["rank"].fillna(0).tolist()
