"""From a draft to the rows that leave the engine: canonical names, task, split, setting, system and
confidence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from leaderboard import expressions as re
from leaderboard.clean import Cleaned
from leaderboard.engine import Engine
from leaderboard.found import Found, Texts
from leaderboard.mentions.context import Context
from leaderboard.mentions.kinds import NameKinds
from leaderboard.mentions.numbers import Number
from leaderboard.mentions.tokens import Token
from leaderboard.resolve import Draft, Named, system_of
from leaderboard.rulebook import Benchmark, NameHit

if TYPE_CHECKING:
    from leaderboard.models import Paper

_ARXIV = re.compile(r"^(?:arXiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?$")
_MARKUP = re.compile(r"\\[a-zA-Z]+|[{}$]")
_NOT_A_DIGIT = re.compile(r"[^\d.]")
_PERFORMANCE = "performance"
_GENERIC_HEAD = re.compile(r"\s+(?:scores?|performance)$", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:up\s?to|as (?:much|many) as)\W*$", re.IGNORECASE)
_LEAST = re.compile(r"(?:\b(?:over|above|more than|at least|exceed\w*|surpass\w*)|[>≥])\W*$")
"""A bound that a level of several benchmarks keeps on each of them."""
_LONGEST_BOUND = 16
"""Characters of such a bound with what may stand between it and its number."""
_EACH = 2
"""Of so many benchmarks each is meant where a bound is told of all."""


@dataclass(frozen=True)
class Where:
    """The sentence that a draft was read in."""

    paper: Paper | Texts
    title: str
    """The paper's title, without its markup."""
    field: Literal["title", "abstract"]
    cleaned: Cleaned
    span: tuple[int, int]
    tokens: Sequence[Token]

    @cached_property
    def symbols(self) -> str:
        """The symbols of the sentence's tokens."""
        return "".join([token.symbol for token in self.tokens])

    @cached_property
    def tasks(self) -> list[str]:
        """Ids of the tasks that the sentence names."""
        return [t.data.id for t in self.tokens if isinstance(t.data, NameHit) and t.data.kind == "task"]


@dataclass(frozen=True, slots=True)
class _Metric:
    name: str = ""
    id: str = ""
    printed: str = ""
    higher_is_better: bool | None = None


def readable_title(cleaned: str, kinds: NameKinds) -> str:
    """A title on one line, without a macro for a name: "modelname: Masked Attention" is "Masked Attention".

    >>> readable_title("Small  Nets  for Birds", NameKinds())
    'Small Nets for Birds'
    """
    title = " ".join(cleaned.split())
    name, colon, rest = title.partition(": ")
    return rest if colon and name.lower() in kinds.not_names else title


def rows_of(draft: Draft, where: Where, context: Context, engine: Engine) -> list[Found]:
    """The rows of a draft: one, or one for each benchmark that a number was reached on.

    Nothing comes of a number whose print in the original text is not that number (a macro can print digits).
    """
    start, end = _printed_span(where.cleaned, draft.number)
    if not _is_printed(where, draft.number, start, end):
        return []
    names = [_known(name, engine) for name in _names(draft, where, context, engine)]
    rows = []
    for name in names or (None,):
        benchmark = _entry(name, engine)
        metric = _metric(draft, where, benchmark, engine)
        rows.append(
            Found(
                paper_id=where.paper.id,
                title=where.title,
                date=where.paper.date,
                url=where.paper.url or arxiv_url(where.paper.id),
                model=system_of(
                    where.cleaned.text,
                    where.span[0],
                    where.tokens,
                    where.symbols,
                    draft,
                    context,
                    engine.lexicon.classes,
                ),
                task=_task(where, benchmark, engine),
                benchmark=benchmark.name if benchmark else (name.title or name.printed) if name else "",
                benchmark_id=benchmark.id if benchmark else "",
                benchmark_text=name.printed if name else "",
                split=name.subset if name else "",
                setting=_setting(draft, where, engine),
                metric=metric.name,
                metric_id=metric.id,
                metric_text=metric.printed,
                higher_is_better=metric.higher_is_better,
                value=draft.number.value,
                value_high=draft.high.value if draft.high else draft.number.high,
                unit=draft.number.unit or (draft.high.unit if draft.high else ""),
                kind=draft.kind,
                holder=draft.holder,
                field=where.field,
                start=start,
                end=end,
                sentence=where.cleaned.original[slice(*where.cleaned.to_original(*where.span))],
                rule=draft.rule,
                confidence=engine.confidence(draft.sources, benchmark is not None),
            )
        )
    return rows


