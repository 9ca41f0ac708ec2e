"""Which printed forms a name has. Done once, when rules are compiled; `leaderboard.rulebook.names` then
only looks up.

A form is kept *squeezed*: in lower case and without the separators that papers put in or leave out at will,
so that "CIFAR-10", "CIFAR 10" and "cifar10" are one form. What squeezing forgets is kept beside it where it
matters: the printed case, and the places where a break in print is natural.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from leaderboard import expressions as re

# The characters that names are printed with or without: space, hyphens, underscore, apostrophes.
SEPARATORS = "\\s\\-_'\u2010\u2011\u2012\u2013\u2019\u2018`"
TOKEN = re.compile(rf"[^\W_]+|[^{SEPARATORS}]")

KINDS = ("benchmark", "metric", "task", "not")
BENCHMARK, METRIC, TASK, NOT = range(4)

# Flags of a claim.
SURE = 1
"""The form needs no context to count."""
LOWER = 2
"""The form may be printed all in lower case."""
ACRONYM = 4
"""The form is all capitals: printed as an ordinary capitalised word it is not sure."""

_HUMP = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z][A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
)
_FULL_YEAR = re.compile(r"(?<!\d)(?:19|20)(\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<=[^\W\d])[\s\-]?['\u2019](\d\d)(?!\d)")
_VERSION = re.compile(r"(?<![^\W\d_])[vV](\d+)$")


def squeeze(text: str) -> str:
    """A name in lower case without separators.

    >>> squeeze("Pascal VOC-2012")
    'pascalvoc2012'
    """
    if text.isascii():  # the same, quicker
        text = "".join(text.split())
        return text.replace("-", "").replace("_", "").replace("'", "").replace("`", "").lower()
    return "".join(TOKEN.findall(text)).lower()


def slug(text: str) -> str:
    """An id made from a name.

    >>> slug("MMLU-Pro (5-shot) 2.0")
    'mmlu-pro-5-shot-2-0'
    """
    plain = unicodedata.normalize("NFKD", text.replace("+", "-plus")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def printed(text: str) -> str:
    """A name without separators, in its own case."""
    return "".join(TOKEN.findall(text))


def lead_of(form: str) -> tuple[str, str]:
    """A form parted into the signs that it opens with and the rest: "∞Bench", "% resolved".

    >>> lead_of("∞Bench"), lead_of("MMLU")
    (('∞', 'Bench'), ('', 'MMLU'))
    """
    first = next((at for at, character in enumerate(form) if character.isalnum()), 0)
    return form[:first].strip(), form[first:]


def plain(form: str) -> str:
    """A listed form as texts have it once they are cleaned of markup: "$\\tau$-bench" is "τ-bench"."""
    if "$" not in form and "\\" not in form:
        return form
    from leaderboard.clean import clean  # only when rules are compiled

    return clean(form).text


def breaks(form: str) -> list[int]:
    """Where a break is natural, as offsets in the squeezed form: at separators, case changes and digits.

    >>> breaks("MS COCO2017")
    [2, 6]
    """
    places: set[int] = set()
    offset = 0
    for token in TOKEN.findall(form):
        places.add(offset)
        places.update(offset + match.start() for match in _HUMP.finditer(token))
        offset += len(token)
    return sorted(places - {0})


def derived(form: str, year: int | None = None) -> Iterator[str]:
    """Other ways to print a form: two-digit and four-digit years, "v2" and "version 2", a leading "The".

    >>> list(derived("WMT 2014"))
    ['WMT 14']
    """
    for match in _FULL_YEAR.finditer(form):
        yield form[: match.start()] + match[1] + form[match.end() :]
    for match in _SHORT_YEAR.finditer(form):
        yield f"{form[: match.start()]} {_century(match[1])}{form[match.end() :]}"
    if year and form.endswith(f"{year % 100:02d}") and not form[-3:-2].isdigit():
        yield f"{form[:-2]} {year}"
    if version := _VERSION.search(form):
        yield f"{form[: version.start()].rstrip(' -_')} version {version[1]}"
    if form[:4] in ("The ", "the ") and " " in form[4:]:
        yield form[4:]


def _century(two: str) -> int:
    return (1900 if two >= "80" else 2000) + int(two)


def claims(kind: int, entry: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """The squeezed forms that an entry claims, each with its claim: [kind, id, exact prints or None, flags,
    breaks, leading signs].

    Listed forms come first, derived ones after them.
    """
    listed = listed_forms(entry)
    seen = {key_of(form) for form in listed}
    for form in listed:
        yield key_of(form), _claim(kind, entry, form)
    for form in listed:
        for other in derived(form, entry.get("year")):
            if key_of(other) not in seen:
                yield key_of(other), _claim(kind, entry, other)
    for phrase in entry.get("not", ()):
        yield squeeze(phrase), [NOT, f"{kind}:{entry['id']}", None, 0, breaks(phrase), ""]


def listed_forms(entry: Mapping[str, Any]) -> list[str]:
    """The name and the aliases of an entry, free of markup."""
    return [plain(form) for form in (entry["name"], *entry.get("aliases", ()))]


def key_of(form: str) -> str:
    """The key of a form in the table of forms: squeezed, without the signs that it opens with."""
    return squeeze(lead_of(form)[1])


def _claim(kind: int, entry: dict[str, Any], form: str) -> list[Any]:
    lead, form = lead_of(form)
    letters = sum(character.isalpha() for character in form)
    ambiguous = bool(entry.get("ambiguous"))
    exact: list[str] | None = None
    if entry.get("cased") or ambiguous or letters <= 3:
        exact = [printed(form)]
        if not entry.get("cased") and form.islower():
            # "recall" also opens sentences and stands in headings: "Recall", "Balanced Recall".
            exact += [printed(form.title()), printed(form[0].upper() + form[1:])]
    flags = 0
    if not ambiguous or _is_clear(form, entry["name"]):
        flags |= SURE
    if kind != BENCHMARK or may_be_lower(form):
        flags |= LOWER
    if letters > 3 and form.isupper() and form.isalpha():
        flags |= ACRONYM
    return [kind, entry["id"], sorted(set(exact)) if exact else None, flags, breaks(form), lead]


def _is_clear(form: str, name: str) -> bool:
    """Whether a form of an ambiguous entry is clear by itself: "Stanford Cars" for the entry Cars."""
    return form != name and len(breaks(form)) > 0 and not form.islower() and sum(map(str.isalpha, form)) > 3


def may_be_lower(form: str) -> bool:
    """Whether a benchmark's form stays recognisable in lower case.

    "cifar-10" and "imagenet" do. "places", "glue" and "natural questions" are ordinary words when printed so.

    >>> [may_be_lower(form) for form in ("CIFAR-10", "ImageNet", "ade20k", "Places", "GLUE", "SQuAD")]
    [True, True, True, False, False, False]
    """
    if form == form.lower() or any(character.isdigit() for character in form):
        return True
    humps = [
        hump for word in TOKEN.findall(form) for hump in re.findall(r"[A-Z][a-z]+", word) if hump != word
    ]
    return len(printed(form)) >= 7 and any(len(hump) >= 4 for hump in humps)


def compile_forms(
    entries: Iterable[tuple[int, dict[str, Any]]],
) -> tuple[dict[str, list[list[Any]]], list[tuple[str, int, str, str]]]:
    """All forms of all entries, by squeezed form, and the clashes among them: (form, kind, one id, other id).

    Two entries of one kind must not list the same form. A derived form yields to a listed one, and where two
    entries would derive the same, neither has it. Entries of different kinds may share a form.
    """
    forms: dict[str, list[list[Any]]] = {}
    clashes: list[tuple[str, int, str, str]] = []
    later: dict[tuple[int, str], list[list[Any]]] = {}
    for kind, entry in entries:
        listed = {key_of(form) for form in listed_forms(entry)}
        for key, claim in claims(kind, entry):
            if len(key) < 2:
                continue
            if claim[0] == NOT:
                forms.setdefault(key, []).append(claim)
            elif key not in listed:
                later.setdefault((kind, key), []).append(claim)
            elif rival := next((other for other in forms.get(key, ()) if _same_print(claim, other)), None):
                clashes.append((key, kind, rival[1], entry["id"]))
            else:
                _add(forms, key, claim)
    for (kind, key), claimed in later.items():
        taken = any(claim[0] == kind for claim in forms.get(key, ()))
        if not taken and len({claim[1] for claim in claimed}) == 1:
            for claim in claimed:
                _add(forms, key, claim)
    return forms, clashes


def _same_print(claim: list[Any], other: list[Any]) -> bool:
    """Whether two entries of one kind could mean the same print; "mAP" and "MAP" differ where both are
    cased."""
    if claim[0] != other[0] or claim[1] == other[1] or claim[5] != other[5]:
        return False
    return claim[2] is None or other[2] is None or not set(claim[2]).isdisjoint(other[2])


def _add(forms: dict[str, list[list[Any]]], key: str, claim: list[Any]) -> None:
    """Add a claim, or join it with the one that the same entry already has on this form ("FiD" and "FID")."""
    for other in forms.setdefault(key, []):
        if other[:2] == claim[:2] and other[5] == claim[5]:
            other[2] = sorted({*other[2], *claim[2]}) if other[2] and claim[2] else None
            other[3] = (other[3] | claim[3]) & ~ACRONYM | (other[3] & claim[3] & ACRONYM)
            other[4] = sorted({*other[4], *claim[4]})
            return
    forms[key].append(claim)
