"""How long a client waits, and to whom it shows a key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from sources.server import Trouble

from leaderboard.errors import InputError
from leaderboard.sources import arxiv
from leaderboard.sources.http import Client, seconds_to_wait
from leaderboard.sources.settings import Settings, settings_of


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def sleep(self, seconds):
        self.now += seconds
        self.slept.append(round(seconds, 3))


def ask(server, clock, times=1, **settings):
    with Client(Settings(server.arxiv, **settings), sleep=clock.sleep, clock=lambda: clock.now) as client:
        for _ in range(times):
            client.get(
                {"search_query": "all:x", "start": 0, "max_results": 1, "sortBy": "submittedDate"},
                arxiv.KINDS,
                arxiv.feed_of,
            )


def test_requests_keep_their_interval(server):
    clock = Clock()
    ask(server, clock, times=3, interval=3.0)
    assert clock.slept == [3.0, 3.0]


def test_arxiv_is_asked_once_in_three_seconds_unless_told_otherwise():
    assert arxiv.SOURCE.defaults.interval == 3.0


def test_waits_double_and_keep_the_interval(server):
    server.troubles = [Trouble(503, body=b"", kind="text/plain")] * 4
    clock = Clock()
    ask(server, clock, backoff=1.0)
    assert len(clock.slept) == 4
    for number, slept in enumerate(clock.slept):
        assert 2.0**number <= slept <= 1.25 * 2.0**number


def test_retry_after_is_kept_to(server):
    server.troubles = [Trouble(429, {"Retry-After": "17"}, b"", "text/plain")]
    clock = Clock()
    ask(server, clock, interval=3.0)
    assert clock.slept == [17.0]


def test_retry_after_as_a_date():
    soon = seconds_to_wait(format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True))
    assert soon is not None and 55 < soon <= 60
    assert seconds_to_wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert seconds_to_wait("") is None and seconds_to_wait("-5") is None


@pytest.mark.parametrize(
    ("base", "sent"),
    [
        ("https://example.org/api", True),
        ("http://localhost:1/api", True),
        ("http://127.0.0.1:1/api", True),
        ("http://example.org/api", False),
        ("http://127.0.0.1.example.org/api", False),
    ],
)
def test_a_key_is_sent_only_where_nobody_can_read_it_on_the_way(base, sent):
    with Client(Settings(base), key="secret") as client:
        assert ("authorization" in client._client.headers) == sent


@pytest.mark.parametrize("text", ["x", "-1", "nan", "inf"])
def test_a_wrong_number_in_the_environment_is_named(monkeypatch, text):
    monkeypatch.setenv("LEADERBOARD_ARXIV_INTERVAL", text)
    with pytest.raises(InputError, match="LEADERBOARD_ARXIV_INTERVAL"):
        settings_of("arxiv", arxiv.DEFAULTS)
