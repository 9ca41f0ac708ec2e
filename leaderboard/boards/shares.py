"""Numbers that are a share of another result, and no result: "retains 99% of the teacher's accuracy"."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

# Cheap and vectorised, to find the few sentences worth a closer look.
_PERHAPS = r"(?:%|percent)[$}]*\s+of\s"
_OF_A_RESULT = re.compile(
    r"""\s*(?:\\?%|percent)[$}]*\s+of\s+(?:(?!(?:at|with|in|on|for|by|and|while|using)\s)[\w'’/$\\{}.+-]+\s+){0,7}?
        (?:accurac\w+|performances?|scores?|quality|capabilit\w+|abilit\w+|gains?|success\s+rates?)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def shares_of_results(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows print their percentage as a share "of" somebody's accuracy, performance or score."""
    perhaps = (rows["unit"] == "%") & rows["sentence"].str.contains(_PERHAPS, case=False, regex=True)
    out = perhaps.to_numpy(dtype=bool, copy=True)
    where = np.flatnonzero(out)
    some = rows.iloc[where]
    values = zip(some["sentence"], some["value"], some["value_high"], strict=True)
    out[where] = [is_share(*one) for one in values]
    return out


def is_share(sentence: str, value: float, value_high: float = float("nan")) -> bool:
    """Whether a sentence prints the number as a share of another result.

    >>> is_share("It retains 99% of the teacher's accuracy on CIFAR-100.", 99)
    True
    >>> is_share("It has an accuracy of 99% on CIFAR-100.", 99)
    False
    """
    last = value if value_high != value_high else value_high
    number = re.compile(rf"(?<![\d.]){re.escape(f'{last:g}')}(?:\.?0+)?(?![\d.])")
    return any(_OF_A_RESULT.match(sentence, found.end()) for found in number.finditer(sentence))
