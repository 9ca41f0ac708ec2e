"""From a mapping, as a JSON object or a table row gives it, to a `Paper`.

The common sources name the same few things differently. One table of names, compared without case, spaces
and underscores, covers them all: the arXiv metadata snapshot, Hugging Face daily papers, Papers with Code,
Semantic Scholar, OpenAlex, and plain `id`, `title`, `abstract`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from leaderboard.models import Paper
from leaderboard.readers.dates import iso_date
from leaderboard.readers.records import Unreadable

TITLE_NAMES = ("title", "papertitle", "displayname")
ABSTRACT_NAMES = ("abstract", "paperabstract", "abstracttext", "summary")
ID_NAMES = ("id", "paperid", "paper", "corpusid", "identifier", "key", "doi", "paperurl", "url")
DATE_NAMES = (
    "date", "published", "publishedat", "publicationdate", "publisheddate", "created", "updatedate",
    "updated", "publicationyear", "year",
)  # fmt: skip
URL_NAMES = ("url", "urlabs", "link", "landingpageurl", "paperurl", "id", "doi")
WRAPPERS = ("paper", "row")
"""Keys under which some sources put the whole paper: Hugging Face daily papers, dataset viewers."""

_ARXIV = re.compile(
    r"(?:arxiv:|https?://(?:\w+\.)?arxiv\.org/(?:abs|pdf)/|(?:https?://doi\.org/)?10\.48550/arxiv\.)?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(v\d+)?(?:\.pdf)?$",
    re.I,
)
_NOT_WORD = re.compile(r"[\W_]+")


def paper_of(record: object) -> Paper:
    """The paper that a JSON object or a table row describes.

    Raises `Unreadable` when the record is no mapping, has no abstract, or has a title or an abstract that is
    not text. Any other field that makes no sense is left empty: it costs no row.

    >>> paper_of({"id": "2401.00001", "title": "T", "abstract": "A"}).url
    'https://arxiv.org/abs/2401.00001'
    """
    if not isinstance(record, Mapping):
        raise Unreadable(f"{_kind(record)}, not an object with a title and an abstract")
    fields = _squeezed(record)
    for wrapper in WRAPPERS:
        inner = fields.get(wrapper)
        if isinstance(inner, Mapping):
            fields = {**fields, **_squeezed(inner)}
    abstract = _abstract(fields)
    if not abstract.strip():
        raise Unreadable("no abstract")
    title = _text(fields, TITLE_NAMES)
    arxiv = _arxiv_id(fields)
    return Paper(
        id=arxiv or _identifier(fields),
        title=title,
        abstract=abstract,
        date=_date(fields),
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else _url(fields),
    )


def has_paper_columns(names: Iterable[str]) -> bool:
    """Whether a table with these columns can hold papers: an abstract, at least."""
    squeezed = {_squeeze(name) for name in names}
    return not squeezed.isdisjoint((*ABSTRACT_NAMES, "abstractinvertedindex"))


def is_paper_column(name: str) -> bool:
    """Whether a column is read at all; wide tables are read without the others."""
    return _squeeze(name) in _READ


def slug(title: str) -> str:
    """A readable identifier for a paper of which only the title is known; the same wherever it stands.

    >>> slug("Spatial As Deep: Spatial CNN")
    'spatial-as-deep-spatial-cnn'
    """
    return _NOT_WORD.sub("-", title.lower()).strip("-")[:100]


_READ = frozenset(
    (*TITLE_NAMES, *ABSTRACT_NAMES, *ID_NAMES, *DATE_NAMES, *URL_NAMES, *WRAPPERS,
     "abstractinvertedindex", "arxivid", "arxiv", "externalids", "versions")
)  # fmt: skip


@lru_cache(maxsize=4096)
def _squeeze(name: str) -> str:
    return _NOT_WORD.sub("", name).lower()


def _squeezed(record: Mapping[Any, Any]) -> dict[str, Any]:
    """The record under squeezed names; of two keys with one squeezed name, the first that is not null."""
    fields: dict[str, Any] = {}
    for name, value in record.items():
        if value is not None and isinstance(name, str):
            fields.setdefault(_squeeze(name), value)
    return fields


def _text(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = fields.get(name)
        if value is None or value == "" or value != value:  # NaN stands for a missing text in many tables
            continue
        if not isinstance(value, str):
            raise Unreadable(f"{name} is {_kind(value)}, not text")
        if not value.isascii():
            _refuse_undecodable(name, value)
        return value
    return ""


def _refuse_undecodable(name: str, value: str) -> None:
    """Text readers pass bytes that are not UTF-8 on as lone surrogates, which no output could hold."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        place = f"from character {error.start} of the {name}"
        raise Unreadable(f"bytes that are not UTF-8, {place}") from None


def _abstract(fields: Mapping[str, Any]) -> str:
    text = _text(fields, ABSTRACT_NAMES)
    if not text and "abstractinvertedindex" in fields:
        return _from_inverted_index(fields["abstractinvertedindex"])
    return text


def _from_inverted_index(index: object) -> str:
    """OpenAlex gives each word with its places; the abstract is the words in the order of the places."""
    if not isinstance(index, Mapping):
        raise Unreadable(f"abstract_inverted_index is {_kind(index)}, not an object")
    placed: list[tuple[int, str]] = []
    for word, places in index.items():
        if not isinstance(places, list) or not all(type(place) is int for place in places):
            raise Unreadable("abstract_inverted_index has a word without a list of whole numbers")
        placed.extend((place, word) for place in places)
    placed.sort()
    return " ".join(word for _, word in placed)


def _arxiv_id(fields: Mapping[str, Any]) -> str:
    external = fields.get("externalids")
    named = external.get("ArXiv") if isinstance(external, Mapping) else None
    candidates = [named, *(fields.get(name) for name in ("arxivid", "arxiv", "id", "doi", "urlabs", "url"))]
    for value in candidates:
        if isinstance(value, str) and len(value) < 100 and (found := _ARXIV.match(value.strip())):
            return found[1] + (found[2] or "")
    return ""


def _identifier(fields: Mapping[str, Any]) -> str:
    for name in ID_NAMES:
        value = fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value.strip():
            # Of an address, the last part: https://openalex.org/W123 is W123; a DOI keeps its slash.
            value = value.strip()
            if "doi.org/" in value:
                return value.split("doi.org/", 1)[1]
            return value.rstrip("/").rsplit("/", 1)[-1] if "://" in value else value
    return ""


def _date(fields: Mapping[str, Any]) -> str:
    versions = fields.get("versions")
    if isinstance(versions, list) and versions and isinstance(versions[0], Mapping):
        # The arXiv snapshot's update_date moves with each revision; a result counts from its first version.
        first = iso_date(versions[0].get("created"))
        if first:
            return first
    return next((date for name in DATE_NAMES if (date := iso_date(fields.get(name)))), "")


def _url(fields: Mapping[str, Any]) -> str:
    for name in URL_NAMES:
        value = fields.get(name)
        if isinstance(value, str):
            if value.startswith(("https://", "http://")):
                return value
            if name == "doi" and value.startswith("10."):
                return f"https://doi.org/{value}"
    return ""


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "a truth value", int: "a number", float: "a number", str: "text", list: "a list"}
    return names.get(type(value), "an object" if isinstance(value, Mapping) else f"a {type(value).__name__}")
