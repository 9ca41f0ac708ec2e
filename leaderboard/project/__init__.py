"""A folder of boards that keeps itself up to date: its settings, its papers, its rows, its boards."""

from leaderboard.project.changes import Changes
from leaderboard.project.config import CONFIG, Config, read_config
from leaderboard.project.report import markdown
from leaderboard.project.starter import make_folder
from leaderboard.project.update import update

__all__ = ["CONFIG", "Changes", "Config", "make_folder", "markdown", "read_config", "update"]
