"""What the pages point to is there, and the pages say nothing that is not filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaderboard.cli import COMMANDS
from leaderboard.cli.rules import app as rules

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md"), *(REPOSITORY / ".github").rglob("*.md")]
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|(?:src|href|srcset)=\"([^\"]+)\"")
FILE = re.compile(r"`((?:\.?[\w-]+/)*[\w-]+(?:\.py|\.yaml|\.toml|\.txt|/))`")
MADE_BY_THE_READER = {"leaderboard-rules/", "out/reference/", "dist/"}
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The anchors that a code host gives the headings of a page."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for found in LINK.finditer(page.read_text(encoding="utf-8")):
        target, _, anchor = (found[1] or found[2]).partition("#")
        if "://" in target:
            continue
        place = (page.parent / target).resolve() if target else page
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place)):
            broken.append(found[0])
    assert not broken, f"{page.name} points to what is not there: {broken}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_nothing_is_left_to_fill_in(page: Path) -> None:
    left = re.findall(r"TODO[\w-]*|FIXME|XXX|TBD|lorem ipsum", page.read_text(encoding="utf-8"))
    assert not left, f"{page.name} still has {sorted(set(left))}"


@pytest.mark.parametrize("page", sorted((REPOSITORY / "docs").glob("*.md")), ids=lambda page: page.name)
def test_every_page_can_be_found_from_the_readme(page: Path) -> None:
    assert f"docs/{page.name}" in (REPOSITORY / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_files_that_are_named_are_there(page: str) -> None:
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    folders = ("", "leaderboard", "leaderboard/boards", "tests/readers", "fixtures/phenomena")
    roots = [REPOSITORY / folder for folder in folders]
    names = set(FILE.findall(text)) - MADE_BY_THE_READER
    assert not [name for name in sorted(names) if not any((root / name).exists() for root in roots)]


def test_every_command_is_shown_in_a_page() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert not [name for name in COMMANDS if f"leaderboard {name}" not in pages]
    inner = [command.name or command.callback.__name__.rstrip("_") for command in rules.registered_commands]
    assert not [name for name in inner if f"leaderboard rules {name}" not in pages]
