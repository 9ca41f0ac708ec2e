"""Rows written for the tests of the dashboard, and what a page shows as one text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from leaderboard.boards import results_frame
from leaderboard.export import export_rows

DASHBOARD = Path(__file__).resolve().parents[1] / "dashboard"

HOSTILE = {
    "script": "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">",
    "markdown": "[click](javascript:alert(1)) **bold** # heading `code`",
    "latex": "$\\frac{1}{2}$ and $$x^2$$",
    "shortcode": ":material/delete: :red[red] :smile:",
    "long": "W" * 400,
}


def texts(tester: Any) -> str:
    """All HTML, Markdown and messages of a page run by `AppTest`."""
    shown = [one.proto.body for one in tester.get("html")]
    for kind in ("markdown", "error", "warning", "info", "caption"):
        shown += [one.value for one in getattr(tester, kind)]
    return "\n".join(shown)


def sample_row(**given: Any) -> dict[str, Any]:
    """A row of a paper's own score on ImageNet, with whatever is given."""
    base: dict[str, Any] = {
        "paper_id": "2101.00001",
        "title": "A Paper",
        "date": "2021-01",
        "model": "Net",
        "benchmark": "ImageNet",
        "benchmark_id": "imagenet",
        "benchmark_text": "ImageNet",
        "metric": "top-1 accuracy",
        "metric_id": "top-1-accuracy",
        "metric_text": "top-1 accuracy",
        "higher_is_better": True,
        "value": 80.0,
        "unit": "%",
        "kind": "score",
        "holder": "own",
        "field": "abstract",
        "start": 12,
        "end": 16,
        "sentence": "Net reaches 80.0% top-1 accuracy on ImageNet.",
        "rule": "values-metric",
        "confidence": 0.9,
    }
    return base | given


def hostile_rows() -> list[dict[str, Any]]:
    """Rows whose texts try everything that a page could take for markup."""
    return [
        sample_row(
            paper_id=f"1{number:03d}.00001",
            title=f"{name} {text}",
            model=f"M-{name} {text[:60]}",
            date=f"{2010 + number}-03",
            value=70.5 + number,
            sentence=f"Net reaches {70.5 + number}% on ImageNet {text}",
            url="javascript:alert(1)",
            setting=text[:40],
        )
        for number, (name, text) in enumerate(HOSTILE.items(), start=1)
    ]


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Rows as a file that `leaderboard dashboard` reads."""
    with path.open("wb") as stream:
        export_rows(results_frame(rows), stream, "jsonl")
    return path
