"""What the pages of the dashboard show: pure functions from frames to plain data, HTML and charts.

Nothing here knows Streamlit, so that everything a page says can be tested, and used, without one.
"""
