"""The page of one board: what can be chosen, its entries with the record's gains, the chart and the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leaderboard.boards import UnknownBoard, board, boards, history
from leaderboard.boards.facts import facts_of
from leaderboard.boards.folding import fold_name, split_identifier
from leaderboard.boards.printed import printed_values
from leaderboard.boards.ranking import board_rows
from leaderboard.views.html import evidence, link, marked, said

UNNAMED = "not named"
TEST = "test or not named"

_OTHER_FORMS = 8


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The benchmarks of the rows: keys and names by number of papers, with areas and tasks.

    `frame` has the columns `key`, `name` (unique), `area`, `tasks` (a tuple), `papers`; `forms` leads from
    other names that papers print to the name.
    """

    frame: pd.DataFrame
    forms: dict[str, str]

    def named(self, area: str = "", task: str = "") -> pd.DataFrame:
        """The benchmarks of an area and a task."""
        keep = pd.Series(True, index=self.frame.index)
        if area:
            keep &= self.frame["area"] == area
        if task:
            keep &= pd.Series([task in tasks for tasks in self.frame["tasks"]], index=self.frame.index)
        return self.frame.loc[keep]

    def key_of(self, name: str) -> str:
        """The key of a name in `frame`, or nothing."""
        found = self.frame.loc[self.frame["name"] == self.forms.get(name, name), "key"]
        return str(found.iloc[0]) if len(found) else ""


def catalogue_of(frame: pd.DataFrame, rules: Any = None) -> Catalogue:
    """What can be chosen in a results frame: benchmarks with scores of a paper's own."""
    facts = facts_of(rules)
    chosen = (
        (frame["kind"] == "score") & (frame["holder"] == "own") & (frame["benchmark"].str.strip() != "")
    ).to_numpy()
    some = frame.loc[chosen, ["benchmark", "benchmark_id", "paper_id", "title"]]
    some = some.assign(key=keys_of(some), paper=some["paper_id"].where(some["paper_id"] != "", some["title"]))
    papers = some.groupby("key")["paper"].nunique()
    printed = some.groupby("key")["benchmark"].first()
    records: list[tuple[str, str, str, tuple[str, ...], int]] = []
    forms: dict[str, str] = {}
    taken: set[str] = set()
    for found, count in papers.sort_values(ascending=False, kind="stable").items():
        key = str(found)
        known = facts.benchmark(key)
        name = known.name if known else str(printed[key])
        if name in taken:
            name = f"{name} ({key.removeprefix('~')})"
        taken.add(name)
        records.append((key, name, known.area if known else "", known.tasks if known else (), int(count)))
        for alias in (known.aliases if known else ())[:_OTHER_FORMS]:
            if fold_name(alias) != fold_name(name):
                forms.setdefault(f"{alias} → {name}", name)
    return Catalogue(pd.DataFrame(records, columns=["key", "name", "area", "tasks", "papers"]), forms)


