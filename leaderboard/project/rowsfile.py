"""The rows of a folder, and beside them in the same file what they were made from.

Rows and mark are one file that is replaced at once: they cannot come apart, whatever ends the program.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from leaderboard import __version__
from leaderboard.errors import OutputError
from leaderboard.writers import COLUMNS, whole_file

_KEY = b"leaderboard.update"
_BLOCK = 1 << 20
_ROWS_A_GROUP = 20_000


@dataclass(frozen=True, slots=True)
class Mark:
    """What rows were made from: these rules, this version, and so much of the file of papers."""

    rules: str
    position: int
    papers: str
    """A hash of the file of papers up to `position`."""
    version: str = __version__
    columns: tuple[str, ...] = COLUMNS

    def same_rules(self, other: Mark) -> bool:
        """Whether both give the same rows for the same papers."""
        return (self.rules, self.version, self.columns) == (other.rules, other.version, other.columns)


def mark_of(rows: Path) -> Mark | None:
    """The mark of a file of rows, or None where there is no file.

    Raises `OutputError` for a file that an update has not made: it would be replaced.
    """
    from pyarrow import ArrowException, parquet

    if not rows.exists():
        return None
    try:
        kept = (parquet.read_schema(rows).metadata or {}).get(_KEY)
        fields = orjson.loads(kept or b"")
        return Mark(**fields | {"columns": tuple(fields["columns"])})
    except (ArrowException, OSError, orjson.JSONDecodeError, TypeError, KeyError):
        mend = "move it away, or name another file at [output] rows in leaderboard.toml"
        raise OutputError(f"{rows}: was not made by 'leaderboard update' ({mend})") from None


def write_rows(rows: Path, parts: list[Path], mark: Mark) -> None:
    """Write the rows of the parts, in order, as one file with its mark; a part may be the old file itself."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.concat_tables([parquet.read_table(part) for part in parts])
    table = table.replace_schema_metadata({_KEY: orjson.dumps(asdict(mark))})
    with whole_file(rows) as stream:
        # Groups hold a fixed number of rows: rows that came in many updates lie as if they came in one.
        parquet.write_table(table, stream, compression="zstd", row_group_size=_ROWS_A_GROUP)


def hash_of(papers: Path, end: int) -> str:
    """A hash of the file's first bytes; empty where it has fewer."""
    found = hashlib.blake2b(digest_size=16)
    left = end
    with papers.open("rb") as stream:
        while left and (block := stream.read(min(_BLOCK, left))):
            found.update(block)
            left -= len(block)
    return "" if left else found.hexdigest()


def whole_lines(papers: Path) -> int:
    """The place after the last line that has its end."""
    end = papers.stat().st_size
    with papers.open("rb") as stream:
        while end:
            start = max(0, end - _BLOCK)
            stream.seek(start)
            newline = stream.read(end - start).rfind(b"\n")
            if newline >= 0:
                return start + newline + 1
            end = start
    return 0
