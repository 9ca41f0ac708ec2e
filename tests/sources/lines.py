"""Files of papers, looked into line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def lines_of(path: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def ids_in(path: str | Path) -> list[str]:
    return [line["id"] for line in lines_of(path)]
