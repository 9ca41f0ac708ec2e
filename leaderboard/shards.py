"""Runs over many files: each input becomes one Parquet part in a folder, and what is done stays done.

A part carries in its own metadata which input and which rules it was made from, and how much it holds. It
appears under its name at once, whole. So nothing has to be kept in step: a run that was killed at any moment,
and begun again, looks at the parts that are there, makes those that are missing or out of date, and ends with
the same bytes as one run without a break.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath

import orjson

from leaderboard import __version__
from leaderboard.errors import InputError, OutputError
from leaderboard.folders import Folder, folder_at
from leaderboard.readers import Limits, Reject, open_source
from leaderboard.readers.addresses import file_system
from leaderboard.run import (
    Chunk,
    Counts,
    Done,
    Extract,
    Work,
    chunks_of,
    collect,
    do_chunk,
    extract_in_worker,
    extraction_pool,
    workers_for,
)
from leaderboard.writers import parquet_rows, whole_file

MANIFEST = "_manifest.json"
REJECTS = "_rejects"
_NOTE = "leaderboard"
"""Key of a part's note in its Parquet metadata."""
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Note:
    """What a part says of itself."""

    input: str
    size: int
    hash: str
    """Of the input's stored bytes, or, behind an address, of what the store says of them."""
    made_by: str
    """Of the rules, the options and the program's version: with another of these, other rows may result."""
    papers: int = 0
    rows: int = 0
    rejects: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """How every shard of a run is read."""

    rules: str
    """Digest of the rules."""
    format: str | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def made_by(self) -> str:
        """One word for all that decides which rows an input gives."""
        said = [__version__, self.rules, self.format, self.limits.record_bytes, self.limits.ratio]
        return hashlib.blake2b(orjson.dumps(said), digest_size=16).hexdigest()


@dataclass(slots=True)
class Outcome:
    """What a run over many files did."""

    counts: Counts = field(default_factory=Counts)
    done: int = 0
    skipped: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    """Inputs that gave no part, with the reason."""
    stale: list[str] = field(default_factory=list)
    """Parts whose inputs this run does not name."""


Told = Callable[[str, Outcome], None]
"""Told of each input that is finished, skipped or failed."""


def run_shards(
    sources: Sequence[str],
    output: str,
    extract: Extract,
    settings: Settings,
    *,
    workers: int = 1,
    strict: bool = False,
    prune: bool = False,
    told: Told | None = None,
) -> Outcome:
    """Make a part in the folder `output` for every source that has none made of the same bytes and rules.

    An input that is missing, unknown or vanishes is noted in `failed`, and the rest goes on. With `prune`,
    parts of inputs that are not named are removed; otherwise they are kept and listed.
    """
    if "-" in sources:
        raise InputError("standard input cannot be written to a folder (name files, or a file with -o)")
    folder = folder_at(output)
    outcome = Outcome()
    with folder.alone():
        notes = {name: note for name in folder.names(".parquet") if (note := read_note(folder, name))}
        waiting: list[tuple[str, Note]] = []
        for source in sources:
            try:
                wanted = note_of(source, settings)
            except InputError as error:
                _fail(outcome, source, str(error), told)
                continue
            held = notes.get(part_name(source))
            if held and replace(held, papers=0, rows=0, rejects=0) == wanted:
                outcome.skipped += 1
                _count(outcome, held)
                _tell(told, source, outcome)
            else:
                waiting.append((source, wanted))
        for source, made in _made(waiting, output, extract, settings, workers, strict):
            if isinstance(made, Note):
                notes[part_name(source)] = made
                outcome.done += 1
                _count(outcome, made)
                _tell(told, source, outcome)
            else:
                _fail(outcome, source, made, told)
        _settle(folder, notes, {part_name(source) for source in sources}, outcome, prune)
    return outcome


def make_part(
    folder: Folder, source: str, wanted: Note, work: Work, settings: Settings, strict: bool
) -> Note:
    """Extract one input into its part and give the part's note. Raises `LeaderboardError`; then no part is
    there that was not there before."""
    name = part_name(source)
    rejects: list[Reject] = []
    open_source(source, settings.format, settings.limits)[0].__exit__()
    with folder.whole(name) as stream:
        counts = Counts()

        def note() -> Note:
            return replace(wanted, papers=counts.papers, rows=counts.rows, rejects=counts.rejects)

        with parquet_rows(stream, lambda: {_NOTE: orjson.dumps(asdict(note())).decode()}) as write:
            chunks = chunks_of(source, settings.format, settings.limits)
            counts = collect(work(chunks), write, strict=strict, reject=rejects.append)
            if note_of(source, settings) != wanted:
                raise InputError(f"{source}: changed while it was read (run again)")
            # Before the part takes its name, so that a part is never there without its rejects.
            _write_rejects(folder, name, rejects)
    return note()


