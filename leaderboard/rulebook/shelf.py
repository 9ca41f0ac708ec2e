"""A table of many rows of which a start needs few, laid out so that the others need not be looked at."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from zlib import crc32

import orjson

_ROWS_A_LINE = 64
_END = b"\x1f"
"""Stands between the rows of a line; JSON never holds it as it is."""
_MANY = 400
"""After so many questions the whole table is read, which makes the next ones quick."""


class Shelf(Mapping[str, bytes]):
    """Rows by key, each still JSON, in lines by a digest of their keys; a line is read when a key that would
    stand in it is first asked for.

    >>> shelf = Shelf(lines_of({"b": b"[1]", "a": b"[2]"}))
    >>> shelf["a"], shelf.get("c"), list(shelf)
    (b'[2]', None, ['b', 'a'])
    """

    __slots__ = ("_asked", "_lines", "_read", "_whole")

    def __init__(self, lines: list[bytes]) -> None:
        self._lines = lines
        self._read: dict[int, dict[str, bytes]] = {}
        self._whole: dict[str, bytes] | None = None
        self._asked = 0

    def whole(self) -> dict[str, bytes]:
        """All rows, in the order they were put in."""
        if self._whole is None:
            places: dict[str, int] = {}
            rows: dict[str, bytes] = {}
            for line in self._lines:
                keys, rest = _parted(line)
                places |= keys
                rows |= zip(keys, rest, strict=True)
            self._whole = {key: rows[key] for key in sorted(rows, key=places.__getitem__)}
        return self._whole

    def _rows(self, key: str) -> dict[str, bytes]:
        """The rows among which this key is, if it is any."""
        if self._whole is not None:
            return self._whole
        self._asked += 1
        if self._asked > _MANY:
            return self.whole()
        number = _line_of(key, len(self._lines))
        rows = self._read.get(number)
        if rows is None:
            keys, rest = _parted(self._lines[number])
            rows = self._read[number] = dict(zip(keys, rest, strict=True))
        return rows

    def items(self) -> ItemsView[str, bytes]:
        return self.whole().items()

    def __getitem__(self, key: str) -> bytes:
        return self._rows(key)[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._rows(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole())

    def __len__(self) -> int:
        return len(self.whole())


def lines_of(table: Mapping[str, bytes]) -> list[bytes]:
    """The lines of a shelf with these rows."""
    count = len(table) // _ROWS_A_LINE + 1
    lines: list[dict[str, int]] = [{} for _ in range(count)]
    for place, key in enumerate(table):
        lines[_line_of(key, count)][key] = place
    return [_END.join([orjson.dumps(keys), *(table[key] for key in keys)]) for keys in lines]


def _parted(line: bytes) -> tuple[dict[str, int], list[bytes]]:
    """The keys of a line, each with its place in the table, and their rows."""
    keys, *rows = line.split(_END)
    return orjson.loads(keys), rows


def _line_of(key: str, count: int) -> int:
    return crc32(key.encode(errors="surrogatepass")) % count
