"""Papers to measure on: the real corpus where it is at hand, made-up abstracts elsewhere."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import orjson

REPOSITORY = Path(__file__).parent.parent
CORPUS = "corpus/arxiv-2025.jsonl.gz"

MADE_UP = 6000
"""Papers that are made up where no number is asked for."""

_OPENINGS = (
    "Learning from few labels is hard.", "Large models are slow.", "Maps of the deep sea are scarce.",
    "We look at how well machines read long texts.", "Robots meet doors that they have never seen.",
)  # fmt: skip
_METHODS = (
    "We present {name}, a network that shares its layers.",
    "In this paper we introduce {name}, which learns from unlabelled text.",
    "Our method, {name}, needs no teacher.",
)
_FILLERS = (
    "The idea is simple: what was computed once is kept.",
    "We tell apart what the data give and what the model adds.",
    "An ablation shows how much each part is worth.",
    "A theory of three pages explains when it must fail.",
    "The code and the weights can be had from the authors.",
)
_RESULTS = (
    "On {benchmark} it reaches {metric} of {value}%, {gain} points above the best earlier system.",
    "It achieves {value}% {metric} on {benchmark} and runs {factor}x faster.",
    "Experiments on {benchmark} give {metric} of {value} and {other}, respectively.",
)


def made_up(count: int, benchmarks: list[str], metrics: list[str], seed: int = 7) -> list[dict[str, str]]:
    """Abstracts of five to nine sentences, two fifths of them with a result, always the same for a seed."""
    chance = random.Random(seed)
    papers = []
    for number in range(count):
        name = f"{chance.choice('ABCDEFG')}{chance.choice(('net', 'former', 'Flow', 'LM'))}-{number}"
        told = [chance.choice(_OPENINGS), chance.choice(_METHODS).format(name=name)]
        told += chance.sample(_FILLERS, chance.randint(3, 5))
        if chance.random() < 0.4:
            told += [
                chance.choice(_RESULTS).format(
                    benchmark=chance.choice(benchmarks), metric=chance.choice(metrics),
                    value=round(chance.uniform(40, 99), 1), other=round(chance.uniform(40, 99), 1),
                    gain=round(chance.uniform(0.1, 5), 1), factor=chance.randint(2, 9),
                )
                for _ in range(chance.randint(1, 2))
            ]  # fmt: skip
        title = f"{name}: {told[0].rstrip('.')}"
        papers.append(
            {"id": f"made-{number}", "title": title, "abstract": " ".join(told), "date": "2025-01-01"}
        )
    return papers


def corpus_file(folder: Path, count: int, benchmarks: list[str], metrics: list[str]) -> tuple[Path, str]:
    """A packed file of so many papers, evenly spread, or of the whole corpus for 0, and what they are:
    `arxiv` where the shared data are, or `made up`, of which 0 are some thousands.
    """
    shared = Path(os.environ.get("LEADERBOARD_SHARED", REPOSITORY.parent / "shared")) / CORPUS
    path = folder / f"papers-{count}.jsonl.gz"
    if shared.is_file():
        with gzip.open(shared) as stream:
            lines = stream.readlines()
        step = max(1, len(lines) // count) if count else 1  # later papers report more results than early ones
        with gzip.open(path, "wb", 6) as packed:
            packed.writelines(lines[::step][: count or None])
        return path, "arxiv"
    with gzip.open(path, "wb", 6) as packed:
        packed.writelines(
            orjson.dumps(paper, option=orjson.OPT_APPEND_NEWLINE)
            for paper in made_up(count or MADE_UP, benchmarks, metrics)
        )
    return path, "made up"
