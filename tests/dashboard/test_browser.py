"""The dashboard in a real browser: ways through it, hostile texts, narrow screens, accessibility."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from dashboard_samples import HOSTILE, hostile_rows, write_rows

from leaderboard.boards import board, read_results
from leaderboard.boards.demo import demo_file, demo_rows
from leaderboard.export import export_boards, export_rows

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAGES = ("overview", "leaderboard", "papers", "compare", "playground", "catalogue", "quality")
PATIENCE = 60_000

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[str]:
    """A dashboard of its own, working in `folder`; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from leaderboard.cli import main; main()", "dashboard", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LEADERBOARD_")}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--no-browser"],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health", process, folder / "server.log")
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the dashboard did not start: {log.read_text()}")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dashboard")


@pytest.fixture(scope="module")
def rows_file(work: Path) -> Path:
    path = work / "rows.jsonl"
    with path.open("wb") as stream:
        export_rows(demo_rows(), stream, "jsonl")
    return path


@pytest.fixture(scope="module")
def address(work: Path, rows_file: Path) -> Iterator[str]:
    gold = demo_file().with_name("digests-expected.jsonl")
    arguments = ("--papers", str(demo_file()), "--rules", str(work / "my-rules"), "--gold", str(gold))
    with served(work, str(rows_file), *arguments) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address in a context of its own and waits until the page stands."""
    contexts = []

    def opened(url: str, *, width: int = 1280, scheme: str = "light") -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        settled(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def settled(page: Any) -> None:
    """Wait until the page's script has ended."""
    page.wait_for_selector(".lb-head")
    page.wait_for_timeout(250)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")
    page.wait_for_timeout(350)


