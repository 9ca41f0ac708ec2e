"""Rules being written on the page: their problems as they are typed, a trial run, and saving them.

A draft is tried in a process of its own, which is ended when it takes too long: so no pattern can hang the
dashboard, and nothing that is only a draft touches the rules in use.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from leaderboard.authoring.diff import Difference, compare_rows
from leaderboard.authoring.new import draft_entry
from leaderboard.errors import LeaderboardError, OutputError
from leaderboard.models import Paper, Result
from leaderboard.rulebook import Problem, RuleError, RuleSet
from leaderboard.rulebook.compiling import bundle_model, validated
from leaderboard.rulebook.kinds import LEXICON, PATTERNS, FileKind, named
from leaderboard.rulebook.yamlfile import parse_yaml

LIMIT = 60.0
"""Seconds that a trial may take."""
SAMPLE = 120
"""Papers of the loaded corpus that a trial reads."""
SHOWN = "draft"

_FILE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_ENTRY = re.compile(r"^\s*-\s*id:\s*[\"']?([A-Za-z0-9-]+)", re.MULTILINE)
_PATTERN_KEYS = frozenset(("macros", "naming", "results"))
_LEXICON_KEYS = frozenset(("classes", "implies", "rates"))

PATTERN = """\
# METRIC, BENCHMARK, VALUE, other classes and words, from left to right; ~3 is up to three words of any sort.
results:
- id: my-pattern
  pattern: VALUES METRIC ~3 on BENCHMARKS
  priority: 90
  gives: {kind: score, holder: own}
