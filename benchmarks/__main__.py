"""Speed and memory, measured: `python -m benchmarks`, or `make bench`.

    python -m benchmarks                     rates and starts, some minutes
    python -m benchmarks --only rates        one of: rates, starts, memory, hostile
    python -m benchmarks --all               all of them; memory takes the longest
    python -m benchmarks --keep              take the figures of this run as those to compare with

Machines differ, so every figure is a ratio of two things measured in the same run. Ratios are written to
--out and compared with the committed `benchmarks/figures.json`: one that is worse by more than a quarter
makes the run fail.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

import orjson

from benchmarks import hostile, memory, starts
from benchmarks.texts import corpus_file

COMMITTED = Path(__file__).parent / "figures.json"
SLACK = 1.25
SAMPLE = 6000
"""Papers, spread over all, for the peer, which is slow, and to repeat for the memory."""
PARTS = ("rates", "starts", "memory", "hostile")
LIMITS = {"extraction / floor": 6.0, "memory of a process, MB / 500": 1.0, "worst shape / plain": 10.0}
"""Ratios that must not be larger."""
LEAST = {"peer / extraction": 5.0, "one worker / two workers": 1.8}
"""Ratios that must not be smaller; larger is better."""

Figures = dict[str, float]


def main() -> int:
    """Measure, print, write, compare; 1 where a ratio has become worse."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this; may be repeated")
    parser.add_argument("--all", action="store_true", help="measure everything")
    parser.add_argument("--papers", type=int, default=0, help="papers for the rates; all where not given")
    parser.add_argument("--repeated", type=int, default=1_000_000, help="papers for the memory")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, of which the shortest counts")
    parser.add_argument("--out", type=Path, default=Path("out/figures.json"))
    parser.add_argument("--keep", action="store_true", help=f"write {COMMITTED.name} too")
    chosen = parser.parse_args()
    parts = PARTS if chosen.all else tuple(chosen.only or ("rates", "starts"))
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        names = ["ImageNet", "COCO", "SQuAD"], ["an accuracy", "an F1", "a mAP"]
        sample, corpus = corpus_file(Path(folder), chosen.papers or SAMPLE, *names)
        print(f"papers: {corpus}, Python {sys.version.split()[0]}")
        if "rates" in parts:
            papers, _ = corpus_file(Path(folder), chosen.papers, *names)
            figures |= _rates(papers, sample, chosen.rounds)
        if "starts" in parts:
            figures |= _starts(chosen.rounds * 3)
        if "memory" in parts:
            figures |= _memory(sample, chosen.repeated)
        if "hostile" in parts:
            figures |= _hostile()
    before = orjson.loads(COMMITTED.read_bytes()) if COMMITTED.exists() else {}
    comparable = before.get("corpus") == corpus
    if before and not comparable:
        print(f"the committed figures are of other papers ({before.get('corpus')}): not compared")
    worse = _report(figures, before.get("ratios", {}) if comparable else {})
    _write(chosen.out, corpus, figures)
    if chosen.keep:
        _write(COMMITTED, corpus, {**(before.get("ratios", {}) if comparable else {}), **figures})
    return 1 if worse and not chosen.keep else 0


def _rates(papers: Path, sample: Path, rounds: int) -> Figures:
    """How fast the floor and extraction go through all papers, and the peer through a sample of them; each
    has its tables ready when the clock starts.
    """
    names = ["floor", "extraction-1", "extraction-2"]
    if importlib.util.find_spec("spacy"):
        names.append("peer")
    else:
        print("peer: skipped, spaCy is not installed (pip install 'leaderboard[bench]')")
    taken: dict[str, dict[str, float]] = {}
    for _ in range(rounds):  # in turn, so that a busy minute harms all alike
        for name in names:
            once = _measured(name, sample if name == "peer" else papers)
            best = taken.setdefault(name, once)
            taken[name] = {clock: min(best[clock], once[clock]) for clock in best}
    for name, clocks in taken.items():
        print(f"  {name:14} {clocks['wall']:8.0f} µs a paper by the clock, {clocks['cpu']:8.0f} of processor")
    one = taken["extraction-1"]
    figures = {
        "extraction / floor": one["cpu"] / taken["floor"]["cpu"],
        "one worker / two workers": one["wall"] / taken["extraction-2"]["wall"],
    }
    if "peer" in taken:
        figures["peer / extraction"] = taken["peer"]["cpu"] / one["cpu"]
    return figures


def _measured(name: str, papers: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.rates", name, str(papers), "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr[-2000:]}")
    return dict(orjson.loads(done.stdout))


def _starts(rounds: int) -> Figures:
    taken = starts.start_seconds(rounds)
    return {
        f"start of {name} / libraries": taken[name] / taken["libraries"] for name in ("version", "explain")
    }


def _memory(papers: Path, total: int) -> Figures:
    if not memory.can_measure():
        print("memory: skipped, this system does not tell the peaks of its processes")
        return {}
    small = memory.peak_megabytes(papers, 2)
    large = memory.peak_megabytes(memory.repeat(papers, total, papers.parent / "many.jsonl.gz"), 2)
    for name in small:
        print(f"  {name:14} {large[name]:6.0f} MB at the peak over {total:,} papers")
    return {
        "memory of a process, MB / 500": max(large.values()) / 500,
        "memory, many / few papers": max(large.values()) / max(small.values()),
    }


def _hostile() -> Figures:
    found = hostile.ratios()
    for name, ratio in sorted(found.items(), key=lambda item: -(item[1] or 1e9))[:10]:
        print(f"  {name:32} {'given up' if ratio is None else f'{ratio:.1f} times plain'}")
    return {"worst shape / plain": max(1e9 if ratio is None else ratio for ratio in found.values())}


def _report(figures: Figures, before: Figures) -> list[str]:
    worse = []
    for name, ratio in figures.items():
        bound = LIMITS.get(name) or LEAST.get(name)
        aim = f"at {'least' if name in LEAST else 'most'} {bound:g}" if bound else ""
        met = bound is None or (ratio >= bound if name in LEAST else ratio <= bound)
        then = before.get(name)
        drop = 1.0 if not then else then / ratio if name in LEAST else ratio / then
        if drop > SLACK:
            worse.append(name)
        said = f", was {then:.2f}" if then else ""
        fallen = "WORSE" if drop > SLACK else ""
        print(f"{name:34} {ratio:7.2f}  {aim:12} {'' if met else 'MISSED '}{fallen}{said}")
    return worse


def _write(path: Path, corpus: str, figures: Figures) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = {name: round(ratio, 3) for name, ratio in sorted(figures.items())}
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    path.write_bytes(orjson.dumps({"corpus": corpus, "ratios": rounded}, option=options))


if __name__ == "__main__":
    sys.exit(main())
