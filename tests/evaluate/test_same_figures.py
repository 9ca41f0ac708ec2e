"""The figures equal those of the annotation's own scoring script, where it is at hand."""

from __future__ import annotations

import importlib.util
import json
import random

import pytest
from gold_samples import row as perfect_row
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.cli.evaluate import figures
from leaderboard.evaluate import errors, evaluate, read_gold
from leaderboard.evaluate.names import metric_words, same_benchmark, same_metric, same_model
from leaderboard.extraction import extract_paper


@pytest.fixture(scope="module")
def script(shared):
    spec = importlib.util.spec_from_file_location("gold_score", shared("gold/score.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold_file(shared):
    return shared("gold/dev.jsonl")


@pytest.fixture(scope="module")
def extracted(gold_file):
    return {paper.id: extract_paper(paper.paper) for paper in read_gold(gold_file)}


def assert_same(script, gold_file, rows):
    gold = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
    theirs = script.score(gold, {key: [row.model_dump() for row in some] for key, some in rows.items()})
    evaluation = evaluate(read_gold(gold_file), rows)
    ours = figures(evaluation)
    assert set(ours["table"]) == set(theirs["table"])
    for key, row in theirs["table"].items():
        mine = ours["table"][key]
        assert (mine["hits"], mine["gold"], mine["rows"]) == (row["tp_gold"], row["gold"], row["rows"]), key
        assert [mine[n] for n in ("precision", "recall", "f1")] == [
            row[n] for n in ("precision", "recall", "f1")
        ], key
    assert ours["fields"] == theirs["fields"]
    assert ours["paired"] == theirs["paired"]
    assert len(errors(evaluation)) == len(theirs["errors"])


def test_figures_of_the_extracted_rows(script, gold_file, extracted):
    assert_same(script, gold_file, extracted)


@pytest.mark.parametrize("seed", range(5))
def test_figures_of_rows_that_were_tampered_with(script, gold_file, extracted, seed):
    """Errors of every sort, so that no branch of the comparison is passed over."""
    chance = random.Random(seed)
    names = sorted({row.benchmark for rows in extracted.values() for row in rows})
    metrics = sorted({row.metric for rows in extracted.values() for row in rows})

    def tampered(row):
        changes = [
            {"kind": chance.choice(["score", "gain", "ratio", "rank"])},
            {"holder": chance.choice(["own", "other"])},
            {"benchmark": chance.choice(names), "benchmark_text": ""},
            {"metric": chance.choice(metrics), "metric_text": chance.choice(metrics)},
            {"value": float(chance.randint(1, 99))},
            {"value_high": row.value + 1},
            {"benchmark": "", "benchmark_text": ""},
            {},
        ]
        return row.model_copy(update=chance.choice(changes))

    rows = {}
    for key, some in extracted.items():
        rows[key] = [tampered(row) for row in some for _ in range(chance.choice([0, 1, 1, 1, 2]))]
        chance.shuffle(rows[key])
    assert_same(script, gold_file, rows)


def test_figures_of_gold_given_back(script, gold_file):
    """A perfect extractor: every figure is 1 but for gold rows that are alike in every field."""
    rows = {
        paper.id: [perfect_row(gold, paper_id=paper.id) for gold in paper.results]
        for paper in read_gold(gold_file)
    }
    assert_same(script, gold_file, rows)
    assert figures(evaluate(read_gold(gold_file), rows))["table"]["all/tuple"]["f1"] > 0.999


WORDS = (
    r"the ImageNet test dev set top 1 top-1 top-5 acc. accuracy accuracies F1 F 1 F$_1$ F-measure f-score "
    r"score error rate errors word character equal mean average precision intersection over union IoU area "
    r"under curve ROC AUROC AUC pass@1 pass at 10 speed up speedup speed-up inference time latency "
    r"parameters model size exact match success successful rates points performance \textbf{mAP} Fréchet "
    r"inception distance macro micro averaged root squared absolute training faster results peak signal to "
    r"noise ratio 2014 WMT"
)
PIECES = st.sampled_from(WORDS.split())
NAMES = st.lists(PIECES, max_size=6).map(" ".join)


@given(st.lists(NAMES, max_size=3), NAMES, NAMES)
def test_names_compare_alike(script, accepted, said, printed):
    row = {"benchmark": said, "benchmark_text": printed, "metric": said, "metric_text": printed}
    row["model"] = said
    assert metric_words(said) == script.metric_forms(said)
    assert same_benchmark(accepted, (said, printed)) == script.same_benchmark(accepted, row)
    assert same_metric(accepted, (said, printed)) == script.same_metric(accepted, row)
    assert same_model(accepted, said) == script.same_model(accepted, row)
