"""The kinds of rule files. To add one, add a line to `KINDS`.

Everything is named by import path, so that a start from the cache does not import the models.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of rule file.

    - `name`: the kind's name; its data are at `RuleSet.extra[name]`, except for the catalogue's own three.
    - `paths`: patterns of the paths inside a rules folder.
    - `model`: `module:Class` of the pydantic model of one file.
    - `items`: the key of the file's list of entries with an `id`, if it has one. Such entries are laid over
      each other by id, may also stand in a file of any other name beside entries of other kinds, and arrive
      as `{id: entry}`, each entry with its `source` ("file:line"). Without `items`, the kind's data are the
      files in the order of the folders: `[{"file": …, "data": …}, …]`.
    - `finish`: optional `module:function` that returns what is kept instead. It takes `{id: entry}`, or for a
      kind without `items` a list of `ReadFile`, which know the line of everything. It runs only when files
      have changed and its result is cached, so it must return plain JSON data. It may raise RuleError.
    """

    name: str
    paths: tuple[str, ...]
    model: str
    items: str = ""
    finish: str = ""

    def holds(self, path: str) -> bool:
        """Whether a path inside a rules folder belongs to this kind."""
        return any(fnmatchcase(path, pattern) for pattern in self.paths)


BENCHMARKS = FileKind(
    "benchmarks", ("benchmarks/*.yaml",), "leaderboard.rulebook.schema:BenchmarkFile", items="benchmarks"
)
METRICS = FileKind("metrics", ("metrics.yaml",), "leaderboard.rulebook.schema:MetricFile", items="metrics")
TASKS = FileKind("tasks", ("tasks.yaml",), "leaderboard.rulebook.schema:TaskFile", items="tasks")
PATTERNS = FileKind("patterns", ("patterns/*.yaml",), "leaderboard.rulebook.schema:PatternFile")
LEXICON = FileKind("lexicon", ("lexicon.yaml",), "leaderboard.rulebook.schema:LexiconFile")
NAME_LISTS = FileKind("names", ("names.yaml",), "leaderboard.rulebook.schema:NameListFile")
CONFIDENCE = FileKind("confidence", ("confidence.yaml",), "leaderboard.rulebook.schema:ConfidenceFile")

KINDS: tuple[FileKind, ...] = (BENCHMARKS, METRICS, TASKS, PATTERNS, LEXICON, NAME_LISTS, CONFIDENCE)


def named(path: str) -> Any:
    """The object that `module:name` names."""
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)
