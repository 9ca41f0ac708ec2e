"""Changes as Markdown, for a file or the summary of a scheduled run. What papers say is text there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from leaderboard.authoring.diff import Changed
from leaderboard.export.as_markdown import escape
from leaderboard.models import Result
from leaderboard.project.changes import Changes, Entry, Record

MOST = 200
"""Entries shown under one heading: a first update meets thousands of benchmarks."""
_SAMPLES = 5


def markdown(changes: Changes, *, most: int = MOST) -> str:
    """The report. The same changes give the same text."""
    return "\n".join(_lines(changes, most)) + "\n"


def summary(changes: Changes) -> str:
    """The changes in one line.

    >>> summary(Changes())
    'nothing new; 0 rows'
    """
    held = _many(changes.rows_held, "row")
    if changes.nothing:
        return f"nothing new; {held}"
    parts = []
    if changes.papers:
        parts.append(f"{_many(changes.papers, 'new paper')} with {_many(changes.rows, 'row')}")
        parts.append(_many(len(changes.records), "new record"))
        parts.append(_many(len(changes.benchmarks), "new benchmark"))
    if changes.rules is not None:
        parts.append(f"{_many(_changed(changes), 'older row')} changed ({changes.reason})")
    return f"{', '.join(parts)}; {held} now"


def _lines(changes: Changes, most: int) -> Iterator[str]:
    yield "# What is new"
    yield ""
    said = summary(changes)
    yield f"{escape(said[0].upper() + said[1:])}."
    if changes.rejects:
        yield ""
        yield f"{_many(changes.rejects, 'paper')} could not be read."
    yield from _section("New records", changes.records, _record, most)
    yield from _section("New benchmarks", changes.benchmarks, _met, most)
    yield from _rules(changes)
    if changes.failures:
        yield from ("", "## Not fetched", "")
        yield from (f"- {escape(one)}" for one in changes.failures)


def _section(title: str, entries: Sequence[object], shown: object, most: int) -> Iterator[str]:
    if not entries:
        return
    yield from ("", f"## {title}", "")
    for one in entries[:most]:
        yield from shown(one)  # type: ignore[operator]
    if len(entries) > most:
        yield f"- and {len(entries) - most:,} more"


def _record(record: Record) -> Iterator[str]:
    before = f"; before: {_held(record.before)}" if record.before else ""
    yield f"- **{escape(record.now.board)}**: {_held(record.now)}{before}"
    yield from _sentence(record.now.sentence)


def _met(entry: Entry) -> Iterator[str]:
    yield f"- **{escape(entry.board)}**: {_held(entry)}"
    yield from _sentence(entry.sentence)


def _held(entry: Entry) -> str:
    by = f" by {escape(entry.model)}" if entry.model else ""
    dated = f" ({escape(entry.date)})" if entry.date else ""
    return f"{escape(entry.printed)}{by} in {_link(entry.title or entry.paper_id, entry.url)}{dated}"


def _rules(changes: Changes) -> Iterator[str]:
    if changes.rules is None or not _changed(changes):
        return
    yield from ("", "## Rows of older papers that changed", "", f"{escape(changes.reason).capitalize()}.", "")
    for title, group in changes.rules.groups():
        yield f"- {escape(title)}: {_many(len(group), 'row')}"
        for one in group[:_SAMPLES]:
            yield from _change(one)


def _change(one: Result | Changed) -> Iterator[str]:
    row = one.after if isinstance(one, Changed) else one
    said = f"{row.value:g}{row.unit if row.unit == '%' else ' ' + row.unit if row.unit else ''}"
    if isinstance(one, Changed):
        pairs = ((name, getattr(one.before, name), getattr(one.after, name)) for name in one.columns)
        said += ": " + ", ".join(f"{name} {old!r} → {new!r}" for name, old, new in pairs)
    else:
        said += f": {row.benchmark or 'no benchmark'}, {row.metric or 'no metric'}"
    yield f"  - {escape(said)} in {_link(row.title or row.paper_id, row.url)}"
    yield from ("  " + line for line in _sentence(row.sentence))


def _sentence(text: str) -> Iterator[str]:
    yield f"  > {escape(text)}"


def _link(text: str, url: str) -> str:
    if not url.lower().startswith(("http://", "https://")):
        return escape(text)
    return f"[{escape(text)}]({quote(url, safe=':/?=&%#@+,;~.-_')})"


def _changed(changes: Changes) -> int:
    if changes.rules is None:
        return 0
    return len(changes.rules.gained) + len(changes.rules.lost) + len(changes.rules.changed)


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
