"""What the pages point to is there, and the pages say nothing that is not filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md"), *(REPOSITORY / ".github").rglob("*.md")]
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|(?:src|href|srcset)=\"([^\"]+)\"")
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
