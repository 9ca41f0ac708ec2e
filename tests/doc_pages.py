"""The pages of the documentation as sessions: what is shown in a page is run, and must do what the page says.

A page is run from top to bottom in one folder. Its fenced blocks, by language:

- `console`: each line after `$ ` is a command (a trailing backslash continues it); the lines below it are its
  output, with `...` for what differs from run to run. No lines: any output will do.
- `python`: run as one program with the blocks before it; after `>>> `, results are compared.
- `yaml`, `toml`, `json`, `bibtex`, `text`, `mermaid`: shown, not run.

A comment on the line before a block says more about it:

- `<!-- file: papers.jsonl -->`: the block is written to this file, for the commands below it.
- `<!-- exit: 1 -->`: the block's last command ends with this code.
- `<!-- part of: rules/metrics.yaml -->`: the block stands in this file of the repository, word by word.
- `<!-- not run: needs the network -->`: the block is not run, and why.

A command is never left out for being inconvenient: `NOT_RUN` lists all reasons there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SHOWN = {"yaml", "toml", "json", "bibtex", "text", "mermaid", "html", "dockerfile"}
RUN = {"console", "python"}
NOT_RUN = {
    "needs the network",
    "needs a cluster",
    "needs the shared data",
    "needs a container engine",
    "installs the program",
    "stays open until it is stopped",
    "takes minutes",
    "runs these tests",
    "needs a code host",
}
_FENCE = re.compile(r"^ *```(\w*) *$")
_NOTE = re.compile(r"^ *<!-- (file|exit|part of|not run): (.*?) -->$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block, where it begins, and what the comment before it says."""

    page: Path
    line: int
    language: str
    text: str
    note: tuple[str, str] = ("", "")

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"

    @property
    def not_run(self) -> bool:
        return self.note[0] == "not run"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a console block, and the output that the page shows for it (empty: any)."""

    line: int
    command: str
    output: str


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found: list[Block] = []
    lines = page.read_text(encoding="utf-8").splitlines()
    number = 0
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if not fence:
            number += 1
            continue
        indent = len(lines[number]) - len(lines[number].lstrip())
        end = next(n for n in range(number + 1, len(lines)) if lines[n].strip() == "```")
        text = "".join(line[indent:] + "\n" for line in lines[number + 1 : end])
        found.append(Block(page, number + 1, fence[1], text, _note_before(lines, number)))
        number = end + 1
    return found


def commands(block: Block) -> list[Command]:
    """The commands of a console block with their outputs."""
    found: list[Command] = []
    lines = block.text.splitlines()
    number = 0
    while number < len(lines):
        begin = number
        if not lines[number].startswith("$ "):
            raise ValueError(f"{block}: output before the first command (begin a command with '$ ')")
        command = lines[number][2:]
        while command.endswith("\\"):
            number += 1
            command = command[:-1] + lines[number].strip()
        number += 1
        end = next((n for n in range(number, len(lines)) if lines[n].startswith("$ ")), len(lines))
        output = "\n".join(lines[number:end]).strip("\n")
        found.append(Command(block.line + 1 + begin, command, output))
        number = end
    return found


def _note_before(lines: list[str], number: int) -> tuple[str, str]:
    before = next((lines[n] for n in range(number - 1, max(-1, number - 3), -1) if lines[n].strip()), "")
    note = _NOTE.match(before)
    return (note[1], note[2]) if note else ("", "")