def arxiv_url(paper_id: str) -> str:
    """The address of an arXiv paper, or an empty string for other identifiers.

    >>> arxiv_url("1512.03385v1")
    'https://arxiv.org/abs/1512.03385'
    """
    match = _ARXIV.match(paper_id)
    return f"https://arxiv.org/abs/{match.group(1)}" if match else ""


def _printed_span(cleaned: Cleaned, number: Number) -> tuple[int, int]:
    """Where the original text has a number, with the brace that closes its exponent."""
    start, end = cleaned.to_original(number.start, number.end)
    printed = cleaned.original[start : end + 1]
    return start, end + (printed.endswith("}") and printed.count("{") == printed.count("}"))


def _is_printed(where: Where, number: Number, start: int, end: int) -> bool:
    printed, clean = where.cleaned.original[start:end], where.cleaned.text[number.start : number.end]
    return printed == clean or (
        _NOT_A_DIGIT.sub("", printed) == _NOT_A_DIGIT.sub("", clean) != ""
        and len(_MARKUP.sub("", printed)) <= len(clean) + 4
    )


def _names(draft: Draft, where: Where, context: Context, engine: Engine) -> list[Named]:
    """The benchmarks of a draft; several that share one number, as an average does, or the largest of many
    differences, become one name; a level that is a bound is one of each: "over 90%".
    """
    source = draft.sources.get("benchmark", "")
    if source == "resource":
        return [Named(context.main_resource)]
    names = draft.benchmarks
    average = engine.lexicon.classes["AVERAGE"]
    passed_on = source in ("number-before", "echo")
    upmost = _follows(_UP_TO, draft.number, where)
    most = upmost and len(names) > _EACH
    pooled = draft.kind != "score" and (most or not average.isdisjoint(where.symbols))
    told = source == "sentence-far" and draft.kind == "score" and draft.number.sort in ("percent", "decimal")
    bounded = told and ((upmost and not most) or _follows(_LEAST, draft.number, where))
    if len(names) > 1 and not bounded and (source.startswith("sentence") or passed_on or pooled):
        return [Named(", ".join(n.printed for n in names), "-", title=_several(names))]
    return names


def _follows(bound: re.Pattern[str], number: Number, where: Where) -> bool:
    """Whether a number stands behind such a bound: "gains of up to 4%"."""
    before = where.cleaned.text[max(0, number.span_start - _LONGEST_BOUND) : number.span_start]
    return bound.search(before) is not None


def _several(names: list[Named]) -> str:
    """What several benchmarks are called together: "GSM8K, MATH", "GSM8K and 3 others"."""
    if len(names) == 2:
        return ", ".join(n.printed for n in names)
    return f"{names[0].printed} and {len(names) - 1} others"


def _entry(name: Named | None, engine: Engine) -> Benchmark | None:
    if name is None or name.id in ("", "-"):
        return None
    return engine.rules.benchmarks[name.id]


def _known(name: Named, engine: Engine) -> Named:
    """A name that was put together ("WMT 2014" and "English-French"), with its id and subset, if the
    catalogue has it.
    """
    if name.id:
        return name
    if known := engine.rules.resolve_benchmark(name.printed):
        return name._replace(id=known.id)
    hits = engine.rules.names.find(name.printed)
    whole = [
        hit for hit in hits if hit.kind == "benchmark" and (hit.start, hit.end) == (0, len(name.printed))
    ]
    return name._replace(id=whole[0].id, subset=whole[0].subset_id) if whole else name


