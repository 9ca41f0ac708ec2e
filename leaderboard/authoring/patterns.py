"""Sentence patterns looked at one by one: can they be read, can they run away, can they ever win."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from leaderboard.lexicon import compile_lexicon
from leaderboard.patterns import PatternCompiler, PatternError, pattern_problem, well_formed
from leaderboard.rulebook import RuleError
from leaderboard.rulebook.loading import Source
from leaderboard.rulebook.problems import Problem, taken_id
from leaderboard.rulebook.yamlfile import Document, parse_yaml

PATIENCE = 0.25
"""Seconds that a pattern may take on one hostile sentence of 400 tokens."""

_GRAMMAR = re.compile(rb"^(?:classes|implies|rates|macros|naming|results)\s*:", re.MULTILINE)
_LENGTH = 400
_SAMPLES = 60


def pattern_problems(sources: Sequence[Source], checked: Sequence[Source]) -> list[Problem]:
    """Faults of the patterns in the `checked` files; they may use the words and macros of all `sources`."""
    told = {source.shown for source in checked}
    holders = [source for source in sources if _GRAMMAR.search(source.content)]
    if not any(source.shown in told for source in holders):
        return []
    parsed = [(source, document) for source in holders if (document := _parsed(source))]
    documents = [document for _, document in parsed]
    classes: dict[str, list[str]] = {}
    implies: dict[str, list[str]] = {}
    rates: dict[str, list[str]] = {}
    macros: dict[str, str] = {}
    for document in documents:
        classes |= _mapping(document, "classes")
        implies |= _mapping(document, "implies")
        rates |= _mapping(document, "rates")
        macros |= _mapping(document, "macros")
    if not classes:
        return []  # no lexicon to read patterns with: entries of a catalogue only
    compiler = PatternCompiler(compile_lexicon(classes, implies, rates), macros)
    problems = list(_taken_ids(parsed))
    rules: list[tuple[Document, int, dict[str, Any], Any]] = []
    for document in documents:
        for section in ("naming", "results"):
            for number, entry in enumerate(_entries(document, section)):
                compiled = _compiled(document, section, number, entry, compiler)
                if isinstance(compiled, Problem):
                    problems.append(compiled)
                    continue
                if document.file in told and (seconds := runs_away(compiled)):
                    what = f"the pattern of {entry['id']} can take {seconds:.1f} s on one sentence"
                    todo = "avoid repeats inside repeats; bound them: {0,3}"
                    problems.append(_at(document, (section, number, "pattern"), what, todo, "runaway"))
                elif section == "results":
                    rules.append((document, number, entry, compiled))
    problems += _shadowed(rules, told)
    return [problem for problem in problems if problem.file in told]


def _taken_ids(parsed: Sequence[tuple[Source, Document]]) -> Iterator[Problem]:
    """Ids that another rule of the same folder has: only one of the two would count."""
    places: dict[tuple[Path, str, str], str] = {}
    for source, document in parsed:
        for section in ("naming", "results"):
            for number, entry in enumerate(_entries(document, section)):
                spot = document.spot.at((section, number, "id"))
                key = (source.root, section, str(entry.get("id")))
                if key in places:
                    what, todo = taken_id(str(entry.get("id")), places[key])
                    yield Problem(document.file, spot.line, spot.column, what, todo, code="duplicate-id")
                places.setdefault(key, f"{document.file}:{spot.line}")


def _compiled(
    document: Document, section: str, number: int, entry: dict[str, Any], compiler: PatternCompiler
) -> Any:
    pattern = str(entry.get("pattern", ""))
    try:
        return compiler.compile(pattern) if pattern else well_formed(str(entry.get("regex", "")))
    except PatternError as error:
        return pattern_problem(error, document, section, number, compiler)


def runs_away(compiled: Any) -> float:
    """Seconds that a pattern takes on the worst of some hostile sentences, where that is too long; else 0."""
    symbols = sorted(set(re.findall(r"[^\x00-\x1f]", compiled.pattern)))[:400]
    if not symbols:
        return 0.0  # neither a pattern nor a regex, which is said elsewhere
    hostile = [symbol * _LENGTH for symbol in symbols[:40]]
    chance = random.Random(7)
    hostile += ["".join(chance.choices(symbols, k=_LENGTH)) for _ in range(10)]
    hostile += ["".join(chance.choices(symbols, k=4)) * (_LENGTH // 4) for _ in range(20)]
    for text in hostile:
        began = time.perf_counter()
        try:
            for _ in compiled.finditer(text, timeout=PATIENCE):
                pass
        except TimeoutError:
            return time.perf_counter() - began
    return 0.0


def _shadowed(rules: list[tuple[Document, int, dict[str, Any], Any]], told: set[str]) -> Iterator[Problem]:
    """Rules that never win: wherever they match, one of higher priority with the same captures matches."""
    for document, number, entry, compiled in rules:
        samples = samples_of(compiled) if document.file in told else []
        if len(samples) < 3:
            continue
        for _, _, other, other_compiled in rules:
            if other is entry or not _goes_before(other, entry, _earlier(rules, other, entry)):
                continue
            if all(_covers(other_compiled, compiled, sample) for sample in samples):
                what = f"{entry['id']} never wins: wherever it matches, {other['id']} goes before it"
                todo = f"raise its priority over {other.get('priority', 50)}, or remove it"
                yield _at(document, ("results", number, "id"), what, todo, "shadowed")
                break


def _earlier(rules: list[tuple[Document, int, dict[str, Any], Any]], first: Any, second: Any) -> bool:
    order = [entry for _, _, entry, _ in rules]
    return next(entry for entry in order if entry is first or entry is second) is first


def _goes_before(other: dict[str, Any], entry: dict[str, Any], earlier: bool) -> bool:
    first, second = other.get("priority", 50), entry.get("priority", 50)
    return first > second or (first == second and earlier)


def _covers(other: Any, compiled: Any, sample: str) -> bool:
    """Whether the other pattern captures all that this one captures in the sample."""
    match = compiled.search(sample)
    if match is None:
        return True
    spans = {name: set(match.spans(name)) for name in compiled.groupindex}
    for found in other.finditer(sample):
        for name in other.groupindex:
            if name in spans:
                spans[name] -= set(found.spans(name))
    return not any(spans.values())


def samples_of(compiled: Any) -> list[str]:
    """Sentences, as strings of symbols, that a pattern matches: random walks through it."""
    try:
        tree = re._parser.parse(compiled.pattern)  # type: ignore[attr-defined]
    except (re.error, RecursionError):
        return []
    chance = random.Random(7)
    found: set[str] = set()
    for _ in range(_SAMPLES * 4):
        text = "".join(_walk(tree, chance))
        if len(found) < _SAMPLES and compiled.search(text):
            found.add(text)
    return sorted(found)


def _walk(tree: Any, chance: random.Random) -> Iterator[str]:
    for name, value in tree:
        kind = str(name)
        if kind == "LITERAL":
            yield chr(value)
        elif kind == "IN":
            yield _one_of(value, chance)
        elif kind == "BRANCH":
            yield from _walk(chance.choice(value[1]), chance)
        elif kind in ("MAX_REPEAT", "MIN_REPEAT"):
            low, high, inner = value
            for _ in range(chance.randint(low, min(high, low + 2))):
                yield from _walk(inner, chance)
        elif kind == "SUBPATTERN":
            yield from _walk(value[3], chance)


def _one_of(options: Any, chance: random.Random) -> str:
    literals = [chr(value) for name, value in options if str(name) == "LITERAL"]
    if str(options[0][0]) == "NEGATE":
        return next(chr(code) for code in range(0xE100, 0xF000) if chr(code) not in literals)
    return chance.choice(literals) if literals else "w"


def _parsed(source: Source) -> Document | None:
    try:
        document = parse_yaml(source.content, source.shown)
    except RuleError:
        return None
    return document if isinstance(document.data, dict) else None


def _mapping(document: Document, key: str) -> dict[str, Any]:
    value = document.data.get(key)
    return value if isinstance(value, dict) else {}


def _entries(document: Document, key: str) -> list[dict[str, Any]]:
    value = document.data.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _at(document: Document, path: tuple[str | int, ...], what: str, todo: str, code: str) -> Problem:
    spot = document.spot.at(path)
    return Problem(document.file, spot.line, spot.column, what, todo, "warning", code)
