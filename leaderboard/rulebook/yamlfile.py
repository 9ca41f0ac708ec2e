"""YAML read as plain data, with the line and column of every node kept beside it.

Only the part of YAML that rule files need is accepted, so that a file cannot grow in memory (no anchors and
aliases), make objects (no tags) or say two things at once (no repeated keys). Plain scalars follow YAML
1.2: `no`, `on` and `yes` are the words they look like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from leaderboard.rulebook.folders import MAX_BYTES
from leaderboard.rulebook.problems import Problem, RuleError

MAX_DEPTH = 40

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_CONSTANTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(slots=True)
class Spot:
    """Where a node stands, with the spots of what it holds. Lines and columns count from 1."""

    line: int
    column: int
    parts: dict[str | int, Spot] = field(default_factory=dict)
    keys: dict[str, Spot] = field(default_factory=dict)

    def at(self, path: tuple[str | int, ...], *, key: bool = False) -> Spot:
        """The spot of the node that `path` leads to, or of the deepest node on the way that exists.

        With `key`, the spot of the last key itself instead of its value.
        """
        spot = self
        for depth, step in enumerate(path):
            if key and depth == len(path) - 1 and step in spot.keys:
                return spot.keys[str(step)]
            if step not in spot.parts:
                break
            spot = spot.parts[step]
        return spot


@dataclass(slots=True)
class Document:
    """One parsed file: plain data and where everything in it stands."""

    file: str
    data: Any
    spot: Spot


def read_yaml(path: Path, shown: str | None = None) -> Document:
    """Read one YAML file; `shown` is its name in messages.

    Raises RuleError, with line and column, for a file that is too big, is not UTF-8, is not YAML, or uses a
    part of YAML that rule files do not have.
    """
    shown = shown or str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RuleError(
            Problem(shown, 0, 0, f"cannot be read: {error.strerror}", code="unreadable")
        ) from None
    return parse_yaml(raw, shown)


def parse_yaml(raw: bytes | str, shown: str = "<text>") -> Document:
    """Parse YAML text; see `read_yaml`."""
    if len(raw) > MAX_BYTES:
        todo = f"split it: a rule file holds at most {MAX_BYTES // 1024 // 1024} MB"
        raise RuleError(Problem(shown, 0, 0, "the file is too big", todo, code="too-big"))
    return _Builder(shown).build(raw if isinstance(raw, str) else _decoded(raw, shown))


def _decoded(raw: bytes, shown: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise RuleError(Problem(shown, line, column, what, "save it as UTF-8", code="encoding")) from None


class _Builder:
    """Turns the parser's events into data. Events, not nodes: an alias is refused before it can expand."""

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def build(self, text: str) -> Document:
        try:
            events = iter(yaml.parse(text, Loader=_Loader))
            return self._documents(events)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what = f"not valid YAML: {error.problem or error.context}"
            place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            raise RuleError(Problem(self.shown, *place, what, _yaml_hint(error, text), code="yaml")) from None
        except yaml.YAMLError as error:
            what = f"not valid YAML: {' '.join(str(error).split())}"
            raise RuleError(Problem(self.shown, 0, 0, what, code="yaml")) from None

    def _documents(self, events: Any) -> Document:
        data: Any = None
        spot = Spot(1, 1)
        seen = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    self._refuse(
                        event, "a second YAML document", "keep one document in a file, remove the ---"
                    )
            elif isinstance(event, yaml.NodeEvent):
                data, spot = self._node(event, events, 0)
        return Document(self.shown, data, spot)

    def _node(self, event: Any, events: Any, depth: int) -> tuple[Any, Spot]:
        spot = Spot(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._refuse(event, "YAML anchors and aliases are not used here", "write the value out")
        if event.tag is not None and event.tag != "!":
            self._refuse(event, f"the YAML tag {event.tag} is not used here", "remove it")
        if depth > MAX_DEPTH:
            self._refuse(event, "nested too deeply", f"at most {MAX_DEPTH} levels")
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0] and not event.style
            return (scalar(event.value) if plain else event.value), spot
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            for child in events:
                if isinstance(child, yaml.SequenceEndEvent):
                    return items, spot
                value, spot.parts[len(items)] = self._node(child, events, depth + 1)
                items.append(value)
        mapping: dict[str, Any] = {}
        for child in events:
            if isinstance(child, yaml.MappingEndEvent):
                return mapping, spot
            if not isinstance(child, yaml.ScalarEvent):
                self._refuse(child, "a key must be a plain word", "quote the text that starts with [ or {")
            _, key_spot = self._node(child, events, depth + 1)
            key = child.value
            if key in mapping:
                first = spot.keys[key]
                self._refuse(
                    child, f'"{key}" is given twice', f"first in line {first.line}; keep one of them"
                )
            spot.keys[key] = key_spot
            mapping[key], spot.parts[key] = self._node(next(events), events, depth + 1)
        raise AssertionError("the parser ends every collection that it starts")

    def _refuse(self, event: Any, what: str, todo: str) -> None:
        mark = event.start_mark
        raise RuleError(Problem(self.shown, mark.line + 1, mark.column + 1, what, todo, code="yaml"))


def scalar(text: str) -> Any:
    """The value of an unquoted scalar: null, true, false, an integer, a float, or the text itself."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.match(text) and len(text) < 19:
        return int(text)
    if _FLOAT.match(text) and len(text) < 40:
        return float(text)
    return text


def _yaml_hint(error: Any, text: str) -> str:
    lines = text.splitlines()
    if error.problem_mark and "\t" in "".join(lines[error.problem_mark.line : error.problem_mark.line + 1]):
        return "indent with spaces, not with tabs"
    if error.context_mark and "flow" in (error.context or ""):
        return f"close the bracket that is opened in line {error.context_mark.line + 1}, or put a comma"
    if "mapping values" in (error.problem or ""):
        return "quote the text if it holds a colon, or check the indentation"
    return "check quotes, colons and indentation just before this place"
