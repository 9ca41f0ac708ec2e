"""Subsets and splits: "COCO test-dev", "the validation set of ImageNet", "GPQA Diamond".

A benchmark declares its own; those of `SPLITS` any benchmark can have.
"""

from __future__ import annotations

from itertools import islice
from typing import Literal, NamedTuple

from leaderboard import expressions as re
from leaderboard.rulebook.forms import TOKEN, squeeze
from leaderboard.rulebook.records import Benchmark, Table

NameKind = Literal["benchmark", "metric", "task"]

HYPHENS = "-\u2010\u2011\u2012\u2013"
_LINK = re.compile(rf"[{HYPHENS}\s_:/~]*(?:\(\s*)?(?:the\s+)?")
_SPLIT_BEFORE = re.compile(
    r"\b(test[- ]dev|test[- ]std|minival|test|dev|val|validation|development)[- ]?"
    r"(?:set|split|partition|portion|subset)?s? (?:of|on|from) (?:the )?$"
)
_IN_BRACKETS = re.compile(r"\s(?:dataset|benchmark|corpus|challenge|suite)s?\s\(([^()]{1,30})\)")
_AND = re.compile(r"\s*(?:/|,(?: and)?|&|and)\s*(?=[^\W_])")
"""What joins the parts of a list."""
_ENDS = re.compile(
    r"\s*(?:$|[.,;:)(]|(?:sub)?sets?\b|splits?\b|partitions?\b|respectively|while|with|using|compared)"
)
"""What stands behind a split that ends a list, and not behind a verb: "train on A val and test on B"."""
_DISTINCT = re.compile(
    r"(?<![\w-])(?!(?:[A-Z][a-z]+|[a-z]{2})[-2](?:[A-Z][a-z]+|[a-z]{2})\b)"
    r"(?:(?:test|dev|val|tst)-\w+|(?=[\w-]*[a-z\d-][A-Z])[A-Za-z][\w-]{3,}|"
    r"[a-z]{2,}-[a-z]{3,}(?=\s(?:(?:sub)?sets?|splits?|partitions?|settings?|protocols?)\b))(?![\w-])"
)
"""A word that is printed like the name of a part, or called one, and not like a pair of languages."""
SPLITS = {
    "test": "test", "testset": "test", "testsplit": "test", "testdev": "test-dev", "teststd": "test-std",
    "val": "val", "valset": "val", "valsplit": "val", "validation": "val", "validationset": "val",
    "validationsplit": "val", "minival": "minival", "dev": "dev", "devset": "dev", "devsplit": "dev",
    "development": "dev", "developmentset": "dev",
}  # fmt: skip
"""Splits that any benchmark can have, by squeezed form."""
_SPLIT_STARTS = {form[:2] for form in SPLITS}
_OF = tuple(f"{word} {article}" for word in ("of", "on", "from") for article in ("", "the "))


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


