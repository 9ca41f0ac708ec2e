"""YAML as data with places, and the parts of YAML that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.rulebook.problems import RuleError
from leaderboard.rulebook.yamlfile import MAX_BYTES, parse_yaml, read_yaml


def test_data_and_places() -> None:
    document = parse_yaml("a: 1\nb:\n- {c: no, d: '5'}\n- [1.5, true, ~, on, 1_0, 0x1, 2020-01-02]\n", "f")
    assert document.data == {
        "a": 1,
        "b": [{"c": "no", "d": "5"}, [1.5, True, None, "on", "1_0", "0x1", "2020-01-02"]],
    }
    spot = document.spot.at(("b", 0, "d"))
    assert (spot.line, spot.column) == (3, 14)
    assert document.spot.at(("b", 0, "d"), key=True).column == 11
    assert document.spot.at(("b", 1, 1)).line == 4
    assert document.spot.at(("b", 7, "x")).line == 3  # as near as there is


REFUSED = [
    ("a: &x [1]\nb: *x", "f:1:4: YAML anchors and aliases are not used here (write the value out)"),
    ("a: 1\n---\nb: 2", "f:2:1: a second YAML document (keep one document in a file, remove the ---)"),
    ("a: 1\nb: 2\na: 3", 'f:3:1: "a" is given twice (first in line 1; keep one of them)'),
    (
        "a: !!python/object/apply:os.system [ls]",
        "f:1:4: the YAML tag tag:yaml.org,2002:python/object/apply:os.system",
    ),
    ("<<: {a: 1}\nb: *c", "f:2:4: YAML anchors and aliases are not used here (write the value out)"),
    ("[a, b]: 1", "f:1:1: a key must be a plain word"),
    (
        "a: [1,\nb: 2",
        "f:3:1: not valid YAML: did not find expected ',' or ']' (close the bracket that is opened in line 1",
    ),
    (
        "a:\n\t- b",
        "f:2:1: not valid YAML: found character that cannot start any token (indent with spaces",
    ),
    ("[" * 60 + "]" * 60, "f:1:42: nested too deeply"),
    ("a: \x01", "f: not valid YAML"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text[:30] for text, _ in REFUSED])
def test_refused(text: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_yaml(text, "f")
    assert str(caught.value).startswith(message)


def test_a_bomb_does_not_go_off() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(RuleError, match="anchors"):
        parse_yaml("\n".join(lines))


def test_files_too_big_or_in_another_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(RuleError, match=r"big\.yaml: the file is too big \(split it"):
        read_yaml(path)
    path.write_bytes("a: 1\nb: é".encode("latin-1"))
    with pytest.raises(RuleError, match=r"big\.yaml:2:4: byte 0xe9 is not UTF-8 \(save it as UTF-8\)"):
        read_yaml(path)
    with pytest.raises(RuleError, match="cannot be read"):
        read_yaml(tmp_path / "none.yaml")


@given(st.text(max_size=200))
def test_any_text_is_data_or_a_rule_error(text: str) -> None:
    try:
        parse_yaml(text)
    except RuleError as error:
        assert error.problems
