"""The one verb: from a paper's title and abstract to its result rows.

The way: clean the text, cut it into sentences, find the catalogue's names, know the paper's own system; then,
for each sentence with a number that could be a result: tokens, what each name is, what each rule says, what
the sentence leaves open; then rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from leaderboard import expressions as re
from leaderboard.claims import Reading, read, retype
from leaderboard.clean import Cleaned, clean
from leaderboard.engine import Engine, engine
from leaderboard.folding import fold
from leaderboard.found import Found, Texts
from leaderboard.lexicon import WORD
from leaderboard.mentions.abbreviations import PLAIN, meanings
from leaderboard.mentions.called import acting, called, repository, titled, working
from leaderboard.mentions.context import Context, looks_like_name, squeeze
from leaderboard.mentions.introduced import read_context
from leaderboard.mentions.joining import join_names
from leaderboard.mentions.names import complete_names, demote, know_again, know_systems
from leaderboard.mentions.numbers import Number, could_be_result, find_numbers
from leaderboard.mentions.tokens import Token, tokenize
from leaderboard.resolve import Draft, Memory, Named, evaluated_on, named, only_data, resolve
from leaderboard.rows import Where, readable_title, rows_of
from leaderboard.rulebook import NameHit, RuleSet
from leaderboard.sentences import split_sentences

if TYPE_CHECKING:
    from leaderboard.models import Paper, Result

_DIGIT = re.compile(r"\d")
_INNER_CAPITAL = re.compile(r"\w[A-Z]")
"""What the words of a title in title case have not."""
_INNER_SIGN = re.compile(r"\w[A-Z]|[A-Za-z]\d")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_LATEST_VOICE = 2 / 3
"""Of an abstract, where a paper must have spoken of itself for what stands before to be about others."""
_STEM = 4
"""Letters that two forms of a word share: "query", "queries"."""
_NTH = re.compile(r"\d(?:st|nd|rd|th)\b")
_PLACES = ("first", "second", "third")
_PLACE = re.compile(
    r"\b(?<!in the )(?:first|second|third|1st|2nd|3rd|\d+th)\s+(?:place|rank|position|prize)\b|"
    r"\b(?:rank\w*|place[sd]?|won|win|finish\w*|came)\s+(?:\w+\s+)?(?:first|second|third|\d+(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)

_ON = re.compile(r"\bon (?:the )?$")
_DATA_WORDS = (
    "dataset", "data set", "benchmark", "corpus", "corpora", "challenge", "leaderboard", "test set",
    "test-set", "testset", "suite", "database", "competition", "treebank", "validation set", "dev set",
    "development set", "evaluation set", "testing set", "split", "shared task",
)  # fmt: skip
_PLACE_WORDS = ("place", "rank", "prize", "position", "won ", "win ", "finish", "came")
LONGEST_SENTENCE = 1_300
"""Characters; the longest real sentences of abstracts have about 1,200."""

Span = tuple[int, int]


def extract(text: str, rules: RuleSet | None = None) -> list[Result]:
    """Result rows of a text, read as an abstract.

    >>> [(row.value, row.metric, row.benchmark) for row in extract("It reaches 96.53% accuracy on TuSimple.")]
    [(96.53, 'accuracy', 'TuSimple')]
    """
    from leaderboard.models import Paper

    return extract_paper(Paper(abstract=text), rules)


def extract_paper(paper: Paper, rules: RuleSet | None = None) -> list[Result]:
    """Result rows of a paper, in the order of the text, by the built-in rules or the given ones.

    Never raises for any text. The same paper and rules give the same rows.
    """
    return [row.result() for row in rows_in(paper, rules)]


def rows_in(paper: Paper | Texts, rules: RuleSet | None = None) -> list[Found]:
    """What `extract_paper` makes its rows of."""
    return fold([row for step in read_paper(paper, rules) for row in step.rows], engine(rules))


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence read: where it stands, what the rules said, and what came of it."""

    where: Where
    reading: Reading
    drafts: list[Draft]
    rows: list[Found]


