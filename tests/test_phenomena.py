"""Every phenomenon of a result sentence, in texts of our own, with the rows that a reader takes.

`fixtures/phenomena/` sorts the texts by what they show. `negatives` have numbers and no results.
`known-failures` are right and not yet met: each is expected to fail, and a run fails when one no longer does,
so that it moves to the file of its phenomenon.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter

import pytest
from phenomena import FIELDS, FILES, KNOWN_FAILURES, cases, complete, difference, rows_of

MET = [(name, case) for name in FILES if name != KNOWN_FAILURES for case in cases(name)]
SAMPLED = 3
"""About one case in so many has its full rows held; which ones, their ids decide."""


def named(case):
    return case["id"] if isinstance(case, dict) else case


@pytest.mark.parametrize(("file", "case"), MET, ids=named)
def test_rows_of_a_text(file, case):
    rows = rows_of(case)
    assert complete(case["rows"], rows), f"{case['text']}\n{difference(case['rows'], rows)}"


@pytest.mark.parametrize("case", cases(KNOWN_FAILURES), ids=named)
@pytest.mark.xfail(strict=True, reason="known failure; if it passes, move it to the file of its phenomenon")
def test_known_failure(case):
    assert complete(case["rows"], rows_of(case))


@pytest.mark.parametrize("file", [name for name in FILES if name not in (KNOWN_FAILURES, "negatives")])
def test_full_rows_of_a_sample(file, data_regression):
    """What no list of expected fields holds: offsets, printed forms, ids, rules. Confidence is calibrated
    elsewhere and left out."""
    sample = [case for case in cases(file) if zlib.crc32(case["id"].encode()) % SAMPLED == 0]
    left_out = {"paper_id", "title", "sentence", "confidence"}
    held = {
        case["id"]: [row.model_dump(exclude_defaults=True, exclude=left_out) for row in rows_of(case)]
        for case in sample
    }
    data_regression.check(held)


def test_cases_are_well_formed():
    everything = [(name, case) for name in FILES for case in cases(name)]
    assert [i for i, n in Counter(case["id"] for _, case in everything).items() if n > 1] == []
    for name, case in everything:
        where = f"{name}.yaml: {case['id']}"
        allowed = {"id", "title", "text", "rows"} | ({"phenomenon"} if name == KNOWN_FAILURES else set())
        assert set(case) <= allowed and {"id", "text", "rows"} <= set(case), where
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", case["id"]), where
        for row in case["rows"]:
            assert {"value", "kind", "holder"} <= set(row) <= set(FIELDS), where
            assert row["kind"] in ("score", "gain", "ratio", "rank"), where
            assert row["holder"] in ("own", "other"), where
        assert not (name == "negatives" and case["rows"]), where
        assert case.get("phenomenon", name) in FILES, where


def test_there_are_cases_for_every_phenomenon():
    assert set(FILES) >= {
        "across-sentences", "benchmark-papers", "damaged-text", "differences", "factors", "holders", "levels",
        "lists", "names", "negatives", "pairs", "ranges", "ranks", "respectively", "settings", "units",
    }  # fmt: skip
    assert sum(len(cases(name)) for name in FILES) >= 250
