"""`leaderboard evaluate`: how right the rows are, where they go wrong, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import orjson
import typer

from leaderboard.errors import InputError, LeaderboardError

if TYPE_CHECKING:
    from leaderboard.evaluate import Evaluation, GoldPaper
    from leaderboard.models import Paper, Result

app = typer.Typer(rich_markup_mode="rich", add_completion=False)


@app.command(
    epilog="Examples: [bold]leaderboard evaluate gold.jsonl --part tune --errors errors.jsonl[/bold]   "
    "[bold]leaderboard evaluate gold.jsonl --min tuple=0.88 --compare before.jsonl[/bold]"
)
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated papers, JSON Lines.")],
    papers: Annotated[
        str | None, typer.Option(help="Titles and abstracts, where GOLD has only identifiers and rows.")
    ] = None,
    rows: Annotated[
        str | None, typer.Option(help="Score these rows (CSV, JSON Lines, Parquet) instead of extracting.")
    ] = None,
    errors: Annotated[
        Path | None, typer.Option(help="Write every error here, grouped by cause, as JSON Lines.")
    ] = None,
    compare: Annotated[
        str | None, typer.Option(help="Rows of an earlier run: list what was gained and lost since.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Write the rows that were scored here, for a later --compare.")
    ] = None,
    part: Annotated[
        Literal["all", "tune", "check"],
        typer.Option(help="Score all papers, those that rules are tuned on, or the third kept back."),
    ] = "all",
    show: Annotated[int, typer.Option(min=0, help="Sentences shown for each cause and change.")] = 0,
    minimum: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="LEVEL=F1", help="End with code 1 where F1 is lower. Repeatable."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
    rules: Annotated[
        list[Path] | None, typer.Option(help="A folder of rules on top of the built-in ones. Repeatable.")
    ] = None,
) -> None:  # fmt: skip
    """Extract the papers of GOLD and compare the rows with what careful readers found.

    Three levels are counted: [bold]detect[/bold], the number and its kind are right; [bold]tuple[/bold],
    number, kind, holder, benchmark and metric are; [bold]board[/bold], as tuple among own scores on a named
    benchmark.

    One paper in three, chosen by its identifier, is the check part. Its errors are counted by cause and never
    shown one by one, so that what is tuned on the others can be checked on it.
    """
    from leaderboard.evaluate import evaluate as score
    from leaderboard.evaluate import only, read_gold, with_texts

    floors = [_floor(text) for text in minimum or []]
    _refuse_to_look(part, errors, show)
    annotated = only(read_gold(gold), part)
    if papers:
        annotated = with_texts(annotated, texts_of(annotated, papers))
    elif annotated and not any(paper.title or paper.abstract for paper in annotated):
        raise InputError(f"{gold}: has rows and no texts (name the file that has them with --papers)")
    found = _read_rows(rows) if rows else _extract(annotated, rules or [])
    evaluation = score(annotated, found)
    earlier = score(annotated, _read_rows(compare)) if compare else None
    if save:
        _save(save, annotated, found)
    if errors:
        _write_errors(errors, evaluation)
    if as_json:
        typer.echo(orjson.dumps(figures(evaluation, earlier), option=orjson.OPT_INDENT_2).decode())
    else:
        from leaderboard.cli.evaluate_tables import report

        report(evaluation, earlier, show)
    _check_floors(evaluation, floors)


def figures(evaluation: Evaluation, earlier: Evaluation | None = None) -> dict[str, Any]:
    """All figures of an evaluation as plain data, as `--json` prints them."""
    from leaderboard.evaluate import by_cause, by_phenomenon, by_rule, part_of, reliability, surest
    from leaderboard.evaluate import compare as differences
    from leaderboard.evaluate import errors as errors_of

    def counted(counts: Any) -> dict[str, float]:
        named = {name: getattr(counts, name) for name in ("precision", "recall", "f1")}
        return {**named, "hits": counts.hits, "gold": counts.gold, "rows": counts.rows}

    def binned(one: Any) -> dict[str, Any]:
        edges = {"from": one.low, "to": one.high}
        return {**edges, "rows": one.rows, "right": one.right, "share": one.share, "mean": one.mean}

    out: dict[str, Any] = {
        "papers": len(evaluation.papers),
        "table": {
            f"{source}/{level}": counted(counts)
            for source, levels in evaluation.table().items()
            for level, counts in levels.items()
        },
        "parts": {
            f"{part}/{level}": counted(evaluation.counts(level, lambda p, part=part: part_of(p.id) == part))  # type: ignore[misc]
            for part in ("tune", "check")
            for level in evaluation.table()["all"]
        },
        "paired": sum(len(scored.pairs) for scored in evaluation.papers),
        "fields": {name: right / of for name, (right, of) in evaluation.fields().items()},
        "phenomena": {
            name: {"gold": found.gold, "detected": found.detected, "right": found.right}
            for name, found in by_phenomenon(evaluation).items()
        },
        "causes": {cause: len(cases) for cause, cases in by_cause(errors_of(evaluation)).items()},
        "rules": {
            r.rule: {"rows": r.rows, "right": r.right, "wrong": r.wrong, "spurious": r.spurious}
            for r in by_rule(evaluation)
        },
        "reliability": [binned(one) for one in reliability(evaluation)],
        "surest": binned(surest(evaluation)),
    }
    if earlier is not None:
        # The check part is not shown row by row, here either.
        out["compare"] = [
            {"change": d.change, "paper": d.paper.id} if part_of(d.paper.id) == "check" else d.record()
            for d in differences(earlier, evaluation)
        ]
    return out


def texts_of(annotated: Sequence[GoldPaper], path: str) -> dict[str, Paper]:
    """The papers that were annotated, by identifier, from a file that has them; raises `InputError`."""
    from leaderboard.models import Paper
    from leaderboard.readers import read_papers

    wanted = {paper.id for paper in annotated}
    return {one.id: one for one in read_papers(path) if isinstance(one, Paper) and one.id in wanted}


def _extract(papers: Sequence[GoldPaper], folders: list[Path]) -> dict[str, list[Result]]:
    from leaderboard.cli.extract import extractor

    extract = extractor(folders)
    return {paper.id: extract(paper.paper) for paper in papers}


def _read_rows(path: str) -> dict[str, list[Result]]:
    from leaderboard.boards.results import read_results, to_results

    by_paper: dict[str, list[Result]] = {}
    for row in to_results(read_results(path)):
        by_paper.setdefault(row.paper_id, []).append(row)
    return by_paper


def _save(path: Path, papers: Sequence[GoldPaper], found: Mapping[str, Sequence[Result]]) -> None:
    from leaderboard.writers import write_results

    write_results((row for paper in papers for row in found.get(paper.id, ())), path)


def _write_errors(path: Path, evaluation: Evaluation) -> None:
    from leaderboard.evaluate import by_cause
    from leaderboard.evaluate import errors as errors_of
    from leaderboard.writers import whole_file

    with whole_file(path) as stream:
        for cases in by_cause(errors_of(evaluation)).values():
            for case in cases:
                stream.write(orjson.dumps(case.record(), option=orjson.OPT_APPEND_NEWLINE))


def _refuse_to_look(part: str, errors: Path | None, show: int) -> None:
    if part == "check" and (errors or show):
        raise LeaderboardError(
            "the errors of the check part are not shown one by one (use --part tune, or leave out "
            f"{'--errors' if errors else '--show'})"
        )


def _floor(text: str) -> tuple[str, float]:
    from leaderboard.evaluate import LEVELS

    level, _, number = text.partition("=")
    try:
        floor = float(number)
    except ValueError:
        raise InputError(f"--min {text}: expected LEVEL=F1, such as tuple=0.88") from None
    if level not in LEVELS:
        raise InputError(f"--min {text}: there is no level {level!r} (levels are {', '.join(LEVELS)})")
    return level, floor


def _check_floors(evaluation: Evaluation, floors: list[tuple[str, float]]) -> None:
    short = [(level, f1, floor) for level, floor in floors if (f1 := evaluation.counts(level).f1) < floor]  # type: ignore[arg-type]
    for level, f1, floor in short:
        typer.echo(f"{level} F1 {f1:.3f} is under {floor}", err=True)
    if short:
        raise typer.Exit(1)
