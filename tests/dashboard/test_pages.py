"""Every page on the demo corpus: what it says, not only that it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dashboard_samples import hostile_rows, sample_row, texts, write_rows

from leaderboard.boards import board, results_frame
from leaderboard.boards.demo import demo_rows
from leaderboard.export import exported
from leaderboard.views import source
from leaderboard.views.html import said

App = Callable[..., Any]


@pytest.fixture(scope="module")
def demo() -> Any:
    return demo_rows()


# --- overview ---------------------------------------------------------------------------------------------


def test_overview_counts_the_corpus_and_links_to_boards(app: App, demo: Any) -> None:
    page = app("overview")
    shown = texts(page)
    assert f"<b>{len(demo):,}</b><span>results</span>" in shown
    assert f"<b>{demo['paper_id'].nunique():,}</b><span>papers with results</span>" in shown
    assert "Newest records" in shown and "Most active benchmarks" in shown
    labels = [link.proto.label for link in page.get("page_link")]
    assert "ImageNet" in labels
    assert any("benchmark=ImageNet" in str(link.proto) for link in page.get("page_link"))


# --- leaderboard ------------------------------------------------------------------------------------------


def test_leaderboard_ranks_as_the_board_does(app: App, demo: Any) -> None:
    expected = board(demo, "CIFAR-10")
    shown = texts(app("leaderboard", benchmark="CIFAR-10"))
    assert "<h2>CIFAR-10</h2>" in shown
    assert shown.count('<td class="c-rank"') == min(len(expected), 25)
    best = expected.iloc[0]
    first_row = shown.split("<tbody>")[1].split("</tr>")[0]
    assert f">{said(best['printed'])}</span>" in first_row
    assert said(best["title"]) in first_row
    # The evidence has the number marked.
    assert f'<mark class="m-value">{best["value"]:g}' in first_row


def test_a_link_selects_metric_and_entry(app: App, demo: Any) -> None:
    entry = board(demo, "ImageNet").iloc[3]
    page = app("leaderboard", benchmark="ImageNet", entry=entry["paper_id"])
    shown = texts(page)
    card = shown.split('<div class="lb-card"')[1].split("</div></div>")[0]
    assert said(entry["printed"]) in card
    assert shown.count('<tr class="selected') == 1
    assert any(f"paper={entry['paper_id']}" in str(link.proto) for link in page.get("page_link"))


def test_aliases_lead_to_the_benchmark(app: App) -> None:
    page = app("leaderboard")
    forms = [option for option in page.selectbox(key="benchmark").options if option.endswith("→ ImageNet")]
    assert "ILSVRC → ImageNet" in forms
    page.selectbox(key="benchmark").set_value("ILSVRC → ImageNet").run()
    assert "<h2>ImageNet</h2>" in texts(page)


def test_a_typed_name_is_forgiven_or_answered(app: App) -> None:
    assert "<h2>CIFAR-100</h2>" in texts(app("leaderboard", benchmark="cifar 100"))
    shown = texts(app("leaderboard", benchmark="Zorgblatt"))
    assert "No benchmark here is called “Zorgblatt”" in shown


def test_filters_keep_what_they_say(app: App, demo: Any) -> None:
    expected = board(demo, "ImageNet", since="2021", min_confidence=0.0)
    shown = texts(app("leaderboard", benchmark="ImageNet", since="2021"))
    assert shown.count('<td class="c-rank"') == min(len(expected), 25)
    assert 'data-label="Date">2020' not in shown
    nothing = texts(app("leaderboard", benchmark="ImageNet", since="2999"))
    assert "No result is left with these filters." in nothing


def test_area_and_task_narrow_the_benchmarks(app: App) -> None:
    page = app("leaderboard")
    page.selectbox(key="area").select("speech").run()
    names = page.selectbox(key="benchmark").options
    assert "LibriSpeech" in names and "ImageNet" not in names
    assert "<h2>ImageNet</h2>" not in texts(page)


def test_quoted_numbers_appear_when_asked_for(app: App) -> None:
    assert "Quoted of others" not in texts(app("leaderboard", benchmark="CIFAR-100"))
    assert "Quoted of others" in texts(app("leaderboard", benchmark="CIFAR-100", quoted="true"))


# --- papers -----------------------------------------------------------------------------------------------


def test_papers_are_found_and_marked(app: App) -> None:
    page = app("papers", q="res2net")
    assert "1 of 414 papers" in texts(page)
    shown = texts(app("papers", paper="1904.01169"))
    assert 'class="m-value r-0"' in shown and 'class="m-benchmark' in shown
    assert 'class="row-0" tabindex="0"' in shown
    assert "mark.r-0" in shown  # the style that lights up a row's words
    links = [str(link.proto) for link in app("papers", paper="1904.01169").get("page_link")]
    assert any("benchmark=CIFAR-100" in link and "entry=1904.01169" in link for link in links)


def test_a_paper_without_its_text_shows_the_sentences_of_its_rows(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(source.ROWS, str(write_rows(tmp_path / "rows.jsonl", [sample_row()])))
    shown = texts(app("papers", paper="2101.00001"))
    assert 'class="m-value r-0" title="score, own, top-1 accuracy on ImageNet">80.0</mark>' in shown
    assert "Only the sentences with results are known." in shown


def test_a_search_without_hits_says_what_to_do(app: App) -> None:
    assert "Use fewer words" in texts(app("papers", q="zzz qqq xxx"))


# --- compare ----------------------------------------------------------------------------------------------


def test_compare_shows_systems_against_boards(app: App, demo: Any) -> None:
    shown = texts(app("compare"))
    table = shown.split('<table class="lb-heat">')[1]
    best = board(demo, "CIFAR-10").iloc[0]
    assert "CIFAR-10 · accuracy" in table and said(best["printed"]) in table
    assert 'class="first"' in table
    assert (
        len(
            app("compare", view="Two boards").get("vega_lite_chart")
            or app("compare", view="Two boards").get("arrow_vega_lite_chart")
        )
        == 1
    )


# --- playground -------------------------------------------------------------------------------------------


def test_playground_reads_what_is_pasted(app: App) -> None:
    page = app("playground")
    page.text_area(key="text").set_value("ZipNet reaches 96.53% accuracy on TuSimple.").run()
    shown = texts(page)
    assert '<span class="lb-number">96.53%</span>' in shown
    assert "accuracy · TuSimple" in shown
    assert "<b>benchmark</b>TuSimple" in shown  # the token sequence
    assert "<b>won</b>" in shown  # the claims


def test_playground_without_a_text_says_what_to_do(app: App) -> None:
    page = app("playground")
    page.text_input(key="title").set_value("")
    page.text_area(key="text").set_value("").run()
    assert "Nothing to read yet." in texts(page)


def test_faults_of_a_draft_are_told_with_their_line(app: App) -> None:
    page = app("playground")
    page.text_area(key="draft").set_value(
        "benchmarks:\n- id: zorb\n  name: Zorb\n  metrix: [accuracy]\n"
    ).run()
    assert "<b>line 4</b> unknown key &quot;metrix&quot;" in texts(page)


def test_a_known_benchmark_and_a_missed_name_come_as_entries(app: App) -> None:
    page = app("playground")
    page.segmented_control(key="how").set_value("Known benchmark").run()
    page.text_input(key="name").set_value("ImageNet").run()
    next(button for button in page.button if button.label == "Start").click().run()
    assert "- id: imagenet\n  name: ImageNet" in page.text_area(key="draft").value
    page.segmented_control(key="how").set_value("Name the rules miss").run()
    next(button for button in page.button if button.label == "Start").click().run()
    assert page.text_area(key="draft").value.startswith("benchmarks:\n- id: ")


# --- catalogue and quality --------------------------------------------------------------------------------


def test_catalogue_lists_names_and_uses(app: App, demo: Any) -> None:
    page = app("catalogue", q="imagenet-1k")
    shown = texts(page)
    papers = demo.loc[demo["benchmark_id"] == "imagenet", "paper_id"].nunique()
    assert "<b>ImageNet</b>" in shown and f'data-label="Papers">{papers}</td>' in shown
    assert "lower" in texts(app("catalogue", show="Metrics", q="perplexity"))
    assert "Object Detection" in texts(app("catalogue", show="Tasks", q="object detection"))
    assert "values-metric" in texts(app("catalogue", show="Rules"))
    assert "Write an entry" in str(
        [link.proto.label for link in app("catalogue", show="Unknown names").get("page_link")]
    )


def test_quality_of_the_demo_corpus(app: App) -> None:
    page = app("quality")
    shown = texts(page)
    assert "Number found (F1)" in shown and "precision" in shown
    assert "benchmark" in shown and "expected:" in shown
    assert page.selectbox(key="cause").options


def test_quality_names_the_line_of_a_broken_gold_file(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "1", "results": [{"value": "high"}]}\n', encoding="utf-8")
    monkeypatch.setenv(source.GOLD, str(gold))
    assert "line 1" in texts(app("quality"))


# --- rows that are missing, broken or hostile -------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "no such file"),
        ("", "holds no rows"),
        ('{"paper_id": "1"}\n', "there is no column"),
        ("{broken\n", "line 1: not JSON"),
    ],
)
def test_rows_that_cannot_be_shown_are_explained(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None, expected: str
) -> None:
    path = tmp_path / "rows.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setenv(source.ROWS, str(path))
    for page in ("overview", "leaderboard", "papers", "compare"):
        shown = texts(app(page))
        assert "There are no results to show." in shown
        assert expected in shown


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("mine.yaml", "benchmarks:\n- id: x\n", "mine.yaml:2"),
        ("patterns/mine.yaml", "results:\n- id: x\n  pattern: NOSUCH\n  gives: {kind: score}\n", "NOSUCH"),
    ],
)
def test_broken_rules_are_told_and_stepped_over(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: str, content: str, expected: str
) -> None:
    path = tmp_path / "rules" / file
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    monkeypatch.setenv(source.RULES, str(tmp_path / "rules"))
    page = app("leaderboard", benchmark="ImageNet")
    (warning,) = page.warning
    assert "Your rules are not used" in warning.value
    assert expected in warning.value.replace("\\", "")
    assert "<h2>ImageNet</h2>" in texts(page)


def test_rows_of_an_older_version_are_shown(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = [
        {k: v for k, v in sample_row().items() if k not in ("setting", "confidence", "rule")}
        | {"confidence": 0.5, "rule": ""}
    ]
    monkeypatch.setenv(source.ROWS, str(write_rows(tmp_path / "rows.jsonl", rows)))
    assert "<h2>ImageNet</h2>" in texts(app("leaderboard"))


def test_hostile_texts_are_shown_as_they_are(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = hostile_rows()
    monkeypatch.setenv(source.ROWS, str(write_rows(tmp_path / "rows.jsonl", rows)))
    for page in ("leaderboard", "overview", "papers", "compare"):
        shown = texts(app(page))
        assert "<script" not in shown and "<img" not in shown
        assert 'href="javascript' not in shown
    shown = texts(app("leaderboard"))
    for one in rows:
        assert said(one["sentence"]).split("% on ")[1] in shown
    for link in app("papers").get("page_link"):
        assert ":material/" not in link.proto.label and "$$" not in link.proto.label


def test_the_download_is_the_export(app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [
        sample_row(),
        sample_row(paper_id="2102.00002", title="Another Paper", value=81.5, date="2021-02"),
    ]
    monkeypatch.setenv(source.ROWS, str(write_rows(tmp_path / "rows.jsonl", rows)))
    page = app("leaderboard")
    assert [button.label for button in page.get("download_button")] == ["CSV", "Markdown", "LaTeX"]
    # What the button gives is made from the very frame that the command exports.
    from leaderboard.views.leaderboard import view

    frame = results_frame(rows)
    shown = view(frame, "imagenet", "top-1-accuracy", "").table
    assert exported(shown, "csv") == exported(board(frame, "ImageNet", variants=True), "csv")
