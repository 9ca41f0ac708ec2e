"""The files that code hosts and editors read are what they take them for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import leaderboard

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = REPOSITORY / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(path for path in TEMPLATES.glob("*.yml") if path.stem != "config")


def read(path: str | Path) -> Any:
    return yaml.safe_load((REPOSITORY / path).read_text(encoding="utf-8"))


def test_continuous_integration_runs_what_anybody_can_run() -> None:
    (job,) = read(".github/workflows/ci.yml")["jobs"].values()
    assert job["steps"][-1] == {"run": ".ci/run"}
    script = REPOSITORY / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert re.findall(r"^make (\w+)$", script.read_text(), re.MULTILINE) == ["lint", "test"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_issue_forms_have_what_a_form_needs(form: Path) -> None:
    data = read(form)
    assert {"name", "description", "body"} <= set(data)
    assert all(field["attributes"]["label"] for field in data["body"])


def test_a_wrong_row_cannot_be_reported_without_its_sentence() -> None:
    fields = {field["id"]: field for field in read(".github/ISSUE_TEMPLATE/wrong-or-missing-row.yml")["body"]}
    assert fields["sentence"]["validations"]["required"]


def test_pre_commit_runs_tools_of_the_environment() -> None:
    (repository,) = read(".pre-commit-config.yaml")["repos"]
    assert all(hook["entry"].startswith(".venv/bin/") for hook in repository["hooks"])
    assert {hook["id"] for hook in repository["hooks"]} == {"ruff", "mypy", "layers", "rules"}


def test_citation_names_what_is_cited() -> None:
    citation = read("CITATION.cff")
    assert citation["license"] == "Apache-2.0"
    assert citation["version"] == leaderboard.__version__
    assert citation["authors"] and citation["title"]


def test_changelog_keeps_its_form() -> None:
    """Versions in order, newest first, with dates; sections named as Keep a Changelog has them."""
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[0] == "[Unreleased]"
    for version in re.findall(r"^## (.*)$", text, re.MULTILINE)[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", version)
    sections = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert sections <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_licence_is_the_one_that_is_named() -> None:
    assert "Apache License" in (REPOSITORY / "LICENSE").read_text(encoding="utf-8")[:200]
    assert "CC BY-SA" in (REPOSITORY / "NOTICE").read_text(encoding="utf-8")
