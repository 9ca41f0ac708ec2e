"""Which files are meant: folders and patterns become the files in them, in a fixed order."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from leaderboard.errors import InputError
from leaderboard.readers.addresses import file_system
from leaderboard.readers.formats import has_known_suffix

_PATTERN = re.compile(r"[*?\[]")


def expand(names: Iterable[str]) -> list[str]:
    """The inputs that these names mean, each once: files as they are, folders and patterns sorted by name.

    In a folder, at any depth, the files count whose suffix belongs to a format; hidden ones and those that
    begin with `_` do not. `**` in a pattern goes through folders. Raises `InputError` for a folder or a
    pattern in which nothing is found.

    >>> expand(["papers.jsonl", "-"])
    ['papers.jsonl', '-']
    """
    return list(dict.fromkeys(source for name in names for source in _expanded(name)))


def _expanded(name: str) -> Iterator[str]:
    if name == "-":
        yield name
    elif "://" in name:
        yield from _remote(name)
    elif Path(name).is_dir():
        found = sorted(str(path) for path in Path(name).rglob("*") if path.is_file() and _counts(path, name))
        yield from _some(found, f"{name}: no files of papers in this folder (name the files themselves)")
    elif _PATTERN.search(name) and not Path(name).exists():
        # Path.glob takes no absolute patterns.
        found = sorted(path for path in glob.glob(name, recursive=True) if Path(path).is_file())  # noqa: PTH207
        yield from _some(found, f"{name}: no file matches (check the pattern, and quote it)")
    else:
        yield name


def _counts(path: Path, folder: str) -> bool:
    inside = path.relative_to(folder)
    return not any(part.startswith((".", "_")) for part in inside.parts) and has_known_suffix(path.name)


def _remote(address: str) -> Iterator[str]:
    if not _PATTERN.search(address) and not address.endswith("/"):
        yield address
        return
    filesystem, path = file_system(address)
    if address.endswith("/"):
        found = [one for one in filesystem.find(path) if has_known_suffix(one)]
    else:
        found = filesystem.glob(path)
    addresses = sorted(str(filesystem.unstrip_protocol(one)) for one in found)
    yield from _some(addresses, f"{address}: nothing found there (check the address)")


def _some(found: list[str], complaint: str) -> list[str]:
    if not found:
        raise InputError(complaint)
    return found
