"""The paper's own names: its system, and the benchmark that it introduces."""

from __future__ import annotations

import pytest

from leaderboard import Paper, explain, extract, extract_paper
from leaderboard.mentions.context import looks_like_name, squeeze


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("Gannet: Diving for Hard Negatives", "", "Gannet"),
        ("GANNET - Diving for Hard Negatives", "", "GANNET"),
        ("Diving for Negatives", "We propose Gannet, a sampler for contrastive learning.", "Gannet"),
        ("Diving for Negatives", "We propose a new sampler called Gannet.", "Gannet"),
        ("Diving for Negatives", "This paper presents a sampler, dubbed DiveNet-2, for images.", "DiveNet-2"),
        ("Diving for Negatives", "We introduce the Guided Negative Sampler (GNS).", "GNS"),
        ("Diving for Negatives", "In this work, we develop DiveNet, which dives for negatives.", "DiveNet"),
        ("Diving for Negatives", "We introduce divemax, a sampler that dives for negatives.", "divemax"),
        ("Diving for Negatives", "We propose Whisper, a method that dives for negatives.", "Whisper"),
        ("Diving for Negatives", "We propose WISE (Weighted Inverse Sampling Engine) for images.", "WISE"),
        ("Diving for Negatives", "We name the resulting models as DiveNet.", "DiveNet"),
        ("Diving for Negatives", "We train DiveNet-3B, a model that dives for negatives.", "DiveNet-3B"),
        ("Diving for Negatives", "To this end, a DiveNet model is proposed.", "DiveNet"),
        ("Diving for Negatives", "A Guided Negative Sampler (GNS) is then designed.", "GNS"),
        ("Diving for Negatives", "We propose Guided 3D Diving (OCR), a new sampler.", "Guided 3D Diving"),
        ("Diving for Negatives", "We propose DiveNet, a dataset distillation method.", "DiveNet"),
        ("Diving for Negatives", "We introduce Gaussian Diving, a new technique.", "Gaussian Diving"),
        ("Diving for Negatives", "We propose a Depth-Aware Diving Network (DADN).", "DADN"),
        ("Diving for Negatives", "We propose DiveNet to meet the challenges of diving.", "DiveNet"),
        ("Diving for Negatives", "We propose a deep-guided (DG) diver (DG-Diver) for images.", "DG-Diver"),
        ("Diving for Negatives", "We propose Depth-Guided Dives for Images (DGDI).", "DGDI"),
    ],
)
def test_the_name_of_the_system(title, abstract, name):
    assert explain(abstract, title).own_names[:1] == [name]


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("PuzzleBench: A Benchmark for Logic Grids", "", "PuzzleBench"),
        ("SoilQA: A Dataset for Agronomy", "We release SoilQA.", "SoilQA"),
        ("Asking about Soil", "We introduce SoilQA, a dataset of questions on soil.", "SoilQA"),
        ("Asking about Soil", "We present a new benchmark called TerraTest.", "TerraTest"),
        ("Asking about Soil", "We introduce SoilQA, a dataset for training agents.", "SoilQA"),
    ],
)
def test_the_name_of_the_benchmark(title, abstract, name):
    found = explain(abstract, title)
    assert (found.own_benchmarks[:1], found.own_names) == ([name], [])


def test_a_paper_can_bring_both():
    abstract = "We introduce FoggyDrive, a dataset of fog. We also propose FogNet, a detector for fog."
    found = explain(abstract)
    assert (found.own_benchmarks, found.own_names) == (["FoggyDrive"], ["FogNet"])


@pytest.mark.parametrize(
    "abstract",
    [
        "We propose a simple method for segmentation.",
        "We propose to combine GPT-4 with search.",
        "The Transformer is used everywhere.",
        "We present ImageNet results.",
        "We fine-tune Whisper, a model for speech.",
        "The system is designed for fog.",
        "GrebeNet was proposed by Larsen.",
        "Our contributions: First, we sort the dives.",
        "We propose an LLM-friendly prompt.",
    ],
)
def test_papers_that_name_nothing(abstract):
    assert explain(abstract, "A Study of Segmentation").own_names == []


def test_the_data_sets_of_a_study_are_not_its_own():
    assert (
        explain("We present a comparison across three datasets (MNIST, SVHN and STL10).").own_benchmarks == []
    )


