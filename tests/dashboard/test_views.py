"""What the pages show, without a page: texts as HTML, gains, charts, drafts of rules."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from dashboard_samples import HOSTILE, sample_row
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.boards import results_frame
from leaderboard.errors import LeaderboardError
from leaderboard.models import Paper
from leaderboard.rulebook import load_rules
from leaderboard.views import compare, drafts, leaderboard, overview, papers
from leaderboard.views.charts import DARK, LIGHT, over_time, scatter
from leaderboard.views.html import Mark, apart, evidence, marked, plain_markdown, safe_url, said


@given(st.text(), st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=8))
def test_marked_texts_are_texts(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever is marked, taking the marks out leaves the escaped text, piece by piece."""
    shown = marked(text, [Mark(start, end, "value") for start, end in spans])
    assert shown.replace('<mark class="m-value">', "").replace("</mark>", "") == said(text)
    kept = apart([Mark(start, end, "value") for start, end in spans], len(text))
    assert all(one.end <= other.start for one, other in pairwise(kept))


@pytest.mark.parametrize("text", HOSTILE.values())
def test_hostile_texts_have_no_markup_left(text: str) -> None:
    assert "<" not in said(text) and '"' not in said(text)
    label = plain_markdown(text)
    for sign in "<[*`$:#":
        assert label.replace(f"\\{sign}", "").count(sign) == 0


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://arxiv.org/abs/1", "https://arxiv.org/abs/1"),
        ("javascript:alert(1)", ""),
        (" data:text/html,x", ""),
        ('https://a.b/"><script>', "https://a.b/%22%3E%3Cscript%3E"),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str, safe: str) -> None:
    assert safe_url(url) == safe


def test_evidence_marks_the_number_once() -> None:
    (mark,) = evidence("From 80.0 to 1,080.5 of 80.0", 1080.5)
    assert (mark.start, mark.end) == (13, 20)
    assert len(evidence("85 to 92%", 85, 92)) == 2
    assert evidence("eighty", 80) == []


def three_records(**more: object) -> pd.DataFrame:
    """Three papers, each better than the one before, and a worse one."""
    values = [
        ("2001.00001", "2020-01", 80.0),
        ("2101.00001", "2021-01", 81.5),
        ("2201.00001", "2022-01", 79.0),
        ("2301.00001", "2023-01", 83.0),
    ]
    rows = [
        sample_row(
            paper_id=name,
            title=f"A paper of {date}",
            date=date,
            value=value,
            model=f"Net-{date[:4]}",
            **more,
            sentence=f"It reaches {value}% on ImageNet.",
        )
        for name, date, value in values
    ]
    return results_frame(rows)


def test_gains_are_over_the_record_before() -> None:
    shown = leaderboard.view(three_records(), "imagenet", "top-1-accuracy", "")
    assert shown.entries["entry"].tolist() == ["2301.00001", "2101.00001", "2001.00001", "2201.00001"]
    assert shown.entries["gain"].fillna(-1).tolist() == [1.5, 1.5, -1, -1]
    assert leaderboard.record_line(shown)["score"].tolist() == [80.0, 81.5, 83.0]
    dots = leaderboard.points(shown)
    assert dots["role"].tolist() == ["record", "record", "record", "entry"]


def test_bars_follow_the_direction() -> None:
    higher = leaderboard.view(three_records(), "imagenet", "top-1-accuracy", "").entries
    lengths = leaderboard.lengths(higher)
    assert lengths[0] == 1.0 and lengths == sorted(lengths, reverse=True) and lengths[-1] > 0
    lower = three_records(metric="perplexity", metric_id="perplexity", higher_is_better=False, unit="")
    shown = leaderboard.view(lower, "imagenet", "perplexity", "")
    assert shown.direction == -1
    assert leaderboard.lengths(shown.entries)[0] == 1.0


def test_other_numbers_of_a_paper_stand_under_its_entry() -> None:
    rows = [
        sample_row(),
        sample_row(value=78.0, sentence="The small Net has 78.0%.", start=40, end=44, setting="zero-shot"),
    ]
    shown = leaderboard.view(results_frame(rows), "imagenet", "top-1-accuracy", "")
    html = leaderboard.entry_table(shown)
    assert "1 other number of this paper" in html and "<b>78.0%</b>" in html


def test_narrowed_rows_give_the_same_board() -> None:
    rows = [
        sample_row(paper_id="2101.00001v1", value=90.0),
        sample_row(paper_id="2101.00001v2", benchmark="COCO", benchmark_id="coco"),
        sample_row(paper_id="2102.00001", title="Another", value=70.0),
        sample_row(paper_id="9", title="No", benchmark="COCO", benchmark_id="coco"),
    ]
    frame = results_frame(rows)
    narrow = leaderboard.narrowed(frame, "imagenet")
    # The newer version dropped the number: it is kept, so that the board can tell.
    assert len(narrow) == 3
    whole, part = (leaderboard.board(one, "imagenet") for one in (frame, narrow))
    assert part.equals(whole)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_chart_has_a_step_line_and_a_selection(colours: object) -> None:
    shown = leaderboard.view(three_records(), "imagenet", "top-1-accuracy", "")
    spec = over_time(
        leaderboard.points(shown),
        leaderboard.record_line(shown),
        "accuracy",
        colours,
        direction=1,
        selected="2301.00001",
    ).to_dict()  # type: ignore[arg-type]
    assert spec["layer"][0]["mark"]["interpolate"] == "step-after"
    assert spec["params"][0]["name"] == "entry"
    assert len(spec["layer"]) >= 4  # line, dots, ring, names