def read_paper(paper: Paper | Texts, rules: RuleSet | None = None) -> Iterator[Step]:
    """The sentences of a paper that have numbers, each with how it was read; rows are not yet folded."""
    if not _has_numbers(paper.abstract) and not _has_numbers(paper.title):
        return
    compiled = engine(rules)
    documents = [Document("title", clean(paper.title)), Document("abstract", clean(paper.abstract))]
    if not any(document.tells for document in documents):
        return
    context = context_of(documents[0], documents[1], compiled)
    memory = Memory(data=cache(partial(_only_data, documents[1], compiled, context)))
    title = readable_title(documents[0].cleaned.text, compiled.kinds)
    for document in documents:
        text, worth = document.cleaned.text, document.worth()
        for span in document.spans:
            if span not in worth:
                memory.unread.append(partial(_named_in, document, span, compiled, context))
                continue
            tokens, symbols = tokens_of(document, span, compiled, context)
            reading = read(tokens, symbols, text, span, compiled.results, compiled.lexicon)
            background = document.field == "abstract" and span[1] <= context.speaks_from
            drafts = resolve(text, reading, memory, context, background)
            where = Where(paper, title, document.field, document.cleaned, span, tokens)
            yield Step(
                where, reading, drafts, [row for d in drafts for row in rows_of(d, where, context, compiled)]
            )
        if document.field == "title":
            memory.unread.clear()
            if context.event or _DIGIT.search(text) or _has_data_word(text):
                memory.title = partial(_named_in_title, document, compiled, context)