def choose(page: Any, label: str, typed: str, option: str) -> None:
    """Type into a selectbox and take an option."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def test_from_the_overview_to_a_board(visit: Any, address: str) -> None:
    page = visit(address)
    page.get_by_role("link", name="ImageNet", exact=True).first.click()
    page.get_by_role("heading", name="ImageNet", exact=True).wait_for()
    page.wait_for_url("**/leaderboard?benchmark=ImageNet*")


def test_the_address_names_the_board_also_when_nobody_chose_it(visit: Any, address: str) -> None:
    page = visit(f"{address}/leaderboard")
    name = page.locator(".lb-title h2").inner_text()
    page.wait_for_url(f"**/leaderboard?benchmark={name}")
    sync_api.expect(page.get_by_role("combobox", name="Benchmark")).to_have_value(name)


def test_a_benchmark_is_found_by_another_name(visit: Any, address: str) -> None:
    page = visit(f"{address}/leaderboard?benchmark=CIFAR-10")
    choose(page, "Benchmark", "ilsvrc", "ILSVRC → ImageNet")
    page.get_by_role("heading", name="ImageNet", exact=True).wait_for()
    page.wait_for_url("**benchmark=ILSVRC*")


def test_a_dot_leads_to_its_row_and_the_address_keeps_it(visit: Any, address: str, rows_file: Path) -> None:
    entry = board(read_results(rows_file), "ImageNet").iloc[3]
    page = visit(f"{address}/leaderboard?benchmark=ImageNet")
    page.locator(
        f'[data-testid="stVegaLiteChart"] [aria-roledescription="point"][aria-label*="{entry["title"]}"]'
    ).click()
    card = page.locator(".lb-card")
    card.wait_for()
    assert entry["sentence"] in card.inner_text()
    # The table follows the card: the page is whole only when its script has ended.
    settled(page)
    selected = page.locator("tr.selected")
    sync_api.expect(selected).to_have_count(1, timeout=PATIENCE)
    assert entry["printed"] in selected.inner_text()
    # The address, opened by someone else, shows the same.
    assert f"entry={entry['paper_id']}" in page.url
    other = visit(page.url)
    assert entry["sentence"] in other.locator(".lb-card").inner_text()


def test_the_csv_is_what_the_export_writes(visit: Any, address: str, rows_file: Path, tmp_path: Path) -> None:
    page = visit(f"{address}/leaderboard?benchmark=ImageNet")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    got = Path(download.value.path()).read_bytes()
    with (tmp_path / "imagenet.csv").open("wb") as stream:
        export_boards(board(read_results(rows_file), "ImageNet", variants=True), stream, "csv")
    assert got == (tmp_path / "imagenet.csv").read_bytes()
    assert download.value.suggested_filename == "imagenet.csv"


def test_a_shared_link_keeps_the_filters(visit: Any, address: str, rows_file: Path) -> None:
    page = visit(f"{address}/leaderboard?benchmark=ImageNet")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("textbox", name="From").fill("2022")
    page.keyboard.press("Enter")
    settled(page)
    page.wait_for_url("**since=2022*")
    expected = board(read_results(rows_file), "ImageNet", since="2022")
    other = visit(page.url)
    sync_api.expect(other.locator(".lb-board tbody tr")).to_have_count(len(expected), timeout=PATIENCE)
    dates = other.locator(".lb-board td.c-date").all_inner_texts()
    assert min(dates) >= "2022"


def test_hovering_a_row_lights_up_its_words(visit: Any, address: str) -> None:
    page = visit(f"{address}/papers?paper=1904.01169")
    mark = page.locator(".lb-text mark.m-value").first
    sync_api.expect(mark).to_have_css("box-shadow", "none", timeout=PATIENCE)
    page.locator("li.row-0").hover()
    sync_api.expect(mark).not_to_have_css("box-shadow", "none", timeout=PATIENCE)


def test_a_pasted_abstract_gives_rows(visit: Any, address: str) -> None:
    page = visit(f"{address}/playground")
    page.get_by_label("Abstract").fill("ZipNet improves accuracy on TuSimple from 95.1% to 96.53%.")
    page.keyboard.press("Control+Enter")
    page.locator(".lb-rows li", has_text="96.53%").wait_for()
    rows = page.locator(".lb-rows li").all_inner_texts()
    assert any("96.53%" in row and "TuSimple" in row and "own" in row for row in rows)
    assert any("95.1%" in row and "other" in row for row in rows)


def fill_rule(page: Any, yaml: str, file: str) -> None:
    """Write a rule and the name of its file."""
    page.get_by_label("Rules (YAML)").fill(yaml)
    page.keyboard.press("Control+Enter")
    settled(page)
    page.get_by_label("File", exact=True).fill(file)
    page.keyboard.press("Enter")
    settled(page)


def test_a_rule_is_tried_saved_and_acts(visit: Any, address: str, work: Path) -> None:
    page = visit(f"{address}/playground")
    page.get_by_label("Abstract").fill("ZipNet reaches 71.5% accuracy on the Quexal Suite Nine benchmark.")
    page.keyboard.press("Control+Enter")
    page.locator(".lb-rows li", has_text="71.5%").wait_for()
    fill_rule(
        page, "benchmarks:\n- id: quexal-9\n  name: Quexal Suite Nine\n  metrics: [accuracy]\n", "quexal"
    )
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("On the pasted text").wait_for()
    page.get_by_text("benchmark_id").first.wait_for()
    page.get_by_role("button", name="Save the rules").click()
    page.get_by_text("the rules are in use now").wait_for()
    saved = work / "my-rules" / "quexal.yaml"
    assert "Quexal Suite Nine" in saved.read_text(encoding="utf-8")
    # The pasted text is read with the new rule.
    page.locator(".lb-text mark.m-benchmark", has_text="Quexal Suite Nine").wait_for()
    other = visit(f"{address}/catalogue?q=quexal")
    other.get_by_text("Quexal Suite Nine").first.wait_for()


def test_rules_stay_in_the_folder_and_runaways_are_named(visit: Any, address: str, work: Path) -> None:
    page = visit(f"{address}/playground")
    fill_rule(page, "benchmarks:\n- id: evil\n  name: Evil Bench\n", "../evil")
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("cannot be the name of a file").wait_for()
    assert page.get_by_role("button", name="Save the rules").count() == 0
    fill_rule(
        page, "results:\n- id: runs-away\n  pattern: (VALUE+ ~5)+ METRIC\n  gives: {kind: score}\n", "runaway"
    )
    page.get_by_role("button", name="Try it").click()
    page.locator(".lb-problems", has_text="runs-away").wait_for()
    assert page.get_by_role("button", name="Save the rules").count() == 0
    assert not list(work.rglob("evil*")) and not list(work.rglob("runaway*"))


def test_hostile_texts_stay_texts(visit: Any, tmp_path: Path) -> None:
    file = write_rows(tmp_path / "rows.jsonl", hostile_rows())
    with served(tmp_path, str(file)) as hostile:
        for name in ("overview", "leaderboard", "papers", "compare"):
            page = visit(f"{hostile}/{name}")
            shown = page.locator('[data-testid="stMain"]').inner_text()
            assert page.title() != "owned"
            assert (
                page.locator('[data-testid="stMain"] .lb-board img, [data-testid="stMain"] script').count()
                == 0
            )
            assert page.locator('a[href^="javascript"]').count() == 0
            assert page.locator('[data-testid="stMain"] .katex').count() == 0
            if name in ("leaderboard", "papers"):
                for text in HOSTILE.values():
                    assert text in shown.replace("\n", " "), (name, text)
            page.set_viewport_size({"width": 400, "height": 900})
            page.wait_for_timeout(400)
            assert not _scrolls_sideways(page), name


@pytest.mark.parametrize("name", PAGES)
def test_narrow_screens_do_not_scroll_sideways(visit: Any, address: str, name: str) -> None:
    page = visit(f"{address}/{name}", width=400)
    assert page.locator(".lb-head h1").is_visible()
    assert not _scrolls_sideways(page)


def _scrolls_sideways(page: Any) -> bool:
    return bool(
        page.evaluate(
            """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
                     .some(one => one.scrollWidth > one.clientWidth + 1)"""
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_accessibility_violation(visit: Any, address: str, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    query = (
        "?benchmark=ImageNet&quoted=true"
        if name == "leaderboard"
        else "?paper=1904.01169"
        if name == "papers"
        else ""
    )
    page = visit(f"{address}/{name}{query}", scheme=scheme)
    found = axe.Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    told = [f"{one['id']}: {node['html'][:200]}" for one in serious for node in one["nodes"]]
    assert not told, "\n".join(told)
