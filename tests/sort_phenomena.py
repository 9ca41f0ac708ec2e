"""Move known failures that are met to the file of their phenomenon: `python tests/sort_phenomena.py`.

Texts are moved as they are written. What fails in another file is left there: that is a loss to look at, and
no known failure until somebody says so.
"""

from __future__ import annotations

import re

import yaml
from phenomena import FOLDER, KNOWN_FAILURES, complete, rows_of

_PHENOMENON = re.compile(r"^  phenomenon: (\S+)\n", re.MULTILINE)


def blocks(text: str) -> tuple[str, list[str]]:
    """The comment at the head of a file, and its cases as written."""
    head, *cases = re.split(r"^(?=- id: )", text, flags=re.MULTILINE)
    return head, cases


def main() -> None:
    known = FOLDER / f"{KNOWN_FAILURES}.yaml"
    head, written = blocks(known.read_text(encoding="utf-8"))
    kept = []
    for block in written:
        [case] = yaml.safe_load(block)
        if not complete(case["rows"], rows_of(case)):
            kept.append(block)
            continue
        with (FOLDER / f"{case['phenomenon']}.yaml").open("a", encoding="utf-8") as file:
            file.write(_PHENOMENON.sub("", block))
        print(f"{case['id']}: met, moved to {case['phenomenon']}.yaml")
    known.write_text(head + "".join(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
