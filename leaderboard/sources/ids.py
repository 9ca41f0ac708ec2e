"""A list of arXiv identifiers, one a line: plain, with a version, or as an address; `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from leaderboard.errors import InputError
from leaderboard.models import Paper
from leaderboard.sources import arxiv
from leaderboard.sources.http import Client
from leaderboard.sources.kinds import Page, Query, Resume, Source

_BATCH = 100
_ID = re.compile(
    r"(?:arxiv:\s*|https?://(?:[\w-]+\.)*arxiv\.org/(?:abs|pdf|html)/)?"
    r"(\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[a-z]{2})?/\d{7})(v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)


def check(query: Query) -> Query:
    """The query with its ids alone, each once, one a line; raises `InputError` naming the first bad line."""
    ids: dict[str, None] = {}
    for number, line in enumerate(query.text.splitlines(), start=1):
        text = line.partition("#")[0].strip().strip(",;").strip("\"'")
        if not text:
            continue
        found = _ID.fullmatch(text)
        if not found:
            raise InputError(
                f"ids: line {number}: {text[:60]!r} is no arXiv id (write it as 1802.05591, cs/0112017 or "
                "an arxiv.org address)"
            )
        ids[(found[1] + (found[2] or "")).lower()] = None
    return replace(query, text="\n".join(ids))


def pages(client: Client, query: Query, resume: Resume, known: Callable[[str], bool]) -> Iterator[Page]:
    """The papers of the ids that are not known yet, so many at a time. What is known needs no resume."""
    ids = query.text.split()
    wanted = [one for one in ids if not known(one)]
    done = len(ids) - len(wanted)
    for first in range(0, len(wanted), _BATCH):
        batch = wanted[first : first + _BATCH]
        in_answer = _papers_of(client, batch)
        found = {one: paper for paper in in_answer for one in _names_of(paper)}
        papers, notes = [], {}
        for one in batch:
            if one not in found:
                continue
            plain, note = arxiv.without_version(found[one])
            # Who names a version wants that one, beside whatever others there are.
            paper = found[one] if one == found[one].id else plain
            papers.append(paper)
            notes[paper.id] = note
        done += len(batch)
        missing = tuple(one for one in batch if one not in found)
        yield Page(papers, {}, len(ids), done, missing, notes)


def _papers_of(client: Client, batch: list[str]) -> list[Paper]:
    """What the API has of these ids, however many it gives at a time."""
    papers: list[Paper] = []
    start = 0
    while True:
        feed = client.get(
            {"id_list": ",".join(batch), "start": start, "max_results": len(batch)},
            arxiv.KINDS,
            lambda body, start=start: arxiv.feed_of(body, start),  # type: ignore[misc]
        )
        papers += feed.papers
        start += feed.entries
        if start >= feed.total:
            return papers


def _names_of(paper: Paper) -> tuple[str, str]:
    return paper.id.lower(), arxiv.without_version(paper)[0].id.lower()


SOURCE = Source(
    name="ids",
    help="papers of a file of arXiv ids, one a line",
    argument="FILE",
    options=frozenset(),
    defaults=arxiv.DEFAULTS,
    pages=pages,
    check=check,
    settings="arxiv",
)
