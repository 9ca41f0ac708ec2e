"""Reading rows."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest
import zstandard
from board_samples import frame, paper, row

from leaderboard.boards import COLUMNS, ResultsError, read_results, results_frame, to_results
from leaderboard.models import Result
from leaderboard.writers import write_results

ROWS = [
    Result.model_validate(
        row(96.5, higher_is_better=None, value_high=97.5, title="=HYPERLINK(1)", model="'=x")
    ),
    Result.model_validate(paper(2, 1e-7, sentence='He said "90",\nthen\r\nleft.\ta', unit="")),
    Result.model_validate(paper(3, 20, higher_is_better=False, url="https://a.example/?a=1&b=ü")),
]


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl", "rows.parquet"])
def test_what_extract_writes_reads_back(tmp_path: Path, name: str) -> None:
    write_results(ROWS, tmp_path / name)
    read = read_results(tmp_path / name)
    pd.testing.assert_frame_equal(read, results_frame(ROWS))
    assert to_results(read) == ROWS


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zstandard.compress)]
)
@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_packed_files(tmp_path: Path, name: str, suffix: str, pack: Any) -> None:
    write_results(ROWS, tmp_path / name)
    (tmp_path / (name + suffix)).write_bytes(pack((tmp_path / name).read_bytes()))
    pd.testing.assert_frame_equal(read_results(tmp_path / (name + suffix)), results_frame(ROWS))


def test_the_columns_and_their_types() -> None:
    for one in (results_frame(ROWS), results_frame([])):
        assert tuple(one.columns) == COLUMNS
        types = {name: str(kind) for name, kind in one.dtypes.items()}
        assert types["value"] == types["value_high"] == types["confidence"] == "float64"
        assert types["start"] == types["end"] == "int64"
        assert types["higher_is_better"] == "boolean"
        assert pd.api.types.is_string_dtype(one["model"])
        assert not one.drop(columns=["value_high", "higher_is_better"]).isna().any().any()


def test_a_folder_of_parts_is_read_in_order(tmp_path: Path) -> None:
    write_results(ROWS[:1], tmp_path / "b.csv")
    (tmp_path / "a").mkdir()
    write_results(ROWS[1:], tmp_path / "a" / "part-0.parquet")
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / ".hidden.csv").write_text("nothing")
    (tmp_path / "c.parquet.12.part").write_text("half")
    pd.testing.assert_frame_equal(read_results(tmp_path), results_frame([*ROWS[1:], ROWS[0]]))


def test_several_files(tmp_path: Path) -> None:
    for number, one in enumerate(ROWS):
        write_results([one], tmp_path / f"{number}.jsonl")
    files = [tmp_path / f"{number}.jsonl" for number in range(3)]
    pd.testing.assert_frame_equal(read_results(files), results_frame(ROWS))


def test_an_address(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    write_results(ROWS, tmp_path / "rows.csv")
    memory = fsspec.filesystem("memory")
    memory.pipe("/there/rows.csv", (tmp_path / "rows.csv").read_bytes())
    try:
        pd.testing.assert_frame_equal(read_results("memory://there/rows.csv"), results_frame(ROWS))
        pd.testing.assert_frame_equal(read_results("memory://there"), results_frame(ROWS))
    finally:
        memory.rm("/there", recursive=True)


def test_older_rows_get_defaults_and_unknown_columns_go(tmp_path: Path) -> None:
    record = row()
    del record["confidence"]
    record["mood"] = "good"
    with pytest.raises(ResultsError, match="there is no column 'confidence'"):
        results_frame([record])
    record = row(mood="good")
    for name in ("model", "higher_is_better"):
        del record[name]
    one = results_frame([record])
    assert tuple(one.columns) == COLUMNS
    assert one["model"].tolist() == [""]
    assert one["higher_is_better"].isna().all()


def lines(*records: dict[str, Any]) -> bytes:
    return b"\n".join(orjson.dumps(record) for record in records)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("rows.csv", b"", "the file is empty"),
        ("rows.csv", b"a,b\n1,2\n", "there is no column 'value'"),
        ("rows.csv", b"a,b\n1,2\n3\n", r"record 2 \(line 3\) has 1 cells, the header has 2"),
        ("rows.csv", b"a,b\n\xff,2\n", "cannot be read"),
        ("rows.jsonl", b"{}\n{", "line 2: not JSON"),
        ("rows.jsonl", b"[1]\n", "line 1: expected an object"),
        ("rows.jsonl", lines(row(), row(value="much")), "record 2: value is 'much', expected a number"),
        (
            "rows.jsonl",
            lines(row(), row(kind="hope")),
            "record 2: kind is 'hope', expected one of score, gain",
        ),
        ("rows.jsonl", lines(row(start=1.5)), "record 1: start is 1.5, expected a whole number"),
        ("rows.jsonl", lines(row(higher_is_better="up")), "expected true, false or empty"),
        ("rows.jsonl", lines(row(title=["a"])), "record 1: title is .'a'., expected text"),
        ("rows.parquet", b"no parquet", "cannot be read"),
        ("rows.csv.gz", gzip.compress(b"a,b\n1,2\n" * 999, mtime=0)[:20], "cannot be read"),
        ("rows.xlsx", b"", "rows are read from files ending in .csv, .jsonl"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ResultsError, match=message) as caught:
        read_results(tmp_path / name)
    assert name in str(caught.value)


def test_a_missing_file_and_an_empty_folder_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="no such file; make it with 'leaderboard extract"):
        read_results(tmp_path / "none.csv")
    with pytest.raises(ResultsError, match="no rows in this folder"):
        read_results(tmp_path)


def test_a_file_of_no_rows_is_no_error(tmp_path: Path) -> None:
    for name in ("rows.csv", "rows.jsonl", "rows.parquet"):
        write_results([], tmp_path / name)
        pd.testing.assert_frame_equal(read_results(tmp_path / name), results_frame([]))


def test_a_very_long_cell(tmp_path: Path) -> None:
    long = Result.model_validate(row(sentence="a" * 300_000))
    write_results([long], tmp_path / "rows.csv")
    assert read_results(tmp_path / "rows.csv")["sentence"].str.len().tolist() == [300_000]


def test_a_frame_is_a_frame() -> None:
    assert frame(row()).equals(results_frame([Result.model_validate(row())]))
