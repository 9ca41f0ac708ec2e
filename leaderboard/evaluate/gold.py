"""Gold annotations: what careful readers found in each paper.

A gold file has one JSON object to a line: a paper's `id`, `title`, `abstract`, `source`, and under `results`
its rows. Lists of names hold every acceptable form; an empty list means that the text names none.

Annotations may be kept apart from texts that may not be copied: then a line has neither title nor abstract, a
row says by its `span` where in the abstract its sentence stands, and `with_texts` joins both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from leaderboard.errors import InputError
from leaderboard.models import Paper

Part = Literal["all", "tune", "check"]
"""Which papers: all, those that rules are tuned on, or the third that is kept back."""


class GoldRow(BaseModel):
    """One result as a reader wrote it down."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    value: float
    value_high: float | None = None
    unit: str = ""
    kind: Literal["score", "gain", "ratio", "rank"]
    holder: Literal["own", "other"]
    benchmark: tuple[str, ...] = ()
    metric: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    evidence: str = ""
    span: tuple[int, int] | None = None
    """Of the evidence, characters of the abstract; left out where that is the title."""
    uncertain: bool = False
    """Two careful readers could disagree whether this is a row: it counts for nothing."""
    benchmark_optional: bool = False
    """Naming the benchmark and naming none are both right."""


class GoldPaper(BaseModel):
    """A paper with the rows that readers found in it, in the order of the text."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    source: str = ""
    title: str = ""
    abstract: str = ""
    results: tuple[GoldRow, ...] = ()

    @property
    def paper(self) -> Paper:
        """The paper as the extractor reads it."""
        return Paper(id=self.id, title=self.title, abstract=self.abstract)


def read_gold(path: Path) -> list[GoldPaper]:
    """The papers of a gold file, in order.

    Raises:
        InputError: the file is missing, or a line is no annotation; the message names the line and field.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file (name a file of annotated papers, JSON Lines)") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error} (gold files are JSON Lines in UTF-8)") from None
    papers = [_annotation(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not papers:
        raise InputError(f"{path}: holds no papers (one JSON object to a line: id, title, abstract, results)")
    return papers


def with_texts(papers: Iterable[GoldPaper], texts: Mapping[str, Paper]) -> list[GoldPaper]:
    """The papers with title, abstract and evidence from these texts, by identifier.

    Raises:
        InputError: a paper has no text here, or one that is shorter than a span of its rows.
    """
    joined = []
    for paper in papers:
        text = texts.get(paper.id)
        if text is None:
            raise InputError(f"{paper.id}: no text among the papers (name the file that has it)")
        if any(row.span and row.span[1] > len(text.abstract) for row in paper.results):
            raise InputError(f"{paper.id}: the abstract is shorter than the one that was annotated")
        rows = [
            row.model_copy(update={"evidence": text.abstract[slice(*row.span)] if row.span else text.title})
            for row in paper.results
        ]
        update = {"title": text.title, "abstract": text.abstract, "results": tuple(rows)}
        joined.append(paper.model_copy(update=update))
    return joined


def _annotation(path: Path, number: int, line: str) -> GoldPaper:
    try:
        return GoldPaper.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = f"{path}: line {number}: {where + ': ' if where else ''}{first['msg']} (mend the line)"
        raise InputError(message) from None


def part_of(paper_id: str) -> Literal["tune", "check"]:
    """The part a paper belongs to, fixed by its identifier: one paper in three is kept back for checking.

    >>> part_of("2511.16655"), part_of("1605.07146")
    ('check', 'tune')
    """
    return "check" if int(hashlib.sha256(paper_id.encode()).hexdigest(), 16) % 3 == 0 else "tune"


def only(papers: Iterable[GoldPaper], part: Part) -> list[GoldPaper]:
    """The papers of one part."""
    return [paper for paper in papers if part in ("all", part_of(paper.id))]
