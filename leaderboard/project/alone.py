"""One update of a folder at a time, whoever started them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leaderboard.errors import OutputError

LOCK = ".leaderboard.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other updates out of the folder. Raises `OutputError`, at once, when one is at work.

    The lock is the system's, not the file's existence: it ends with the process, however that ends.
    """
    path = folder / LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror} (check the folder's rights)"
        raise OutputError(message) from None
    with os.fdopen(descriptor, "r+") as lock:
        try:
            import fcntl
        except ImportError:  # not on Windows
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = lock.read(20).strip()
            by = f" by process {holder}" if holder.isdigit() else ""
            message = f"{folder}: is being updated{by} (nothing was done: wait for that update)"
            raise OutputError(message) from None
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield
        lock.truncate(0)
