"""What a sentence leaves open, filled as a reader would: `resolve` turns a reading into drafts of rows."""

from leaderboard.resolve.drafts import Draft, Memory, Named, named
from leaderboard.resolve.evaluated import evaluated_on, only_data
from leaderboard.resolve.sentence import resolve
from leaderboard.resolve.systems import system_of

__all__ = ["Draft", "Memory", "Named", "evaluated_on", "named", "only_data", "resolve", "system_of"]
