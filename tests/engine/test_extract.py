"""The public verb: what holds for every text."""

from __future__ import annotations

import json
import random
import re

import pytest
from engine_samples import number_in
from hypothesis import given, settings
from hypothesis import strategies as st
from phenomena import FILES, cases

from leaderboard import Paper, Result, extract, extract_paper
from leaderboard.clean import clean

IN_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twenty": 20,
}  # fmt: skip


def printed_value(printed):
    """The number that offsets show: digits, or a place or a factor in words; LaTeX may stand in between."""
    if printed.lower() in IN_WORDS:
        return float(IN_WORDS[printed.lower()])
    plain = re.sub(r"\\[a-zA-Z]+|[{}$\s]", "", printed)
    if power := re.fullmatch(r"([\d.,]*?)(?:[x×*·⋅]?10\^|[eE])[-−–](\d+)", plain):
        return float(f"{number_in(power[1]) if power[1] else 1}e-{power[2]}")
    return number_in(re.sub(r"[^\d.,]", "", plain))


def assert_sound(paper, rows):
    """The invariants of every row: its offsets show its number, and its sentence holds it."""
    texts = {"title": paper.title, "abstract": paper.abstract}
    for row in rows:
        text = texts[row.field]
        printed = text[row.start : row.end]
        assert printed_value(printed) == row.value, (row, printed)
        assert row.sentence in text
        assert any(
            m.start() <= row.start and row.end <= m.start() + len(row.sentence)
            for m in re.finditer(re.escape(row.sentence), text)
        ), row
        assert (row.paper_id, row.date) == (paper.id, paper.date)
        assert " ".join(clean(paper.title).text.split()).endswith(row.title)
        assert row.value >= 0
        assert 0 < row.confidence <= 1 and row.rule
        assert Result.model_validate_json(row.model_dump_json()) == row


def test_the_example_of_the_documentation():
    [row] = extract("SCNN reaches 96.53% accuracy on TuSimple.")
    assert (row.value, row.unit, row.kind, row.holder) == (96.53, "%", "score", "own")
    assert (row.benchmark, row.metric) == ("TuSimple", "accuracy")
    assert (row.field, row.start, row.end) == ("abstract", 13, 18)


NOTHING = ("", " ", "\n\n", "No number.", "7", "%", "....", "\ufeff", "\x00", "((((", "$$$")


@pytest.mark.parametrize("text", NOTHING)
def test_texts_with_nothing_to_find(text):
    assert extract(text) == []
    assert extract_paper(Paper(title=text, abstract=text)) == []


def test_what_is_known_of_the_paper_is_carried_to_its_rows():
    paper = Paper(id="1712.06080", title="SCNN", abstract="SCNN reaches 96.53% on TuSimple.", date="2017-12")
    [row] = extract_paper(paper)
    assert (row.paper_id, row.title, row.date) == ("1712.06080", "SCNN", "2017-12")
    assert row.url == "https://arxiv.org/abs/1712.06080"
    [row] = extract_paper(paper.model_copy(update={"url": "https://example.org/scnn"}))
    assert row.url == "https://example.org/scnn"


def test_the_title_in_a_row_has_no_markup():
    abstract = "It reaches 96.53% accuracy on TuSimple."
    titles = {
        r"\Large \bf Lanes \\ in Rain": "Lanes in Rain",
        r"{\sc SCNN}: $\alpha$ Lanes": "SCNN: α Lanes",
        r"\modelname: Lanes in Rain": "Lanes in Rain",
        "": "",
    }
    for title, readable in titles.items():
        assert [row.title for row in extract_paper(Paper(title=title, abstract=abstract))] == [readable]


def test_titles_are_read_too():
    [row] = extract_paper(Paper(title="Reaching 91.2% on MMLU with Small Models", abstract="We try."))
    assert (row.field, row.value, row.sentence) == ("title", 91.2, "Reaching 91.2% on MMLU with Small Models")


