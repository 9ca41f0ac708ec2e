"""A run: papers in, rows out, with what could not be read and how much there was.

One process frames the inputs into chunks of raw records; chunks are parsed and extracted, in this process or
in several, and their rows written in the order of the input. So the rows are the same for any number of
workers, and no more than a few chunks are ever in memory.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path

from leaderboard.errors import InputError, LeaderboardError
from leaderboard.models import Paper, Result
from leaderboard.readers import (
    FORMATS,
    Fault,
    Limits,
    Record,
    Reject,
    frame_source,
    open_source,
    paper_or_reject,
    shown_name,
)
from leaderboard.writers import Row, Write, row_of

Extract = Callable[[Paper], Sequence[Result]]
"""What finds the results of one paper. With workers it must be picklable where processes are spawned."""

_CHUNK_RECORDS = 64
_CHUNK_BYTES = 1 << 18
_COLLECT_AFTER = 10_000
"""Objects more than were given back before garbage is looked for."""
_CHUNKS_AHEAD = 4
"""Chunks handed out for each worker before the oldest must be back; bounds what waits in memory."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some records of one input, in order, as sent to a worker."""

    source: str
    format: str
    items: list[Record | Fault]
    position: int
    """Bytes of the input, as stored, that were read when the chunk was full."""


@dataclass(slots=True)
class Done:
    """What one chunk gave."""

    position: int
    papers: int = 0
    rows: list[Row] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


@dataclass(slots=True)
class Counts:
    """How much a run has read and written."""

    papers: int = 0
    rows: int = 0
    rejects: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        amounts = ((self.papers, "paper"), (self.rows, "row"), (self.rejects, "reject"))
        said = [f"{amount:,} {thing}{'' if amount == 1 else 's'}" for amount, thing in amounts]
        return f"{', '.join(said)}, {self.seconds:.1f} s"


class StrictStop(LeaderboardError):
    """The first reject of a run that was asked to be strict."""

    exit_code = 1

    def __init__(self, reject: Reject) -> None:
        self.reject = reject
        place = f"{reject.file}: record {reject.record}"
        super().__init__(f"{place}: {reject.reason} (mend the record, or run without --strict)")

    def __reduce__(self) -> tuple[type[StrictStop], tuple[Reject]]:
        # An exception from a worker is rebuilt from its arguments, and this one is made of its reject.
        return StrictStop, (self.reject,)


Work = Callable[[Iterable[Chunk]], Iterator[Done]]
"""What turns chunks into what they give, in order; `workers_for` makes one."""

Progress = Callable[[int, Counts], None]
"""Told the bytes read of the input at hand, and the counts so far."""


def run(
    sources: Sequence[str],
    write: Write,
    extract: Extract,
    *,
    format: str | None = None,
    limits: Limits | None = None,
    workers: int = 1,
    strict: bool = False,
    reject: Callable[[Reject], None] | None = None,
    progress: Progress | None = None,
) -> Counts:
    """Extract every paper of every source, in order, and write the rows.

    `reject` is told each record that gave no paper. With `strict` the first of them raises `StrictStop`.
    Raises `InputError` before anything is read when a source is missing or of unknown format; a source that
    breaks or vanishes later is a reject, and the rest goes on.
    """
    limits = limits or Limits()
    check_sources(sources, format, limits)
    with workers_for(extract, workers) as work:
        chunks = (chunk for source in sources for chunk in chunks_of(source, format, limits))
        return collect(work(chunks), write, strict=strict, reject=reject, progress=progress)


def collect(
    done: Iterable[Done],
    write: Write,
    *,
    strict: bool = False,
    reject: Callable[[Reject], None] | None = None,
    progress: Progress | None = None,
) -> Counts:
    """Write what the chunks gave, and count it."""
    began = time.monotonic()
    counts = Counts()
    for one in done:
        if strict and one.rejects:
            raise StrictStop(one.rejects[0])
        write(one.rows)
        for rejected in one.rejects:
            if reject:
                reject(rejected)
        counts.papers += one.papers
        counts.rows += len(one.rows)
        counts.rejects += len(one.rejects)
        counts.seconds = time.monotonic() - began
        if progress:
            progress(one.position, counts)
    counts.seconds = time.monotonic() - began
    return counts


