"""From the files' bytes to the compiled rules: parse, check against the models, lay over, derive the names'
forms.

Runs only when a file has changed. Every fault becomes a `Problem` with file, line and column, and the
faulty entry is left out, so that one run finds them all.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from leaderboard.rulebook.cache import Compiled, encoded
from leaderboard.rulebook.forms import BENCHMARK, METRIC, TASK, compile_forms, slug, squeeze
from leaderboard.rulebook.kinds import KINDS, FileKind, named
from leaderboard.rulebook.loading import Source
from leaderboard.rulebook.names import first_words
from leaderboard.rulebook.problems import Problem, RuleError, did_you_mean, taken_id
from leaderboard.rulebook.schema import Entry
from leaderboard.rulebook.yamlfile import Document, Spot, parse_yaml

CATALOGUE = {"benchmarks": BENCHMARK, "metrics": METRIC, "tasks": TASK}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of a kind without entries, read and checked: what a kind's `finish` gets.

    `spot.at(("results", 3, "pattern"))` tells the line and column of what stands there.
    """

    file: str
    data: dict[str, Any]
    spot: Spot
    builtin: bool


def compile_sources(sources: Sequence[Source]) -> tuple[Compiled, list[Problem]]:
    """Everything that the files say, ready for use, and everything that is wrong with them."""
    problems: list[Problem] = []
    files: dict[str, list[ReadFile]] = {kind.name: [] for kind in KINDS}
    layers = Layers()
    for source in sources:
        kind = next((kind for kind in KINDS if kind.holds(source.inside)), None)
        read, found = _read(source, named(kind.model) if kind else bundle_model())
        problems.extend(found)
        if read is None:
            continue
        if kind and not kind.items:
            files[kind.name].append(read)
        else:
            problems.extend(layers.add(read, source.root))
    problems.extend(layers.unknown_references())
    forms, clashes = compile_forms(
        (number, entry) for name, number in CATALOGUE.items() for entry in layers.entries[name].values()
    )
    problems.extend(layers.clash(*clash) for clash in clashes)
    extra: dict[str, Any] = {}
    for kind in KINDS:
        if kind.name not in CATALOGUE:
            data = layers.entries[kind.name] if kind.items else files[kind.name]
            try:
                extra[kind.name] = _finished(kind, data)
            except RuleError as error:
                problems.extend(error.problems)
    tables = {name: encoded(layers.entries[name]) for name in CATALOGUE}
    tables |= {"forms": encoded(forms), "first": encoded(first_words(forms)), "extra": encoded(extra)}
    return Compiled({}, tables), problems


def _read(source: Source, model: type[BaseModel]) -> tuple[ReadFile | None, list[Problem]]:
    try:
        document = parse_yaml(source.content, source.shown)
    except RuleError as error:
        return None, error.problems
    if document.data is None:
        return None, []
    data, problems = validated(document, model)
    if data is None:
        return None, problems
    return ReadFile(source.shown, data, document.spot, source.builtin), problems


def _finished(kind: FileKind, data: Any) -> Any:
    if kind.finish:
        return named(kind.finish)(data)
    return (
        data
        if kind.items
        else [{"file": read.file, "builtin": read.builtin, "data": read.data} for read in data]
    )


