"""HTML of what papers say. Every text goes through `said`, so that it is text on the page, never markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

# Controls that a browser would obey: bidirectional overrides can make a text read as another one.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")
_WEB = ("http://", "https://")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text that is to stand out: `text[start:end]`, of a kind such as `value` or `benchmark`.

    `rows` are numbers of the result rows that it belongs to; `note` is shown on hovering.
    """

    start: int
    end: int
    kind: str
    note: str = ""
    rows: tuple[int, ...] = ()


def said(text: object) -> str:
    """A text as HTML that shows it as it is.

    >>> said("<b>$x$ & :material/delete:")
    '&lt;b&gt;$x$ &amp; :material/delete:'
    """
    return html.escape(_CONTROL.sub("", str(text)), quote=True)


def plain_markdown(text: object) -> str:
    r"""A text as Markdown that shows it as it is, for the labels of widgets, which are Markdown.

    >>> print(plain_markdown("**a** :red[b] $c$"))
    \*\*a\*\* \:red\[b\] \$c\$
    """
    plain = " ".join(_CONTROL.sub("", str(text)).split())
    return _MARKDOWN.sub(r"\\\1", plain)


def safe_url(url: str) -> str:
    """The address if it leads to the web, or nothing: `javascript:` and its kin never become links."""
    trimmed = url.strip()
    if not trimmed.lower().startswith(_WEB):
        return ""
    return quote(trimmed, safe=":/?#[]@!$&'()*+,;=%~-._")


def link(text: object, url: str, css: str = "") -> str:
    """A link that opens beside the page, or the text alone where the address is none."""
    address = safe_url(url)
    name = f' class="{css}"' if css else ""
    if not address:
        return f"<span{name}>{said(text)}</span>"
    return (
        f'<a{name} href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">{said(text)}</a>'
    )


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text with its marks; of marks that overlap the longest stays.

    >>> marked("96% on <X>", [Mark(0, 3, "value"), Mark(7, 10, "benchmark", "X")])
    '<mark class="m-value">96%</mark> on <mark class="m-benchmark" title="X">&lt;X&gt;</mark>'
    """
    parts: list[str] = []
    at = 0
    for one in apart(marks, len(text)):
        parts.append(said(text[at : one.start]))
        classes = " ".join([f"m-{one.kind}", *(f"r-{number}" for number in one.rows)])
        note = f' title="{said(one.note)}"' if one.note else ""
        parts.append(f'<mark class="{classes}"{note}>{said(text[one.start : one.end])}</mark>')
        at = one.end
    parts.append(said(text[at:]))
    return "".join(parts)


def apart(marks: Iterable[Mark], length: int) -> list[Mark]:
    """The marks in order, without those that overlap a longer one or lie outside the text.

    Marks of one span and kind are one, with the rows of all of them.
    """
    joined: dict[tuple[int, int, str], Mark] = {}
    for one in marks:
        if not 0 <= one.start < one.end <= length:
            continue
        key = (one.start, one.end, one.kind)
        known = joined.get(key)
        rows = tuple(sorted({*one.rows, *(known.rows if known else ())}))
        joined[key] = Mark(*key, note=one.note or (known.note if known else ""), rows=rows)
    kept: list[Mark] = []
    for one in sorted(joined.values(), key=lambda m: (m.start - m.end, m.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda m: m.start)


def evidence(sentence: str, value: float, value_high: float | None = None) -> list[Mark]:
    """The marks of a number in the sentence that reports it; none where the sentence prints it otherwise."""
    wanted = [number for number in (value, value_high) if number is not None and number == number]
    marks = []
    for found in re.finditer(r"\d[\d,]*(?:\.\d+)?|\.\d+", sentence):
        try:
            number = float(found[0].replace(",", ""))
        except ValueError:
            continue
        if number in wanted:
            wanted.remove(number)
            marks.append(Mark(found.start(), found.end(), "value"))
    return marks


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, css: str = "", numbers: Sequence[int] = ()
) -> str:
    """A plain table; cells are HTML already, heads are texts. Columns in `numbers` are aligned right."""

    def name(index: int) -> str:
        return ' class="num"' if index in numbers else ""

    heads = "".join(f'<th scope="col"{name(i)}>{said(text)}</th>' for i, text in enumerate(head))
    body = "".join(
        "<tr>"
        + "".join(f'<td{name(i)} data-label="{said(head[i])}">{cell}</td>' for i, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f'<table class="lb-table {css}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
