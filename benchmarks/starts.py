"""How long the command line takes to begin, told against a Python that imports two of its libraries."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

COMMAND = "from leaderboard.cli import main; main()"
"""What the installed `leaderboard` script does, by whichever Python this is."""

COMMANDS = {
    "libraries": ["-c", "import pydantic, regex"],
    "version": ["-c", COMMAND, "--version"],
    "explain": ["-c", COMMAND, "explain", "SCNN reaches 96.53% accuracy on TuSimple."],
}


def start_seconds(rounds: int) -> dict[str, float]:
    """The shortest of some starts of each command; they take turns, so that a busy moment harms all alike.

    Every module's byte code is kept, as it is for what pip has installed, also where the surroundings forbid
    it.
    """
    best = dict.fromkeys(COMMANDS, float("inf"))
    with tempfile.TemporaryDirectory() as kept:
        surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        surroundings["PYTHONPYCACHEPREFIX"] = kept
        for _ in range(rounds + 1):  # in the first, the byte code is made
            for name, arguments in COMMANDS.items():
                began = time.perf_counter()
                done = subprocess.run([sys.executable, *arguments], capture_output=True, env=surroundings)
                if done.returncode:
                    raise RuntimeError(f"{arguments}: {done.stderr.decode(errors='replace')[-500:]}")
                best[name] = min(best[name], time.perf_counter() - began)
    return best