def part_name(source: str) -> str:
    """The name of an input's part: readable, and different for inputs of the same name in different folders.

    >>> part_name("a/papers.jsonl.gz")
    'papers-0539deda.parquet'
    """
    stem = _NOT_IN_NAMES.sub("-", PurePosixPath(source.replace("\\", "/")).name.split(".", 1)[0]).strip("-._")
    return f"{stem[:80] or 'part'}-{hashlib.blake2b(source.encode(), digest_size=4).hexdigest()}.parquet"


def note_of(source: str, settings: Settings) -> Note:
    """The note that a part of this input would bear, its counts left open; raises `InputError`."""
    try:
        if "://" in source:
            filesystem, path = file_system(source)
            size, digest = int(filesystem.info(path)["size"] or 0), str(filesystem.ukey(path))
        else:
            with Path(source).open("rb") as stream:
                digest = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
                size = stream.tell()
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror or error} (check the path)") from None
    return Note(source, size, digest, settings.made_by)


def read_note(folder: Folder, name: str) -> Note | None:
    """What a part says of itself; None for a file that is no part, or is broken."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with folder.read(name) as stream:
            metadata = pq.read_metadata(stream).metadata or {}
            return Note(**orjson.loads(metadata[_NOTE.encode()]))
    except (KeyError, TypeError, ValueError, OSError, pa.ArrowException):
        return None


# --- the work of a run ------------------------------------------------------------------------------------


def _made(
    waiting: list[tuple[str, Note]],
    output: str,
    extract: Extract,
    settings: Settings,
    workers: int,
    strict: bool,
) -> Iterator[tuple[str, Note | str]]:
    """Each input with its part's note, or with the reason why it has none.

    With more inputs than workers each worker takes whole inputs, and no row travels between processes; with
    fewer, the workers share each input. The parts are the same.
    """
    if not waiting:
        return
    if workers > 1 and len(waiting) >= 2 * workers:
        with extraction_pool(extract, workers) as pool:
            futures: deque[tuple[str, Future[Note | str]]] = deque()
            for source, wanted in waiting:
                future = pool.submit(_part_in_worker, output, source, wanted, settings, strict)
                futures.append((source, future))
                if len(futures) > 2 * workers:
                    source, future = futures.popleft()
                    yield source, future.result()
            while futures:
                source, future = futures.popleft()
                yield source, future.result()
        return
    with workers_for(extract, workers) as work:
        folder = folder_at(output)
        for source, wanted in waiting:
            yield source, _part_or_reason(folder, source, wanted, work, settings, strict)


def _part_in_worker(output: str, source: str, wanted: Note, settings: Settings, strict: bool) -> Note | str:
    extract = extract_in_worker()

    def work(chunks: Iterable[Chunk]) -> Iterator[Done]:
        return (do_chunk(chunk, extract) for chunk in chunks)

    return _part_or_reason(folder_at(output), source, wanted, work, settings, strict)


def _part_or_reason(
    folder: Folder, source: str, wanted: Note, work: Work, settings: Settings, strict: bool
) -> Note | str:
    try:
        return make_part(folder, source, wanted, work, settings, strict)
    except (InputError, OutputError) as error:
        return str(error)


def _write_rejects(folder: Folder, part: str, rejects: Iterable[Reject]) -> None:
    name = rejects_name(part)
    lines = [orjson.dumps(asdict(reject), option=orjson.OPT_APPEND_NEWLINE) for reject in rejects]
    if not lines:
        folder.remove(name)
        return
    with folder.whole(name) as stream:
        stream.writelines(lines)


def rejects_name(part: str) -> str:
    """Where the rejects of a part are, in its folder."""
    return f"{REJECTS}/{part.removesuffix('.parquet')}.jsonl"


def copy_rejects(sources: Sequence[str], output: str, path: Path) -> None:
    """Write the rejects of these inputs' parts into one file, in order; raises `OutputError`."""
    folder = folder_at(output)
    with whole_file(path) as stream:
        for source in sources:
            try:
                with folder.read(rejects_name(part_name(source))) as part:
                    shutil.copyfileobj(part, stream)
            except FileNotFoundError:
                continue


def _settle(folder: Folder, notes: dict[str, Note], named: set[str], outcome: Outcome, prune: bool) -> None:
    """See to parts of inputs that the run does not name, and write down what the folder holds."""
    for name in sorted(set(notes) - named):
        if prune:
            folder.remove(name)
            folder.remove(rejects_name(name))
            del notes[name]
        else:
            outcome.stale.append(name)
    parts = [{"part": name, **asdict(note)} for name, note in sorted(notes.items())]
    with folder.whole(MANIFEST) as stream:
        stream.write(orjson.dumps({"version": __version__, "parts": parts}, option=orjson.OPT_INDENT_2))


def _count(outcome: Outcome, note: Note) -> None:
    outcome.counts.papers += note.papers
    outcome.counts.rows += note.rows
    outcome.counts.rejects += note.rejects


def _fail(outcome: Outcome, source: str, reason: str, told: Told | None) -> None:
    outcome.failed[source] = reason
    _tell(told, source, outcome)


def _tell(told: Told | None, source: str, outcome: Outcome) -> None:
    if told:
        told(source, outcome)
