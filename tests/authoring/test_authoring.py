"""Writing, checking and trying rules, as data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest

from leaderboard.authoring import (
    check,
    compare_rows,
    coverage,
    discover,
    draft_entry,
    json_schemas,
    run_examples,
    save_entry,
)
from leaderboard.authoring.examples import outcome_of
from leaderboard.authoring.new import quoted
from leaderboard.authoring.patterns import runs_away, samples_of
from leaderboard.authoring.schemas import out_of_date
from leaderboard.engine import engine
from leaderboard.errors import LeaderboardError, OutputError
from leaderboard.extraction import extract_paper
from leaderboard.models import Paper, Result
from leaderboard.rulebook import RuleError, RuleSet, load_rules
from leaderboard.rulebook.folders import builtin_folder
from leaderboard.rulebook.yamlfile import parse_yaml

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file into the user's folder of rules and returns the folder."""

    def _write(name: str, text: str) -> Path:
        path = tmp_path / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return tmp_path / "mine"

    return _write


def extractor(rules: RuleSet) -> Callable[[Paper], list[Result]]:
    return partial(extract_paper, rules=rules)


def row(**fields: object) -> Result:
    """A row with the given fields and something in the others that a row must have."""
    needed = {"value": 1.0, "kind": "score", "holder": "own", "field": "abstract", "start": 0, "end": 1,
              "sentence": "It is 1.", "rule": "some-rule", "confidence": 0.5}  # fmt: skip
    return Result.model_validate(needed | fields)


# --- new ---------------------------------------------------------------------------------------------------

NAMES = ["ZorbBench-7", "Zorb: the #1 Test", "Zorb's 'Best'", "2024", "∞Zorb", "-Zorb", "No", "Zörb (v2) [x]"]


@pytest.mark.parametrize("name", NAMES)
def test_a_new_entry_is_right_at_once(name: str, tmp_path: Path) -> None:
    metrics = ["zorb score", "accuracy"]
    entry = draft_entry(name, load_rules(), metrics=metrics, tasks=["Zorbing"], aliases=[f"{name} Prime"])
    path = save_entry(entry, tmp_path)
    assert check([tmp_path]) == []
    rules = load_rules(tmp_path)
    benchmark = rules.benchmarks[entry.id]
    assert (benchmark.name, benchmark.aliases) == (name, (f"{name} Prime",))
    assert benchmark.metrics == ("zorb-score", "accuracy")
    assert benchmark.tasks == ("zorbing",)
    assert benchmark.source.startswith(str(path))
    assert (tmp_path / "schema" / "rules.json").is_file()


def test_a_new_entry_comes_with_an_example_that_passes(tmp_path: Path) -> None:
    save_entry(draft_entry("ZorbBench-7", load_rules(), metrics=["accuracy"]), tmp_path)
    rules = load_rules(tmp_path)
    (outcome,) = [one for one in run_examples(rules, extractor(rules)) if one.rule == "zorbbench-7"]
    assert outcome.passed, outcome.lines()
    assert outcome.matched == 1


def test_what_the_rules_have_already_is_not_written_again(tmp_path: Path) -> None:
    rules = load_rules()
    with pytest.raises(
        LeaderboardError, match='"CIFAR 10" is already in the rules: cifar-10 at rules/benchmarks/'
    ):
        draft_entry("CIFAR 10", rules)
    with pytest.raises(LeaderboardError, match=r"a name needs a letter"):
        draft_entry("—", rules)
    entry = draft_entry("ZorbBench-7", rules)
    save_entry(entry, tmp_path)
    with pytest.raises(OutputError, match=r"zorbbench-7\.yaml: exists"):
        save_entry(entry, tmp_path)


def test_hints_tell_of_likely_slips() -> None:
    hints = draft_entry("Zorbs", load_rules(), metrics=["acuracy"]).hints
    assert hints[0] == '"acuracy" is not a known metric; the file makes a new one (did you mean "accuracy"?)'
    assert "ambiguous" in hints[1]


@pytest.mark.parametrize(
    "text", ["a", "on", "null", "1.5", "a: b", "a #b", "'", '"', "\\", "x, y", "[", "é", "~", "a "]
)
def test_texts_are_quoted_where_yaml_needs_it(text: str) -> None:
    assert parse_yaml(f"- {quoted(text)}\n- [{quoted(text)}]").data == [text, [text]]


# --- check -------------------------------------------------------------------------------------------------


def findings(*paths: Path, examples: bool = False) -> list[str]:
    problems = check(paths, extractor if examples else None)
    return [f"{Path(p.file).name}:{p.line}:{p.column}: {p.severity}: {p.what} ({p.todo})" for p in problems]


