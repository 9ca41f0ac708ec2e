"""Systems against benchmarks, and two benchmarks against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from leaderboard.boards.folding import fold_model
from leaderboard.views.html import said

MOST_BOARDS, MOST_SYSTEMS = 10, 25


def board_names(entries: pd.DataFrame) -> dict[str, int]:
    """The boards that can be compared, those with the most papers first: names lead to board numbers."""
    sizes = (
        entries.loc[entries["rank"].notna()]
        .groupby("board")
        .size()
        .sort_values(ascending=False, kind="stable")
    )
    first = entries.drop_duplicates("board").set_index("board")
    names: dict[str, int] = {}
    for number in sizes.index:
        one = first.loc[number]
        name = " · ".join(
            part for part in (str(one["benchmark"]), str(one["split"]), str(one["metric"])) if part
        )
        names.setdefault(name, int(number))
    return names


def chosen(entries: pd.DataFrame, boards: dict[str, int]) -> pd.DataFrame:
    """The ranked entries of some boards with `board_name`, `system` and `share` (1 for the first place, 0 for
    the last)."""
    names = {number: name for name, number in boards.items()}
    some = entries.loc[entries["board"].isin(names.keys()) & entries["rank"].notna()].copy()
    some["board_name"] = some["board"].map(names)
    place = some.groupby("board")["rank"].transform("max").astype(float)
    some["share"] = ((place - some["rank"].astype(float)) / (place - 1).where(place > 1)).fillna(1.0).round(4)
    some["system"] = some["model"].where(some["model"] != "", some["title"].map(_short))
    some["folded"] = some["system"].map(fold_model)
    # One spelling for a system, that of its best placed entry.
    spelling = some.sort_values("rank").drop_duplicates("folded").set_index("folded")["system"]
    some["system"] = some["folded"].map(spelling)
    return some.sort_values(["share"], ascending=False, kind="stable").drop_duplicates(["board", "folded"])


def systems(some: pd.DataFrame) -> list[str]:
    """The systems of the entries, those on the most boards first, then the best."""
    grouped = some.groupby("system")
    order = pd.DataFrame({"boards": grouped.size(), "share": grouped["share"].mean()})
    return [
        str(name) for name in order.sort_values(["boards", "share"], ascending=False, kind="stable").index
    ]


def cells(some: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """What both views draw: `system`, `board`, `share`, `printed`, `rank`, `title`."""
    kept = some.loc[some["system"].isin(names), ["system", "board_name", "share", "printed", "rank", "title"]]
    return kept.rename(columns={"board_name": "board"}).reset_index(drop=True)


def _short(title: str) -> str:
    """A title cut at a word."""
    return (
        title
        if len(title) <= 44 or " " not in title[:44]
        else title[:44].rsplit(" ", 1)[0].rstrip(" :,-") + " …"
    )


def heat_table(cells: pd.DataFrame, systems: Sequence[str], boards: Sequence[str]) -> str:
    """Systems against boards as a table with fields tinted by place; numbers stay readable on any tint."""
    found = {(one.system, one.board): one for one in cells.itertuples()}
    head = "".join(f'<th scope="col">{said(name)}</th>' for name in boards)
    body = "".join(
        f'<tr><th scope="row">{said(name)}</th>'
        f"{''.join(_cell(found.get((name, board))) for board in boards)}</tr>"
        for name in systems
    )
    table = (
        f'<table class="lb-heat"><thead><tr><th scope="col">System</th>{head}</tr></thead><tbody>'
        f"{body}</tbody></table>"
    )
    return (
        f'<div class="lb-wide" tabindex="0" role="region" aria-label="Systems against boards">{table}</div>'
    )


def _cell(one: Any) -> str:
    if one is None:
        return "<td></td>"
    first = ' class="first"' if one.rank == 1 else ""
    return (
        f'<td{first} style="--share:{one.share:.3f}" title="{said(one.title)}"><b>{said(one.printed)}</b>'
        f"<small>No. {int(one.rank)}</small></td>"
    )


def pairs(some: pd.DataFrame, x: str, y: str) -> pd.DataFrame:
    """Papers with a result on both boards: `system`, `title`, `x`, `y`, `x_printed`, `y_printed`."""
    paper = some["paper_id"].where(some["paper_id"] != "", some["title"])
    some = some.assign(paper=paper)
    columns = ["paper", "model", "system", "title", "score", "printed"]
    one, two = (some.loc[some["board_name"] == name, columns] for name in (x, y))
    both = one.merge(two, on="paper", suffixes=("", "_y"))
    out = both.rename(
        columns={"score": "x", "score_y": "y", "printed": "x_printed", "printed_y": "y_printed"}
    )
    return out[["system", "title", "x", "y", "x_printed", "y_printed"]].reset_index(drop=True)


def together(entries: pd.DataFrame, names: dict[str, int], most: int = 6) -> list[str]:
    """Boards to begin with: those that papers report on together, the most entangled one first."""
    shared = _shared(entries, names)
    if shared.empty:
        return list(names)[:most]
    name_of = {number: name for name, number in names.items()}
    chosen_boards = [int(str(shared.sum().idxmax()))]
    while len(chosen_boards) < most:
        # Papers in common with what is there already, seen from the least connected of them.
        ties = shared.loc[chosen_boards].sum().drop(chosen_boards)
        if ties.empty or ties.max() == 0:
            break
        chosen_boards.append(int(str(ties.idxmax())))
    return [name_of[number] for number in chosen_boards]


def closest_pair(entries: pd.DataFrame, names: dict[str, int]) -> tuple[str, str]:
    """The two boards that the most papers report on together; the two largest where there are none."""
    shared = _shared(entries, names)
    listed = list(names)
    if shared.empty or shared.to_numpy().max() == 0:
        return listed[0], listed[min(1, len(listed) - 1)]
    name_of = {number: name for name, number in names.items()}
    row, column = divmod(int(shared.to_numpy().argmax()), len(shared.columns))
    return name_of[int(shared.index[row])], name_of[int(shared.columns[column])]


def _shared(entries: pd.DataFrame, names: dict[str, int], largest: int = 80) -> pd.DataFrame:
    """How many papers each two of the largest boards of different benchmarks have in common."""
    paper = entries["paper_id"].where(entries["paper_id"] != "", entries["title"])
    kept = list(names.values())[:largest]
    ranked = entries.assign(paper=paper).loc[entries["rank"].notna() & entries["board"].isin(kept)]
    on = pd.crosstab(ranked["paper"], ranked["board"]).clip(upper=1)
    counts = on.T @ on
    benchmark = entries.drop_duplicates("board").set_index("board")["benchmark"]
    same = [[benchmark[x] == benchmark[y] for y in counts.columns] for x in counts.index]
    return counts.mask(pd.DataFrame(same, index=counts.index, columns=counts.columns), 0)