def resolve(frame: pd.DataFrame, catalogue: Catalogue, typed: str, rules: Any = None) -> tuple[str, str]:
    """The key that a typed or chosen name leads to, and what to say where there is none."""
    if key := catalogue.key_of(typed):
        return key, ""
    try:
        found = board(frame, typed, rules=rules)
        return (
            (keys_of(found.iloc[:1]).iloc[0], "")
            if len(found)
            else ("", "no paper has a result of its own on it")
        )
    except UnknownBoard as error:
        near = " or ".join(error.suggestions[:3])
        return "", f"did you mean {near}?" if near else "no benchmark of these rows has a name like it"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen within a benchmark: metrics with their splits, those with the most papers first."""

    keys: dict[str, str]
    papers: dict[str, int]
    splits: dict[str, dict[str, tuple[str, int]]]


def choices(frame: pd.DataFrame, key: str, rules: Any = None) -> Choices:
    """Metrics and splits of a benchmark by name; splits lead to their key and number of papers."""
    chosen = (keys_of(frame) == key).to_numpy()
    found = boards(frame.loc[chosen], rules=rules)
    found = found.loc[found["benchmark_key"] == key]
    keys: dict[str, str] = {}
    papers: dict[str, int] = {}
    splits: dict[str, dict[str, tuple[str, int]]] = {}
    order = found.groupby("metric_key")["entries"].sum().sort_values(ascending=False, kind="stable")
    named = [one for one in order.index if one != "~"]
    for metric in [*named, *(["~"] if "~" in order.index else [])]:
        rows = found.loc[found["metric_key"] == metric]
        name = str(rows["metric"].iloc[0]) or UNNAMED
        if name in keys:
            name = f"{name} ({metric.removeprefix('~')})"
        keys[name], papers[name] = str(metric), int(rows["entries"].sum())
        splits[name] = {}
        for one in rows.itertuples():
            shown = str(one.split) or TEST
            if shown in splits[name]:
                shown = f"{shown} ({one.split_key})"
            splits[name][shown] = (str(one.split_key), int(one.entries))
    first = _default(frame, key, rules)
    ordered = {name: keys[name] for name in sorted(keys, key=lambda n: keys[n] != first)}
    return Choices(ordered, papers, splits)


def _default(frame: pd.DataFrame, key: str, rules: Any) -> str:
    """The metric that a board shows when none is asked for."""
    found = board(frame, key, rules=rules)
    named = found[["metric", "metric_id"]].iloc[:1].set_axis(["benchmark", "benchmark_id"], axis=1)
    return str(keys_of(named).iloc[0]) if len(found) else ""


def keys_of(frame: pd.DataFrame) -> pd.Series[Any]:
    """Each row's benchmark key: the catalogue's id, or a mark and the folded name."""
    codes, names = pd.factorize(frame["benchmark"])
    folded = np.array([f"~{fold_name(name)}" for name in names] or ["~"], dtype=object)[np.maximum(codes, 0)]
    return frame["benchmark_id"].where(
        frame["benchmark_id"] != "", pd.Series(folded, index=frame.index, dtype="str")
    )


@dataclass(frozen=True, slots=True)
class View:
    """A board as the page shows it.

    `table` is the board frame as downloads have it; `entries` its papers, each with `entry` (what links call
    it), `gain` (over the record before; missing where it set none) and `others` (where its other numbers
    begin and end in `table`).
    """

    table: pd.DataFrame
    entries: pd.DataFrame
    records: pd.DataFrame
    direction: int
    days: tuple[pd.Timestamp, pd.Timestamp] | None


def narrowed(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """All rows of the papers, in any version, that report on a benchmark: enough for its boards."""
    codes, ids = pd.factorize(frame["paper_id"])
    bases = np.array([split_identifier(text).base for text in ids], dtype=object)
    chosen = (keys_of(frame) == key).to_numpy()
    wanted = set(bases[np.unique(codes[chosen])]) - {""}
    related = np.array([base in wanted for base in bases], dtype=bool)[codes] if len(ids) else chosen
    return frame.loc[chosen | related]


def view(
    frame: pd.DataFrame,
    key: str,
    metric: str,
    split: str,
    *,
    setting: str | None = None,
    since: str = "",
    until: str = "",
    min_confidence: float = 0.0,
    implausible: bool = False,
    rules: Any = None,
) -> View:
    """The board of a benchmark, metric and split (by key), filtered as `leaderboard.boards.board` does."""
    facts = facts_of(rules)
    table = board(
        frame,
        key,
        metric=metric,
        split=split,
        setting=setting,
        since=since,
        until=until,
        min_confidence=min_confidence,
        implausible=implausible,
        variants=True,
        rules=facts,
    )
    entries = table.loc[~table["variant"]].copy()
    # A paper's other numbers stand right under its entry.
    ends = [*(entries.index[1:] if len(entries) else ()), len(table)]
    entries["others"] = [(int(start) + 1, int(end)) for start, end in zip(entries.index, ends, strict=False)]
    entries["entry"] = _names(entries)
    records = history(table.loc[~table["variant"]])
    gains = dict(zip(records["paper_id"] + "\0" + records["title"], records["gain"], strict=True))
    keys = entries["paper_id"] + "\0" + entries["title"]
    entries["gain"] = [
        gains.get(one, np.nan) if record else np.nan
        for one, record in zip(keys, entries["record"], strict=True)
    ]
    higher = table["higher_is_better"].iloc[0] if len(table) else pd.NA
    days = entries["day"].dropna()
    return View(
        table,
        entries.reset_index(drop=True),
        records,
        0 if pd.isna(higher) else 1 if higher else -1,
        (days.min(), days.max()) if len(days) else None,
    )


def settings_of(frame: pd.DataFrame, key: str) -> list[str]:
    """The settings that the rows of a benchmark name, the most common first."""
    rows = frame.loc[(keys_of(frame) == key).to_numpy(), "setting"]
    return [str(name) for name in rows[rows != ""].value_counts().index]


def quoted_rows(frame: pd.DataFrame, key: str, metric: str, split: str, rules: Any = None) -> pd.DataFrame:
    """Numbers on the board that papers give of systems which are not theirs, newest first."""
    rows = board_rows(frame, key, metric=metric, split=split, facts=facts_of(rules))
    other = rows.loc[(rows["holder"] == "other") & (rows["flag"] == "")]
    return other.assign(printed=printed_values(other)).sort_values("date", ascending=False, kind="stable")


def points(shown: View, quoted: pd.DataFrame | None = None) -> pd.DataFrame:
    """The dots of the chart: `entry`, `day`, `score`, `printed`, `model`, `title`, `role` (record, entry or
    quoted)."""
    columns = ["entry", "day", "score", "printed", "model", "title", "role"]
    entries = shown.entries.loc[(shown.entries["flag"] == "") & shown.entries["day"].notna()]
    role = np.where(entries["record"], "record", "entry")
    dots = entries.assign(role=role)[columns]
    if quoted is not None and len(quoted):
        others = quoted.loc[quoted["day"].notna()].assign(entry="", role="quoted")
        dots = pd.concat([dots, others[columns]])
    return dots.reset_index(drop=True)


def record_line(shown: View) -> pd.DataFrame:
    """The step line: `day` and `score` of every record, drawn on to the newest entry."""
    line = shown.records[["day", "score"]]
    days = shown.entries["day"].dropna()
    if len(line) and len(days) and days.max() > line["day"].max():
        last = pd.DataFrame({"day": [days.max()], "score": [line["score"].iloc[-1]]})
        line = pd.concat([line, last], ignore_index=True)
    return line


def lengths(entries: pd.DataFrame) -> list[float]:
    """How long each entry's bar is, 0 to 1: that of the best is 1, that of the worst a little above 0."""
    score = entries["score"].where(entries["flag"] == "")
    low, high = score.min(), score.max()
    if pd.isna(low) or low == high:
        return [0.0 if pd.isna(one) else 1.0 for one in score]
    higher = bool(entries["higher_is_better"].fillna(True).iloc[0])
    share = (score - low) / (high - low) if higher else (high - score) / (high - low)
    return [0.0 if pd.isna(one) else 0.06 + 0.94 * float(one) for one in share]


