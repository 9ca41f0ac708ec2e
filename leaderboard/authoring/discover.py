"""Benchmarks that results name and the catalogue does not have, the most frequent first, with a ready
entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from leaderboard.authoring.new import listed, quoted
from leaderboard.models import Result
from leaderboard.rulebook import RuleSet
from leaderboard.rulebook.forms import slug, squeeze


@dataclass(frozen=True, slots=True)
class Missing:
    """A benchmark that is not in the catalogue: its prints by frequency, where it was met, and an entry."""

    name: str
    prints: list[str]
    papers: int
    rows: int
    metrics: list[str]
    tasks: list[str]
    sentences: list[str]
    near: list[str]
    entry: str


def discover(
    rows: Iterable[Result], rules: RuleSet, *, min_papers: int = 2, samples: int = 3
) -> list[Missing]:
    """Names of rows without a catalogue id, grouped over spellings, by number of papers.

    Names that have come into the catalogue since the rows were made are left out, and what is said of several
    benchmarks at once.
    """
    groups: dict[str, list[Result]] = defaultdict(list)
    for row in rows:
        if row.benchmark and not row.benchmark_id and ", " not in row.benchmark_text:
            groups[squeeze(row.benchmark)].append(row)
    found = []
    for group in groups.values():
        papers = len({row.paper_id or row.sentence for row in group})
        prints = [name for name, _ in Counter(row.benchmark for row in group).most_common()]
        if papers < min_papers or any(rules.resolve_benchmark(name) for name in prints):
            continue
        metrics = _most_common(row.metric_id for row in group)
        known = (rules.resolve_task(row.task) for row in group if row.task)
        tasks = _most_common(task.id for task in known if task)
        found.append(
            Missing(
                name=prints[0],
                prints=prints,
                papers=papers,
                rows=len(group),
                metrics=metrics,
                tasks=tasks,
                sentences=list(dict.fromkeys(" ".join(row.sentence.split()) for row in group))[:samples],
                near=rules.names.suggest(prints[0], "benchmark", 2),
                entry=entry_of(prints, tasks, metrics),
            )
        )
    return sorted(found, key=lambda one: (-one.papers, -one.rows, one.name.casefold()))


def entry_of(prints: list[str], tasks: list[str], metrics: list[str]) -> str:
    """A YAML entry for a list of benchmarks, to be read over before it is used."""
    lines = [f"- id: {quoted(slug(prints[0]) or 'name-it')}", f"  name: {quoted(prints[0])}"]
    if tasks:
        lines.append(f"  tasks: {listed(tasks[:2])}")
    if metrics:
        lines.append(f"  metrics: {listed(metrics[:3])}")
    return "\n".join(lines)


def _most_common(names: Iterable[str]) -> list[str]:
    return [name for name, _ in Counter(name for name in names if name).most_common()]
