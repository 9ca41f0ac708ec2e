"""What can be wrong with a rule file, said so that it can be mended: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from leaderboard.errors import LeaderboardError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding in a rule file. Lines and columns count from 1; 0 means the file as a whole."""

    file: str
    line: int
    column: int
    what: str
    todo: str = ""
    severity: Literal["error", "warning"] = "error"
    code: str = ""

    def __str__(self) -> str:
        place = self.file + (f":{self.line}:{self.column}" if self.line else "")
        return f"{place}: {self.what}" + (f" ({self.todo})" if self.todo else "")


class RuleError(LeaderboardError):
    """Rules that cannot be used. `problems` holds every finding, `str()` one line for each."""

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def taken_id(name: str, place: str) -> tuple[str, str]:
    """What is wrong with an id that the entry at `place` has too, and what to do."""
    return f'the id "{name}" is taken', f"{place} has it; choose another id, or make one of the two"


def did_you_mean(word: str, known: Iterable[str], most: int = 1) -> str:
    """A hint such as `did you mean "aliases"?`, or an empty string where nothing is near.

    >>> did_you_mean("alias", ["aliases", "name"])
    'did you mean "aliases"?'
    """
    near = nearest(word, known, most)
    if not near:
        return ""
    return "did you mean " + " or ".join(f'"{name}"' for name in near) + "?"


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words most like `word`, best first; none where all are far from it."""
    from rapidfuzz import fuzz, process  # only where something is wrong

    found = process.extract(
        word, list(known), scorer=fuzz.ratio, processor=str.casefold, limit=most, score_cutoff=65
    )
    return [name for name, _, _ in found]
