"""The table of formats, and how a file's format is told.

To add a format: write a module beside this one with `frame` and `paper`, give it a line in `FORMATS`, and,
if its content shows what it is, a case in `format_of`.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import orjson

from leaderboard.errors import InputError
from leaderboard.readers import atom, bibtex, jsonarrays, jsonlines, pages, parquet, plaintext, tables
from leaderboard.readers.jsonarrays import PAPER_LISTS
from leaderboard.readers.records import Format

FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        Format("jsonl", ("jsonl", "ndjson"), "one JSON object a line", jsonlines.frame, jsonlines.paper),
        Format("json", ("json",), "a JSON array, bare or in an object", jsonarrays.frame, jsonarrays.paper),
        Format("csv", ("csv", "tsv"), "a table with an abstract column", tables.frame, tables.paper),
        Format("parquet", ("parquet", "pq"), "the same in Parquet", parquet.frame, parquet.paper),
        Format("bibtex", ("bib", "bibtex"), "BibTeX entries with abstracts", bibtex.frame, bibtex.paper),
        Format("atom", ("atom", "xml", "rss"), "an arXiv Atom feed", atom.frame, atom.paper),
        Format("page", (), "the text of a saved page: title and abstract lines", pages.frame, pages.paper),
        Format("text", ("txt", "text", "md", "tex"), "one abstract", plaintext.frame, plaintext.paper),
    )
}
_BY_SUFFIX = {suffix: known for known in FORMATS.values() for suffix in known.suffixes}
_COMPRESSION_SUFFIXES = frozenset(("gz", "zst", "zstd", "bz2"))
_BIBTEX = re.compile(r"^\s*@\s*[a-z]+\s*\{\s*[^\s,{}]*\s*,", re.I | re.M)
_LISTS = re.compile(rb'"(?:%s)"\s*:\s*\[\s*\{' % "|".join(PAPER_LISTS).encode())
_JSON = re.compile(rb'[{\[]\s*(?:["{\[}\]]|$)')
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xfe", b"\xfe\xff")


def named_format(name: str) -> Format:
    """The format a user asked for; raises `InputError` with the names there are."""
    if name not in FORMATS:
        raise InputError(f"{name}: no such format (choose one of {', '.join(FORMATS)})")
    return FORMATS[name]


def format_of(name: str, head: bytes) -> Format:
    """The format of a file, told by its first bytes, and by its suffix where these leave it open.

    Raises `InputError` for what is no text, and for a table without an abstract column.
    """
    suffix = _suffix(name)
    by_suffix = _BY_SUFFIX.get(suffix)
    if head.startswith(b"PAR1"):
        return FORMATS["parquet"]
    if head.startswith(_BINARY) or b"\x00" in head[:1024]:
        raise InputError(f"{name}: not text in UTF-8, nor Parquet (convert it, or force one with --format)")
    start = head.lstrip()
    if not start and by_suffix:
        return by_suffix
    if _JSON.match(start):
        return FORMATS[_which_json(start)]
    text = head.decode("utf-8", "replace")
    if start[:1] == b"<" and suffix not in ("txt", "md", "csv", "tsv"):
        if re.search(rb"<(?:\w+:)?(?:feed|entry|OAI-PMH|record)\b", start):
            return FORMATS["atom"]
        if re.match(rb"<(?:!doctype\s+)?html", start, re.I):
            raise InputError(f"{name}: an HTML page (save it as text, or use a feed or an export)")
    if _BIBTEX.search(text) and suffix not in ("csv", "tsv", "txt"):
        return FORMATS["bibtex"]
    if suffix in ("csv", "tsv"):
        if not tables.columns_of(text):
            columns = text.split("\n", 1)[0].strip()[:100]
            raise InputError(f"{name}: no abstract column in {columns!r} (name one title and one abstract)")
        return FORMATS["csv"]
    if by_suffix and by_suffix.name != "text":
        return by_suffix
    if len(tables.columns_of(text)) > 1 and not by_suffix:
        return FORMATS["csv"]
    return FORMATS["page"] if pages.looks_like_page(text) else FORMATS["text"]


def _which_json(start: bytes) -> str:
    """`jsonl` when the first line is one whole object that is not the wrapping around a list of papers."""
    if start[:1] == b"[":
        return "json"
    line, ended, _ = start.partition(b"\n")
    try:
        first = orjson.loads(line)
    except orjson.JSONDecodeError:
        # Broken, or longer than what is looked at. One long line with a list of papers in it is an answer.
        if _LISTS.search(line):
            return "json"
        # Over many lines an object goes on in the next one; in JSON Lines another begins there.
        return "json" if ended and line.rstrip().endswith((b"{", b"[", b",")) else "jsonl"
    if any(isinstance(first.get(key), list) for key in PAPER_LISTS) and "abstract" not in first:
        return "json"
    return "jsonl"


def _suffix(name: str) -> str:
    parts = PurePosixPath(name.replace("\\", "/")).name.lower().split(".")[1:]
    while parts and parts[-1] in _COMPRESSION_SUFFIXES:
        parts.pop()
    return parts[-1] if parts else ""


def has_known_suffix(name: str) -> bool:
    """Whether a file's suffix, below any of packing, belongs to a format."""
    return _suffix(name) in _BY_SUFFIX
