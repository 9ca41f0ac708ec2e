"""`leaderboard.toml`: what a folder fetches, by which rules it extracts, and what it writes."""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from leaderboard.errors import InputError
from leaderboard.sources import SOURCES, Query, settings_of, source_named
from leaderboard.sources.fetching import checked

CONFIG = "leaderboard.toml"

# As in leaderboard.export, which is slow to load: most readers of this file export nothing.
_EXPORTS = (".csv", ".jsonl", ".ndjson", ".parquet")
_BOARDS = (*_EXPORTS, ".md", ".tex", ".json")


def _as_text(value: Any) -> Any:
    """Dates and years may stand there without quotation marks."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value) if type(value) is int else value


Day = Annotated[str, BeforeValidator(_as_text)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(_Table):
    """One `[[queries]]`: what is asked of a source at each update."""

    source: str
    query: str = ""
    file: str = ""
    since: Day = ""
    until: Day = ""
    date: Day = ""
    max: int = Field(0, ge=0)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.source, self.query or self.file)))


class Rules(_Table):
    """`[rules]`: folders laid over the built-in rules, in order."""

    folders: tuple[str, ...] = ()


class Output(_Table):
    """`[output]`: names of files in the folder."""

    papers: str = "papers.jsonl"
    rows: str = "rows.parquet"
    boards: tuple[str, ...] = ("boards.md",)
    exports: tuple[str, ...] = ()
    min_entries: int = Field(1, ge=1)


class Config(_Table):
    """The whole file."""

    queries: tuple[Asked, ...] = ()
    sources: dict[str, dict[str, Any]] = {}
    rules: Rules = Rules()
    output: Output = Output()


def read_config(path: Path) -> Config:
    """The settings in a file; raises `InputError` naming the file, the line and the mend."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file (make one with 'leaderboard init {path.parent}')") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error} (write it as UTF-8 text)") from None
    try:
        config = Config.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML: {error}") from None
    except ValidationError as error:
        raise InputError(f"{path}{_first_problem(text, error)}") from None
    _check(path, config)
    return config


def query_of(asked: Asked, folder: Path) -> Query:
    """What is asked, with the content of its file; raises `InputError`."""
    text = asked.query
    if asked.file:
        try:
            text = (folder / asked.file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            message = f"{folder / asked.file}: cannot be read: {reason} (mend [[queries]] file)"
            raise InputError(message) from None
    return Query(text, asked.since, asked.until, asked.date, asked.max)


def _check(path: Path, config: Config) -> None:
    """Raise `InputError` for whatever can be known to be wrong before any work is done."""
    try:
        for name, table in config.sources.items():
            if name not in SOURCES:
                raise InputError(f"[sources.{name}]: no such source (there are: {', '.join(SOURCES)})")
            settings_of(name, SOURCES[name].defaults, table)
        for number, asked in enumerate(config.queries, start=1):
            try:
                source = source_named(asked.source)
                takes_file = source.argument == "FILE"
                if takes_file != bool(asked.file):
                    mend = "needs a file of ids (write file = ...)" if takes_file else "takes no file"
                    raise InputError(f"{source.name} {mend}")
                if not takes_file:
                    checked(source, query_of(asked, path.parent))
            except InputError as error:
                raise InputError(f"[[queries]] number {number}: {error}") from None
        for setting, names, suffixes in (
            ("papers", (config.output.papers,), (".jsonl", ".ndjson")),
            ("rows", (config.output.rows,), (".parquet",)),
            ("boards", config.output.boards, _BOARDS),
            ("exports", config.output.exports, _EXPORTS),
        ):
            wrong = next((name for name in names if not name.lower().endswith(suffixes)), None)
            if wrong is not None:
                raise InputError(f"[output] {setting}: {wrong!r} must end in {' or '.join(suffixes)}")
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    written = [config.output.papers, config.output.rows, *config.output.boards, *config.output.exports]
    twice = next((name for name in written if written.count(name) > 1), None)
    if twice:
        raise InputError(f"{path}: [output]: {twice} is named twice (give each its own name)")


def _first_problem(text: str, error: ValidationError) -> str:
    """The first problem, with its line where the key can be found in the text."""
    problem = error.errors()[0]
    names = [part for part in problem["loc"] if isinstance(part, str)]
    where = ".".join(map(str, problem["loc"]))
    if problem["type"] == "extra_forbidden":
        model: Any = {"queries": Asked, "rules": Rules, "output": Output}.get(names[0], Config)
        if len(names) == 1:
            model = Config
        said = f"no such setting (there are: {', '.join(model.model_fields)})"
    else:
        said = f"{problem['msg'].lower()} (mend it, or take the line out)"
    line = _line_of(text, names)
    return f":{line}: {where}: {said}" if line else f": {where}: {said}"


def _line_of(text: str, names: list[str]) -> int:
    """The line of a key: the first of that name after its table's heading; 0 where there is none."""
    table = ".".join(names[:-1]) or names[-1]
    inside = len(names) < 2
    for number, line in enumerate(text.splitlines(), start=1):
        heading = re.match(r"\s*\[+\s*([\w.-]+)\s*\]+", line)
        if heading:
            inside = heading[1] == table
            if inside and len(names) < 2:
                return number
        elif inside and re.match(rf"""\s*["']?{re.escape(names[-1])}["']?\s*=""", line):
            return number
    return 0
