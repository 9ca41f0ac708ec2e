"""What stands on a board, and in which order."""

from __future__ import annotations

import pandas as pd
import pytest
from board_samples import frame, paper, row

from leaderboard.boards import UnknownBoard, board
from leaderboard.boards.facets import precision_of
from leaderboard.boards.ranking import BOARD_COLUMNS
from leaderboard.rulebook import RuleSet


def ranks(entries: pd.DataFrame) -> list[tuple[int | None, str]]:
    return [
        (None if pd.isna(r) else int(r), m) for r, m in zip(entries["rank"], entries["model"], strict=True)
    ]


def test_ties_share_a_rank_and_the_next_one_is_skipped(rules: RuleSet) -> None:
    rows = frame(paper(1, 90), paper(2, 95), paper(3, 95), paper(4, 99))
    assert ranks(board(rows, "TuSimple", rules=rules)) == [(1, "Net4"), (2, "Net2"), (2, "Net3"), (4, "Net1")]


def test_the_columns_are_the_documented_ones(rules: RuleSet) -> None:
    assert tuple(board(frame(row()), "TuSimple", rules=rules).columns) == BOARD_COLUMNS


def test_lower_is_better_for_an_error(rules: RuleSet) -> None:
    as_error = {"metric": "error rate", "metric_id": "error-rate", "higher_is_better": False}
    rows = frame(paper(1, 4.0, **as_error), paper(2, 3.5, **as_error))
    assert ranks(board(rows, "TuSimple", rules=rules)) == [(1, "Net2"), (2, "Net1")]


def test_the_catalogue_knows_the_direction_better_than_the_rows(rules: RuleSet) -> None:
    rows = frame(paper(1, 90, higher_is_better=False), paper(2, 95, higher_is_better=False))
    assert ranks(board(rows, "TuSimple", rules=rules)) == [(1, "Net2"), (2, "Net1")]


def test_a_metric_outside_the_catalogue_takes_the_direction_that_its_rows_agree_on(rules: RuleSet) -> None:
    zorb = {"metric": "zorb score", "metric_id": "", "unit": ""}
    rows = frame(paper(1, 5, higher_is_better=False, **zorb), paper(2, 7, higher_is_better=None, **zorb))
    assert ranks(board(rows, "TuSimple", rules=rules)) == [(1, "Net1"), (2, "Net2")]


@pytest.mark.parametrize("said", [(None, None), (True, False)])
def test_an_unknown_direction_is_shown_newest_first_and_not_ranked(
    rules: RuleSet, said: tuple[bool | None, bool | None]
) -> None:
    gini = {"metric": "Gini index", "metric_id": "gini", "unit": ""}
    rows = frame(
        paper(1, 5, date="2020-01-01", higher_is_better=said[0], **gini),
        paper(2, 7, date="2022-01-01", higher_is_better=said[1], **gini),
        paper(3, 6, date="", higher_is_better=None, **gini),
    )
    entries = board(rows, "TuSimple", rules=rules)
    assert ranks(entries) == [(None, "Net2"), (None, "Net1"), (None, "Net3")]
    assert entries["higher_is_better"].isna().all()
    assert not entries["record"].any()


def test_a_paper_counts_once_with_its_best_and_shows_the_others_as_variants(rules: RuleSet) -> None:
    rows = frame(
        row(95, model="small", start=1), row(97, model="large", start=2), row(96, model="base", start=3)
    )
    entries = board(rows, "TuSimple", rules=rules)
    assert ranks(entries) == [(1, "large")]
    assert entries["variants"].tolist() == [2]
    with_variants = board(rows, "TuSimple", variants=True, rules=rules)
    assert ranks(with_variants) == [(1, "large"), (None, "base"), (None, "small")]
    assert with_variants["variant"].tolist() == [False, True, True]


def test_only_own_scores_are_entries(rules: RuleSet) -> None:
    rows = frame(
        paper(1, 90), paper(2, 99, holder="other"), paper(3, 98, kind="gain"), paper(4, 97, kind="rank"),
        paper(5, 96, kind="ratio"), paper(6, 95, benchmark="", benchmark_id=""),
    )  # fmt: skip
    assert ranks(board(rows, "TuSimple", rules=rules)) == [(1, "Net1")]


def test_a_fraction_and_a_percentage_rank_together_and_keep_their_printed_form(rules: RuleSet) -> None:
    rows = frame(
        paper(1, 0.9653, unit="", sentence="It has an accuracy of 0.9653."),
        paper(2, 96.6, sentence="It has 96.60% accuracy."),
        paper(3, 96.53),
    )
    entries = board(rows, "TuSimple", rules=rules)
    assert entries[["model", "printed", "score"]].to_numpy().tolist() == [
        ["Net2", "96.60%", 96.6], ["Net1", "0.9653", 96.53], ["Net3", "96.53%", 96.53],
    ]  # fmt: skip
    assert entries["rank"].tolist() == [1, 2, 2]


