"""How right the rows are, against papers that careful readers annotated."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st
from parts.shared import empty, opened

from leaderboard.errors import LeaderboardError
from leaderboard.views import quality as views
from leaderboard.views.html import plain_markdown, said, table

SHOWN = 12

data = opened(
    "Quality",
    "Precision and recall against a gold file, by level and field, and every error with its cause.",
    needs_rows=False,
)
named = Path(data.named.gold) if data.named.gold else views.demo_gold() if data.loaded.is_demo else None
with st.expander("Use another gold file"):
    given = st.file_uploader(
        "Annotated papers, JSON Lines: id, title, abstract, results", type=["jsonl", "json"]
    )
if given is None and named is None:
    empty(
        "There is no gold file.",
        "Start with --gold FILE, or give one above: one JSON object to a line, with id, title, abstract "
        "and results.",
    )
    st.stop()
try:
    if given is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "given.jsonl")
            path.write_bytes(given.getvalue())
            with st.spinner("Reading the papers …"):
                scored = data.kept(
                    "quality", lambda: views.scored(path, data.rows, data.rules), given.file_id
                )
    else:
        stamp = named.stat().st_mtime_ns if named.exists() else 0
        scored = data.kept("quality", lambda: views.scored(named, data.rows, data.rules), str(named), stamp)
except LeaderboardError as error:
    st.error(plain_markdown(error), icon=":material/error:")
    st.stop()
if not scored.papers:
    empty(
        "None of the gold papers has a text or rows.",
        "Give the gold file titles and abstracts, or show the rows of its papers.",
    )
    st.stop()

what = (
    "what the demo digests were written to say"
    if given is None and data.loaded.is_demo and not data.named.gold
    else (given.name if given else scored.name)
)
left_out = f" {scored.without} more had neither a text nor rows." if scored.without else ""
st.html(f'<p class="lb-sub">{scored.papers:,} papers, held against {said(what)}.{left_out}</p>')
figures = "".join(
    f"<div><b>{f1:.1%}</b><span>{said(name)} (F1)</span><small>precision {precision:.1%}, recall "
    f"{recall:.1%}<br>{said(means)}</small></div>"
    for name, means, precision, recall, f1 in views.levels(scored)
)
st.html(f'<div class="lb-figures three">{figures}</div>')

left, right = st.columns(2, gap="large")
with left:
    st.html(
        '<h2 class="lb-h2">By field</h2><p class="lb-sub">Of the numbers found, how many have the field '
        "right.</p>"
    )
    lines = [
        (said(one.field), f"{one.share:.1%}", f"{one.right:,} of {one.of:,}")
        for one in views.fields(scored).itertuples()
    ]
    st.html(table(("Field", "Right", "Rows"), lines, numbers=(1, 2)))
with right:
    st.html(
        '<h2 class="lb-h2">By confidence</h2><p class="lb-sub">Of the rows that are so sure, how many are '
        "right.</p>"
    )
    lines = [
        (said(one.confidence), f"{one.right:.1%}", f"{one.rows:,}")
        for one in views.confidence(scored).itertuples()
    ]
    st.html(table(("Confidence", "Right", "Rows"), lines, numbers=(1, 2)))

causes = views.causes(scored)
many = sum(len(group) for group in causes.values())
st.html(f'<h2 class="lb-h2">Errors</h2><p class="lb-sub">{many:,} errors, the most frequent cause first.</p>')
if not causes:
    empty("No errors.", "Every gold row was found, and nothing else.")
    st.stop()
cause = st.selectbox(
    "Cause", list(causes), format_func=lambda name: f"{name} ({len(causes[name])})", key="cause"
)
st.html(f'<ul class="lb-rows">{"".join(views.error_html(case) for case in causes[cause][:SHOWN])}</ul>')
if len(causes[cause]) > SHOWN:
    st.html(f'<p class="lb-sub">{SHOWN} of {len(causes[cause])}.</p>')
