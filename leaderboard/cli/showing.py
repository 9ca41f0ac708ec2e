"""What `leaderboard explain` shows: what was seen in a text, and why its rows are what they are."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from leaderboard import expressions as re
from leaderboard.cli.rulesets import rules_of
from leaderboard.errors import InputError

if TYPE_CHECKING:
    from leaderboard.explanation import Explanation, SentenceExplained
    from leaderboard.found import Found, Texts
    from leaderboard.models import Paper, Result

STYLES = {
    "value": "bold green", "place": "bold green", "metric": "cyan", "metric?": "cyan", "benchmark": "magenta",
    "benchmark?": "magenta", "own system": "bold yellow", "model": "yellow", "name": "yellow", "task": "blue",
    "setting": "blue", "hardware": "dim", "not a result": "dim", "year": "dim",
}  # fmt: skip
"""How each type of mention is printed; words of the lexicon are underlined, others are plain."""

# What a text says must not steer the terminal. Line breaks and tabs become blanks too: a sentence is a line.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SHOWN_ANYWAY = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
"""Variables that ask for colours where the output is no terminal."""
_FILE_LIKE = re.compile(r"\S+\.(?:jsonl|ndjson|json|csv|tsv|parquet|bib|xml|atom|txt|gz|zst|bz2)")


def explain(
    text: str,
    title: str = "",
    paper: str = "",
    limit: int = 5,
    rules: Sequence[Path] = (),
    as_json: bool = False,
) -> None:
    """Show how a text, or the papers of a file, are read; raises `LeaderboardError`."""
    from leaderboard.explanation import explain_paper

    papers = _papers(text, title, paper)
    ruleset = rules_of(list(rules))
    shown = 0
    for one in islice(papers, limit):
        explanation = explain_paper(one, ruleset)
        shown += 1
        if as_json:
            record = {"id": one.id, "title": one.title, "abstract": one.abstract, **explanation.as_dict()}
            sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        else:
            _show(one, explanation)
    if not shown:
        wanted = f"with the identifier {paper!r} " if paper else ""
        raise InputError(f"{text}: no paper {wanted}could be read (see 'leaderboard extract --rejects')")
    if next(papers, None) is not None:
        sys.stderr.write(f"the first {limit} papers only (more with --limit, one with --paper)\n")


def _papers(text: str, title: str, wanted: str) -> Iterator[Paper | Texts]:
    """The papers that the argument means: itself, or those of the file that it names."""
    if text == "-" or "://" in text.split(" ", 1)[0] or _is_file(text):
        from leaderboard.models import Paper
        from leaderboard.readers import read_papers

        for item in read_papers(text):
            if isinstance(item, Paper) and wanted in ("", item.id):
                yield item
    elif _FILE_LIKE.fullmatch(text):
        raise InputError(f"{text}: no such file (check the path)")
    else:
        from leaderboard.found import Texts

        yield Texts(title=title, abstract=text)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a path, or a NUL in it
        return False


# --- on the terminal --------------------------------------------------------------------------------------


Piece = tuple[str, str]
"""A text, and its style."""


def _printer() -> Callable[..., None]:
    """What prints pieces as a line, in their styles where the output can show them."""
    if not sys.stdout.isatty() and not any(os.environ.get(name) for name in _SHOWN_ANYWAY):
        return _print_plain
    from rich.console import Console
    from rich.text import Text

    out = Console(highlight=False, soft_wrap=True)
    return lambda *pieces: out.print(Text.assemble(*pieces))


def _print_plain(*pieces: Piece) -> None:
    sys.stdout.write("".join(text for text, _ in pieces) + "\n")


def _show(paper: Paper | Texts, explanation: Explanation) -> None:
    out = _printer()
    if paper.title or paper.id:
        out((_plain(f"{paper.id}  {paper.title}".strip()), "bold underline"))
    if explanation.own_names:
        out(("own system: " + _plain(", ".join(explanation.own_names)), "bold yellow"))
    for sentence in explanation.sentences:
        out()
        out(*_coloured(sentence))
        if sentence.matched or sentence.found:
            _show_reading(out, sentence)
    out()
    _show_rows(out, explanation.found, _why_none(explanation))


def _coloured(sentence: SentenceExplained) -> Iterator[Piece]:
    position = sentence.start
    for mention in sentence.tokens:
        style = STYLES.get(mention.type, "" if mention.type == "word" else "underline")
        for start, end, own in ((position, mention.start, ""), (mention.start, mention.end, style)):
            yield _plain(sentence.text[start - sentence.start : end - sentence.start]), own
        position = mention.end
    yield _plain(sentence.text[position - sentence.start :]), ""


def _show_reading(out: Callable[..., None], sentence: SentenceExplained) -> None:
    tokens = [("  tokens   ", "dim")]
    for mention in sentence.tokens:
        style = STYLES.get(mention.type, "" if mention.type != "word" else "dim")
        name = _plain(mention.text) if mention.type == "word" else mention.type.replace(" ", "-").upper()
        tokens.append((f"{name} ", style))
    out(*tokens)
    for matched in sentence.matched:
        out(("  matched  ", "dim"), (matched.rule, "bold"), (f"  {_plain(matched.text)}", ""))
    for claim in sentence.claims:
        mark, style = ("  says     ", "") if claim.won else ("  lost     ", "dim")
        said = f"{_plain(claim.number)}: {claim.field} is {_plain(claim.value)}"
        why = "" if claim.won else f", beaten by {claim.beaten_by}"
        rule = f"  ({claim.rule}, {claim.priority}{why})"
        out((mark, "dim"), (said, style), (rule, "dim"))
    for row, sources in zip(sentence.found, sentence.sources, strict=False):
        origins = ", ".join(f"{name} from {source}" for name, source in sources.items())
        out(("  row      ", "dim"), (_row(row), ""), (f"  ({origins})", "dim"))


def _show_rows(out: Callable[..., None], rows: list[Found], why: str) -> None:
    if not rows:
        out(("no rows", "bold"), (f": {why}", ""))
        return
    out((f"{len(rows)} row{'s' if len(rows) > 1 else ''}", "bold"))
    for row in rows:
        out(("  " + _row(row), ""), (f"  confidence {row.confidence:.2f}", "dim"))


def _why_none(explanation: Explanation) -> str:
    """Why a text without rows has none: it has no number for one, or no rule took its numbers for results."""
    numbers = [
        mention.text
        for sentence in explanation.sentences
        for mention in sentence.tokens
        if mention.type == "value"
    ]
    if not numbers:
        return "the text has no number that could be a result"
    listed = _plain(", ".join(dict.fromkeys(numbers[:5]))) + (", ..." if len(numbers) > 5 else "")
    if any(sentence.claims for sentence in explanation.sentences):
        return f"rules speak of its numbers ({listed}), and none takes one for a result"
    return f"no rule speaks of its numbers ({listed})"


def _row(row: Found | Result) -> str:
    """A row in a line: what was reached, in what, on what, by whom.

    >>> from leaderboard import extract
    >>> _row(extract("SCNN reaches 96.53% accuracy on TuSimple.")[0])
    '96.53% accuracy on TuSimple: score, own (SCNN)'
    """
    from leaderboard.spreadsheet import csv_cell

    number = csv_cell(row.value) + (f" to {csv_cell(row.value_high)}" if row.value_high is not None else "")
    unit = row.unit if row.unit in ("", "%", "x") else f" {row.unit}"
    metric = f" {row.metric}" if row.metric else ""
    place = " ".join(filter(None, (row.benchmark, row.split)))
    model = f" ({row.model})" if row.model else ""
    where = f" on {place}" if place else ""
    return _plain(f"{number}{unit}{metric}{where}: {row.kind}, {row.holder}{model}")


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text)
