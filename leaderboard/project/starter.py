"""A new folder of boards: a `leaderboard.toml` that works, with every setting explained."""

from __future__ import annotations

from pathlib import Path

from leaderboard.errors import OutputError
from leaderboard.project.config import CONFIG
from leaderboard.writers import whole_file

STARTER = """\
# What this folder fetches, by which rules it extracts results, and what it writes.
# After a change:  leaderboard update .

# --- Papers: any number of queries, asked at every update ---------------------------------------------------

# arXiv, by a query as its API has it: cat: (category), ti: (title), abs: (abstract), au: (author), AND, OR.
[[queries]]
source = "arxiv"
query = "cat:cs.CV AND abs:TuSimple"
since = 2017                # a year, a month ("2024-03") or a day (2024-03-31); left out: from the beginning
# until = "2024-12"
# max = 500                 # only so many papers, the newest

# The daily papers of Hugging Face, from a day on.
# [[queries]]
# source = "hf-papers"
# since = 2024-03-01

# A file of arXiv ids in this folder, one a line.
# [[queries]]
# source = "ids"
# file = "ids.txt"

# --- Sources: only what differs from the defaults -----------------------------------------------------------

# Keys do not belong here: they are read from the environment (HF_TOKEN).
# [sources.arxiv]
# base = "https://export.arxiv.org/api/query"
# interval = 3.0            # seconds from one request to the next, as arXiv asks for
# timeout = 30.0            # seconds that the server may be silent
# retries = 5               # times that a failed request is made again
# backoff = 1.0             # seconds before the first retry; each further one doubles it
# longest_wait = 300.0      # seconds that a server may ask to wait

# --- Rules --------------------------------------------------------------------------------------------------

# Your own rules lie in leaderboard-rules/ and are used by themselves; name more folders here.
# When any rule changes, all papers are extracted again, and the report says which rows changed.
[rules]
folders = []

# --- Files that are written ---------------------------------------------------------------------------------

[output]
papers = "papers.jsonl"     # papers as fetched; lines are only ever added
rows = "rows.parquet"       # one row for each result
boards = ["boards.md"]      # .md .json (evaluation tables of Papers with Code) .csv .jsonl .parquet .tex
exports = []                # the rows once more: "rows.csv", "rows.jsonl"
min_entries = 1             # only boards with this many papers or more
"""


def make_folder(folder: Path) -> Path:
    """Write the starter into a folder, made if need be, and give the file's path.

    Raises `OutputError` where there is one already: it is never written over.
    """
    path = folder / CONFIG
    if path.exists():
        raise OutputError(f"{path}: is there already (edit it, or remove it to begin anew)")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot be made: {error.strerror} (choose another folder)"
        raise OutputError(message) from None
    with whole_file(path) as stream:
        stream.write(STARTER.encode())
    return path
