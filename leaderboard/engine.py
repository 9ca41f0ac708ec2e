"""The compiled rules, ready to read sentences with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaderboard.lexicon import ABOUT_RESULTS, Lexicon, compile_lexicon
from leaderboard.mentions.context import NameKinds, family_pattern
from leaderboard.patterns import PatternCompiler, PatternError, RuleList, compile_rules, pattern_problem
from leaderboard.rulebook import RuleError, RuleSet, load_rules
from leaderboard.rulebook.problems import Problem
from leaderboard.rulebook.yamlfile import read_yaml


@dataclass(slots=True)
class Engine:
    """Everything that reading a paper needs: the catalogue, the lexicon, and the two layers of rules."""

    rules: RuleSet
    lexicon: Lexicon
    naming: RuleList
    results: RuleList
    kinds: NameKinds
    reliability: Mapping[str, Mapping[str, float]]
    about_results: frozenset[str]
    """First words, in lower case, of the phrases that say that something was measured."""

    def confidence(self, sources: Mapping[str, str], catalogued: bool) -> float:
        """How often rows that came about like this one are right, from 0 to 1.

        The product of the measured reliabilities (`rules/confidence.yaml`) of where each field came from.
        """
        table = self.reliability
        product = _share(table["rule"], sources.get("kind", "other"))
        for field in ("metric", "benchmark", "holder"):
            product *= _share(table[field], sources.get(field, "none"))
        if sources.get("benchmark") and not catalogued:
            product *= table["benchmark"].get("open", 1.0)
        return round(min(product, 0.99), 3)


def _share(table: Mapping[str, float], source: str) -> float:
    return table.get(source, table.get("other", 1.0))


def engine(rules: RuleSet | None = None) -> Engine:
    """The engine over a set of rules, the built-in ones by default; compiled once for each set.

    Raises RuleError, with file, line and column, for a pattern that cannot be read.
    """
    return _engines(_ByDigest(rules if rules is not None else load_rules()))


@dataclass(frozen=True, slots=True)
class _ByDigest:
    """A set of rules that is equal to another with the same contents."""

    rules: RuleSet

    def __hash__(self) -> int:
        return hash(self.rules.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and self.rules.digest == other.rules.digest


@lru_cache(maxsize=8)
def _engines(key: _ByDigest) -> Engine:
    rules = key.rules
    words, macros = _joined(rules, "lexicon"), {}
    naming: dict[str, dict[str, Any]] = {}
    results: dict[str, dict[str, Any]] = {}
    for part in rules.extra.get("patterns", ()):
        macros.update(part["data"].get("macros", {}))
        for layer, entries in (("naming", naming), ("results", results)):
            for number, entry in enumerate(part["data"].get(layer, ())):
                place = {"builtin": part["builtin"], "file": part["file"], "number": number}
                entries[entry["id"]] = entry | place
    lexicon = compile_lexicon(words.get("classes", {}), words.get("implies", {}))
    compiler = PatternCompiler(lexicon, macros)
    names = _joined(rules, "names")
    return Engine(
        rules,
        lexicon,
        _compiled("naming", naming, compiler),
        _compiled("results", results, compiler),
        NameKinds(
            family_pattern(names.get("models", ())),
            family_pattern(names.get("hardware", ())),
            frozenset(name.lower() for name in names.get("not_names", ())),
            not_metrics=frozenset(names.get("not_metrics", ())),
            conditions=frozenset(names.get("conditions", ())),
            not_scores=frozenset(names.get("not_scores", ())),
        ),
        _joined(rules, "confidence"),
        lexicon.first_words((*ABOUT_RESULTS, "USE")),
    )


def _compiled(layer: str, entries: Mapping[str, Mapping[str, Any]], compiler: PatternCompiler) -> RuleList:
    try:
        return compile_rules(entries.values(), compiler)
    except PatternError as error:
        entry = entries[error.rule]
        if entry["builtin"]:  # which reads well by itself: a user's macro has replaced one that it uses
            what = f"the pattern of {error.rule} cannot be read: {error}"
            raise RuleError(Problem(entry["file"], 0, 0, what, "mend the macro")) from None
        document = read_yaml(Path(entry["file"]))
        raise RuleError(pattern_problem(error, document, layer, entry["number"], compiler)) from None


def _files(rules: RuleSet, kind: str) -> list[dict[str, Any]]:
    return [part["data"] for part in rules.extra.get(kind, ())]


def _joined(rules: RuleSet, kind: str) -> dict[str, Any]:
    """The files of a kind as one: lists are joined, tables laid over each other."""
    joined: dict[str, Any] = {}
    for data in _files(rules, kind):
        for key, value in data.items():
            if isinstance(value, dict):
                table = joined.setdefault(key, {})
                for name, inner in value.items():
                    table[name] = [*table.get(name, ()), *inner] if isinstance(inner, list) else inner
            elif isinstance(value, list):
                joined[key] = [*joined.get(key, ()), *value]
            else:
                joined[key] = value
    return joined
