"""Exports: stable, readable back, and harmless."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pyarrow.parquet as pq
import pytest
from board_samples import frame, paper, row
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.boards import all_boards, board, read_results, results_frame, to_results
from leaderboard.errors import LeaderboardError
from leaderboard.export import BOARD_FORMATS, ROW_FORMATS, export_rows, exported, format_of
from leaderboard.models import Result
from leaderboard.rulebook import RuleSet
from leaderboard.writers import write_results

NASTY = '=1+1|<b>*x*</b> $a_b$ \\textbf{c} [d](e) & 50% ~ ^ # "q"\n`z` {y}'
CIFAR = {"benchmark": "CIFAR-10", "benchmark_id": "cifar-10"}


def some_boards(rules: RuleSet) -> pd.DataFrame:
    rows = frame(
        paper(1, 95, url="https://example.org/a(b) c?d=1&e=2"), paper(2, 94, title=NASTY, model=NASTY),
        paper(3, 960), paper(2, 2.5, title=NASTY, model=NASTY, metric="error rate", metric_id="error-rate"),
        paper(4, 99, **CIFAR, url="javascript:alert(1)"), paper(5, 98, split="val", **CIFAR, date="2019-07"),
        paper(6, 97, benchmark="Zorb", benchmark_id="", date="", model="", setting="extra data"),
    )  # fmt: skip
    return all_boards(rows, rules=rules)


def exported_rows(rows: pd.DataFrame, format: str) -> bytes:
    stream = io.BytesIO()
    export_rows(rows, stream, format)
    return stream.getvalue()


texts = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["=1", "'=1", "''-x", "+", "\t=1", "' @", "\r\n", '"', "a,b", " ", "nan", "NA", "None", "1.0"]
    ),
)
results = st.builds(
    lambda text, model, title, value, high, better: Result.model_validate(
        row(value, sentence=text, model=model, title=title, value_high=high, higher_is_better=better, end=13)
    ),
    texts, texts, texts, st.floats(allow_nan=False, allow_infinity=False),
    st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    st.sampled_from([None, True, False]),
)  # fmt: skip


@pytest.mark.parametrize("format", ROW_FORMATS)
@given(rows=st.lists(results, max_size=5))
def test_rows_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, format: str, rows: list[Result]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"rows.{format}"
    path.write_bytes(exported_rows(results_frame(rows), format))
    read = read_results(path)
    assert to_results(read) == rows
    pd.testing.assert_frame_equal(read, results_frame(rows))


@pytest.mark.parametrize("format", ROW_FORMATS)
def test_rows_are_written_as_extract_writes_them(tmp_path: Path, format: str) -> None:
    rows = [Result.model_validate(row(96.5, title=NASTY)), Result.model_validate(paper(2, 20, unit=""))]
    write_results(rows, tmp_path / f"rows.{format}")
    written = (tmp_path / f"rows.{format}").read_bytes()
    if format == "parquet":
        ours = pq.read_table(io.BytesIO(exported_rows(results_frame(rows), format)))
        assert ours.equals(pq.read_table(io.BytesIO(written)))
    else:
        assert exported_rows(results_frame(rows), format) == written


@pytest.mark.parametrize("format", BOARD_FORMATS)
def test_the_same_rows_give_the_same_bytes_in_any_order(rules: RuleSet, format: str) -> None:
    rows = frame(
        *(paper(n % 7, 90 + n % 5, start=n, title=f"A title that is long {n % 7}") for n in range(30))
    )
    one = exported(all_boards(rows, rules=rules), format)
    two = exported(all_boards(rows.sample(frac=1, random_state=3), rules=rules), format)
    assert one == two
    assert len(one) > 200


def test_a_csv_of_a_board_opens_right_in_a_spreadsheet(rules: RuleSet) -> None:
    data = exported(some_boards(rules), "csv", bom=True)
    assert data.startswith(b"\xef\xbb\xbf")
    records = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(records) == 7
    for record in records:
        for cell in record.values():
            assert not re.match(r"[=+@\-\t\r\n]", cell)
        assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", record["day"])
    assert exported(some_boards(rules), "csv") == data[3:]


def test_json_lines_and_parquet_of_a_board_hold_the_same(rules: RuleSet) -> None:
    boards = some_boards(rules)
    lines = [orjson.loads(line) for line in exported(boards, "jsonl").splitlines()]
    table = pd.read_parquet(io.BytesIO(exported(boards, "parquet")))
    assert list(lines[0]) == list(table.columns) == list(boards.columns)
    assert [line["score"] for line in lines] == table["score"].tolist() == boards["score"].tolist()
    assert lines[0]["day"] == str(table["day"].iloc[0])


def test_markdown_shows_what_papers_say_as_text(rules: RuleSet) -> None:
    text = exported(some_boards(rules), "markdown").decode()
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 8 for line in tables)
    assert "<b>" not in text
    assert "](javascript" not in text
    assert "](https://example.org/a%28b%29%20c?d=1&e=2)" in text
    assert "## TuSimple: accuracy" in text
    assert "960" not in text  # what is implausible is left out


def test_latex_escapes_all_that_is_special(rules: RuleSet) -> None:
    text = exported(some_boards(rules), "latex").decode()
    body = [line for line in text.splitlines() if line.endswith(r" \\") and "Model" not in line]
    assert len(body) == 6
    for line in body:
        plain = re.sub(
            r"\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar|textquotedbl)\{\}",
            "",
            line,
        )
        plain = re.sub(r"\\[{}$&#%_]", "", plain.removesuffix(r" \\")).replace("{[}", "").replace("{]}", "")
        assert not re.search(r"[\\{}$#%_^~<>|\"]", plain), line
        assert plain.count("&") == 4
    for name in ("toprule", "midrule", "bottomrule"):
        assert text.count(rf"\{name}") == 5
    assert text.count(r"\begin{tabular}") == text.count(r"\end{tabular}") == 5


def test_the_evaluation_tables_of_papers_with_code(rules: RuleSet) -> None:
    tasks = {task["task"]: task for task in orjson.loads(exported(some_boards(rules), "pwc"))}
    assert sorted(tasks) == ["Image Classification", "Lane Detection", "Other"]
    for task in tasks.values():
        check_task(task)


def check_task(task: dict[str, Any]) -> None:
    assert set(task) == {
        "task", "description", "categories", "synonyms", "subtasks", "source_link", "datasets",
    }  # fmt: skip
    for dataset in task["datasets"]:
        check_dataset(dataset, "dataset")


def check_dataset(dataset: dict[str, Any], named: str) -> None:
    assert set(dataset) == {
        named, "description", "dataset_links", "dataset_citations", "sota", "subdatasets",
    }  # fmt: skip
    for entry in dataset["sota"]["rows"]:
        assert set(entry) == {
            "model_name", "paper_title", "paper_url", "paper_date", "code_links", "model_links", "metrics",
            "uses_additional_data",
        }  # fmt: skip
        assert entry["model_name"]
        assert entry["paper_date"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", entry["paper_date"])
        assert set(entry["metrics"]) <= set(dataset["sota"]["metrics"])
        assert all(isinstance(value, str) for value in entry["metrics"].values())
    for part in dataset["subdatasets"]:
        check_dataset(part, "subdataset")


def test_metrics_of_a_paper_stand_in_one_row_and_splits_in_subdatasets(rules: RuleSet) -> None:
    tasks = orjson.loads(exported(some_boards(rules), "pwc"))
    datasets = {dataset["dataset"]: dataset for task in tasks for dataset in task["datasets"]}
    lanes = datasets["TuSimple"]["sota"]
    assert lanes["metrics"] == ["accuracy", "error rate"]
    assert [entry["metrics"] for entry in lanes["rows"]] == [
        {"accuracy": "95%"}, {"accuracy": "94%", "error rate": "2.5%"},
    ]  # fmt: skip
    assert [part["subdataset"] for part in datasets["CIFAR-10"]["subdatasets"]] == ["CIFAR-10 val"]
    assert datasets["CIFAR-10"]["subdatasets"][0]["sota"]["rows"][0]["paper_date"] == "2019-07-01"
    zorb = datasets["Zorb"]["sota"]["rows"][0]
    assert zorb["model_name"] == zorb["paper_title"]
    assert zorb["paper_date"] is None
    assert zorb["uses_additional_data"] is True


def test_formats_are_told_by_name_or_suffix() -> None:
    assert [
        format_of(f"a{suffix}") for suffix in (".CSV", ".jsonl", ".parquet", ".md", ".tex", ".json")
    ] == list(BOARD_FORMATS)
    assert format_of("a.md", "latex") == "latex"
    with pytest.raises(LeaderboardError, match="cannot be told from the name"):
        format_of("a.xlsx")
    with pytest.raises(LeaderboardError, match="no format is called 'excel'"):
        format_of("a.csv", "excel")
    with pytest.raises(LeaderboardError, match="shows boards, not rows"):
        export_rows(frame(row()), io.BytesIO(), "latex")


def test_an_empty_board_exports_in_every_format(rules: RuleSet) -> None:
    nothing = board(frame(row(holder="other")), "TuSimple", rules=rules)
    for format in BOARD_FORMATS:
        exported(nothing, format)
