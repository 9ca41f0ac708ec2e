"""Reading papers: any of the formats in `formats.FORMATS`, plain or compressed, as a stream.

>>> from leaderboard.readers import read_papers
>>> for item in read_papers("papers.jsonl.gz"):  # doctest: +SKIP
...     print(item.title if isinstance(item, Paper) else item.reason)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from leaderboard.models import Paper
from leaderboard.readers.fields import slug
from leaderboard.readers.formats import FORMATS, format_of, named_format
from leaderboard.readers.records import (
    RECORD_BYTES,
    BrokenStream,
    Fault,
    Format,
    Limits,
    Record,
    Reject,
    Unreadable,
    start_of,
)
from leaderboard.readers.streams import Stream, shown_name

__all__ = [
    "FORMATS",
    "Fault",
    "Limits",
    "Record",
    "Reject",
    "frame_source",
    "open_source",
    "paper_or_reject",
    "read_papers",
    "shown_name",
]


def read_papers(
    source: str | Path, *, format: str | None = None, max_record_bytes: int = RECORD_BYTES
) -> Iterator[Paper | Reject]:
    """The papers of a file, in order, and a `Reject` for every record that gives none.

    `source` is a path, an address that fsspec knows, or `-` for standard input; `format` a name in `FORMATS`,
    told from content and suffix when left out. The file is read as a stream, whatever its size. A record
    longer than `max_record_bytes` is rejected; a plain text of that length is cut, which gives both the paper
    and a reject that says so.

    Raises `InputError`, at once, when the file is missing or its format is not known.
    """
    limits = Limits(record_bytes=max_record_bytes)
    stream, known = open_source(str(source), format, limits)
    return _papers(stream, known, limits)


def open_source(source: str, format: str | None, limits: Limits) -> tuple[Stream, Format]:
    """The opened input and its format; raises `InputError`. The caller closes the stream."""
    asked = named_format(format) if format else None
    stream = Stream(source, limits)
    try:
        return stream, asked or format_of(shown_name(source), stream.head)
    except BaseException:
        stream.__exit__()
        raise


def frame_source(stream: Stream, known: Format, limits: Limits) -> Iterator[Record | Fault]:
    """The raw records of an input; whatever ends it early becomes its last fault."""
    number = 0
    try:
        for item in known.frame(stream.data, limits):
            number = item.number
            yield item
    except BrokenStream as broken:
        yield Fault(number + 1, str(broken))


def paper_or_reject(source: str, known: Format, item: Record | Fault) -> Paper | Reject:
    """What one framed record gives. Never raises: a record cannot stop a run."""
    name = shown_name(source)
    if isinstance(item, Fault):
        return Reject(name, item.number, item.reason, item.start)
    try:
        paper = known.paper(item.raw)
    except Unreadable as unreadable:
        return Reject(name, item.number, str(unreadable), start_of(item.raw))
    except (ValueError, TypeError, RecursionError) as error:
        # A shape nobody thought of; naming it beats losing the rest of a long run.
        return Reject(name, item.number, f"{type(error).__name__}: {error}"[:300], start_of(item.raw))
    return paper if paper.id else paper.model_copy(update={"id": _made_id(source, known, paper, item.number)})


def _papers(stream: Stream, known: Format, limits: Limits) -> Iterator[Paper | Reject]:
    with stream:
        for item in frame_source(stream, known, limits):
            yield paper_or_reject(stream.name, known, item)


def _made_id(source: str, known: Format, paper: Paper, number: int) -> str:
    """An identifier for a paper whose source has none: of its title, else of its place.

    Rows are grouped by paper, so two papers must not share an empty identifier; and the title gives the same
    one when the paper is met again in another file.
    """
    stem = "stdin" if source == "-" else PurePosixPath(source.replace("\\", "/")).name.split(".", 1)[0]
    if known.name == "text":
        return stem
    return slug(paper.title) or f"{stem}-{number}"
