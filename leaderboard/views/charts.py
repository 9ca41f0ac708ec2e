"""The charts, in Altair, with colours that colour-blind readers can tell apart on light and dark ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from leaderboard.views.overview import OTHER

Drawing = alt.Chart | alt.LayerChart | alt.FacetChart


_NEAR_ZERO = 0.2
"""Of the highest score: the room below a lowest score under it would be negative."""
MOST_SHAPES = 800
"""More dots are painted instead of drawn one by one, which takes a browser long."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours for one ground; `series` are those of Okabe and Ito, lightened for the dark one."""

    record: str
    entry: str
    quoted: str
    ground: str
    ink: str
    series: tuple[str, ...]


LIGHT = Palette(
    "#C24E00",
    "#0072B2",
    "#8A9299",
    "#FDFDFB",
    "#1D2731",
    ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C5A2B", "#B8A900"),
)
DARK = Palette(
    "#F5955A",
    "#56B4E9",
    "#8C969E",
    "#11161B",
    "#E4E8EA",
    ("#56B4E9", "#F0803C", "#2DBE93", "#DD92BA", "#E6A817", "#9CCFF0", "#C9945F", "#E5DA5B"),
)


def palette(dark: bool) -> Palette:
    """The palette for dark or light ground."""
    return DARK if dark else LIGHT


def _scores(scores: pd.Series[float], padding: int) -> alt.Scale:
    """A scale for scores with some room; it begins at zero only where the room would reach below."""
    low, high = scores.min(), scores.max()
    if 0 <= low < _NEAR_ZERO * high:
        return alt.Scale(zero=True, nice=True)
    return alt.Scale(zero=False, nice=True, padding=padding)


def over_time(
    points: pd.DataFrame,
    line: pd.DataFrame,
    metric: str,
    colours: Palette,
    *,
    direction: int,
    selected: str = "",
) -> Drawing:
    """The state of the art as a step line, every entry a dot; the selection is called `entry`."""
    better = {1: " (higher is better)", -1: " (lower is better)"}.get(direction, "")
    y = alt.Y("score:Q", title=f"{metric or 'score'}{better}", scale=_scores(points["score"], padding=14))
    x = alt.X("day:T", title=None, axis=alt.Axis(labelOverlap=True, tickCount=8), scale=alt.Scale(padding=14))
    pick = alt.selection_point(name="entry", fields=["entry"], on="click", toggle=False)
    tooltip = [
        alt.Tooltip("model:N", title="System"),
        alt.Tooltip("title:N", title="Paper"),
        alt.Tooltip("printed:N", title="Reported"),
        alt.Tooltip("day:T", title="Date", format="%B %Y"),
    ]
    steps = (
        alt.Chart(line)
        .mark_line(interpolate="step-after", strokeWidth=2, color=colours.record, opacity=0.9)
        .encode(x=x, y=y)
    )
    roles = ["record", "entry", "quoted"]
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, strokeWidth=1.5, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "role:N",
                scale=alt.Scale(domain=roles, range=[colours.record, colours.entry, colours.quoted]),
                legend=None,
            ),
            shape=alt.Shape(
                "role:N", scale=alt.Scale(domain=roles, range=["diamond", "circle", "cross"]), legend=None
            ),
            size=alt.Size("role:N", scale=alt.Scale(domain=roles, range=[130, 62, 44]), legend=None),
            opacity=alt.condition(pick, alt.value(0.95), alt.value(0.4)),
            tooltip=tooltip,
        )
        .add_params(pick)
    )
    layers: list[Any] = [steps, dots]
    chosen = points.loc[points["entry"] == selected] if selected else points.iloc[:0]
    if len(chosen):
        ring = (
            alt.Chart(chosen)
            .mark_point(size=420, strokeWidth=2.5, color=colours.ink, filled=False)
            .encode(x=x, y=y)
        )
        layers.append(ring)
    names = labelled(points)
    if len(names):
        sides: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 9), ("right", -9))
        for align, dx in sides:
            some = names.loc[names["align"] == align]
            if len(some):
                layers.append(
                    alt.Chart(some)
                    .mark_text(
                        align=align, dx=dx, dy=-11, fontSize=12, fontWeight=600, color=colours.ink, limit=150
                    )
                    .encode(x=x, y=y, text="model:N")
                )
    chart = alt.layer(*layers).properties(height=360)
    if len(points) > MOST_SHAPES:
        chart.usermeta = {"embedOptions": {"renderer": "canvas"}}
    return chart