class Parts:
    """The subsets and splits of all benchmarks."""

    def __init__(self, benchmarks: Table[Benchmark]) -> None:
        self._benchmarks = benchmarks
        self._known: dict[str, dict[str, str]] = {}

    def extend(self, text: str, hit: NameHit, limit: int, floor: int) -> NameHit:
        """The hit drawn out over the part that is printed after it, up to `limit`, or before it, from `floor`
        on.
        """
        declared = self._declared(hit.id)
        name = text[hit.start : hit.end]
        if not name.isalnum():
            for token in islice(TOKEN.finditer(name), 1, None):  # "COCO test-dev" may itself be a listed form
                if part := self.of(hit.id, squeeze(name[token.start() :])):
                    return hit._replace(subset_id=part)
        link = _LINK.match(text, hit.end, limit)
        if link and link.end() > hit.end:
            # Only a word that begins like a part is worth reading on.
            start = squeeze(text[link.end() : link.end() + 4])[:2]
            if start in _SPLIT_STARTS or any(form.startswith(start) for form in declared):
                stop, part = self._at(text, hit.id, link.end(), min(limit, link.end() + 60))
                if part:
                    return hit._replace(end=stop, subset_id=part)
        before = text[max(floor, hit.start - 60) : hit.start]
        if declared and before.endswith((" ", "-", "\u2013")):
            spans = [match.span() for match in TOKEN.finditer(before)][-6:]
            for begin, _ in spans:
                if begin and before[begin - 1].isalnum():
                    continue
                if part := declared.get(squeeze(before[begin:]), ""):
                    return hit._replace(start=hit.start - len(before) + begin, subset_id=part)
        if before.endswith(_OF) and (match := _SPLIT_BEFORE.search(before)):
            return hit._replace(subset_id=self.of(hit.id, squeeze(match[1])))
        if bracketed := _IN_BRACKETS.match(text, hit.end):
            return hit._replace(subset_id=self.of(hit.id, squeeze(bracketed[1])))
        return hit

    def listed(self, text: str, hit: NameHit, limit: int) -> list[NameHit]:
        """The parts listed behind the one that a hit ends with: "LibriSpeech test-clean and test-other",
        "RefCOCO (val, testA, testB)", the last with the parenthesis that closes.
        """
        found: list[NameHit] = []
        stop = hit.end
        while hit.subset_id and (joint := _AND.match(text, stop, limit)):
            end, part = self._at(text, hit.id, joint.end(), limit)
            plain = squeeze(text[joint.end() : end]) in SPLITS
            if not part or (plain and not (_ENDS.match(text, end) or _AND.match(text, end))):
                break
            found.append(hit._replace(start=joint.end(), end=end, subset_id=part))
            stop = end
        if found and "(" in text[hit.start : hit.end] and text.startswith(")", stop):
            found[-1] = found[-1]._replace(end=stop + 1)
        return found

    def alone(self, text: str, hits: list[NameHit]) -> list[NameHit]:
        """The hits with the parts that stand apart from their benchmark: "2.1% on LibriSpeech test-clean and
        4.3% on test-other", "94% (X-Sub) and 97% (X-View) on NTU RGB+D". Only what can hardly be
        anything else is one.
        """
        owners = [hit for hit in hits if hit.kind == "benchmark" and self._declared(hit.id)]
        if not owners:
            return hits
        found = list(hits)
        for token in _DISTINCT.finditer(text):
            taken = [hit for hit in hits if hit.start < token.end() and token.start() < hit.end]
            if any((hit.start, hit.end) != token.span() for hit in taken):
                continue
            owner = next((o for o in reversed(owners) if o.end <= token.start()), owners[0])
            part = self._declared(owner.id).get(squeeze(token.group()))
            if part and part != owner.subset_id:
                found = [hit for hit in found if hit not in taken]
                found.append(owner._replace(start=token.start(), end=token.end(), subset_id=part))
        return sorted(found) if found != hits else hits

    def _at(self, text: str, name: str, start: int, limit: int) -> tuple[int, str]:
        """The longest subset or split that is printed from `start` on: where it ends, and its id."""
        spans = [match.span() for match in TOKEN.finditer(text, start, limit)][:6]
        for _, stop in reversed(spans):
            after = text[stop : stop + 2]
            if after[:1].isalnum() or (after[:1] in HYPHENS and after[1:].isalnum()):
                continue
            if part := self.of(name, squeeze(text[start:stop])):
                return stop, part
        return start, ""

    def has(self, name: str, printed: str) -> bool:
        """Whether a benchmark declares a part of this name."""
        return squeeze(printed) in self._declared(name)

    def of(self, name: str, form: str) -> str:
        """The subset or split of a benchmark that has this squeezed form, or an empty string."""
        return self._declared(name).get(form) or SPLITS.get(form, "")

    def _declared(self, name: str) -> dict[str, str]:
        parts = self._known.get(name)
        if parts is None:
            benchmark = self._benchmarks[name]
            parts = {squeeze(split): split for split in benchmark.splits}
            for subset in benchmark.subsets:
                for form in (subset.name, *subset.aliases):
                    parts[squeeze(form)] = subset.id
            self._known[name] = parts
        return parts
