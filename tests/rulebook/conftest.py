"""Small folders of rules to test with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from leaderboard.rulebook import RuleSet, load_rules

Write = Callable[..., Path]

SMALL = """
    area: vision
    metrics:
    - {id: accuracy, name: accuracy, aliases: [accuracies, acc], unit: "%", range: [0, 100]}
    - {id: f1, name: F1, aliases: [F1 score], higher_is_better: true}
    - {id: auc, name: AUC}
    - {id: map, name: mAP, cased: true}
    - {id: recall, name: recall, ambiguous: true}
    - {id: recall-at-1, name: R@1}
    - {id: vqa-accuracy, name: VQA accuracy, family: accuracy}
    - {id: geneval-score, name: GenEval score}
    tasks:
    - {id: image-classification, name: Image Classification, area: vision}
    - {id: vqa, name: visual question answering}
    benchmarks:
    - {id: imagenet, name: ImageNet, aliases: [ImageNet-1k, ILSVRC2012], tasks: [image-classification],
       metrics: [accuracy], splits: [val, test], not: [ImageNet pretraining]}
    - {id: imagenet-a, name: ImageNet-A}
    - {id: cifar-10, name: CIFAR-10, metrics: [accuracy], range: {accuracy: [10, 100]}}
    - {id: cifar-100, name: CIFAR-100}
    - {id: coco, name: COCO, aliases: [MS COCO], splits: [test-dev]}
    - {id: cars, name: Cars, aliases: [Stanford Cars], ambiguous: true}
    - {id: places, name: Places}
    - {id: glue, name: GLUE}
    - {id: vqa, name: VQA}
    - {id: infinity, name: ∞Bench, aliases: ['$\\tau$-Bank']}
    - {id: geneval, name: GenEval}
    - {id: humaneval, name: HumanEval}
    - {id: humaneval-plus, name: HumanEval+}
    - id: wmt-2014
      name: WMT 2014
      subsets:
      - {id: en-de, name: English-German, aliases: [En-De, English-to-German]}
      - {id: en-fr, name: English-French, aliases: [En-Fr]}
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("LEADERBOARD_CACHE", str(folder))
    monkeypatch.delenv("LEADERBOARD_RULES", raising=False)
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file into a folder of rules and returns the folder: write("user", "more.yaml", text)."""

    def _write(folder: str, name: str, text: str) -> Path:
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return tmp_path / folder

    return _write


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """Rules of a dozen entries."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "all.yaml").write_text(dedent(SMALL), encoding="utf-8")
    return load_rules(folder, builtin=False)