def test_a_fraction_metric_takes_a_percentage(rules: RuleSet) -> None:
    auc = {"metric": "AUC score", "metric_id": "auc-fraction"}
    rows = frame(
        paper(1, 0.91, unit="", **auc), paper(2, 92.0, unit="%", **auc), paper(3, 93.0, unit="", **auc)
    )
    assert board(rows, "TuSimple", rules=rules)["score"].tolist() == [0.93, 0.92, 0.91]


def test_a_metric_printed_both_ways_is_put_on_one_scale(rules: RuleSet) -> None:
    mrr = {"metric": "MRR", "metric_id": "mrr", "unit": ""}
    rows = frame(paper(1, 0.35, **mrr), paper(2, 36.1, **mrr))
    assert board(rows, "TuSimple", rules=rules)["score"].tolist() == [36.1, 35.0]


def test_seconds_and_milliseconds_rank_together(rules: RuleSet) -> None:
    latency = {"metric": "latency", "metric_id": "latency", "higher_is_better": False}
    rows = frame(paper(1, 0.2, unit="s", **latency), paper(2, 150, unit="ms", **latency))
    assert board(rows, "TuSimple", rules=rules)["printed"].tolist() == ["150 ms", "0.2 s"]


def test_the_modest_end_of_a_range_is_ranked(rules: RuleSet) -> None:
    rows = frame(paper(1, 85, value_high=99), paper(2, 90))
    entries = board(rows, "TuSimple", rules=rules)
    assert ranks(entries) == [(1, "Net2"), (2, "Net1")]
    assert entries["printed"].tolist() == ["90%", "85–99%"]


def test_implausible_numbers_are_flagged_and_ranked_only_when_asked_for(rules: RuleSet) -> None:
    rows = frame(paper(1, 90), paper(2, 960), paper(3, 12), paper(4, 31, unit="ms"))
    entries = board(rows, "TuSimple", rules=rules)
    assert ranks(entries)[0] == (1, "Net1")
    assert entries["rank"].isna().tolist() == [False, True, True, True]
    assert dict(zip(entries["model"], entries["flag"], strict=True)) == {
        "Net1": "",
        "Net2": "outside the plausible range",
        "Net3": "outside the plausible range",  # this benchmark's own range starts at 20
        "Net4": "unit does not fit the metric",
    }
    assert ranks(board(rows, "TuSimple", implausible=True, rules=rules))[0] == (1, "Net2")


def test_a_paper_with_an_implausible_number_is_ranked_by_its_plausible_one(rules: RuleSet) -> None:
    entries = board(frame(row(960, start=1), row(91, start=2)), "TuSimple", rules=rules)
    assert entries[["rank", "value", "flag"]].to_numpy().tolist() == [[1, 91.0, ""]]


def test_settings_dates_and_confidence_are_filters(rules: RuleSet) -> None:
    rows = frame(
        paper(1, 99, setting="zero-shot", date="2020-05-03"), paper(2, 98, date="2020-05", setting=""),
        paper(3, 97, date="2021-01-01", confidence=0.2), paper(4, 96, date=""),
    )  # fmt: skip

    def models(**options: str | float) -> list[str]:
        return board(rows, "TuSimple", rules=rules, **options)["model"].tolist()  # type: ignore[arg-type]

    assert models() == ["Net1", "Net2", "Net3", "Net4"]
    assert models(setting="Zero shot") == ["Net1"]
    assert models(setting="") == ["Net2", "Net3", "Net4"]
    assert models(since="2020-05") == ["Net1", "Net2", "Net3"]
    assert models(since="2021") == ["Net3"]
    assert models(until="2020-05") == ["Net1", "Net2"]
    assert models(until="2020") == ["Net1", "Net2"]
    assert models(min_confidence=0.5) == ["Net1", "Net2", "Net4"]
    with pytest.raises(ValueError, match="since: 'soon' is no date"):
        models(since="soon")


def test_the_setting_filter_comes_before_the_best_entry_is_chosen(rules: RuleSet) -> None:
    rows = frame(row(97, setting="fine-tuned", start=1), row(90, setting="zero-shot", start=2))
    assert board(rows, "TuSimple", setting="zero-shot", rules=rules)["value"].tolist() == [90]


def test_metrics_and_splits_are_boards_of_their_own(rules: RuleSet) -> None:
    rows = frame(
        paper(1, 90), paper(2, 91), paper(3, 5, metric="error rate", metric_id="error-rate"),
        paper(4, 99, split="val"), paper(5, 98, split="Validation set"), paper(6, 97, split="dev"),
        paper(7, 92, split="test set"),
    )  # fmt: skip
    assert board(rows, "TuSimple", metric="Error Rate", rules=rules)["model"].tolist() == ["Net3"]
    assert board(rows, "TuSimple", split="", rules=rules)["model"].tolist() == ["Net7", "Net2", "Net1"]
    val = board(rows, "TuSimple", split="validation", rules=rules)
    assert val["model"].tolist() == ["Net4", "Net5", "Net6"]
    assert set(val["split"]) == {"val"}


def test_the_one_split_of_a_benchmark_goes_without_saying(rules: RuleSet) -> None:
    one = {"benchmark": "OneSplit", "benchmark_id": "onesplit"}
    rows = frame(paper(1, 90, **one), paper(2, 91, split="val", **one))
    assert len(board(rows, "OneSplit", rules=rules)) == 2


