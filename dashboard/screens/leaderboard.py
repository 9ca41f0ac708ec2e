"""One board: pick a benchmark, see its record over time, the ranked entries and their evidence."""

from __future__ import annotations

import streamlit as st
from parts.shared import colours, empty, opened

from leaderboard.export import exported
from leaderboard.views import leaderboard as views
from leaderboard.views.charts import over_time
from leaderboard.views.html import plain_markdown, said

PAGE_SIZE = 25
ALL = "All"
ANY = "Any"
NO_SETTING = "None named"
FORMATS = {
    "CSV": ("csv", "csv", "text/csv"),
    "Markdown": ("markdown", "md", "text/markdown"),
    "LaTeX": ("latex", "tex", "text/x-tex"),
}

data = opened(
    "Leaderboard", "The state of the art on a benchmark, and the sentence that each number comes from."
)
catalogue = data.catalogue
if catalogue.frame.empty:
    empty(
        "No paper of these rows reports a score of its own on a named benchmark.",
        "Extract more papers, or add the benchmark to your rules.",
    )
    st.stop()


def benchmark_changed() -> None:
    """What was chosen within the last benchmark means nothing on another one."""
    for name in ("metric", "split", "setting", "since", "until"):
        st.session_state.pop(name, None)
    st.query_params.pop("entry", None)


def area_changed() -> None:
    """Another area or task: its first benchmark."""
    area, task = st.session_state.get("area", ALL), st.session_state.get("task", ALL)
    found = catalogue.named("" if area == ALL else area, "" if task == ALL else task)
    if found.empty:
        st.session_state["task"] = ALL
        found = catalogue.named("" if area == ALL else area)
    if len(found) and st.session_state.get("benchmark") not in set(found["name"]):
        st.session_state["benchmark"] = found["name"].iloc[0]
        benchmark_changed()


# --- what to show -----------------------------------------------------------------------------------------

with st.container(key="pick"):
    one, two, three = st.columns([1, 1.3, 1.7])
    areas = sorted(set(catalogue.frame["area"]) - {""})
    area = one.selectbox("Area", [ALL, *areas], key="area", bind="query-params", on_change=area_changed)
    in_area = catalogue.named("" if area == ALL else area)
    tasks = sorted({task for tasks in in_area["tasks"] for task in tasks})
    task = two.selectbox("Task", [ALL, *tasks], key="task", bind="query-params", on_change=area_changed)
    offered = catalogue.named("" if area == ALL else area, "" if task == ALL else task)
    names = list(offered["name"])
    within = set(names)
    forms = [form for form, name in catalogue.forms.items() if name in within]
    # Chosen here and not by default, so that the address names the benchmark even where it is the first.
    if not st.session_state.get("benchmark") and "benchmark" not in st.query_params:
        st.session_state["benchmark"] = st.query_params["benchmark"] = names[0]
    typed = three.selectbox(
        "Benchmark",
        [*names, *forms],
        index=None,
        key="benchmark",
        bind="query-params",
        accept_new_options=True,
        on_change=benchmark_changed,
        help="Type a name or another name of it: ILSVRC finds ImageNet.",
    )

key, hint = views.resolve(data.rows, catalogue, typed or names[0], data.rules)
if not key:
    empty(f"No benchmark here is called “{typed}”.", hint.capitalize())
    st.stop()
row = catalogue.frame.loc[catalogue.frame["key"] == key].squeeze()
if row.empty:
    empty("No paper of these rows reports a score of its own on this benchmark.", "Choose another one.")
    st.stop()
rows = data.kept("narrowed", lambda: views.narrowed(data.rows, key), key)
found = data.kept("choices", lambda: views.choices(rows, key, data.rules), key)

several = any(len(parts) > 1 for parts in found.splits.values())
with st.container(key="narrow"):
    one, *between, three = st.columns([1.6, 1.2, 1.2] if several else [2.8, 1.2], vertical_alignment="bottom")
    metric = one.selectbox("Metric", list(found.keys), key="metric", bind="query-params")
    metric = metric if metric in found.keys else next(iter(found.keys))
    parts = found.splits[metric]
    split = between[0].selectbox("Split", list(parts), key="split", bind="query-params") if between else ""
    split = split if split in parts else next(iter(parts))
    with three.popover("Filters", icon=":material/tune:", width="stretch"):
        settings = data.kept("settings", lambda: views.settings_of(rows, key), key)
        setting = st.selectbox("Setting", [ANY, NO_SETTING, *settings], key="setting", bind="query-params")
        left, right = st.columns(2)
        year = r"^\d{4}(-\d{2}(-\d{2})?)?$"
        since = left.text_input(
            "From", key="since", bind="query-params", placeholder="2019 or 2019-06", validate=year
        )
        until = right.text_input("To", key="until", bind="query-params", placeholder="2024-12", validate=year)
        sure = st.slider("At least this confident", 0.0, 1.0, 0.0, 0.05, key="sure", bind="query-params")
        quoted = st.toggle("Also numbers that papers quote of others", key="quoted", bind="query-params")
        implausible = st.toggle("Rank implausible numbers too", key="implausible", bind="query-params")

