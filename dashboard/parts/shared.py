"""Loading with a cache, and what stands on every page.

Frames are cached as resources: they are large, nobody changes them, and copying them for each visit would
cost more than all else on the page. The keys of the cache are stamps of the files, so that a changed file is
read again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from leaderboard.rulebook import RuleSet
from leaderboard.views import source
from leaderboard.views.charts import Palette, palette
from leaderboard.views.html import plain_markdown, said
from leaderboard.views.leaderboard import Catalogue, catalogue_of
from leaderboard.views.source import Loaded, Named


@st.cache_resource(max_entries=3, show_spinner="Reading the rules …")
def _rules(named: tuple[str, ...], stamp: str) -> tuple[RuleSet, str]:
    return source.rules(Named(*named))


@st.cache_resource(max_entries=2, show_spinner="Reading the results; the demo corpus is extracted anew …")
def _loaded(named: tuple[str, ...], stamp: str, rules_stamp: str) -> Loaded:
    return source.load(Named(*named), _rules(named, rules_stamp)[0])


@st.cache_resource(max_entries=2, show_spinner=False)
def _catalogue(content: str, _loaded: Loaded, _rules: RuleSet) -> Catalogue:
    return catalogue_of(_loaded.rows, _rules)


@st.cache_resource(max_entries=80, show_spinner="Working it out …")
def _kept(content: str, name: str, args: tuple[Any, ...], _make: Callable[[], Any]) -> Any:
    return _make()


class Data:
    """What a page works with: rows and papers, rules, and a name for both that changes with them."""

    def __init__(self) -> None:
        self.named = Named.from_environment()
        names = (self.named.rows, self.named.papers, self.named.rules, self.named.gold)
        rules_stamp = source.rules_stamp(self.named)
        stamp = source.stamp(self.named)
        self.rules, self.rules_problem = _rules(names, rules_stamp)
        self.loaded = _loaded(names, stamp, rules_stamp)
        self.rows = self.loaded.rows
        self.content = f"{stamp}-{self.rules.digest}"

    @property
    def catalogue(self) -> Catalogue:
        """The benchmarks that can be chosen."""
        return _catalogue(self.content, self.loaded, self.rules)

    def kept(self, name: str, make: Callable[[], Any], *args: Any) -> Any:
        """What `make` gives, made once for these rows, rules and arguments."""
        return _kept(self.content, name, args, make)


def opened(title: str, lead: str, *, needs_rows: bool = True) -> Data:
    """The page's heading and its data. Where the rows cannot be shown the page says so, and ends."""
    st.html(f'<header class="lb-head"><h1>{said(title)}</h1><p>{said(lead)}</p></header>')
    data = Data()
    if data.rules_problem:
        st.warning(f"Your rules are not used: {plain_markdown(data.rules_problem)}", icon=":material/rule:")
    if data.loaded.papers_problem:
        st.warning(plain_markdown(data.loaded.papers_problem), icon=":material/article:")
    if data.loaded.problem and needs_rows:
        st.error("**There are no results to show.**", icon=":material/error:")
        st.html(f'<p class="lb-problem">{said(data.loaded.problem)}</p>')
        st.html(
            '<p class="lb-hint">Make rows with <code>leaderboard extract papers.jsonl -o '
            "rows.parquet</code>, then start "
            "<code>leaderboard dashboard rows.parquet</code>. Without a file the demo corpus is shown.</p>"
        )
        st.stop()
    return data


def empty(what: str, todo: str) -> None:
    """A state without content: what there is not, and what to do about it."""
    st.html(f'<div class="lb-empty"><strong>{said(what)}</strong><span>{said(todo)}</span></div>')


def colours() -> Palette:
    """The palette for the reader's theme."""
    return palette(st.context.theme.type == "dark")


def board_link(label: str, **where: str) -> None:
    """A link to a board; the label is text, never Markdown."""
    st.page_link(
        "screens/leaderboard.py",
        label=plain_markdown(label),
        query_params={k: v for k, v in where.items() if v},
    )
