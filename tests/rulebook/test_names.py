"""Names in texts: what is found, what is not, and how much of the text it covers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.rulebook import RuleSet
from leaderboard.rulebook.forms import breaks, derived, squeeze

FOUND = [
    # (text, what is found: printed words, id, subset)
    ("96.5% accuracy on CIFAR-10", ["accuracy:accuracy", "CIFAR-10:cifar-10"]),
    ("CIFAR 10, CIFAR_10, cifar10", ["CIFAR 10:cifar-10", "CIFAR_10:cifar-10", "cifar10:cifar-10"]),
    ("Cifar–10", ["Cifar–10:cifar-10"]),
    ("on CIFAR-100 only", ["CIFAR-100:cifar-100"]),
    ("on CIFAR-1000", []),
    ("on CIFAR", []),
    ("CIFAR-10/100", ["CIFAR-10:cifar-10", "100:cifar-100"]),
    ("CIFAR-10 and -100", ["CIFAR-10:cifar-10", "100:cifar-100"]),
    ("CIFAR-10 and 100 epochs", ["CIFAR-10:cifar-10"]),
    ("CIFAR-10 and 100% of it", ["CIFAR-10:cifar-10"]),
    ("ImageNet-1K", ["ImageNet-1K:imagenet"]),
    ("Image\nNet", ["Image\nNet:imagenet"]),
    ("an image network", []),
    ("ImageNet, ImageNet-A and -C", ["ImageNet:imagenet", "ImageNet-A:imagenet-a"]),
    ("mini-ImageNet, ImageNet-R, ImageNet-21k, ImageNets", []),
    ("ImageNet-pretrained and ImageNet pretraining", []),
    ("ImageNet v2, ImageNet-v2", []),
    ("an ImageNet-wide search", ["ImageNet:imagenet"]),
    ("ImageNet’s", ["ImageNet:imagenet"]),
    ("ImageNet val", ["ImageNet val:imagenet/val"]),
    ("the ImageNet validation set", ["ImageNet validation set:imagenet/val"]),
    ("the test set of ImageNet", ["ImageNet:imagenet/test"]),
    ("ImageNet test-time training", ["ImageNet:imagenet"]),
    ("MS-COCO test-dev", ["MS-COCO test-dev:coco/test-dev"]),
    ("the COCO dataset (test-dev)", ["COCO:coco/test-dev"]),
    ("WMT 2014 English-to-German", ["WMT 2014 English-to-German:wmt-2014/en-de"]),
    ("WMT'14 (En-Fr)", ["WMT'14 (En-Fr:wmt-2014/en-fr"]),
    ("En-De WMT14", ["En-De WMT14:wmt-2014/en-de"]),
    ("HumanEval+ and HumanEval", ["HumanEval+:humaneval-plus", "HumanEval:humaneval"]),
    ("MBPP+HumanEval+MBPP", ["HumanEval:humaneval"]),
    ("new places for glue", []),
    ("Places and GLUE", ["Places:places", "GLUE:glue"]),
    ("AUCs and F1s, F1-scores", ["AUCs:auc", "F1s:f1", "F1-scores:f1"]),
    ("mAP but not map or MAP", ["mAP:map"]),
    ("auc", []),
    ("R@1 but R@10", ["R@1:recall-at-1"]),
    ("GenEval score", ["GenEval:geneval", "score:geneval-score"]),
    ("VQA accuracy", ["VQA accuracy:vqa-accuracy"]),
    ("∞Bench, Bench and τ-Bank", ["∞Bench:infinity", "τ-Bank:infinity"]),
    ("IMAGE CLASSIFICATION", ["IMAGE CLASSIFICATION:image-classification"]),
    ("İ ImageNet", ["ImageNet:imagenet"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:40] for text, _ in FOUND])
def test_what_is_found(small: RuleSet, text: str, expected: list[str]) -> None:
    found = []
    for hit in small.names.find(text):
        part = f"/{hit.subset_id}" if hit.subset_id else ""
        found.append(f"{text[hit.start : hit.end]}:{hit.id}{part}")
    assert found == expected


def test_names_that_are_also_words_are_not_sure(small: RuleSet) -> None:
    sure = {hit.id: hit.sure for hit in small.names.find("Cars have a recall")}
    assert sure == {"cars": False, "recall": False}
    assert [hit.sure for hit in small.names.find("Stanford Cars")] == [True]
    assert small.names.find("cars and RECALL") == []
    # A capitalised word that could be the acronym GLUE at the start of a sentence.
    assert [hit.sure for hit in small.names.find("Glue holds")] == [False]


def test_names_resolve_however_they_are_spaced(small: RuleSet) -> None:
    for name in ("imagenet", "ImageNet 1k", "ilsvrc 2012", "IMAGENET"):
        benchmark = small.resolve_benchmark(name)
        assert benchmark is not None
        assert benchmark.id == "imagenet"
    assert small.resolve_benchmark("Imagenette") is None
    metric = small.resolve_metric("r@1")
    assert metric is not None
    assert metric.id == "recall-at-1"
    assert small.resolve_metric("R@2") is None


def test_suggestions_are_the_nearest_names(small: RuleSet) -> None:
    assert small.names.suggest("CIFAR-11", "benchmark")[0] == "CIFAR-10"
    assert small.names.suggest("acuracy", "metric") == ["accuracy", "VQA accuracy"]
    assert small.names.suggest("qqqqqqqq", "benchmark") == []


@given(st.text(max_size=300))
def test_any_text_gives_spans_in_order_that_do_not_overlap(small: RuleSet, text: str) -> None:
    _check(small, text)


PIECES = (
    "CIFAR|10|100|-|–| |/|(|)|ImageNet|Image|Net|A|val|test|WMT|'14|2014|En-De|COCO|İ|ß|s|R@1|F1|+|.|,|and"
    "|VQA|accuracy|VQA accuracy|HumanEval|dataset|the|Stanford Cars|\n|v2|of|∞|Bench|GenEval|score"
)


@given(
    st.lists(
        st.sampled_from(PIECES.split("|")),
        max_size=25,
    )
)
def test_any_mixture_of_names_gives_spans_in_order(small: RuleSet, parts: list[str]) -> None:
    _check(small, "".join(parts))


def _check(rules: RuleSet, text: str) -> None:
    tables: dict[str, Any] = {"benchmark": rules.benchmarks, "metric": rules.metrics, "task": rules.tasks}
    end = 0
    for hit in rules.names.find(text):
        assert end <= hit.start < hit.end <= len(text)
        assert hit.id in tables[hit.kind]
        assert not text[hit.start].isspace()
        assert hit.start == 0 or not text[hit.start - 1 : hit.start + 1].isalnum()
        assert hit.end == len(text) or not text[hit.end].isalnum()
        end = hit.end


def test_squeezing_is_the_same_for_plain_and_other_letters() -> None:
    assert squeeze("Pascal VOC_2012's") == squeeze("Pascal\u00a0VOC–2012’s") == "pascalvoc2012s"


def test_years_and_versions_have_their_other_forms() -> None:
    assert set(derived("WMT'14")) == {"WMT 2014"}
    assert set(derived("AIME24", 2024)) == {"AIME 2024"}
    assert set(derived("Bench v2")) == {"Bench version 2"}
    assert set(derived("CIFAR-10")) == set()
    assert breaks("TriviaQA-v2") == [6, 8, 9]
