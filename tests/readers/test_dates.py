"""Dates as sources print them."""

from __future__ import annotations

import datetime

import pytest

from leaderboard.readers.dates import iso_date, month_number

DATES = [
    ("2018-02-15", "2018-02-15"),
    ("2018-02-15T10:00:00.000Z", "2018-02-15"),
    ("2018-02-15 10:00:00", "2018-02-15"),
    ("2018/2/5", "2018-02-05"),
    ("20180215", "2018-02-15"),
    ("2018-02", "2018-02"),
    ("2018", "2018"),
    ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
    ("2 April 2007", "2007-04-02"),
    ("April 2nd, 2007", "2007-04-02"),
    ("Apr 2007", "2007-04"),
    ("Sept. 2007", "2007-09"),
    (2018, "2018"),
    (2018.0, "2018"),
    (1518652800, "2018-02-15"),
    (1518652800000, "2018-02-15"),
    (datetime.date(2018, 2, 15), "2018-02-15"),
    (datetime.datetime(2018, 2, 15, 10, 30), "2018-02-15"),
    ("2018-02-31", "2018-02"),
    ("2018-13-01", "2018"),
    ("", ""), (None, ""), ("soon", ""), ("n.d.", ""), (float("nan"), ""), (float("inf"), ""), (True, ""),
    (-1, ""), (10**30, ""), ("0000-00-00", ""), ([], ""), ("9" * 10_000, ""),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "expected"), DATES, ids=lambda value: repr(value)[:30])
def test_a_date_is_brought_to_iso_with_the_precision_it_has(printed, expected):
    assert iso_date(printed) == expected


MONTHS = [("jul", 7), ("July", 7), ("12", 12), ("13", 0), ("x", 0), ("", 0)]


@pytest.mark.parametrize(("name", "number"), MONTHS)
def test_months_by_name_and_number(name, number):
    assert month_number(name) == number