def _metric(draft: Draft, where: Where, benchmark: Benchmark | None, engine: Engine) -> _Metric:
    """The metric by its id, by what a word implies, by its print, or else the one that the benchmark is known
    for.
    """
    printed = where.cleaned.text[slice(*draft.metric)] if draft.metric else ""
    implied = draft.metric_implied
    if draft.metric_id:
        entry = engine.rules.metrics[draft.metric_id]
        return _Metric(entry.name, entry.id, printed or implied, entry.higher_is_better)
    if implied.startswith("?"):
        implied = engine.lexicon.implied_metric.get(implied[1:], "").replace("-", " ")
    if implied or printed:
        found = engine.rules.resolve_metric(implied or printed) or engine.rules.resolve_metric(
            _GENERIC_HEAD.sub("", implied or printed)
        )
        if found and not implied:
            return _Metric(found.name, found.id, printed, found.higher_is_better)
        return _Metric(
            implied or printed, found.id if found else "", printed, found.higher_is_better if found else None
        )
    if benchmark is not None and benchmark.metrics and draft.kind in ("score", "gain"):
        entry = engine.rules.metrics[benchmark.metrics[0]]
        low, high = benchmark.range_of(entry.id) or entry.range or (0.0, math.inf)
        if low <= draft.number.value <= high and _fits(draft.number, entry.unit):
            draft.sources["metric"] = "default"
            return _Metric(entry.name, entry.id, "", entry.higher_is_better)
    return _performance(draft, where, engine) if draft.kind in ("gain", "ratio") else _Metric()


def _performance(draft: Draft, where: Where, engine: Engine) -> _Metric:
    """The plain "performance" that the sentence speaks of before a difference that nothing else names:
    "state-of-the-art performance, outperforming the baselines by 6%".
    """
    for token in where.tokens[: draft.index]:
        if isinstance(token.data, NameHit) and token.data.id == _PERFORMANCE:
            draft.sources["metric"] = "sentence"
            entry = engine.rules.metrics[_PERFORMANCE]
            return _Metric(
                entry.name, entry.id, where.cleaned.text[token.start : token.end], entry.higher_is_better
            )
    return _Metric()


def _fits(number: Number, unit: str) -> bool:
    """Whether a number can be one of a metric with this unit: a bare 1.3 is no share, hardly a percentage."""
    if number.sort == "percent":
        return unit == "%"
    if number.sort == "quantity":
        return unit == number.unit
    return unit != "%" or number.sort != "decimal" or not 1 < (number.high or number.value) < 2


def _task(where: Where, benchmark: Benchmark | None, engine: Engine) -> str:
    """The task named in the sentence if it is one of the benchmark's, else the benchmark's only one."""
    known = benchmark.tasks if benchmark else ()
    said = where.tasks
    chosen = next((task for task in said if task in known), "")
    if not chosen:
        chosen = known[0] if len(known) == 1 or (known and not said) else said[0] if said else ""
    return engine.rules.tasks[chosen].name if chosen in engine.rules.tasks else ""


def _setting(draft: Draft, where: Where, engine: Engine) -> str:
    """The setting printed closest to the number: zero-shot, 5-shot, single model."""
    settings = engine.lexicon.classes.get("SETTING", frozenset())
    best, distance = "", 9
    if "s" not in where.symbols and settings.isdisjoint(where.symbols):
        return ""
    for i, token in enumerate(where.tokens):
        if (token.symbol == "s" or token.symbol in settings) and abs(i - draft.index) < distance:
            best, distance = where.cleaned.text[token.start : token.end], abs(i - draft.index)
    return best.lower()
