"""The names that a paper gives its own system and its own benchmark: read from the title, and from the
sentences that introduce something.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leaderboard import expressions as re
from leaderboard.mentions.abbreviations import (
    ABBREVIATED,
    NAME_IN_WORDS,
    before_expansion,
    begins_name,
    is_common,
    is_spelled_out,
    modifies,
    spells_out,
)
from leaderboard.mentions.context import BENCH_WORD, INNER_CAPITAL, Context, looks_like_name, squeeze
from leaderboard.mentions.kinds import NameKinds
from leaderboard.mentions.purpose import evaluates, proposes_system
from leaderboard.mentions.wording import Wording

_TITLE_NAME = re.compile(r"^\s*[\"“']?([^\s:][^:]{0,60}?)[\"”']?\s*(?::|\s[-–—]{1,3}\s)")
_LONGEST_TITLE_NAME = 4
"""Words."""
_TEAM_AT = re.compile(r"(?P<team>\S+(?: \S+)?) at (?P<event>(?=.*(?:\d|[a-z][A-Z]))[A-Z].*)")
"""How a title names who took part in what: "Torrent at HarborEval 2024"."""
_TITLE_CASE = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)*$")
"""A word printed like any word of a title: "A Multimodal Benchmark"."""
_NUMBERED = re.compile(r"[A-Z]\w+ \d+(?:\.\d+)*")
"""A word that only its number makes a name: "Torrent 2"."""
_BEATS = re.compile(r"\s*(?:Outperform|Surpass|Beat|Exceed|Improv|Solv)\w*\b")
_SEVERAL_RESOURCES = re.compile(r"\w+s\b")
_SURE_BENCH_WORD = re.compile(r"(?:bench|arena|challenge|suite)\d*(?:[-_]\w+)?\+*$", re.IGNORECASE)
_NAMING_WORD = re.compile(r"(?<!\S)[A-Z][\w*+-]* $")
"""The word that names a bench."""
_APPOSED = re.compile(r"(?: \([^()]{0,80}\))?\s*[,:] (?:an?|the|our) ")
"""What follows a name that is told at once what it is: "Falcon, a compressor", "WISE (...), a system"."""
_PLAIN_NAME = re.compile(r" (?P<name>[a-z][\w-]{3,}), an? ")
"""A name in small letters right after "we propose": "we propose cutmax, an algorithm"."""
_NAME_WORD = re.compile(r"[\"“'‘]?([^\W_][\w.]*(?:[-+&@*^][\w.]+)*\+*)[\"”'’]?")
_PAREN_ACRONYM = re.compile(r"\(\s*[\"“']?([A-Za-z][\w.]*(?:[-+&][\w.]+)*\+*)[\"”']?(?:[,;][^)]{0,60})?\s*\)")
_FURTHEST_ACRONYM = 120
"""Characters between "we propose" and an abbreviation in parentheses."""
_REACH = 260
"""Characters after "we propose" in which a name may stand."""
_NAME_IS_OVER = re.compile(
    r"[.;,]|\b(?:for|to|that|which|using|based|by|with|in|on|of|from|via|into|at|as|"
    r"containing|consisting|comprising|covering|"
    r"and (?:train|use|us|evaluat|show|develop|propos|test)(?:e|ing)?)\b"
)
_PHRASE_IS_OVER = re.compile(r",|\b(?:for|of|to|that|which|with|on|in|from)\b")
_IS_OBJECT = re.compile(
    r"\b(?:for|in|on|to|by|via|using|from|across|over|under)\s+(?!(?:an?|our|new|novel)\b)[^:?,.]*$",
    re.IGNORECASE,
)
"""What stands before the data sets of a title that are not what it is about: "for Known Document Corpora"."""
_WHO = re.compile(r"\b(?:our|we|this)\b", re.IGNORECASE)
_FOR = re.compile(r"(?<!-)\b(?:for|in|on|from|of)\b(?!-)")
_CAPITALISED_BEFORE = re.compile(r"(?<![\w-])[A-Z][a-z][\w-]*(?: (?:[A-Z][\w-]*|\dD))* $")
"""What a name of several words begins with: "Object-Centric 3D Rollout"."""


def read_context(
    title: str,
    sentences: Sequence[str],
    is_benchmark: Callable[[str], bool],
    kinds: NameKinds,
    wording: Wording,
) -> Context:
    """Read the paper's own names from its title and from the sentences that introduce something.

    `is_benchmark` tells the names of the catalogue's benchmarks: those are nobody's system.
    """
    context = Context(kinds=kinds, wording=wording)
    text = " ".join(sentences)
    reader = _Reader(context, wording, is_benchmark, text)
    evaluates_by_title = reader.read_title(title, text)
    introducing = [part for part in wording.may_introduce if part in text]
    for sentence in sentences:
        if re.has_any(sentence, introducing):
            reader.read_sentence(sentence)
    if not context.own:
        reader.read_made(sentences)
    context.concepts = frozenset(
        squeeze(short.group(1))
        for short in ABBREVIATED.finditer(text)
        if is_common(text, short, wording.resource) and not wording.resource.match(text, short.end() + 1)
    )
    proposes = bool(context.own) or proposes_system(text, wording)
    context.is_resource_paper = (reader.nameless or bool(context.resources)) and (
        (evaluates_by_title and not context.own) or not proposes
    )
    context.is_evaluation = evaluates(title, text, bool(context.own), proposes, wording)
    context.event = context.event or _entered(title, text, sentences, wording)
    if context.event:
        context.is_resource_paper = False  # who enters a competition tells what their own system does
    return context


def _entered(title: str, text: str, sentences: Sequence[str], wording: Wording) -> str:
    """The competition that a paper says it took part in: "our solution for the RoadSense Challenge"."""
    entered = wording.title_entered.search(title) if wording.competition.search(title) else None
    if entered is None and wording.competition.search(text):
        told = (wording.entered.search(s) for s in sentences if wording.competition.search(s))
        entered = next(filter(None, told), None)
    return entered["event"] if entered and not entered["event"].isdigit() else ""


def _is_used(word: str, text: str) -> bool:
    """Whether a word of a title is a name in the abstract too: it stands there, never without its capital."""
    return word in text and word.lower() not in text


def _is_part(printed: str, name: re.Match[str] | None) -> bool:
    """Whether a name has another between its hyphens: "FR-GCD" has FR."""
    return name is not None and printed != name.group(1) and printed in name.group(1).split("-")


def _is_object(title: str, noun: re.Match[str]) -> bool:
    """Whether a title speaks of data sets only as what something else is for: "Tuning for Known Corpora"."""
    benchmarks = noun.group().lower().startswith("benchmarking")
    return not benchmarks and _IS_OBJECT.search(title, 0, noun.start()) is not None


def _with_its_name(tail: str, name: tuple[str, int, int]) -> tuple[str, int, int] | None:
    """A name that is no more than "Bench" or "Suite" with the word before it: "Harbor Bench"; or None, where
    that is a common word.
    """
    printed, start, end = name
    if not _SURE_BENCH_WORD.match(printed):
        return name
    before = _NAMING_WORD.search(tail, 0, start)
    return (tail[before.start() : end], before.start(), end) if before else None


@dataclass(slots=True)
class _Reader:
    """Notes the names that a title and sentences introduce."""

    context: Context
    wording: Wording
    is_benchmark: Callable[[str], bool]
    text: str
    """The abstract."""
    nameless: bool = False
    """The title calls the paper a data set that it does not name: "A Multimodal Benchmark"."""
    judges: bool = False
    """The title says that the paper evaluates others' models: "X: Benchmarking LLMs"."""

    def read_title(self, title: str, text: str) -> bool:
        """Note what stands before the colon; whether what stands after it says that this is a benchmark."""
        context, wording = self.context, self.wording
        match = _TITLE_NAME.match(title)
        if match is None:
            titled = wording.titled_resource.match(title)
            if titled and looks_like_name(titled.group(1), False) and not self.is_benchmark(titled.group(1)):
                self.nameless = bool(_TITLE_CASE.match(titled.group(1))) and not _is_used(
                    titled.group(1), text
                )
                if not self.nameless:
                    self.add(titled.group(1), True)
            return False
        name, rest = match.group(1).strip(), title[match.end() :]
        entered = _TEAM_AT.fullmatch(name)
        if entered:
            context.event, name = entered["event"], entered["team"]
        words = name.split()
        is_name = len(words) == 1 or looks_like_name(words[0], True) or bool(_NUMBERED.fullmatch(name))
        if len(words) > _LONGEST_TITLE_NAME or not is_name:
            return False
        heads = wording.resource_head.finditer(rest)
        head = next((h for h in heads if not _is_object(rest, h)), None)
        method = wording.method_head.search(rest)
        self.judges = bool(wording.asks.match(rest) and wording.others.search(rest))
        resource = bool(
            (head and not _BEATS.match(rest) and not (method and method.start() < head.start()))
            or wording.asks.match(rest)
        ) and not (entered or wording.method_too.search(rest) or wording.enters.search(rest))
        if not resource and self.is_benchmark(name) and head:
            return False
        self.add(name, resource or bool(_SURE_BENCH_WORD.search(name)), titled=True)
        context.named_by_title = bool(context.own)
        context.named_in_title = (
            resource and head is not None and _SEVERAL_RESOURCES.match(head.group()) is None
        )
        return resource

    def read_sentence(self, sentence: str) -> None:
        """Note the names that a sentence introduces."""
        wording = self.wording
        introduced = wording.introduced.search(sentence)
        for named in wording.named.finditer(sentence) if re.has_any(sentence, wording.may_name) else ():
            if introduced is None and not _WHO.search(sentence, 0, named.start()):
                continue
            word = _NAME_WORD.match(sentence, named.end())
            if word and begins_name(word.group(1), sentence[word.end() :]):
                self.read_introduced(sentence[named.end() : named.end() + _REACH])
            elif word and looks_like_name(word.group(1), False):
                before = sentence[max(0, named.start() - 60) : named.start()]
                resource = self.is_resource_before(before) and not self.is_method(sentence[word.end() :])
                if not (resource and self.context.kinds.models.match(word.group(1))):
                    self.add(word.group(1), resource or bool(BENCH_WORD.search(word.group(1))))
        if introduced is None:
            return
        plain = _PLAIN_NAME.match(sentence, introduced.end())
        if plain and not self.is_benchmark(plain["name"]):
            self.add(plain["name"], self.is_resource(sentence[plain.end("name") :]))
        apposed = wording.resource_apposed.match(sentence, introduced.end())
        if apposed and looks_like_name(apposed["name"], False):
            self.add(apposed["name"], True, introduced=True)
        self.read_introduced(sentence[introduced.end() : introduced.end() + _REACH])

    def read_made(self, sentences: Sequence[str]) -> None:
        """Note the first name whose making is told otherwise than by "we propose"."""
        for sentence in sentences:
            made = self.wording.made.search(sentence)
            if made is None:
                continue
            name, after = made["name"] or made["trained"], sentence[made.end() :]
            known = self.is_benchmark(name) or self.context.kinds.models.match(name)
            if looks_like_name(name, False) and not known:
                self.add(name, bool(self.wording.resource_after.match(after) or BENCH_WORD.search(name)))
                return

    def read_introduced(self, tail: str) -> None:
        """Note names right after "we propose": the first name-like word before the clause ends, and an
        acronym in parentheses.
        """
        context, method_after = self.context, self.wording.method_after
        for printed, start, end in self.candidates(tail):
            if printed.lower() in context.kinds.not_names or len(squeeze(printed)) < 2:
                continue
            before, after = tail[:start], tail[end:]
            if self.wording.task_after.match(after):
                continue
            apposed = bool(_APPOSED.match(after)) and self.is_method(after)
            if context.kinds.models.match(printed) and not apposed:
                continue
            resource = (
                bool(_SURE_BENCH_WORD.search(printed))
                or self.is_resource(after)
                or (
                    self.names_resource(before)
                    and not method_after.search(before)
                    and not modifies(before, printed, self.wording.resource)
                )
            )
            if resource and self.is_benchmark(printed) and self.lists_resources(before):
                continue
            spelled = len(printed) > 2 and (spells_out(before, printed) or is_spelled_out(printed, after))
            if context.named_by_title and not (resource or apposed or spelled):
                continue
            if resource or apposed or spelled or not self.is_benchmark(printed):
                system = self.wording.method_right_after.match(after) or (
                    apposed
                    and not self.judges
                    and not self.wording.evaluation.search(after.partition(". ")[0])
                )
                if not resource and system:
                    context.resources.pop(squeeze(printed), None)
                self.add(printed, resource, introduced=True)

    def candidates(self, tail: str) -> list[tuple[str, int, int]]:
        """What may be names right after "we propose", each with its place."""
        not_names = self.context.kinds.not_names
        found = []
        acronym = self.acronym(tail)
        ends = _NAME_IS_OVER.search(tail)
        for word in _NAME_WORD.finditer(tail):
            printed = word.group(1).rstrip(".")
            if ends and ends.end() <= word.start():
                break
            if _is_part(printed, acronym):
                continue
            first = _CAPITALISED_BEFORE.search(tail, 0, word.start())
            begins = first is not None or begins_name(printed, tail[word.end() :])
            if looks_like_name(printed, False) and (begins or printed.lower() not in not_names):
                if begins:
                    start = first.start() if first else word.start(1)
                    spelled = NAME_IN_WORDS.match(tail, start) if acronym is None else None
                    if spelled:
                        found.append((spelled.group(), spelled.start(), spelled.end()))
                elif not self.wording.qualifies.match(tail, word.end()):
                    found.append((printed, word.start(1), word.end()))
                break
        further = (
            (word.group(1), word.start(1), word.end())
            for word in _NAME_WORD.finditer(tail, 0, ends.start() if ends else len(tail))
            if _SURE_BENCH_WORD.search(word.group(1)) and looks_like_name(word.group(1), False)
        )
        found += [name for name in further if name not in found]
        if (
            acronym is not None
            and looks_like_name(acronym.group(1), False)
            and not re.search(r"[.;]", tail[: acronym.start()])
            and acronym.start() < _FURTHEST_ACRONYM
        ):
            found.append((acronym.group(1), acronym.start(1), acronym.end()))
        return [whole for name in found if (whole := _with_its_name(tail, name))]

    def acronym(self, tail: str) -> re.Match[str] | None:
        """The first abbreviation in parentheses, if it is of what is introduced."""
        acronym = _PAREN_ACRONYM.search(tail)
        if acronym is None or acronym.group(1).lower() in self.context.kinds.not_names:
            return None
        before = before_expansion(tail, acronym, self.wording.method_after)
        if _FOR.search(before):
            return None
        is_means = self.wording.by_means.search(before.rpartition(",")[2]) and not (
            self.wording.resource.search(tail, 0, acronym.end()) or self.is_resource(tail[acronym.end() :])
        )
        if is_means:
            return None
        longer = (a for a in _PAREN_ACRONYM.finditer(tail, acronym.end()) if _is_part(acronym.group(1), a))
        return next(longer, acronym)

    def is_method(self, after: str) -> bool:
        """Whether the words after a name soon call it a system."""
        return self.wording.method_after.match(after) is not None

    def is_resource(self, after: str) -> bool:
        """Whether the words after a name call it a data set, and no system: "a data set for training agents",
        not "a data set distillation method".
        """
        resource, method = self.wording.resource_after.match(after), self.wording.method_after.match(after)
        if resource is None or method is None:
            return resource is not None
        return bool(_PHRASE_IS_OVER.search(after, resource.end(), method.end()))

    def names_resource(self, before: str) -> bool:
        """Whether the words before a name call it a data set: "our dataset PetalSet", not "our dataset and
        X".
        """
        last = next(reversed(list(self.wording.resource.finditer(before))), None)
        return last is not None and " and " not in before[last.end() :]

    def is_resource_before(self, before: str) -> bool:
        """Whether the last noun before "called" is that of a data set, and not that of a system: "benchmarks
        show that our method, named X".
        """
        last = next(reversed(list(self.wording.resource.finditer(before))), None)
        return last is not None and self.wording.method_after.match(before[last.end() :]) is None

    def lists_resources(self, before: str) -> bool:
        """Whether a name opens a parenthesis behind data sets in the plural: "three data sets (MNIST"."""
        return before.endswith("s (") and self.names_resource(before)

    def is_common(self, name: str) -> bool:
        """Whether what an abstract seems to name is a kind of system, or the first word of a name spelled
        out, which it uses as a common word too: "Planning with Dual Networks (PDN)".
        """
        if self.wording.kind.match(name):
            return not name.isupper()
        plain = _TITLE_CASE.match(name)
        return plain is not None and re.search(rf"(?<![\w/.]){name.lower()}(?![\w/])", self.text) is not None

    def add(self, printed: str, resource: bool, introduced: bool = False, titled: bool = False) -> None:
        """Note a name of the paper's own. What the abstract introduces as a benchmark is one, whatever the
        title made of it.
        """
        context = self.context
        printed = printed.rstrip(".")
        key = squeeze(printed)
        if introduced and resource:
            context.own.pop(key, None)
        if (
            not key
            or key in context.own
            or key in context.resources
            or printed.lower() in context.kinds.not_names
            or self.wording.noun.match(printed)
            or not (resource or titled or not self.is_common(printed))
        ):
            return
        (context.resources if resource else context.own)[key] = printed
        for part in printed.split() if not resource else ():
            if INNER_CAPITAL.search(part) and len(part) > 3 and part.lower() not in context.kinds.not_names:
                context.own.setdefault(squeeze(part), printed)
