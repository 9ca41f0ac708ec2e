"""Working on rules: write a first entry, check, run the examples, see what fires, what is missing, what
changed.

Every function here takes data and returns data; `leaderboard rules` prints them.
"""

from leaderboard.authoring.check import check
from leaderboard.authoring.coverage import Coverage, coverage
from leaderboard.authoring.diff import Difference, compare_rows
from leaderboard.authoring.discover import Missing, discover
from leaderboard.authoring.examples import Outcome, run_examples
from leaderboard.authoring.new import NewEntry, draft_entry, save_entry
from leaderboard.authoring.schemas import json_schemas, write_schemas

__all__ = [
    "Coverage",
    "Difference",
    "Missing",
    "NewEntry",
    "Outcome",
    "check",
    "compare_rows",
    "coverage",
    "discover",
    "draft_entry",
    "json_schemas",
    "run_examples",
    "save_entry",
    "write_schemas",
]
