"""Asking a server politely: one request at a time, not too often, again after a while when it is busy.

Whatever may pass is tried again: time-outs, broken and truncated answers, answers of a wrong kind, and the
statuses that servers give when they have too much to do. Waits double; a `Retry-After` is kept to. The rest
is an error at once, in one line that names the address and the mend.
"""

from __future__ import annotations

import ipaddress
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit, urlunsplit

from leaderboard import __version__
from leaderboard.errors import LeaderboardError
from leaderboard.sources.settings import Settings

if TYPE_CHECKING:
    import httpx

_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_LARGEST_ANSWER = 64 << 20
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_TAG = re.compile(r"<[^>]*>")

Parsed = TypeVar("Parsed")


class SourceError(LeaderboardError):
    """A source that gave no usable answer; what was fetched before is kept."""


class Garbled(Exception):
    """An answer that is not what it should be; raised by whoever parses it, and cause for another try."""


class Client:
    """Asks one source. A context manager, so that the connection is closed.

    `key` is sent as a bearer token, over encrypted connections and to this machine only, and is never shown.
    `told` is given each wait and its reason.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        key: str = "",
        told: Callable[[str], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        try:
            import httpx
        except ImportError:
            raise SourceError("fetching needs more packages: pip install 'leaderboard[sources]'") from None
        self.settings = settings
        self._key = key
        self._told = told or (lambda _: None)
        self._sleep, self._clock = sleep, clock
        self._last = -float("inf")
        self._answered = False
        headers = {"User-Agent": f"leaderboard/{__version__}"}
        if key and _is_private(settings.base):
            if not key.isascii() or not key.isprintable():
                raise SourceError("the key in the environment has characters that no key has (set it again)")
            headers["Authorization"] = f"Bearer {key}"
        self._client = httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=True)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(
        self,
        params: Mapping[str, str | int],
        kinds: Sequence[str],
        parse: Callable[[bytes], Parsed],
    ) -> Parsed:
        """What `parse` makes of the answer to a request with these parameters.

        `kinds` are the content types, or parts of them, that the answer may have. Raises `SourceError` when
        there is no such answer after all retries, or when trying again would not help.
        """
        for attempt in range(self.settings.retries + 1):
            self._keep_interval()
            try:
                parsed = self._once(params, kinds, parse)
            except _Failed as failed:
                if attempt == self.settings.retries or not self._worth_another(failed, attempt):
                    raise SourceError(f"{self.shown}: {failed.reason} {_mend(failed)}") from None
                self._wait(failed, attempt)
            else:
                self._answered = True
                return parsed
        raise AssertionError("the last attempt returns or raises")

    @property
    def shown(self) -> str:
        """The address, without a user's name or password in it."""
        return shown_address(self.settings.base)

    def _once(
        self,
        params: Mapping[str, str | int],
        kinds: Sequence[str],
        parse: Callable[[bytes], Parsed],
    ) -> Parsed:
        """The parsed answer of one request; raises `_Failed`."""
        import httpx

        try:
            with self._client.stream("GET", self.settings.base, params=dict(params)) as answer:
                body = self._body_of(answer)
        except httpx.TimeoutException as error:
            within = f"in {self.settings.timeout:g} s"
            if isinstance(error, httpx.ConnectTimeout):
                raise _Failed(f"could not be reached: no connection {within}", unreachable=True) from None
            raise _Failed(f"did not answer {within}") from None
        except (httpx.ConnectError, httpx.ProxyError) as error:
            raise _Failed(f"could not be reached: {self._plain(str(error))}", unreachable=True) from None
        except (httpx.UnsupportedProtocol, httpx.TooManyRedirects, httpx.InvalidURL) as error:
            raise _Failed(f"leads to no answer: {self._plain(str(error))}", final=True) from None
        except (httpx.TransportError, httpx.DecodingError, Garbled) as error:
            raise _Failed(f"the answer broke off: {self._plain(str(error))}") from None
        if answer.status_code != 200:
            raise self._refused(answer, body)
        kind = answer.headers.get("content-type", "").lower()
        if not any(part in kind for part in kinds):
            said = kind.partition(";")[0].strip() or "no content type"
            raise _Failed(f"answered with {said} where {kinds[0]} was expected")
        try:
            return parse(body)
        except Garbled as garbled:
            raise _Failed(self._plain(str(garbled))) from None

    def _refused(self, answer: httpx.Response, body: bytes) -> _Failed:
        said = self._plain(_TAG.sub(" ", body[:4000].decode("utf-8", "replace")))[:300]
        reason = f"answered with status {answer.status_code}" + (f": {said}" if said else "")
        final = answer.status_code not in _PASSING
        asked = seconds_to_wait(answer.headers.get("retry-after", ""))
        return _Failed(reason, final=final, asked=asked, status=answer.status_code)

    def _body_of(self, answer: httpx.Response) -> bytes:
        body = bytearray()
        for part in answer.iter_bytes():
            body += part
            if len(body) > _LARGEST_ANSWER:
                raise Garbled(f"it is longer than {_LARGEST_ANSWER >> 20} MB")
        return bytes(body)

    def _keep_interval(self) -> None:
        wait = self._last + self.settings.interval - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._last = self._clock()

    def _worth_another(self, failed: _Failed, attempt: int) -> bool:
        if failed.final:
            return False
        # Without a network every try fails alike: one more is enough to tell it from a hiccup.
        return not (failed.unreachable and not self._answered and attempt >= 1)

    def _wait(self, failed: _Failed, attempt: int) -> None:
        """Let the time pass that the server asks for, or else twice that of the last time."""
        # A little chance keeps many clients that failed together from coming back together.
        growing = self.settings.backoff * 2.0**attempt * random.uniform(1.0, 1.25)
        wait = min(growing, self.settings.longest_wait) if failed.asked is None else failed.asked
        if wait > self.settings.longest_wait:
            mend = "run the same again after that; what was fetched is kept"
            raise SourceError(f"{self.shown}: {failed.reason}; it asks to wait {wait:.0f} s ({mend})")
        self._told(f"{self.shown}: {failed.reason}; trying again in {wait:.0f} s")
        self._sleep(wait)

    def _plain(self, text: str) -> str:
        """What came from outside, on one line, without the key."""
        if self._key:
            text = text.replace(self._key, "***")
        return _SPACE.sub(" ", text).strip()[:500]


