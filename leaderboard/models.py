"""The two things that go in and come out: a paper, and a result row.

`Result` is the public contract. The same columns, in this order, stand in CSV, JSON Lines and Parquet.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Kind(StrEnum):
    """What a number says about a system."""

    SCORE = "score"
    """The level reached: an accuracy of 96.53%, 35 FPS."""
    GAIN = "gain"
    """A difference, absolute or relative, up or down: improves by 8.7%, 28% fewer FLOPs."""
    RATIO = "ratio"
    """A factor: 828x faster, 3.3 times smaller."""
    RANK = "rank"
    """A place: ranked second."""


class Holder(StrEnum):
    """Whose number it is."""

    OWN = "own"
    """The paper's own system, finding or configuration."""
    OTHER = "other"
    """A baseline, a previous best, a human, or a third party's model that the paper evaluates."""


class Paper(BaseModel):
    """A paper as the extractor reads it: the texts, and enough to find the paper again.

    Only `title` and `abstract` are read for results; the rest is carried to the rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field("", description="The source's identifier, for example an arXiv id")
    title: str = Field("", description="Title as the source gives it, markup included")
    abstract: str = Field("", description="Abstract as the source gives it, markup and line breaks included")
    date: str = Field("", description="ISO 8601 date (YYYY-MM-DD) or month (YYYY-MM), or empty")
    url: str = Field("", description="Where the paper can be read, or empty")


class Result(BaseModel):
    """One number that a paper reports about how well a system performed, with what it belongs to.

    `start` and `end` are character offsets of the printed number in the original text of `field`, so that
    `text[start:end]` is the number as the paper printed it, always.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    paper_id: str = Field("", description="Identifier of the paper")
    title: str = Field("", description="Title of the paper, without its markup")
    date: str = Field("", description="ISO date of the paper, or empty")
    url: str = Field("", description="Address of the paper, derived for arXiv identifiers, or empty")
    model: str = Field("", description="Name of the system that holds the number, or empty")
    task: str = Field("", description="Task, from the text or from the catalogue, or empty")
    benchmark: str = Field(
        "",
        description='Canonical name of the benchmark, or empty; "A and 2 others" where a number is of three',
    )
    benchmark_id: str = Field("", description="Catalogue id; empty for a benchmark found by pattern")
    benchmark_text: str = Field("", description="The benchmark's name as printed")
    split: str = Field("", description="Split, subset or language pair: test-dev, en-de; or empty")
    setting: str = Field("", description="Setting: zero-shot, 5-shot, single model; or empty")
    metric: str = Field("", description="Canonical name of the metric, or empty")
    metric_id: str = Field("", description="Catalogue id of the metric, or empty")
    metric_text: str = Field("", description="The metric's name as printed, here or a sentence before")
    higher_is_better: bool | None = Field(None, description="Direction of the metric; None where unknown")
    value: float = Field(description="The number as printed, without sign")
    value_high: float | None = Field(None, description="Second number of a range")
    unit: str = Field("", description="%, points, x, dB, ms, s, FPS, ... as printed, or empty")
    kind: Literal["score", "gain", "ratio", "rank"] = Field(description="See `Kind`")
    holder: Literal["own", "other"] = Field(description="See `Holder`")
    field: Literal["title", "abstract"] = Field(description="The text in which the number stands")
    start: int = Field(ge=0, description="Offset of the number's first character in the original text")
    end: int = Field(ge=0, description="Offset after the number's last character in the original text")
    sentence: str = Field(description="The original sentence in which the number stands")
    rule: str = Field(description="Identifier of the rule that made the row")
    confidence: float = Field(ge=0, le=1, description="0 to 1; `explain` gives the reasons")
