"""arXiv by query: https://info.arxiv.org/help/api/user-manual.html

Papers come in the order of their submission, the oldest first, so that new ones are at the end and a fetch
that was cut short goes on where it stopped. When all are there, the next fetch begins some days before the
last of them: papers can be announced well after their submission. With `max` the newest come first, and the
next fetch begins at the newest again.

The API asks for at most one request every three seconds, and gives no more than some ten thousand papers of
one query; so a long fetch is cut into windows of time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.sax import SAXException

from leaderboard.errors import InputError
from leaderboard.models import Paper
from leaderboard.readers.fields import paper_of
from leaderboard.readers.records import Unreadable
from leaderboard.sources.days import first_day, last_day, today
from leaderboard.sources.http import Client, Garbled, SourceError
from leaderboard.sources.kinds import Page, Query, Resume, Source
from leaderboard.sources.settings import Settings

KINDS = ("atom", "xml")
"""Content types that a feed may have."""

_PAGE = 200
_WINDOW = 9_000
_MOST_NEWEST = 10_000
_LATE_DAYS = 14
_FIRST_MINUTE = "199101010000"
_VERSION = re.compile(r"v(\d+)$")

DEFAULTS = Settings("https://export.arxiv.org/api/query", interval=3.0)


@dataclass(frozen=True, slots=True)
class Feed:
    """One answer of the API."""

    papers: list[Paper]
    minutes: list[str]
    """When each entry was submitted, as the API's ranges have it: 202401051234."""
    entries: int
    total: int
    missing: tuple[str, ...]


def check(query: Query) -> Query:
    """The query, if it can be asked; raises `InputError`."""
    if not query.text.strip():
        raise InputError('arxiv: no query (write it as the API has it: "cat:cs.CV AND abs:TuSimple")')
    if query.since:
        first_day(query.since, "--since")
    if query.until:
        last_day(query.until, "--until")
    if query.max > _MOST_NEWEST:
        mend = "leave it out, and narrow with --since and --until"
        raise InputError(f"--max: arXiv gives at most {_MOST_NEWEST:,} newest papers ({mend})")
    return query


def pages(client: Client, query: Query, resume: Resume, known: Callable[[str], bool]) -> Iterator[Page]:
    """The pages of a query, from where an earlier fetch stopped."""
    begin = str(resume.get("from", ""))
    start, asked = int(resume.get("start", 0)), int(resume.get("asked", 0))
    last = begin
    while True:
        size = min(_PAGE, query.max - start) if query.max else _PAGE
        feed = client.get(
            {
                "search_query": search_of(query, begin),
                "start": start,
                "max_results": size,
                "sortBy": "submittedDate",
                "sortOrder": "descending" if query.max else "ascending",
            },
            KINDS,
            lambda body, start=start: feed_of(body, start),  # type: ignore[misc]
        )
        start += feed.entries
        asked += feed.entries
        last = max([last, *feed.minutes])
        wanted = min(feed.total, query.max) if query.max else feed.total
        total = asked + max(wanted - start, 0)
        if start >= wanted:
            yield _page(feed, {} if query.max else {"from": _some_days_before(last, query)}, total, asked)
            return
        if start >= _WINDOW and last > begin and not query.max:
            begin, start = last, 0
        yield _page(feed, {"from": begin, "start": start, "asked": asked}, total, asked)


def search_of(query: Query, begin: str = "") -> str:
    """The query as the API wants it, within its time; `begin` is a minute as in 202401051234.

    >>> search_of(Query("abs:TuSimple", since="2024", until="2024-03"))
    '(abs:TuSimple) AND submittedDate:[202401010000 TO 202403312359]'
    """
    text = " ".join(query.text.split())
    begin = begin or (f"{first_day(query.since, '--since'):%Y%m%d}0000" if query.since else "")
    if not begin and not query.until:
        return text
    end = last_day(query.until, "--until") if query.until else today()
    return f"({text}) AND submittedDate:[{begin or _FIRST_MINUTE} TO {end:%Y%m%d}2359]"


def feed_of(body: bytes, start: int = 0) -> Feed:
    """The papers of one answer.

    Raises `Garbled` for an answer that is broken, or empty though there should be papers at `start`, which
    the API gives at times; `SourceError` where the answer is an error message.
    """
    import feedparser

    read = feedparser.parse(
        io.BytesIO(body), response_headers={"content-type": "application/atom+xml; charset=utf-8"}
    )
    if read.bozo and isinstance(read.bozo_exception, SAXException):
        message = " ".join(str(read.bozo_exception.getMessage()).split())
        raise Garbled(f"the answer is no whole Atom feed: {message}")
    if not str(read.version).startswith("atom"):
        raise Garbled("the answer is no Atom feed")
    for entry in read.entries:
        if "/api/errors" in entry.get("id", ""):
            said = " ".join(str(entry.get("summary", "")).split())
            raise SourceError(f"arXiv refuses the query: {said} (mend the query)")
    try:
        total = int(read.feed.get("opensearch_totalresults", len(read.entries)))
    except ValueError:
        raise Garbled("the feed does not say how many papers there are") from None
    if not read.entries and start < total:
        raise Garbled(f"the page is empty, though there are {total:,} papers")
    papers, missing = [], []
    for entry in read.entries:
        paper = paper_of_entry(entry)
        if paper:
            papers.append(paper)
        else:
            missing.append(str(entry.get("id", "")).rsplit("/abs/", 1)[-1])
    minutes = [_minute(entry.get("published", "")) for entry in read.entries]
    return Feed(papers, [one for one in minutes if one], len(read.entries), total, tuple(missing))


def paper_of_entry(entry: Any) -> Paper | None:
    """The paper of an entry, with the version in its id; None for an entry without an abstract."""
    try:
        return paper_of(
            {
                "id": entry.get("id", ""),
                "title": " ".join(entry.get("title", "").split()),
                "abstract": entry.get("summary", "").strip(),
                "published": entry.get("published", ""),
            }
        )
    except Unreadable:
        return None


def without_version(paper: Paper) -> tuple[Paper, dict[str, Any]]:
    """The paper under its plain id, by which other sources know it too, and the version beside it."""
    found = _VERSION.search(paper.id)
    if not found:
        return paper, {}
    plain = paper.id[: found.start()]
    return paper.model_copy(update={"id": plain, "url": f"https://arxiv.org/abs/{plain}"}), {
        "version": int(found[1])
    }


def _page(feed: Feed, resume: Resume, total: int, asked: int) -> Page:
    pairs = [without_version(paper) for paper in feed.papers]
    notes = {paper.id: note for paper, note in pairs}
    return Page([paper for paper, _ in pairs], resume, total, asked, feed.missing, notes)


def _minute(published: str) -> str:
    """2024-01-05T12:34:56Z as 202401051234; empty for what is no such time."""
    digits = re.sub(r"\D", "", published[:16])
    return digits if len(digits) == 12 else ""


def _some_days_before(minute: str, query: Query) -> str:
    """Where the next fetch begins: late papers come in, and nothing before `since` does."""
    if not minute:
        return ""
    earlier = datetime.strptime(minute, "%Y%m%d%H%M") - timedelta(days=_LATE_DAYS)
    since = f"{first_day(query.since, '--since'):%Y%m%d}0000" if query.since else ""
    return max(f"{earlier:%Y%m%d%H%M}", since)


SOURCE = Source(
    name="arxiv",
    help="papers that a query finds on arXiv",
    argument="QUERY",
    options=frozenset(("since", "until", "max")),
    defaults=DEFAULTS,
    pages=pages,
    check=check,
)
