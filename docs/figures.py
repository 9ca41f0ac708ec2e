"""Writes the measured figures of `docs/figures.json` into the pages.

    python docs/figures.py           fill in every page
    python docs/figures.py --check   change nothing; exit code 1 where a page is out of date

A figure stands in a page between two comments, which a reader does not see:

    <!-- figure: board-f1 -->0.93<!-- end -->
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGES = [HERE.parent / "README.md", *sorted(HERE.glob("*.md"))]
MARK = re.compile(r"(<!-- figure: ([\w-]+) -->)(.*?)(<!-- end -->)", re.DOTALL)
MISSING = "TODO" + "-FIGURE"


def figures() -> dict[str, str]:
    """The figures by name, as they are printed; empty where none have been measured."""
    path = HERE / "figures.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def filled(text: str, known: Mapping[str, object]) -> str:
    """The text with every figure in its place."""
    return MARK.sub(lambda mark: f"{mark[1]}{known.get(mark[2], MISSING)}{mark[4]}", text)


def main() -> int:
    known, stale = figures(), 0
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = filled(text, known)
        if new == text:
            continue
        stale += 1
        if "--check" in sys.argv[1:]:
            print(f"{page.name}: out of date (python docs/figures.py)")
        else:
            page.write_text(new, encoding="utf-8")
            print(f"wrote {page.name}")
    return int(stale > 0 and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
