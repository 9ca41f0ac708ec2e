"""Systems against benchmarks, and two benchmarks against each other."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from leaderboard.boards.folding import fold_model

MOST_BOARDS, MOST_SYSTEMS = 10, 25


def board_names(entries: pd.DataFrame) -> dict[str, int]:
    """The boards that can be compared, by name, those with the most papers first; values are board numbers."""
    sizes = entries.loc[entries["rank"].notna()].groupby("board").size().sort_values(ascending=False, kind="stable")
    first = entries.drop_duplicates("board").set_index("board")
    names: dict[str, int] = {}
    for number in sizes.index:
        one = first.loc[number]
        name = " · ".join(part for part in (str(one["benchmark"]), str(one["split"]), str(one["metric"])) if part)
        names.setdefault(name, int(number))
    return names


def chosen(entries: pd.DataFrame, boards: dict[str, int]) -> pd.DataFrame:
    """The ranked entries of some boards with `board_name`, `system` and `share` (the board's best 1, its worst 0)."""
    names = {number: name for name, number in boards.items()}
    some = entries.loc[entries["board"].isin(names.keys()) & entries["rank"].notna()].copy()
    some["board_name"] = some["board"].map(names)
    merit = some["score"].where(some["higher_is_better"].fillna(True).astype(bool), -some["score"])
    grouped = merit.groupby(some["board"])
    low, high = grouped.transform("min"), grouped.transform("max")
    some["share"] = ((merit - low) / (high - low).where(high > low)).fillna(1.0).round(4)
    some["system"] = some["model"].where(some["model"] != "", some["title"].str.slice(0, 40))
    some["folded"] = some["system"].map(fold_model)
    # One spelling for a system, that of its best placed entry.
    spelling = some.sort_values("rank").drop_duplicates("folded").set_index("folded")["system"]
    some["system"] = some["folded"].map(spelling)
    return some.sort_values(["share"], ascending=False, kind="stable").drop_duplicates(["board", "folded"])


def systems(some: pd.DataFrame) -> list[str]:
    """The systems of the entries, those on the most boards first, then the best."""
    grouped = some.groupby("system")
    order = pd.DataFrame({"boards": grouped.size(), "share": grouped["share"].mean()})
    return [str(name) for name in order.sort_values(["boards", "share"], ascending=False, kind="stable").index]


def cells(some: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """What the heat map and the parallel view draw: `system`, `board`, `share`, `printed`, `rank`, `title`."""
    kept = some.loc[some["system"].isin(names), ["system", "board_name", "share", "printed", "rank", "title"]]
    return kept.rename(columns={"board_name": "board"}).reset_index(drop=True)


def pairs(some: pd.DataFrame, x: str, y: str) -> pd.DataFrame:
    """Papers with a result on both boards: `system`, `title`, `x`, `y`, `x_printed`, `y_printed`."""
    paper = some["paper_id"].where(some["paper_id"] != "", some["title"])
    some = some.assign(paper=paper)
    columns = ["paper", "model", "system", "title", "score", "printed"]
    one, two = (some.loc[some["board_name"] == name, columns] for name in (x, y))
    both = one.merge(two, on="paper", suffixes=("", "_y"))
    out = both.rename(columns={"score": "x", "score_y": "y", "printed": "x_printed", "printed_y": "y_printed"})
    return out[["system", "title", "x", "y", "x_printed", "y_printed"]].reset_index(drop=True)


def together(entries: pd.DataFrame, names: dict[str, int], most: int = 5) -> list[str]:
    """Boards to begin with: the largest one, and those that its papers report on too."""
    if not names:
        return []
    number_of = {number: name for name, number in names.items()}
    paper = entries["paper_id"].where(entries["paper_id"] != "", entries["title"])
    ranked = entries.assign(paper=paper).loc[entries["rank"].notna() & entries["board"].isin(number_of.keys())]
    chosen_boards = [next(iter(names.values()))]
    for _ in range(most - 1):
        papers = set(ranked.loc[ranked["board"].isin(chosen_boards), "paper"])
        rest = ranked.loc[ranked["paper"].isin(papers) & ~ranked["board"].isin(chosen_boards)]
        counts = rest.groupby("board").size()
        if counts.empty:
            break
        chosen_boards.append(int(counts.idxmax()))
    return [number_of[number] for number in chosen_boards]