def labelled(points: pd.DataFrame, most: int = 6) -> pd.DataFrame:
    """The records that are named in the chart: the newest, and earlier ones clear of each other."""
    records = points.loc[(points["role"] == "record") & (points["model"] != "")].sort_values(
        "day", ascending=False
    )
    if records.empty:
        return records.assign(align="")
    span = (points["day"].max() - points["day"].min()).total_seconds() or 1.0
    kept: list[int] = []
    for index, one in records.iterrows():
        if len(kept) < most and all(
            abs((records.loc[other, "day"] - one["day"]).total_seconds()) / span > 0.16 for other in kept
        ):
            kept.append(int(str(index)))
    chosen = records.loc[kept]
    middle = points["day"].min() + (points["day"].max() - points["day"].min()) * 0.45
    return chosen.assign(align=["right" if day > middle else "left" for day in chosen["day"]])


def by_year(counts: pd.DataFrame, colours: Palette) -> Drawing:
    """Results by year and area as stacked bars; the frame has `year`, `area`, `results`."""
    order = counts.groupby("area")["results"].sum().sort_values(ascending=False).index.tolist()
    # What is not known stands last, in grey.
    rest = [area for area in order if area == OTHER]
    order = [area for area in order if area != OTHER]
    shades = [*_series(colours, len(order))[: len(order)], *[colours.quoted] * len(rest)]
    counts = counts.assign(place=[(order + rest).index(area) for area in counts["area"]])
    order += rest
    pick = alt.selection_point(fields=["area"], bind="legend")
    chart: alt.Chart = (
        alt.Chart(counts)
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("results:Q", title="results"),
            color=alt.Color(
                "area:N",
                sort=order,
                scale=alt.Scale(domain=order, range=shades),
                legend=alt.Legend(orient="bottom", title=None, columns=4, symbolType="square"),
            ),
            order=alt.Order("place:Q"),
            opacity=alt.condition(pick, alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("area:N", title="Area"),
                alt.Tooltip("year:O", title="Year"),
                alt.Tooltip("results:Q", title="Results"),
            ],
        )
        .add_params(pick)
        .properties(height=300)
    )
    return chart


def parallel(cells: pd.DataFrame, colours: Palette, columns: Sequence[str]) -> Drawing:
    """Systems as lines across boards, each from its last place to its first."""
    pick = alt.selection_point(fields=["system"], bind="legend")
    base = alt.Chart(cells).encode(
        x=alt.X(
            "board:N",
            sort=list(columns),
            title=None,
            axis=alt.Axis(labelAngle=-35, labelLimit=170),
            scale=alt.Scale(padding=0.3),
        ),
        y=alt.Y(
            "share:Q",
            title="place on the board",
            axis=alt.Axis(
                values=[0, 0.5, 1], labelExpr="datum.value == 1 ? 'first' : datum.value == 0 ? 'last' : ''"
            ),
        ),
        color=alt.Color(
            "system:N",
            scale=alt.Scale(range=_series(colours, 8)),
            legend=alt.Legend(orient="bottom", title=None, columns=2, labelLimit=260),
        ),
        opacity=alt.condition(pick, alt.value(1), alt.value(0.12)),
    )
    tooltip = [
        alt.Tooltip("system:N", title="System"),
        alt.Tooltip("board:N", title="Board"),
        alt.Tooltip("printed:N", title="Reported"),
    ]
    return alt.layer(
        base.mark_line(strokeWidth=2),
        base.mark_point(filled=True, size=80).encode(tooltip=tooltip).add_params(pick),
    ).properties(height=480)


def scatter(pairs: pd.DataFrame, x: str, y: str, colours: Palette) -> Drawing:
    """Two boards against each other; the frame has `x`, `y`, `x_printed`, `y_printed`, `system`, `title`."""
    base = alt.Chart(pairs).encode(
        x=alt.X("x:Q", title=x, scale=_scores(pairs["x"], padding=18)),
        y=alt.Y("y:Q", title=y, scale=_scores(pairs["y"], padding=18)),
    )
    dots = base.mark_point(filled=True, size=90, color=colours.entry).encode(
        tooltip=[
            alt.Tooltip("system:N", title="System"),
            alt.Tooltip("title:N", title="Paper"),
            alt.Tooltip("x_printed:N", title=x),
            alt.Tooltip("y_printed:N", title=y),
        ]
    )
    names = base.mark_text(align="left", dx=8, dy=-6, fontSize=12, color=colours.ink, limit=120).encode(
        text="system:N"
    )
    return alt.layer(dots, names).properties(height=420)


def _series(colours: Palette, many: int) -> list[str]:
    return [colours.series[i % len(colours.series)] for i in range(max(many, 1))]