def test_plain_accuracy_is_the_benchmarks_own_kind_of_accuracy(rules: RuleSet) -> None:
    net = {"benchmark": "ImageNet", "benchmark_id": "imagenet"}
    rows = frame(
        paper(1, 80, **net, metric="accuracy", metric_id="accuracy"),
        paper(2, 81, **net, metric="top-1 accuracy", metric_id="top-1-accuracy"),
        paper(3, 82, **net, metric="test accuracy", metric_id="test-accuracy"),
        paper(4, 95, **net, metric="top-5 accuracy", metric_id="top-5-accuracy"),
    )
    entries = board(rows, "imagenet", rules=rules)
    assert entries["model"].tolist() == ["Net3", "Net2", "Net1"]
    assert set(entries["metric"]) == {"top-1 accuracy"}
    assert board(rows, "ImageNet", metric="top 5 accuracy", rules=rules)["model"].tolist() == ["Net4"]
    assert len(board(rows, "ImageNet", metric="accuracy", rules=rules)) == 3


def test_language_pairs_are_not_mixed_and_an_unnamed_one_is_not_ranked(rules: RuleSet) -> None:
    wmt = {
        "benchmark": "WMT 2014",
        "benchmark_id": "wmt14",
        "metric": "BLEU",
        "metric_id": "bleu",
        "unit": "",
    }
    rows = frame(
        paper(1, 28, split="En-De", **wmt), paper(2, 29, split="English-German", **wmt),
        paper(3, 41, split="En-Fr", **wmt), paper(4, 45, **wmt),
    )  # fmt: skip
    assert ranks(board(rows, "WMT 2014", split="en-de", rules=rules)) == [(1, "Net2"), (2, "Net1")]
    unnamed = board(rows, "WMT 2014", split="", rules=rules)
    assert ranks(unnamed) == [(None, "Net4")]
    assert unnamed["flag"].tolist() == ["language pair not named"]


def test_a_benchmark_outside_the_catalogue_goes_by_its_folded_name(rules: RuleSet) -> None:
    names = enumerate(("Zorb-Bench", "ZorbBench", "ZorbBench"), start=1)
    rows = frame(*(paper(n, 90 + n, benchmark=name, benchmark_id="") for n, name in names))
    entries = board(rows, "zorb bench", rules=rules)
    assert entries["model"].tolist() == ["Net3", "Net2", "Net1"]
    assert set(entries["benchmark"]) == {"ZorbBench"}


def test_a_board_without_own_results_is_empty_and_typed(rules: RuleSet) -> None:
    entries = board(frame(row(holder="other")), "TuSimple", rules=rules)
    assert len(entries) == 0
    assert tuple(entries.columns) == BOARD_COLUMNS


def test_no_such_board_is_an_error_with_a_suggestion(rules: RuleSet) -> None:
    with pytest.raises(UnknownBoard, match="did you mean TuSimple") as caught:
        board(frame(row()), "TuSimply lanes", rules=rules)
    assert caught.value.suggestions == ["TuSimple"]
    with pytest.raises(UnknownBoard, match="no metric called 'colour'"):
        board(frame(row()), "TuSimple", metric="colour", rules=rules)
    with pytest.raises(UnknownBoard, match="no split called 'moon'"):
        board(frame(row()), "TuSimple", split="moon", rules=rules)
    with pytest.raises(UnknownBoard, match="the rows hold none"):
        board(frame(), "TuSimple", rules=rules)


def test_a_share_of_another_result_is_flagged(rules: RuleSet) -> None:
    rows = frame(
        paper(1, 90),
        paper(2, 99, sentence="It retains 99\\% of the baseline's 5-NN classification accuracy."),
        paper(3, 90, value_high=98, sentence="It keeps 90-98% of its accuracy."),
        paper(4, 95.9, sentence="It gets 95.9% of all lanes at the best accuracy."),
    )
    entries = board(rows, "TuSimple", rules=rules).set_index("model")
    assert entries["flag"].to_dict() == {
        "Net4": "",
        "Net1": "",
        "Net2": "share of another result",
        "Net3": "share of another result",
    }


@pytest.mark.parametrize(
    ("sentence", "title", "metric"),
    [
        ("It gets 55 AP on COCO.", "A net", "box-ap"),
        ("It gets 55 AP on COCO keypoint detection.", "A net", "keypoint-ap"),
        ("Keypoints are detected at 55 AP on COCO.", "A net", "keypoint-ap"),
        ("It gets 55 AP on COCO.", "A net for human pose", "keypoint-ap"),
        ("It gets 48 AP for detection and 55 AP for instance segmentation on COCO.", "A net", "mask-ap"),
        ("With Cascade Mask R-CNN it gets 55 mAP on COCO.", "A net for object detection", "box-ap"),
        ("It gets 55 mAP on COCO.", "Multi-label nets", "ap"),
        ("It gets 55 AP on COCO.", "Detection and pose in one", "box-ap"),
    ],
)
def test_average_precision_of_what(sentence: str, title: str, metric: str) -> None:
    assert precision_of(sentence, title, 55, "ap") == metric
