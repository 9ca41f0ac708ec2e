"""Small annotated papers and rows for them."""

from __future__ import annotations

from leaderboard.evaluate import GoldPaper, GoldRow
from leaderboard.models import Result

SENTENCE = "LaneNet reaches 96.4% accuracy on TuSimple, 2.1 points above SCNN at 94.3%."
LEVEL = GoldRow(
    value=96.4, unit="%", kind="score", holder="own", benchmark=("TuSimple",), metric=("accuracy",),
    model=("LaneNet",), evidence=SENTENCE,
)  # fmt: skip
GAIN = LEVEL.model_copy(update={"value": 2.1, "unit": "points", "kind": "gain", "model": ()})
BASELINE = LEVEL.model_copy(update={"value": 94.3, "holder": "other", "model": ("SCNN",)})


def paper(*results: GoldRow, id: str = "p1", source: str = "lanes") -> GoldPaper:
    return GoldPaper(id=id, source=source, title="LaneNet", abstract=SENTENCE, results=results)


def row(gold: GoldRow = LEVEL, **changes: object) -> Result:
    """The row that a perfect extractor makes of a gold row, with changes."""
    perfect = {
        "paper_id": "p1", "value": gold.value, "value_high": gold.value_high, "kind": gold.kind,
        "holder": gold.holder, "benchmark": gold.benchmark[0] if gold.benchmark else "",
        "metric": gold.metric[0] if gold.metric else "", "model": gold.model[0] if gold.model else "",
        "unit": gold.unit, "field": "abstract", "start": 0, "end": 4, "sentence": SENTENCE, "rule": "levels",
        "confidence": 0.95,
    }  # fmt: skip
    return Result.model_validate({**perfect, **changes})