@pytest.mark.parametrize(
    ("abstract", "holder"),
    [
        ("We evaluate eight large language models on legal reasoning. Accuracy stays at 41%.", "other"),
        ("We propose a method for legal reasoning and evaluate it. Accuracy reaches 41%.", "own"),
        ("We introduce LexTest, a benchmark of legal cases. Accuracy stays at 41%.", "other"),
        ("We introduce LexTest, a benchmark of legal cases. Our model has an accuracy of 41%.", "own"),
    ],
)
def test_whose_numbers_a_paper_reports(abstract, holder):
    [row] = extract(abstract)
    assert row.holder == holder


def test_the_own_system_holds_the_paper_s_numbers():
    paper = Paper(title="LarkNet: Fast Segmentation", abstract="Our method reaches 71.2 mIoU on Cityscapes.")
    [row] = extract_paper(paper)
    assert (row.model, row.holder) == ("LarkNet", "own")


def test_our_best_model_may_have_a_name_of_its_own():
    abstract = "We propose LarkNet. Our best model LarkXL-2 reaches 71.2 mIoU on Cityscapes."
    [row] = extract(abstract)
    assert row.model == "LarkXL-2"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Stacked Anemometer Networks for Wind Maps", "Stacked Anemometer Networks"),
        ("A Novel Two-Branch U-Net: Wind Maps from Radar", "Two-Branch U-Net"),
        ("Wind Field Attention", "Wind Field Attention"),
        ("Convolutional Neural Networks for Wind Maps", ""),
        ("Improving Anemometer Networks for Wind Maps", ""),
        ("Radar Attention Improves Wind Models", ""),
        ("Forecasting with Anemometer Networks", ""),
    ],
)
def test_a_system_that_only_the_title_names(title, name):
    (row,) = extract_paper(Paper(title=title, abstract="Our method reaches 96.53% accuracy on CIFAR-10."))
    assert row.model == name


@pytest.mark.parametrize(
    ("abstract", "models"),
    [
        ("GPT-4o, Gemini 2.5 Pro and Qwen2.5-7B reach 61%, 63% and 48% on MATH.",
         ["GPT-4o", "Gemini 2.5 Pro", "Qwen2.5-7B"]),
        ("LarkNet-S and LarkNet-L reach 81.2% and 84.5% accuracy on CIFAR-10.", ["LarkNet-S", "LarkNet-L"]),
        ("LarkNet outperforms SwiftNet and WrenNet by 2.1% and 3.2% on CIFAR-10.", ["LarkNet", "LarkNet"]),
        ("LarkNet-L reaches 1.54 FID and LarkNet-B reaches 1.92 on CIFAR-10.", ["LarkNet-L", "LarkNet-B"]),
        ("Team LarkNet ranked second at SemEval-2020.", ["LarkNet"]),
    ],
)  # fmt: skip
def test_which_of_several_names_holds_a_number(abstract, models):
    assert [row.model for row in extract_paper(Paper(title="LarkNet: Birds", abstract=abstract))] == models


def test_a_name_with_a_number_before_the_colon_of_a_title():
    abstract = "We introduce Torrent 2, a network for wind maps. It reaches 91% accuracy on CIFAR-10."
    (row,) = extract_paper(Paper(title="Torrent 2: Faster Wind Maps", abstract=abstract))
    assert row.model == "Torrent 2"


def test_what_tells_more_of_a_system_that_the_title_names_is_not_its_name():
    abstract = "We propose a lightweight WFT search platform. The WFT search reaches 91% accuracy on MNIST."
    (row,) = extract_paper(Paper(title="LarkNet: Wind Maps at Once", abstract=abstract))
    assert row.model == "LarkNet"


def test_what_a_framework_is_made_of_is_not_its_name():
    abstract = (
        "We propose a framework that employs wind field tomography (WFT). It has 91% accuracy on MNIST."
    )
    (row,) = extract(abstract)
    assert row.model == ""


@pytest.mark.parametrize("word", ["nuScenes", "text8", "Cityscapes", "BLEU", "iNaturalist", "AIME24"])
def test_words_that_look_like_names(word):
    assert looks_like_name(word, initial=False)


@pytest.mark.parametrize(
    "word", ["accuracy", "3D", "2-layer", "a", "42", "Task-3", "1990s", "modelInTable-Base"]
)
def test_words_that_do_not(word):
    assert not looks_like_name(word, initial=False)


def test_a_capital_says_nothing_at_the_start_of_a_sentence():
    assert not looks_like_name("However", initial=True)
    assert looks_like_name("CityScapes", initial=True)


def test_squeezed_names():
    assert squeeze("NTU RGB+D 120") == squeeze("ntu-rgbd-120") == "nturgbd120"
