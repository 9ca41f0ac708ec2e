"""Regular expressions that are compiled when they are first used.

Reading one text needs few of the hundreds of expressions, and compiling them all would be a good part of a
start. Stands in for `re` where a module holds many: `from leaderboard import expressions as re`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import DOTALL, IGNORECASE, VERBOSE, Match, Pattern, escape, findall, match, search
from typing import Any, cast

__all__ = [
    "DOTALL", "IGNORECASE", "VERBOSE", "I", "Match", "Pattern", "branches", "compile", "escape", "findall",
    "has_any", "match", "search",
]  # fmt: skip

I = IGNORECASE  # noqa: E741 - as `re` calls it
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


def compile(source: str, flags: int = 0) -> Pattern[str]:
    """What `re.compile` returns, or something that becomes it.

    >>> compile("a+").sub("b", "caat")
    'cbt'
    """
    return cast(Pattern[str], _Later(source, flags))


def has_any(text: str, parts: Iterable[str]) -> bool:
    """Whether one of some strings stands in a text: many times faster than an expression with as many
    branches.
    """
    for part in parts:  # noqa: SIM110 - a generator takes twice as long
        if part in text:
            return True
    return False


def branches(forms: Iterable[str]) -> str:
    """The source of an expression for any of some words and phrases, the longest first, parted by their first
    letters: where a text begins like none of them, few branches are tried.

    >>> branches(["we", "our", "ours"])
    '(?:o(?:urs|ur)|w(?:e))'
    """
    by_letter: dict[str, list[str]] = {}
    for form in sorted(set(forms), key=lambda form: (form[0], -len(form), form)):
        by_letter.setdefault(form[0], []).append(escape(form[1:]))
    parts = [f"{escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()]
    return f"(?:{'|'.join(parts) or '(?!)'})"


class _Later:
    """An expression that is compiled when something is asked of it; its methods are then its own attributes,
    so that to call them costs no more than it does of the expression itself.
    """

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
