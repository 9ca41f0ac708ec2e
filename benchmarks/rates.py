"""How fast a file of papers becomes a file of rows, told against a floor and a peer.

The *floor* is what nobody can do without who looks for names and numbers: unpack, parse each line, one
Aho-Corasick pass over the catalogue's names, one compiled number regex. The *peer* is a blank spaCy pipeline
with a sentencizer and an entity ruler over the same names, which tags names and does nothing else.
Every figure comes from a process of its own, so that none pays for another's memory.
"""

from __future__ import annotations

import gzip
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import orjson

NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s?%?")


def catalogue_names() -> list[str]:
    """Names and aliases of every benchmark, metric and task."""
    from leaderboard.rulebook import load_rules

    rules = load_rules()
    tables = (rules.benchmarks, rules.metrics, rules.tasks)
    return sorted(
        {name for table in tables for key in table for name in (table[key].name, *table[key].aliases)}
    )


def floor(papers: Path) -> Callable[[], int]:
    """Parse, one pass for names, one for numbers."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in catalogue_names():
        automaton.add_word(name.lower(), name)
    automaton.make_automaton()

    def run() -> int:
        count = 0
        with gzip.open(papers) as stream:
            for line in stream:
                paper = orjson.loads(line)
                text = f"{paper['title']}\n{paper['abstract']}"
                sum(1 for _ in automaton.iter(text.lower()))
                NUMBER.findall(text)
                count += 1
        return count

    return run


def peer(papers: Path) -> Callable[[], int]:
    """spaCy's tokenizer, sentencizer and entity ruler. Raises ImportError where spaCy is not installed."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "NAME", "pattern": name} for name in catalogue_names()])

    def run() -> int:
        with gzip.open(papers) as stream:
            records = map(orjson.loads, stream)
            texts = (f"{paper['title']}\n{paper['abstract']}" for paper in records)
            return sum(1 for _ in nlp.pipe(texts, batch_size=256))

    return run


def extraction(papers: Path, workers: int) -> Callable[[], int]:
    """From the packed file to a written Parquet file, with the code that `leaderboard extract` runs."""
    from leaderboard.extraction import extract, extract_paper
    from leaderboard.rulebook import load_rules
    from leaderboard.run import run
    from leaderboard.writers import results_to

    extract("An accuracy of 1% on ImageNet.")  # the rules are compiled: that is a start, not a rate

    def one_run() -> int:
        with results_to(str(papers.with_suffix(f".{workers}.parquet"))) as write:
            return run(
                [str(papers)], write, partial(extract_paper, rules=load_rules()), workers=workers
            ).papers

    return one_run


def measure(what: str, papers: Path, rounds: int) -> dict[str, float]:
    """The shortest of some runs, by the clock and by the processor, in microseconds for a paper."""
    workers = int(what.partition("-")[2] or 1)
    run = (
        floor(papers) if what == "floor" else peer(papers) if what == "peer" else extraction(papers, workers)
    )
    wall = cpu = float("inf")
    count = 1
    for _ in range(rounds):
        began, used = time.perf_counter(), time.process_time()
        count = run()
        wall, cpu = min(wall, time.perf_counter() - began), min(cpu, time.process_time() - used)
    return {"wall": wall / count * 1e6, "cpu": cpu / count * 1e6}


if __name__ == "__main__":
    print(orjson.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))).decode())
