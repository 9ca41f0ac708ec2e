"""The catalogue that comes with the program: every name leads to its entry and to no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from leaderboard.rulebook import RuleSet, load_rules
from leaderboard.rulebook.forms import KINDS, NOT, key_of, plain


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


def entries(rules: RuleSet) -> Iterator[tuple[str, Any]]:
    for kind, table in (("benchmark", rules.benchmarks), ("metric", rules.metrics), ("task", rules.tasks)):
        for entry in table.values():
            yield kind, entry


def test_no_file_has_a_fault(rules: RuleSet) -> None:
    assert [str(problem) for problem in rules.problems] == []


def test_every_name_and_alias_resolves_to_its_entry_and_no_other(rules: RuleSet) -> None:
    wrong = []
    for kind, entry in entries(rules):
        for form in (entry.name, *entry.aliases):
            if len(key_of(form)) < 2:
                wrong.append(f"{entry.source}: {form} is too short to be found")
            elif rules.names.resolve(form, kind) != entry.id:
                other = rules.names.resolve(form, kind)
                wrong.append(f"{entry.source}: {form} resolves to {other or 'nothing'}, not to {entry.id}")
    assert wrong == []


def test_every_name_and_alias_is_found_in_a_sentence(rules: RuleSet) -> None:
    """As printed, each form leads to its entry, or to one of another kind that shares the form.

    A metric that opens with a benchmark's name is found as the benchmark and the metric.
    """
    wrong = []
    for kind, entry in entries(rules):
        for form in map(plain, (entry.name, *entry.aliases)):
            claims = rules.names._claims(key_of(form))
            shared = {KINDS[claim[0]] for claim in claims if claim[0] != NOT} - {kind}
            text = f"It has {form} too."
            hits = [hit for hit in rules.names.find(text) if form.endswith(text[hit.start : hit.end])]
            if not any(hit.kind in shared or (hit.kind, hit.id) == (kind, entry.id) for hit in hits):
                wrong.append(f"{entry.source}: {kind} {form}: {rules.names.find(text)}")
    assert wrong == []


def test_the_catalogue_is_large(rules: RuleSet) -> None:
    assert len(rules.benchmarks) >= 2500
    assert len(rules.metrics) >= 300
    assert len(rules.tasks) >= 400
