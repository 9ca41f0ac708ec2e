"""Coverage-guided fuzzing of everything that reads what others have written.

    python -m benchmarks.fuzz                       every target in turn, a minute each
    python -m benchmarks.fuzz clean --seconds 600   one target, longer
    python -m benchmarks.fuzz clean FILE            run one input again, as found by a crash

Atheris (extra `bench`) changes inputs so that they reach new code. A target breaks if it raises what it does
not promise, or if what it gives is not what it promises. An input that breaks one is written to --found and
becomes a fixture of `tests/hostile`. The number of executions is printed for each target.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

Target = Callable[[bytes], None]

SEEDS = (
    b"",
    rb"We present \textbf{Net-X}, which reaches 96.53\% accuracy (vs. 91.2 $\pm$ 0.3\%) on CIFAR-10/100.",
    b"<jats:p>F1 of 71 . 2 % &amp;lt; 80%</jats:p>\n\n% a comment\n It ranks 2nd, i.e. 5-6x faster.",
    b'{"id": "2501.00001", "title": "A", "abstract": "An accuracy of 1% on COCO."}\n{"id": 1, "title": null}',
    b'[{"paper": {"id": "1", "title": "A", "summary": "1%"}}]',
    b'id,title,abstract\n1,A,"An accuracy of 1%"\n',
    b"@article{a, title={A}, abstract={1\\%}}",
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>A</title></entry></feed>',
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x4b\x04\x00\x43\xbe\xb7\xe8\x01\x00\x00\x00",
    b"benchmarks:\n- id: a\n  name: A\n  metrics: [accuracy]\n  task: image-classification\n",
    b"results:\n- id: a\n  pattern: 'ACHIEVE VALUE METRIC? on BENCHMARK'\n  gives: {kind: score}\n",
)


def texts_of(data: bytes) -> str:
    """Any bytes as a text, with lone surrogates kept where there are some: JSON can carry them."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def fuzz_clean(data: bytes) -> None:
    """Spans of the clean text lead to spans of the original, in order."""
    from leaderboard.clean import clean

    text = texts_of(data)
    cleaned = clean(text)
    last = 0
    for position in range(len(cleaned.text)):
        start, end = cleaned.to_original(position, position + 1)
        assert last <= end <= len(text) and 0 <= start <= end, (text, position)
        last = max(last, start)


def fuzz_sentences(data: bytes) -> None:
    """Sentences are in order, do not overlap, and leave out nothing but white space."""
    from leaderboard.sentences import split_sentences

    text = texts_of(data)
    upto = 0
    for start, end in split_sentences(text):
        assert upto <= start < end <= len(text) and not text[upto:start].strip(), text
        upto = end
    assert not text[upto:].strip(), text


def fuzz_extract(data: bytes) -> None:
    """Extraction never raises, and every row points at its number in the original text."""
    from leaderboard.extraction import extract_paper
    from leaderboard.models import Paper

    title, _, abstract = texts_of(data).rpartition("\0")
    for row in extract_paper(Paper(title=title, abstract=abstract)):
        printed = (title if row.field == "title" else abstract)[row.start : row.end]
        assert re.search(r"\d|first|second|third", printed, re.IGNORECASE), (abstract, row)


def fuzz_readers(data: bytes) -> None:
    """A reader gives papers or rejects, or says with an `InputError` why it cannot; nothing else."""
    from leaderboard.errors import InputError
    from leaderboard.readers import FORMATS, read_papers

    names = [None, *sorted(FORMATS)]
    path = _folder() / "input"
    known = names[data[0] % len(names)] if data else None
    path.write_bytes(data[1:])
    try:
        for _ in read_papers(path, format=known):
            pass
    except InputError:
        pass


def fuzz_rules(data: bytes) -> None:
    """A folder with any file in it is a set of rules, or a `RuleError`."""
    from leaderboard.rulebook import RuleError
    from leaderboard.rulebook.loading import read_sources

    folder = _folder()
    names = (
        "benchmarks/a.yaml",
        "metrics.yaml",
        "tasks.yaml",
        "patterns/a.yaml",
        "lexicon.yaml",
        "names.yaml",
    )
    path = folder / names[data[0] % len(names) if data else 0]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data[1:])
    try:
        from leaderboard.rulebook.compiling import compile_sources

        compile_sources(read_sources([folder]))
    except RuleError as error:
        assert error.problems
    finally:
        path.unlink()


TARGETS: dict[str, Target] = {
    "clean": fuzz_clean,
    "sentences": fuzz_sentences,
    "extract": fuzz_extract,
    "readers": fuzz_readers,
    "rules": fuzz_rules,
}
_folders: list[tempfile.TemporaryDirectory[str]] = []


def _folder() -> Path:
    if not _folders:
        _folders.append(tempfile.TemporaryDirectory())
    return Path(_folders[0].name)


def main() -> int:
    """Run what the command line asks for; 1 if anything broke."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("target", nargs="?", choices=TARGETS)
    parser.add_argument("file", nargs="?", type=Path, help="run this one input")
    parser.add_argument("--seconds", type=int, default=60, help="time for each target")
    parser.add_argument("--found", type=Path, default=Path("out/fuzz"), help="where breaking inputs go")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.file:
        TARGETS[chosen.target](chosen.file.read_bytes())
        return 0
    if chosen.inside:
        return _fuzz(chosen.target, chosen.seconds, chosen.found)
    broken = total = 0
    for name in [chosen.target] if chosen.target else TARGETS:
        # A process for each: atheris ends the process that it fuzzes in.
        arguments = [name, "--inside", "--seconds", str(chosen.seconds), "--found", str(chosen.found)]
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.fuzz", *arguments],
            capture_output=True,
            text=True,
            errors="replace",
        )
        counts = re.findall(r"^#(\d+)|stat::number_of_executed_units:\s*(\d+)", done.stderr, re.MULTILINE)
        runs = max((int(a or b) for a, b in counts), default=0)
        total += runs
        broken += done.returncode != 0
        print(f"{name}: {runs:,} executions{', BROKEN' if done.returncode else ''}", flush=True)
        if done.returncode:
            print(done.stderr[-3000:] + done.stdout[-3000:])
    print(f"all: {total:,} executions, {broken} targets broken")
    return 1 if broken else 0


def _fuzz(name: str, seconds: int, found: Path) -> int:
    try:
        import atheris
    except ImportError:
        print("atheris is not installed (pip install 'leaderboard[bench]')", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["leaderboard"]):
        for seed in SEEDS:
            TARGETS[name](seed)  # what is compiled on first use is compiled now
    found.mkdir(parents=True, exist_ok=True)
    corpus = found / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        # Targets with several forms of input choose one by the first byte.
        for kind in b"\0\1\2\3\4\5\6\7\10" if name in ("readers", "rules") else b"":
            (corpus / f"seed-{number}-{kind}").write_bytes(bytes([kind]) + seed)
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        "-max_len=2000",
        "-timeout=20",
        f"-artifact_prefix={found}/{name}-",
    ]
    atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", str(corpus)], TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
