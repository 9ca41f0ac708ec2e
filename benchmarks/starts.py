"""How long the command line takes to begin, told against a Python that imports two of its libraries."""

from __future__ import annotations

import subprocess
import sys
import time

COMMAND = "from leaderboard.cli import main; main()"
"""What the installed `leaderboard` script does, by whichever Python this is."""

COMMANDS = {
    "libraries": ["-c", "import pydantic, regex"],
    "version": ["-c", COMMAND, "--version"],
    "explain": ["-c", COMMAND, "explain", "SCNN reaches 96.53% accuracy on TuSimple."],
}


def start_seconds(rounds: int) -> dict[str, float]:
    """The shortest of some starts of each command; they take turns, so that a busy moment harms all alike."""
    best = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(rounds):
        for name, arguments in COMMANDS.items():
            began = time.perf_counter()
            done = subprocess.run([sys.executable, *arguments], capture_output=True)
            if done.returncode:
                raise RuntimeError(f"{arguments}: {done.stderr.decode(errors='replace')[-500:]}")
            best[name] = min(best[name], time.perf_counter() - began)
    return best
