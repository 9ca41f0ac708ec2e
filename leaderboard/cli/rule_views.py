"""How findings, examples, coverage and differences of rules are printed, and how they are as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import typer

from leaderboard.cli.amounts import amount

if TYPE_CHECKING:
    from leaderboard.authoring import Coverage, Difference, Outcome
    from leaderboard.models import Result
    from leaderboard.rulebook import Problem


def finding(problem: Problem) -> str:
    return str(problem) if problem.severity == "error" else f"{problem} [warning]"


def annotation(problem: Problem) -> str:
    """A finding as GitHub shows it beside the line of a change."""
    message = problem.what + (f" ({problem.todo})" if problem.todo else "")
    message = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = problem.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    place = f",line={problem.line},col={problem.column}" if problem.line else ""
    return f"::{problem.severity} file={file}{place}::{message}"


def show_outcome(outcome: Outcome) -> None:
    if not outcome.failed:
        return
    typer.echo(f"{outcome.source}: {outcome.rule}: {outcome.text}")
    if outcome.passed:
        typer.echo("    is right now (remove known_miss)")
    for line in outcome.lines():
        typer.echo(f"    {line}")


def show_coverage(report: Coverage, top: int) -> None:
    for section in ("rules", "benchmarks", "metrics", "tasks"):
        counts = report.fired[section]
        never = report.never.get(section, [])
        typer.echo(f"{section}: {len(counts)} fired, {len(never)} never")
        for name, count in counts.most_common(top or None):
            rows = report.in_rows[section][name]
            typer.echo(f"    {count:7,}  {name}" + (f" ({amount(rows, 'row')})" if rows else ""))
            for sentence in report.samples[section, name][:1]:
                typer.echo(f"             {sentence}")
        if section == "rules" and never:
            typer.echo(f"    never: {', '.join(never)}")
    typer.echo(f"{amount(report.papers, 'paper')}, {amount(report.rows, 'row')}", err=True)


def coverage_data(report: Coverage) -> dict[str, Any]:
    return {
        "papers": report.papers,
        "rows": report.rows,
        "fired": {section: dict(counts.most_common()) for section, counts in report.fired.items()},
        "in_rows": {section: dict(counts.most_common()) for section, counts in report.in_rows.items()},
        "samples": {f"{section}/{name}": found for (section, name), found in report.samples.items()},
        "never": report.never,
    }


def difference_data(found: Difference) -> dict[str, Any]:
    return {
        "papers": found.papers,
        "same": found.same,
        "gained": [row.model_dump() for row in found.gained],
        "lost": [row.model_dump() for row in found.lost],
        "changed": [
            {"columns": one.columns, "before": one.before.model_dump(), "after": one.after.model_dump()}
            for one in found.changed
        ],
    }


def shown_change(one: Any) -> str:
    if hasattr(one, "columns"):
        parts = (f"{name}: {getattr(one.before, name)} -> {getattr(one.after, name)}" for name in one.columns)
        return f"{', '.join(parts)} | {in_line(one.after)}"
    return in_line(one)


def in_line(row: Result) -> str:
    about = ", ".join(part for part in (row.metric, row.benchmark, row.split) if part)
    said = f"{row.value:g}{row.unit} {row.kind} {row.holder} [{about}] {row.rule}"
    return f"{row.paper_id or '-'}: {said} | {' '.join(row.sentence.split())}"


def plain(record: Any) -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(orjson.dumps(record))
    return data


def shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    if isinstance(value, dict):
        return " ".join(
            f"{key}={shown(inner)}" for key, inner in value.items() if inner not in ("", None, [])
        )
    return str(value)
