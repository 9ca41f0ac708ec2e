"""Papers by their words; one paper with its mentions marked and its rows beside it."""

from __future__ import annotations

import streamlit as st
from parts.shared import board_link, empty, opened

from leaderboard.views import papers as views
from leaderboard.views.html import link, plain_markdown, said

PAGE_SIZE = 12

data = opened("Papers", "Search titles and texts; open a paper to see where each number stands.")
papers = data.kept("papers", lambda: views.index(data.rows, data.loaded.papers))


def searched() -> None:
    """A new search forgets the open paper."""
    st.query_params.pop("paper", None)


words = st.text_input(
    "Search",
    key="q",
    bind="query-params",
    type="search",
    live="400ms",
    on_change=searched,
    placeholder="Words of the title or text, a benchmark, or an identifier",
)
found = views.search(papers, words or "")
opened_key = st.query_params.get("paper", "")
chosen = papers.loc[papers["key"] == opened_key]

if opened_key and chosen.empty:
    empty("These rows have no such paper.", "Search for it by its title.")
if len(chosen):
    one = chosen.iloc[0]
    rows = views.rows_of(data.rows, opened_key)
    paper = data.loaded.papers.get(opened_key)
    with st.container(key="paper", border=True):
        text, beside = st.columns([1.7, 1], gap="large")
        with text:
            if paper:
                st.html(views.text_html(paper.title, paper.abstract, rows, data.rules))
            else:
                st.html(views.sentences_html(rows, data.rules))
                st.html(
                    '<p class="lb-sub">Only the sentences with results are known. Start with <code>'
                    "--papers FILE</code> to see whole abstracts.</p>"
                )
            st.html(views.legend())
            st.html(
                f'<p class="lb-meta">{said(one["date"])} · {link(one["url"] or one["key"], one["url"])}</p>'
            )
        with beside:
            st.html('<h3 class="lb-h3">Results</h3>')
            if rows.empty:
                empty("No results.", "The rules found no number that is a result.")
            else:
                st.html(views.hover_style(rows) + views.row_list(rows))
                ranked = set(data.catalogue.frame["name"])
                with st.container(horizontal=True, key="boards"):
                    for name in [name for name in rows["benchmark"].unique() if name in ranked]:
                        board_link(name, benchmark=name, entry=opened_key)
        st.page_link(
            "screens/papers.py",
            label="Close",
            icon=":material/close:",
            query_params={"q": words} if words else None,
        )

st.html(f'<p class="lb-sub">{len(found):,} of {len(papers):,} papers</p>')
if found.empty:
    empty(f"No paper has all of “{words}”.", "Use fewer words, or part of a word.")
    st.stop()
pages = -(-len(found) // PAGE_SIZE)
slot = st.container(gap=None)
at = 1
if pages > 1:
    at = st.pagination(pages, key=f"at {words}")
with slot:
    for number, one in enumerate(found.iloc[(at - 1) * PAGE_SIZE : at * PAGE_SIZE].itertuples()):
        with st.container(key=f"item-paper-{number}"):
            where = {"paper": one.key, **({"q": words} if words else {})}
            st.page_link("screens/papers.py", label=plain_markdown(one.title or one.key), query_params=where)
            many = f"{one.results} result{'' if one.results == 1 else 's'}"
            st.html(
                f'<div class="lb-line"><span>{said(one.benchmarks[:160])}</span><span>{said(one.date)} · '
                f"{many}</span></div>"
            )
