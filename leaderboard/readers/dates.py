"""Dates as papers' sources print them, brought to ISO 8601 with the precision they have."""

from __future__ import annotations

import datetime
import re

_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
           "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
_NUMERIC = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_DAY_FIRST = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b", re.I
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b", re.I)
_EARLIEST_TIMESTAMP = 10_000
"""Whole numbers below this are years, above it seconds or milliseconds since 1970."""


def iso_date(value: object) -> str:
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`, as precise as the value is; empty for what is no date.

    Takes text in the usual forms, years, Unix times in seconds or milliseconds, and dates.

    >>> iso_date("Mon, 2 Apr 2007 19:18:42 GMT"), iso_date("2024-03-17T08:00:00Z"), iso_date(2020)
    ('2007-04-02', '2024-03-17', '2020')
    """
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return _from_number(value)
    return _from_text(value.strip()) if isinstance(value, str) else ""


def month_number(text: str) -> int:
    """1 to 12 for a month's number or English name, long or short; 0 for anything else."""
    text = text.strip().lower()
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else 0
    return _MONTHS.get(text[:3], 0)


def _from_number(value: int | float) -> str:
    if value != value or value < 0:
        return ""
    if value < _EARLIEST_TIMESTAMP:
        return _checked(int(value), 0, 0)
    seconds = value / 1000 if value > 1e11 else value
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return ""


def _from_text(text: str) -> str:
    text = text[:60]
    if found := _COMPACT.match(text):
        return _checked(*map(int, found.groups()))
    if found := _NUMERIC.match(text):
        year, month, day = found.groups()
        return _checked(int(year), int(month or 0), int(day or 0))
    if found := _DAY_FIRST.match(text):
        return _checked(int(found[3]), month_number(found[2]), int(found[1]))
    if found := _MONTH_FIRST.match(text):
        return _checked(int(found[3]), month_number(found[1]), int(found[2] or 0))
    return ""


def _checked(year: int, month: int, day: int) -> str:
    """The date with what of it is possible: a wrong day leaves the month, a wrong month the year."""
    if not 1800 <= year <= 2200:
        return ""
    if not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"
