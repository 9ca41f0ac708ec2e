"""Where the open names of benchmarks end, and which are too weak to be any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from leaderboard import expressions as re
from leaderboard.lexicon import union
from leaderboard.mentions.context import ADJECTIVE, BENCH_WORD, Context, squeeze
from leaderboard.mentions.tokens import MENTIONS, Token
from leaderboard.rulebook import NameHit

_LONGEST_NAME = 60
"""Characters that a name can have before the part that tells that it is one."""
_CAPITALISED_BEFORE = re.compile(
    r"(?<![\w-])(?:(?!(?:[A-Z]+s|[\w-]+['’]s) )[A-Z][\w.+-]* (?:of (?:the )?|(?:19|20)\d\d )?)+$"
)
_CAPITALISED_AFTER = re.compile(r"(?: (?![A-Z]+s\b)[A-Z][\w+-]*\b)+")
_COMMON_NOUNS = frozenset("wJ")
_NO_PART_OF_NAMES = frozenset("BbUKHM") | frozenset(MENTIONS["VALUE"])
_WEAK = re.compile(
    r"[A-Z][a-z]+(?:['’]s)?$|.*['’]s$|"
    r"(?:[\w-]+ )?[\w-]+(?:BERT|[Ff]ormer|GPT|GAN|VAE|Llama|LLaMA|CLIP|LLM|VLM|VLA|LSTM|GRU|CNN|GNN|GCN|"
    r"Diffusion|UNet|U-Net|ResNet|ViT|DiT|Mamba|YOLO|RAG|DETR)(?:-?[Vv]?\d(?:\.\d)?)?$|"
    r".*-\d+(?:\.\d+)?B(?:-[A-Za-z]\w*)*$"
)
"""A plain word, or what models are called (Janus-Pro-7B-Chat)."""

_ANY = re.compile(r"\b(?:an?|[Pp]rivate|[Pp]roprietary|[Ii]nternal|in-house) (?:[a-z-]+ )?$")
"""What tells before an abbreviation that it says the kind of a data set, which has no name: "a private ECG
data set".
"""
_BEFORE = 40
"""Characters before a name in which that may stand."""
_ACTING = ("OUTPERFORM", "IMPROVE", "REDUCE", "SOLVE", "REACH")
"""Classes of what systems do, and benchmarks do not."""
_POSSESSIVE = re.compile(r"['’]s$")


def demote(text: str, tokens: list[Token], nouns: frozenset[str], concepts: frozenset[str]) -> bool:
    """Take back what is too weak a name for a benchmark: a plain capitalised word or the name of a model that
    nothing calls a data set, or the abbreviation of a common noun ("a static BP data set").

    Changes the tokens in place; says whether it changed any.
    """
    changed = False
    for i, token in enumerate(tokens):
        open_name = _is_open(token)
        printed = text[token.start : token.end]
        called = any(t.symbol in nouns for t in tokens[i + 1 : i + 2])
        alone = token.symbol == "B" and printed.isupper() and not called
        concept = (open_name or alone) and squeeze(printed) in concepts
        kind = open_name and called and printed.isalpha() and printed.isupper()
        kind = kind and _ANY.search(text, max(0, token.start - _BEFORE), token.start) is not None
        if concept or kind or (token.symbol == "B" and _is_plain_metric(text, token)):
            token.symbol = "w"
            changed = True
        elif open_name and _WEAK.match(printed):
            beside = tokens[i + 1 : i + 2] + tokens[max(0, i - 1) : i]
            around = tokens[i + 1 : i + 4] + tokens[max(0, i - 3) : i]
            told = any(t.symbol in nouns for t in beside) or any(t.symbol == "B" for t in around)
            told = told or _words_to_noun(tokens, i, nouns) > 0
            if not told and not _is_alike(text, tokens, i):
                token.symbol = "w"
                changed = True
    return changed


def know_systems(
    text: str, tokens: Sequence[Token], classes: Mapping[str, frozenset[str]], context: Context
) -> bool:
    """Take what a paper seems to introduce as a benchmark, or the abbreviation that it shares with one of the
    catalogue, for its system where it does what only a system can, if neither its name nor the title calls it
    a benchmark; says whether any was.
    """
    changed = False
    for i, token in enumerate(tokens):
        if token.symbol != "B" or context.named_in_title or not _does(tokens, i, classes):
            continue
        printed = text[token.start : token.end]
        if BENCH_WORD.search(printed) is not None:
            continue
        new = _is_open(token) and context.own_symbol(printed) == "B"
        if new or (not _is_open(token) and text.find(printed) == text.find(f"({printed})") + 1 > 0):
            context.know_as_system(printed)
            token.symbol, token.data, changed = "U", None, True
    return changed


def acts(tokens: Sequence[Token], i: int, classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether a new name does what only a system can: "Torrent outperforms", "the Torrent tracker is"."""
    return _is_open(tokens[i]) and _does(tokens, i, classes)


