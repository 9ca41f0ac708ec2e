"""Numbers as papers print them."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")


def printed_values(rows: pd.DataFrame) -> pd.Series[Any]:
    """Each row's number and unit as printed: `96.50%`, `12 ms`, `85–92%`."""
    records = zip(rows["value"], rows["value_high"], rows["unit"], rows["sentence"], strict=True)
    return pd.Series([printed(*record) for record in records], index=rows.index, dtype="str")


def printed(value: float, value_high: float, unit: str, sentence: str) -> str:
    """One number with its unit; zeros at its end are kept if the sentence prints them.

    >>> printed(96.5, float("nan"), "%", "It reaches 96.50% on TuSimple.")
    '96.50%'
    """
    text = _as_in(sentence, value)
    if value_high == value_high and value_high is not None:
        text += "–" + _as_in(sentence, value_high)
    if unit in ("", "points"):
        return text
    return text + unit if unit in ("%", "x", "°") else f"{text} {unit}"


def plain_number(value: float) -> str:
    """The shortest form of a number that reads back as the same one, without a point where it is whole.

    >>> plain_number(35.0), plain_number(0.9653)
    ('35', '0.9653')
    """
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _as_in(sentence: str, value: float) -> str:
    plain = plain_number(float(value))
    at = sentence.find(plain)
    if at < 0:
        return plain
    longer = [text for text in _NUMBER.findall(sentence) if _is(text, value)]
    return max((text.replace(",", "") for text in longer), key=len, default=plain)


def _is(text: str, value: float) -> bool:
    try:
        return float(text.replace(",", "")) == value
    except ValueError:
        return False