def test_needless_aliases_are_told(write: Write) -> None:
    folder = write(
        "a.yaml", "benchmarks:\n- {id: zorb, name: Zorb-2014, aliases: [ZORB 2014, ZORB14, Zorbelina]}"
    )
    assert findings(folder) == [
        'a.yaml:2:41: warning: the alias "ZORB 2014" is found without being listed, as a form of "Zorb-2014"'
        " (remove it)",
        'a.yaml:2:52: warning: the alias "ZORB14" is found without being listed, as a form of "Zorb-2014"'
        " (remove it)",
    ]


def test_examples_are_run(write: Write) -> None:
    folder = write("a.yaml", """
        benchmarks:
        - id: zorb
          name: ZorbBench
          examples:
          - {text: Our method reaches 91.5% accuracy on ZorbBench., rows: [{value: 91.5, benchmark_id: zorb}]}
          - {text: Our method reaches 91.5% accuracy on ZorbBench., rows: [{value: 92}]}
          - {text: ZorbBench has 1000 images., known_miss: true}
        """)  # fmt: skip
    wrong, known = findings(folder, examples=True)
    assert wrong.startswith("a.yaml:2:1: error: zorb: the example ")
    assert "- value: 92; + value: 91.5" in wrong
    assert known.endswith('the known miss "ZorbBench has 1000 images." is right now (remove known_miss)')


def test_patterns_are_read_with_the_built_in_words(write: Write) -> None:
    folder = write("patterns/mine.yaml", """
        results:
        - {id: fine, pattern: METRIC zorbs VALUE, gives: {kind: score}}
        - {id: misspelt, pattern: METRIC of VALEU}
        - {id: broken, pattern: METRIC of (VALUE}
        """)  # fmt: skip
    unknown, broken = findings(folder)
    assert unknown.startswith("mine.yaml:3:37: error: the pattern of misspelt cannot be read: ")
    assert 'did you mean "VALUE' in unknown
    assert broken.startswith("mine.yaml:4:25: error: the pattern of broken cannot be read: ")
    assert findings(folder / "patterns" / "mine.yaml") == [unknown, broken]


def test_two_patterns_of_one_folder_with_one_id(write: Write) -> None:
    folder = write("patterns/mine.yaml", """
        results:
        - {id: twice, pattern: METRIC zorbs VALUE, gives: {kind: score}}
        - {id: twice, pattern: VALUE zorbs METRIC, gives: {kind: score}}
        """)  # fmt: skip
    [taken] = findings(folder)
    assert taken.startswith('mine.yaml:3:8: error: the id "twice" is taken (')
    assert "mine.yaml:2 has it" in taken


@pytest.mark.parametrize(
    ("rule", "column", "said"),
    [
        ("pattern: METRIC of VALEU", 37, "there is no class VALEU (did you mean"),
        ("pattern: METRIC of (VALUE", 27, "not well formed: missing ) (check brackets"),
        ('regex: "reaches (?P<value>[0-9"', 25, "not well formed: unterminated character set"),
    ],
)
def test_extraction_with_a_pattern_that_cannot_be_read_says_where_it_stands(
    write: Write, rule: str, column: int, said: str
) -> None:
    folder = write("patterns/mine.yaml", f"""
        results:
        - {{id: misspelt, {rule}}}
        """)  # fmt: skip
    with pytest.raises(RuleError) as error:
        engine(load_rules(folder))
    assert str(error.value).startswith(f"{folder / 'patterns' / 'mine.yaml'}:2:{column}: ")
    assert said in str(error.value)


def test_a_users_macro_that_breaks_a_built_in_pattern_is_named(write: Write) -> None:
    folder = write("patterns/mine.yaml", """
        macros: {VALUES: VALUE (SEP VALEU)*}
        """)  # fmt: skip
    with pytest.raises(RuleError, match="in the macro VALUES: there is no class VALEU"):
        engine(load_rules(folder))


def test_a_pattern_that_never_wins_is_told(write: Write) -> None:
    folder = write("patterns/mine.yaml", """
        results:
        - {id: narrow, pattern: METRIC zorbs (at|to) VALUE, priority: 10, gives: {kind: score}}
        - {id: wide, pattern: METRIC zorbs (at|to|near)? VALUE, priority: 20, gives: {kind: score}}
        """)  # fmt: skip
    (told,) = [line for line in findings(folder) if "never wins" in line]
    assert told.startswith(
        "mine.yaml:2:8: warning: narrow never wins: wherever it matches, wide goes before it"
    )


def test_a_pattern_that_runs_away_is_told() -> None:
    import regex

    assert runs_away(regex.compile("(?:(?:a|a)+)+b")) > 0
    assert runs_away(regex.compile("a{1,3}b")) == 0
    assert set(samples_of(regex.compile("a[bc]d?"))) == {"ab", "abd", "ac", "acd"}


def test_a_single_built_in_file_can_be_checked() -> None:
    assert not [line for line in findings(builtin_folder() / "tasks.yaml") if "error" in line]


# --- examples ----------------------------------------------------------------------------------------------


