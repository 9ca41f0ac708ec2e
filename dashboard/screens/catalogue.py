"""What the rules know: benchmarks, metrics, tasks, with their use; what they miss; which rules make rows."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from parts.shared import board_link, empty, opened
from streamlit.delta_generator import DeltaGenerator

from leaderboard.authoring.discover import discover
from leaderboard.views import catalogue as views
from leaderboard.views.catalogue import unnamed_rows
from leaderboard.views.html import said, table

BENCHMARKS, METRICS, TASKS, UNKNOWN, RULES = "Benchmarks", "Metrics", "Tasks", "Unknown names", "Rules"
PAGE_SIZE = 30

data = opened(
    "Catalogue",
    "The benchmarks, metrics and tasks that the rules know by all their names, and how often these "
    "results use them.",
    needs_rows=False,
)
rules, rows = data.rules, data.rows


with st.container(horizontal=True, vertical_alignment="bottom"):
    shown = st.segmented_control(
        "Show",
        [BENCHMARKS, METRICS, TASKS, UNKNOWN, RULES],
        key="show",
        default=BENCHMARKS,
        required=True,
        bind="query-params",
    )
with st.container(horizontal=True, vertical_alignment="bottom"):
    words = st.text_input("Search", key="q", bind="query-params", type="search", live="300ms", width=360)
    area = ""
    if shown in (BENCHMARKS, TASKS):
        known = sorted(
            {one.area for one in (rules.benchmarks if shown == BENCHMARKS else rules.tasks).values()} - {""}
        )
        area = st.selectbox("Area", ["All", *known], key="area", bind="query-params", width=220)
    used = shown in (BENCHMARKS, METRICS, TASKS) and st.toggle(
        "Used in these results", key="used", bind="query-params"
    )


def paged(frame: pd.DataFrame) -> tuple[pd.DataFrame, DeltaGenerator]:
    """The page of a frame that is asked for, and the place above the pages' numbers for it."""
    pages = -(-len(frame) // PAGE_SIZE)
    place = st.container()
    at = st.pagination(pages, key=f"at {shown} {words} {area} {used}") if pages > 1 else 1
    return frame.iloc[(at - 1) * PAGE_SIZE : at * PAGE_SIZE], place


def cut(text: str, most: int = 160) -> str:
    """A long list of names, shortened; all of them are in the title."""
    return (
        said(text)
        if len(text) <= most
        else f'<span title="{said(text)}">{said(text[:most].rsplit(",", 1)[0])} …</span>'
    )


if shown == UNKNOWN:
    missing = (
        data.kept("missing", lambda: discover(unnamed_rows(rows), rules, min_papers=1)[:200])
        if len(rows)
        else []
    )
    found = [one for one in missing if (words or "").casefold() in one.name.casefold()]
    st.html(
        f'<p class="lb-sub">{len(found)} names stand beside results where a benchmark should, and are in '
        f"no rule.</p>"
    )
    if not found:
        empty(
            "No unknown names.",
            "The rules know every benchmark that these results name." if not words else "Use fewer words.",
        )
    heads = ("Name", "Papers", "Results", "Metrics", "Looks like", "A sentence")
    lines = [
        (
            f"<b>{said(one.name)}</b>",
            str(one.papers),
            str(one.rows),
            said(", ".join(one.metrics[:3])),
            said(", ".join(one.near)),
            f'<span class="lb-evidence">{said(one.sentences[0] if one.sentences else "")}</span>',
        )
        for one in found[: PAGE_SIZE * 2]
    ]
    if lines:
        st.html(table(heads, lines, css="stack", numbers=(1, 2)))
        st.page_link(
            "screens/playground.py",
            label="Write an entry for one of them in the playground",
            icon=":material/edit_note:",
        )
elif shown == RULES:
    frame = views.filtered(data.kept("coverage", lambda: views.coverage(rules, rows)), words or "")
    silent = int((frame["results"] == 0).sum())
    st.html(
        f'<p class="lb-sub">{len(frame) - silent} rules made these results; {silent} made none of them.</p>'
    )
    part, place = paged(frame)
    lines = [
        (
            f"<code>{said(one.rule)}</code>",
            f"{one.results:,}",
            f"{one.papers:,}",
            "" if one.confidence != one.confidence else f"{one.confidence:.2f}",
            f'<span class="lb-evidence">{said(one.example)}</span>',
        )
        for one in part.itertuples()
    ]
    st.html(
        table(
            ("Rule", "Results", "Papers", "Confidence", "A sentence"), lines, css="stack", numbers=(1, 2, 3)
        )
    )
else:
    make = {BENCHMARKS: views.benchmarks, METRICS: views.metrics, TASKS: views.tasks}[shown]
    whole = data.kept(f"catalogue-{shown}", lambda: make(rules, rows))
    frame = views.filtered(whole, words or "", "" if area in ("", "All") else area, used=bool(used))
    st.html(
        f'<p class="lb-sub">{len(frame):,} of {len(whole):,} {shown.lower()}; '
        f"{int((whole['results'] > 0).sum()):,} of them in these results.</p>"
    )
    if frame.empty:
        empty(
            "Nothing in the catalogue fits.",
            "Use fewer words, another area, or add the entry in the playground.",
        )
        st.stop()
    part, place = paged(frame)
    if shown == BENCHMARKS:
        heads = ("Benchmark", "Area", "Tasks", "Metrics", "Also called", "Papers")
        lines = [
            (
                f"<b>{said(one.name)}</b>",
                said(one.area),
                cut(one.tasks, 90),
                cut(one.metrics, 90),
                cut(one.aliases),
                f"{one.papers:,}" if one.papers else "–",
            )
            for one in part.itertuples()
        ]
        numbers = (5,)
    elif shown == METRICS:
        heads = ("Metric", "Better", "Unit", "Plausible", "Also called", "Results")
        lines = [
            (
                f"<b>{said(one.name)}</b>",
                said(one.better or "not said"),
                said(one.unit),
                said(one.range),
                cut(one.aliases),
                f"{one.results:,}" if one.results else "–",
            )
            for one in part.itertuples()
        ]
        numbers = (5,)
    else:
        heads = ("Task", "Area", "Also called", "Benchmarks", "Results")
        lines = [
            (
                f"<b>{said(one.name)}</b>",
                said(one.area),
                cut(one.aliases),
                f"{one.benchmarks:,}",
                f"{one.results:,}" if one.results else "–",
            )
            for one in part.itertuples()
        ]
        numbers = (3, 4)
    place.html(table(heads, lines, css="stack catalogue", numbers=numbers))
    if shown == BENCHMARKS:
        with_board = part.loc[part["papers"] > 0, "name"].head(12)
        if len(with_board):
            with st.container(horizontal=True, key="boards"):
                st.html('<span class="lb-sub">Boards of this page:</span>', width="content")
                for name in with_board:
                    board_link(name, benchmark=name)