def check_sources(sources: Sequence[str], format: str | None, limits: Limits) -> None:
    """Raise `InputError` for a source that is missing or of unknown format, before any work is done.

    Standard input can be looked at only once and addresses are slow, so they are left for their turn.
    """
    for source in sources:
        if source != "-" and "://" not in source:
            open_source(source, format, limits)[0].__exit__()


def chunks_of(source: str, format: str | None, limits: Limits) -> Iterator[Chunk]:
    """The source's records in chunks. What keeps it from being read is a fault in the last of them."""
    try:
        stream, known = open_source(source, format, limits)
    except InputError as error:
        if source == "-" or "://" in source:
            raise
        # It was there when the run began.
        yield Chunk(source, "text", [Fault(0, str(error))], 0)
        return
    with stream:
        items: list[Record | Fault] = []
        size = 0
        for item in frame_source(stream, known, limits):
            items.append(item)
            size += item.size if isinstance(item, Record) else 0
            if len(items) >= _CHUNK_RECORDS or size >= _CHUNK_BYTES:
                yield Chunk(source, known.name, items, stream.position())
                items, size = [], 0
        if items:
            yield Chunk(source, known.name, items, stream.position())


def do_chunk(chunk: Chunk, extract: Extract) -> Done:
    """Parse and extract one chunk. Never raises for a paper: each one that fails is a reject."""
    known = FORMATS[chunk.format]
    done = Done(chunk.position)
    for item in chunk.items:
        paper = paper_or_reject(chunk.source, known, item)
        if isinstance(paper, Reject):
            done.rejects.append(paper)
            continue
        try:
            results = extract(paper)
        except Exception as error:
            # One text that a rule cannot cope with must not cost the other million.
            reason = f"extraction failed: {type(error).__name__}: {' '.join(str(error).split())[:300]}"
            start = f"{paper.id}: {paper.title}"[:200]
            done.rejects.append(Reject(shown_name(chunk.source), item.number, reason, start))
            continue
        done.papers += 1
        done.rows.extend(map(row_of, results))
    return done


# --- processes --------------------------------------------------------------------------------------------


@contextmanager
def workers_for(extract: Extract, workers: int) -> Iterator[Work]:
    """What works chunks off in so many processes; with one, in this one.

    Results come in the order of the chunks. A dead process (killed, or out of memory) ends the run with a
    `LeaderboardError`; when this process dies, the others end too.
    """
    if workers <= 1:
        with _few_collections():
            yield lambda chunks: (do_chunk(chunk, extract) for chunk in chunks)
        return
    with extraction_pool(extract, workers) as pool:
        yield lambda chunks: _in_order(pool, chunks, workers * _CHUNKS_AHEAD)


@contextmanager
def extraction_pool(extract: Extract, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that hold `extract` (see `extract_in_worker`), ended when the block ends."""
    # One paper compiles whatever the rules compile on first use: forked processes then share it.
    extract(Paper(id="", title="", abstract="An accuracy of 1% on it.", date="", url=""))
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_begin_worker, initargs=(extract,))
    try:
        with _few_collections():  # forked processes too
            yield pool
            pool.shutdown()
    except BrokenProcessPool:
        raise LeaderboardError(
            "a worker process was killed, most often for want of memory (run with fewer --workers)"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _few_collections() -> Iterator[None]:
    """A block in which Python looks for garbage less often, and never among the rules: a paper leaves little
    that is not given back at once.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def extract_in_worker() -> Extract:
    """The function that a process of `extraction_pool` was given."""
    return _extract_in_worker


def _in_order(pool: ProcessPoolExecutor, chunks: Iterable[Chunk], ahead: int) -> Iterator[Done]:
    waiting: deque[Future[Done]] = deque()
    for chunk in chunks:
        waiting.append(pool.submit(_do_in_worker, chunk))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


_extract_in_worker: Extract


def _begin_worker(extract: Extract) -> None:
    global _extract_in_worker
    _extract_in_worker = extract
    # The first process decides what an interrupt means, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do_in_worker(chunk: Chunk) -> Done:
    return do_chunk(chunk, _extract_in_worker)


def stored_size(sources: Iterable[str]) -> int | None:
    """Bytes of all sources as stored, for a progress bar; None where one cannot say."""
    total = 0
    for source in sources:
        try:
            total += Path(source).stat().st_size
        except OSError:
            return None
    return total