def test_the_difference_of_an_example_names_what_is_missing_and_what_is_extra() -> None:
    rows = [row(value=91.5, metric_id="accuracy"), row(value=3.0, metric_id="")]
    example = {"text": "It is 1.", "rows": [{"value": 91.5, "metric_id": "accuracy"}, {"value": 4}]}
    outcome = outcome_of("some-id", "f.yaml:1", example, lambda paper: rows)
    assert (outcome.passed, outcome.failed, outcome.matched) == (False, True, 1)
    assert outcome.lines() == ["- value: 4", "+ value: 3, kind: score, holder: own"]
    known = outcome_of("some-id", "f.yaml:1", example | {"known_miss": True}, lambda paper: rows)
    assert not known.failed


def test_every_built_in_example_passes() -> None:
    rules = load_rules()
    assert [outcome.lines() for outcome in run_examples(rules, extractor(rules)) if outcome.failed] == []


# --- over a corpus -----------------------------------------------------------------------------------------


def test_coverage_counts_rules_and_names() -> None:
    rules = load_rules()
    paper = Paper(id="1", title="CIFAR-10 and CIFAR-10", abstract="Accuracy on CIFAR-10.")
    report = coverage([(paper, [row(benchmark_id="cifar-10", rule="a")]), (Paper(), [])], rules, ["a", "b"])
    assert (report.papers, report.rows) == (2, 1)
    assert report.fired["rules"] == {"a": 1}
    assert report.fired["benchmarks"] == {"cifar-10": 1}
    assert report.in_rows["benchmarks"] == {"cifar-10": 1}
    assert report.never["rules"] == ["b"]
    assert "cifar-10" not in report.never["benchmarks"]
    assert "cifar-100" in report.never["benchmarks"]
    assert report.samples["rules", "a"] == ["It is 1."]


def test_names_that_the_catalogue_lacks_come_with_an_entry_that_works(tmp_path: Path) -> None:
    rules = load_rules()
    task = "Image Classification"
    rows = [
        row(
            paper_id="1",
            benchmark="ZorbBench",
            metric_id="accuracy",
            sentence="One.",
            task=task,
        ),
        row(paper_id="2", benchmark="Zorb-Bench", metric_id="accuracy", sentence="Two."),
        row(paper_id="2", benchmark="ZorbBench", metric_id="f1", sentence="Two."),
        row(paper_id="3", benchmark="Rare", sentence="Three."),
        row(paper_id="4", benchmark="CIFAR 10", sentence="Four."),
        row(paper_id="5", benchmark="CIFAR 10", sentence="Five."),
        row(paper_id="6", benchmark="CIFAR-10", benchmark_id="cifar-10", sentence="Six."),
        *(row(paper_id=i, benchmark="A1 and 2 others", benchmark_text="A1, B1, C1") for i in "78"),
    ]
    (found,) = discover(rows, rules)
    assert (found.name, found.papers, found.rows, found.metrics) == ("ZorbBench", 2, 3, ["accuracy", "f1"])
    assert found.prints == ["ZorbBench", "Zorb-Bench"]
    assert found.sentences == ["One.", "Two."]
    (tmp_path / "found.yaml").write_text("benchmarks:\n" + found.entry)
    assert load_rules(tmp_path).benchmarks["zorbbench"].tasks == ("image-classification",)
    assert [one.name for one in discover(rows, rules, min_papers=1)] == ["ZorbBench", "Rare"]


def test_rows_are_gained_lost_and_changed() -> None:
    same, better = row(value=1.0), row(value=1.0, rule="other-rule", confidence=0.9)
    first, second = (
        row(start=5, benchmark="A", benchmark_id="a"),
        row(start=5, benchmark="B", benchmark_id="b"),
    )
    found = compare_rows(
        [
            ([same], [better]),
            ([first, second], [first, second.model_copy(update={"metric": "F1"})]),
            ([row(start=9)], []),
            ([], [row(start=9, rule="new-rule"), row(start=12, rule="new-rule")]),
        ]
    )
    assert (found.papers, found.same, len(found.lost), len(found.gained)) == (4, 2, 1, 2)
    assert [title for title, _ in found.groups()] == [
        "gained by new-rule",
        "changed metric",
        "lost from some-rule",
    ]


# --- schemas -----------------------------------------------------------------------------------------------


def test_the_committed_schemas_are_up_to_date() -> None:
    assert out_of_date(builtin_folder() / "schema") == []


def test_every_built_in_file_names_its_schema() -> None:
    schemas = json_schemas()
    for path in builtin_folder().rglob("*.yaml"):
        head = path.read_text(encoding="utf-8")[:1500]
        named = [
            line.partition("$schema=")[2] for line in head.splitlines() if "yaml-language-server" in line
        ]
        assert len(named) == 1, f"{path}: add a line # yaml-language-server: $schema=..."
        target = (path.parent / named[0]).resolve()
        assert target.parent == (builtin_folder() / "schema").resolve(), path
        assert target.name in schemas, path
