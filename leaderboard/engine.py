"""The compiled rules, ready to read sentences with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaderboard import __version__
from leaderboard import expressions as re
from leaderboard.lexicon import ABOUT_RESULTS, Lexicon, compile_lexicon, expand
from leaderboard.mentions.kinds import Families, NameKinds
from leaderboard.mentions.wording import Wording
from leaderboard.rulebook import RuleError, RuleSet, cache, load_rules
from leaderboard.rulebook.loading import stamps_of
from leaderboard.rulebook.problems import Problem
from leaderboard.rulelist import RuleList

if TYPE_CHECKING:
    from leaderboard.patterns import PatternCompiler


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
    voice: re.Pattern[str]
    """The words by which a paper speaks of itself."""
    wording: Wording

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
    digest = _digest_of(rules)
    stored = cache.load(digest, "engine")
    if stored is not None:
        with suppress(KeyError, TypeError, ValueError, IndexError, AttributeError):
            return _from_data(rules, stored.head)
    data = _compile(rules)
    cache.save(digest, cache.Compiled(data, {}), "engine")
    return _from_data(rules, data)


def _digest_of(rules: RuleSet) -> str:
    """SHA-256 over everything that an engine is compiled from: what the files say, and the program."""
    digest = hashlib.sha256(f"{__version__}\n".encode())
    package = Path(__file__).parent
    modules = ("engine.py", "patterns.py", "rulelist.py", "shapes.py", "lexicon.py", "mentions/tokens.py")
    for stamp in stamps_of(package / module for module in modules):
        digest.update(stamp.encode())
    for kind in ("patterns", "lexicon", "names", "confidence"):
        said = rules.extra.raw(kind)
        digest.update(f"\0{kind}\0{len(said)}\0".encode() + said)
    return digest.hexdigest()


def _compile(rules: RuleSet) -> dict[str, Any]:
    """Everything that an engine is made of, as plain data."""
    from leaderboard.patterns import PatternCompiler

    words, macros = _joined(rules, "lexicon"), {}
    naming: dict[str, dict[str, Any]] = {}
    results: dict[str, dict[str, Any]] = {}
    for part in rules.extra.get("patterns", ()):
        macros.update(part["data"].get("macros", {}))
        for layer, entries in (("naming", naming), ("results", results)):
            for number, entry in enumerate(part["data"].get(layer, ())):
                place = {"builtin": part["builtin"], "file": part["file"], "number": number}
                entries[entry["id"]] = entry | place
    lexicon = compile_lexicon(*(words.get(name, {}) for name in ("classes", "implies", "rates")))
    compiler = PatternCompiler(lexicon, macros)
    compiled = {
        "naming": _compiled("naming", naming, compiler).as_data(),
        "results": _compiled("results", results, compiler).as_data(),
    }
    return compiled | {  # after the patterns, whose words are in the lexicon too
        "lexicon": lexicon.as_data(),
        "names": _joined(rules, "names"),
        "confidence": _joined(rules, "confidence"),
        "about_results": sorted(lexicon.first_words((*ABOUT_RESULTS, "USE", "ENTER"))),
        "introductions": words.get("introductions", {}),
        "places": words.get("places", {}),
        "voice": sorted({form for entry in words.get("voice", ()) for form in expand(str(entry))}),
    }


def _from_data(rules: RuleSet, data: Mapping[str, Any]) -> Engine:
    names = data["names"]
    return Engine(
        rules,
        Lexicon.from_data(data["lexicon"]),
        RuleList.from_data(data["naming"]),
        RuleList.from_data(data["results"]),
        NameKinds(
            Families(names.get("models", ())),
            Families(names.get("hardware", ())),
            frozenset(name.lower() for name in names.get("not_names", ())),
            not_metrics=frozenset(names.get("not_metrics", ())),
            conditions=frozenset(names.get("conditions", ())),
            not_scores=frozenset(names.get("not_scores", ())),
            more_is_better=lambda metric_id: (
                known.higher_is_better if (known := rules.metrics.get(metric_id)) else None
            ),
            is_of_errors=lambda benchmark_id: (
                (entry := rules.benchmarks.get(benchmark_id)) is not None
                and bool(entry.metrics)
                and rules.metrics[entry.metrics[0]].higher_is_better is False
            ),
        ),
        data["confidence"],
        frozenset(data["about_results"]),
        re.compile(rf"\b{re.branches(data['voice'])}\b", re.IGNORECASE),
        Wording(data["introductions"], data["places"]),
    )


def _compiled(layer: str, entries: Mapping[str, Mapping[str, Any]], compiler: PatternCompiler) -> RuleList:
    from leaderboard.patterns import PatternError, compile_rules, pattern_problem

    try:
        return compile_rules(entries.values(), compiler)
    except PatternError as error:
        entry = entries[error.rule]
        if entry["builtin"]:  # which reads well by itself: a user's macro has replaced one that it uses
            what = f"the pattern of {error.rule} cannot be read: {error}"
            raise RuleError(Problem(entry["file"], 0, 0, what, "mend the macro")) from None
        from leaderboard.rulebook.yamlfile import read_yaml

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
