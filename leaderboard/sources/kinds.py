"""What a source is: plain data and one function, so that a new source is one small module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from leaderboard.models import Paper
from leaderboard.sources.http import Client
from leaderboard.sources.settings import Settings


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a source. Dates are ISO dates, empty where they do not matter."""

    text: str = ""
    """The query proper, or the content of a list of ids."""
    since: str = ""
    until: str = ""
    date: str = ""
    max: int = 0
    """Look at the so many newest papers only; 0 for all."""


Resume = dict[str, Any]
"""Where a fetch stands, in the source's own terms: what JSON can hold. Empty at the beginning."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one request gave."""

    papers: list[Paper]
    resume: Resume
    """Where to go on once these papers are safe."""
    total: int | None = None
    """Papers that the whole query has, where the source says so."""
    asked: int = 0
    """How many of them were looked at so far."""
    missing: tuple[str, ...] = ()
    """Identifiers that the source does not know."""
    notes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By paper id, what else is kept in its line: {"2401.00001": {"version": 2}}."""


Pages = Callable[[Client, Query, Resume, Callable[[str], bool]], Iterator[Page]]
"""Asks for page after page, from where `Resume` stands. The last argument says whether a paper is known."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place where papers live."""

    name: str
    help: str
    """One line for the command's help."""
    argument: str
    """What its text is called in messages; empty for a source that takes none."""
    options: frozenset[str]
    """Which of since, until, date and max it understands."""
    defaults: Settings
    pages: Pages
    check: Callable[[Query], Query] = lambda query: query
    """The query made ready; raises `InputError` for one that cannot be asked."""
    key: str = ""
    """Environment variable of a key that may be sent along."""
    settings: str = ""
    """Source whose settings are used, where that is another one: both ask the same server."""

    @property
    def settings_name(self) -> str:
        """The name that settings go by."""
        return self.settings or self.name
