"""Which system a number belongs to: the subject of its verb, or else the paper's own."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from leaderboard import expressions as re
from leaderboard.lexicon import union
from leaderboard.mentions.context import Context, squeeze
from leaderboard.mentions.tokens import MENTIONS, Token
from leaderboard.resolve.drafts import Draft

Classes = Mapping[str, frozenset[str]]

_VERBS = ("ACHIEVE", "IMPROVE", "REDUCE", "OUTPERFORM", "MATCH", "BE", "SOLVE", "RANK")
_RESULT_VERBS = ("ACHIEVE", "IMPROVE", "REDUCE", "OUTPERFORM")
_CLAUSE_MARKS = frozenset(",;:.()")
_NAMES = frozenset("NAKU")
_OTHERS_NAMES = frozenset("NAK")
_NEAREST = frozenset(f"{MENTIONS['VALUE']}.KNAU")
"""What ends the search for a list of names."""
_METRICS = frozenset(MENTIONS["METRIC"])
_BEFORE_IN_PARENTHESES = frozenset("Mmw=:")
_CLAUSE_ENDS = frozenset(",;.")
_BEATEN_BY = ("OUTPERFORM", "VERSUS", "IMPROVE")
"""What stands before the system that another's number is of: "outperforms RingNet (81 vs. 79)"."""
_WHOSE = frozenset(("of", "for", "by", "from", "with"))
_OWNED_BY = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][\w.+-]*(?: (?:[A-Z][\w.+-]*|\d[\w.]*))*)['’]s? "
    r"(?:[a-z][\w-]* ){0,2}?(?:of )?[(~$]?$"
)
"""What stands before a number that a possessive tells the holder of: "than RingNet's 81.2%"."""
_REST_OF_NAME = re.compile(r"(?: (?:[A-Z][\w+-]*|v?\d(?:\.\d+)?)(?=[\s,;)]|\.?$|\. ))+")
"""What a name goes on with: "RingNet 2", "RingNet Large"."""
_PEOPLE = re.compile(
    r"(?<![\w-])(?P<who>[Hh]umans|[Hh]uman (?:(?=(?:level|baseline|accuracy|score)s?\b)|"
    r"(?:experts?|annotators?|readers?|raters?|participants?|subjects?|performance)\b))[^;:,()\d]*[($~]*$"
)
"""People who were tested as systems are, in the clause before a number."""
_BY = frozenset(("by", "using", "with"))
_FOLLOWED = "followed by"
_PASSIVE_REACH = 8
"""Tokens between a number and the passive verb that tells who reached it."""
_OURS = re.compile(r"\b(?:our|proposed)$", re.IGNORECASE)
_MODIFIERS = frozenset("wNAJ")
_MOST_MODIFIERS = 4
_MOST_BETWEEN = 2
_SURE_NAMES = frozenset("NKU")
_TELLING = frozenset("wJ")
_LONGEST_REACH = 12
"""Tokens between another's number and its name."""
_CAPITALISED_BEFORE = re.compile(r"(?<![\w-])(?:[A-Z][\w.+&]*(?:-[a-z\d]\w*)*(?<!\.)[ /-])+$")
_OPENS = re.compile(
    r"^(?:The|Our|This|These|An?|In|On|With|Using|For|By|It|We|Its|Both|Notably|Specifically|When|While|Here|"
    r"Proposed|Prior|Previous|Recent|Existing|Although|Though|Since|Because|Thus|Even|Additionally|"
    r"However|Moreover|Furthermore|Finally|Experiments?|Results?|Evaluations?) "
)
_NO_SUBJECT = re.compile(
    r"\b(?:than|over|on|to|with|by|from|of|against|in|for|at|via|as|under|after|through|(?<!, )and|or|"
    r"vs\.?|using|compared|(?:outperform|surpass|exceed|beat|improv|compar)\w*)"
    r"(?: (?!that\b|our\b|which\b|show|demonstrat)[a-z][\w-]*){0,2}\s*$",
    re.IGNORECASE,
)
"""What stands before the object of a verb or a preposition."""
_CLAUSE_BEFORE = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?%?\)? (?:[\w@-]+ )?$")
"""What stands before an "and" that joins clauses and not names: "reaches 81.2% accuracy and"."""
_WITH = re.compile(r"\bwith (?:[a-z-]+(?<!ing) ){0,2}$")
_DOES = re.compile(r"(?:[,:;(]|\b(?:and|with|of)(?: [a-z-]+){0,2}) $")
"""What stands before the subject of a participle, which else belongs to the noun before: "GEP solving"."""
_POSSESSIVE = re.compile(r"['’]s?$")
_DERIVED = re.compile(r"-(?:based|[a-z]{2,}ed|driven|only)$")


