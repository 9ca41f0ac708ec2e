"""The `leaderboard` command; `leaderboard.cli.commands` lists what it can be told to do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaderboard.cli.commands import COMMANDS, app

__all__ = ["COMMANDS", "app", "main"]


def __getattr__(name: str) -> Any:
    """The commands are imported when they are asked for: reading their options takes a library."""
    if name not in ("COMMANDS", "app"):
        raise AttributeError(f"module 'leaderboard.cli' has no attribute {name!r}")
    from leaderboard.cli import commands

    return getattr(commands, name)


def main() -> None:
    """Run the command line; what the installed `leaderboard` script calls."""
    # Looking for plugins among all installed packages takes longer than reading an abstract; none is used.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        words = sys.argv[1:]
        if len(words) == 2 and words[0] == "explain" and _is_plain(words[1]):
            _explain(words[1])
        else:
            from leaderboard.cli.commands import app

            app()
    except BrokenPipeError:
        # Whoever read the output has seen enough (`| head`). Python would complain once more while closing.
        sys.stdout = None
        sys.exit(141)


def _is_plain(word: str) -> bool:
    """Whether an argument is no option, and text that can be printed."""
    return not word.startswith("-") and word.encode(errors="ignore").decode() == word


def _explain(text: str) -> None:
    """`leaderboard explain TEXT` without options: to read options takes longer than to read a text."""
    from leaderboard.cli.showing import explain
    from leaderboard.errors import LeaderboardError

    try:
        explain(text)
    except LeaderboardError as error:
        sys.stderr.write(f"leaderboard: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
