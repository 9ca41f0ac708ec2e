"""The one kind of error a user is meant to read: what is wrong, and what to do about it, in one line."""

from __future__ import annotations


class LeaderboardError(Exception):
    """Something the user can mend: a missing file, an unknown format, a place that cannot be written.

    The message names the thing, then says what to do. Commands print it alone, without a traceback, and
    end with `exit_code`.
    """

    exit_code = 2


class InputError(LeaderboardError):
    """An input that cannot be read at all: it is missing, or its format is not known."""


class OutputError(LeaderboardError):
    """An output that cannot be written: no such folder, no permission, a full disk."""
