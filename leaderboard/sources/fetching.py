"""Fetching: page after page from a source, what is new to the file, and how far it came."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

import orjson

from leaderboard.errors import InputError
from leaderboard.sources.http import Client
from leaderboard.sources.kinds import Page, Query, Source
from leaderboard.sources.papersfile import Papers
from leaderboard.sources.settings import Settings

Progress = Callable[[Page, "Fetched"], None]
"""Told each page once its papers are safe, and what was fetched so far."""


@dataclass(slots=True)
class Fetched:
    """What a fetch gave."""

    new: int = 0
    known: int = 0
    missing: list[str] = field(default_factory=list)
    """Papers that the source does not have, or has without an abstract."""

    def __str__(self) -> str:
        said = f"{self.new:,} new {'paper' if self.new == 1 else 'papers'}, {self.known:,} known already"
        return said + (f", {len(self.missing):,} not to be had" if self.missing else "")


def fetch(
    source: Source,
    query: Query,
    settings: Settings,
    papers: Papers,
    *,
    afresh: bool = False,
    client: Client | None = None,
    progress: Progress | None = None,
    told: Callable[[str], None] | None = None,
) -> Fetched:
    """Append what a source has for a query and the file does not.

    Goes on where the same query stopped in an earlier run, unless `afresh`. Raises `InputError` for a query
    that cannot be asked, and `SourceError` for a source that does not answer; what came before is kept.
    """
    query = checked(source, query)
    name = state_name(source, query)
    resume = {} if afresh else papers.state(name)
    fetched = Fetched()
    own = client or client_of(source, settings, told)
    try:
        for page in source.pages(own, query, resume, papers.knows):
            new = papers.append(page.papers, source.name, page.notes)
            papers.set_state(name, page.resume)
            fetched.new += new
            fetched.known += len(page.papers) - new
            fetched.missing += page.missing
            if progress:
                progress(page, fetched)
    finally:
        if client is None:
            own.__exit__()
    return fetched


def client_of(source: Source, settings: Settings, told: Callable[[str], None] | None = None) -> Client:
    """A client for a source, with its key if the environment has one."""
    key = os.environ.get(source.key, "").strip() if source.key else ""
    return Client(settings, key=key, told=told)


def checked(source: Source, query: Query) -> Query:
    """The query made ready; raises `InputError` for a bad value or an option the source does not know."""
    for name in ("since", "until", "date", "max"):
        if getattr(query, name) and name not in source.options:
            there = ", ".join(f"--{one}" for one in sorted(source.options)) or "none"
            raise InputError(f"--{name}: is nothing to {source.name} (options it knows: {there})")
    if query.text and not source.argument:
        raise InputError(f"{source.name}: takes no query (leave {query.text[:40]!r} out)")
    return source.check(query)


def state_name(source: Source, query: Query) -> str:
    """What a query's progress is kept under: the source, and whatever was asked of it."""
    asked = {name: value for name, value in asdict(query).items() if value}
    return orjson.dumps({"source": source.name, **asked}).decode()