class Layers:
    """Entries of all kinds, those of later folders laid over those of earlier ones, and where each stands."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, dict[str, Any]]] = {kind.name: {} for kind in KINDS if kind.items}
        self._read: dict[tuple[str, str], tuple[ReadFile, Spot, Path]] = {}

    def add(self, read: ReadFile, root: Path) -> Iterator[Problem]:
        """Add the entries of one file; `root` is its folder, in which an id may stand only once."""
        for kind in KINDS:
            if not kind.items:
                continue
            for number, entry in enumerate(read.data.get(kind.items) or ()):
                spot = read.spot.at((kind.items, number))
                name = entry["id"]
                earlier = self._read.get((kind.name, name))
                if earlier and earlier[2] == root:
                    what, todo = taken_id(name, self._place(kind.name, name))
                    yield _problem(read, spot.at(("id",)), what, todo, "duplicate-id")
                    continue
                self._read[kind.name, name] = (read, spot, root)
                entry["source"] = f"{read.file}:{spot.at(('id',)).line}"
                if kind.name == "benchmarks" and read.data.get("area"):
                    entry.setdefault("area", read.data["area"])
                self.entries[kind.name][name] = entry

    def unknown_references(self) -> Iterator[Problem]:
        """Ids of tasks and metrics that no entry has."""
        tasks, metrics = self.entries["tasks"], self.entries["metrics"]
        for name, entry in self.entries["benchmarks"].items():
            for key, known in (("tasks", tasks), ("metrics", metrics)):
                for number, reference in enumerate(entry.get(key, ())):
                    if reference not in known:
                        yield self._unknown("benchmarks", name, (key, number), reference, known)
            for reference in entry.get("range", ()):
                if reference not in metrics:
                    yield self._unknown("benchmarks", name, ("range", reference), reference, metrics)
        for name, entry in metrics.items():
            family = entry.get("family")
            if family and family not in metrics:
                yield self._unknown("metrics", name, ("family",), family, metrics)

    def _unknown(
        self, kind: str, name: str, path: tuple[str | int, ...], reference: str, known: dict[str, Any]
    ) -> Problem:
        read, spot, _ = self._read[kind, name]
        section = "tasks" if path[0] == "tasks" else "metrics"
        todo = did_you_mean(reference, known) or f"add it under {section}: with an id and a name"
        what = f'there is no {section[:-1]} with the id "{reference}"'
        return _problem(read, spot.at(path), what, todo, "unknown-id")

    def clash(self, form: str, number: int, first: str, second: str) -> Problem:
        """Two entries of one kind with one name; a user's entry is blamed rather than a built-in one."""
        kind = next(name for name, known in CATALOGUE.items() if known == number)
        if self._read[kind, second][0].builtin and not self._read[kind, first][0].builtin:
            first, second = second, first
        entry, (read, spot, _) = self.entries[kind][second], self._read[kind, second]
        aliases = entry.get("aliases", ())
        at = next((at for at, alias in enumerate(aliases) if squeeze(alias) == form), -1)
        place: tuple[str | int, ...] = ("name",) if squeeze(entry["name"]) == form else ("aliases", at)
        shown = entry["name"] if place == ("name",) else aliases[at]
        what = f'the name "{shown}" of {kind[:-1]} "{second}" already belongs to "{first}"'
        todo = f"at {self._place(kind, first)}; drop one, or use the id {first} to replace it"
        return _problem(read, spot.at(place), what, todo, "clash")

    def _place(self, kind: str, name: str) -> str:
        read, spot, _ = self._read[kind, name]
        return f"{read.file}:{spot.at(('id',)).line}"


def _problem(read: ReadFile, spot: Spot, what: str, todo: str, code: str) -> Problem:
    return Problem(read.file, spot.line, spot.column, what, todo, code=code)


def validated(document: Document, model: type[BaseModel]) -> tuple[dict[str, Any] | None, list[Problem]]:
    """A file's data as far as they are right, and what is wrong.

    Entries with a fault are left out, of the data and of the document's spots; where the fault lies outside
    of the entries, there are no data.
    """
    data, spot = document.data, document.spot
    problems: list[Problem] = []
    for _ in range(2):
        try:
            checked = model.model_validate(data)
            return checked.model_dump(mode="json", by_alias=True, exclude_unset=True), problems
        except ValidationError as error:
            if problems:
                break
            problems = problems_of(error, document, model)
            bad = {detail["loc"][:2] for detail in error.errors(include_url=False)}
        if not all(len(place) == 2 and isinstance(place[1], int) for place in bad):
            break
        for key in {str(place[0]) for place in bad}:
            kept = [number for number in range(len(data[key])) if (key, number) not in bad]
            data = data | {key: [data[key][number] for number in kept]}
            spots = spot.parts[key].parts
            spot.parts[key].parts = {at: spots[number] for at, number in enumerate(kept)}
    return None, problems