def system_of(
    text: str,
    start: int,
    tokens: Sequence[Token],
    symbols: str,
    draft: Draft,
    context: Context,
    classes: Classes,
) -> str:
    """The name of the system that holds a number of the sentence that begins at `start` and has these tokens
    with these symbols; empty where nothing tells it.
    """
    if listed := _listed(text, start, tokens, draft, classes) or _follows(text, tokens, draft, classes):
        return listed
    if draft.holder != "own":
        others = context.is_resource_paper or context.is_evaluation
        return _others(text, start, tokens, draft, classes) or (
            _subject(text, start, tokens, symbols, draft.index, context, classes) if others else ""
        )
    subject = _subject(text, start, tokens, symbols, draft.index, context, classes) or _doer(
        text, start, tokens, draft.index, classes
    )
    if subject and (base := _base(subject, context)):
        return base
    if "U" in symbols:
        before = symbols.rfind("U", 0, draft.index)
        token = tokens[before if before >= 0 else symbols.index("U")]
        if printed := _base(text[token.start : token.end], context):
            return printed
    if context.main_name:
        return context.main_name
    return (
        _modified(text, tokens, symbols, draft.index, classes)
        or context.called()
        or _described(text, tokens, symbols, draft.index, classes)
    )


def _subject(
    text: str,
    start: int,
    tokens: Sequence[Token],
    symbols: str,
    index: int,
    context: Context,
    classes: Classes,
) -> str:
    """The name that is the subject of the verb before a number: "our RingNet model achieves 81.2%"."""
    verbs = union(*map(classes.__getitem__, _VERBS))
    if verbs.isdisjoint(symbols[1:index]):
        return ""
    whose = union(classes["OWN"], classes["WE"])
    for verb in range(index - 1, 0, -1):
        if symbols[verb] not in verbs:
            continue
        i = verb - 1
        if text[tokens[verb].start].isupper():
            continue
        if tokens[i].symbol == ")":
            while i > 0 and tokens[i].symbol != "(":
                i -= 1
            opening, short = tokens[i], tokens[i + 1]
            i -= 1
            if verb - i == 4 and short.symbol in _NAMES and tokens[i].symbol not in _NAMES:
                printed = text[short.start : short.end]
                before = text[start : opening.start].rsplit(maxsplit=len(printed))[:1]
                return "" if before and _NO_SUBJECT.search(before[0]) else printed
        noun = tokens[i].symbol in classes["METHOD_NOUN"]
        if noun and i > 0 and not text[tokens[i].start].isupper():
            i = _before_modifiers(tokens, i - 1)
        if tokens[i].symbol in whose:
            return ""
        if i and tokens[i - 1].symbol in whose and context.own and tokens[i].symbol != "N":
            return ""
        doing = text[tokens[verb].start : tokens[verb].end].endswith("ing")
        if not doing and tokens[i].symbol == "," and (name := _apposed(text, start, tokens, i, classes)):
            return name
        name = _name_up_to(text, start, tokens[i], doing)
        if name:
            return name
        if noun and not doing:
            return ""
    return ""


def _others(text: str, start: int, tokens: Sequence[Token], draft: Draft, classes: Classes) -> str:
    """The name of another's system: the one that the number stands behind in parentheses or before one, or
    that it is said to be of, or that is beaten, or else the nearest that is well known.
    """
    index = draft.index
    opening = index - 1
    while opening > 0 and tokens[opening].symbol in _BEFORE_IN_PARENTHESES:
        opening -= 1
    if opening > 0 and tokens[opening].symbol == "(" and tokens[opening - 1].symbol in _OTHERS_NAMES:
        return _whole_name(text, start, tokens[opening - 1])
    if owner := _owner(text, start, tokens, index):
        return owner
    if named := _named_after(text, tokens, index, classes):
        return named
    if draft.kind == "score" and (person := _person(text, start, tokens[index])):
        return person
    if does := _does_so(text, start, tokens, index, classes):
        return does
    if beaten := _beaten(text, tokens, index, classes):
        return beaten
    near = sorted((abs(i - index), i) for i, t in enumerate(tokens) if t.symbol == "K")
    token = tokens[near[0][1]] if near and near[0][0] <= _LONGEST_REACH else None
    return text[token.start : token.end] if token else ""


