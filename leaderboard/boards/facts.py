"""What the boards need to know of a benchmark and of a metric, taken from the catalogue.

The boards ask for few things: names, the direction and the scale of a metric, its plausible range, a
benchmark's metrics and variants. `facts_of` takes them from a loaded rule set, entry by entry as they are
asked for, so that nothing here depends on how the catalogue is written and a board costs only its own entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from leaderboard.boards.folding import fold_name

Scale = Literal["percent", "fraction", ""]

_LANGUAGE_PAIR = re.compile(r"[a-z]{2,3}-[a-z]{2,3}")

# Metrics that say the same as the more general one; the others of a family (top-5, balanced) do not.
_PLAIN = frozenset(("classification-accuracy", "test-accuracy", "overall-accuracy", "answer-accuracy"))


@dataclass(frozen=True)
class MetricFacts:
    """A metric: which way is better, how it is printed, and which scores can be true.

    `low` and `high` are on the metric's own scale: 0 to 100 for `percent`, 0 to 1 for `fraction`.
    """

    name: str
    higher_is_better: bool | None = None
    scale: Scale = ""
    low: float | None = None
    high: float | None = None
    family: str = ""


@dataclass(frozen=True)
class BenchmarkFacts:
    """A benchmark: its names, where it belongs, its metrics (the first is the default) and its variants.

    `subsets` leads from folded printed forms to the name of the variant.
    """

    name: str
    aliases: tuple[str, ...] = ()
    area: str = ""
    tasks: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    subsets: Mapping[str, str] = field(default_factory=dict)
    language_pairs: bool = False
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)


class Facts:
    """Facts by catalogue id. `rules` is a loaded rule set, or None where nothing is known.

    >>> Facts(None).metric("accuracy") is None
    True
    """

    def __init__(self, rules: Any) -> None:
        self._rules = rules
        self._benchmarks: dict[str, BenchmarkFacts | None] = {}
        self._metrics: dict[str, MetricFacts | None] = {}

    def benchmark(self, key: str) -> BenchmarkFacts | None:
        """The benchmark with this catalogue id, or None."""
        if key not in self._benchmarks:
            self._benchmarks[key] = self._benchmark(key)
        return self._benchmarks[key]

    def metric(self, key: str) -> MetricFacts | None:
        """The metric with this catalogue id, or None."""
        if key not in self._metrics:
            self._metrics[key] = self._metric(key)
        return self._metrics[key]

    def metric_key(self, benchmark_id: str, metric_id: str) -> str:
        """The metric under which a result is ranked: "accuracy" on ImageNet is its top-1 accuracy.

        A general metric stands for the benchmark's own one of that family, where there is no doubt which; and
        metrics that only say on what they were measured ("test accuracy") are the general one.
        """
        found = self.metric(metric_id)
        if found is None:
            return metric_id
        if metric_id in _PLAIN and found.family:
            metric_id = found.family
        own = self._own_metrics(benchmark_id)
        members = [name for name in own if (one := self.metric(name)) and one.family == metric_id]
        # "Accuracy" alone is the benchmark's main one (top-1 before top-5); "AP" alone could be of boxes,
        # masks or keypoints, so it stands for another metric only where the benchmark has no more than one.
        if metric_id == "accuracy" and members and members[0] == own[0]:
            return members[0]
        return members[0] if len(members) == 1 and metric_id not in own else metric_id

    def benchmark_id(self, name: str) -> str:
        """The id of the benchmark with this name or alias in any spelling, or nothing."""
        return self._resolved("resolve_benchmark", name)

    def metric_id(self, name: str) -> str:
        """The id of the metric with this name or alias in any spelling, or nothing."""
        return self._resolved("resolve_metric", name)

    def _own_metrics(self, benchmark_id: str) -> tuple[str, ...]:
        found = self.benchmark(benchmark_id)
        return found.metrics if found else ()

    def _resolved(self, how: str, name: str) -> str:
        resolve = getattr(self._rules, how, None)
        found = resolve(name) if resolve and name.strip() else None
        return str(found.id) if found else ""

    def _entries(self, table: str) -> Mapping[str, Any]:
        entries: Mapping[str, Any] = getattr(self._rules, table, {})
        return entries

    def _benchmark(self, key: str) -> BenchmarkFacts | None:
        one = self._entries("benchmarks").get(key)
        if one is None:
            return None
        tasks = self._entries("tasks")
        subsets = {
            fold_name(form): part.name for part in one.subsets for form in (part.id, part.name, *part.aliases)
        }
        pairs = [bool(_LANGUAGE_PAIR.fullmatch(part.id)) for part in one.subsets]
        return BenchmarkFacts(
            name=one.name,
            aliases=tuple(one.aliases),
            area=one.area,
            tasks=tuple(tasks[task].name if task in tasks else task for task in one.tasks),
            metrics=tuple(one.metrics),
            splits=tuple(one.splits),
            subsets=subsets,
            language_pairs=bool(pairs) and all(pairs),
            ranges={name: (low, high) for name, low, high in one.range},
        )

    def _metric(self, key: str) -> MetricFacts | None:
        one = self._entries("metrics").get(key)
        if one is None:
            return None
        low, high = one.range or (None, None)
        scale: Scale = one.scale
        # Printed as 0.35 and as 35: the catalogue gives no scale then, and a range that admits both.
        if not scale and one.unit in ("", "%") and high == 100 and low is not None and low <= 0:
            scale, low = "percent", min(low * 100, 0.0)
        return MetricFacts(one.name, one.higher_is_better, scale, low, high, one.family)


def facts_of(rules: Any = None) -> Facts:
    """The facts of a loaded rule set; of the built-in rules when none is given, loaded once.

    Facts are given back as they are, so that functions take either.
    """
    if isinstance(rules, Facts):
        return rules
    if rules is not None:
        return Facts(rules)
    global _builtin
    if _builtin is None:
        from leaderboard.rulebook import load_rules

        _builtin = Facts(load_rules())
    return _builtin


_builtin: Facts | None = None