def _does(tokens: Sequence[Token], i: int, classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether the verb behind a name, or behind the noun for a method that follows it, is one of acting."""
    symbols = "".join(t.symbol for t in tokens[max(0, i - 1) : i + 3])
    before, after = symbols[: min(i, 1)], symbols[min(i, 1) + 1 :]
    if before in classes["PREPOSITION"] or before in classes["AND"]:
        return False
    verbs = union(*map(classes.__getitem__, _ACTING))
    if after[:1] in classes["METHOD_NOUN"]:
        after, verbs = after[1:], verbs | classes["ACHIEVE"] | classes["BE"]
    return after[:1] in verbs


def _is_plain_metric(text: str, token: Token) -> bool:
    """Whether a token is a metric printed in plain words: data of "human preference" have no name."""
    hit = token.data
    return isinstance(hit, NameHit) and hit.kind == "metric" and text[token.start : token.end].islower()


def _is_open(token: Token) -> bool:
    """Whether a token is a benchmark that the catalogue has not."""
    return token.symbol == "B" and not isinstance(token.data, NameHit)


def _words_to_noun(tokens: list[Token], i: int, nouns: frozenset[str]) -> int:
    """How many common nouns, up to two, stand between a name and the word for a data set that they belong to:
    "the Helsinki sleep data set".
    """
    for count, token in enumerate(tokens[i + 1 : i + 4]):
        if token.symbol in nouns:
            return count
        if token.symbol not in _COMMON_NOUNS or ADJECTIVE.search(str(token.data)):
            break
    return 0


def _is_alike(text: str, tokens: list[Token], i: int) -> bool:
    """Whether a plain word stands after "on" as a surer name does in the sentence: "71% on Rivers and 65% on
    LaSOT". "World on Rails" is one name.
    """
    plain = text[tokens[i].start + 1 : tokens[i].end].islower()
    placed = i > 1 and tokens[i - 1].data == "on" and not text[tokens[i - 2].start].isupper()
    return (
        plain
        and placed
        and any(
            two.symbol == "B"
            and one.data == "on"
            and (isinstance(two.data, NameHit) or not _WEAK.match(text[two.start : two.end]))
            for one, two in pairwise(tokens)
        )
    )


def know_again(text: str, tokens: list[Token]) -> bool:
    """Know an open name that a sentence has told to be a benchmark where nothing beside it tells so: "on the
    data sets PetalSet and LeafSet (91% in PetalSet, 88% in LeafSet's hardest part)".

    Changes the tokens in place; says whether it changed any.
    """
    told = {text[t.start : t.end] for t in tokens if _is_open(t)}
    changed = False
    for token in tokens if told else ():
        if token.symbol in "NAMw" and not isinstance(token.data, NameHit):
            printed = _POSSESSIVE.sub("", text[token.start : token.end])
            if printed in told:
                token.symbol, token.end = "B", token.start + len(printed)
                token.data = None
                changed = True
    return changed


def complete_names(text: str, start: int, tokens: list[Token], nouns: frozenset[str]) -> bool:
    """Give the open names of benchmarks all their capitalised words: "the Landsat-7 Cloud Cover Assessment
    Dataset". `start` is that of the sentence, whose first word says nothing by its capital.

    Changes the tokens in place; says whether it changed any.
    """
    changed = False
    kept = nouns | _NO_PART_OF_NAMES
    for i in range(len(tokens) - 1, -1, -1):
        if i >= len(tokens) or not _is_open(tokens[i]):
            continue
        token = tokens[i]
        if token.data not in (None, text[token.start : token.end]):
            continue
        first, last = i, i
        before = _CAPITALISED_BEFORE.search(text, max(start, token.start - _LONGEST_NAME), token.start)
        begin = before.start() if before else token.start
        if begin == start and before:
            begin += before.group().index(" ") + 1
        after = _CAPITALISED_AFTER.match(text, token.end)
        end = after.end() if after else token.end
        while first > 0 and tokens[first - 1].end > begin:
            if tokens[first - 1].symbol in kept and not _is_open(tokens[first - 1]):
                begin = text.index(" ", tokens[first - 1].end) + 1
                begin = token.start if text.startswith("of ", begin) else begin
            else:
                first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].start < end:
            if tokens[last + 1].symbol in kept:
                end = tokens[last + 1].start - 1
            else:
                last += 1
        begin, end = min(begin, token.start), max(end, token.end)
        weak = _WEAK.match(text[token.start : token.end])
        words = _words_to_noun(tokens, last, nouns) if weak else 0
        if words:
            last += words
            end = tokens[last].end
        if first > 0 and tokens[first - 1].symbol == "B" and text[tokens[first - 1].end : begin] == " ":
            first -= 1  # a known name that a longer one begins with
            begin = tokens[first].start
        follows = tokens[last + 1] if last + 1 < len(tokens) else None
        if follows and follows.symbol == "B" and text[end : follows.start] == " ":
            last += 1  # a known name that a longer one ends with
            end = follows.end
        if (begin, end) != (token.start, token.end):
            tokens[first : last + 1] = [Token("B", begin, end, text[begin:end])]
            changed = True
    return changed