@pytest.mark.parametrize(
    ("scores", "at_zero"), [([0.4, 90.4], True), ([70.0, 90.4], False), ([-3.0, 90.4], False)]
)
def test_no_axis_of_scores_begins_below_zero_for_want_of_room(scores: list[float], at_zero: bool) -> None:
    pairs = pd.DataFrame({"x": scores, "y": [50.0, 60.0], "system": ["a", "b"]})
    scale = scatter(pairs, "one", "other", LIGHT).to_dict()["layer"][0]["encoding"]["x"]["scale"]
    assert (scale["zero"], "padding" in scale) == (at_zero, not at_zero)


def test_times_are_told_in_words() -> None:
    today = dt.date(2024, 6, 15)
    told = [
        overview.ago(day, today)
        for day in ("2024-06-15", "2024-06-01", "2024-05-24", "2022-01-01", "2025-01-01")
    ]
    assert told == ["today", "2 weeks ago", "3 weeks ago", "2 years ago", "dated ahead"]


def test_newest_records_are_gains() -> None:
    entries = overview.board_entries(three_records())
    newest = overview.newest_records(entries)
    assert newest["paper_id"].tolist() == ["2301.00001"]
    assert newest["gain"].tolist() == [1.5]


def test_a_search_finds_all_words_titles_first() -> None:
    rows = results_frame(
        [
            sample_row(paper_id="1", title="About cats", sentence="A dog 80.0"),
            sample_row(paper_id="2", title="A dog and cats"),
        ]
    )
    index = papers.index(rows, {})
    assert papers.search(index, "CATS dog")["key"].tolist() == ["2", "1"]
    assert papers.search(index, "bird").empty


def test_places_are_shared_out_from_last_to_first() -> None:
    entries = overview.board_entries(three_records())
    names = compare.board_names(entries)
    some = compare.chosen(entries, names)
    assert some.sort_values("rank")["share"].tolist() == [1.0, 0.6667, 0.3333, 0.0]
    assert "No. 1" in compare.heat_table(compare.cells(some, ["Net-2023"]), ["Net-2023"], list(names))


# --- drafts -----------------------------------------------------------------------------------------------

ENTRY = "benchmarks:\n- id: quexal-9\n  name: Quexal Suite Nine\n  metrics: [accuracy]\n"


def test_a_draft_is_tried_without_touching_the_rules_in_use() -> None:
    pasted = Paper(id="1", abstract="ZipNet reaches 71.5% accuracy on the Quexal Suite Nine benchmark.")
    trial = drafts.tried(ENTRY, "quexal", pasted, [], [pasted])
    assert trial.usable, trial
    assert [row.benchmark_id for row in trial.rows] == ["quexal-9"]
    assert trial.on_text.gained or trial.on_text.changed
    assert trial.difference.papers == 1
    assert load_rules().resolve_benchmark("Quexal Suite Nine") is None


def test_a_clash_with_other_rules_is_told() -> None:
    trial = drafts.tried("benchmarks:\n- id: my-net\n  name: ImageNet\n", "mine", Paper(), [], [])
    assert not trial.usable
    assert any("ImageNet" in problem.what and problem.line for problem in trial.problems)


def test_a_pattern_that_runs_away_is_named() -> None:
    text = "results:\n- id: runs-away\n  pattern: (VALUE+ ~5)+ METRIC\n  gives: {kind: score}\n"
    trial = drafts.tried(text, "mine", Paper(), [], [])
    assert not trial.usable
    assert any("runs-away" in problem.what for problem in trial.problems)


def test_a_trial_that_takes_too_long_is_stopped_and_named() -> None:
    trial = drafts.tried(ENTRY, "quexal", Paper(), [], [], limit=0.05)
    assert not trial.usable
    assert "quexal-9" in trial.stopped and "stopped" in trial.stopped


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/b", "", "A B", "..", "x" * 200, ".hidden"])
def test_rules_are_saved_inside_their_folder_only(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "rules"
    with pytest.raises(LeaderboardError):
        drafts.save(ENTRY, name, folder)
    assert not list(tmp_path.rglob("*.yaml"))


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "rules", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / "patterns").symlink_to(outside)
    (folder / "mine.yaml").symlink_to(outside / "mine.yaml")
    with pytest.raises(LeaderboardError, match="leads out"):
        drafts.save(drafts.PATTERN, "mine", folder)
    with pytest.raises(LeaderboardError, match="leads out"):
        drafts.save(ENTRY, "mine", folder, replace=True)
    assert not list(outside.iterdir())


def test_saving_replaces_only_when_told(tmp_path: Path) -> None:
    path = drafts.save(ENTRY, "quexal", tmp_path)
    assert path == tmp_path / "quexal.yaml"
    with pytest.raises(LeaderboardError, match="exists"):
        drafts.save(ENTRY, "quexal", tmp_path)
    drafts.save(ENTRY + "# more\n", "quexal", tmp_path, replace=True)
    assert path.read_text(encoding="utf-8").endswith("# more\n")
    assert load_rules(tmp_path).resolve_benchmark("quexal suite 9 ") is None
    assert load_rules(tmp_path).resolve_benchmark("Quexal Suite Nine")


def test_a_known_entry_can_be_written_out_and_read_back(tmp_path: Path) -> None:
    rules = load_rules()
    for name in ("ImageNet", "WMT 2014", "COCO", "GLUE"):
        text = drafts.entry_text(rules, name)
        assert drafts.problems_of(text) == []
        again = load_rules(drafts.save(text, drafts.name_of(text), tmp_path).parent).resolve_benchmark(name)
        known = rules.resolve_benchmark(name)
        assert again and known
        assert (again.aliases, again.metrics, again.subsets, again.not_) == (
            known.aliases,
            known.metrics,
            known.subsets,
            known.not_,
        )
