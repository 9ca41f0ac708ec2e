"""A sentence as typed tokens: which span is a number, a name, a metric, a word of the lexicon."""

from __future__ import annotations

import pytest
from engine_samples import mentions, tokens_of
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Our model reaches 96.5% accuracy on TuSimple.",
            [("value", "96.5%"), ("metric", "accuracy"), ("benchmark", "TuSimple")],
        ),
        (
            "It ranks 2nd with a 2.1x speedup, +3.2 points and 35 FPS.",
            [("place", "2nd"), ("value", "2.1x"), ("value", "+3.2 points"), ("value", "35 FPS")],
        ),
        (
            "We get 93.2% on ModelNet40 in 2017 with 5-shot learning.",
            [
                ("value", "93.2%"), ("benchmark", "ModelNet40"), ("not a result", "2017"),
                ("not a result", "5-shot"),
            ],
        ),
        (
            "ResNet-50 has a WER of 3.1 in speech recognition.",
            [("model", "ResNet-50"), ("metric", "WER"), ("value", "3.1"), ("task", "speech recognition")],
        ),
    ],
)  # fmt: skip
def test_mentions(text, expected):
    assert mentions(text) == expected


def test_numbers_have_their_sort_and_names_their_catalogue_id():
    ids = {t.text: t.id for t in tokens_of("We reach 96.5% accuracy, then 35 FPS, on TuSimple.")}
    assert ids["96.5%"] == "percent" and ids["35 FPS"] == "speed"
    assert ids["accuracy"] == "accuracy" and ids["TuSimple"] == "tusimple"


def test_words_have_the_class_of_the_lexicon():
    types = {t.text: t.type for t in tokens_of("Our model reaches 96.5% accuracy and improves on it.")}
    assert (types["Our model"], types["reaches"], types["and"]) == ("OWN", "ACHIEVE", "AND")


def test_articles_and_praise_leave_no_token():
    printed = [t.text for t in tokens_of("It reaches the impressive accuracy of 96.5%.")]
    assert "the" not in printed and "impressive" not in printed


def test_a_size_belongs_to_the_name_of_the_model():
    assert ("model", "LLaMA-2 70B") in mentions("On MMLU, LLaMA-2 70B scores 68.9%.")


def test_hardware_is_no_benchmark():
    assert ("hardware", "V100") in mentions("It runs at 35 FPS on a V100.")


def test_a_metric_carries_its_thresholds():
    assert ("metric", "mAP@0.5:0.95") in mentions("We reach 48.9% mAP@0.5:0.95 on COCO.")


def test_a_name_and_its_abbreviation_are_one_mention():
    expected = [("metric", "Mean Absolute Error (MAE)"), ("value", "3.1")]
    assert mentions("The Mean Absolute Error (MAE) is 3.1.") == expected


def test_the_papers_own_system_is_told_from_other_names():
    text = "LarkNet reaches 71.2%, LarkNet-L 72.0%, and SwiftNet has 69.0%."
    own = [printed for kind, printed in mentions(text, "LarkNet: Fast Segmentation") if kind == "own system"]
    assert own == ["LarkNet", "LarkNet-L"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We reach 71.2% on the Lakeshore dataset.", "Lakeshore"),
        ("We reach 71.2% on BRLQ-2.", "BRLQ-2"),
        ("We reach 71.2% on wildQA.", "wildQA"),
        ("Accuracy is 71.2% on COCO and 63.0% on Marmot-Night.", "Marmot-Night"),
    ],
)
def test_open_names_of_benchmarks(text, name):
    assert ("benchmark", name) in mentions(text)


@pytest.mark.parametrize(
    "text",
    [
        "Accuracy rises by 3.1% on ResNet-50.",
        "However, 64% accuracy is reached.",
        "It runs at 35 FPS on an NVIDIA Jetson.",
        "We obtain 88% accuracy in image classification.",
    ],
)
def test_what_is_no_benchmark(text):
    assert not [printed for kind, printed in mentions(text) if kind == "benchmark"]


PIECES = ("LarkNet", "COCO", "96.5%", "accuracy", "on", "the", "(", ")", ",", "and", "2nd", "F1", "-", "3x")


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).map(" ".join))
def test_tokens_of_any_text_are_in_order_and_as_printed(text):
    position = 0
    for token in tokens_of(text):
        assert position <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        position = token.end
