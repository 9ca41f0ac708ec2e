"""Days, months and years as users write them, as first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime

from leaderboard.errors import InputError

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def first_day(text: str, name: str) -> date:
    """The first day of a day, month or year; raises `InputError` that names the option.

    >>> first_day("2024-03", "--since").isoformat()
    '2024-03-01'
    """
    return _days(text, name)[0]


def last_day(text: str, name: str) -> date:
    """The last day of a day, month or year.

    >>> last_day("2024-02", "--until").isoformat()
    '2024-02-29'
    """
    return _days(text, name)[1]


def today() -> date:
    """The day it is in UTC, by which sources count."""
    return datetime.now(UTC).date()


def _days(text: str, name: str) -> tuple[date, date]:
    found = _DATE.fullmatch(text.strip())
    try:
        if not found:
            raise ValueError
        year, month, day = (int(part or 0) for part in found.groups())
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        raise InputError(f"{name}: {text!r} is no date (write it as 2024, 2024-03 or 2024-03-31)") from None
