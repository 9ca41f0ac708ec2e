"""Addresses beyond this machine's files: whatever fsspec knows, such as `s3://`, `gs://`, `hf://`, `memory://`."""

from __future__ import annotations

from typing import Any

from leaderboard.errors import InputError


def file_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it; raises `InputError`."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        message = f"{address}: addresses need fsspec (pip install 'leaderboard[sources]')"
        raise InputError(message) from None
    try:
        filesystem, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(f"{address}: {' '.join(str(error).split())} (check the address)") from None
    return filesystem, path
