"""Compiled rules kept between runs, as lines of JSON.

The name of a cache file is the digest of everything it was made from, so a changed rule file is simply
another cache file. JSON can hold no code, and a file that someone else owns or can write is not read: the
worst that a bad cache can do is to be ignored. No failure here is an error; rules are then compiled again.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from leaderboard.rulebook.shelf import Shelf, lines_of

KEPT = 8
"""How many cache files of a kind stay; the oldest go."""


def cache_folder() -> Path:
    """The folder of the cache: LEADERBOARD_CACHE, or the user's cache folder for this program."""
    if chosen := os.environ.get("LEADERBOARD_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("leaderboard", appauthor=False)


@dataclass(frozen=True, slots=True)
class Compiled:
    """Compiled rules: a head of any JSON data, and tables whose rows stay encoded until asked for.

    A start reads tens of thousands of rows and uses a handful, so decoding them all would be most of its
    time.
    """

    head: dict[str, Any]
    tables: Mapping[str, Mapping[str, bytes]]


def encoded(table: Mapping[str, Any]) -> dict[str, bytes]:
    """A table with each row as JSON."""
    return {key: orjson.dumps(row) for key, row in table.items()}


def load(digest: str, kind: str = "rules") -> Compiled | None:
    """The compiled rules for this digest, or None where there are none that can be trusted."""
    path = cache_folder() / f"{kind}-{digest}.jsonl"
    try:
        with path.open("rb") as stream:
            if not _is_ours(os.fstat(stream.fileno())):
                return None
            content = stream.read()
        end = content.find(b"\n")
        if content[:end] != _seal(digest, memoryview(content)[end + 1 :]):
            return None
        return _unpacked(content.split(b"\n")[1:])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save(digest: str, compiled: Compiled, kind: str = "rules") -> None:
    """Keep compiled rules; written beside and renamed, so that a reader sees a whole file or none."""
    import tempfile  # only where something has changed

    folder = cache_folder()
    body = _packed(compiled)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{kind}-", dir=folder)  # readable by the owner only
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_seal(digest, body) + b"\n" + body)
            Path(beside).replace(folder / f"{kind}-{digest}.jsonl")
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
        _forget_old(folder, kind)


def _packed(compiled: Compiled) -> bytes:
    """One line for the head, and for each table those of its shelf."""
    shelves = {name: lines_of(table) for name, table in compiled.tables.items()}
    sizes = {name: len(lines) for name, lines in shelves.items()}
    opening = orjson.dumps({"tables": sizes, "head": compiled.head})
    return b"\n".join([opening, *chain.from_iterable(shelves.values())])


def _unpacked(lines: list[bytes]) -> Compiled:
    opening = orjson.loads(lines[0])
    tables = {}
    at = 1
    for name, size in opening["tables"].items():
        tables[name] = Shelf(lines[at : at + size])
        at += size
    return Compiled(opening["head"], tables)


def _seal(digest: str, body: bytes | memoryview) -> bytes:
    """Tells a whole file from a damaged one."""
    seal = hashlib.sha256(digest.encode())
    seal.update(body)
    return seal.hexdigest().encode()


def _is_ours(status: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):
        return stat.S_ISREG(status.st_mode)
    writable_by_others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not writable_by_others


def _forget_old(folder: Path, kind: str) -> None:
    files = sorted(folder.glob(f"{kind}-*.json*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)
