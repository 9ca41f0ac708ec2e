"""A sentence as a short sequence of typed tokens.

Four sources are laid over the text, the first that claims a span wins: the catalogue's names, the numbers,
the lexicon's words and phrases, and what is left: unknown words, some of which look like names. Articles,
adverbs and praise leave no token.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from leaderboard import expressions as re
from leaderboard.lexicon import WORD, Lexicon
from leaderboard.mentions.context import Context, squeeze
from leaderboard.mentions.numbers import Number
from leaderboard.rulebook import NameHit

MENTIONS = {
    # class name in a pattern -> symbols
    "PERCENT": "pP", "POINTS": "oO", "TIMES": "tT", "QUANTITY": "qQfF", "SPEED": "fF", "DECIMAL": "dD",
    "INTEGER": "iI", "SIGNED": "POTQDIF", "ORDINAL": "r", "SHOTS": "s", "YEAR": "y", "COUNT": "x",
    "VALUE": "pPoOtTqQfFdDiI", "LEVEL": "poqfdi", "PLAIN": "dDiI", "REAL": "pPoOqQfFdD",
    "METRIC": "Mm", "BENCHMARK": "B", "MAYBE": "b", "NAME": "NA", "ACRONYM": "A", "OWN_NAME": "U",
    "MODEL": "K", "HARDWARE": "H", "TASK": "J", "WORD": "wJ", "CONDITION": "c",
    "COMMA": ",", "SEMI": ";", "COLON": ":", "LPAR": "(", "RPAR": ")", "SLASH": "/", "EQ": "=",
    "ARROW": ">", "DASH": "-", "STOP": ".",
}  # fmt: skip
"""The classes of mentions and punctuation, and the symbols each stands for."""

_SORT_SYMBOLS = {
    "percent": "pP", "points": "oO", "times": "tT", "quantity": "qQ", "speed": "fF", "decimal": "dD",
    "integer": "iI", "ordinal": "rr", "shots": "ss", "year": "yy",
}  # fmt: skip
PLACES = {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0}
"""Places in words."""
_PART = re.compile(
    r"(?:(?<=\ba )|(?<=\bone ))(?:third|fourth|fifth|sixth)\b"
    r"(?! (?:[\w-]+ )?(?:place|rank|prize|position|spot))",
    re.IGNORECASE,
)
"""A part in words: "a third of the cost", unlike "a third place"."""
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "/": "/", "=": "=", "→": ">",
    "⟶": ">", "–": "-", "—": "-", ".": ".", "?": ".", "!": ".", "⇒": ">", "↦": ">", "-": "-", "−": "-",
    "->": ">", "=>": ">",
}  # fmt: skip
_NUMBER_LIKE = re.compile(r"\d+-?[dD]$|\d+(?:st|nd|rd|th)$|\d+-\w+$|\d+[a-z]?$")
_GAIN_AT_END = re.compile(r"\s(?:improvement|gain|reduction|increase|drop|speed-?up|acceleration|saving)s?$")
_TIMES_BEFORE = re.compile(r"\d\s?-?(?:x|×|times|folds?|%) $")
GENERIC_METRICS = frozenset(("score", "performance"))
"""Metrics that say nothing beside a name: an "IoU score" is IoU."""
_SCORE_VERB = re.compile(r"scores?\b(?=\W)", re.IGNORECASE)
_LEVEL = re.compile(r"\s+(?:[a-z]+\s+)?\d")
_SCORE_NOUN = re.compile(r"\s*(?:of\b|such as\b|=|:|\(|(?:is|was|are|were|from|by|to)\b)")
_COUNTED_SCORE = re.compile(r"(?:^|[\s(+~])\d[\d.]*\s?%?\s(?:[A-Z][\w-]*\s)?$")
_VARIANT = re.compile(
    r"-(?:full|mini|tiny|small|lite|plus|hard|easy|rare|ext|long|short|std|seen|unseen|clean|noisy)\b|"
    r"-(?!based|style|like|trained|pretrained|type|scale|level|derived)[a-z]+"
    r"(?= (?:data ?set|benchmark|database|corpus)\b)"
)
"""What makes another benchmark of one when it is added to its name."""
_CAMEL = re.compile(r"[a-z][A-Z]")
_AT = re.compile(
    r"\b(?:[Aa]t|[Uu]nder|[Aa]cross) (?:an? |the )?(?:(?:wide )?range of (?:[a-z][\w-]+ )?)?(?:[a-z][\w-]+ )?"
    r"(?:[<>~] ?)?(?:(?:\d{0,2}\.)?\d+\s?(?:%|dB)?\s)?$"
)
_THRESHOLD = re.compile(r" thresholds?\b")
_AT_RANK = re.compile(r"@\d+(?:\.\d+)?$")
"""What makes a metric of any word: "typecheck@10"."""
_MORE_PARTS = re.compile(r"(?:\s?(?:,|/|&|and)\s?[\w-]+){1,5}\)")
"""The other parts in the parenthesis that a name ends in: "RefCOCO (val, testA, testB)"."""
_PHRASAL = re.compile(r"speeds? up\b", re.IGNORECASE)
_OF_THE = re.compile(r"(?:%|percent) of (?:the )?$")
_SHARE_OF = re.compile(
    r"\d(?:\s?(?:%|percent)\s+of)?(?:\s+(?:the|its|their|all|total|trainable|model|full|original|learnable))*\s+$"
)
_IN_NAME = re.compile(r"[A-Z\d]-$")
_COMPOUND = re.compile(r"-(?!score|rate|value|level|saving|reduction)[a-z]")
_METRIC_SUFFIX = re.compile(
    r"\s?@\s?\[?[\w.]+(?::[\d.]+)*\]?|"
    r" at (?:1|3|5|10|20|50|100)(?=[,;.)]? ?(?:improv|increas|on|of|for|is|was|from|by|and|over|in|\()\w*)"
)
"""The depth of a ranking: "@10", "at 10"."""


Span = tuple[int, int]


@dataclass(slots=True)
class Token:
    """A typed span of the clean text. `symbol` is its one character; `data` what it stands for."""

    symbol: str
    start: int
    end: int
    data: Number | NameHit | str | None = None
    """A number, a catalogue name, the lexicon's phrase, or None; the text of an open metric or benchmark is
    its span.
    """


def tokenize(
    text: str,
    start: int,
    end: int,
    names: Sequence[NameHit],
    numbers: Sequence[Number],
    lexicon: Lexicon,
    context: Context,
) -> list[Token]:
    """The tokens of the sentence `text[start:end]`; names of several tokens are not yet joined.

    `names` are the catalogue's hits within the sentence and `numbers` its numbers, sorted, not overlapping.
    """
    names = [hit for hit in names if not _is_grammar(text, hit, lexicon, context)]
    pieces = _pieces(text, start, end, names, numbers, context)
    return _read_words(text, start, pieces, lexicon, context)


def _is_grammar(text: str, hit: NameHit, lexicon: Lexicon, context: Context) -> bool:
    """Whether a metric's name is rather a word of the lexicon here ("improvement"), or no metric of results
    ("epochs").
    """
    printed = text[hit.start : hit.end]
    if hit.kind == "benchmark":
        return (not hit.sure and printed == printed.lower()) or squeeze(printed) in context.own
    if (
        hit.kind == "metric"
        and " " not in printed
        and hit.start > 1
        and text[hit.start - 1] == "-"
        and text[hit.start - 2].isalnum()
        and printed == printed.lower()
    ):
        return True
    if hit.kind == "task" and " " not in printed and _CAMEL.search(printed):
        return True  # DeepfakeDetection
    if hit.kind == "task" and _TIMES_BEFORE.search(text, max(0, hit.start - 8), hit.start):
        last = lexicon.symbols.get(printed.rsplit(" ", 1)[-1].lower(), "")
        if last and any(last in lexicon.classes[c] for c in ("GAIN_NOUN", "SPEEDUP")):
            return True  # "6.4x cache compression"
    if hit.start > 1 and text[hit.start - 1] == "-" and printed.istitle():
        return True  # MoFE-Time, EEG-Music Emotion Recognition
    if printed.isupper() and _IN_NAME.search(text, max(0, hit.start - 2), hit.start):
        return True  # MCF-UA
    if context.not_metrics and hit.kind == "metric" and squeeze(printed.rstrip("s")) in context.not_metrics:
        return True
    if hit.id in context.kinds.not_metrics:
        return True
    if printed == "time" and _OF_THE.search(text, max(0, hit.start - 16), hit.start):
        return True  # "78% of the time"
    if hit.id == "parameters" and _SHARE_OF.search(text, max(0, hit.start - 40), hit.start):
        return True
    if hit.kind == "metric" and printed.islower() and _COMPOUND.match(text, hit.end):
        return True  # computation-ready
    if (
        hit.kind == "metric"
        and text.startswith("-", hit.end)
        and context.kinds.models.match(text, hit.end + 1)
    ):
        return True  # MMD-LSTM is a model
    is_noun = _SCORE_NOUN.match(text, hit.end) or _COUNTED_SCORE.search(
        text, max(0, hit.start - 24), hit.start
    )
    if _SCORE_VERB.match(text, hit.start) and not is_noun and not _opens_sentence(text, hit.start):
        return True  # "it scores 69.4%" says nothing of what was measured
    if _PHRASAL.match(text, hit.start):
        return True
    if printed.endswith("scores") and context.kinds.models.match(printed) and _LEVEL.match(text, hit.end):
        return True  # "GPT-4 scores 41.2%"
    symbol = lexicon.symbols.get(printed.lower())
    return symbol is not None and any(
        symbol in lexicon.classes[c]
        for c in ("GAIN_NOUN", "SPEEDUP", "IMPROVE", "REDUCE", "COMPARATIVE", "RANK")
    )


def _opens_sentence(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at].strip() in ("", ".", ":")


def _is_condition(text: str, hit: NameHit, context: Context) -> bool:
    """Whether a metric's name tells the conditions that others were measured under: "at an FPR of 1%"."""
    return hit.id in context.kinds.conditions and bool(
        _AT.search(text, max(0, hit.start - 44), hit.start) or _THRESHOLD.match(text, hit.end)
    )