def entry_table(shown: View, first: int = 0, most: int | None = None, selected: str = "") -> str:
    """The ranked table as HTML: a row for each entry, under its name the evidence with the number marked."""
    part = slice(first, None if most is None else first + most)
    body = "".join(
        _entry_row(one, bar, str(one["entry"]) == selected, shown.table.iloc[slice(*one["others"])])
        for (_, one), bar in zip(
            shown.entries.iloc[part].iterrows(), lengths(shown.entries)[part], strict=True
        )
    )
    heads = ("Rank", "System, paper and evidence", "Score", "Date", "Quoted by", "Confidence")
    kinds = ("c-rank", "c-system", "c-score", "c-date", "c-quoted", "c-sure")
    head = "".join(
        f'<th scope="col" class="{css}">{name}</th>' for name, css in zip(heads, kinds, strict=True)
    )
    return f'<table class="lb-board"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def entry_card(one: pd.Series[Any]) -> str:
    """One entry by itself: the paper, the number and the whole sentence that says so."""
    meta = [
        said(one["date"] or "no date"),
        said(one["setting"]),
        said(f"rule {one['rule']}" if one["rule"] else ""),
    ]
    note = _notes(one)
    return (
        '<div class="lb-card" role="status">'
        f'<div class="lb-card-head"><span class="lb-system">{_system(one)}</span>'
        f'<span class="lb-number">{said(one["printed"])}</span></div>'
        f'<div class="lb-paper">{link(one["title"] or one["paper_id"], one["url"])}</div>'
        f'<blockquote class="lb-evidence whole">{_evidence(one)}</blockquote>'
        f'<div class="lb-meta">{" · ".join(part for part in meta if part)}{note}</div></div>'
    )


