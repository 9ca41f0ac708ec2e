"""Folders of rules: laid over each other, faults told with their place and mend, kept between starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from leaderboard.rulebook import RuleError, load_rules
from leaderboard.rulebook import compiling as compiling_module
from leaderboard.rulebook import folders as folders_module
from leaderboard.rulebook.shelf import Shelf, lines_of

INVENTED = """
    benchmarks:
    - id: zorbbench-7
      name: ZorbBench-7
      metrics: [zorb-score]
    metrics:
    - id: zorb-score
      name: zorb score
      higher_is_better: true
"""


def problems_in(*folders: Path, builtin: bool = False) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load_rules(*folders, builtin=builtin)
    return [f"{Path(p.file).name}:{p.line}:{p.column}: {p.what} ({p.todo})" for p in caught.value.problems]


def test_one_file_of_a_user_adds_to_the_built_in_rules(write) -> None:
    rules = load_rules(write("mine", "zorb.yaml", INVENTED))
    zorb = rules.resolve_benchmark("zorb bench 7")
    assert zorb is not None
    assert zorb.metrics == ("zorb-score",)
    assert rules.metrics["zorb-score"].higher_is_better is True
    assert [hit.id for hit in rules.names.find("a zorb score of 3 on ZorbBench-7")] == [
        "zorb-score",
        "zorbbench-7",
    ]
    assert len(rules.benchmarks) == len(load_rules().benchmarks) + 1


def test_the_same_id_replaces(write) -> None:
    low = write(
        "low", "benchmarks/a.yaml", "area: speech\nbenchmarks: [{id: foo, name: FooBench, year: 2020}]"
    )
    high = write("high", "b.yaml", "benchmarks: [{id: foo, name: FooBench, aliases: [FooBar]}]")
    rules = load_rules(low, high, builtin=False)
    assert (rules.benchmarks["foo"].year, rules.benchmarks["foo"].area) == (None, "")
    assert rules.benchmarks["foo"].source == f"{high / 'b.yaml'}:1"
    assert [hit.id for hit in rules.names.find("FooBar")] == ["foo"]
    assert load_rules(high, low, builtin=False).benchmarks["foo"].area == "speech"


def test_two_entries_with_one_name_are_told_with_both_places(write) -> None:
    low = write("low", "a.yaml", "benchmarks:\n- {id: foo, name: FooBench}\n- {id: foobar-2, name: Foobar-2}")
    high = write(
        "high", "b.yaml", "benchmarks:\n- id: bar\n  name: BarBench\n  aliases: [Foo Bench, FOOBAR2]"
    )
    first, second = problems_in(low, high)
    assert first.startswith(
        'b.yaml:4:13: the name "Foo Bench" of benchmark "bar" already belongs to "foo" (at '
    )
    assert f"{low / 'a.yaml'}:2" in first
    assert second.startswith('b.yaml:4:24: the name "FOOBAR2"')
    assert load_rules(low, builtin=False).names.find("Foo Bench")[0].id == "foo"


def test_a_clash_with_a_built_in_name_blames_the_user(write) -> None:
    name = next(iter(load_rules().benchmarks.values())).name
    folder = write("mine", "b.yaml", f"benchmarks:\n- id: my-very-own\n  name: {name!r}")
    (problem,) = problems_in(folder, builtin=True)
    assert problem.startswith("b.yaml:3:9: the name ")
    assert "rules/" in problem


def test_cased_names_that_differ_only_in_case_do_not_clash(write) -> None:
    text = "metrics:\n- {id: map, name: mAP, cased: true}\n- {id: big-map, name: MAP, cased: true}"
    rules = load_rules(write("mine", "m.yaml", text), builtin=False)
    assert [hit.id for hit in rules.names.find("mAP, MAP, map")] == ["map", "big-map"]


def test_a_derived_form_yields_to_a_listed_one(write) -> None:
    text = "benchmarks:\n- {id: voc-2012, name: VOC 2012}\n- {id: twelve, name: VOC12}"
    rules = load_rules(write("mine", "m.yaml", text), builtin=False)
    assert [hit.id for hit in rules.names.find("VOC 2012, VOC-12")] == ["voc-2012", "twelve"]


BROKEN = [
    ("benchmarks:\n- id: a\n  name: Abc\n  alias: [X]",
     ['r.yaml:4:3: unknown key "alias" (did you mean "aliases"?)']),
    ("benchmark:\n- id: a", ['r.yaml:1:1: unknown key "benchmark" (did you mean "benchmarks"?)']),
    ("benchmarks:\n- name: Abc", ['r.yaml:2:3: "id" is missing (add id: ...)']),
    ("benchmarks:\n- {id: a, name: 2024}",
     ['r.yaml:2:17: "name" must be text, this is the number 2024 (write it in quotes: "2024")']),
    ("benchmarks:\n- {id: a, name: Abc, aliases: X Y}",
     ['r.yaml:2:31: "aliases" must be a list, this is text (put it in brackets: [one, two])']),
    ("benchmarks:\n- {id: My Bench, name: Abc}",
     ['r.yaml:2:8: "My Bench" is not an id '
      "(lower-case letters and digits with single hyphens between: my-bench)"]),
    ("metrics:\n- {id: a, name: Abc, higher_is_better: yes}",
     ['r.yaml:2:40: "higher_is_better" must be true or false (write true or false, without quotes)']),
    ("metrics:\n- {id: a, name: Abc, range: [5, 1]}",
     ['r.yaml:2:29: "range": the first number of a range must be smaller than the second ()']),
    ("metrics:\n- {id: a, name: Abc, scale: per cent}",
     ["r.yaml:2:29: \"scale\" cannot be \"per cent\" (write 'percent', 'fraction' or '')"]),
    ("benchmarks:\n- {id: a, name: Abc, subsets: [{id: x, nme: y}]}",
     ['r.yaml:2:32: "name" is missing (add name: ...)',
      'r.yaml:2:40: unknown key "nme" (did you mean "name"?)']),
    ("benchmarks:\n- {id: a, name: Abc}\n- {id: a, name: Abd}",
     ['r.yaml:3:8: the id "a" is taken '
      "({folder}/r.yaml:2 has it; choose another id, or make one of the two)"]),
    ("benchmarks:\n- {id: a, name: Abc, metrics: [acuracy]}\nmetrics: [{id: accuracy, name: accuracy}]",
     ['r.yaml:2:32: there is no metric with the id "acuracy" (did you mean "accuracy"?)']),
    ("[1, 2]", ["r.yaml:1:1: the file must be a mapping of keys, this is a list (write key: value lines)"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BROKEN, ids=[text[:50] for text, _ in BROKEN])
def test_a_fault_is_told_with_its_place_and_mend(write, text: str, expected: list[str]) -> None:
    folder = write("mine", "r.yaml", text)
    assert problems_in(folder) == [line.replace("{folder}", str(folder)) for line in expected]


def test_all_faults_are_told_at_once_and_each_at_its_own_entry(write) -> None:
    text = """
        benchmarks:
        - {id: a, name: Abc, aliass: [X]}
        - {id: b, name: Bcd}
        - {id: b, name: Cde}
        - {id: c, name: 5}
        - {id: d, name: Bcd}
    """
    write("mine", "one.yaml", text)
    folder = write("mine", "two.yaml", "metrics: [{id: m}]")
    lines = [problem.split(": ")[0] for problem in problems_in(folder)]
    assert lines == ["one.yaml:2:22", "one.yaml:4:8", "one.yaml:5:17", "one.yaml:6:17", "two.yaml:1:11"]


def test_faults_of_built_in_files_do_not_stop_a_user(write, monkeypatch: pytest.MonkeyPatch) -> None:
    built_in = write(
        "rules", "benchmarks/a.yaml", "benchmarks:\n- {id: a, name: Abc, alias: [X]}\n- {id: b, name: Bcd}"
    )
    monkeypatch.setattr("leaderboard.rulebook.loading.builtin_folder", lambda: built_in)
    mine = write("mine", "m.yaml", "benchmarks: [{id: c, name: Cde}]")
    for _ in range(2):  # compiled, then from the cache
        rules = load_rules(mine)
        assert set(rules.benchmarks) == {"b", "c"}
        assert [str(problem) for problem in rules.problems] == [
            'rules/benchmarks/a.yaml:2:22: unknown key "alias" (did you mean "aliases"?)'
        ]


def test_folders_are_discovered_when_asked_for(
    write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write("first", "a.yaml", "benchmarks: [{id: foo, name: FooBench, year: 2001}]")
    second = write("second", "a.yaml", "benchmarks: [{id: bar, name: BarBench, year: 2001}]")
    write("leaderboard-rules", "a.yaml", "benchmarks: [{id: bar, name: BarBench, year: 2002}]")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEADERBOARD_RULES", f"{first}{os.pathsep}{second}")
    assert "foo" not in load_rules(builtin=True).benchmarks
    rules = load_rules(discover=True)
    assert (rules.benchmarks["foo"].year, rules.benchmarks["bar"].year) == (2001, 2002)
    given = write("given", "a.yaml", "benchmarks: [{id: foo, name: FooBench, year: 2003}]")
    assert load_rules(given, discover=True).benchmarks["foo"].year == 2003


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such folder of rules"):
        load_rules(tmp_path / "nowhere")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_must_not_lead_out_of_the_folder(write, tmp_path: Path) -> None:
    outside = write("outside", "secret.yaml", "benchmarks: []") / "secret.yaml"
    folder = write("mine", "a.yaml", "benchmarks: []")
    (folder / "inside.yaml").symlink_to(folder / "a.yaml")
    load_rules(folder, builtin=False)
    (folder / "out.yaml").symlink_to(outside)
    with pytest.raises(RuleError, match=r"out\.yaml: the link leads out of the rules folder"):
        load_rules(folder, builtin=False)


def test_hidden_files_and_other_files_are_left_alone(write) -> None:
    write("mine", ".git/x.yaml", ": :")
    write("mine", "notes.txt", ": :")
    write("mine", "schema/metrics.json", "{}")
    folder = write("mine", "empty.yaml", "# nothing yet\n")
    assert len(load_rules(folder, builtin=False).benchmarks) == 0


def test_rules_of_the_checkout_are_found() -> None:
    assert (folders_module.builtin_folder() / "metrics.yaml").is_file()


# --- the cache ---------------------------------------------------------------------------------------------


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time rules are compiled."""
    made: list[int] = []
    compile_sources = compiling_module.compile_sources

    def counting(sources: object) -> object:
        made.append(1)
        return compile_sources(sources)  # type: ignore[arg-type]

    monkeypatch.setattr(compiling_module, "compile_sources", counting)
    return made