arguments = {
    "setting": None if setting == ANY else "" if setting == NO_SETTING else setting,
    "since": since or "",
    "until": until or "",
    "min_confidence": sure,
    "implausible": implausible,
}
try:
    board = data.kept(
        "board",
        lambda: views.view(rows, key, found.keys[metric], parts[split][0], rules=data.rules, **arguments),
        key,
        found.keys[metric],
        parts[split][0],
        tuple(arguments.items()),
    )
except ValueError as error:
    empty("These filters cannot be used.", str(error))
    st.stop()

direction = {
    1: "higher is better",
    -1: "lower is better",
    0: "nobody says which way is better, so nothing is ranked",
}
many = len(board.entries)
st.html(
    f'<div class="lb-title"><h2>{said(row["name"])}</h2><p>{said(metric)}'
    f"{said(' · ' + split) if len(parts) > 1 else ''} · {many} paper{'' if many == 1 else 's'} · "
    f"{direction[board.direction]}</p></div>"
)
if board.entries.empty:
    empty("No result is left with these filters.", "Take a filter away, or choose another split.")
    st.stop()

# --- the record over time ---------------------------------------------------------------------------------

wanted = st.query_params.get("entry", "")
chosen = board.entries.loc[board.entries["entry"] == wanted]


def dot_clicked() -> None:
    """A click on a dot selects its row; a click on the empty ground selects none."""
    picked = st.session_state["dots"].selection.get("entry", [])
    if picked and picked[0].get("entry"):
        st.query_params["entry"] = picked[0]["entry"]
    else:
        st.query_params.pop("entry", None)


where = (key, found.keys[metric], parts[split][0])
others = data.kept("quoted", lambda: views.quoted_rows(rows, *where, data.rules), *where) if quoted else None
dots = views.points(board, others)
if len(dots) > 1:
    holder = board.records["printed"].iloc[-1] if len(board.records) else ""
    st.altair_chart(
        over_time(
            dots, views.record_line(board), metric, colours(), direction=board.direction, selected=wanted
        ),
        on_select=dot_clicked,
        selection_mode="entry",
        key="dots",
        alt=f"Results on {row['name']} over time, {len(dots)} dots; the record stands at "
        f"{holder or 'no value'}.",
    )
    key_to = '<span class="k-record">record</span><span class="k-entry">other result</span>' + (
        '<span class="k-quoted">quoted of others</span>' if quoted else ""
    )
    st.html(f'<p class="lb-key">{key_to}<em>Select a dot to see its evidence.</em></p>')
else:
    empty("Too few dated results for a chart.", "The table below has what there is.")

if len(chosen):
    st.html(views.entry_card(chosen.iloc[0]))
    st.page_link(
        "screens/papers.py",
        label="See the paper with its mentions marked",
        icon=":material/article:",
        query_params={"paper": chosen.iloc[0]["paper_id"] or chosen.iloc[0]["title"]},
    )
elif wanted:
    empty(
        "The result that this link names is not on the board as it is filtered now.",
        "Take a filter away to see it.",
    )

# --- the table --------------------------------------------------------------------------------------------

pages = -(-many // PAGE_SIZE)
slot = st.container()
at = 1
if pages > 1:
    # A key for each board and selection: a click in the chart opens the page that has its row.
    here = int(chosen.index[0]) // PAGE_SIZE + 1 if len(chosen) else 1
    at = st.pagination(pages, default=here, key=f"at {where} {wanted} {arguments}")
slot.html(views.entry_table(board, (at - 1) * PAGE_SIZE, PAGE_SIZE, wanted))

if others is not None:
    st.html('<h3 class="lb-h3">Quoted of others</h3>')
    if others.empty:
        empty(
            "No paper quotes a number of another one here.",
            "Numbers appear here when an abstract names the system it compares with.",
        )
    else:
        st.html(views.quoted_table(others.head(PAGE_SIZE)))
        if len(others) > PAGE_SIZE:
            st.html(f'<p class="lb-sub">The newest {PAGE_SIZE} of {len(others)}.</p>')

with st.container(horizontal=True, key="downloads"):
    name = "-".join(part for part in plain_markdown(row["name"]).replace("\\", "").lower().split())
    for label, (kind, suffix, mime) in FORMATS.items():
        st.download_button(
            label,
            lambda kind=kind: exported(board.table, kind),
            f"{name}.{suffix}",
            mime,
            on_click="ignore",
            icon=":material/download:",
            key=f"download-{kind}",
        )
