"""The catalogue as the engine sees it: small frozen records, made from already validated data.

The pydantic models of `leaderboard.rulebook.schema` check what people write; these records only carry it.
They are built when first asked for, so that starting with thousands of entries costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Subset:
    """A part of a benchmark whose numbers are not comparable with those of the other parts."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A named dataset, suite or challenge that numbers are measured on.

    `metrics` are ids, the first one is the default. `source` is the file and line of the entry.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    area: str = ""
    tasks: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    subsets: tuple[Subset, ...] = ()
    splits: tuple[str, ...] = ()
    range: tuple[tuple[str, float, float], ...] = ()
    year: int | None = None
    url: str = ""
    cased: bool = False
    ambiguous: bool = False
    not_: tuple[str, ...] = ()
    source: str = ""

    def range_of(self, metric_id: str) -> tuple[float, float] | None:
        """Plausible printed values of a metric on this benchmark, where the catalogue narrows them."""
        return next(((low, high) for name, low, high in self.range if name == metric_id), None)

    def subset(self, subset_id: str) -> Subset | None:
        """The subset with this id, or None (splits are plain strings, they have no record)."""
        return next((subset for subset in self.subsets if subset.id == subset_id), None)


@dataclass(frozen=True, slots=True)
class Metric:
    """What a number measures. `higher_is_better` is None where unknown or where it depends."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    higher_is_better: bool | None = None
    unit: str = ""
    range: tuple[float, float] | None = None
    scale: str = ""
    family: str = ""
    cased: bool = False
    ambiguous: bool = False
    not_: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What systems are asked to do."""

    id: str
    name: str
    area: str = ""
    aliases: tuple[str, ...] = ()
    cased: bool = False
    ambiguous: bool = False
    not_: tuple[str, ...] = ()
    source: str = ""


class Table(Mapping[str, Record], Generic[Record]):
    """Records by id, kept as JSON and each built when first asked for.

    >>> table = Table({"coco": b'{"id": "coco", "name": "COCO"}'}, benchmark_from)
    >>> table["coco"].name
    'COCO'
    """

    __slots__ = ("_built", "_make", "_raw")

    def __init__(self, raw: Mapping[str, bytes], make: Callable[[dict[str, Any]], Record]) -> None:
        self._raw = raw
        self._make = make
        self._built: dict[str, Record] = {}

    def __getitem__(self, key: str) -> Record:
        record = self._built.get(key)
        if record is None:
            record = self._built[key] = self._make(orjson.loads(self._raw[key]))
        return record

    def raw(self, key: str) -> bytes:
        """An entry as it is kept; nothing where there is none."""
        return self._raw.get(key, b"")

    def rows_with(self, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries, as written, that have a key which the records do not carry: `examples`."""
        sign = f'"{key}":'.encode()
        for name, raw in self._raw.items():
            if sign in raw:
                yield name, orjson.loads(raw)

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


def as_it_is(raw: Any) -> Any:
    """An entry that is used as the loader leaves it."""
    return raw


def benchmark_from(raw: dict[str, Any]) -> Benchmark:
    """A benchmark from an entry as the loader leaves it."""
    return Benchmark(
        id=str(raw["id"]),
        name=str(raw["name"]),
        aliases=_strings(raw, "aliases"),
        area=str(raw.get("area", "")),
        tasks=_strings(raw, "tasks"),
        metrics=_strings(raw, "metrics"),
        subsets=tuple(
            Subset(str(part["id"]), str(part["name"]), _strings(part, "aliases"))
            for part in raw.get("subsets", ())
        ),
        splits=_strings(raw, "splits"),
        range=tuple(
            (metric, float(low), float(high)) for metric, (low, high) in raw.get("range", {}).items()
        ),
        year=raw.get("year"),
        url=str(raw.get("url", "")),
        cased=bool(raw.get("cased")),
        ambiguous=bool(raw.get("ambiguous")),
        not_=_strings(raw, "not"),
        source=str(raw.get("source", "")),
    )


def metric_from(raw: dict[str, Any]) -> Metric:
    """A metric from an entry as the loader leaves it."""
    limits = raw.get("range")
    return Metric(
        id=str(raw["id"]),
        name=str(raw["name"]),
        aliases=_strings(raw, "aliases"),
        higher_is_better=raw.get("higher_is_better"),
        unit=str(raw.get("unit", "")),
        range=(float(limits[0]), float(limits[1])) if limits else None,
        scale=str(raw.get("scale", "")),
        family=str(raw.get("family", "")),
        cased=bool(raw.get("cased")),
        ambiguous=bool(raw.get("ambiguous")),
        not_=_strings(raw, "not"),
        source=str(raw.get("source", "")),
    )


def task_from(raw: dict[str, Any]) -> Task:
    """A task from an entry as the loader leaves it."""
    return Task(
        id=str(raw["id"]),
        name=str(raw["name"]),
        area=str(raw.get("area", "")),
        aliases=_strings(raw, "aliases"),
        cased=bool(raw.get("cased")),
        ambiguous=bool(raw.get("ambiguous")),
        not_=_strings(raw, "not"),
        source=str(raw.get("source", "")),
    )


def _strings(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in raw.get(key, ()))
