"""JSON Schemas of the rule files, for editors: completion, descriptions, and squiggles where a key is
wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from leaderboard.rulebook.compiling import bundle_model
from leaderboard.rulebook.kinds import KINDS, named

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file by file name; `rules.json` is for files of any name."""
    models = {kind.name: named(kind.model) for kind in KINDS} | {"rules": bundle_model()}
    schemas = {}
    for name, model in models.items():
        schema = model.model_json_schema(by_alias=True)
        schemas[f"{name}.json"] = {"$schema": _DRAFT} | schema | {"title": f"Leaderboard: {name}"}
    return schemas


def write_schemas(folder: Path, only: str = "") -> list[Path]:
    """Write the schemas, or only the one of this file name, into a folder; return the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    stale = [name for name in out_of_date(folder) if only in ("", name)]
    schemas = json_schemas()
    for name in stale:
        (folder / name).write_text(_text(schemas[name]), encoding="utf-8")
    return [folder / name for name in stale]


def out_of_date(folder: Path) -> list[str]:
    """The file names of the schemas that are missing in a folder or not as they should be."""
    stale = []
    for name, schema in json_schemas().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != _text(schema):
            stale.append(name)
    return stale


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
