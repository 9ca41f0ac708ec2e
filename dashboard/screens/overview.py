"""How much there is, what is new, and the way to every board."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from parts.shared import board_link, colours, empty, opened

from leaderboard.views import overview as views
from leaderboard.views.charts import by_year
from leaderboard.views.html import said
from leaderboard.views.leaderboard import gain_text

data = opened(
    "The state of the art, in the papers’ own words",
    "Leaderboards made from the numbers that titles and abstracts report. Every number leads to its "
    "sentence.",
)
entries = data.kept("entries", lambda: views.board_entries(data.rows, data.rules))
cells = "".join(
    f"<div><b>{many:,}</b><span>{name}</span></div>"
    for many, name in views.figures(data.rows, entries, len(data.loaded.papers))
)
st.html(f'<div class="lb-figures">{cells}</div>')
if data.loaded.is_demo:
    st.html(
        '<p class="lb-sub">This is the demo corpus: real papers, with their results told in short '
        "digests. Show your own with <code>leaderboard dashboard rows.parquet</code>.</p>"
    )
if entries.empty:
    empty(
        "No result of these rows stands on a leaderboard.",
        "A leaderboard needs scores on named benchmarks: extract more papers.",
    )
    st.stop()

left, right = st.columns(2, gap="large")
with left:
    st.html(
        '<h2 class="lb-h2">Newest records</h2><p class="lb-sub">Results that beat what was best before.</p>'
    )
    records = views.newest_records(entries)
    if records.empty:
        empty("No record was beaten yet.", "Records need several dated papers on one benchmark.")
    listed = st.container(gap=None)
    for number, one in enumerate(records.itertuples()):
        direction = 1 if one.higher_is_better else -1
        with listed, st.container(key=f"item-record-{number}"):
            board_link(
                one.benchmark, benchmark=one.benchmark, metric=one.metric, split=one.split, entry=one.paper_id
            )
            st.html(
                f'<div class="lb-line"><span><b>{gain_text(one.gain, direction)}</b> {said(one.metric)} '
                f"to {said(one.printed)}"
                f"{' by ' + said(one.model) if one.model else ''}</span><span>"
                f"{views.ago(one.day, dt.date.today())}</span></div>"
            )
with right:
    st.html(
        '<h2 class="lb-h2">Most active benchmarks</h2><p class="lb-sub">Those that the most papers report '
        "on.</p>"
    )
    listed = st.container(gap=None)
    for number, one in enumerate(views.most_active(entries).itertuples()):
        with listed, st.container(key=f"item-active-{number}"):
            board_link(one.benchmark, benchmark=one.benchmark)
            best = (
                f"best {said(one.metric)} {said(one.printed)}{' by ' + said(one.model) if one.model else ''}"
                if one.printed
                else ""
            )
            st.html(f'<div class="lb-line"><span>{best}</span><span>{one.papers} papers</span></div>')

st.html(
    '<h2 class="lb-h2">Results by year</h2><p class="lb-sub">Select an area in the legend to see it '
    "alone.</p>"
)
counts = views.by_year(data.rows, data.rules)
if counts.empty:
    empty("No row has a date.", "Give the papers dates (YYYY-MM or YYYY-MM-DD) before extracting.")
else:
    st.altair_chart(by_year(counts, colours()), alt="Results by year and area, as stacked bars.")
