"""Finding the catalogue's names in a text.

Only places where a word begins can begin a name. At each of them the squeezed text (see
`leaderboard.rulebook.forms`) is looked up in a table of first letters, which says how long the forms are
that begin so, and then in the table of forms. Both are plain dicts, ready as soon as they are read: nothing
has to be built at the start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from leaderboard.rulebook.forms import ACRONYM, BENCHMARK, KINDS, LOWER, METRIC, NOT, SURE, TOKEN, squeeze
from leaderboard.rulebook.problems import nearest
from leaderboard.rulebook.records import Benchmark, Metric, Table, Task

NameKind = Literal["benchmark", "metric", "task"]

HEAD = 4
"""How many squeezed characters choose the lengths worth trying; shorter forms are tried by length 2 and 3."""

HYPHENS = "-\u2010\u2011\u2012\u2013"
_SUFFIX = re.compile(rf"[{HYPHENS}_]([^\W_][\w.]*)")
_ADJECTIVE = re.compile(
    r"(?:based|style|like|trained|pretrained|pre|finetuned|fine|scale|level|type|format|specific|initiali[sz]ed"
    r"|derived|inspired|only|free|sized|scaled|compatible|tuned|supervised)\b"
)
_VERSION_AFTER = re.compile(r"[ ~]?[vV]\d")
_LINK = re.compile(rf"[{HYPHENS}\s_:/~]*(?:\(\s*)?(?:the\s+)?")
_SPLIT_BEFORE = re.compile(
    r"\b(test[- ]dev|test[- ]std|minival|test|dev|val|validation|development)[- ]?"
    r"(?:set|split|partition|portion|subset)?s? (?:of|on|from) (?:the )?$"
)
SPLITS = {
    "test": "test", "testset": "test", "testsplit": "test", "testdev": "test-dev", "teststd": "test-std",
    "val": "val", "valset": "val", "valsplit": "val", "validation": "val", "validationset": "val",
    "validationsplit": "val", "minival": "minival", "dev": "dev", "devset": "dev", "devsplit": "dev",
    "development": "dev", "developmentset": "dev",
}  # fmt: skip
"""Splits that any benchmark can have, by squeezed form."""


class NameHit(NamedTuple):
    """A catalogue name in a text.

    `text[start:end]` is the printed name, with the subset or split where that is printed right after it.
    `subset_id` is the id of a subset, the name of a split, or empty. `sure` is False where the name may
    also be an ordinary word, so that the context must speak for it.
    """

    start: int
    end: int
    kind: NameKind
    id: str
    subset_id: str
    sure: bool


class Names:
    """All names of a catalogue, ready to be found.

    >>> load_rules().names.find("96.5% on CIFAR 10")
    [NameHit(start=9, end=17, kind='benchmark', id='cifar-10', subset_id='', sure=True)]
    """

    def __init__(
        self,
        forms: Mapping[str, list[list[Any]]],
        heads: Mapping[str, list[int]],
        benchmarks: Table[Benchmark],
        metrics: Table[Metric],
        tasks: Table[Task],
    ) -> None:
        self._forms = forms
        self._heads = heads
        self._benchmarks = benchmarks
        self._tables: dict[str, Table[Any]] = {"benchmark": benchmarks, "metric": metrics, "task": tasks}
        self._parts: dict[str, dict[str, str]] = {}

    def find(self, text: str) -> list[NameHit]:
        """Names in `text`, in order, not overlapping; the longest name wins where several begin together."""
        if "\u0130" in text:  # the one letter that grows when lower-cased; offsets must stay
            text = text.replace("\u0130", "I")
        tokens = TOKEN.findall(text)
        squeezed = "".join(tokens).lower()
        starts = list(accumulate(map(len, tokens), initial=0))
        ends = dict(zip(starts, range(len(starts)), strict=True))
        forms, heads = self._forms, self._heads
        spans: list[tuple[int, int]] | None = None
        hits: list[NameHit] = []
        blocked: list[tuple[str, int]] = []
        upto = 0
        for index, start in enumerate(starts[:-1]):
            if start < upto:
                continue
            head = squeezed[start : start + HEAD]
            lengths = heads.get(head) or heads.get(head[:3]) or heads.get(head[:2])
            if lengths is None:
                continue
            for length in lengths:
                form = squeezed[start : start + length]
                claims = forms.get(form)
                if claims is None:
                    continue
                last = ends.get(start + length)
                plural = False
                if last is None:
                    last = ends.get(start + length + 1)
                    if last is None or squeezed[start + length] != "s":
                        continue
                    plural = True
                if spans is None:
                    spans = [match.span() for match in TOKEN.finditer(text)]
                chosen = self._choose(text, tokens, spans, index, last, claims, plural, blocked)
                if chosen:
                    hits.append(chosen)
                    upto = starts[last]
                    break
        return self._with_parts(text, hits) if hits else hits

    def _choose(
        self,
        text: str,
        tokens: list[str],
        spans: list[tuple[int, int]],
        first: int,
        last: int,
        claims: list[list[Any]],
        plural: bool,
        blocked: list[tuple[str, int]],
    ) -> NameHit | None:
        """The claim on this form that the print allows, if any; among several, a sure one before an unsure
        one."""
        start, end = spans[first][0], spans[last - 1][1]
        best: NameHit | None = None
        case = "".join(tokens[first:last])
        if plural:
            case = case[:-1]
        for kind, name, exact, flags, natural in claims:
            if kind == NOT:
                if not plural:
                    blocked.append((name, end))
                continue
            if plural and kind != METRIC:
                continue
            sure = bool(flags & SURE)
            if exact is not None:
                if case not in exact:
                    continue
            elif not flags & LOWER and case == case.lower():
                continue
            elif flags & ACRONYM and case[1:] == case[1:].lower():
                sure = False
            if last - first > 1 and not _breaks_are_natural(spans, first, last, natural):
                continue
            if blocked and any(entry == f"{kind}:{name}" and start < upto for entry, upto in blocked):
                continue
            if kind == BENCHMARK and not self._stands_alone(text, start, end, name):
                continue
            if best is None or (sure and not best.sure):
                best = NameHit(start, end, KINDS[kind], name, "", sure)  # type: ignore[arg-type]
        return best

    def _stands_alone(self, text: str, start: int, end: int, name: str) -> bool:
        """Whether a benchmark's name is not just a part of another name: mini-ImageNet, ImageNet-C,
        HumanEval+."""
        if start > 1 and text[start - 1] in HYPHENS and text[start - 2].isalnum():
            return False
        following = text[end : end + 1]
        if following == "+" and not text[end + 1 : end + 2].isalnum():
            return False
        if following == "." and text[end - 1].isdigit() and text[end + 1 : end + 2].isdigit():
            return False
        if _VERSION_AFTER.match(text, end):
            return False
        suffix = _SUFFIX.match(text, end)
        if suffix is None:
            return True
        word = suffix[1].rstrip(".")
        if self._part_of(name, squeeze(word)) or self._forms.get(squeeze(word)):
            return True
        return word.islower() and len(word) > 1 and not _ADJECTIVE.match(word)

    def _with_parts(self, text: str, hits: list[NameHit]) -> list[NameHit]:
        """The hits, with each benchmark drawn out over the subset or split that is printed right after it."""
        found: list[NameHit] = []
        for place, hit in enumerate(hits):
            if found and hit.start < found[-1].end:
                continue  # a task's name inside a subset that has just been taken
            if hit.kind == "benchmark":
                limit = next(
                    (other.start for other in hits[place + 1 :] if other.kind != "task"),
                    len(text),
                )
                hit = self._with_part(text, hit, limit, found[-1].end if found else 0)
            found.append(hit)
        return found

    def _with_part(self, text: str, hit: NameHit, limit: int, floor: int) -> NameHit:
        link = _LINK.match(text, hit.end, limit)
        if link and link.end() > hit.end:
            window = text[link.end() : min(limit, link.end() + 60)]
            spans = [match.span() for match in TOKEN.finditer(window)][:6]
            for count in range(len(spans), 0, -1):
                stop = link.end() + spans[count - 1][1]
                if stop < len(text) and (
                    text[stop].isalnum() or (text[stop] in HYPHENS and text[stop + 1 : stop + 2].isalnum())
                ):
                    continue
                part = self._part_of(hit.id, squeeze(window[: spans[count - 1][1]]))
                if part:
                    return hit._replace(end=stop, subset_id=part)
        before = text[max(floor, hit.start - 60) : hit.start]
        if before.endswith((" ", "-", "\u2013")):
            spans = [match.span() for match in TOKEN.finditer(before)][-6:]
            for begin, _ in spans:
                if begin and before[begin - 1].isalnum():
                    continue
                part = self._declared(hit.id).get(squeeze(before[begin:]), "")
                if part:
                    return hit._replace(start=hit.start - len(before) + begin, subset_id=part)
            if match := _SPLIT_BEFORE.search(before):
                return hit._replace(subset_id=self._part_of(hit.id, squeeze(match[1])))
        return hit

    def _part_of(self, name: str, form: str) -> str:
        """The subset or split of a benchmark that has this squeezed form, or an empty string."""
        return self._declared(name).get(form) or SPLITS.get(form, "")

    def _declared(self, name: str) -> dict[str, str]:
        parts = self._parts.get(name)
        if parts is None:
            benchmark = self._benchmarks[name]
            parts = {squeeze(split): split for split in benchmark.splits}
            for subset in benchmark.subsets:
                for form in (subset.name, *subset.aliases):
                    parts[squeeze(form)] = subset.id
            self._parts[name] = parts
        return parts

    def resolve(self, name: str, kind: NameKind) -> str:
        """The id of the entry of this kind that has `name` as its id or as a form, or an empty string."""
        if name in self._tables[kind]:
            return name
        number = KINDS.index(kind)
        for claim in self._forms.get(squeeze(name), ()):
            if claim[0] == number:
                return str(claim[1])
        return ""

    def suggest(self, name: str, kind: NameKind, most: int = 3) -> list[str]:
        """Names of entries of this kind that look like `name`, best first."""
        table = self._tables[kind]
        return nearest(name, [table[key].name for key in table], most)


def _breaks_are_natural(spans: list[tuple[int, int]], first: int, last: int, natural: list[int]) -> bool:
    """Whether the print breaks a name only where the name has a joint: "Image Net", but not "is cars" for
    ISCARS."""
    offset = 0
    for index in range(first, last - 1):
        offset += spans[index][1] - spans[index][0]
        if spans[index][1] != spans[index + 1][0] and offset not in natural:
            return False
    return True


def heads_of(forms: Mapping[str, Any]) -> dict[str, list[int]]:
    """For every beginning of a form, the lengths of the forms that begin so, longest first.

    Forms of 2 and 3 characters are listed under every longer beginning too, so that one look-up is enough.
    """
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[:HEAD], set()).add(len(form))
    for head, own in lengths.items():
        for size in (2, 3):
            if len(head) > size and head[:size] in forms:
                own.add(size)
    return {head: sorted(own, reverse=True) for head, own in lengths.items()}