def quoted_table(rows: pd.DataFrame) -> str:
    """The numbers quoted of others as HTML."""
    body = "".join(
        f'<tr><td class="c-system" data-label="System"><span class="lb-system">'
        f"{said(one['model'] or 'a system not named')}"
        f'</span><div class="lb-paper">in {link(one["title"] or one["paper_id"], one["url"])}</div>'
        f'<div class="lb-evidence">{_evidence(one)}</div></td>'
        f'<td class="c-score" data-label="Score"><span class="lb-number">{said(one["printed"])}</span></td>'
        f'<td class="c-date" data-label="Date">{said(one["date"])}</td></tr>'
        for _, one in rows.iterrows()
    )
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("System, where it is quoted, and evidence", "Score", "Date")
    )
    return f'<table class="lb-board quoted"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def gain_text(gain: float, direction: int) -> str:
    """A gain over the record before, signed: `+1.2`, or `−1.2` where lower is better; nothing for none.

    >>> gain_text(1.25, 1), gain_text(0.5, -1)
    ('+1.25', '−0.5')
    """
    if pd.isna(gain) or gain == 0:
        return ""
    digits = 2 if gain >= 0.1 else 4
    return ("−" if direction < 0 else "+") + f"{gain:,.{digits}f}".rstrip("0").rstrip(".")


# --- one entry --------------------------------------------------------------------------------------------


def _entry_row(one: pd.Series[Any], bar: float, selected: bool, others: pd.DataFrame) -> str:
    direction = 0 if pd.isna(one["higher_is_better"]) else 1 if one["higher_is_better"] else -1
    gain = gain_text(one["gain"], direction)
    rank = "–" if pd.isna(one["rank"]) else str(int(one["rank"]))
    classes = " ".join(filter(None, ("selected" if selected else "", "record" if one["record"] else "")))
    quoted = str(one["quoted_by"]) if one["quoted_by"] else ""
    against = f'<span class="lb-against">{one["disagreeing"]} disagree</span>' if one["disagreeing"] else ""
    gained = f'<span class="lb-gain" title="over the record before">{gain}</span>' if gain else ""
    sure = f"{float(one['confidence']):.2f}"
    return (
        f'<tr class="{classes}"><td class="c-rank" data-label="Rank">{rank}</td>'
        f'<td class="c-system" data-label="System"><span class="lb-system">{_system(one)}</span>{_chips(one)}'
        f'<div class="lb-paper">{link(one["title"] or one["paper_id"], one["url"])}</div>'
        f'<div class="lb-evidence">{_evidence(one)}</div>{_others(others)}{_notes(one)}</td>'
        f'<td class="c-score" data-label="Score"><span class="lb-number">{said(one["printed"])}</span>'
        f"{gained}"
        f'<span class="lb-bar"><span style="width:{bar:.0%}"></span></span></td>'
        f'<td class="c-date" data-label="Date">{said(one["date"])}</td>'
        f'<td class="c-quoted" data-label="Quoted by">{quoted}{against}</td>'
        f'<td class="c-sure" data-label="Confidence"><span class="lb-sure" style="--sure:{sure}">'
        f"{sure}</span></td></tr>"
    )


def _system(one: pd.Series[Any]) -> str:
    return said(one["model"]) if one["model"] else '<span class="lb-unnamed">system not named</span>'


def _chips(one: pd.Series[Any]) -> str:
    chips = []
    if one["record"]:
        chips.append('<span class="lb-chip record" title="better than every earlier entry">record</span>')
    if one["setting"]:
        chips.append(f'<span class="lb-chip">{said(one["setting"])}</span>')
    if one["flag"]:
        chips.append(f'<span class="lb-chip flag">not ranked: {said(one["flag"])}</span>')
    return "".join(chips)


def _notes(one: pd.Series[Any]) -> str:
    if not one["better_earlier"]:
        return ""
    return (
        f'<div class="lb-note">claims the state of the art; earlier and better: '
        f"{said(one['better_earlier'])}</div>"
    )


def _others(others: pd.DataFrame) -> str:
    if others.empty:
        return ""
    items = "".join(f"<li>{_other(one)}</li>" for one in others.itertuples())
    many = len(others)
    name = f"{many} other number{'' if many == 1 else 's'} of this paper"
    return f'<details class="lb-others"><summary>{name}</summary><ul>{items}</ul></details>'


def _other(one: Any) -> str:
    setting = f" · {said(one.setting)}" if one.setting else ""
    return (
        f"<b>{said(one.printed)}</b>{setting} "
        f"{marked(one.sentence, evidence(one.sentence, one.value, one.value_high))}"
    )


def _evidence(one: pd.Series[Any]) -> str:
    return marked(one["sentence"], evidence(one["sentence"], one["value"], one["value_high"]))


def _names(entries: pd.DataFrame) -> list[str]:
    """What a link calls each entry: the paper's id, or the beginning of its title; told apart by numbers."""
    seen: dict[str, int] = {}
    names = []
    for paper_id, title in zip(entries["paper_id"], entries["title"], strict=True):
        name = str(paper_id) or str(title)[:60] or "entry"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return names
