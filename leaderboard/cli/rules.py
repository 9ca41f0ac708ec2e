"""`leaderboard rules`: write, check, try and compare rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from leaderboard.cli.amounts import amount
from leaderboard.cli.rule_inputs import (
    entries_named,
    extractor_of,
    figures_on,
    firings_of,
    is_discovered,
    lines_of,
    load,
    not_found,
    papers_of,
    rows_in,
    rule_ids,
)
from leaderboard.cli.rule_views import (
    annotation,
    coverage_data,
    difference_data,
    finding,
    plain,
    show_coverage,
    show_outcome,
    shown,
    shown_change,
)
from leaderboard.errors import LeaderboardError

if TYPE_CHECKING:
    pass

app = typer.Typer(
    rich_markup_mode="rich",
    add_completion=False,
    no_args_is_help=True,
    help="Write, check, try and compare rules. Begin with [bold]leaderboard rules new NAME[/bold].",
)

Folders = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="A folder of rules on top of the built-in ones. Repeatable."),
]
Limit = Annotated[int, typer.Option(min=0, help="Read this many papers; 0 reads all.")]
Top = Annotated[int, typer.Option(min=0, help="Show this many of each; 0 shows all.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Corpus = Annotated[str, typer.Argument(metavar="CORPUS", help="Papers, in any format that extract reads.")]
SECTIONS = ("benchmarks", "metrics", "tasks", "patterns")


@app.command(
    epilog='Example: [bold]leaderboard rules new "TuSimple" --task "Lane Detection" --metric accuracy[/bold]'
)
def new(
    name: Annotated[str, typer.Argument(help="Name of the benchmark, as papers print it.")],
    task: Annotated[list[str] | None, typer.Option(help="Task, by name or id. Repeatable.")] = None,
    metric: Annotated[
        list[str] | None, typer.Option(help="Metric, by name or id; the first is the default. Repeatable.")
    ] = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another printed form. Repeatable.")] = None,
    rules: Annotated[Path, typer.Option(help="Your folder of rules; made where it does not exist.")] = Path(
        "leaderboard-rules"
    ),
) -> None:
    """Write an entry for a benchmark, with an example, into your own folder of rules."""
    from leaderboard.authoring import draft_entry, save_entry

    known = load([rules] if rules.is_dir() and not is_discovered(rules) else [])
    entry = draft_entry(name, known, tasks=task or [], metrics=metric or [], aliases=alias or [])
    path = save_entry(entry, rules)
    typer.echo(f"wrote {path}")
    for hint in entry.hints:
        typer.echo(f"note: {hint}")
    option = "" if is_discovered(rules) else f" --rules {rules}"
    typer.echo(
        f"next: leaderboard rules check {rules}; then extract with{option or ' it, found by itself here'}"
    )


@app.command(
    epilog="Examples: [bold]leaderboard rules check[/bold]   "
    "[bold]leaderboard rules check leaderboard-rules --format github[/bold]"
)
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...", help="Folders or files; yours where left out, else the built-in."
        ),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text, json or github (annotations).")
    ] = "text",
    examples: Annotated[bool, typer.Option(help="Run the examples too.")] = True,
) -> None:
    """Check rule files: keys, ids, names that clash, patterns that run away or never win, examples.

    Every finding is one line: file:line:column: what is wrong (what to do). Exit code 1 on errors.
    """
    from leaderboard.authoring import check as check_rules
    from leaderboard.rulebook.folders import discovered_folders

    if format not in ("text", "json", "github"):
        raise LeaderboardError(f"{format}: no such format (write text, json or github)")
    chosen = paths if paths else discovered_folders()
    problems = check_rules(chosen, extractor_of if examples else None)
    errors = sum(problem.severity == "error" for problem in problems)
    if format == "json":
        typer.echo(orjson.dumps(problems, option=orjson.OPT_INDENT_2).decode())
    else:
        for problem in problems:
            typer.echo(annotation(problem) if format == "github" else finding(problem))
        if not problems:
            typer.echo(f"{', '.join(map(str, chosen)) or 'built-in rules'}: no problems", err=True)
        else:
            typer.echo(f"{amount(errors, 'error')}, {amount(len(problems) - errors, 'warning')}", err=True)
    if errors:
        raise typer.Exit(1)


@app.command(epilog="Example: [bold]leaderboard rules test tusimple[/bold]")
def test(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Only the examples of these.")
    ] = None,
    rules: Folders = None,
    as_json: AsJson = False,
) -> None:
    """Run the examples of rules and entries; show what a failing one should give (-) and what it gave (+)."""
    from leaderboard.authoring import run_examples

    known = load(rules)
    outcomes = run_examples(known, extractor_of(known), ids or [])
    if as_json:
        typer.echo(
            orjson.dumps([plain(outcome) for outcome in outcomes], option=orjson.OPT_INDENT_2).decode()
        )
    else:
        for outcome in outcomes:
            show_outcome(outcome)
        failed = sum(outcome.failed for outcome in outcomes)
        misses = sum(outcome.known_miss and not outcome.failed for outcome in outcomes)
        said = "known miss" if misses == 1 else "known misses"
        typer.echo(f"{amount(len(outcomes), 'example')}, {failed} failed, {misses} {said}", err=True)
    if any(outcome.failed for outcome in outcomes):
        raise typer.Exit(1)


@app.command(
    "list",
    epilog="Examples: [bold]leaderboard rules list metrics[/bold]   "
    "[bold]leaderboard rules list --area speech --search translation[/bold]",
)
def list_(
    section: Annotated[str, typer.Argument(help="benchmarks, metrics, tasks or patterns.")] = "benchmarks",
    area: Annotated[str, typer.Option(help="Only entries of this area.")] = "",
    search: Annotated[str, typer.Option(help="Only entries with this in the id, the name or an alias.")] = "",
    rules: Folders = None,
    as_json: AsJson = False,
) -> None:
    """List what the rules know, one line each: id, name, and where it stands."""
    if section not in SECTIONS:
        raise LeaderboardError(f"{section}: no such section (write one of {', '.join(SECTIONS)})")
    found = [
        line
        for line in lines_of(load(rules), section)
        if (not area or line.get("area") == area)
        and search.casefold() in " ".join((line["id"], line["name"], *line.get("aliases", ()))).casefold()
    ]
    if as_json:
        typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    for line in found:
        typer.echo(f"{line['id']}\t{line['name']}\t{line['source']}")
    typer.echo(f"{len(found):,} {section}", err=True)


@app.command(epilog="Example: [bold]leaderboard rules show imagenet --corpus papers.jsonl.gz[/bold]")
def show(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="Id or name of a benchmark, metric, task or pattern.")
    ],
    corpus: Annotated[str, typer.Option(help="Show where it fires in these papers.")] = "",
    limit: Limit = 2000,
    rules: Folders = None,
    as_json: AsJson = False,
) -> None:
    """Show an entry or a rule: what it says, where it stands, and with --corpus where it fires."""
    known = load(rules)
    found = entries_named(known, name)
    if not found:
        raise LeaderboardError(f"{name}: {not_found(known, name)}")
    fires = firings_of(known, {entry["id"] for entry in found}, corpus, limit) if corpus else []
    if as_json:
        typer.echo(orjson.dumps({"entries": found, "fires": fires}, option=orjson.OPT_INDENT_2).decode())
        return
    for entry in found:
        for key, value in entry.items():
            if value not in ("", None, [], {}, False):
                typer.echo(f"{key + ':':18}{shown(value)}")
        typer.echo("")
    for sentence in fires:
        typer.echo(f"- {sentence}")


@app.command(epilog="Example: [bold]leaderboard rules schema -o leaderboard-rules/schema[/bold]")
def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write to; printed where left out.")
    ] = None,
    check_only: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 where the folder's are out of date.")
    ] = False,
) -> None:
    """Write the JSON Schemas of rule files, with which editors complete and check them."""
    from leaderboard.authoring import json_schemas, write_schemas
    from leaderboard.authoring.schemas import out_of_date

    if output is None:
        typer.echo(orjson.dumps(json_schemas(), option=orjson.OPT_INDENT_2).decode())
        return
    if check_only:
        stale = out_of_date(output)
        for name in stale:
            typer.echo(f"{output / name}: out of date (write it with leaderboard rules schema -o {output})")
        if stale:
            raise typer.Exit(1)
        return
    for path in write_schemas(output):
        typer.echo(f"wrote {path}")


@app.command(epilog="Example: [bold]leaderboard rules coverage papers.jsonl.gz --limit 5000[/bold]")
def coverage(
    corpus: Corpus, limit: Limit = 0, top: Top = 20, rules: Folders = None, as_json: AsJson = False
) -> None:
    """Show which rules and entries fire how often in a corpus, with samples, and which never."""
    from leaderboard.authoring import coverage as cover

    known = load(rules)
    extract = extractor_of(known)
    report = cover(
        ((paper, list(extract(paper))) for paper in papers_of(corpus, limit)), known, rule_ids(known)
    )
    if as_json:
        typer.echo(orjson.dumps(coverage_data(report), option=orjson.OPT_INDENT_2).decode())
        return
    show_coverage(report, top)


@app.command(
    epilog="Examples: [bold]leaderboard rules discover papers.jsonl.gz --limit 20000[/bold]   "
    "[bold]leaderboard rules discover rows.jsonl --entries > leaderboard-rules/found.yaml[/bold]"
)
def discover(
    source: Annotated[str, typer.Argument(metavar="CORPUS|ROWS", help="Papers, or rows that extract wrote.")],
    min_papers: Annotated[int, typer.Option(min=1, help="Only names met in this many papers.")] = 2,
    limit: Limit = 0,
    top: Top = 50,
    entries: Annotated[
        bool, typer.Option("--entries", help="Print only the entries, as a rule file.")
    ] = False,
    rules: Folders = None,
    as_json: AsJson = False,
) -> None:
    """List benchmarks that results name and the catalogue lacks, with sentences and a ready entry."""
    from leaderboard.authoring import discover as missing_from

    known = load(rules)
    found = missing_from(rows_in(source, known, limit), known, min_papers=min_papers)
    listed = found[:top] if top else found
    if as_json:
        typer.echo(orjson.dumps(listed, option=orjson.OPT_INDENT_2).decode())
    elif entries:
        typer.echo("# Found by leaderboard rules discover: read every entry before you keep it.")
        typer.echo("benchmarks:\n" + "\n".join(one.entry for one in listed) if listed else "benchmarks: []")
    else:
        for one in listed:
            near = f"; like {', '.join(one.near)}" if one.near else ""
            typer.echo(f"{one.name}: {amount(one.papers, 'paper')}, {amount(one.rows, 'row')}{near}")
            for sentence in one.sentences:
                typer.echo(f"    {sentence}")
            typer.echo("    " + one.entry.replace("\n", "\n    ") + "\n")
    typer.echo(f"{amount(len(found), 'name')}, {len(listed):,} shown", err=True)


@app.command(
    epilog="Examples: [bold]leaderboard rules diff papers.jsonl.gz --base HEAD~1[/bold]   "
    "[bold]leaderboard rules diff papers.jsonl.gz --base rules --rules leaderboard-rules[/bold]"
)
def diff(
    corpus: Corpus,
    base: Annotated[
        str, typer.Option(help="Folder of whole rules, or git revision, to compare with.")
    ] = "HEAD",
    limit: Limit = 0,
    samples: Annotated[int, typer.Option(min=0, help="Rows to show of each group.")] = 3,
    gold: Annotated[Path | None, typer.Option(help="Annotated papers: precision and recall, too.")] = None,
    rules: Folders = None,
    as_json: AsJson = False,
) -> None:
    """Show what a change of rules changes in a corpus: rows gained, lost and changed, in groups."""
    from leaderboard.authoring import compare_rows
    from leaderboard.authoring.diff import base_folder
    from leaderboard.rulebook import load_rules
    from leaderboard.rulebook.cache import encoded
    from leaderboard.rulebook.folders import builtin_folder
    from leaderboard.rulebook.records import Table, as_it_is

    with base_folder(base, builtin_folder().parent) as folder:
        earlier, known = load_rules(folder, builtin=False), load(rules)
        # A revision from before a kind of file came up is read with today's files of that kind.
        kinds = {**known.extra, **{kind: data for kind, data in earlier.extra.items() if data}}
        earlier.extra = Table(encoded(kinds), as_it_is)
        before, after = extractor_of(earlier), extractor_of(known)
        found = compare_rows((list(before(paper)), list(after(paper))) for paper in papers_of(corpus, limit))
        figures = figures_on(gold, before, after) if gold else {}
    if as_json:
        typer.echo(
            orjson.dumps(difference_data(found) | {"gold": figures}, option=orjson.OPT_INDENT_2).decode()
        )
        return
    for title, group in found.groups():
        typer.echo(f"{title}: {len(group)}")
        for one in group[:samples]:
            typer.echo("    " + shown_change(one))
    for level, (old, new) in figures.items():
        parts = (f"{name} {old[name]:.3f} -> {new[name]:.3f}" for name in old)
        typer.echo(f"{level}: {', '.join(parts)}")
    said = (
        f"{len(found.gained)} gained, {len(found.lost)} lost, {len(found.changed)} changed, {found.same} same"
    )
    typer.echo(f"{amount(found.papers, 'paper')}: {said}", err=True)
