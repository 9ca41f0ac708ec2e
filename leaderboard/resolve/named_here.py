"""Which benchmark of its own sentence a number was measured on, where no rule and no list has said it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from leaderboard import expressions as re
from leaderboard.claims import Reading
from leaderboard.lexicon import union
from leaderboard.mentions.tokens import MENTIONS, Token
from leaderboard.mentions.wording import Wording
from leaderboard.resolve.drafts import PARENTHESIS, Draft, Named, is_efficiency, named
from leaderboard.resolve.evaluated import is_learned_from
from leaderboard.resolve.listing import WHERE, name_lists, run_of
from leaderboard.resolve.places import DATA, PLACED, moves_on, unnamed_place

_BREAKS = frozenset(",;.-")
_STOPS = frozenset(MENTIONS["VALUE"]) | frozenset(",;.()")
_MARKS = frozenset("().")
_WHOLE = frozenset(MENTIONS["INTEGER"])
_BEHIND = WHERE | {"for"}
"""Words between a number and the benchmark that its own clause goes on to name."""
_CLOSES = re.compile(r"[^(]*\)")
"""The rest of a parenthesis that a number stands in."""


class Found(NamedTuple):
    """What a number was measured on, and which step has found it."""

    benchmarks: list[Named]
    source: str


_UNKNOWN = Found([], "")
"""None that the sentence tells."""
_ELSEWHERE = Found([], "elsewhere")
"""Something that has no name."""


@dataclass(slots=True)
class Place:
    """A number in a sentence that names benchmarks."""

    text: str
    reading: Reading
    drafts: list[Draft]
    position: int
    wording: Wording
    names: list[int]
    """Tokens that name what it may have been measured on."""
    draft: Draft = field(init=False)
    tokens: list[Token] = field(init=False)
    efficiency: bool = field(init=False)

    def __post_init__(self) -> None:
        self.draft, self.tokens = self.drafts[self.position], self.reading.tokens
        self.efficiency = is_efficiency(self.text, self.draft)

    def named(self, names: list[int]) -> list[Named]:
        """The benchmarks that tokens name."""
        return [named(self.text, self.tokens[i]) for i in names]

    def is_single(self) -> bool:
        """Whether all names are the same."""
        return len({name.key for name in self.named(self.names)}) == 1

    def next(self) -> Draft | None:
        """The number behind it."""
        return self.drafts[self.position + 1] if self.position + 1 < len(self.drafts) else None


def find_in_sentence(
    text: str, draft: Draft, reading: Reading, drafts: list[Draft], wording: Wording
) -> None:
    """Give a number of a sentence that names benchmarks its own, and say where they came from."""
    names = [i for i, symbol in enumerate(reading.symbols) if symbol == "B"]
    place = Place(text, reading, drafts, drafts.index(draft), wording, names)
    if place.efficiency and not _in_reach(reading, draft, names, drafts[0].index):
        return
    if not place.efficiency:
        place.names = [i for i in names if not is_learned_from(reading.tokens, i, reading.classes)]
    if not place.names:
        return
    for step in _STEPS:
        found = step(place)
        if found is None:
            continue
        if found is _ELSEWHERE:
            draft.elsewhere = True
        elif found.benchmarks:
            draft.benchmarks, draft.sources["benchmark"] = found
        return


def _as_its_pair(place: Place) -> Found | None:
    """That of the number it is compared with: "an F1 of 71.2% vs 65.9% on B"."""
    other = place.next()
    if other is None or not other.benchmarks or place.draft.rule != other.rule:
        return None
    between = place.tokens[place.draft.index + 1 : other.index]
    versus = place.reading.classes["VERSUS"]
    compared = any(t.symbol in versus or t.data == "to" or t.symbol == ">" for t in between)
    return Found(other.benchmarks, "pair") if compared and all(t.symbol != "B" for t in between) else None


def _on_no_benchmark(place: Place) -> Found | None:
    """None where a number goes on to say "on" something that is no benchmark, and the one beside it says one:
    "2.5% on A and 1.0% on code generation", "92% on real robots and 88% on A".
    """
    reading = place.reading
    named_before = "B" in reading.symbols[: place.draft.index]
    alike = [d for d in place.drafts if d.holder == place.draft.holder]
    position = alike.index(place.draft)
    beside = alike[max(0, position - 1) : position + 2] if named_before else place.drafts
    if not any(d.sources.get("benchmark", "").startswith("values-on") for d in beside):
        return None
    stops = _STOPS | reading.classes["CLAUSE"] | reading.classes["AND"]
    nouns = reading.classes["DATASET_NOUN"]
    data = nouns | reading.classes["SPLIT"] | reading.classes["BOTH"] | frozenset("BbHy")
    words = None
    for token in place.tokens[place.draft.index + 1 :]:
        if words is not None and token.symbol in data:
            # "on the brain scan data", unlike "on this data set"
            return _UNKNOWN if words > 1 and token.symbol in nouns else None
        if token.symbol in stops:
            break
        if token.data == "on":
            words = 0
        elif words is not None:
            words += token.symbol == "w"
    return None if words is None else _UNKNOWN


def _told_elsewhere(place: Place) -> Found | None:
    """Nothing named, as the sentence tells before it comes to the first name."""
    told = place.draft.elsewhere or _is_overall(place) or _says_where(place) or _begins_elsewhere(place)
    return _ELSEWHERE if told else None


def _is_overall(place: Place) -> bool:
    """Whether a number is one over data that have no name, and another behind it the one on the first
    benchmark that the sentence names: "across six data sets, 71% on average and 80% on A".
    """
    text, reading, drafts, draft, name = place.text, place.reading, place.drafts, place.draft, place.names[0]
    after = [d for d in drafts if draft.index < d.index < name]
    names = [i for i, symbol in enumerate(reading.symbols) if symbol == "B"]
    if not after or not _is_named(after[-1]) or [name] not in name_lists(reading, names):
        return False
    if draft.metric_id and after[0].metric_id not in ("", draft.metric_id):
        return False  # "(AUC 0.91, F1 0.87 on A)"
    last = drafts[run_of(draft, reading, drafts)[-1]]
    if last in after[-1:]:
        return False
    leads = (unnamed_place(text, reading, i, place.wording) for i in (-1, last.index))
    beside = reading.symbols[max(0, draft.index - 2) : draft.index] + reading.symbols[draft.index + 1 :][:1]
    return DATA in leads or not reading.classes["AVERAGE"].isdisjoint(beside)


def _says_where(place: Place) -> bool:
    """Whether a number goes on to say what it was measured on or for, in other words than a name, before the
    sentence begins anew and comes to the first benchmark: "by 12% in DNA design, and improves accuracy on A",
    "by 12% in DNA design, and by 3% on A".
    """
    reading, name = place.reading, place.names[0]
    symbols, classes = reading.symbols, reading.classes
    verbs = union(*map(classes.__getitem__, ("ACHIEVE", "IMPROVE", "REDUCE", "OUTPERFORM")))
    said = False
    for i in range(place.draft.index + 1, name - 1):
        if symbols[i] == ";" or (symbols[i] in classes["AND"] and symbols[i + 1] in verbs):
            return said
        if said and symbols[i] in classes["AND"] and symbols[i - 1] == ",":
            numbers = (k for k in range(i, name) if symbols[k] in MENTIONS["VALUE"])
            number = next(numbers, name)
            return number < name and not any(_opens_place(reading, k) for k in range(number, name - 1))
        if symbols[i] in _MARKS or (symbols[i] in _STOPS - _BREAKS and not said):
            return False
        said = _opens_place(reading, i) or (said and symbols[i] not in "Mm")
    return False


def _opens_place(reading: Reading, i: int) -> bool:
    """Whether a token begins a place in words: "in DNA design"."""
    return reading.tokens[i].data in PLACED and reading.symbols[i + 1] in "wJNA"


def _begins_elsewhere(place: Place) -> bool:
    """Whether a sentence measures on data that nobody has named, and comes to a benchmark in another part:
    "On a private collection it has 71%, and on A 80%".
    """
    draft, name = place.draft, place.names[0]
    if draft.index > name or not _parts(place.reading, draft.index, name):
        return False
    span = place.tokens[0].start, place.tokens[draft.index].start
    return place.wording.elsewhere.search(place.text, *span) is not None


def _goes_on_elsewhere(place: Place) -> Found | None:
    """Nothing named, as the number goes on to say, or the one before it, or what stands between the last name
    and it.
    """
    text, reading, drafts, draft, names = place.text, place.reading, place.drafts, place.draft, place.names
    behind = drafts[run_of(draft, reading, drafts)[-1]].index
    where = unnamed_place(text, reading, behind, place.wording)
    apart = place.is_single() or any(behind < d.index < names[0] for d in drafts)
    if where and ((where == DATA and apart) or any(map(_is_named, drafts))):
        return _ELSEWHERE
    last = drafts[place.position - 1] if place.position else None
    if last and last.elsewhere and "B" not in reading.symbols[last.index :]:
        return _ELSEWHERE
    moved = names[-1] < draft.index and moves_on(text, reading, names[-1], draft.index, place.wording)
    return _ELSEWHERE if moved else None


def _before_a_semicolon(place: Place) -> Found | None:
    """None for a number in a part of the sentence that closes before the first name, if that has a number of
    its own or opens its part: "26.7 dB; in captioning, 0.77 on A", "in 92%; on A it beats the others".
    """
    closes = place.reading.symbols.find(";", place.draft.index)
    if not 0 <= closes < place.names[0]:
        return None
    opens = place.tokens[closes + 1].data in PLACED or place.names[0] == closes + 1
    return _UNKNOWN if opens or place.drafts[-1].index > closes else None


def _on_the_only_one(place: Place) -> Found | None:
    """The only one that the sentence names, if not as a remark on another number."""
    if not place.is_single():
        return None
    if _is_remark(place.reading, place.draft, place.names, place.drafts):
        return _UNKNOWN
    return Found(place.named(place.names[:1]), "sentence")


def _is_remark(reading: Reading, draft: Draft, names: list[int], drafts: list[Draft]) -> bool:
    """Whether a sentence gives some names only in parentheses that hold another number of the same holder, or
    stand right behind one: "by 3.2% (up to 8.1% on A)", "by 14% (A) and that of real trials by 8.6%".
    """
    remarks = [match.span() for match in PARENTHESIS.finditer(reading.symbols)]
    others = [d.index for d in drafts if d.holder == draft.holder and d is not draft]
    return all(
        any(
            start < name < end
            and not start < draft.index < end
            and any(start <= i + 1 and i < end for i in others)
            for start, end in remarks
        )
        for name in names
    )


def _in_unpaired_list(place: Place) -> Found | None:
    """None for a level of a list that belongs, "respectively", to benchmarks of which no list is as long."""
    reading, drafts, draft = place.reading, place.drafts, place.draft
    if place.efficiency or draft.kind != "score" or len(run := run_of(draft, reading, drafts)) < 2:
        return None
    end = drafts[run[-1] + 1].index if run[-1] + 1 < len(drafts) else len(reading.symbols)
    said = not reading.classes["RESPECTIVELY"].isdisjoint(reading.symbols[draft.index : end])
    names = [i for i, symbol in enumerate(reading.symbols) if symbol == "B"]
    return _UNKNOWN if said and any(len(names) > 1 for names in name_lists(reading, names)) else None


def _of_several_costs(place: Place) -> Found | None:
    """None for a cost behind numbers that have each a benchmark of their own, in one list: "91% on A and 88%
    on B, while running at 25 FPS" does not say that the speed was measured on B alone.
    """
    if not place.efficiency:
        return None
    names = place.names
    before = {tuple(b.key for b in d.benchmarks) for d in place.drafts[: place.position] if d.benchmarks}
    last = place.named(names[-1:])[0].key
    listed = len(before) > 1 and any(last in keys for keys in before)
    return _UNKNOWN if listed and ";" not in place.reading.symbols[names[0] : names[-1]] else None


def _on_the_next(place: Place) -> Found | None:
    """The one that the number's own clause goes on to name with "on", or right behind the number, before any
    other number: "70.1% on A and 64.2% B accuracy".
    """
    reading, index = place.reading, place.draft.index
    follows = next((i for i in place.names if i > index), None)
    if follows is None:
        return None
    between = reading.symbols[index + 1 : follows]
    if _CLOSES.match(between):
        between = between[between.index(")") + 1 :]
    stops = (_STOPS - _WHOLE) | reading.classes["CLAUSE"] | reading.classes["AND"]
    if not stops.isdisjoint(PARENTHESIS.sub("", between)):
        return None
    words = {t.data for t in place.tokens[index + 1 : follows]}
    as_data = "with" in words and reading.symbols[follows + 1] in reading.classes["DATASET_NOUN"]
    if follows != index + 1 and not as_data and _BEHIND.isdisjoint(words):
        return None
    both = len(place.drafts) == 1 or not reading.classes["BOTH"].isdisjoint(reading.symbols[index:follows])
    if not both:
        return Found(place.named([follows]), "sentence")
    return Found(place.named(_list_of(place, follows)), "both")


def _list_of(place: Place, name: int) -> list[int]:
    """The names that one is listed with, and itself."""
    return next(names for names in name_lists(place.reading, place.names) if name in names)


def _at_the_end_of_its_part(place: Place) -> Found | None:
    """The one that the number's part of the sentence ends with, where the one before it closed another part:
    "… 3% on A, and improves accuracy by 1% with half the time on B".
    """
    reading, draft = place.reading, place.draft
    before = max((i for i in place.names if i < draft.index), default=None)
    follows = min((i for i in place.names if i > draft.index), default=None)
    if before is None or follows is None or not _parts(reading, before, draft.index):
        return None
    on = any(t.data == "on" for t in place.tokens[max(draft.index + 1, follows - 3) : follows])
    another = all(d.metric != draft.metric for d in place.drafts if draft.index < d.index < follows)
    found = on and another and not _parts(reading, draft.index, follows)
    return Found(place.named([follows]), "sentence-far") if found else None


def _as_the_next(place: Place) -> Found | None:
    """That of the number behind it, in another metric, which goes on to say where: "… on A and 0.958 in PLCC
    and 0.937 in SRCC on B".
    """
    one, other, reading = place.draft, place.next(), place.reading
    if other is None or not _is_named(other) or one.kind != other.kind or one.metric == other.metric:
        return None
    between, after = reading.symbols[one.index + 1 : other.index], reading.symbols[other.index + 1 :]
    joined = not reading.classes["AND"].isdisjoint(between) and _STOPS.isdisjoint(between)
    shares = (
        joined
        and "B" not in between
        and reading.classes["CLAUSE"].isdisjoint(between)
        and "B" in after
        and _STOPS.isdisjoint(after[: after.index("B")])
    )
    return Found(other.benchmarks, "sentence-far") if shares else None


def _as_the_one_before(place: Place) -> Found | None:
    """That of the last number with no name of another between them."""
    index = place.draft.index
    names = dict(zip(place.names, place.named(place.names), strict=True))
    for other in reversed(place.drafts[: place.position]):
        if not other.benchmarks:
            continue
        if any(other.index < i < index and name not in other.benchmarks for i, name in names.items()):
            continue
        its = [i for i, name in names.items() if i < index and name in other.benchmarks]
        if its and _is_remark(place.reading, place.draft, its, place.drafts[: place.position]):
            return _UNKNOWN
        return Found(other.benchmarks, "number-before")
    return None


def _on_the_first_behind(place: Place) -> Found | None:
    """The first behind it, or the list that it opens, where none is named before."""
    reading, index = place.reading, place.draft.index
    if place.names[0] < index:
        return None
    names = name_lists(reading, place.names)[0]
    opens = reading.classes["CLAUSE"] | reading.classes["AND"]
    alone = len(place.drafts) == 1 and opens.isdisjoint(reading.symbols[index + 1 : names[0]])
    if alone or not reading.classes["BOTH"].isdisjoint(reading.symbols[: names[0]]):
        return Found(place.named(names), "both")
    return Found(place.named(names[:1]), "sentence-far")


def _on_the_last_before(place: Place) -> Found | None:
    """The last named before it, and those that it is listed with."""
    before = [i for i in place.names if i < place.draft.index]
    return Found(place.named(name_lists(place.reading, before)[-1]), "sentence-far")


_STEPS: tuple[Callable[[Place], Found | None], ...] = (
    _as_its_pair,
    _on_no_benchmark,
    _told_elsewhere,
    _goes_on_elsewhere,
    _before_a_semicolon,
    _on_the_only_one,
    _in_unpaired_list,
    _of_several_costs,
    _on_the_next,
    _at_the_end_of_its_part,
    _as_the_next,
    _as_the_one_before,
    _on_the_first_behind,
    _on_the_last_before,
)
"""Who answers first is right."""


def _is_named(draft: Draft) -> bool:
    """Whether the sentence itself says what a draft was measured on."""
    return bool(draft.benchmarks) and not draft.sources["benchmark"].startswith("sentence")


def _parts(reading: Reading, start: int, end: int) -> bool:
    """Whether a sentence begins anew between two tokens: at a semicolon, or a comma and "and"."""
    symbols, joints = reading.symbols, reading.classes["AND"]
    return any(
        symbols[i] == ";" or (symbols[i] == "," and symbols[i + 1] in joints) for i in range(start + 1, end)
    )


def _in_reach(reading: Reading, draft: Draft, names: list[int], first: int) -> bool:
    """Whether a benchmark stands close enough for a speed or a size to be its: before it, or in the same
    clause. What was saved is told in a clause of its own ("76.7% on A while running 4x faster").
    """
    symbols, index = reading.symbols, draft.index
    opens = frozenset() if draft.kind == "score" else reading.classes["CLAUSE"] | frozenset(";")
    return any(
        _BREAKS.isdisjoint(symbols[index:i]) if index < i else i < first or opens.isdisjoint(symbols[i:index])
        for i in names
    )
