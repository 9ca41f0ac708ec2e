"""Every command and every snippet of the README and the documentation does what its page says."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from doc_pages import NOT_RUN, RUN, SHOWN, Block, blocks, commands

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md")]
PAGES += sorted((REPOSITORY / "docs").glob("*.md"))
ALIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
BLOCKS = [block for page in PAGES for block in blocks(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_does_what_it_says(page: Path, workbench: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks(page):
        if block.note[0] == "file":
            path = workbench / block.note[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.not_run:
            continue
        elif block.language == "console":
            _run_console(block)
        elif block.language == "python":
            _run_python(block, names)


def _run_console(block: Block) -> None:
    steps = commands(block)
    last_code = int(block.note[1]) if block.note[0] == "exit" else 0
    for step in steps:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", step.command],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
        )  # fmt: skip
        where = f"{block.page.name}:{step.line}: $ {step.command}"
        expected = last_code if step is steps[-1] else 0
        assert done.returncode == expected, f"{where}\nended with {done.returncode}:\n{done.stdout}"
        alike = doctest.OutputChecker().check_output(step.output, done.stdout, ALIKE)
        assert not step.output or alike, f"{where}\nprinted\n{done.stdout}\nbut the page shows\n{step.output}"


def _run_python(block: Block, names: dict[str, Any]) -> None:
    if ">>> " not in block.text:
        exec(compile(block.text, str(block), "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(block.text, names, str(block), str(block.page), block.line)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=ALIKE).run(test, out=said.append, clear_globs=False)
    assert result.failed == 0, "".join(said)
    names.update(test.globs)


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_block_is_run_or_says_why_not(block: Block) -> None:
    assert block.language in SHOWN | RUN, f"{block}: say what the block is: ```console, ```python, ```yaml"
    note, said = block.note
    if note == "not run":
        assert said in NOT_RUN
    if note == "part of":
        assert block.text.strip() in (REPOSITORY / said).read_text(encoding="utf-8")
    if block.language == "yaml":
        yaml.safe_load(block.text)
    if block.language == "toml":
        tomllib.loads(block.text)
    if block.language == "json":
        lines = note == "file" and said.endswith(".jsonl")
        for text in block.text.splitlines() if lines else [block.text]:
            json.loads(text)


@pytest.mark.parametrize("target", ["demo", "test", "coverage", "lint", "bench", "clean", "reference"])
def test_make_knows_the_targets_that_pages_name(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_make_demo_shows_the_boards_of_the_demo_corpus(tmp_path: Path) -> None:
    """The recipe itself, with the environment that the tests run in."""
    tools = Path(sys.executable).parent
    done = subprocess.run(
        ["make", "-o", ".venv/.installed-all", "demo", f"BIN={tools}", f"OUT={tmp_path}"],
        cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    for said in (" papers, ", " rows, 0 rejects", "ImageNet: top-1 accuracy", "To browse them"):
        assert said in done.stdout
