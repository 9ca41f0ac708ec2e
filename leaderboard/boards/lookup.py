"""Names as people type them, led to what the rows hold: by id, name, alias, and past small typing errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from leaderboard.boards.facts import Facts
from leaderboard.boards.folding import fold_name
from leaderboard.boards.scored import BenchmarkIndex, fold_split
from leaderboard.errors import LeaderboardError

#: Names this long may have one wrong, missing, doubled or swapped letter; much longer ones two.
MISSPELT_FROM, TWICE_FROM = 6, 11
#: Names at least this alike are offered.
OFFERED = 60.0


class UnknownBoard(LeaderboardError, LookupError):
    """No board has this name. `suggestions` are the nearest names there are, best first."""

    def __init__(
        self, what: str, name: str, suggestions: list[str], known: int, *, in_catalogue: bool = False
    ) -> None:
        self.what, self.name, self.suggestions = what, name, suggestions
        if suggestions:
            hint = f"did you mean {' or '.join(suggestions)}?"
        elif known:
            hint = f"there are {known} to choose from; list them with 'leaderboard boards'"
        else:
            hint = "the rows hold none"
        if in_catalogue:
            missing = f"the catalogue knows the {what} {name!r}, but the rows hold no result on it"
        else:
            missing = f"no {what} called {name!r}"
        super().__init__(f"{missing}: {hint}")

    def __str__(self) -> str:
        return str(self.args[0])


def find_benchmark(frame: pd.DataFrame, index: BenchmarkIndex, name: str, facts: Facts) -> str:
    """The benchmark key that a name leads to; `index` is that of the frame.

    Raises:
        UnknownBoard: when nothing is near enough, or several benchmarks are.
    """
    present = sorted(
        zip(index.sizes, index.keys, index.names, strict=True), key=lambda one: (-one[0], *one[1:])
    )
    names: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for _, key, printed in present:
        if not printed:
            continue
        known = facts.benchmark(key)
        shown.setdefault(key, known.name if known else printed)
        forms = (key, printed, *((known.name, *known.aliases) if known else ()))
        for form in forms:
            names.setdefault(fold_name(form), []).append(key)
    if name in shown:
        return name
    folded = fold_name(name)
    if folded not in names:
        if (in_catalogue := facts.benchmark_id(name)) in shown:
            return in_catalogue
        # The words as printed are many; they are looked at only when nothing better is known.
        texts = pd.DataFrame({"text": frame["benchmark_text"], "code": index.codes}).value_counts()
        exact = [
            index.keys[code] for text, code in texts.index.tolist() if text and fold_name(text) == folded
        ]
        if exact and exact[0] in shown:
            return str(exact[0])
    # A known benchmark that the rows do not have is not a misspelling of another one: MNIST of KMNIST.
    return _nearest("benchmark", name, names, shown, guess=not facts.benchmark_id(name))


def find_metric(rows: pd.DataFrame, name: str, facts: Facts) -> str:
    """The metric key, among those of a benchmark's scored rows, that a name leads to.

    Raises:
        UnknownBoard: when nothing is near enough.
    """
    names: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    benchmark_key = str(rows["benchmark_key"].iloc[0]) if len(rows) else ""
    for key, printed, text in rows[["metric_key", "metric", "metric_text"]].value_counts().index:
        known = facts.metric(key)
        shown.setdefault(key, known.name if known else printed)
        for form in (key, printed, text, *((known.name,) if known else ())):
            names.setdefault(fold_name(form), []).append(key)
    folded = fold_name(name)
    if name in shown:
        return name
    if folded not in names:
        key = facts.metric_key(benchmark_key, facts.metric_id(name))
        if key in shown:
            return key
    return _nearest("metric", name, names, shown)


def find_split(rows: pd.DataFrame, name: str, facts: Facts) -> str:
    """The split key, among those of a benchmark's scored rows, that a name leads to; `""` is the unnamed one.

    Raises:
        UnknownBoard: when nothing is near enough.
    """
    shown = {key: printed or "test" for key, printed in rows[["split_key", "split"]].value_counts().index}
    benchmark = facts.benchmark(str(rows["benchmark_key"].iloc[0])) if len(rows) else None
    folded = fold_name(name)
    if benchmark and folded in benchmark.subsets:
        folded = fold_name(benchmark.subsets[folded])
    for key in (folded, fold_split(name)):
        if key in shown:
            return key
    return _nearest("split", name, {fold_name(text): [key] for key, text in shown.items()}, shown)


def suggestions(name: str, names: Iterable[str], limit: int = 5) -> list[str]:
    """The names most like a name, best first.

    >>> suggestions("Imagnet", ["ImageNet", "COCO"])
    ['ImageNet']
    """
    found = process.extract(
        name, list(names), scorer=fuzz.WRatio, processor=fold_name, limit=limit, score_cutoff=OFFERED
    )
    return [one[0] for one in found]


def _nearest(
    what: str, name: str, names: Mapping[str, list[str]], shown: Mapping[str, str], guess: bool = True
) -> str:
    """The key of the name that is meant, if it is clear which."""
    folded = fold_name(name)
    if folded in names:
        return names[folded][0]
    if guess and (key := _misspelt(folded, names)):
        return key
    offered = process.extract(folded, list(names), scorer=fuzz.WRatio, limit=30, score_cutoff=OFFERED)
    ordered = [shown[key] for form, _, _ in offered if _alike(folded, form) for key in names[form]]
    raise UnknownBoard(what, name, list(dict.fromkeys(ordered))[:5], len(shown), in_catalogue=not guess)


def _alike(one: str, other: str) -> bool:
    """Whether a name is near enough to be offered: like it as a whole, or one the beginning of the other.

    Likeness of parts alone is not enough: "hle" stands in many a word.
    """
    begins = min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))
    return begins or fuzz.ratio(one, other) >= OFFERED


def _misspelt(folded: str, names: Mapping[str, list[str]]) -> str:
    """The one key whose name is a small typing error away, or nothing."""
    if len(folded) < MISSPELT_FROM:
        return ""
    allowed = 2 if len(folded) >= TWICE_FROM else 1
    found = process.extract(folded, list(names), scorer=OSA.distance, limit=12, score_cutoff=allowed)
    # CIFAR-10 is no misspelling of CIFAR-100.
    near = [(form, distance) for form, distance, _ in found if _digits(form) == _digits(folded)]
    nearest = min((distance for _, distance in near), default=0)
    keys = {key for form, distance in near if distance == nearest for key in names[form]}
    return keys.pop() if len(keys) == 1 else ""


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))