def test_rows_follow_the_text():
    rows = extract("We reach 95.3% on CIFAR-10, 78.8% on CIFAR-100 and 97.1% on SVHN.")
    assert [row.start for row in rows] == sorted(row.start for row in rows)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We reach 95.2% (± 0.3) accuracy on MNIST.", [95.2]),
        (r"Our model obtains $\mathbf{96.1}$\% accuracy on MNIST.", [96.1]),
        ("Our model obtains an accuracy of 1,234.5 points.", [1234.5]),
        ("The classifier reaches 96,5% accuracy on MNIST.", [96.5]),
    ],
)
def test_values_as_printed(text, values):
    rows = extract(text)
    assert_sound(Paper(abstract=text), rows)
    assert [row.value for row in rows] == values


@pytest.mark.parametrize("file", FILES)
def test_rows_of_the_fixtures_are_sound_and_the_same_each_time(file):
    for case in cases(file):
        paper = Paper(id=case["id"], title=case.get("title", ""), abstract=case["text"], date="2024")
        rows = extract_paper(paper)
        assert_sound(paper, rows)
        assert extract_paper(paper) == rows


def test_rows_of_real_abstracts_are_sound(shared):
    lines = shared("gold/dev.jsonl").read_text(encoding="utf-8").splitlines()
    found = 0
    for record in map(json.loads, lines[:300]):
        paper = Paper(id=record["id"], title=record["title"], abstract=record["abstract"])
        rows = extract_paper(paper)
        assert_sound(paper, rows)
        found += len(rows)
    assert found > 300


def test_other_papers_in_between_change_nothing():
    """No memory of one paper reaches the next."""
    papers = [
        Paper(id=case["id"], title=case.get("title", ""), abstract=case["text"])
        for file in ("lists", "holders", "across-sentences", "names") for case in cases(file)
    ]  # fmt: skip
    first = {paper.id: extract_paper(paper) for paper in papers}
    random.Random(7).shuffle(papers)
    assert {paper.id: extract_paper(paper) for paper in papers} == first


# --- any text ---------------------------------------------------------------------------------------------

WORDS = """
we our model achieves reaches outperforms improves reduces by to from of on in with and while respectively
the baseline GPT-4 LarkNet accuracy F1 mAP BLEU error latency parameters speed faster fewer better than
state-of-the-art ImageNet COCO CIFAR-10 Lakeshore dataset benchmark first second place ranked zero-shot
5-shot improvement gain points percent times compared vs. e.g. et al. Fig. 3 up over about
"""
NUMBERS = r"""
96.5% 12 3.4 0.87 1,234 5-10% 2x 3.5× 10-fold 35 FPS 12 ms 30.2 dB +4.2 -3.1% 95.2±0.3 7B 2019 224x224 p<0.01
10^-3 1e5 4/9 80/20 1.2.3 .5 99% 100 $96.5\%$ \textbf{51.2} 73.7->77.1 60–70%
"""
MARKS = r", . ; : ( ) ( ) - — $ \ { } % &gt; → ± ~"
PIECES = [*WORDS.split(), *NUMBERS.split(), *NUMBERS.split(), *MARKS.split(), "\n"]
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=40)
TEXTS = SENTENCES.map(" ".join) | SENTENCES.map("".join) | st.text(max_size=120)


@given(TEXTS, TEXTS)
@settings(max_examples=300)
def test_any_text(title, abstract):
    paper = Paper(id="p", title=title, abstract=abstract, date="2024")
    rows = extract_paper(paper)
    assert_sound(paper, rows)
    assert extract_paper(paper) == rows


@pytest.mark.parametrize("text", ["81% on C C prese-00", "Ours has 51.3 (vs. 45.2) and 41.3"])
def test_texts_that_once_broke_it(text):
    paper = Paper(abstract=text)
    assert_sound(paper, extract_paper(paper))


@given(st.data())
@settings(max_examples=150)
def test_damaged_fixtures(data):
    """A text of the fixtures with a piece cut out, doubled, or replaced."""
    case = data.draw(st.sampled_from(cases(data.draw(st.sampled_from(FILES)))))
    text = case["text"]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    marks = ("$", "\\", "{", "%", "9", ".", ",", "\n", "\u00a0", "–")
    filling = data.draw(st.sampled_from(["", text[start:end] * 2, *marks]))
    paper = Paper(title=case.get("title", ""), abstract=text[:start] + filling + text[end:])
    assert_sound(paper, extract_paper(paper))
