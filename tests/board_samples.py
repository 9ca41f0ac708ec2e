"""Rows and a small catalogue for the tests of boards and exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from leaderboard.boards import results_frame
from leaderboard.rulebook import RuleSet, load_rules

METRICS = """\
metrics:
- {id: accuracy, name: accuracy, higher_is_better: true, unit: "%", range: [0, 100], scale: percent}
- {id: test-accuracy, name: test accuracy, higher_is_better: true, unit: "%", range: [0, 100], scale: percent,
   family: accuracy}
- {id: top-1-accuracy, name: top-1 accuracy, aliases: [top-1], higher_is_better: true, unit: "%",
   range: [0, 100], scale: percent, family: accuracy}
- {id: top-5-accuracy, name: top-5 accuracy, higher_is_better: true, unit: "%", range: [0, 100],
   scale: percent, family: accuracy}
- {id: error-rate, name: error rate, higher_is_better: false, unit: "%", range: [0, 100], scale: percent}
- {id: auc-fraction, name: AUC score, higher_is_better: true, range: [0, 1], scale: fraction}
- {id: mrr, name: MRR, higher_is_better: true, range: [0, 100]}
- {id: bleu, name: BLEU, higher_is_better: true, range: [0, 100], scale: percent}
- {id: latency, name: latency, higher_is_better: false, unit: ms}
- {id: gini, name: Gini index}
"""
TASKS = """\
tasks:
- {id: lane-detection, name: Lane Detection, area: vision}
- {id: image-classification, name: Image Classification, area: vision}
- {id: machine-translation, name: Machine Translation, area: nlp}
"""
BENCHMARKS = """\
benchmarks:
- {id: tusimple, name: TuSimple, aliases: [TuSimple Lane Challenge], area: vision, tasks: [lane-detection],
   metrics: [accuracy, error-rate, latency, mrr, gini, auc-fraction], range: {accuracy: [20, 100]}}
- {id: imagenet, name: ImageNet, aliases: [ILSVRC2012], area: vision, tasks: [image-classification],
   metrics: [top-1-accuracy, accuracy, top-5-accuracy], splits: [val, test]}
- {id: cifar-10, name: CIFAR-10, area: vision, tasks: [image-classification], metrics: [accuracy]}
- {id: cifar-100, name: CIFAR-100, area: vision, tasks: [image-classification], metrics: [accuracy]}
- {id: onesplit, name: OneSplit, area: vision, metrics: [accuracy], splits: [val]}
- id: wmt14
  name: WMT 2014
  area: nlp
  tasks: [machine-translation]
  metrics: [bleu]
  subsets:
  - {id: en-de, name: En-De, aliases: [English-German]}
  - {id: en-fr, name: En-Fr}
"""


def small_catalogue(folder: Path) -> RuleSet:
    """A rule set of a few benchmarks, written to the folder."""
    (folder / "benchmarks").mkdir()
    (folder / "metrics.yaml").write_text(METRICS)
    (folder / "tasks.yaml").write_text(TASKS)
    (folder / "benchmarks" / "few.yaml").write_text(BENCHMARKS)
    return load_rules(folder, builtin=False)


def row(value: float = 96.5, **fields: Any) -> dict[str, Any]:
    """A row of a paper's own accuracy on TuSimple, with some fields changed."""
    number = str(value).removesuffix(".0")
    return {
        "paper_id": "2101.00001",
        "title": "Spatial networks for finding lanes",
        "date": "2021-01-15",
        "model": "LaneNet",
        "benchmark": "TuSimple",
        "benchmark_id": "tusimple",
        "benchmark_text": "TuSimple",
        "metric": "accuracy",
        "metric_id": "accuracy",
        "higher_is_better": True,
        "value": value,
        "unit": "%",
        "kind": "score",
        "holder": "own",
        "field": "abstract",
        "start": 10,
        "end": 10 + len(number),
        "sentence": f"It gets {number} there.",
        "rule": "score-on",
        "confidence": 0.9,
        **fields,
    }


def paper(number: int, value: float = 96.5, **fields: Any) -> dict[str, Any]:
    """A row of the paper with this number, which has its own title, model and month."""
    return row(
        value,
        **{
            "paper_id": f"21{number % 12 + 1:02d}.{number:05d}",
            "title": f"Some long title of the paper {number}",
            "date": f"{2012 + number % 12}-{number % 12 + 1:02d}-01",
            "model": f"Net{number}",
            **fields,
        },
    )


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """The results frame of some rows."""
    return results_frame(rows)
