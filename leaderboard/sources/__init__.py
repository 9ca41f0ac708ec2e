"""Papers from where they live: each source is a module with a `SOURCE`, and has a line in `SOURCES`.

To add one, write a module with a function that asks for pages (see `kinds.Pages`) and give it a line here;
the command line and `leaderboard.toml` know it then.
"""

from __future__ import annotations

from leaderboard.errors import InputError
from leaderboard.sources import arxiv, huggingface, ids
from leaderboard.sources.fetching import Fetched, fetch
from leaderboard.sources.http import SourceError
from leaderboard.sources.kinds import Page, Query, Resume, Source
from leaderboard.sources.papersfile import open_papers
from leaderboard.sources.settings import Settings, settings_of

__all__ = [
    "SOURCES",
    "Fetched",
    "Page",
    "Query",
    "Resume",
    "Settings",
    "Source",
    "SourceError",
    "fetch",
    "open_papers",
    "settings_of",
    "source_named",
]

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        arxiv.SOURCE,
        huggingface.SOURCE,
        ids.SOURCE,
    )
}


def source_named(name: str) -> Source:
    """The source of this name; raises `InputError` with the names there are."""
    if name not in SOURCES:
        raise InputError(f"{name}: no such source (choose one of {', '.join(SOURCES)})")
    return SOURCES[name]
