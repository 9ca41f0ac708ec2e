"""A paper's texts and a row as the engine handles them: plain tuples.

The public forms, `Paper` and `Result` of `leaderboard.models`, check what they are made of. To load the
library that does so takes longer than to read an abstract, so a row becomes a `Result` where it leaves the
package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from leaderboard.models import Result


class Texts(NamedTuple):
    """What the engine reads of a paper; has the fields of `Paper`."""

    id: str = ""
    title: str = ""
    abstract: str = ""
    date: str = ""
    url: str = ""


class Found(NamedTuple):
    """A row; has the fields of `Result`, in that order."""

    paper_id: str
    title: str
    date: str
    url: str
    model: str
    task: str
    benchmark: str
    benchmark_id: str
    benchmark_text: str
    split: str
    setting: str
    metric: str
    metric_id: str
    metric_text: str
    higher_is_better: bool | None
    value: float
    value_high: float | None
    unit: str
    kind: str
    holder: str
    field: str
    start: int
    end: int
    sentence: str
    rule: str
    confidence: float

    def result(self) -> Result:
        """The row as others get it."""
        from leaderboard.models import Result

        return Result.model_validate(self._asdict())
