"""From the files' bytes to the compiled rules: parse, check against the models, lay over, derive the names'
forms.

Runs only when a file has changed. Every fault becomes a `Problem` with file, line and column, and the
faulty entry is left out, so that one run finds them all.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from leaderboard.rulebook.cache import Compiled, encoded
from leaderboard.rulebook.forms import BENCHMARK, METRIC, TASK, compile_forms, squeeze
from leaderboard.rulebook.kinds import KINDS, FileKind, named
from leaderboard.rulebook.loading import Source
from leaderboard.rulebook.names import first_words
from leaderboard.rulebook.problems import Problem, RuleError, did_you_mean
from leaderboard.rulebook.yamlfile import Document, parse_yaml

CATALOGUE = {"benchmarks": BENCHMARK, "metrics": METRIC, "tasks": TASK}


def compile_sources(sources: Sequence[Source]) -> tuple[Compiled, list[Problem]]:
    """Everything that the files say, ready for use, and everything that is wrong with them."""
    problems: list[Problem] = []
    items: dict[str, dict[str, dict[str, Any]]] = {kind.name: {} for kind in KINDS if kind.items}
    files: dict[str, list[dict[str, Any]]] = {kind.name: [] for kind in KINDS if not kind.items}
    places: dict[tuple[str, str], Problem] = {}
    folder_of: dict[tuple[str, str], Any] = {}
    for source in sources:
        try:
            document = parse_yaml(source.content, source.shown)
        except RuleError as error:
            problems.extend(error.problems)
            continue
        if document.data is None:
            continue
        kind = next((kind for kind in KINDS if kind.holds(source.inside)), None)
        model = named(kind.model) if kind else bundle_model()
        data, numbers, found = validated(document, model)
        problems.extend(found)
        if data is None:
            continue
        if kind and not kind.items:
            files[kind.name].append({"file": source.shown, "data": data})
            continue
        root = source.path.as_posix().removesuffix(source.inside)
        for part in KINDS:
            for position, entry in enumerate(data.get(part.items) or () if part.items else ()):
                spot = document.spot.at((part.items, numbers[part.items][position], "id"))
                key = (part.name, entry["id"])
                place = Problem(source.shown, spot.line, spot.column, "")
                if folder_of.get(key) == root:
                    first = places[key]
                    what = f'the id "{entry["id"]}" is taken'
                    todo = f"{first.file}:{first.line} has it; choose another id or join the two entries"
                    problems.append(
                        Problem(place.file, place.line, place.column, what, todo, code="duplicate-id")
                    )
                    continue
                folder_of[key], places[key] = root, place
                entry["source"] = f"{source.shown}:{spot.line}"
                if part.name == "benchmarks" and data.get("area"):
                    entry.setdefault("area", data["area"])
                items[part.name][entry["id"]] = entry
    named_entries = ((number, entry) for name, number in CATALOGUE.items() for entry in items[name].values())
    forms, clashes = compile_forms(named_entries)
    problems.extend(_clash_problems(clashes, items, places))
    extra: dict[str, Any] = {}
    for kind in KINDS:
        if kind.name in CATALOGUE:
            continue
        gathered: Any = items[kind.name] if kind.items else files[kind.name]
        try:
            extra[kind.name] = named(kind.finish)(gathered) if kind.finish else gathered
        except RuleError as error:
            problems.extend(error.problems)
    tables = {name: encoded(items[name]) for name in CATALOGUE}
    tables |= {"forms": encoded(forms), "first": encoded(first_words(forms))}
    return Compiled({"extra": extra}, tables), problems


def validated(
    document: Document, model: type[BaseModel]
) -> tuple[dict[str, Any] | None, dict[str, list[int]], list[Problem]]:
    """A file's data as far as they are right, the original positions of the entries kept, and the problems.

    Entries with a fault are left out; where the fault lies outside of an entry, there are no data.
    """
    data = document.data
    lists = (
        {key: items for key, items in data.items() if isinstance(items, list)}
        if isinstance(data, dict)
        else {}
    )
    kept = {key: list(range(len(items))) for key, items in lists.items()}
    found: list[Problem] = []
    for _ in range(2):
        try:
            return (
                model.model_validate(data).model_dump(mode="json", by_alias=True, exclude_unset=True),
                kept,
                found,
            )
        except ValidationError as error:
            if not found:
                found = problems_of(error, document, model)
            places = [detail["loc"] for detail in error.errors(include_url=False)]
            if not all(
                len(place) > 1 and place[0] in lists and isinstance(place[1], int) for place in places
            ):
                break
            bad = {place[:2] for place in places}
            kept = {key: [number for number in kept[key] if (key, number) not in bad] for key in lists}
            data = data | {key: [lists[key][number] for number in kept[key]] for key in lists}
    return None, {}, found


def _clash_problems(
    clashes: Iterable[tuple[str, int, str, str]],
    items: dict[str, dict[str, dict[str, Any]]],
    places: dict[tuple[str, str], Problem],
) -> Iterator[Problem]:
    by_number = {number: name for name, number in CATALOGUE.items()}
    for form, number, first, second in clashes:
        name = by_number[number]
        entry = items[name][second]
        shown = next(
            (text for text in (entry["name"], *entry.get("aliases", ())) if squeeze(text) == form), form
        )
        here, there = places[name, second], places[name, first]
        yield Problem(
            here.file,
            here.line,
            here.column,
            f'the name "{shown}" of {name[:-1]} "{second}" already belongs to "{first}"',
            f"{there.file}:{there.line}; remove it from one of them, or use the same id to replace the entry",
            code="clash",
        )


def bundle_model() -> type[BaseModel]:
    """The model of a file with any name: sections of every kind that has a list of entries, side by side."""
    fields: dict[str, Any] = {}
    bases: dict[str, Any] = {}
    for kind in KINDS:
        if not kind.items:
            continue
        for name, info in named(kind.model).model_fields.items():
            shape = info.annotation
            fields[name] = (shape, []) if name == kind.items else (shape, info.default)
            bases[kind.items] = named(kind.model)
    base = named(KINDS[0].model).__mro__[1]
    return create_model("RuleFile", __base__=base, **fields)


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
        todo = "lower-case letters and digits with single hyphens between: my-benchmark"
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


__all__ = ["FileKind", "bundle_model", "compile_sources", "known_keys", "problems_of"]
