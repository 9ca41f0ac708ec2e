"""The figures: precision, recall and F1 at three levels, over all papers and over each source.

| level | a row is right when |
| --- | --- |
| detect | the number and its kind agree |
| tuple | number, kind, holder, benchmark and metric agree |
| board | as tuple, among the rows that make a leaderboard: own scores on a named benchmark |

Gold rows marked uncertain count for nothing, nor do the rows that stand for them. Those with
`benchmark_optional` are left out of "board".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from leaderboard.evaluate.agreement import FIELDS, Pair, pair
from leaderboard.evaluate.gold import GoldPaper, GoldRow
from leaderboard.models import Result

Level = Literal["detect", "tuple", "board"]
LEVELS: tuple[Level, ...] = ("detect", "tuple", "board")


@dataclass(slots=True)
class Counts:
    """Rows counted at one level: `hits` of `gold` rows were found, by `hits` of `rows` extracted rows."""

    hits: int = 0
    gold: int = 0
    rows: int = 0

    @property
    def precision(self) -> float:
        """Share of extracted rows that are right; 0 where there are none."""
        return self.hits / self.rows if self.rows else 0.0

    @property
    def recall(self) -> float:
        """Share of gold rows that were found; 0 where there are none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Counts) -> None:
        """Add the counts of another lot of papers."""
        self.hits += other.hits
        self.gold += other.gold
        self.rows += other.rows


@dataclass(slots=True)
class PaperScore:
    """One paper scored: which rows pair up, and which of them count."""

    paper: GoldPaper
    rows: Sequence[Result]
    pairs: list[Pair]
    """Pairs with a certain gold row; those with an uncertain one are left out, with the row."""
    counted_rows: list[int]
    """Places of the extracted rows that count."""

    @property
    def golds(self) -> Sequence[GoldRow]:
        """The paper's gold rows, uncertain ones included."""
        return self.paper.results

    @property
    def counted_golds(self) -> list[int]:
        """Places of the gold rows that count."""
        return [g for g, gold in enumerate(self.golds) if not gold.uncertain]

    def counts(self, level: Level) -> Counts:
        """The paper's rows at one level."""
        if level == "detect":
            hits = sum(p.detected for p in self.pairs)
        elif level == "tuple":
            hits = sum(p.right for p in self.pairs)
        else:
            return self._board()
        return Counts(hits, len(self.counted_golds), len(self.counted_rows))

    def _board(self) -> Counts:
        """Rows that make a leaderboard; where naming the benchmark is optional, neither side counts."""
        optional = {g for g, gold in enumerate(self.golds) if gold.benchmark_optional}
        aside = {p.row for p in self.pairs if p.gold in optional}
        golds = {g for g in self.counted_golds if g not in optional and on_a_board(self.golds[g])}
        rows = {r for r in self.counted_rows if on_a_board(self.rows[r])}
        hits = sum(p.right and p.gold in golds and p.row in rows for p in self.pairs)
        return Counts(hits, len(golds), len(rows - aside))


@dataclass(slots=True)
class Evaluation:
    """All papers scored."""

    papers: list[PaperScore] = field(default_factory=list)

    def counts(self, level: Level, where: Callable[[GoldPaper], bool] = lambda paper: True) -> Counts:
        """The counts at one level over the papers that a condition holds for."""
        total = Counts()
        for scored in self.papers:
            if where(scored.paper):
                total.add(scored.counts(level))
        return total

    def table(self) -> dict[str, dict[Level, Counts]]:
        """Counts by source and level; "all" is over all papers and comes first."""
        sources = sorted({s.paper.source for s in self.papers if s.paper.source})
        table = {"all": {level: self.counts(level) for level in LEVELS}}
        for source in sources:
            table[source] = {level: self.counts(level, lambda p, s=source: p.source == s) for level in LEVELS}  # type: ignore[misc]
        return table

    def fields(self) -> dict[str, tuple[int, int]]:
        """For each field, how many pairs agree in it, of how many; a system counts where gold names one."""
        right: Counter[str] = Counter()
        of: Counter[str] = Counter()
        for scored in self.papers:
            for p in scored.pairs:
                for name in FIELDS:
                    if name == "model" and not scored.golds[p.gold].model:
                        continue
                    of[name] += 1
                    right[name] += name in p.agrees
        return {name: (right[name], of[name]) for name in FIELDS if of[name]}


def evaluate(papers: Iterable[GoldPaper], rows: Mapping[str, Sequence[Result]]) -> Evaluation:
    """Score extracted rows, by paper, against gold; rows of other papers are passed over."""
    return Evaluation([score_paper(paper, rows.get(paper.id, ())) for paper in papers])


def score_paper(paper: GoldPaper, rows: Sequence[Result]) -> PaperScore:
    """Score the rows of one paper."""
    pairs = pair(paper.results, rows)
    uncertain = {p.row for p in pairs if paper.results[p.gold].uncertain}
    sure = [p for p in pairs if p.row not in uncertain]
    return PaperScore(paper, rows, sure, [r for r in range(len(rows)) if r not in uncertain])


def on_a_board(row: GoldRow | Result) -> bool:
    """Whether a row belongs on a leaderboard: the paper's own score on a named benchmark."""
    return row.kind == "score" and row.holder == "own" and bool(row.benchmark)