class _Failed(Exception):
    """Why there was no answer, in words, and as far as it decides what to do next."""

    def __init__(
        self,
        reason: str,
        *,
        final: bool = False,
        unreachable: bool = False,
        asked: float | None = None,
        status: int = 0,
    ) -> None:
        super().__init__(reason)
        self.reason, self.final, self.unreachable = reason, final, unreachable
        self.asked, self.status = asked, status


def _mend(failed: _Failed) -> str:
    if failed.unreachable:
        return (
            "(check the network, HTTPS_PROXY where there is a proxy, and the address, which --base and "
            "leaderboard.toml can change; every command but fetch works without a network)"
        )
    if failed.status in (401, 403):
        return "(check the key in the environment, and whether this address lets you in)"
    if failed.final:
        return "(check the query and the address)"
    return "(run the same again later; what was fetched is kept)"


def seconds_to_wait(header: str) -> float | None:
    """The seconds that a `Retry-After` asks for, as a number or until a date; None where it says nothing.

    >>> seconds_to_wait("120"), seconds_to_wait("soon")
    (120.0, None)
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def shown_address(address: str) -> str:
    """An address for messages, without a user's name or password.

    >>> shown_address("https://me:secret@example.org/api?x=1")
    'https://example.org/api'
    """
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _is_private(address: str) -> bool:
    """Whether nobody on the way can read what is sent there."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return parts.hostname == "localhost"