@dataclass(slots=True)
class _Pieces:
    """Names, numbers and words in order: where each stands, what it is in lower case if it is a word, and the
    token of what is none.
    """

    spans: list[Span] = field(default_factory=list)
    lowered: list[str] = field(default_factory=list)
    claimed: dict[int, Token] = field(default_factory=dict)


def _pieces(
    text: str, start: int, end: int, names: Sequence[NameHit], found: Sequence[Number], context: Context
) -> _Pieces:
    """A sentence in pieces; a span belongs to the first of names, numbers and words that claims it."""
    pieces = _Pieces()
    spans, lowered = pieces.spans, pieces.lowered
    numbers, hits = iter(found), iter(names)
    number, hit = next(numbers, None), next(hits, None)
    position = start
    while position < end:
        while number is not None and number.start < position:
            number = next(numbers, None)
        while hit is not None and hit.start < position:
            hit = next(hits, None)
        claimed_from = min(hit.start if hit else end, number.span_start if number else end)
        for word in WORD.finditer(text, position, end):
            at, stop = word.span()
            if stop > claimed_from:
                break
            spans.append((at, stop))
            lowered.append(word.group().lower())
        else:
            break
        token = None
        if hit is not None and hit.start <= at:
            is_condition = _is_condition(text, hit, context)
            token = Token("c", at, hit.end) if is_condition else _name_token(text, hit, end)
        elif number is not None and number.span_start <= at:
            token = _number_token(number)
        elif hit is not None and hit.start < stop:
            stop = hit.start
        elif number is not None and at < number.start < stop:
            stop = number.start  # sub-50ms
        if token is not None:
            pieces.claimed[len(spans)] = token
            at, stop = token.start, token.end
        spans.append((at, stop))
        lowered.append("" if token else text[at:stop].lower())
        position = max(stop, position + 1)
    return pieces


