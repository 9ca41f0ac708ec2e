"""The rules that a command works with. Apart from the other commands' modules: those take long to import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from leaderboard.errors import LeaderboardError

if TYPE_CHECKING:
    from leaderboard.rulebook import RuleSet


def rules_of(folders: list[Path]) -> RuleSet:
    """The built-in rules with those of these folders on top; raises `LeaderboardError`."""
    from leaderboard.rulebook import RuleError, load_rules

    try:
        return load_rules(*each_once(folders), discover=True)
    except RuleError as error:
        raise LeaderboardError(f"the rules cannot be used:\n{error}") from None


def each_once(folders: list[Path]) -> list[Path]:
    """The named folders, each once, without those that are found by themselves: their ids would be taken."""
    from leaderboard.rulebook.folders import discovered_folders

    known = {folder.resolve() for folder in discovered_folders()}
    kept = []
    for folder in folders:
        if folder.resolve() not in known:
            known.add(folder.resolve())
            kept.append(folder)
    return kept
