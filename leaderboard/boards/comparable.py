"""Scores on one scale: 0.9653 and 96.53%, 1.2 s and 1200 ms are the same score."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MILLISECONDS = {
    "ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ms": 1.0, "s": 1e3, "sec": 1e3, "secs": 1e3,
    "second": 1e3, "seconds": 1e3, "min": 6e4, "mins": 6e4, "minute": 6e4, "minutes": 6e4,
    "h": 3.6e6, "hour": 3.6e6, "hours": 3.6e6,
}  # fmt: skip

PERCENT_UNITS = ("%", "percent", "points")
_PLAIN_UNITS = ("", *PERCENT_UNITS)

#: Decimal places kept after a change of scale, so that 0.9653 × 100 is 96.53 and not 96.52999999999999.
_DECIMALS = 10


def on_scale(values: Floats, units: pd.Series[Any], scales: npt.NDArray[np.object_]) -> Floats:
    """The values on their metric's scale; `scales` holds `percent`, `fraction` or nothing for each.

    On a percent scale a number up to 1 printed without a percent sign is a fraction: an error of 0.02 is 2%.
    For a metric where lower is better that reading is the less flattering one, and for one where higher is
    better the other reading, less than 1%, is no result that anybody announces.
    """
    unit_codes, unit_names = pd.factorize(units)
    is_percent = np.array([name in PERCENT_UNITS for name in unit_names], dtype=bool)[unit_codes]
    factors = np.array([MILLISECONDS.get(str(name).lower(), 1.0) for name in unit_names])[unit_codes]
    percent, fraction = scales == "percent", scales == "fraction"
    scores = values * factors
    up = percent & ~is_percent & (values > 0) & (values <= 1) & (factors == 1)
    down = fraction & (is_percent | ((values > 1) & (values <= 100))) & (factors == 1)
    scores = np.where(up, values * 100, np.where(down, values / 100, scores))
    return np.asarray(np.round(scores, _DECIMALS), dtype=np.float64)


def unit_disagrees(units: pd.Series[Any], scales: npt.NDArray[np.object_]) -> Bools:
    """Where the unit is not one in which a percentage or a fraction is printed: an accuracy of 12 ms."""
    codes, names = pd.factorize(units)
    plain = np.array([str(name).lower() in _PLAIN_UNITS for name in names], dtype=bool)[codes]
    return np.asarray((scales != "") & ~plain, dtype=bool)


def outside(scores: Floats, low: Floats, high: Floats) -> Bools:
    """Where a score is not between `low` and `high`; NaN is no bound."""
    return np.asarray((scores < low) | (scores > high), dtype=bool)


def agree(first: Floats, second: Floats, decimals: npt.NDArray[np.int64]) -> Bools:
    """Where two scores are equal once both are rounded to the decimals of the coarser one.

    >>> agree(np.array([96.53]), np.array([96.5]), np.array([1])).tolist()
    [True]
    """
    return np.asarray(np.abs(first - second) <= 0.5 * 10.0 ** (-decimals) + 1e-9, dtype=bool)


def decimals_of(values: Floats, scores: Floats) -> npt.NDArray[np.int64]:
    """How many decimals of each score are known: those of its value as printed, moved with the scale.

    >>> decimals_of(np.array([0.9653, 96.5]), np.array([96.53, 96.5])).tolist()
    [2, 1]
    """
    out = np.zeros(len(values), dtype=np.int64)
    for index, (value, score) in enumerate(zip(values.tolist(), scores.tolist(), strict=True)):
        mantissa, _, exponent = repr(float(value)).partition("e")
        printed = len(mantissa.partition(".")[2].rstrip("0")) - int(exponent or 0)
        moved = round(float(np.log10(score / value))) if value > 0 and score > 0 else 0
        out[index] = max(printed - moved, 0)
    return out
