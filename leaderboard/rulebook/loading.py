"""Rules from folders: read, checked, laid over each other, compiled, kept for the next start.

User folders lie over the built-in rules: an entry with a new id adds, one with a known id replaces, and two
entries that claim the same name are an error that tells both places.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaderboard import __version__
from leaderboard.rulebook import cache
from leaderboard.rulebook.cache import Compiled
from leaderboard.rulebook.folders import MAX_BYTES, builtin_folder, discovered_folders, rule_files
from leaderboard.rulebook.kinds import KINDS
from leaderboard.rulebook.names import Names
from leaderboard.rulebook.problems import Problem, RuleError
from leaderboard.rulebook.records import (
    Benchmark,
    Metric,
    Table,
    Task,
    as_it_is,
    benchmark_from,
    metric_from,
    task_from,
)


@dataclass(frozen=True, slots=True)
class Source:
    """One rule file: its folder, its path inside that, its name in messages, its bytes."""

    root: Path
    inside: str
    shown: str
    content: bytes
    builtin: bool


@dataclass(slots=True)
class RuleSet:
    """Everything that the rules say.

    `extra` holds the data of the other kinds of files by the kind's name; `digest` changes when any rule
    changes; `problems` are faults of built-in files that were stepped over (`leaderboard rules check` shows
    them).
    """

    benchmarks: Table[Benchmark]
    metrics: Table[Metric]
    tasks: Table[Task]
    names: Names
    digest: str
    extra: Table[Any] = field(default_factory=lambda: Table({}, as_it_is))
    problems: list[Problem] = field(default_factory=list)
    folders: tuple[Path, ...] = ()

    def resolve_benchmark(self, name: str) -> Benchmark | None:
        """The benchmark with this id, name or alias, however spaced or cased; None where there is none."""
        return self.benchmarks.get(self.names.resolve(name, "benchmark"))

    def resolve_metric(self, name: str) -> Metric | None:
        """The metric with this id, name or alias; None where there is none."""
        return self.metrics.get(self.names.resolve(name, "metric"))

    def resolve_task(self, name: str) -> Task | None:
        """The task with this id, name or alias; None where there is none."""
        return self.tasks.get(self.names.resolve(name, "task"))


def load_rules(*folders: Path | str, builtin: bool = True, discover: bool = False) -> RuleSet:
    """The built-in rules with the given folders laid over them, in order.

    With `discover`, the folders of LEADERBOARD_RULES and `./leaderboard-rules/` come before the given ones.
    Without `builtin`, only the given folders count. Raises RuleError, with file, line, column and the mend,
    for a fault in a user's folder.

    >>> load_rules().resolve_metric("top 1 accuracy").id
    'top-1-accuracy'
    """
    chosen = [*(discovered_folders() if discover else ()), *map(Path, folders)]
    if builtin and not chosen:
        return _builtin_rules()
    return _load(([builtin_folder()] if builtin else []) + chosen, builtin)


@lru_cache(maxsize=1)
def _builtin_rules() -> RuleSet:
    return _load([builtin_folder()], True)


def _load(folders: Sequence[Path], builtin: bool) -> RuleSet:
    sources = read_sources(folders, builtin)
    digest = digest_of(sources)
    ruleset = _from_cache(digest, folders)
    if ruleset is None:
        from leaderboard.rulebook.compiling import compile_sources

        compiled, problems = compile_sources(sources)
        ours = [
            problem
            for problem in problems
            if problem.severity == "error" and problem.file not in _own(sources)
        ]
        if ours:
            raise RuleError(ours)
        ruleset = keep(compiled, problems, digest, folders)
    if ruleset.problems:
        import logging

        said = "%d faults in the built-in rules, the first: %s"
        logging.getLogger(__name__).warning(said, len(ruleset.problems), ruleset.problems[0])
    return ruleset


def keep(compiled: Compiled, problems: Sequence[Problem], digest: str, folders: Sequence[Path]) -> RuleSet:
    """The compiled rules, kept for the next start together with the faults that were stepped over."""
    compiled.head["problems"] = [
        [p.file, p.line, p.column, p.what, p.todo, p.severity, p.code] for p in sorted(problems)
    ]
    cache.save(digest, compiled)
    return _ruleset(compiled, digest, folders)


def read_sources(folders: Sequence[Path], builtin: bool = False) -> list[Source]:
    """The files of the folders, in order; `builtin` says that the first folder is the built-in one."""
    sources = []
    for rank, folder in enumerate(folders):
        for inside, path in rule_files(folder):
            own = builtin and rank == 0
            shown = f"rules/{inside}" if own else str(path)
            try:
                with path.open("rb") as stream:
                    # One byte over the limit is enough to be refused for, when the file is parsed.
                    content = stream.read(MAX_BYTES + 1)
            except OSError as error:
                what = f"cannot be read: {error.strerror}"
                raise RuleError(
                    Problem(shown, 0, 0, what, "check its permissions", code="unreadable")
                ) from None
            sources.append(Source(folder, inside, shown, content, own))
    return sources


def digest_of(sources: Sequence[Source]) -> str:
    """SHA-256 over everything that the compiled rules depend on: the files, their order, the program."""
    digest = hashlib.sha256(f"{__version__}\n".encode())
    for stamp in _program_stamps():
        digest.update(stamp.encode())
    for source in sources:
        digest.update(f"\0{source.shown}\0{source.builtin}\0{len(source.content)}\0".encode())
        digest.update(source.content)
    return digest.hexdigest()


def _program_stamps() -> list[str]:
    """The stamps of the modules that compile rules."""
    package = Path(__file__).resolve().parent.parent
    modules = set((package / "rulebook").glob("*.py"))
    for kind in KINDS:
        for name in (kind.model, kind.finish):
            if name.startswith("leaderboard."):
                modules.add(package.parent / (name.partition(":")[0].replace(".", "/") + ".py"))
    return stamps_of(modules)


def stamps_of(modules: Iterable[Path]) -> list[str]:
    """Size and time of modules, so that work on them is seen without a new version."""
    stamps = []
    for path in sorted(modules):
        status = path.stat()
        stamps.append(f"{path.name}:{status.st_size}:{status.st_mtime_ns}\n")
    return stamps


def _own(sources: Sequence[Source]) -> set[str]:
    return {source.shown for source in sources if source.builtin}


def _from_cache(digest: str, folders: Sequence[Path]) -> RuleSet | None:
    compiled = cache.load(digest)
    if compiled is None:
        return None
    try:
        return _ruleset(compiled, digest, folders)
    except (KeyError, TypeError, ValueError):
        return None


def _ruleset(compiled: Compiled, digest: str, folders: Sequence[Path]) -> RuleSet:
    tables = compiled.tables
    benchmarks = Table(tables["benchmarks"], benchmark_from)
    metrics = Table(tables["metrics"], metric_from)
    tasks = Table(tables["tasks"], task_from)
    return RuleSet(
        benchmarks=benchmarks,
        metrics=metrics,
        tasks=tasks,
        names=Names(tables["forms"], tables["first"], benchmarks, metrics, tasks),
        digest=digest,
        extra=Table(tables["extra"], as_it_is),
        problems=[Problem(*fields) for fields in compiled.head["problems"]],
        folders=tuple(folders),
    )
