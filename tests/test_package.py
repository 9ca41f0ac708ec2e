"""The wheel holds all that the program needs, and works in an empty environment far from the repository."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import leaderboard

REPOSITORY = Path(__file__).resolve().parent.parent
MUST_HOLD = (
    "leaderboard/py.typed",
    "leaderboard/_data/rules/lexicon.yaml",
    "leaderboard/_data/rules/metrics.yaml",
    "leaderboard/_data/rules/patterns/results.yaml",
    "leaderboard/_data/rules/benchmarks/vision.yaml",
    "leaderboard/_data/dashboard/app.py",
    "leaderboard/_data/dashboard/.streamlit/config.toml",
    "leaderboard/_data/fixtures/digests.jsonl",
)

OPEN_THE_DASHBOARD = """
from leaderboard.cli.dashboard import dashboard_folder
from streamlit.testing.v1 import AppTest
page = AppTest.from_file(str(dashboard_folder() / "app.py"), default_timeout=90).run()
assert not page.exception, page.exception
assert "_data" in dashboard_folder().parts
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `python -m build` makes of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    # A name that the index must have, fetched first: what fails after that is a fault of ours.
    pip = (sys.executable, "-m", "pip")
    reach = _run(*pip, "download", "--quiet", "--no-deps", "-d", folder / "x", "hatchling")
    if reach.returncode:
        pytest.skip(f"pip cannot reach its index: {reach.stdout.strip().splitlines()[-1]}")
    built = _run(sys.executable, "-m", "build", "--outdir", folder, REPOSITORY)
    assert built.returncode == 0, built.stdout
    assert len(list(folder.glob("*.tar.gz"))) == 1
    (made,) = folder.glob("*.whl")
    return made


def test_wheel_holds_rules_dashboard_and_demo_corpus_under_one_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        meta = archive.read(next(name for name in names if name.endswith(".dist-info/METADATA"))).decode()
    assert not set(MUST_HOLD) - names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"leaderboard"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".part"))]
    assert f"\nVersion: {leaderboard.__version__}\n" in meta
    assert "License-Expression: Apache-2.0" in meta
    assert {"LICENSE", "NOTICE"} <= {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name}


def test_version_is_written_in_one_place() -> None:
    places = [
        path.relative_to(REPOSITORY).as_posix()
        for path in [REPOSITORY / "pyproject.toml", *(REPOSITORY / "leaderboard").rglob("*.py")]
        if re.search(rf'version\w*\s*=\s*"{re.escape(leaderboard.__version__)}"', path.read_text("utf-8"))
    ]
    assert places == ["leaderboard/__init__.py"]
    citation = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {leaderboard.__version__}\n" in citation


def test_installed_wheel_works_far_from_the_repository(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    constraints = REPOSITORY / "constraints.txt"
    pip = (python, "-m", "pip", "install", "--quiet", "--no-compile", "-c", constraints)
    installed = _run(*pip, f"{wheel}[dashboard]")
    assert installed.returncode == 0, installed.stdout
    place = _run(python, "-c", "import leaderboard; print(leaderboard.__file__)", cwd=tmp_path)
    assert str(home) in place.stdout

    def command(*words: object) -> str:
        done = _run(home / "bin" / "leaderboard", *words, cwd=tmp_path)
        assert done.returncode == 0, f"leaderboard {' '.join(map(str, words))}\n{done.stdout}"
        return done.stdout

    assert command("--version") == f"leaderboard {leaderboard.__version__}\n"
    (tmp_path / "paper.txt").write_text("We propose SCNN. It reaches 96.53% accuracy on TuSimple.")
    assert "1 paper, 1 row, 0 rejects" in command("extract", "paper.txt", "-o", "mine.csv")
    assert "96.53%" in command("board", "TuSimple", "mine.csv")
    # Where no rows are named and none are here, the demo corpus of the wheel is read.
    assert "ImageNet" in command("boards", "--min-entries", "5", "--rules", _own_rules(tmp_path))
    assert re.search(r"no problems|\b0 errors", command("rules", "check", "--no-examples"))
    page = _run(python, "-c", OPEN_THE_DASHBOARD, cwd=tmp_path)
    assert page.returncode == 0, page.stdout
    with _dashboard(home, tmp_path) as address:
        assert _eventually(f"{address}/_stcore/health") == "ok"
        assert "<title>" in _eventually(address)


def _own_rules(folder: Path) -> Path:
    mine = folder / "mine"
    mine.mkdir()
    (mine / "zorb.yaml").write_text("benchmarks:\n- id: zorbbench-7\n  name: ZorbBench-7\n")
    return mine


@contextmanager
def _dashboard(home: Path, folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["dashboard", "mine.csv", "--no-browser", "--port", str(port)]
    with (folder / "dashboard.log").open("wb") as log:
        process = subprocess.Popen(
            [home / "bin" / "leaderboard", *words], cwd=folder, env=_environment(), stdout=log, stderr=log
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _eventually(address: str, seconds: float = 30) -> str:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _run(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words], cwd=cwd, env=_environment(), timeout=300, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    """The environment without what would let the checkout or its settings shine through."""
    ours = ("PYTHONPATH", "LEADERBOARD_", "VIRTUAL_ENV", "COLUMNS", "PYTHONHOME")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"COLUMNS": "120", "NO_COLOR": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