def _name_token(text: str, hit: NameHit, end: int) -> Token:
    hit = _with_parenthesis(text, hit)
    stop = hit.end
    if hit.kind == "metric":
        gain = _GAIN_AT_END.search(text, hit.start, stop)
        if gain:
            return Token("M", hit.start, gain.start(), hit)
        suffix = _METRIC_SUFFIX.match(text, stop, end)
        return Token("M" if hit.sure else "m", hit.start, suffix.end() if suffix else stop, hit)
    if hit.kind == "task":
        return Token("J", hit.start, stop, hit)
    variant = _VARIANT.match(text, stop, end)
    if variant and hit.kind == "benchmark":
        return Token("B" if hit.sure else "b", hit.start, variant.end())
    sure = (hit.sure and not text[hit.start : stop].isalpha()) or not text[hit.start : stop].islower()
    return Token("B" if hit.sure and sure else "b", hit.start, stop, hit)


def _with_parenthesis(text: str, hit: NameHit) -> NameHit:
    """A name with the whole of the parenthesis that it ends in, "NTU 60 (X-Sub)", or with none of it where
    that goes on: "NTU 60 (X-Sub and X-View)".
    """
    opens = text.find("(", hit.start, hit.end)
    if opens <= hit.start or ")" in text[opens : hit.end]:
        return hit
    if text.startswith(")", hit.end):
        return hit._replace(end=hit.end + 1)
    if hit.subset_id and _MORE_PARTS.match(text, hit.end):
        return hit
    return hit._replace(end=opens - (text[opens - 1] == " "))


