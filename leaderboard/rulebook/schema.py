"""What may stand in a rule file: the models that check it, and the JSON Schemas that editors use.

These models check and complain; the engine works with the light records of `leaderboard.rulebook.records`.
The module is imported only when rule files have changed, because building models takes longer than reading
the cache.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    model_validator,
)

Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120),
    Field(description="Stable id in lower case with hyphens: top-1-accuracy"),
]
PartId = Annotated[
    str,
    BeforeValidator(
        lambda given: str(given) if type(given) is int else given, json_schema_input_type=str | int
    ),
    StringConstraints(pattern=r"^[A-Za-z0-9]+([-.+_][A-Za-z0-9]+)*$", max_length=120),
    Field(description="Id within the benchmark, as it stands in the column `split`: en-de, test-other, 96"),
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(min_length=2, max_length=200, strip_whitespace=True)]


PatternText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1000),
    Field(description="Atoms from left to right: METRIC of VALUES ~3 on BENCHMARKS"),
]
MacroName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=60)]


def _ordered(limits: tuple[float, float]) -> tuple[float, float]:
    if limits[0] >= limits[1]:
        raise ValueError("the first number of a range must be smaller than the second")
    return limits


Limits = Annotated[tuple[float, float], Strict(False), AfterValidator(_ordered)]


class Entry(BaseModel):
    """What every entry has."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class Named(Entry):
    """An entry that is found in texts by its name."""

    id: Slug
    name: Words = Field(description="Canonical name, as papers print it")
    aliases: list[Words] = Field(
        default=[],
        description="Other names, as printed. Hyphen, space, case, year and version forms are found without "
        "being listed: CIFAR-10 also finds CIFAR 10 and cifar10",
    )
    cased: bool = Field(default=False, description="Find the name only in exactly the printed case")
    ambiguous: bool = Field(
        default=False,
        description="The name is also a word or a common acronym: it counts only in a clear context",
    )
    not_: list[Words] = Field(
        default=[], alias="not", description="Longer phrases that contain the name but mean something else"
    )


class Example(Entry):
    """A text and the rows that it must give."""

    text: Text = Field(description="A sentence as a paper would print it")
    rows: list[dict[str, Any]] = Field(
        default=[],
        description="Expected rows; only the named columns are compared. No rows: the text must give none",
    )
    known_miss: bool = Field(
        default=False, description="Known to fail: reported, but not counted as an error"
    )


class Subset(Entry):
    """A part of a benchmark (language pair, track, difficulty) whose numbers stand for themselves."""

    id: PartId
    name: Text = Field(description="Name of the subset, as papers print it")
    aliases: list[Text] = Field(default=[], description="Other printed forms: En-De, English-to-German")


class Benchmark(Named):
    """A dataset, benchmark, suite or challenge."""

    area: str = Field(default="", description="Area, where it differs from that of the file")
    tasks: list[Slug] = Field(default=[], description="Ids of tasks")
    metrics: list[Slug] = Field(default=[], description="Ids of metrics; the first is the default")
    subsets: list[Subset] = Field(default=[], description="Variants whose numbers are not comparable")
    splits: list[Text] = Field(default=[], description="Splits, where papers report on more than one")
    range: dict[Slug, Limits] = Field(default={}, description="Plausible values by metric id, where narrower")
    year: int | None = Field(default=None, ge=1950, le=2100, description="Year of publication")
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = Field(
        default=None, description="Official page"
    )
    examples: list[Example] = Field(default=[], description="Sentences with the rows they must give")


class Metric(Named):
    """A measure."""

    higher_is_better: bool | None = Field(
        default=None, description="Direction; leave out where it is unknown or depends"
    )
    unit: str = Field(default="", max_length=40, description="%, dB, ms, FPS, ...")
    range: Limits | None = Field(default=None, description="Plausible printed values")
    scale: Literal["percent", "fraction", ""] = Field(
        default="", description="percent: a share of one printed as 0 to 100; fraction: as 0 to 1"
    )
    family: Slug | None = Field(default=None, description="Id of the more general metric")


class Task(Named):
    """A task."""

    area: str = Field(default="", description="Area of research")


class BenchmarkFile(Entry):
    """A file of benchmarks."""

    area: str = Field(default="", description="Area of all entries of the file")
    benchmarks: list[Benchmark]


class MetricFile(Entry):
    """A file of metrics."""

    metrics: list[Metric]


class TaskFile(Entry):
    """A file of tasks."""

    tasks: list[Task]


class Naming(Entry):
    """A rule of the first layer: it tells by the words beside a name what the name is."""

    id: Slug
    pattern: PatternText
    gives: dict[str, Text] = Field(default={}, description="What each captured name is: {n: BENCHMARK}")
    priority: int = Field(default=50, ge=0, le=1000)
    examples: list[Example] = Field(default=[], description="Texts with the rows they must give")


class Pattern(Naming):
    """A rule of the second layer: it tells by the words beside a number what the number says.

    It looks at the tokens of a sentence with `pattern`, or at its text with `regex` and named groups.
    """

    pattern: PatternText = ""
    regex: str = Field(
        default="",
        max_length=2000,
        description="Instead of a pattern: a regular expression over the sentence, with the groups value, "
        "metric, benchmark, model",
    )
    gives: dict[str, Any] = Field(
        default={},
        description="Fields of the rows: {kind: score, holder: own}; reject, most, least, condition, named",
    )
    priority: int = Field(default=50, ge=0, le=1000, description="The claim of highest priority wins")
    binding: int | None = Field(
        default=None,
        ge=0,
        le=1000,
        description="Priority of the metric, benchmark or model that the pattern ties to a number",
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.pattern) == bool(self.regex):
            raise ValueError("a rule has either a pattern or a regex")
        if self.regex and "(?P<value>" not in self.regex:
            raise ValueError("a regex needs a group (?P<value>...) around the number")
        return self


