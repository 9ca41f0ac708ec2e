"""Which rules and entries a corpus brings to life, how often, with samples, and which never."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from leaderboard.models import Paper, Result
from leaderboard.rulebook import RuleSet

Section = Literal["rules", "benchmarks", "metrics", "tasks"]


@dataclass(slots=True)
class Coverage:
    """Counts of rows by rule and of mentions by entry. `samples` holds a few sentences for each."""

    papers: int = 0
    rows: int = 0
    fired: dict[Section, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    in_rows: dict[Section, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    samples: dict[tuple[Section, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    never: dict[Section, list[str]] = field(default_factory=dict)


def coverage(
    read: Iterable[tuple[Paper, list[Result]]], rules: RuleSet, rule_ids: Iterable[str] = (), samples: int = 3
) -> Coverage:
    """Count what fires over papers and their rows.

    `fired` counts rows for the section "rules", and papers that print the name for the catalogue's; `in_rows`
    counts the rows that carry an entry. `rule_ids` are the rules that could fire; `never` lists what did not.
    """
    report = Coverage()
    kinds: dict[str, Section] = {"benchmark": "benchmarks", "metric": "metrics", "task": "tasks"}
    for paper, rows in read:
        report.papers += 1
        report.rows += len(rows)
        for row in rows:
            _count(report, "rules", row.rule, row.sentence, samples)
            for section, name in (("benchmarks", row.benchmark_id), ("metrics", row.metric_id)):
                if name:
                    report.in_rows[section][name] += 1  # type: ignore[index]
        seen = set()
        for text in (paper.title, paper.abstract):
            for hit in rules.names.find(text):
                if hit.sure and (hit.kind, hit.id) not in seen:
                    seen.add((hit.kind, hit.id))
                    around = text[max(0, hit.start - 60) : hit.end + 60]
                    _count(report, kinds[hit.kind], hit.id, around, samples)
    possible: dict[Section, Iterable[str]] = {
        "rules": rule_ids, "benchmarks": rules.benchmarks, "metrics": rules.metrics, "tasks": rules.tasks,
    }  # fmt: skip
    report.never = {
        section: sorted(set(names) - set(report.fired[section])) for section, names in possible.items()
    }
    return report


def _count(report: Coverage, section: Section, name: str, sentence: str, samples: int) -> None:
    report.fired[section][name] += 1
    kept = report.samples[section, name]
    if len(kept) < samples:
        kept.append(" ".join(sentence.split()))