def _named_after(text: str, tokens: Sequence[Token], index: int, classes: Classes) -> str:
    """The name that a number, or the list that it begins or stands in, is said to be of, or that stands in
    parentheses behind it: "81.2% and 79.6% for RingNet", "81.2% (RingNet)".
    """
    listed = union(_METRICS, classes["AND"], MENTIONS["VALUE"], "/")
    after = index + 1
    while after < len(tokens) and tokens[after].symbol in listed:
        after += 1
    name = after + 1
    if name >= len(tokens):
        return ""
    if tokens[after].symbol == "(":
        alone = name + 1 < len(tokens) and tokens[name + 1].symbol == ")"
        return _from_name(text, tokens[name]) if alone and tokens[name].symbol in _OTHERS_NAMES else ""
    if text[tokens[after].start : tokens[after].end] not in _WHOSE or tokens[index - 1].symbol == "(":
        return ""
    return _from_name(text, tokens[name]) if tokens[name].symbol in _OTHERS_NAMES else ""


def _owner(text: str, start: int, tokens: Sequence[Token], index: int) -> str:
    """The name in the possessive that a number stands behind, unless it is the paper's: "RingNet's 81%"."""
    number = tokens[index].start
    owner = _OWNED_BY.search(text, max(start, number - 60), number)
    own = owner and any(t.symbol == "U" for t in tokens[:index] if t.start >= owner.start())
    return owner["name"] if owner and not own else ""


def _person(text: str, start: int, number: Token) -> str:
    """The people that a number before which they stand in the same clause is of: "humans reach 81%"."""
    people = _PEOPLE.search(text, max(start, number.start - 60), number.start)
    return people["who"].rstrip() if people else ""


def _does_so(text: str, start: int, tokens: Sequence[Token], index: int, classes: Classes) -> str:
    """Another's name that a number stands right behind, or that is the subject of its verb in the clause:
    "while RingNet reaches 81%", "and TorchNet 79%".
    """
    before = tokens[index - 1]
    if index > 1 and before.symbol in "NK" and tokens[index - 2].symbol in union(classes["AND"], ",("):
        return _whole_name(text, start, before)
    verbs = union(classes["ACHIEVE"], classes["BE"])
    ends = union(classes["CLAUSE"], *map(classes.__getitem__, _BEATEN_BY), MENTIONS["VALUE"], ".;:(")
    for verb in range(index - 1, 0, -1):
        if tokens[verb].symbol in verbs:
            last = verb - 1 if tokens[verb - 1].symbol not in classes["METHOD_NOUN"] else verb - 2
            if last < 0 or tokens[last].symbol not in _OTHERS_NAMES:
                return ""
            return _name_up_to(text, start, tokens[last])
        if tokens[verb].symbol in ends:
            break
    return ""


def _from_name(text: str, first: Token) -> str:
    """A name with what it goes on with behind its first word."""
    rest = _REST_OF_NAME.match(text, first.end)
    return text[first.start : rest.end() if rest else first.end]


def _beaten(text: str, tokens: Sequence[Token], index: int, classes: Classes) -> str:
    """The last name before another's number that a verb of winning or a comparison stands before, if it has
    no number of its own and no well-known name comes after it.
    """
    beats = union(*map(classes.__getitem__, _BEATEN_BY))
    for first in range(index - 1, 0, -1):
        if tokens[first - 1].symbol not in beats or tokens[first].symbol not in _OTHERS_NAMES:
            continue
        last = first
        while last + 1 < index and tokens[last + 1].symbol in _OTHERS_NAMES:
            last += 1
        after = tokens[last + 1 : index]
        if not (after and after[0].symbol == "(") and all(t.symbol != "K" for t in after):
            name = text[tokens[first].start : tokens[last].end]
            return name if not name.islower() else ""
    return ""


