"""The compiled rules, ready to read sentences with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from leaderboard.lexicon import Lexicon, compile_lexicon
from leaderboard.mentions.context import family_pattern
from leaderboard.patterns import PatternCompiler, Rule, compile_rules
from leaderboard.rulebook import RuleSet, load_rules


@dataclass(slots=True)
class Engine:
    """Everything that reading a paper needs: the catalogue, the lexicon, and the two layers of rules."""

    rules: RuleSet
    lexicon: Lexicon
    naming: list[Rule]
    results: list[Rule]
    models: re.Pattern[str]
    hardware: re.Pattern[str]
    not_names: frozenset[str]
    not_metrics: frozenset[str]


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@lru_cache(maxsize=8)
def _engine(folder: Path) -> Engine:
    rules = load_rules()
    lexicon_data = _yaml(folder / "lexicon.yaml")
    lexicon = compile_lexicon(lexicon_data["classes"], lexicon_data["implies"])
    macros: dict[str, str] = {}
    naming: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    for path in sorted((folder / "patterns").glob("*.yaml")):
        data = _yaml(path)
        macros.update(data.get("macros", {}))
        naming.extend(data.get("naming", []))
        results.extend(data.get("results", []))
    compiler = PatternCompiler(lexicon, macros)
    kinds = _yaml(folder / "names.yaml")
    return Engine(
        rules,
        lexicon,
        compile_rules(naming, compiler),
        compile_rules(results, compiler),
        family_pattern(map(str, kinds["models"])),
        family_pattern(map(str, kinds["hardware"])),
        frozenset(str(n).lower() for n in kinds["not_names"]),
        frozenset(kinds["not_metrics"]),
    )


def engine() -> Engine:
    """The engine over the built-in rules."""
    return _engine(Path(__file__).resolve().parent.parent / "rules")
