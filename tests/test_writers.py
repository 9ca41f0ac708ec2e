"""Rows as CSV, JSON Lines and Parquet: whole, equal when read back, or not there at all."""

from __future__ import annotations

import csv
import io
import json
import os
import stat

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.errors import OutputError
from leaderboard.models import Result
from leaderboard.spreadsheet import csv_cell, guard_text, unguard_text
from leaderboard.writers import COLUMNS, results_to, row_of, whole_file, write_results


def a_result(**changes) -> Result:
    fields = {
        "paper_id": "1802.05591", "title": "LaneNet", "value": 96.4, "unit": "%", "kind": "score",
        "holder": "own", "field": "abstract", "start": 16, "end": 20, "sentence": "LaneNet reaches 96.4%.",
        "rule": "r", "confidence": 0.9,
    }  # fmt: skip
    return Result(**{**fields, **changes})


RESULTS = [
    a_result(),
    a_result(value=20.0, value_high=30.5, higher_is_better=True, title='Quotes " and, commas\nand lines'),
    a_result(value=0.1 + 0.2, higher_is_better=False, title="=HYPERLINK()", sentence="-0.3 “é” 漢字 😀"),
    a_result(value=1e300, confidence=0.0, start=0, end=1, title="'=", sentence=" +1"),
]


def read_back(path) -> list[Result]:
    """The rows of a file by the plainest means there are."""
    if path.suffix == ".csv":
        kinds = {"value": float, "value_high": float, "confidence": float, "start": int, "end": int,
                 "higher_is_better": lambda cell: cell == "true"}  # fmt: skip
        records = list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
        read = {name: kinds.get(name, unguard_text) for name in COLUMNS}
        return [
            Result(**{name: read[name](cell) for name, cell in record.items() if cell or name not in kinds})
            for record in records
        ]
    records = (
        pq.read_table(path).to_pylist()
        if path.suffix == ".parquet"
        else [json.loads(line) for line in path.read_text().split("\n") if line]
    )
    return [Result(**record) for record in records]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "ndjson", "parquet", "CSV"])
def test_rows_read_back_equal_with_the_columns_in_order(suffix, tmp_path):
    path = tmp_path / f"rows.{suffix}"
    assert write_results(iter(RESULTS), path) == len(RESULTS)
    lower = path.rename(path.with_suffix(f".{suffix.lower()}"))
    assert read_back(lower) == RESULTS
    if suffix == "csv":
        assert lower.read_text().split("\n")[0] == ",".join(COLUMNS)
    elif suffix == "parquet":
        assert tuple(pq.read_schema(lower).names) == COLUMNS


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_no_rows_still_make_a_readable_file(suffix, tmp_path):
    path = tmp_path / f"rows.{suffix}"
    assert write_results([], path) == 0
    assert read_back(path) == []


CELLS = [(96.53, "96.53"), (20.0, "20"), (0.1, "0.1"), (None, ""), (True, "true"), (False, "false"), (7, "7"),
         ("text", "text"), ("=1", "'=1"), ("'=1", "''=1"), ("'tis", "'tis")]  # fmt: skip


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_cells(value, cell):
    assert csv_cell(value) == cell


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back_equal(value):
    assert float(csv_cell(value)) == value


@given(st.text(alphabet="'=+-@ \tab漢"))
def test_a_guarded_text_is_harmless_and_comes_back(text):
    guarded = guard_text(text)
    assert unguard_text(guarded) == text
    assert not guarded.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_the_bytes_do_not_depend_on_how_rows_arrive(suffix, tmp_path, monkeypatch):
    monkeypatch.setattr("leaderboard.writers._ROWS_A_GROUP", 7)
    rows = [row_of(a_result(value=float(n), paper_id=str(n))) for n in range(40)]
    one, many = tmp_path / f"one.{suffix}", tmp_path / f"many.{suffix}"
    with results_to(one) as write:
        write(rows)
    with results_to(many) as write:
        for n in range(0, 40, 3):
            write(rows[n : n + 3])
    assert one.read_bytes() == many.read_bytes()
    assert [row.paper_id for row in read_back(one)] == [str(n) for n in range(40)]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_failure_leaves_what_was_there_and_nothing_else(suffix, tmp_path):
    path = tmp_path / f"rows.{suffix}"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt), results_to(path) as write:
        write([row_of(result) for result in RESULTS])
        assert path.read_text() == "before"
        raise KeyboardInterrupt
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


UNWRITABLE = {
    "nowhere/rows.csv": "its folder does not exist (mkdir -p",
    "rows.xlsx": "no output format has this suffix (use one of .csv, .jsonl, .ndjson, .parquet, or -)",
    "rows": "no output format has this suffix",
    "folder.csv": "is a folder",
    "file/rows.csv": "cannot be written",
}


@pytest.mark.parametrize("name", UNWRITABLE)
def test_a_place_that_cannot_be_written_is_an_error_that_says_what_to_do(name, tmp_path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OutputError) as error, results_to(tmp_path / name):
        pytest.fail("nothing should be written")
    assert UNWRITABLE[name] in str(error.value) and "\n" not in str(error.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_without_permission_is_an_error(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(OutputError, match="cannot be written"), results_to(tmp_path / "rows.csv"):
        pytest.fail("nothing should be written")


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path):
    path = tmp_path / "rows.csv"
    with pytest.raises(OutputError, match="writing failed: No space left"), whole_file(path) as stream:
        stream.write(b"half")
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_through_a_link_the_file_behind_it_is_written(tmp_path):
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.touch()
    link.symlink_to(real)
    write_results(RESULTS[:1], link)
    assert link.is_symlink() and read_back(real) == RESULTS[:1]


def test_a_dash_prints_json_lines(capfdbinary):
    write_results(RESULTS, "-")
    lines = capfdbinary.readouterr().out.splitlines()
    assert [Result(**json.loads(line)) for line in lines] == RESULTS