def test_a_second_start_reads_the_cache(write, compilations: list[int]) -> None:
    folder = write("mine", "zorb.yaml", INVENTED)
    first = load_rules(folder, builtin=False)
    second = load_rules(folder, builtin=False)
    assert len(compilations) == 1
    assert first.digest == second.digest
    assert second.benchmarks["zorbbench-7"] == first.benchmarks["zorbbench-7"]
    text = "zorb score on ZorbBench-7"
    assert second.names.find(text) == first.names.find(text)
    write("mine", "zorb.yaml", INVENTED.replace("ZorbBench-7", "ZorbBench-8"))
    assert load_rules(folder, builtin=False).benchmarks["zorbbench-7"].name == "ZorbBench-8"
    assert len(compilations) == 2


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x80\x04cos\nsystem\n", b"garbage\n" * 50])
def test_a_damaged_cache_is_made_anew(write, compilations: list[int], own_cache: Path, damage: bytes) -> None:
    folder = write("mine", "zorb.yaml", INVENTED)
    load_rules(folder, builtin=False)
    path = only_file(own_cache)
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert "zorbbench-7" in load_rules(folder, builtin=False).benchmarks
    path.write_bytes(whole[:-20])
    assert "zorbbench-7" in load_rules(folder, builtin=False).benchmarks
    path.write_bytes(whole.replace(b"ZorbBench-7", b"EvilBench-7"))
    assert load_rules(folder, builtin=False).benchmarks["zorbbench-7"].name == "ZorbBench-7"
    assert len(compilations) == 4
    assert path.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners of files here")
