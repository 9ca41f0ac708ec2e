"""What the extractor saw in a text: mentions, tokens, which rules matched, which claims won and lost, and the
rows.

Everything is plain data, for the terminal, the playground and programs alike.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from dataclasses import field as default
from typing import TYPE_CHECKING, Any

from leaderboard.claims import TEXT, Claim
from leaderboard.clean import clean
from leaderboard.engine import Engine, engine
from leaderboard.extraction import Document, Step, context_of, read_paper, tokens_of
from leaderboard.folding import fold
from leaderboard.found import Found, Texts
from leaderboard.mentions.numbers import Number
from leaderboard.mentions.tokens import MENTIONS, Token
from leaderboard.rulebook import NameHit, RuleSet

if TYPE_CHECKING:
    from leaderboard.models import Paper, Result

_PREPOSITIONS = ("PREPOSITION", "PLACING")
"""The classes of words that explain by themselves what they do."""
TYPES = {
    "B": "benchmark", "b": "benchmark?", "M": "metric", "m": "metric?", "J": "task", "U": "own system",
    "K": "model", "H": "hardware", "N": "name", "A": "name", "x": "not a result", "y": "year", "s": "setting",
    "r": "place",
}  # fmt: skip
"""What a symbol's mention is called; numbers are called `value`, lexicon words by their class."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span of the original text."""

    start: int
    end: int
    text: str
    type: str
    id: str = ""
    """Catalogue id of a benchmark, metric or task; sort of a number; class of a word."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule says of one field of one number."""

    number: str
    field: str
    value: str
    rule: str
    priority: int
    won: bool
    beaten_by: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """A rule that matched, and the words it matched."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class SentenceExplained:
    """A sentence and everything that was read in it. Offsets are those of the original text."""

    field: str
    start: int
    end: int
    text: str
    tokens: list[Mention]
    matched: list[Matched] = default(default_factory=list)
    claims: list[Said] = default(default_factory=list)
    sources: list[dict[str, str]] = default(default_factory=list)
    """For each row of the sentence, where each of its fields came from."""
    found: list[Found] = default(default_factory=list)

    @property
    def rows(self) -> list[Result]:
        """The rows of the sentence."""
        return [row.result() for row in self.found]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was seen in a paper, sentence by sentence, and its rows."""

    own_names: list[str]
    own_benchmarks: list[str]
    sentences: list[SentenceExplained]
    found: list[Found]

    @property
    def rows(self) -> list[Result]:
        """The rows of the paper."""
        return [row.result() for row in self.found]

    def as_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        data = asdict(self)
        for part in (data, *data["sentences"]):
            part["rows"] = [row._asdict() for row in part.pop("found")]
        return data


def explain(text: str, title: str = "", rules: RuleSet | None = None) -> Explanation:
    """Explain how a title and an abstract are read.

    >>> [m.type for m in explain("SCNN reaches 96.53% accuracy on TuSimple.").sentences[0].tokens][1:5]
    ['ACHIEVE', 'value', 'metric', 'word']
    """
    from leaderboard.models import Paper

    return explain_paper(Paper(title=title, abstract=text), rules)


def explain_paper(paper: Paper | Texts, rules: RuleSet | None = None) -> Explanation:
    """Explain how a paper is read."""
    compiled = engine(rules)
    steps = {(s.where.field, s.where.span): s for s in read_paper(paper, rules)}
    documents = [Document("title", clean(paper.title)), Document("abstract", clean(paper.abstract))]
    context = context_of(documents[0], documents[1], compiled)
    classes = _class_names(compiled)
    sentences = []
    for document in documents:
        for span in document.spans:
            step = steps.get((document.field, span))
            tokens = step.where.tokens if step else tokens_of(document, span, compiled, context)[0]
            if not tokens:
                continue
            start, end = document.cleaned.to_original(*span)
            sentence = SentenceExplained(
                document.field,
                start,
                end,
                document.cleaned.original[start:end],
                [_mention(token, document.cleaned, classes) for token in tokens],
            )
            if step is not None:
                sentence = replace(
                    sentence,
                    matched=_matched(step),
                    claims=_claims(step),
                    sources=[draft.sources for draft in step.drafts],
                    found=step.rows,
                )
            sentences.append(sentence)
    rows = fold([row for step in steps.values() for row in step.rows], compiled)
    return Explanation(list(context.own.values()), list(context.resources.values()), sentences, rows)


def _class_names(compiled: Engine) -> dict[str, str]:
    """The first class of every lexicon symbol; prepositions stand for themselves, as they do in patterns."""
    names: dict[str, str] = {}
    for name, symbols in compiled.lexicon.classes.items():
        for symbol in symbols if name not in _PREPOSITIONS else ():
            names.setdefault(symbol, name)
    return names


def _mention(token: Token, cleaned: Any, classes: dict[str, str]) -> Mention:
    start, end = cleaned.to_original(token.start, token.end)
    text = cleaned.original[start:end]
    if isinstance(token.data, Number):
        kind = (
            "place"
            if token.symbol == "r"
            else "value"
            if token.symbol in MENTIONS["VALUE"]
            else "not a result"
        )
        return Mention(start, end, text, kind, token.data.sort)
    if token.symbol in TYPES:
        entry = token.data.id if isinstance(token.data, NameHit) else ""
        return Mention(start, end, text, TYPES[token.symbol], entry)
    return Mention(start, end, text, classes.get(token.symbol, "word"))


def _printed(step: Step, index: int) -> str:
    token = step.where.tokens[index]
    return step.where.cleaned.text[token.start : token.end]


def _matched(step: Step) -> list[Matched]:
    tokens, text = step.where.tokens, step.where.cleaned.text
    return [
        Matched(rule, text[tokens[start].start : tokens[end - 1].end])
        for rule, start, end in step.reading.matched
        if end > start
    ]


def _value(step: Step, claim: Claim) -> str:
    target = claim.target
    if isinstance(target, list):
        return ", ".join(_printed(step, i) for i in target)
    if isinstance(target, tuple):
        group, start, end = target
        if group == TEXT:
            return step.where.cleaned.text[start:end]
        return " ".join(_printed(step, i) for i in range(start, end))
    return _printed(step, target) if isinstance(target, int) and not isinstance(target, bool) else str(target)


def _claims(step: Step) -> list[Said]:
    said = []
    beaten = defaultdict(list)
    for index, name, claim, winner in step.reading.lost:
        beaten[index, name].append((claim, winner))
    for index in sorted(step.reading.claims):
        for name, claim in step.reading.claims[index].items():
            number = _printed(step, index)
            said.append(Said(number, name, _value(step, claim), claim.rule, claim.priority, True))
            said += [
                Said(number, name, _value(step, loser), loser.rule, loser.priority, False, winner.rule)
                for loser, winner in beaten[index, name]
            ]
    return said