"""


@dataclass(slots=True)
class Trial:
    """What a draft changes: its problems, the rows of the pasted text, and the difference on a sample."""

    problems: list[Problem] = field(default_factory=list)
    rows: list[Result] = field(default_factory=list)
    difference: Difference = field(default_factory=Difference)
    on_text: Difference = field(default_factory=Difference)
    stopped: str = ""

    @property
    def usable(self) -> bool:
        """Whether the draft can be saved: it was read, tried, and nothing ran away."""
        return not self.stopped and not any(
            p.severity == "error" or p.code == "runaway" for p in self.problems
        )


def kind_of(text: str) -> FileKind | None:
    """The kind of file that a draft is by its sections; None for entries of the catalogue."""
    keys = set(re.findall(r"^([a-z_]+)\s*:", text, re.MULTILINE))
    if keys & _LEXICON_KEYS:
        return LEXICON
    return PATTERNS if keys & _PATTERN_KEYS else None


def place_of(text: str, name: str) -> PurePosixPath:
    """Where in a folder of rules the draft belongs.

    Raises:
        LeaderboardError: for a name that is not a plain file name.

    >>> str(place_of("benchmarks: []", "my-bench"))
    'my-bench.yaml'
    """
    stem = name.strip().removesuffix(".yaml")
    if not _FILE.fullmatch(stem):
        raise LeaderboardError(
            f"{name!r} cannot be the name of a file (use lower case letters, digits and hyphens)"
        )
    kind = kind_of(text)
    if kind is LEXICON:
        return PurePosixPath("lexicon.yaml")
    return PurePosixPath("patterns" if kind is PATTERNS else ".", f"{stem}.yaml")


def name_of(text: str) -> str:
    """A file name for a draft: the id of its first entry."""
    found = _ENTRY.search(text)
    return found[1].lower() if found else "my-rules"


def problems_of(text: str) -> list[Problem]:
    """What is wrong with a draft by itself; what clashes with other rules comes out in a trial."""
    kind = kind_of(text)
    try:
        document = parse_yaml(text, SHOWN)
    except RuleError as error:
        return error.problems
    if document.data is None:
        return [Problem(SHOWN, 0, 0, "there are no rules yet", "write an entry, or start from one above")]
    return validated(document, named(kind.model) if kind else bundle_model())[1]


def entry_text(rules: RuleSet, name: str) -> str:
    """The text of a known benchmark's entry, to be edited; an entry with the same id replaces it.

    Raises:
        LeaderboardError: where the rules have no such benchmark.
    """
    known = rules.resolve_benchmark(name)
    if known is None:
        raise LeaderboardError(f"no benchmark is called {name!r} (start from a new entry)")
    lines = ["benchmarks:", f"- id: {_scalar(known.id)}", f"  name: {_scalar(known.name)}"]
    for key, items in (
        ("aliases", known.aliases),
        ("tasks", known.tasks),
        ("metrics", known.metrics),
        ("splits", known.splits),
        ("not", known.not_),
    ):
        if items:
            lines.append(f"  {key}: [{', '.join(_scalar(item) for item in items)}]")
    if known.subsets:
        lines.append("  subsets:")
        for part in known.subsets:
            forms = (
                f", aliases: [{', '.join(_scalar(item) for item in part.aliases)}]" if part.aliases else ""
            )
            lines.append(f"  - {{id: {_scalar(part.id)}, name: {_scalar(part.name)}{forms}}}")
    if known.range:
        lines.append(
            "  range: {"
            + ", ".join(f"{metric}: [{low:g}, {high:g}]" for metric, low, high in known.range)
            + "}"
        )
    lines += [f"  {key}: true" for key, on in (("cased", known.cased), ("ambiguous", known.ambiguous)) if on]
    lines += [f"  year: {known.year}"] if known.year else []
    lines += [f"  url: {known.url}"] if known.url else []
    lines += [f"  area: {_scalar(known.area)}"] if known.area else []
    return "\n".join(lines) + "\n"


def new_entry(rules: RuleSet, name: str) -> str:
    """The text of a first entry for a new benchmark."""
    return draft_entry(name, rules).text


def sample_of(papers: Iterable[Paper], text: str, most: int = SAMPLE) -> list[Paper]:
    """Papers to try a draft on: those that name what it names, then the first of the others."""
    words = [
        word
        for word in re.findall(r"(?:name|aliases):\s*(.+)", text)
        for word in re.split(r"[\[\],\"']", word)
    ]
    names = [word.strip() for word in words if len(word.strip()) > 2]
    papers = list(papers)
    telling = [p for p in papers if any(name in p.abstract or name in p.title for name in names)][:most]
    seen = {id(paper) for paper in telling}
    return [*telling, *(p for p in papers if id(p) not in seen)][:most]


def tried(
    text: str,
    name: str,
    pasted: Paper,
    folders: Sequence[Path],
    sample: Sequence[Paper],
    *,
    limit: float = LIMIT,
) -> Trial:
    """Try a draft, laid over the rules in use, on the pasted text and on a sample.

    Raises:
        LeaderboardError: for a name that cannot be a file's.
    """
    place = place_of(text, name)
    trial = Trial(problems=problems_of(text))
    if not trial.usable:
        return trial
    with tempfile.TemporaryDirectory(prefix="leaderboard-draft-") as folder:
        path = Path(folder, "rules", place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        question = {
            "folders": [str(one) for one in folders],
            "draft": str(Path(folder, "rules")),
            "cache": str(Path(folder, "cache")),
            "papers": [paper.model_dump() for paper in (pasted, *sample)],
        }
        command = [sys.executable, "-m", "leaderboard.views.trial"]
        try:
            done = subprocess.run(
                command, input=orjson.dumps(question), capture_output=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            ids = ", ".join(_ENTRY.findall(text)[:5])
            trial.stopped = (
                f"The trial of {ids} took longer than {limit:g} seconds and was stopped. Make "
                f"its patterns simpler: no repeats inside repeats."
            )
            return trial
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        trial.stopped = f"The trial ended early: {last}"
        return trial
    answer = orjson.loads(done.stdout)
    trial.problems = [_problem(one) for one in answer["problems"]]
    if not trial.usable:
        return trial
    before, after = (
        [[Result.model_validate(row) for row in rows] for rows in answer[when]]
        for when in ("before", "after")
    )
    trial.rows = after[0]
    trial.on_text = compare_rows([(before[0], after[0])])
    trial.difference = compare_rows(zip(before[1:], after[1:], strict=True))
    return trial


def save(text: str, name: str, folder: Path, *, replace: bool = False) -> Path:
    """Write a draft into the user's folder of rules, and nowhere else.

    Raises:
        LeaderboardError: for a bad name, a place outside of the folder, or a file that exists already.
    """
    root = folder.resolve()
    path = root / place_of(text, name)
    parent = path.parent.resolve()
    if not parent.is_relative_to(root) or path.is_symlink():
        raise OutputError(f"{path}: leads out of the folder of rules (remove the link)")
    if path.exists() and not replace:
        raise OutputError(f"{path}: exists already (say that it is to be replaced, or choose another name)")
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=parent, suffix=".part", prefix=".", delete=False
        ) as stream:
            stream.write(text if text.endswith("\n") else text + "\n")
        Path(stream.name).chmod(0o644)
        Path(stream.name).replace(path)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror} (choose another folder with --rules)") from None
    return path


def _problem(given: dict[str, Any]) -> Problem:
    return Problem(**given)


def _scalar(text: str) -> str:
    from leaderboard.authoring.new import quoted

    return quoted(text)