@lru_cache(maxsize=1)
def bundle_model() -> type[BaseModel]:
    """The model of a file of any other name: sections of every kind that has entries, side by side."""
    fields: dict[str, Any] = {}
    for kind in KINDS:
        if kind.items:
            for name, info in named(kind.model).model_fields.items():
                fields[name] = (info.annotation, [] if name == kind.items else info.default)
    return create_model("RuleFile", __base__=Entry, **fields)


def problems_of(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    """Pydantic's findings with file, line and column, in plain words."""
    found = []
    for detail in error.errors(include_url=False):
        path = tuple(part for part in detail["loc"] if part != "[key]")
        on_key = detail["type"] == "extra_forbidden" or "[key]" in detail["loc"]
        spot = document.spot.at(path, key=on_key)
        what, todo = _in_words(detail, path, model)
        found.append(Problem(document.file, spot.line, spot.column, what, todo, code=detail["type"]))
    return found


def _in_words(detail: Any, path: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, str]:
    name = next((f'"{part}"' for part in reversed(path) if isinstance(part, str)), "the file")
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = known_keys(model, path[:-1])
        hint = did_you_mean(str(path[-1]), known)
        return f'unknown key "{path[-1]}"', hint or f"known keys: {', '.join(known)}"
    if kind == "missing":
        return f"{name} is missing", f"add {path[-1]}: ..."
    if kind == "string_type":
        got = detail["input"]
        todo = f'write it in quotes: "{got}"' if isinstance(got, int | float) else "write a single text"
        return f"{name} must be text, this is {_shape(got)}", todo
    if kind == "list_type":
        return f"{name} must be a list, this is {_shape(detail['input'])}", "put it in brackets: [one, two]"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return (
            f"{name} must be a mapping of keys, this is {_shape(detail['input'])}",
            "write key: value lines",
        )
    if kind == "string_pattern_mismatch" and "url" not in name:
        todo = f"lower-case letters and digits with single hyphens between: {slug(detail['input'])}"
        return f'"{detail["input"]}" is not an id', todo
    if kind == "literal_error":
        return f'{name} cannot be "{detail["input"]}"', f"write {detail['ctx']['expected']}"
    if kind == "bool_type":
        return f"{name} must be true or false", "write true or false, without quotes"
    return f"{name}: {detail['msg'].removeprefix('Value error, ')}", ""


def _shape(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", str: "text", bool: "true/false", type(None): "empty"}
    return names.get(type(value), f"the number {value}")


def known_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that may stand at a place of a file."""
    shape: Any = model
    for step in path:
        shape = _step(shape, step)
    return [info.alias or name for part in _models_in(shape) for name, info in part.model_fields.items()]


def _step(shape: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return next((args[0] for args in _args_of(shape, list)), None)
    for model in _models_in(shape):
        for name, info in model.model_fields.items():
            if step in (name, info.alias):
                return info.annotation
    return next((args[1] for args in _args_of(shape, dict)), None)


def _args_of(shape: Any, origin: type) -> Iterator[tuple[Any, ...]]:
    if typing.get_origin(shape) is origin:
        yield typing.get_args(shape)
    elif typing.get_origin(shape) in (typing.Union, types.UnionType, typing.Annotated):
        for part in typing.get_args(shape):
            yield from _args_of(part, origin)


def _models_in(shape: Any) -> Iterator[type[BaseModel]]:
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        yield shape
    elif typing.get_origin(shape) in (typing.Union, types.UnionType, typing.Annotated):
        for part in typing.get_args(shape):
            yield from _models_in(part)