class PatternFile(Entry):
    """A file of sentence patterns."""

    macros: dict[MacroName, Words] = Field(default={}, description="Parts that several patterns share")
    naming: list[Naming] = Field(default=[], description="First layer, in order")
    results: list[Pattern] = Field(default=[], description="Second layer")


class Introductions(Entry):
    """How papers speak of what they bring; achieve~ is a verb."""

    systems: list[Text] = Field(default=[], description="Nouns for a system")
    methods: list[Text] = Field(default=[], description="Nouns for what is no data set, whatever its title")
    appositions: list[Text] = Field(default=[], description="Nouns for a system that stand behind its name")
    kinds: list[Text] = Field(default=[], description="Nouns that the names of kinds of systems end with")
    plain: list[Text] = Field(default=[], description="Words that tell no system from others of its kind")
    no_systems: list[Text] = Field(default=[], description="Nouns that make a name one of no system")
    praise: list[Text] = Field(default=[], description="Words before a name in a title that are not of it")
    tell: list[Text] = Field(
        default=[], description="Words of titles that tell what a paper does or finds, and name nothing"
    )
    beside_resources: list[Text] = Field(default=[], description="What a title names beside a data set")
    resources: list[Text] = Field(default=[], description="Nouns for a data set")
    titled: list[Text] = Field(
        default=[], description="Nouns for a data set right behind its name in a title"
    )
    tasks: list[Text] = Field(default=[], description="Nouns behind a name that is none of a system")
    means: list[Text] = Field(default=[], description="Words before the name of what a system is made with")
    qualified: list[Text] = Field(default=[], description="Nouns behind a name that only tells more of them")
    introduce: list[Text] = Field(default=[], description="What papers do with what they bring")
    propose: list[Text] = Field(default=[], description="What papers do with a system")
    coin: list[Text] = Field(default=[], description="What papers do with a system that they name")
    naming: list[Text] = Field(default=[], description='The verb of "we call it X"')
    called: list[Text] = Field(default=[], description="Words right before a name")
    evaluate: list[Text] = Field(default=[], description="What papers do with the systems of others")
    others: list[Text] = Field(default=[], description="Systems of others")
    asks: list[Text] = Field(default=[], description="First words of the titles of evaluations")
    reviews: list[Text] = Field(default=[], description="What papers are called that sum up others")
    competitions: list[Text] = Field(default=[], description="What papers hold")
    entrants: list[Text] = Field(default=[], description="Who took part")
    enters: list[Text] = Field(default=[], description="What a paper is that took part itself")
    takes_part: list[Text] = Field(default=[], description="What a paper did that took part itself")
    does: list[Text] = Field(default=[], description="Verbs of what systems bring about")
    works: list[Text] = Field(default=[], description="Verbs of how systems work")
    fails: list[Text] = Field(default=[], description="Verbs of what others lack, and of what data hold")


class Places(Entry):
    """How sentences say that something was measured where no benchmark is named."""

    others: list[Text] = Field(default=[], description="Words behind on that tell of other data")
    data: list[Text] = Field(default=[], description="Nouns for data to measure on")
    sorts: list[Text] = Field(default=[], description="What data or trials are that are no benchmark's")
    things: list[Text] = Field(default=[], description="What may be of such a sort")
    studies: list[Text] = Field(default=[], description="Phrases for trials")
    trial_sorts: list[Text] = Field(default=[], description="Words right before a noun for trials")
    trials: list[Text] = Field(default=[], description="Nouns for trials")


class LexiconFile(Entry):
    """A file of words and phrases."""

    classes: dict[MacroName, list[Text]] = Field(
        default={}, description="A class and its words; achieve~ is a verb"
    )
    implies: dict[Slug, list[Text]] = Field(default={}, description="A metric and the words that name it")
    rates: dict[Slug, list[Text]] = Field(default={}, description="A metric and the verbs that tell a share")
    voice: list[Text] = Field(default=[], description="Words by which a paper speaks of itself")
    introductions: Introductions = Field(
        default=Introductions(), description="How papers name what they bring"
    )
    places: Places = Field(default=Places(), description="Where something was measured, without a name")


class NameListFile(Entry):
    """A file of names that are no benchmarks."""

    models: list[Text] = Field(default=[], description="Families of models")
    hardware: list[Text] = Field(default=[], description="Hardware and software")
    not_names: list[Text] = Field(default=[], description="General terms printed like names")
    not_metrics: list[Slug] = Field(default=[], description="Ids of metrics that seldom are results")
    not_scores: list[Slug] = Field(default=[], description="Ids of metrics whose levels are no results")
    conditions: list[Slug] = Field(default=[], description='Ids of metrics that are no results after "at"')


Share = Annotated[float, Field(ge=0, le=1)]


class ConfidenceFile(Entry):
    """A file of reliabilities: how often a field is right, by where it came from."""

    rule: dict[Text, Share] = Field(default={}, description="By the rule that says what kind of number it is")
    metric: dict[Text, Share] = Field(default={}, description="By source of the metric")
    benchmark: dict[Text, Share] = Field(default={}, description="By source of the benchmark")
    holder: dict[Text, Share] = Field(default={}, description="By source of the holder")
