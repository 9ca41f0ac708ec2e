"""Leaderboard: benchmark results read from the titles and abstracts of papers."""

__version__ = "0.1.0"
