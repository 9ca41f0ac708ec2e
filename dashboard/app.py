"""The dashboard's entry: pages, style, and the rows that all of them show.

Start it with `leaderboard dashboard`, or `streamlit run dashboard/app.py` in a checkout.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

HERE = Path(__file__).resolve().parent

st.set_page_config("Leaderboard", page_icon=str(HERE / "icon.png"), layout="wide")
page = st.navigation(
    [
        st.Page("screens/overview.py", title="Overview", url_path="overview", default=True),
        st.Page("screens/leaderboard.py", title="Leaderboard", url_path="leaderboard"),
        st.Page("screens/papers.py", title="Papers", url_path="papers"),
        st.Page("screens/compare.py", title="Compare", url_path="compare"),
        st.Page("screens/playground.py", title="Playground", url_path="playground"),
        st.Page("screens/catalogue.py", title="Catalogue", url_path="catalogue"),
        st.Page("screens/quality.py", title="Quality", url_path="quality"),
    ],
    position="top",
)
st.logo(str(HERE / "icon.png"), size="medium")
st.html(HERE / "style.css")
page.run()
