"""When two names mean the same: the forgiving comparison of benchmarks, metrics and systems.

A reader accepts "Cityscapes test set" for "Cityscapes" and "top-1 acc." for "top-1 accuracy". Names are
compared as words, without case, punctuation and LaTeX, and without the nouns that any data set can carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

DATA_NOUNS = frozenset(
    (
        *("benchmark", "benchmarks", "challenge", "collection", "corpus", "data", "database", "dataset"),
        *("datasets", "dev", "leaderboard", "set", "suite", "task", "tasks", "test", "testset", "the"),
        *("val", "validation"),
    )
)
"""Words that a benchmark's name can gain or lose and stay the same name."""

MOST_EXTRA_WORDS = 3
"""A printed name may be longer than the accepted one by so many words: a split, a year, a language pair."""

_COMMAND = re.compile(r"\\[a-zA-Z]+")
_WORD = re.compile(r"[^\W_]+")

# Spellings of one metric, folded one after the other over normalised words: the longer before its parts.
_FOLDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{spellings})\b"), short)
    for spellings, short in (
        (r"peak signal to noise ratio", "psnr"),
        (r"mean average precision", "map"),
        (r"average precision", "ap"),
        (r"mean intersection over union|mean iou", "miou"),
        (r"intersection over union", "iou"),
        (r"word error rates?", "wer"),
        (r"character error rates?", "cer"),
        (r"equal error rates?", "eer"),
        (r"area under the (?:roc|receiver operating characteristic) curve|auc roc|roc auc|auroc", "auc"),
        (r"area under (?:the )?curve", "auc"),
        (r"f1? ?measure|f ?1? ?scores?|f 1", "f1"),
        (r"macro averaged", "macro"),
        (r"micro averaged", "micro"),
        (r"mean absolute error", "mae"),
        (r"root mean squared? error", "rmse"),
        (r"fr[eé]chet inception distance", "fid"),
        (r"accuracies|acc", "accuracy"),
        (r"top (\d)", r"top\1"),
        (r"errors?(?: rates?)?", "error"),
        (r"success(?:ful)? rates?", "successrate"),
        (r"pass (?:at )?(\d+)", r"pass\1"),
        (r"exact match", "em"),
        (r"(?:score|rate|point|result)s?|performance", ""),
        (
            r"speed ?up|speed|faster|throughput|inference (?:time|speed)|latency|runtime|training time|time",
            "speed",
        ),
        (r"parameters?|params|model size", "parameters"),
    )
)


def words_of(name: str) -> list[str]:
    """The words of a name in lower case, LaTeX commands and punctuation left out.

    >>> words_of(r"F$_1$ on \\textbf{CoNLL-2003}")
    ['f', '1', 'on', 'conll', '2003']
    """
    return _WORD.findall(_COMMAND.sub(" ", name).lower().replace("@", " "))


@lru_cache(maxsize=8192)
def core_words(name: str) -> tuple[str, ...]:
    """The words of a benchmark's or a system's name that make it that name."""
    words = words_of(name)
    return tuple(word for word in words if word not in DATA_NOUNS) or tuple(words)


@lru_cache(maxsize=8192)
def metric_words(name: str) -> frozenset[str]:
    """What a metric's name says, its spellings folded: "word error rate" and "WER" say the same.

    >>> metric_words("Word Error Rate") == metric_words("WER")
    True
    """
    text = " ".join(words_of(name))
    for pattern, short in _FOLDS:
        text = pattern.sub(short, text)
    return frozenset(text.split())


def same_benchmark(accepted: Sequence[str], said: Iterable[str]) -> bool:
    """Whether one of the names said is an accepted one, perhaps with a few more words before or after.

    Where none is accepted, none must be said.
    """
    names = [core_words(name) for name in said if name]
    if not accepted:
        return not names
    return any(_is_or_extends(name, core_words(form)) for name in names for form in accepted)


def _is_or_extends(name: tuple[str, ...], accepted: tuple[str, ...]) -> bool:
    if "".join(name) == "".join(accepted):
        return True
    size = len(accepted)
    if not 0 < len(name) - size <= MOST_EXTRA_WORDS:
        return False
    return accepted in (name[:size], name[-size:])


def same_metric(accepted: Sequence[str], said: Iterable[str]) -> bool:
    """Whether a metric said and an accepted one agree, or one says more of the same; any will do for none."""
    if not accepted:
        return True
    forms = [metric_words(form) for form in accepted]
    return any(_agree(metric_words(name), form) for name in said if name for form in forms)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    return one <= other or other <= one


def same_model(accepted: Sequence[str], said: str) -> bool:
    """Whether the system said is an accepted one; any will do if none is given."""
    if not accepted:
        return True
    name = "".join(core_words(said))
    return bool(name) and any(name == "".join(core_words(form)) for form in accepted)
