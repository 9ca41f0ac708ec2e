"""The file that fetched papers are appended to: JSON Lines in the one shape that `extract` reads.

Each line has `id`, `title`, `abstract`, `date` and `url`, then what is known of its origin: `source`,
`retrieved` (time in UTC), and what the source adds, such as `version`. Beside the file lies a small hidden
one that says how far each query has come.

Lines are appended whole and reach the disk before a query is said to have come further; so a run that is
killed loses nothing that was said to be there, and at worst asks for one page again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import orjson

from leaderboard.errors import InputError, OutputError
from leaderboard.models import Paper
from leaderboard.sources.kinds import Resume
from leaderboard.writers import whole_file

_BEGINNING = b'{"id":'
_PATIENCE = 2.0
"""Seconds to wait for another run to leave the file."""


class Papers(Protocol):
    """What papers are fetched to."""

    def knows(self, identifier: str) -> bool:
        """Whether the paper is there already."""

    def append(self, papers: Iterable[Paper], source: str, notes: Mapping[str, Mapping[str, Any]]) -> int:
        """Keep the papers that are new, and give their number."""

    def state(self, query: str) -> Resume:
        """How far the query came in earlier runs."""

    def set_state(self, query: str, resume: Resume) -> None:
        """Keep how far the query has come."""


class PapersOut:
    """Papers written on as lines, to standard output: nothing is known before, and nothing is kept."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._ids: set[str] = set()

    def knows(self, identifier: str) -> bool:
        """Whether this run has written the paper."""
        return identifier.lower() in self._ids

    def append(self, papers: Iterable[Paper], source: str, notes: Mapping[str, Mapping[str, Any]]) -> int:
        """Write the papers that this run has not written yet."""
        added, lines = new_lines(papers, self._ids, source, notes)
        self._write(lines)
        self._ids |= added
        return len(added)

    def state(self, query: str) -> Resume:
        """Always the beginning."""
        return {}

    def set_state(self, query: str, resume: Resume) -> None:
        """Nothing: another run begins again."""


class PapersFile:
    """An opened file of papers, for one run alone; see `open_papers`."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.path = path
        self._stream = stream
        self._ids = _mended_ids(path, stream)
        self._states_path = path.with_name(f".{path.name}.fetch.json")
        self._states = _states_of(self._states_path)

    def __len__(self) -> int:
        return len(self._ids)

    def knows(self, identifier: str) -> bool:
        """Whether the paper is in the file."""
        return identifier.lower() in self._ids

    def append(self, papers: Iterable[Paper], source: str, notes: Mapping[str, Mapping[str, Any]]) -> int:
        """Add the papers that are new, and give their number. They are on the disk when this returns."""
        added, lines = new_lines(papers, self._ids, source, notes)
        end = self._stream.seek(0, os.SEEK_END)
        try:
            left = memoryview(lines)
            while left:  # the system may take a part of it only
                left = left[self._stream.write(left) :]
            os.fsync(self._stream.fileno())
        except OSError as error:
            self._undo(end)
            message = f"{self.path}: writing failed: {error.strerror} (make room, then run the same again)"
            raise OutputError(message) from None
        self._ids |= added
        return len(added)

    def state(self, query: str) -> Resume:
        """How far the query has come; empty for a new one."""
        return dict(self._states.get(query, {}))

    def set_state(self, query: str, resume: Resume) -> None:
        """Keep how far the query has come."""
        if self._states.get(query, {}) == resume:
            return
        self._states[query] = resume
        readable = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
        with whole_file(self._states_path) as stream:
            stream.write(orjson.dumps(self._states, option=readable))

    def _undo(self, end: int) -> None:
        """Take a half-written batch away; where even that fails, the next run does."""
        try:
            os.ftruncate(self._stream.fileno(), end)
        except OSError:
            return


def new_lines(
    papers: Iterable[Paper], known: set[str], source: str, notes: Mapping[str, Mapping[str, Any]]
) -> tuple[set[str], bytes]:
    """The lines of the papers that are not known, and their ids."""
    retrieved = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    lines = bytearray()
    added: set[str] = set()
    for paper in papers:
        name = paper.id.lower()
        if name in known or name in added:
            continue
        added.add(name)
        lines += line_of(paper, source, retrieved, notes.get(paper.id, {}))
    return added, bytes(lines)


def line_of(paper: Paper, source: str, retrieved: str, note: Mapping[str, Any]) -> bytes:
    """A paper's line, with its end."""
    record = paper.model_dump() | {"source": source, "retrieved": retrieved} | dict(note)
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


@contextmanager
def open_papers(path: Path) -> Iterator[PapersFile]:
    """The file of papers, made if it is not there, for this run alone.

    Raises `OutputError` when it cannot be written or another run is writing it.
    """
    if path.suffix not in (".jsonl", ".ndjson"):
        raise OutputError(f"{path}: papers are kept as JSON Lines (name a file such as papers.jsonl)")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except FileNotFoundError:
        raise OutputError(f"{path}: its folder does not exist (mkdir -p '{path.parent}')") from None
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror} (choose another place with -o)"
        raise OutputError(message) from None
    with os.fdopen(descriptor, "r+b", buffering=0) as stream:
        _lock(path, stream)
        yield PapersFile(path, stream)


def _lock(path: Path, stream: BinaryIO) -> None:
    """Keep other runs out until the file is closed, or this process has ended in whatever way."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        return
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            if time.monotonic() > patience:
                message = f"{path}: another run is writing it (wait for it, or choose another file)"
                raise OutputError(message) from None
            time.sleep(0.05)


def _mended_ids(path: Path, stream: BinaryIO) -> set[str]:
    """The ids in the file. A last line that was cut short by a crash is taken away: its paper comes again."""
    ids: set[str] = set()
    whole = 0
    ended = True
    with path.open("rb") as lines:
        for line in lines:
            ended = line.endswith(b"\n")
            try:
                record = orjson.loads(line)
            except orjson.JSONDecodeError:
                # Only what looks like a line of ours is taken away; extracting reports the others.
                whole += 0 if not ended and line.startswith(_BEGINNING) else len(line)
                continue
            whole += len(line)
            identifier = record.get("id") if isinstance(record, dict) else None
            if isinstance(identifier, str) and identifier:
                ids.add(identifier.lower())
    if stream.seek(0, os.SEEK_END) > whole:
        os.ftruncate(stream.fileno(), whole)
    elif not ended:
        stream.write(b"\n")
    return ids


def _states_of(path: Path) -> dict[str, Resume]:
    try:
        states = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, orjson.JSONDecodeError):
        states = None
    if not isinstance(states, dict) or not all(isinstance(one, dict) for one in states.values()):
        raise InputError(f"{path}: cannot be read (remove it: the next fetch asks for everything again)")
    return states
