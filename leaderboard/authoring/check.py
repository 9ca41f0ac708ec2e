"""Everything that can be said of rule files without a corpus, each finding with its place and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from leaderboard.authoring.examples import Extract, Outcome, run_examples
from leaderboard.authoring.patterns import pattern_problems
from leaderboard.rulebook import RuleError, RuleSet
from leaderboard.rulebook.compiling import compile_sources
from leaderboard.rulebook.folders import builtin_folder
from leaderboard.rulebook.forms import breaks, derived, key_of, plain
from leaderboard.rulebook.loading import Source, digest_of, keep, read_sources
from leaderboard.rulebook.problems import Problem
from leaderboard.rulebook.yamlfile import parse_yaml

Extractor = Callable[[RuleSet], Extract]
"""Gives what reads a paper with these rules."""


def check(
    paths: Sequence[Path], extractor: Extractor | None = None, *, builtin: bool = True
) -> list[Problem]:
    """Problems of the folders in `paths` (or of the built-in rules where there are none), in order of place.

    The files are read as they would be used, laid over the built-in rules unless `builtin` is False; only
    problems of the given folders are told. With an `extractor`, the examples are run too.
    """
    own = builtin_folder().resolve()
    inner = [
        path.resolve() for path in paths if path.resolve().is_relative_to(own)
    ]  # built-in files themselves
    outer = [path for path in paths if not path.resolve().is_relative_to(own)]
    base = [own] if builtin or not outer else []
    try:
        sources = read_sources([*base, *outer], builtin=bool(base))
    except RuleError as error:
        return error.problems
    ours = [source for source in sources if not source.builtin or not paths or _is_in(source, inner)]
    compiled, problems = compile_sources(sources)
    faults = list(problems)
    problems += pattern_problems(sources, ours)
    for source in ours:
        problems += _needless_aliases(source)
    shown = {source.shown for source in ours}
    problems = [problem for problem in problems if problem.file in shown]
    if extractor and not any(problem.severity == "error" for problem in problems):
        rules = keep(compiled, faults, digest_of(sources), [*base, *outer])
        problems += _example_problems(run_examples(rules, extractor(rules)), ours)
    return sorted(set(problems))


def _is_in(source: Source, places: Sequence[Path]) -> bool:
    path = (source.root if source.root.is_file() else source.root / source.inside).resolve()
    return any(path.is_relative_to(place) for place in places)


def _needless_aliases(source: Source) -> Iterator[Problem]:
    """Aliases that are found without being listed: they do no harm, but hide those that are needed."""
    try:
        document = parse_yaml(source.content, source.shown)
    except RuleError:
        return
    for section in ("benchmarks", "metrics", "tasks"):
        entries = document.data.get(section) if isinstance(document.data, dict) else None
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            for at, alias, other in _repeated(entry):
                spot = document.spot.at((section, number, "aliases", at))
                yield Problem(
                    source.shown, spot.line, spot.column,
                    f'the alias "{alias}" is found without being listed, as a form of "{other}"',
                    "remove it", "warning", "needless-alias",
                )  # fmt: skip


def _repeated(entry: Any) -> Iterator[tuple[int, str, str]]:
    """Aliases of an entry that another of its names covers, case and signs apart."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return
    if entry.get("cased") or entry.get("ambiguous"):
        return  # each case has to be listed
    aliases = entry.get("aliases")
    covered = {key_of(plain(form)): entry["name"] for form in (entry["name"], *derived(entry["name"]))}
    for at, alias in enumerate(aliases if isinstance(aliases, list) else ()):
        if not isinstance(alias, str) or sum(map(str.isalpha, alias)) <= 3 or alias.islower():
            continue
        key = key_of(plain(alias))
        if key in covered and _same_breaks(alias, covered[key]):
            yield at, alias, covered[key]
        covered.setdefault(key, alias)


def _same_breaks(alias: str, other: str) -> bool:
    """Whether the alias is not broken in more places than the other form: "Image Net" adds a place to
    "Imagenet"."""
    return set(breaks(alias)) <= set(breaks(other))


def _example_problems(outcomes: Sequence[Outcome], sources: Sequence[Source]) -> Iterator[Problem]:
    shown = {source.shown for source in sources}
    for outcome in outcomes:
        file, _, line = outcome.source.rpartition(":")
        if not line.isdigit():
            file, line = outcome.source, "0"
        if not outcome.failed or file not in shown:
            continue
        text = outcome.text if len(outcome.text) <= 60 else outcome.text[:57] + "..."
        if outcome.passed:
            what = f'{outcome.rule}: the known miss "{text}" is right now'
            yield Problem(file, int(line), 1, what, "remove known_miss", "error", "example")
            continue
        what = f'{outcome.rule}: the example "{text}" gives other rows: {"; ".join(outcome.lines())}'
        todo = "mend the rule or the example; leaderboard rules test shows the difference"
        yield Problem(file, int(line), 1, what, todo, "error", "example")
