"""What fills the fields that a sentence leaves open, and which rows are one."""

from __future__ import annotations

import pytest

from leaderboard import Paper, extract, extract_paper
from leaderboard.extraction import read_paper


def rows(text, *columns, title=""):
    found = extract_paper(Paper(title=title, abstract=text))
    return [tuple(getattr(row, column) for column in columns) for row in found]


def test_a_list_goes_on_with_the_kind_and_metric_of_its_first_number():
    text = "We reach an accuracy of 92.1% on MNIST, 87.2% on SVHN, and 74.1% on STL-10."
    assert rows(text, "value", "kind", "metric", "benchmark") == [
        (92.1, "score", "accuracy", "MNIST"),
        (87.2, "score", "accuracy", "SVHN"),
        (74.1, "score", "accuracy", "STL-10"),
    ]


def test_a_benchmark_named_before_serves_a_sentence_that_names_none():
    text = "We evaluate on Cityscapes. Our network reaches 79.4 mIoU."
    assert rows(text, "value", "benchmark") == [(79.4, "Cityscapes")]


def test_a_benchmark_named_later_takes_its_place():
    text = "On Cityscapes we reach 79.4 mIoU. On ADE20K we reach 48.0 mIoU."
    assert rows(text, "value", "benchmark") == [(79.4, "Cityscapes"), (48.0, "ADE20K")]


def test_a_benchmark_paper_measures_on_its_own_benchmark():
    text = "We introduce TerraTest, a benchmark of soil questions. The best model has an accuracy of 51.3%."
    assert rows(text, "benchmark", "holder") == [("TerraTest", "other")]


def test_a_speed_up_is_not_pinned_on_a_benchmark_of_another_sentence():
    text = "We reach 81.0% on ImageNet. Training is 3.1 times faster."
    assert rows(text, "value", "benchmark")[1] == (3.1, "")


def test_the_metric_that_a_benchmark_is_known_for():
    [row] = extract("Our network obtains 81.3% on ImageNet.")
    assert row.metric and row.metric_id and row.metric_text == "" and row.higher_is_better is True


def test_a_printed_metric_is_kept_as_printed_beside_its_canonical_name():
    [row] = extract("Our recognizer has a word error rate of 2.1% on LibriSpeech.")
    assert (row.metric_id, row.metric_text, row.higher_is_better) == ("wer", "word error rate", False)


def test_a_catalogued_benchmark_has_its_id_and_an_open_one_has_none():
    [known] = extract("We reach 79.4 mIoU on Cityscapes.")
    [unknown] = extract("We reach 79.4 mIoU on the Lakeshore dataset.")
    assert known.benchmark_id and not unknown.benchmark_id
    assert (unknown.benchmark, unknown.benchmark_text) == ("Lakeshore", "Lakeshore")


def test_the_name_of_the_system_comes_from_the_title():
    text = "We present a network for drones. Our method reaches 41.2 mAP on VisDrone."
    assert rows(text, "model", title="Kestrel: Detection from Above") == [("Kestrel",)]


@pytest.mark.parametrize(
    "text",
    [
        "Kestrel reaches 41.2 mAP on VisDrone. To sum up, 41.2 mAP on VisDrone is reached.",
        "Kestrel reaches 41.2 mAP on VisDrone. In short, we obtain 41.2 mAP.",
    ],
)
def test_the_same_number_for_the_same_thing_is_one_row(text):
    assert rows(text, "value", "benchmark") == [(41.2, "VisDrone")]


def test_the_same_number_for_two_benchmarks_is_two_rows():
    text = "We reach 90.1% accuracy on MNIST. We reach 90.1% accuracy on SVHN."
    assert rows(text, "benchmark") == [("MNIST",), ("SVHN",)]


def test_a_range_is_one_row():
    assert rows("F1 ranges from 0.61 to 0.88 on MasakhaNER.", "value", "value_high") == [(0.61, 0.88)]


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("In the zero-shot setting we reach 71.2% accuracy on ImageNet.", "setting", "zero-shot"),
        ("We reach 55.8 AP on COCO test-dev.", "split", "test-dev"),
    ],
)
def test_settings_and_splits(text, column, value):
    assert rows(text, column) == [(value,)]


def test_a_saving_does_not_take_the_metric_of_the_sentence_before():
    text = "Perplexity on PG-19 is 21.4. Unsafe answers are reduced by 67%."
    assert rows(text, "value", "metric") == [(21.4, "perplexity"), (67, "")]


def test_a_metric_has_up_to_three_words_of_its_name_before_it():
    [row] = extract("On SLURP we report joint slot filling F1, and our tagger obtains 81.2.")
    assert row.metric_text == "joint slot filling F1"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("On SVHN our accuracy is 92.1%.", {"benchmark": "sentence"}),
        ("Our server runs at 41 FPS.", {"metric": "unit"}),
        ("Accuracy on SVHN is 92.1%. The new tagger attains 95.2%.", {"metric": "sentence-before"}),
        ("On SQuAD the exact match is 81.0%. Our reader attains 82.0%.", {"benchmark": "sentence-before"}),
    ],
)
def test_where_a_field_comes_from(text, sources):
    draft = [draft for step in read_paper(Paper(abstract=text)) for draft in step.drafts][-1]
    assert sources.items() <= draft.sources.items()
