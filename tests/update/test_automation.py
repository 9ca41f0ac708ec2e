"""The workflow of docs/automation.md and the Dockerfile do what the page says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sources.conftest import LANES

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs" / "automation.md").read_text()
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text()


def shell(script, folder, **environment):
    tools = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    found = {"PATH": tools, "HOME": str(folder)} | environment
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=found, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def workflow():
    text = next(text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.S) if "schedule:" in text)
    return yaml.safe_load(text)


@pytest.fixture
def clone(tmp_path, folder):
    """A clone whose folder of boards is fed by the server, and the repository that it pushes to."""
    if not shutil.which("git"):
        pytest.skip("no git: the workflow's steps need it")
    done = shell(
        "git init -q --bare origin.git && git clone -q origin.git clone && mv boards clone/ && cd clone && "
        "git add . && git -c user.name=a -c user.email=a@b commit -qm begin && git push -q origin HEAD",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    return tmp_path / "clone"


def steps_of(workflow):
    return {step["name"]: step["run"] for step in workflow["jobs"]["update"]["steps"] if "run" in step}


def test_the_workflow_commits_what_changed_and_nothing_else(workflow, clone, server):
    steps = steps_of(workflow)
    environment = {
        "LEADERBOARD_ARXIV_BASE": server.arxiv, "LEADERBOARD_ARXIV_INTERVAL": "0",
        "GITHUB_STEP_SUMMARY": "sum.md",
    }  # fmt: skip

    def day():
        for name in ("Update", "Keep"):
            done = shell(steps[name], clone, **environment)
            assert done.returncode == 0, done.stdout + done.stderr
        return len(shell("git log --oneline", clone.parent / "origin.git").stdout.splitlines())

    assert day() == 2
    assert "1 new benchmark" in (clone / "sum.md").read_text()
    assert day() == 2, "nothing new is no commit"
    server.papers = list(LANES)
    assert day() == 3
    server.close()
    assert day() == 3, "a source that is gone does not fail the day"
    (clone / "boards" / "leaderboard.toml").write_text("[wrong")
    assert shell(steps["Update"], clone, **environment).returncode == 2


def test_the_workflow_may_write_and_runs_alone(workflow):
    assert workflow["permissions"] == {"contents": "write"} and workflow["concurrency"]
    assert workflow[True]["schedule"], "on: is read as true by YAML 1.1"


def test_the_image_copies_what_there_is_and_drops_its_rights():
    for source in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.M):
        assert all((REPOSITORY / name).exists() for name in source.split())
    user, command = DOCKERFILE.rfind("\nUSER leaderboard"), DOCKERFILE.rfind("\nCMD [")
    assert 0 < user < command and "USER root" not in DOCKERFILE


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        ([], ""),
        (["rows.parquet"], "rows.parquet "),
        (["rows.parquet", "papers.jsonl"], "rows.parquet --papers papers.jsonl "),
    ],
)  # fmt: skip
def test_the_image_shows_what_is_mounted(tmp_path, files, shown):
    command = DOCKERFILE[DOCKERFILE.rfind("\nCMD [") + len("\nCMD ") :].replace("\\\n", "")
    program, option, script = json.loads(command)
    for name in files:
        (tmp_path / name).touch()
    stub = tmp_path / "leaderboard"
    stub.write_text('#!/bin/sh\necho "$@"\n')
    stub.chmod(0o755)
    done = subprocess.run(
        [program, option, script], cwd=tmp_path, capture_output=True, text=True,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )  # fmt: skip
    assert done.stdout == f"dashboard {shown}--host 0.0.0.0 --port 8501 --no-browser\n", done.stderr