def _listed(text: str, start: int, tokens: Sequence[Token], draft: Draft, classes: Classes) -> str:
    """The name at the place that a number has in its list, where a list of as many names is the subject or,
    of others, stands near: "RingNet-S and RingNet-L reach 81.2% and 84.5%".
    """
    if draft.holder == "own" and draft.kind != "score":
        return ""
    joints = classes["AND"] | {","}
    values = _list_of(tokens, draft.index, MENTIONS["VALUE"], joints)
    if len(values) < 2:
        return ""
    places = [range(values[0] - 1, max(values[0] - _LONGEST_REACH, 0) - 1, -1)]
    if draft.holder != "own":
        places.append(range(values[-1] + 1, min(values[-1] + _LONGEST_REACH, len(tokens))))
    for place in places:
        nearest = next((i for i in place if tokens[i].symbol in _NEAREST), 0)
        names = _list_of(tokens, nearest, _NAMES, joints) if tokens[nearest].symbol in _NAMES else []
        if len(names) != len(values):
            continue
        first, name = tokens[names[0]], tokens[names[values.index(draft.index)]]
        if draft.holder == "own" and _NO_SUBJECT.search(text, max(start, first.start - 40), first.start):
            continue
        return text[name.start : name.end]
    return ""


def _follows(text: str, tokens: Sequence[Token], draft: Draft, classes: Classes) -> str:
    """The name between a number and the one before it, where the others are told to follow: "RingNet reaches
    84.5%, followed by the TorchNet model with 81.2% and LampNet (79.6%)".
    """
    numbers = [i for i in range(draft.index) if tokens[i].symbol in MENTIONS["VALUE"]]
    if not numbers or all(t.data != _FOLLOWED for t in tokens[numbers[0] : draft.index]):
        return ""
    opens = classes["AND"] | {","}
    for i in range(numbers[-1] + 1, draft.index - 1):
        if tokens[i + 1].symbol in _OTHERS_NAMES and (
            tokens[i].symbol in opens or tokens[i].data == _FOLLOWED
        ):
            return _from_name(text, tokens[i + 1])
    return ""


def _list_of(
    tokens: Sequence[Token], index: int, symbols: Container[str], joints: Container[str]
) -> list[int]:
    """The list that a token stands in, of tokens with some symbols and nothing but joints between them."""
    found = [index]
    for step in (-1, 1):
        i, last = index + step, index
        while 0 <= i < len(tokens):
            if tokens[i].symbol in symbols and i - step != last:
                last = i
                found.append(i)
            elif tokens[i].symbol not in joints:
                break
            i += step
    return sorted(found)


def _whole_name(text: str, start: int, last: Token) -> str:
    """A name with the capitalised words before it: "Faster R-CNN"."""
    words = _CAPITALISED_BEFORE.search(text, max(start, last.start - 60), last.start)
    return text[words.start() if words and words.start() > start else last.start : last.end]


def _doer(text: str, start: int, tokens: Sequence[Token], index: int, classes: Classes) -> str:
    """The name behind a passive verb: "96.5% was obtained by RingNet"."""
    for i in range(index + 1, min(index + _PASSIVE_REACH, len(tokens) - 2)):
        if tokens[i].symbol in _CLAUSE_ENDS:
            return ""
        if tokens[i].symbol not in classes["ATTAIN"]:
            continue
        if text[tokens[i + 1].start : tokens[i + 1].end] not in _BY:
            return ""
        last = i + 2
        if tokens[last].symbol == "w" and not text[tokens[last].start : tokens[last].end].endswith("ing"):
            last = min(last + 1, len(tokens) - 1)
        return text[tokens[last].start : tokens[last].end] if tokens[last].symbol in _NAMES else ""
    return ""


