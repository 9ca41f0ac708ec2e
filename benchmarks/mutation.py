"""How many small faults the tests notice in the modules that turn text into rows.

    python -m benchmarks.mutation                       60 faults, a quarter of an hour or more
    python -m benchmarks.mutation --mutants 200 --seed 2

Cosmic Ray (extra `bench`) makes the faults, one at a time, in a copy of the repository: another operator, a
number more, a branch the other way. A sample drawn by `--seed` stands for all of them. A fault that no test
notices is printed with its place: it asks for an example in `rules/` or for a test. Faults in annotations,
which change nothing that runs, are left out.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.texts import REPOSITORY

MODULES = (
    "clean.py",
    "sentences.py",
    "mentions",
    "patterns.py",
    "claims.py",
    "resolve",
    "rows.py",
    "extraction.py",
)
TESTS = (
    "tests/test_digests.py",
    "tests/test_phenomena.py",
    "tests/test_clean.py",
    "tests/test_sentences.py",
    "tests/engine",
)
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "out", "*.egg-info")
SLOWEST = 300.0
"""Seconds; tests that take longer on a fault have noticed it."""


def mutants(modules: Iterable[Path]) -> list[Any]:
    """Every fault that can be made in the modules, outside annotations."""
    from cosmic_ray.commands.init import init
    from cosmic_ray.work_db import WorkDB, use_db

    with (
        tempfile.TemporaryDirectory() as folder,
        use_db(f"{folder}/faults.sqlite", WorkDB.Mode.create) as database,
    ):
        init(modules, database, {})
        found = [fault for item in database.work_items for fault in item.mutations]
    still = {module: _annotated(module) for module in {fault.module_path for fault in found}}
    return [fault for fault in found if fault.start_pos[0] not in still[fault.module_path]]


def _annotated(module: Path) -> set[int]:
    """Lines that hold an annotation: heads of functions and fields of classes."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            lines.update(range(node.lineno, node.body[0].lineno))
        elif isinstance(node, ast.AnnAssign) and node.value is None:
            lines.add(node.lineno)
    return lines


def main() -> None:
    """Make a sample of the faults, run the tests on each, and print which were noticed."""
    options = argparse.ArgumentParser(description=str(__doc__), formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--mutants", type=int, default=60, help="how many faults to make")
    options.add_argument("--seed", type=int, default=1, help="which of all faults they are")
    asked = options.parse_args()
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.testing import run_tests

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "repository"
        shutil.copytree(REPOSITORY, copy, ignore=LEFT_OUT)
        os.chdir(copy)
        os.environ |= {"PYTHONPATH": str(copy), "LEADERBOARD_CACHE": f"{folder}/cache"}
        command = shlex.join([sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS])
        if run_tests(command, SLOWEST)[0] != "survived":
            sys.exit("the tests fail without any fault, or take too long: run them first")
        faults = mutants(
            path
            for name in MODULES
            for path in sorted((copy / "leaderboard" / name).rglob("*.py") or [copy / "leaderboard" / name])
        )
        sample = random.Random(asked.seed).sample(faults, min(asked.mutants, len(faults)))
        noticed = 0
        for number, fault in enumerate(sample, 1):
            outcome = mutate_and_test([fault], command, SLOWEST)
            noticed += outcome.test_outcome != "survived"
            if outcome.test_outcome == "survived":
                print(outcome.diff, flush=True)
            print(f"{noticed} of {number} noticed ({len(faults):,} faults can be made)", flush=True)


if __name__ == "__main__":
    main()
