"""Cells of CSV files: values, and texts that a spreadsheet cannot take for formulas, and back.

Titles and sentences come from anywhere, and a cell that begins with `=`, `+`, `-`, `@` or a control character
may run as a formula when a CSV file is opened. Such a cell gets an apostrophe in front; so does one that
already looks guarded, so that taking one apostrophe away always gives the original.
"""

from __future__ import annotations

from leaderboard import expressions as re

# The wide forms are formulas to spreadsheets set up for Chinese, Japanese or Korean; leading blanks are
# dropped by some importers before they look.
_DANGER = r"[ \u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20\x00-\x1f\x7f]"
_TO_GUARD = re.compile("'*" + _DANGER)
_GUARDED = re.compile("'+" + _DANGER)


def guard_text(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet could take it for a formula.

    >>> guard_text("=1+1"), guard_text("BERT")
    ("'=1+1", 'BERT')
    """
    return "'" + text if _TO_GUARD.match(text) else text


def unguard_text(text: str) -> str:
    """The text that `guard_text` was given.

    >>> unguard_text("'=1+1"), unguard_text("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text


def csv_cell(value: object) -> str:
    """A value as a CSV cell: numbers as short as they read back equal, nothing for None, texts made harmless.

    >>> [csv_cell(value) for value in (96.53, 20.0, None, True, "-0.3 points")]
    ['96.53', '20', '', 'true', "'-0.3 points"]
    """
    if isinstance(value, str):
        return guard_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value).removesuffix(".0")
