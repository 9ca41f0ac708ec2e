"""Numbers as printed: value, range, unit, sign and sort."""

from __future__ import annotations

import pytest
from engine_samples import number_in
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.mentions.numbers import RESULT_SORTS, find_numbers


def found(text):
    return [(n.value, n.unit, n.sort) for n in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit", "sort"),
    [
        ("96.53%", 96.53, "%", "percent"),
        ("96.53 %", 96.53, "%", "percent"),
        ("87 percent", 87, "%", "percent"),
        ("3.5 points", 3.5, "points", "points"),
        ("12 percentage points", 12, "points", "points"),
        ("2 pp", 2, "points", "points"),
        ("828x", 828, "x", "times"),
        ("3×", 3, "x", "times"),
        ("3.3 times", 3.3, "x", "times"),
        ("10-fold", 10, "x", "times"),
        ("30.2 dB", 30.2, "dB", "quantity"),
        ("30.2dB", 30.2, "dB", "quantity"),
        ("12 ms", 12, "ms", "quantity"),
        ("39.5 mm", 39.5, "mm", "quantity"),
        ("3.9 degrees", 3.9, "degrees", "quantity"),
        ("2.1 GB", 2.1, "GB", "quantity"),
        ("95 tokens/s", 95, "tokens/s", "speed"),
        ("35 FPS", 35, "FPS", "speed"),
        ("160 frames per second", 160, "frames per second", "speed"),
        ("0.872", 0.872, "", "decimal"),
        (".85", 0.85, "", "decimal"),
        ("three times", 3, "x", "times"),
        ("a fivefold reduction", 5, "x", "times"),
        ("41", 41, "", "integer"),
        ("5,230", 5230, "", "integer"),
        ("1,234.5", 1234.5, "", "decimal"),
    ],
)
def test_what_can_be_a_result(text, value, unit, sort):
    assert found(f"we report {text} here") == [(value, unit, sort)]
    assert sort in RESULT_SORTS


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("in 2017 it", "year"),
        ("a rule of height 11 points", "size"),
        ("a 7B model", "size"),
        ("on 1.3 billion tokens", "size"),
        ("with 5-shot prompts", "shots"),
        ("at 224x224 pixels", "shape"),
        ("see Table 3 for", "listing"),
        ("significant (p < 0.01)", "probability"),
        ("a p-value of 0.03", "probability"),
        ("the 95% CI is", "probability"),
        ("the 95% confidence interval", "probability"),
        ("a batch size = 32", "setting"),
        ("the 2nd place", "ordinal"),
    ],
)
def test_what_is_never_a_result(text, sort):
    [number] = find_numbers(text)
    assert number.sort == sort
    assert sort not in RESULT_SORTS


def test_factors_in_words_that_count_something_else():
    assert found("the aims are threefold, and we ran it several times") == []


def test_the_top_of_a_scale_is_whole():
    sorts = [number.sort for number in find_numbers("clarity of 4.60/5.00 and PSNR/SSIM of 31.2/0.91")]
    assert sorts == ["decimal", "integer", "decimal", "decimal"]


@pytest.mark.parametrize(
    "word",
    "ResNet-50 F1 GPT-4 v1.5 COVID-19 3D BLEU4 mAP@0.5 x2 3.2.1 R2 16-bit".split(),  # noqa: SIM905
)
def test_no_number_inside_a_word(word):
    assert found(f"a {word} is used") == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("85-92%", 85, 92, "%"),
        ("85–92%", 85, 92, "%"),
        ("85%-92%", 85, 92, "%"),
        ("45 to 80%", 45, 80, "%"),
        ("2-3x", 2, 3, "x"),
        ("10 to 100 times", 10, 100, "x"),
    ],
)
def test_ranges(text, low, high, unit):
    [number] = find_numbers(f"gains by {text} are seen")
    assert (number.value, number.high, number.unit) == (low, high, unit)


def test_from_to_is_two_numbers():
    assert found("from 45 to 80%") == [(45, "", "integer"), (80, "%", "percent")]


@pytest.mark.parametrize("text", ["40-36", "10-4"])
def test_falling_pairs_are_no_range(text):
    assert all(number.high is None for number in find_numbers(text))


@pytest.mark.parametrize("text", ["95.2% ± 0.3", "95.2 ± 0.3%", "95.2% ± 0.3%", "95.2 (± 0.3)%"])
def test_a_spread_belongs_to_its_number(text):
    assert found(text) == [(95.2, "%", "percent")]


@pytest.mark.parametrize(
    ("text", "sign"), [("(+4.2 PQ)", "+"), ("↑3.2", "+"), ("(-3.2%)", "-"), ("(−3.2%)", "-"), ("3.2%", "")]
)
def test_signs(text, sign):
    [number] = find_numbers(text)
    assert number.signed == sign and number.value > 0


def test_the_offsets_are_those_of_the_bare_number():
    text = "a gain of +1,234.5% over it"
    [number] = find_numbers(text)
    assert text[number.start : number.end] == "1,234.5"
    assert text[number.span_start : number.span_end] == "+1,234.5%"


def test_a_part_of_a_text():
    text = "10% and 20% and 30%"
    assert [n.value for n in find_numbers(text, 4, 15)] == [20]


NUMERIC = st.text(alphabet="0123456789.,%-+±x×–/()<>= pFPSmsdBkMto@^:$~", max_size=40)


@given(NUMERIC | st.text(max_size=60))
def test_numbers_of_any_text_are_in_order_and_printed(text):
    position = 0
    for number in find_numbers(text):
        assert position <= number.span_start <= number.start < number.end <= number.span_end <= len(text)
        assert number_in(text[number.start : number.end]) == number.value
        assert number.high is None or number.high >= number.value
        position = number.span_end
