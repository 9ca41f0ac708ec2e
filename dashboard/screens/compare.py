"""Systems against benchmarks, and two benchmarks against each other."""

from __future__ import annotations

import streamlit as st
from parts.shared import colours, empty, opened

from leaderboard.views import compare as views
from leaderboard.views.charts import parallel, scatter
from leaderboard.views.overview import board_entries

HEAT, LINES, PAIRS = "Heat map", "Parallel", "Two boards"

data = opened(
    "Compare", "The same systems on several benchmarks, each board from its last place to its first."
)
entries = data.kept("entries", lambda: board_entries(data.rows, data.rules))
names = views.board_names(entries)
if not names:
    empty("There is no leaderboard to compare.", "Comparing needs ranked results on named benchmarks.")
    st.stop()

how = st.segmented_control(
    "View", [HEAT, LINES, PAIRS], key="view", default=HEAT, required=True, bind="query-params"
)
if how == PAIRS:
    left, right = st.columns(2)
    listed = list(names)
    pair = data.kept("pair", lambda: views.closest_pair(entries, names))
    x = left.selectbox("Across", listed, index=listed.index(pair[0]), key="x", bind="query-params")
    y = right.selectbox("Up", listed, index=listed.index(pair[1]), key="y", bind="query-params")
    found = views.pairs(views.chosen(entries, {x: names[x], y: names[y]}), x, y) if x != y else None
    if found is None:
        empty("This is one board twice.", "Choose another one on one side.")
    elif found.empty:
        empty(
            "No paper reports a result on both boards.",
            "Choose benchmarks that papers use together, such as CIFAR-10 and CIFAR-100.",
        )
    else:
        st.altair_chart(
            scatter(found, x, y, colours()), alt=f"{len(found)} papers with results on both {x} and {y}."
        )
    st.stop()

default = data.kept("compared", lambda: views.together(entries, names))
boards = st.multiselect(
    "Boards",
    list(names),
    default=default,
    key="boards",
    bind="query-params",
    max_selections=views.MOST_BOARDS,
    help="Search by benchmark or metric.",
)
if not boards:
    empty("No board is chosen.", "Choose two or more.")
    st.stop()
some = views.chosen(entries, {name: names[name] for name in boards})
offered = views.systems(some)
wanted = st.multiselect(
    "Systems",
    offered,
    key="systems",
    max_selections=views.MOST_SYSTEMS,
    placeholder="All that are on the most of these boards",
)
on = some.groupby("system")["board"].nunique()
several = [name for name in offered if on[name] > 1] or offered
kept = wanted or (several[:16] if how == HEAT else several[:8])
cells = views.cells(some, kept)
if how == HEAT:
    st.html(views.heat_table(cells, kept, boards))
    st.html(
        '<p class="lb-key">The stronger the colour, the nearer to the first place on that board. An empty '
        "field: no result of a paper’s own.</p>"
    )
else:
    st.altair_chart(
        parallel(cells, colours(), boards), alt=f"{len(kept)} systems as lines across {len(boards)} boards."
    )
    st.html('<p class="lb-key">Select a name in the legend to see its line alone.</p>')
