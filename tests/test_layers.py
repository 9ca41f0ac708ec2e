"""Lower layers never import upper ones, and the package claims no name but its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from leaderboard.rulebook.kinds import KINDS

REPOSITORY = Path(__file__).resolve().parent.parent
SCREENS = sorted((REPOSITORY / "dashboard").rglob("*.py"))


def test_no_module_imports_upwards() -> None:
    """The contract is in pyproject.toml; a module that has no place in it breaks it, too."""
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [linter, "--no-cache", "--config", "pyproject.toml"], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[done.stdout.find("Contracts") :] + done.stderr


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_rules_name_by_import_path_is_no_higher_than_rules(kind) -> None:  # type: ignore[no-untyped-def]
    """The import linter cannot see imports by name."""
    for name in filter(None, (kind.model, kind.finish)):
        assert name.startswith("leaderboard.rulebook.")


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_pages_only_show(path: Path) -> None:
    """What a page shows is computed in the package, where it is tested without a browser."""
    for_computing = {"numpy", "pyarrow", "re", "regex", "yaml", "sqlite3"}
    imported = _imported(path)
    assert not for_computing & {name.split(".")[0] for name in imported}
    assert not [name for name in imported if name.startswith("leaderboard.cli")]


def test_nothing_in_the_package_needs_the_dashboard_to_be_installed() -> None:
    """Streamlit is an extra: only the command that starts it may import it."""
    users = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "leaderboard").rglob("*.py")
        if any(name.split(".")[0] == "streamlit" for name in _imported(path))
    }
    assert users == {"leaderboard/cli/dashboard.py"}


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found
