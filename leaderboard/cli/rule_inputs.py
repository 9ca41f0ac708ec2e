"""What the commands of `leaderboard rules` read: rules, their entries, papers, rows and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaderboard.cli.rule_views import in_line, plain
from leaderboard.cli.rulesets import each_once

if TYPE_CHECKING:
    from leaderboard.models import Paper, Result
    from leaderboard.rulebook import RuleSet


def load(folders: list[Path] | None) -> RuleSet:
    """The rules of these folders and of those that are found by themselves, on top of the built-in ones."""
    from leaderboard.rulebook import load_rules

    return load_rules(*each_once(folders or []), discover=True)


def is_discovered(folder: Path) -> bool:
    """Whether a folder is found without being named."""
    from leaderboard.rulebook.folders import discovered_folders

    return folder.resolve() in {found.resolve() for found in discovered_folders()}


def extractor_of(rules: RuleSet) -> Callable[[Paper], list[Result]]:
    """What extracts the rows of a paper with these rules."""
    from leaderboard.extraction import extract_paper

    return partial(extract_paper, rules=rules)


def papers_of(source: str, limit: int) -> Iterator[Paper]:
    """The papers of a file or address that can be read, at most so many; 0 means all."""
    from leaderboard.models import Paper
    from leaderboard.readers import read_papers

    count = 0
    for item in read_papers(source):
        if isinstance(item, Paper):
            yield item
            count += 1
            if count == limit:
                return


def rows_in(source: str, rules: RuleSet, limit: int) -> Iterator[Result]:
    """Rows of a file that extract wrote, or the rows of the papers of a corpus."""
    from leaderboard.authoring.rowfiles import read_rows

    rows = read_rows(Path(source)) if Path(source).is_file() else None
    if rows is not None:
        yield from rows
        return
    extract = extractor_of(rules)
    for paper in papers_of(source, limit):
        yield from extract(paper)


def figures_on(gold: Path, *extractors: Callable[[Paper], list[Result]]) -> dict[str, list[dict[str, float]]]:
    """Precision, recall and F1 at each level on a gold file, for each extractor."""
    from leaderboard.evaluate import LEVELS, evaluate, read_gold

    papers = read_gold(gold)
    found: dict[str, list[dict[str, float]]] = {level: [] for level in LEVELS}
    for extract in extractors:
        evaluation = evaluate(papers, {paper.id: extract(paper.paper) for paper in papers})
        for level in LEVELS:
            counts = evaluation.counts(level)
            found[level].append({"precision": counts.precision, "recall": counts.recall, "F1": counts.f1})
    return found


def rule_ids(rules: RuleSet) -> list[str]:
    """Ids of the rules that make rows."""
    return [line["id"] for line in lines_of(rules, "patterns") if line["section"] == "results"]


def lines_of(rules: RuleSet, section: str) -> Iterator[dict[str, Any]]:
    """The entries of a section, or the patterns, each as plain data."""
    if section != "patterns":
        for entry in getattr(rules, section).values():
            yield {"section": section} | plain(entry)
        return
    for read in rules.extra.get("patterns", ()):
        for part in ("naming", "results"):
            for entry in read["data"].get(part, ()):
                yield {
                    "section": part,
                    "name": entry.get("pattern") or entry["regex"],
                    "source": read["file"],
                } | entry


def entries_named(rules: RuleSet, name: str) -> list[dict[str, Any]]:
    """The entries and patterns that a name or an id means."""
    found = []
    for section, kind in (("benchmarks", "benchmark"), ("metrics", "metric"), ("tasks", "task")):
        known = rules.names.resolve(name, kind)  # type: ignore[arg-type]
        if known:
            found.append({"section": section} | plain(getattr(rules, section)[known]))
    return found + [line for line in lines_of(rules, "patterns") if line["id"] == name]


def not_found(rules: RuleSet, name: str) -> str:
    """What to say where a name means nothing, with what may have been meant."""
    from leaderboard.rulebook.problems import nearest

    near = rules.names.suggest(name, "benchmark") + rules.names.suggest(name, "metric", 1)
    near += nearest(name, [line["id"] for line in lines_of(rules, "patterns")], 1)
    hint = f"did you mean {' or '.join(near)}?" if near else "see leaderboard rules list"
    return f"the rules have no such entry ({hint})"


def firings_of(rules: RuleSet, ids: set[str], corpus: str, limit: int) -> list[str]:
    """The sentences of a corpus that gave rows by these rules or with these entries."""
    extract = extractor_of(rules)
    found = []
    for paper in papers_of(corpus, limit):
        for row in extract(paper):
            if ids & {row.rule, row.benchmark_id, row.metric_id}:
                found.append(in_line(row))
    return found