def _number_token(number: Number) -> Token:
    symbols = _SORT_SYMBOLS.get(number.sort, "xx")
    return Token(symbols[1] if number.signed else symbols[0], number.span_start, number.span_end, number)


def _read_words(text: str, start: int, pieces: _Pieces, lexicon: Lexicon, context: Context) -> list[Token]:
    """Words become lexicon symbols, names, or unknown words; skipped words and stray marks vanish."""
    spans, lowered, claimed = pieces.spans, pieces.lowered, pieces.claimed
    phrases, symbols, skipped = lexicon.phrases, lexicon.symbols, lexicon.skipped
    tokens: list[Token] = []
    upto = 0
    for i, low in enumerate(lowered):
        if i < upto:
            continue
        if not low:
            tokens.append(claimed[i])
            continue
        at, stop = spans[i]
        printed = text[at:stop]
        if printed[0].isupper() and (length := context.words_of_own(lowered, i)):
            upto = i + length
            stop = spans[upto - 1][1]
            tokens.append(Token("U", at, stop, text[at:stop]))
            continue
        if low == "#" and text[stop : stop + 1].isalpha():
            continue  # "#Params"
        options = phrases.get(low)
        phrase, length = _longest_phrase(lowered, i, options) if options else (None, 0)
        if phrase is not None:
            upto = i + length
            if length == 1 and (own := context.own_symbol(printed)):
                token = Token(own, at, stop, printed)
            elif phrase in PLACES and not _PART.match(text, at):
                token = Token(
                    "r", at, stop, Number(at, stop, at, stop, PLACES[phrase], None, "", "ordinal", "")
                )
            elif phrase in skipped:
                continue
            else:
                token = Token(symbols[phrase], at, spans[upto - 1][1], phrase)
        elif printed[0].isalnum():
            if "@" in printed and _AT_RANK.search(printed):
                token = Token("M", at, stop)
            elif printed.startswith(("http:", "https:", "www.")):
                continue
            else:
                cited = text.startswith(" et al", stop)
                token = Token("w" if cited else context.symbol(printed, at == start), at, stop, printed)
        else:
            symbol = _PUNCTUATION.get(printed)
            if not symbol or (symbol == "," and tokens and tokens[-1].symbol == "("):  # "(e.g., 63.8%)"
                continue
            token = Token(symbol, at, stop, printed)
        tokens.append(token)
    return tokens


def _longest_phrase(
    lowered: list[str], i: int, options: list[tuple[tuple[str, ...], str]]
) -> tuple[str | None, int]:
    following = lowered[i + 1] if i + 1 < len(lowered) else ""
    for rest, phrase in options:
        if not rest or (rest[0] == following and tuple(lowered[i + 1 : i + 1 + len(rest)]) == rest):
            return phrase, 1 + len(rest)
    return None, 0
