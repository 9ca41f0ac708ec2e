"""Where a source is asked, and how patiently: from defaults, leaderboard.toml, environment and flags.

Keys are no settings: they come from the environment alone, so that no file can hold one by accident.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlsplit

from leaderboard.errors import InputError


@dataclass(frozen=True, slots=True)
class Settings:
    """How one source is asked. Times are in seconds."""

    base: str
    """Address that requests go to."""
    interval: float = 0.0
    """Least time from one request to the next."""
    timeout: float = 30.0
    """How long the other side may be silent."""
    retries: int = 5
    """How often a request that failed for a passing reason is made again."""
    backoff: float = 1.0
    """Wait before the first retry; each further one doubles it."""
    longest_wait: float = 300.0
    """The longest wait that a server may ask for; beyond it the run ends and says when to come back."""


NAMES = tuple(field.name for field in fields(Settings))


def settings_of(
    source: str, defaults: Settings, table: Mapping[str, Any] | None = None, *, base: str = ""
) -> Settings:
    """The settings of a source: `table` from leaderboard.toml, then `LEADERBOARD_SOURCE_SETTING` of the
    environment, then `base` as given by a flag.

    Raises `InputError` naming the setting, where it stands and what it must be.

    >>> settings_of("arxiv", Settings("https://example.org/api", interval=3.0), {"interval": 5}).interval
    5.0
    """
    chosen = defaults
    for name, value in (table or {}).items():
        chosen = _with(chosen, name, value, f"[sources.{source}] {name}")
    for name in NAMES:
        variable = variable_of(source, name)
        if os.environ.get(variable):
            chosen = _with(chosen, name, os.environ[variable], variable)
    return _with(chosen, "base", base, "--base") if base else chosen


def variable_of(source: str, name: str) -> str:
    """The environment variable of a setting.

    >>> variable_of("hf-papers", "base")
    'LEADERBOARD_HF_PAPERS_BASE'
    """
    return f"LEADERBOARD_{source}_{name}".upper().replace("-", "_")


def _with(settings: Settings, name: str, value: Any, where: str) -> Settings:
    if name not in NAMES:
        hint = f"there are: {', '.join(NAMES)}"
        if name in ("key", "token", "api_key"):
            hint = "keys are read from the environment only; take it out of the file"
        raise InputError(f"{where}: no such setting ({hint})")
    if name == "base":
        return replace(settings, base=_address(value, where))
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, bool) or not math.isfinite(number) or number < 0:
        raise InputError(f"{where}: {value!r} is no number of 0 or more (write it as {name} = 3)")
    if name == "retries":
        return replace(settings, retries=int(number))
    if name == "timeout" and number == 0:
        raise InputError(f"{where}: a time-out of 0 would fail always (write it as timeout = 30)")
    changed: dict[str, Any] = {name: number}
    return replace(settings, **changed)


def _address(value: Any, where: str) -> str:
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound:
        raise InputError(f"{where}: {value!r} is no address (write it as https://host/path)")
    return str(value).rstrip("/")
