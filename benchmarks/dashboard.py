"""How fast the dashboard is on 200,000 rows: the first board, a filter, another board, and memory.

    python benchmarks/dashboard.py [--rows 200000]

The rows are those of the demo corpus, given to as many invented papers as are needed. The server is started
on the file and visited once, so that Python and the rules are warm; then a new visitor opens a board. Times
are those until the table stands in headless Chromium, and, without a browser, until the page's script ends.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

FIRST_BOARD, FILTER = 3.0, 1.0
"""Seconds that may pass."""


def many_rows(path: Path, many: int) -> None:
    """Write so many rows of invented papers, the same for every run."""
    from leaderboard.boards.demo import demo_rows
    from leaderboard.export import export_rows

    demo = demo_rows()
    chance = np.random.default_rng(7)
    rows = demo.iloc[chance.integers(0, len(demo), many)].reset_index(drop=True)
    paper = chance.integers(0, max(many // 3, 1), many)
    rows["paper_id"] = [f"{15 + n % 11:02d}{1 + n % 12:02d}.{n:05d}" for n in paper]
    rows["title"] = [f"{title[:60]} {n}" for title, n in zip(rows["title"], paper, strict=True)]
    rows["date"] = [f"{2015 + n % 11}-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in paper]
    rows["value"] = np.round(rows["value"] * chance.uniform(0.7, 1, many), 2)
    with path.open("wb") as stream:
        export_rows(rows, stream, "parquet")


def median(times: list[float]) -> float:
    """The middle one of some times."""
    return sorted(times)[len(times) // 2]


def in_process(rows: Path) -> dict[str, float]:
    """Seconds of the page's script alone, by Streamlit's own test runner."""
    from streamlit.testing.v1 import AppTest

    from leaderboard.cli.dashboard import dashboard_folder
    from leaderboard.views import source

    os.environ[source.ROWS] = str(rows)
    sys.path.insert(0, str(dashboard_folder()))

    def opened() -> Any:
        tester = AppTest.from_file(str(dashboard_folder() / "app.py"), default_timeout=300)
        tester.switch_page("screens/leaderboard.py")
        tester.query_params["benchmark"] = "ImageNet"
        return tester

    tester = opened()
    cold = timed(tester.run)
    warm = median([timed(opened().run) for _ in range(3)])
    filtered = []
    for year in ("2018", "2019", "2020"):
        tester.text_input(key="since").set_value(year)
        filtered.append(timed(tester.run))
    tester.selectbox(key="benchmark").set_value("CIFAR-10")
    other = timed(tester.run)
    return {
        "script, cold": cold,
        "script, warm": warm,
        "script, filter": median(filtered),
        "script, other board": other,
    }


def timed(do: Callable[[], Any]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def in_browser(rows: Path, chromium: str) -> dict[str, float]:
    """Seconds that a visitor waits, and the server's memory in MB."""
    from playwright.sync_api import sync_playwright

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from leaderboard.cli import main; main()", "dashboard", str(rows)]
    server = subprocess.Popen([*command, "--port", str(port), "--no-browser"], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/leaderboard?benchmark=ImageNet"
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        with sync_playwright() as playwright:
            flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=flags)

            def visit() -> Any:
                page = browser.new_context().new_page()
                page.set_default_timeout(300_000)
                page.goto(address)
                page.wait_for_selector(".lb-board tbody tr")
                return page

            cold = timed(visit)
            warm = median([timed(visit) for _ in range(3)])
            page = visit()
            page.get_by_role("button", name="Filters").click()
            filtered = []
            for year in ("2018", "2019", "2020"):
                before = page.locator(".lb-title p").inner_text()
                page.get_by_role("textbox", name="From").fill(year)
                began = time.perf_counter()
                page.keyboard.press("Enter")
                page.wait_for_function(
                    "text => document.querySelector('.lb-title p')?.innerText !== text", arg=before
                )
                filtered.append(time.perf_counter() - began)
            browser.close()
        memory = _memory(server.pid)
    finally:
        server.terminate()
        server.wait(20)
    return {
        "browser, cold": cold,
        "browser, warm": warm,
        "browser, filter": median(filtered),
        "server, MB": memory,
    }


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the dashboard did not start")


def _memory(process: int) -> float:
    """Peak memory of a process in MB, where the system tells it."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return float("nan")
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def main() -> int:
    """Measure, print, and end with 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    many = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder, "rows.parquet")
        many_rows(rows, many)
        figures = in_process(rows)
        figures["script, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        if chromium:
            figures |= in_browser(rows, chromium)
    print(f"{many:,} rows")
    for name, figure in figures.items():
        print(f"  {name:22} {figure:8.0f}" if name.endswith("MB") else f"  {name:22} {figure:8.2f} s")
    where = "browser" if chromium else "script"
    slow = figures[f"{where}, warm"] > FIRST_BOARD or figures[f"{where}, filter"] > FILTER
    print(f"first board in {FIRST_BOARD:g} s and a filter in {FILTER:g} s: {'missed' if slow else 'met'}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
