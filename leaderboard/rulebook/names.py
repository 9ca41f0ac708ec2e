"""Finding the catalogue's names in a text.

Every name begins with a word, and for every name it is known which words its prints can begin with ("image"
and "imagenet" for ImageNet). So the words of a text are looked up in a table of first words, which says how
long the names are that begin so, and only there the squeezed text (see `leaderboard.rulebook.forms`) is
looked up in the table of forms. Both are plain dicts, ready as soon as they are read; an automaton would
have to be built at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import orjson

from leaderboard import expressions as re
from leaderboard.rulebook.forms import (
    ACRONYM,
    BENCHMARK,
    KINDS,
    LOWER,
    METRIC,
    NOT,
    SURE,
    TOKEN,
    breaks,
    lead_of,
    plain,
    printed,
    squeeze,
)
from leaderboard.rulebook.parts import HYPHENS, NameHit, NameKind, Parts
from leaderboard.rulebook.problems import nearest
from leaderboard.rulebook.records import Benchmark, Metric, Table, Task


class _Flat(dict[int, str]):
    """For `str.translate`: letters and digits stay, everything else becomes a space."""

    def __missing__(self, code: int) -> str:
        self[code] = kept = chr(code) if chr(code).isalnum() else " "
        return kept


_FLAT = _Flat()
_NOT_WORD = re.compile(r"[\W_]")
_SUFFIX = re.compile(rf"[{HYPHENS}_]([^\W_][\w.]*)")
_ADJECTIVE = re.compile(
    r"(?:based|style|like|trained|pretrained|pre|finetuned|fine|scale|level|type|format|specific|initiali[sz]ed"
    r"|derived|inspired|only|free|sized|scaled|compatible|tuned|supervised)\b"
)
_VERSION_AFTER = re.compile(r"[ ~]?[vV]\d")
_STOPS = (",", ";", ":", ")", ".", "")
_MORE = re.compile(
    rf"\s*(/|,\s*(?:and\s|or\s)?|&|\sand\s|\sor\s)\s*([{HYPHENS}]?)([^\W_]+)"
    rf"(?![\w%]|\.\d|[{HYPHENS}]\w|\s(?:epoch|step|iteration|class|sample|image|label|task|model|other|more)\w*)"
)


class _Met(dict[str, Any]):
    """What has been met of a table; the rest is looked up there."""

    def __init__(self, rows: Mapping[str, bytes]) -> None:
        self._rest = rows

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._rest

    def __missing__(self, key: str) -> Any:
        return self._rest[key]

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default


_FEW = 100
"""Sentences after which the names of the whole catalogue are kept at hand."""


class Names:
    """All names of a catalogue, ready to be found.

    >>> from leaderboard import load_rules
    >>> load_rules().names.find("96.5% on CIFAR 10")
    [NameHit(start=9, end=17, kind='benchmark', id='cifar-10', subset_id='', sure=True)]
    """

    def __init__(
        self,
        forms: Mapping[str, bytes],
        first: Mapping[str, bytes],
        benchmarks: Table[Benchmark],
        metrics: Table[Metric],
        tasks: Table[Task],
    ) -> None:
        # Rows are JSON until they are first met; what is met is kept decoded. Who reads one text needs few of
        # the rows, and for who reads many a plain dict of them all is the quickest.
        self._shelves: tuple[Mapping[str, bytes], ...] = (forms, first)
        self._forms: Any = _Met(forms)
        self._first: Any = _Met(first)
        self._left = _FEW
        self._benchmarks = benchmarks
        self._tables: dict[str, Table[Any]] = {"benchmark": benchmarks, "metric": metrics, "task": tasks}
        self._parts = Parts(benchmarks)

    def find(self, text: str) -> list[NameHit]:
        """Names in `text`, in order, not overlapping; the longest name wins where several begin together."""
        text = text.replace("\u0130", "I")  # the one letter that grows when lower-cased; offsets must stay
        lowered = text.lower()
        flat = lowered.translate(_FLAT)
        if self._left:
            self._left -= 1
            if not self._left:
                self._forms, self._first = (dict(shelf.items()) for shelf in self._shelves)
                self._shelves = ()
        first = self._first
        words = list(filter(first.__contains__, flat.split()))
        if not words:
            return []
        flat = f" {flat}   "
        hits: list[NameHit] = []
        blocked: list[tuple[str, int]] = []
        position = upto = 0
        for word in words:
            start = flat.find(f" {word} ", position)
            position = start + 1 + len(word)
            if start < upto or (word == "s" and text[start - 1 : start] in ("'", "’")):
                continue  # in another name, or a genitive: "the model's AUC" is no sAUC
            way = first[word]
            if way.__class__ is bytes:
                way = first[word] = orjson.loads(way)
            lengths, following = way
            after = flat[position : position + 3]
            alone = after[1] != " " or text[position - 1 : position] in _STOPS
            if alone and following and after not in following:
                if lengths[-1] != len(word):
                    continue
                spans = [(start, start + len(word))]
                hit = self._choose(text, spans, self._claims(word), False, blocked)
            else:
                hit = self._name_at(text, lowered, start, lengths, blocked)
            if hit:
                if hit.kind == "metric" and hit.end >= position:
                    hits.extend(self._benchmark_first(text, lowered, hit, lengths, blocked))
                else:
                    hits.append(hit)
                upto = hit.end
        return self._with_parts(text, hits) if hits else hits

    def _claims(self, form: str) -> list[list[Any]]:
        claims: Any = self._forms.get(form, ())
        if claims.__class__ is bytes:
            claims = self._forms[form] = orjson.loads(claims)
        return claims  # type: ignore[no-any-return]

    def _name_at(
        self, text: str, lowered: str, start: int, lengths: list[int], blocked: list[tuple[str, int]]
    ) -> NameHit | None:
        """The longest name that begins at this word. `blocked` gathers the phrases that forbid a name."""
        forms, longest = self._forms, lengths[0]
        spans: list[tuple[int, int]] = []
        found: list[tuple[str, int, bool]] = []
        form = ""
        for match in TOKEN.finditer(lowered, start):
            token = match.group()
            form += token
            spans.append(match.span())
            length = len(form)
            if token[-1] == "s" and len(token) > 1 and length - 1 in lengths and form[:-1] in forms:
                found.append((form[:-1], len(spans), True))
            if length in lengths and form in forms:
                found.append((form, len(spans), False))
            if length > longest:
                break
        for form, count, plural in reversed(found):
            if hit := self._choose(text, spans[:count], self._claims(form), plural, blocked):
                return hit
        return None

    def _benchmark_first(
        self, text: str, lowered: str, hit: NameHit, lengths: list[int], blocked: list[tuple[str, int]]
    ) -> list[NameHit]:
        """A metric of several words, parted where it opens with a benchmark: "GenEval score"."""
        whole = len(squeeze(text[hit.start : hit.end]))
        inner = [length for length in lengths if length < whole]
        opening = self._name_at(text, lowered, hit.start, inner, blocked) if inner else None
        if not opening or opening.kind != "benchmark" or not opening.sure or opening.end - opening.start < 4:
            return [hit]
        rest = TOKEN.search(text, opening.end)
        return [opening, hit._replace(start=rest.start())] if rest else [opening]

    def _choose(
        self,
        text: str,
        spans: list[tuple[int, int]],
        claims: list[list[Any]],
        plural: bool,
        blocked: list[tuple[str, int]],
    ) -> NameHit | None:
        """The claim that the print allows, if any; among several, a sure one before an unsure one."""
        start, end = spans[0][0], spans[-1][1]
        best: NameHit | None = None
        case = "".join([text[begin:stop] for begin, stop in spans])
        if plural:
            case = case[:-1]
        for kind, name, exact, flags, natural, lead in claims:
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
            if len(spans) > 1 and (_ends_in_article(text, end) or not _breaks_are_natural(spans, natural)):
                continue
            if blocked and any(entry == f"{kind}:{name}" and start < upto for entry, upto in blocked):
                continue
            if kind == BENCHMARK and not self._stands_alone(text, start, end, name):
                continue
            begin = start
            if lead:
                begin = len(text[:start].rstrip()) - len(lead)
                if begin < 0 or not text.startswith(lead, begin):
                    continue
            if best is None or (sure and not best.sure):
                best = NameHit(begin, end, KINDS[kind], name, "", sure)  # type: ignore[arg-type]
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
        form = squeeze(word)
        if self._parts.of(name, form):
            return True
        if word == "bench" or _SUFFIX.match(text, suffix.end()):
            return False
        if form in self._forms:
            return True
        return word.islower() and word.isalpha() and len(word) > 1 and not _ADJECTIVE.match(word)

    def _with_parts(self, text: str, hits: list[NameHit]) -> list[NameHit]:
        """The hits, with each benchmark drawn out over the subset or split that is printed right after it."""
        found: list[NameHit] = []
        for place, hit in enumerate(hits):
            if found and hit.start < found[-1].end:
                continue  # a task's name inside a subset that has just been taken
            if hit.kind == "benchmark":
                limit = next(
                    (
                        other.start
                        for other in hits[place + 1 :]
                        if other.kind != "task" and not self._parts.has(hit.id, text[other.start : other.end])
                    ),
                    len(text),
                )
                hit = self._parts.extend(text, hit, limit, found[-1].end if found else 0)
                found.append(hit)
                found.extend(self._continued(text, hit, limit) or self._parts.listed(text, hit, limit))
            else:
                found.append(hit)
        return self._parts.alone(text, found)

    def _continued(self, text: str, hit: NameHit, limit: int) -> list[NameHit]:
        """Names that leave out what they share with the one before: CIFAR-10/100, ImageNet-A, -R."""
        found: list[NameHit] = []
        match = _MORE.match(text, hit.end, limit)
        if match is None or hit.subset_id:
            return found
        name = text[hit.start : hit.end]
        key, joints = squeeze(name), breaks(name)
        while match:
            linked, hyphen, rest = match.groups()
            if not (hyphen or rest.isdigit() or linked == "/"):
                break
            bases = [key[:joint] + rest.lower() for joint in reversed(joints)]
            claims = (claim for base in bases for claim in self._claims(base) if claim[0] == BENCHMARK)
            other = next((claim[1] for claim in claims), "")
            if not other or other == hit.id:
                break
            found.append(NameHit(match.start(3), match.end(3), "benchmark", other, "", hit.sure))
            match = _MORE.match(text, match.end(), limit)
        return found

    def resolve(self, name: str, kind: NameKind) -> str:
        """The id of the entry of this kind that has `name` as its id or as a form, or an empty string."""
        if name in self._tables[kind]:
            return name
        number, (lead, rest) = KINDS.index(kind), lead_of(plain(name))
        claims = [claim for claim in self._claims(squeeze(rest)) if claim[0] == number and claim[5] == lead]
        as_printed = [claim for claim in claims if claim[2] and printed(rest) in claim[2]]
        return str((as_printed or claims)[0][1]) if claims else ""

    def suggest(self, name: str, kind: NameKind, most: int = 3) -> list[str]:
        """Names of entries of this kind that look like `name`, best first."""
        table = self._tables[kind]
        return nearest(name, [table[key].name for key in table], most)


def _breaks_are_natural(spans: list[tuple[int, int]], natural: list[int]) -> bool:
    """Whether the print breaks a name only where the name has a joint: "Image Net", not "is cars" for
    ISCARS."""
    offset = 0
    for (begin, end), (following, _) in pairwise(spans):
        offset += end - begin
        if end != following and offset not in natural:
            return False
    return True


def _ends_in_article(text: str, end: int) -> bool:
    """Whether a print ends in the word "a": "on ImageNet a single model" is not about ImageNet-A."""
    return text[end - 2 : end] == " a"


def first_words(forms: Mapping[str, list[list[Any]]]) -> dict[str, tuple[list[int], str]]:
    """For every word that a print can begin with: the lengths of the forms that begin so, longest first, and
    how the word after it may begin, each as a space and two characters. Plurals have "": anything may follow.

    >>> first_words({"imagenet": [[BENCHMARK, "imagenet", None, SURE, [5]]]})
    {'image': ([8], ' ne'), 'imagenet': ([8], '  ')}
    """
    lengths: dict[str, set[int]] = {}
    following: dict[str, set[str]] = {}
    for form, claimed in forms.items():
        joints = {len(form)}.union(*(claim[4] for claim in claimed))
        plural = any(claim[0] == METRIC for claim in claimed)
        for end in joints:
            lengths.setdefault(form[:end], set()).add(len(form))
            rest = form[end:] + "s" * plural
            if not rest.isalnum():
                rest = _NOT_WORD.sub("", rest)
            if end < len(form):
                following.setdefault(form[:end], set()).add(f" {rest[:2]}")
            if len(form[end:]) == 1 or end + 1 in joints or not form[end : end + 2].isalnum():
                following.setdefault(form[:end], set()).add(f" {rest[:1]} ")
        if plural:
            lengths.setdefault(f"{form}s", set()).add(len(form))
            following.setdefault(f"{form}s", set()).add("")
    table = {}
    for word, own in sorted(lengths.items()):
        starts = sorted(following.get(word, "|"))
        table[word] = sorted(own, reverse=True), "" if "" in starts else "".join(starts)
    return table