class Document:
    """A title or an abstract: its clean text, its numbers and its sentences."""

    def __init__(self, field: Literal["title", "abstract"], cleaned: Cleaned) -> None:
        self.field: Literal["title", "abstract"] = field
        self.cleaned = cleaned
        text = cleaned.text
        self.numbers = find_numbers(text)
        self._starts = [number.span_start for number in self.numbers]
        self._places = [n.start for n in self.numbers if could_be_result(text, n)]
        if _may_tell_places(text):
            self._places = sorted(self._places + [m.start() for m in _PLACE.finditer(text)])

    @property
    def tells(self) -> bool:
        """Whether anything in the text could be a result."""
        return bool(self._places)

    @cached_property
    def spans(self) -> list[Span]:
        """The sentences."""
        text = self.cleaned.text
        return _bounded(text, [(0, len(text))] if self.field == "title" else split_sentences(text))

    def worth(self) -> set[Span]:
        """The sentences that are worth reading."""
        places = self._places
        return {(s, e) for s, e in self.spans if bisect_left(places, s) < bisect_left(places, e)}

    def numbers_in(self, start: int, end: int) -> list[Number]:
        """The numbers of a sentence."""
        return self.numbers[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


# To look for plain words is many times faster than to search for an expression with several branches.


def _has_digit(text: str) -> bool:
    return re.has_any(text, "0123456789") or (not text.isascii() and _DIGIT.search(text) is not None)


def _has_numbers(text: str) -> bool:
    """Whether a text has a digit, or a place or a factor in words; many have neither."""
    if _has_digit(text) or " times " in text:
        return True
    return re.has_any(text.lower(), _PLACES)


def _has_data_word(text: str) -> bool:
    """Whether a text speaks of a data set, a benchmark or the like."""
    return re.has_any(text.lower(), _DATA_WORDS)


def _may_use_data(text: str) -> bool:
    """Whether a sentence has the words of using a data set, or of training on one."""
    return _has_data_word(text) or ("train" in text and " on " in text)


def _may_tell_places(text: str) -> bool:
    """Whether a text has a word of placing, and a place."""
    if not re.has_any(text, _PLACE_WORDS):
        return False
    lowered = text.lower()
    return re.has_any(lowered, _PLACES) or bool(_NTH.search(lowered))


def _bounded(text: str, spans: list[Span]) -> list[Span]:
    """The sentences; what is too long to be one is cut at a space, as reading takes more than linear time."""
    bounded = []
    for start, end in spans:
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            cut = cut if cut > start else start + LONGEST_SENTENCE
            bounded.append((start, cut))
            start = cut
        bounded.append((start, end))
    return bounded


def context_of(title: Document, abstract: Document, compiled: Engine) -> Context:
    """The paper's own names, from its title and its sentences."""
    text = abstract.cleaned.text

    def is_benchmark(name: str) -> bool:
        return bool(compiled.rules.names.resolve(name, "benchmark"))

    context = read_context(
        title.cleaned.text,
        [text[s:e] for s, e in abstract.spans],
        is_benchmark,
        compiled.kinds,
        compiled.wording,
    )
    context.not_metrics = _not_metrics(text, compiled)
    context.speaks_from = _speaks_from(text, context, compiled)
    is_name = partial(_may_be_name, compiled, context)
    of_code = cache(partial(repository, abstract.cleaned.original, is_name))
    context.called = cache(
        lambda: (
            called(text, is_name, compiled.wording)
            or of_code()
            or ("" if context.is_evaluation else working(title.cleaned.text, text, is_name, compiled.wording))
            or titled(title.cleaned.text, text, is_name, compiled.wording)
            or acting(title.cleaned.text, text, is_name, compiled.wording)
        )
    )
    if context.named_by_title and context.main_name.lower() not in text.lower():
        _prefer_told(context, text)
    if len(context.own) > 1 and not context.named_by_title:
        key = squeeze(of_code())
        if key in context.own:
            context.own = {key: context.own[key]} | context.own
    return context


def _prefer_told(context: Context, text: str) -> None:
    """Put what an abstract calls its system before what its title begins with, which it does not repeat:
    "Two Eyes See More: ...".
    """
    if " " not in context.main_name and not PLAIN.match(context.main_name):
        return
    own = {key: printed for key, printed in context.own.items() if printed in text}
    if not own and (name := context.called()):
        own = {squeeze(name): name}
    context.own = own | context.own


def _not_metrics(text: str, compiled: Engine) -> frozenset[str]:
    """The abbreviations of metrics that a text uses for something else, in which no metric is named."""
    return frozenset(
        squeeze(short) for short, words in meanings(text) if _means_another(short, words, compiled)
    )


def _means_another(short: str, words: str, compiled: Engine) -> bool:
    """Whether what an abbreviation stands for has no word of the metric that is abbreviated so: "acute
    pancreatitis (AP)".
    """
    names, rates = compiled.rules.names, compiled.lexicon.classes["RATE_NOUN"]
    metric = names.resolve(short, "metric")
    if not metric or compiled.lexicon.symbols.get(words.rpartition(" ")[2].lower()) in rates:
        return False
    entry = compiled.rules.metrics[metric]
    known = {word[:_STEM] for name in (entry.name, *entry.aliases) for word in WORD.findall(name.lower())}
    if any(len(word) >= _STEM and word[:_STEM] in known for word in words.lower().split()):
        return False
    return not any(hit.kind == "metric" for hit in names.find(words))


def _speaks_from(text: str, context: Context, compiled: Engine) -> int:
    """Where an abstract begins to speak of the paper; its beginning, where that is late or never: a paper may
    tell what it did without a word of itself.
    """
    said = compiled.voice.search(text)
    if said is None or said.start() > _LATEST_VOICE * len(text):
        return 0
    names = (*context.own.values(), *context.resources.values())
    named = [place for name in names if (place := text.find(name, 0, said.start())) >= 0]
    return min((said.start(), *named))


def _may_be_name(compiled: Engine, context: Context, printed: str) -> bool:
    """Whether a word or phrase may be the name of a system: printed like one, and not what a benchmark, a
    family of models or a machine is called.
    """
    if squeeze(printed) in context.resources:
        return False
    kinds, first = compiled.kinds, printed.partition(" ")[0]
    family = kinds.models.match(printed)
    if (family and not _LETTERS.search(printed, family.end())) or kinds.hardware.match(printed):
        return False
    if first.lower() in kinds.not_names or first.removesuffix("s").lower() in kinds.not_names:
        return False
    if " " not in printed and not (looks_like_name(printed, False) and _INNER_SIGN.search(printed)):
        return False
    return not any(compiled.rules.names.resolve(printed, kind) for kind in ("benchmark", "metric", "task"))


def names_in(document: Document, span: Span, compiled: Engine) -> list[NameHit]:
    """The catalogue's names in a sentence, with offsets of the clean text."""
    start, end = span
    return [
        NameHit(hit.start + start, hit.end + start, *hit[2:])  # half the time of `_replace`
        for hit in compiled.rules.names.find(document.cleaned.text[start:end])
    ]


def tokens_of(
    document: Document, span: Span, compiled: Engine, context: Context, hits: list[NameHit] | None = None
) -> tuple[list[Token], str]:
    """The tokens of a sentence, every name told what it is, and the string of their symbols."""
    text, (start, end) = document.cleaned.text, span
    if hits is None:
        hits = names_in(document, span, compiled)
    tokens = tokenize(text, start, end, hits, document.numbers_in(start, end), compiled.lexicon, context)
    tokens = join_names(text, tokens, compiled.lexicon, compiled.kinds)
    symbols = retype(tokens, compiled.naming)
    nouns = compiled.lexicon.classes["DATASET_NOUN"]
    if "B" in symbols:
        changed = demote(text, tokens, nouns, context.concepts)
        if document.field == "abstract":
            changed |= complete_names(text, start, tokens, nouns)
        changed |= know_systems(text, tokens, compiled.lexicon.classes, context)
        if know_again(text, tokens) or changed:
            symbols = "".join(t.symbol for t in tokens)
    return tokens, symbols


def _only_data(abstract: Document, compiled: Engine, context: Context) -> list[Named]:
    """The only data set that an abstract names. Most name none, as the sentences that could say so tell."""

    def named_in(spans: Iterable[Span]) -> list[Named]:
        sentences = (tokens_of(abstract, span, compiled, context)[0] for span in spans)
        return only_data(text, sentences, compiled.lexicon.classes)

    text = abstract.cleaned.text
    likely = [(start, end) for start, end in abstract.spans if _may_use_data(text[start:end])]
    return named_in(abstract.spans) if likely and named_in(likely) else []


def _named_in_title(document: Document, compiled: Engine, context: Context) -> list[Named]:
    """The benchmark that a title says the paper is about: a name with a number, as in "Team X at WMT19", or
    one that is called a data set.
    """
    text, nouns = document.cleaned.text, compiled.lexicon.classes["DATASET_NOUN"]
    tokens = [t for span in document.spans for t in tokens_of(document, span, compiled, context)[0]]
    for token, after in zip_longest(tokens, tokens[1:]):
        printed = text[token.start : token.end]
        is_data = after is not None and after.symbol in nouns and _INNER_CAPITAL.search(printed)
        known = isinstance(token.data, NameHit)
        if token.symbol == "B" and (known or not context.event) and (is_data or _DIGIT.search(printed)):
            return [named(text, token)]
    return [Named(context.event)] if context.event else []


def _named_in(document: Document, span: Span, compiled: Engine, context: Context) -> list[Named]:
    """The benchmarks that a sentence without numbers says something was measured on."""
    text, about = document.cleaned.text, compiled.about_results
    sentence = text[slice(*span)].lower()
    # Most words stand between spaces, and to part a text there is many times faster.
    chunks = sentence.split()
    if about.isdisjoint(chunks):
        others = " ".join([chunk for chunk in chunks if not chunk.isalpha()])
        if about.isdisjoint(WORD.findall(others)):
            return []
    hits = names_in(document, span, compiled)
    if not _has_data_word(sentence) and not any(
        hit.kind == "benchmark" and (hit.sure or _ON.search(text, max(0, hit.start - 8), hit.start))
        for hit in hits
    ):
        return []
    return evaluated_on(text, tokens_of(document, span, compiled, context, hits)[0], compiled.lexicon.classes)
