"""A first entry for a benchmark, written so that it works at once and shows what else could be said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from leaderboard.authoring.schemas import write_schemas
from leaderboard.errors import LeaderboardError, OutputError
from leaderboard.rulebook import Metric, RuleSet
from leaderboard.rulebook.forms import slug
from leaderboard.rulebook.yamlfile import scalar

SCHEMA = "schema/rules.json"
"""Written beside the entries, so that editors complete and check them wherever the folder goes."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """The text of a new rule file, the benchmark's id, and what its author should know."""

    id: str
    text: str
    hints: list[str] = field(default_factory=list)


def draft_entry(
    name: str,
    rules: RuleSet,
    *,
    tasks: Sequence[str] = (),
    metrics: Sequence[str] = (),
    aliases: Sequence[str] = (),
) -> NewEntry:
    """The text of a file with an entry for `name`, and entries for tasks and metrics that the rules do not
    have.

    Tasks and metrics are given by id, name or alias. Raises LeaderboardError where the rules already have the
    benchmark.

    >>> from leaderboard import load_rules
    >>> print(draft_entry("ZorbBench-7", load_rules(), metrics=["zorb score"]).id)
    zorbbench-7
    """
    name = " ".join(name.split())
    new_id = slug(name)
    if not new_id:
        raise LeaderboardError(f'"{name}": a name needs a letter or a digit (write it as papers print it)')
    for form in (name, *aliases):
        known = rules.resolve_benchmark(form)
        if known:
            raise LeaderboardError(
                f'"{form}" is already in the rules: {known.id} at {known.source} '
                f'(see it with "leaderboard rules show {known.id}"; an entry with the same id replaces it)'
            )
    known_metrics = [rules.resolve_metric(metric) for metric in metrics]
    known_tasks = [rules.resolve_task(task) for task in tasks]
    metric_ids = [
        known.id if known else slug(given) for known, given in zip(known_metrics, metrics, strict=True)
    ]
    task_ids = [known.id if known else slug(given) for known, given in zip(known_tasks, tasks, strict=True)]
    new_metrics = [given for known, given in zip(known_metrics, metrics, strict=True) if not known]
    new_tasks = [given for known, given in zip(known_tasks, tasks, strict=True) if not known]
    hints = [_new_name(given, "metric", rules) for given in new_metrics]
    hints += [_new_name(given, "task", rules) for given in new_tasks]
    if name.isalpha() and name == name.capitalize():
        hints.append(f'"{name}" looks like an ordinary word: set ambiguous: true if sentences use it as one')
    metric = known_metrics[0] if known_metrics else None
    sentence, row = example_of(name, new_id, metric, (*metrics, "")[0], (*metric_ids, "")[0])
    text = _TEMPLATE.format(
        name=quoted(name),
        id=quoted(new_id),
        schema=SCHEMA,
        aliases=f"aliases: {listed(aliases)}" if aliases else "# aliases: [...]",
        tasks=f"tasks: {listed(task_ids)}"
        if tasks
        else "# tasks: [...]   # ids: leaderboard rules list tasks",
        metrics=f"metrics: {listed(metric_ids)}"
        if metrics
        else "# metrics: [...]   # leaderboard rules list metrics",
        toolkit=quoted(f"{name} Toolkit"),
        sentence=quoted(sentence),
        row=row,
    )
    for section, given in (("metrics", new_metrics), ("tasks", new_tasks)):
        text += f"{section}:\n" if given else ""
        for one in given:
            text += f"- id: {quoted(slug(one))}\n  name: {quoted(one)}\n"
            text += _METRIC_HINTS if section == "metrics" else ""
    return NewEntry(new_id, text, hints)


_TEMPLATE = """\
# {name}
# yaml-language-server: $schema={schema}
benchmarks:
- id: {id}
  name: {name}
  # Other printed forms. Other spacing, hyphens and case are found anyway, and WMT14 for WMT 2014.
  {aliases}
  {tasks}
  # The first metric is the default, where a sentence names none.
  {metrics}
  # Parts whose numbers are not comparable with each other, and splits:
  # subsets: [{{id: en-de, name: English-German, aliases: [En-De]}}]
  # splits: [val, test]
  # ambiguous: true   # the name is also a word or a common acronym: it needs a clear context
  # not: [{toolkit}]   # longer phrases that contain the name but mean something else
  # Sentences as papers print them and the rows they must give. Try them: leaderboard rules test
  examples:
  - text: {sentence}
    rows: [{row}]
"""
_METRIC_HINTS = """\
  # higher_is_better: true
  # unit: "%"
  # range: [0, 100]   # plausible values
"""


def _new_name(given: str, kind: Literal["metric", "task"], rules: RuleSet) -> str:
    near = rules.names.suggest(given, kind, 1)
    hint = f' (did you mean "{near[0]}"?)' if near else ""
    return f'"{given}" is not a known {kind}; the file makes a new one{hint}'


def save_entry(entry: NewEntry, folder: Path) -> Path:
    """Write a new entry into the user's folder; raises OutputError rather than overwrite a file."""
    path = folder / f"{entry.id}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(entry.text)
        write_schemas(folder / "schema", only="rules.json")
    except FileExistsError:
        raise OutputError(f"{path}: exists (edit it, or remove it first)") from None
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror} (choose another folder with --rules)") from None
    return path


def example_of(
    name: str, new_id: str, metric: Metric | None, printed: str, metric_id: str
) -> tuple[str, str]:
    """A sentence about the benchmark that reports a plausible number, and the row that it must give."""
    low, high = (metric.range if metric else None) or (0.0, 100.0)
    value = f"{min(low + 0.71 * (high - low), low + 71):.1f}"
    said = metric.name if metric else printed
    row = f"value: {value}, benchmark_id: {quoted(new_id)}"
    if not said:
        return f"Our model reaches {value}% on {name}.", f"{{{row}}}"
    row += f", metric_id: {quoted(metric_id)}"
    if metric and metric.unit == "%":
        return f"Our model reaches {value}% {said} on {name}.", f"{{{row}}}"
    return f"Our model reaches a {said} of {value} on {name}.", f"{{{row}}}"


def quoted(text: str) -> str:
    """A text as a YAML scalar, quoted where it must be."""
    if re.fullmatch(r"\w[\w .+/()'@%-]*", text) and not text.endswith(" ") and isinstance(scalar(text), str):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def listed(items: Sequence[str]) -> str:
    """Texts as a YAML list in brackets."""
    return "[" + ", ".join(quoted(item) for item in items) + "]"
