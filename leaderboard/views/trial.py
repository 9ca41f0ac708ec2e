"""The process in which a draft of rules is tried: a question as JSON comes in, problems and rows go out.

`python -m leaderboard.views.trial` is started by `leaderboard.views.drafts` and ended when it takes too long.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """The draft's problems; and the rows of each paper before and after, where it has none that matter."""
    from leaderboard.authoring.patterns import pattern_problems
    from leaderboard.extraction import extract_paper
    from leaderboard.models import Paper
    from leaderboard.rulebook import RuleError, load_rules
    from leaderboard.rulebook.compiling import compile_sources
    from leaderboard.rulebook.folders import builtin_folder
    from leaderboard.rulebook.loading import digest_of, keep, read_sources

    draft = Path(question["draft"])
    folders = [builtin_folder(), *map(Path, question["folders"]), draft]
    try:
        sources = read_sources(folders, builtin=True)
    except RuleError as error:
        return {"problems": [asdict(one) for one in error.problems]}
    ours = [source for source in sources if source.root == draft]
    compiled, problems = compile_sources(sources)
    shown = {source.shown for source in ours}
    mine = [one for one in (*problems, *pattern_problems(sources, ours)) if one.file in shown]
    told = [asdict(one) | {"file": "draft"} for one in sorted(set(mine))]
    if any(one["severity"] == "error" or one["code"] == "runaway" for one in told):
        return {"problems": told}
    papers = [Paper.model_validate(paper) for paper in question["papers"]]
    in_use = load_rules(*question["folders"])
    before = [extract_paper(paper, in_use) for paper in papers]
    # A draft's compiled rules are of no use later, and would push others out of the cache.
    os.environ["LEADERBOARD_CACHE"] = question["cache"]
    rules = keep(compiled, problems, digest_of(sources), folders)
    after = [extract_paper(paper, rules) for paper in papers]
    return {"problems": told, "before": _plain(before), "after": _plain(after)}


def _plain(rows_of_papers: list[list[Any]]) -> list[list[dict[str, Any]]]:
    return [[row.model_dump() for row in rows] for rows in rows_of_papers]


if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(answer(orjson.loads(sys.stdin.buffer.read()))))
