"""A folder that a run writes parts to: on this machine, or behind an address that fsspec knows.

Only what a run needs: whole files that appear at once, their names, reading and removing them, and, on this
machine, that no two runs write to one folder at a time.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from leaderboard.errors import OutputError
from leaderboard.readers.addresses import file_system
from leaderboard.writers import whole_file

LOCK = "_lock"
_PATIENCE = 2.0
"""Seconds that a run waits for another to leave the folder."""


class Folder(Protocol):
    """What a run needs of a folder; names may hold a `/` for a folder inside it."""

    def whole(self, name: str) -> Any:
        """A context manager: a stream to a file that appears whole at the end of the block, or not at all."""

    def read(self, name: str) -> BinaryIO:
        """An open file; the caller closes it. Raises `FileNotFoundError`."""

    def names(self, suffix: str) -> list[str]:
        """The names of the folder's own files with this suffix, sorted."""

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens where there is none."""

    def alone(self) -> Any:
        """A context manager during which no other run may write here; leftovers of dead runs are removed."""


def folder_at(address: str) -> Folder:
    """The folder at a path or an address, made if it is not there; raises `OutputError`."""
    if "://" in address:
        filesystem, inside = file_system(address)
        return RemoteFolder(filesystem, inside.rstrip("/"))
    path = Path(address)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{address}: cannot be made: {error.strerror} (choose another folder with -o)"
        raise OutputError(message) from None
    return LocalFolder(path)


def is_folder(address: str) -> bool:
    """Whether an output is meant as a folder: it ends in `/`, or there is a folder of that name."""
    if "://" in address:
        return address.endswith("/") or "." not in address.rsplit("/", 1)[-1]
    return address.endswith(("/", os.sep)) or Path(address).is_dir()


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """A folder on this machine."""

    path: Path

    @contextmanager
    def whole(self, name: str) -> Iterator[BinaryIO]:
        place = self.path / name
        try:
            place.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError(f"{place.parent}: cannot be made: {error.strerror} (free its name)") from None
        with whole_file(place) as stream:
            yield stream

    def read(self, name: str) -> BinaryIO:
        return (self.path / name).open("rb")

    def names(self, suffix: str) -> list[str]:
        return sorted(path.name for path in self.path.iterdir() if path.name.endswith(suffix))

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        with _locked(self.path):
            for leftover in self.path.rglob("*.part"):
                leftover.unlink()
            yield


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """A folder behind an address. Object stores show an object only when all of it is there; for the others a
    file is moved to its name at the end."""

    filesystem: Any
    path: str

    @contextmanager
    def whole(self, name: str) -> Iterator[BinaryIO]:
        place = f"{self.path}/{name}"
        partial = f"{place}.part"
        with tempfile.NamedTemporaryFile() as local:
            yield cast(BinaryIO, local)
            local.flush()
            try:
                self.filesystem.makedirs(place.rsplit("/", 1)[0], exist_ok=True)
                self.filesystem.put_file(local.name, partial)
                self.filesystem.mv(partial, place)
            except Exception as error:  # each file system raises its own kinds
                reason = " ".join(str(error).split())[:200]
                raise OutputError(f"{place}: writing failed: {reason} (check address and rights)") from error

    def read(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self.filesystem.open(f"{self.path}/{name}", "rb"))

    def names(self, suffix: str) -> list[str]:
        if not self.filesystem.exists(self.path):
            return []
        listed = self.filesystem.ls(self.path, detail=False)
        return sorted(one.rsplit("/", 1)[-1] for one in listed if one.endswith(suffix))

    def remove(self, name: str) -> None:
        place = f"{self.path}/{name}"
        if self.filesystem.exists(place):
            self.filesystem.rm_file(place)

    @contextmanager
    def alone(self) -> Iterator[None]:
        # Stores have no lock that a dead run would give up; two runs there cost work, not correctness.
        for name in self.names(".part"):
            self.remove(name)
        yield


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    with (path / LOCK).open("w") as lock:
        patience = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                # The workers of a run that was killed hold the lock until they too have ended.
                if time.monotonic() > patience:
                    message = f"{path}: another run is writing here (wait for it, or choose another folder)"
                    raise OutputError(message) from None
                time.sleep(0.05)
        yield