def _modified(text: str, tokens: Sequence[Token], symbols: str, index: int, classes: Classes) -> str:
    """The name that begins the clause of a number and stands apart from its verb: "RingNet trained on street
    scenes achieves".
    """
    if "K" not in symbols and "U" not in symbols:
        return ""
    verbs = union(*map(classes.__getitem__, _RESULT_VERBS)) - classes["DATA_NOUN"]
    links = union(classes["TRAIN"], classes["PREPOSITION"])
    bounds = union(_CLAUSE_MARKS, classes["CLAUSE"], verbs)
    for verb in range(index - 1, 2, -1):
        if tokens[verb].symbol not in verbs or text[tokens[verb].start : tokens[verb].end].endswith("ing"):
            continue
        first = verb
        while first > 0 and tokens[first - 1].symbol not in bounds:
            first -= 1
        after = first + 1
        while after < verb and tokens[after].symbol in classes["METHOD_NOUN"]:
            after += 1
        apart = after < verb and tokens[after].symbol in links
        return text[tokens[first].start : tokens[first].end] if apart and tokens[first].symbol in "KU" else ""
    return ""


def _described(text: str, tokens: Sequence[Token], symbols: str, index: int, classes: Classes) -> str:
    """What "our one-stage detector achieves" calls a system that has no name: the noun with the words between
    it and "our", if they tell it from others ("our simple method" does not).
    """
    nouns = classes["METHOD_NOUN"]
    if nouns.isdisjoint(symbols[2:index]):
        return ""
    for last in range(index - 1, 1, -1):
        if symbols[last] not in nouns:
            continue
        first = last
        while first > 0 and tokens[first - 1].symbol in _MODIFIERS and last - first < _MOST_MODIFIERS:
            if text[tokens[first - 1].end : tokens[first].start] != " ":
                break
            first -= 1
        name = text[tokens[first].start : tokens[last].end]
        tells = last - first > 1 or "-" in name
        if first and tells and _OURS.search(text, tokens[first - 1].start, tokens[first - 1].end):
            return name
    return ""


def _before_modifiers(tokens: Sequence[Token], last: int) -> int:
    """The index of the name that the words up to a token tell more of, if there is one, or of that token:
    "the RingNet sequence-to-one model".
    """
    for i in range(last, max(last - _MOST_BETWEEN, 0) - 1, -1):
        if tokens[i].symbol in _SURE_NAMES:
            return i
        if tokens[i].symbol not in _TELLING:
            break
    return last


def _apposed(text: str, start: int, tokens: Sequence[Token], comma: int, classes: Classes) -> str:
    """The name between two commas behind a word for a system: "our best model, RingNet, achieves"."""
    for i in range(comma - 2, max(comma - _MOST_MODIFIERS - 2, 0), -1):
        if tokens[i].symbol == ",":
            behind = tokens[i - 1].symbol in classes["METHOD_NOUN"]
            return _name_up_to(text, start, tokens[comma - 1]) if behind else ""
    return ""


def _name_up_to(text: str, start: int, last: Token, doing: bool = False) -> str:
    """The name that ends with a token, with the capitalised words before it, if it can be a subject; before a
    participle it may stand behind "with": "with RingNet achieving 96%".
    """
    begin = last.start
    if last.symbol in "MmBb" or (last.symbol not in _NAMES and not text[last.start].isupper()):
        return ""
    if words := _CAPITALISED_BEFORE.search(text, max(start, last.start - 60), last.start):
        begin = words.start()
    name = text[begin : last.end]
    if begin == start:
        while opening := _OPENS.match(name):
            begin += opening.end()
            name = name[opening.end() :]
    single = " " not in name
    if single and last.symbol not in _NAMES:
        return ""
    if doing and begin > start and not _DOES.search(text, max(start, begin - 40), begin):
        return ""
    object_of = _NO_SUBJECT.search(text, max(start, begin - 40), begin)
    if object_of and not (
        (doing and _WITH.search(text, max(start, begin - 40), begin))
        or (object_of.group() == "and " and _CLAUSE_BEFORE.search(text, start, object_of.start()))
    ):
        return ""
    return name if name.rpartition(" ")[2][0].isupper() or last.symbol in _NAMES else ""


def _base(printed: str, context: Context) -> str:
    """A name without what makes a possessive or an adjective of it, and without what stands before the
    paper's own: "RingNet's", "RingNet-based", "Team RingNet"; empty for an adjective from another's name.
    """
    name = _POSSESSIVE.sub("", printed)
    last = name.rpartition(" ")[2]
    if last != name and squeeze(name) not in context.own and squeeze(last) in context.own:
        return last
    base = _DERIVED.sub("", name)
    return base if squeeze(base) in context.own else name if base == name else ""
