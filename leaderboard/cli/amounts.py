"""How many there are of a thing, in words."""

from __future__ import annotations


def amount(number: int, thing: str) -> str:
    """A number with its thing, which has an s unless there is one.

    >>> amount(1, "error"), amount(0, "error"), amount(1200, "error")
    ('1 error', '0 errors', '1,200 errors')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
