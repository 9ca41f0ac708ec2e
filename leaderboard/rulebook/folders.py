"""Where rules lie, and which files of a folder are rule files."""

from __future__ import annotations

import os
from pathlib import Path

from leaderboard.rulebook.kinds import KINDS
from leaderboard.rulebook.problems import Problem, RuleError

SUFFIXES = (".yaml", ".yml")
WORKING_FOLDER = "leaderboard-rules"
VARIABLE = "LEADERBOARD_RULES"
MAX_BYTES = 8 * 1024 * 1024
"""Longest rule file; no more is ever read of one."""


def builtin_folder() -> Path:
    """The rules that come with the program: `rules/` of a checkout, or inside the installed package."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data" / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def discovered_folders() -> list[Path]:
    """The user's own folders, lowest first: those of LEADERBOARD_RULES, then `leaderboard-rules/` here."""
    named = [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    here = Path(WORKING_FOLDER)
    return [*named, here] if here.is_dir() else named


def rule_files(folder: Path) -> list[tuple[str, Path]]:
    """The rule files of a folder, each with its path inside the folder, in order.

    Hidden files are left out. Raises RuleError where the folder does not exist, or a link leads out of it.
    """
    if folder.is_file():
        return [(_inside(folder), folder)]
    if not folder.is_dir():
        todo = "name an existing folder, or make one with `leaderboard rules new`"
        raise RuleError(Problem(str(folder), 0, 0, "no such folder of rules", todo, code="no-folder"))
    root = folder.resolve()
    files: list[tuple[str, Path]] = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix not in SUFFIXES or any(part.startswith(".") for part in inside.parts):
            continue
        if not _real(path).is_relative_to(root):
            todo = "copy the file into the folder"
            raise RuleError(
                Problem(str(path), 0, 0, "the link leads out of the rules folder", todo, code="link")
            )
        if path.is_file():
            files.append((inside.as_posix(), path))
    return files


def _real(path: Path) -> Path:
    """Where a path leads. Raises RuleError for a link that leads to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # which of them depends on the version of Python
        what = "the link leads round in a circle"
        raise RuleError(Problem(str(path), 0, 0, what, "remove it", code="link")) from None


def _inside(path: Path) -> str:
    """The path that a single file has in its folder of rules: patterns/mine.yaml in a folder `patterns`."""
    for depth in (2, 1):
        inside = "/".join(path.absolute().parts[-depth:])
        if any(kind.holds(inside) for kind in KINDS):
            return inside
    return path.name
