"""The daily papers of Hugging Face: https://huggingface.co/papers, a list for each day.

With a time, every day of it is asked for, from where an earlier fetch stopped; the last day is asked for
again, since papers are added to it. Without one, the list that stands there now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import orjson

from leaderboard.errors import InputError
from leaderboard.models import Paper
from leaderboard.readers.fields import paper_of
from leaderboard.readers.records import Unreadable
from leaderboard.sources.days import first_day, last_day, today
from leaderboard.sources.http import Client, Garbled
from leaderboard.sources.kinds import Page, Query, Resume, Source
from leaderboard.sources.settings import Settings

_PAGE = 100
_FULL = 50
"""A list shorter than this is the day's last: no server gives less of a page that goes on."""
_MOST_PAGES = 100
"""A server that does not count pages would never come to an end."""


def check(query: Query) -> Query:
    """The query, if it can be asked; raises `InputError`."""
    if query.date and (query.since or query.until):
        raise InputError("--date: a day and a time exclude each other (leave out --since and --until)")
    if query.until and not query.since:
        raise InputError("--until: from which day on? (say --since too)")
    if query.date and len(query.date.strip()) < len("2024-03-31"):
        raise InputError(f"--date: {query.date!r} is no day (write it as 2024-03-31, or say --since)")
    for text, name in ((query.date, "--date"), (query.since, "--since"), (query.until, "--until")):
        if text and first_day(text, name) > today():
            raise InputError(f"{name}: {text} is still to come (name today or an earlier day)")
    return query


def pages(client: Client, query: Query, resume: Resume, known: Callable[[str], bool]) -> Iterator[Page]:
    """The lists of the days of the query."""
    if not query.since:
        yield from _day(client, query.date, {}, {}, (None, 0))
        return
    first, last = first_day(query.since, "--since"), today()
    if query.until:
        last = min(last, last_day(query.until, "--until"))
    begin = max(first, date.fromisoformat(resume["from"])) if "from" in resume else first
    days = (last - begin).days + 1
    for number in range(days):
        day = begin + timedelta(days=number)
        here, after = {"from": day.isoformat()}, {"from": min(day + timedelta(days=1), last).isoformat()}
        yield from _day(client, day.isoformat(), here, after, (days, number))


def _day(
    client: Client, day: str, here: Resume, after: Resume, place: tuple[int | None, int]
) -> Iterator[Page]:
    """The pages of one day's list; `here` says to begin the day again, `after` that it is done."""
    days, number = place
    seen: set[str] = set()
    for page in range(_MOST_PAGES):
        params: dict[str, str | int] = {"limit": _PAGE, "p": page} | ({"date": day} if day else {})
        items = client.get(params, ("json",), _items)
        papers, missing = _papers(items)
        fresh = [paper for paper in papers if paper.id not in seen]
        seen.update(paper.id for paper in fresh)
        ended = len(items) < _FULL or not fresh
        notes = {paper.id: {"listed": day} for paper in fresh} if day else {}
        asked = number + 1 if ended and days else number
        yield Page(fresh, after if ended else here, days, asked, tuple(missing), notes)
        if ended:
            return


def _items(body: bytes) -> list[Any]:
    try:
        items = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Garbled(f"the answer is no whole JSON: {error}") from None
    if not isinstance(items, list):
        raise Garbled("the answer is no list of papers")
    return items


def _papers(items: list[Any]) -> tuple[list[Paper], list[str]]:
    papers, missing = [], []
    for item in items:
        try:
            paper = paper_of(item)
        except Unreadable:
            inner = item.get("paper") if isinstance(item, dict) else None
            missing.append(str(inner.get("id", "")) if isinstance(inner, dict) else "a nameless entry")
            continue
        papers.append(paper.model_copy(update={"title": " ".join(paper.title.split())}))
    return papers, missing


SOURCE = Source(
    name="hf-papers",
    help="the daily papers of Hugging Face",
    argument="",
    options=frozenset(("since", "until", "date")),
    defaults=Settings("https://huggingface.co/api/daily_papers", interval=1.0),
    pages=pages,
    check=check,
    key="HF_TOKEN",
)
