"""A folder of boards that keeps itself up to date: its settings, its papers, its rows, its boards."""