def test_a_cache_that_others_can_write_is_not_read(write, compilations: list[int], own_cache: Path) -> None:
    folder = write("mine", "zorb.yaml", INVENTED)
    load_rules(folder, builtin=False)
    path = only_file(own_cache)
    assert path.stat().st_mode & 0o077 == 0
    path.chmod(0o666)
    load_rules(folder, builtin=False)
    assert len(compilations) == 2


def test_no_cache_is_no_error(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("LEADERBOARD_CACHE", str(blocked / "cache"))
    assert "zorbbench-7" in load_rules(write("mine", "zorb.yaml", INVENTED), builtin=False).benchmarks


def test_old_cache_files_go(write, own_cache: Path) -> None:
    for number in range(12):
        load_rules(
            write("mine", "a.yaml", f"benchmarks: [{{id: b{number}, name: Bench{number}}}]"), builtin=False
        )
    assert len(list(own_cache.iterdir())) == 8


def test_rows_of_a_shelf_are_found_one_by_one_and_all_together() -> None:
    table = {f"key {number}": b"[%d]" % number for number in range(1000)} | {"\u00e9": b'["\\u001f\\n"]'}
    shelf = Shelf(lines_of(table))
    assert shelf["key 7"] == b"[7]" and "key 1000" not in shelf and shelf.get("key 1000") is None
    assert list(shelf.items()) == list(table.items()) and len(shelf) == 1001
    assert all(shelf[key] == row for key, row in table.items())


def test_names_are_the_same_after_many_sentences(write) -> None:
    names = load_rules(write("mine", "zorb.yaml", INVENTED), builtin=False).names
    first = names.find("zorb score on ZorbBench-7")
    assert len(first) == 2
    assert all(names.find("zorb score on ZorbBench-7") == first for _ in range(300))
