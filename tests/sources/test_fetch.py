"""`leaderboard fetch` as a user meets it, against a server that answers as the real ones do."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sources.lines import ids_in, lines_of
from sources.server import Stored, Trouble, refusal

from leaderboard.models import Paper
from leaderboard.readers import read_papers

QUERY = "cat:cs.CV AND abs:TuSimple"


def fetch(run, *words):
    return run("fetch", "arxiv", QUERY, *words)


def test_papers_come_in_the_shape_that_extract_reads(run, server):
    result = fetch(run)
    assert result.exit_code == 0, result.stderr
    papers = list(read_papers("papers.jsonl"))
    assert len(papers) == 7 and all(isinstance(paper, Paper) for paper in papers)
    assert papers[1] == Paper(
        id="1802.05591", title="Lane instances", abstract="Lanes: 96.4% accuracy\non TuSimple.",
        date="2018-02-15", url="https://arxiv.org/abs/1802.05591",
    )  # fmt: skip
    assert papers[2].abstract == "Our $x<y$ & more: 96.6% accuracy on TuSimple."


def test_lines_keep_where_a_paper_comes_from(run, server):
    fetch(run)
    line = lines_of("papers.jsonl")[2]
    assert (line["id"], line["source"], line["version"]) == ("1907.01294", "arxiv", 3)
    assert line["retrieved"].endswith("Z") and len(line["retrieved"]) == len("2024-01-01T00:00:00Z")


def test_extract_reads_what_fetch_wrote(run, server):
    fetch(run)
    result = run("extract", "papers.jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {(row["value"], row["benchmark"]) for row in rows} >= {(96.53, "TuSimple"), (96.9, "TuSimple")}


def test_the_query_is_asked_page_by_page_oldest_first(run, server):
    fetch(run)
    assert [asked["start"] for asked in server.requests] == ["0", "3", "6"]
    assert server.requests[0]["search_query"] == QUERY
    assert {(asked["sortBy"], asked["sortOrder"]) for asked in server.requests} == {
        ("submittedDate", "ascending")
    }
    assert server.headers[0]["user-agent"].startswith("leaderboard/")


def test_fetching_again_adds_only_what_is_new(run, server):
    fetch(run)
    before = lines_of("papers.jsonl")
    again = fetch(run)
    assert lines_of("papers.jsonl") == before
    assert again.stderr.splitlines()[-1] == "0 new papers, 1 known already; papers.jsonl holds 7"
    server.papers.append(Stored("2203.99999", "Late", "97% accuracy on TuSimple.", "2022-03-10T16:00:00Z"))
    fetch(run)
    assert ids_in("papers.jsonl") == [*(line["id"] for line in before), "2203.99999"]


def test_a_new_version_of_a_known_paper_is_not_a_new_paper(run, server):
    fetch(run)
    server.papers[-1] = replace(server.papers[-1], version=2)
    fetch(run)
    assert len(lines_of("papers.jsonl")) == 7


def test_another_source_brings_a_known_paper_no_second_time(run, server):
    fetch(run)
    server.papers[0] = replace(server.papers[0], listed="2023-05-10")
    result = run("fetch", "hf-papers", "--date", "2023-05-10")
    assert result.stderr.startswith("0 new papers, 1 known already")


def test_an_interrupted_fetch_goes_on_where_it_stopped(run, server):
    server.troubles = [Trouble(), *(Trouble(503) for _ in range(6))]
    broken = fetch(run)
    assert broken.exit_code == 2 and "what was fetched is kept" in broken.stderr
    assert len(lines_of("papers.jsonl")) == 3
    server.requests.clear()
    assert fetch(run).exit_code == 0
    assert [asked["start"] for asked in server.requests] == ["3", "6"]
    assert len(set(ids_in("papers.jsonl"))) == 7


def test_afresh_asks_from_the_beginning(run, server):
    fetch(run)
    server.requests.clear()
    fetch(run, "--afresh")
    assert server.requests[0]["search_query"] == QUERY and len(server.requests) == 3


def test_a_line_cut_short_by_a_crash_is_fetched_again(run, server, tmp_path):
    fetch(run)
    file = tmp_path / "papers.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    fetch(run)
    assert len(lines_of("papers.jsonl")) == 7


def test_lines_that_others_wrote_are_left_alone(run, server, tmp_path):
    mine = '{"title": "Mine", "abstract": "No id."}\nnot JSON\n{"id": "1712.06080", "abstract": "A"}'
    (tmp_path / "papers.jsonl").write_text(mine)
    fetch(run)
    text = (tmp_path / "papers.jsonl").read_text()
    assert text.startswith(mine + "\n") and len(text.splitlines()) == 3 + 6


def test_since_and_until_are_asked_for(run, server):
    fetch(run, "--since", "2018", "--until", "2020-04-23")
    assert ids_in("papers.jsonl") == ["1802.05591", "1907.01294", "2004.10924"]
    assert server.requests[0]["search_query"] == f"({QUERY}) AND submittedDate:[201801010000 TO 202004232359]"


def test_max_takes_the_newest_and_is_idempotent(run, server):
    for _ in range(2):
        assert fetch(run, "--max", "4").exit_code == 0
        assert ids_in("papers.jsonl") == ["2203.10350", "2105.05003", "2004.11757", "2004.10924"]


def test_deep_queries_are_cut_into_windows_of_time(run, server, monkeypatch):
    monkeypatch.setattr("leaderboard.sources.arxiv._WINDOW", 3)
    fetch(run)
    assert [asked["start"] for asked in server.requests] == ["0", "0", "0"]
    assert "submittedDate:[201907021000 TO " in server.requests[1]["search_query"]
    assert len(set(ids_in("papers.jsonl"))) == len(lines_of("papers.jsonl")) == 7


def test_no_papers_are_no_fault(run, server):
    server.papers = []
    result = fetch(run)
    assert (result.exit_code, lines_of("papers.jsonl")) == (0, [])


def test_standard_output(run, server):
    result = fetch(run, "-o", "-")
    assert json.loads(result.stdout.splitlines()[0])["id"] == "1712.06080"
    assert len(result.stdout.splitlines()) == 7


# --- what goes wrong --------------------------------------------------------------------------------------

PASSING = {
    "busy": Trouble(503, {"Retry-After": "0"}, b"", "text/plain"),
    "too often": Trouble(429, {"Retry-After": "0"}, b"Rate exceeded.", "text/plain"),
    "gateway": Trouble(502, {}, b"<html><h1>502 Bad Gateway</h1></html>", "text/html"),
    "truncated": Trouble(cut=400),
    "truncated, in a whole message": Trouble(body=b'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/'),
    "cut within an entry": Trouble(
        body=b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1</id><title>A'
    ),
    "a page of a proxy": Trouble(body=b"<html>Please log in</html>", kind="text/html"),
    "JSON": Trouble(body=b"{}", kind="application/json"),
    "no content type": Trouble(kind=""),
    "HTML under a feed's type": Trouble(body=b"<html><body>down</body></html>"),
    "an empty page": Trouble(
        body=b'<feed xmlns="http://www.w3.org/2005/Atom"><opensearch:totalResults xmlns:opensearch='
        b'"http://a9.com/-/spec/opensearch/1.1/">7</opensearch:totalResults></feed>'
    ),
    "silence": Trouble(silent=0.6),
}  # fmt: skip


@pytest.mark.parametrize("trouble", PASSING.values(), ids=PASSING)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_may_pass_is_tried_again(run, server, monkeypatch, trouble, place):
    monkeypatch.setenv("LEADERBOARD_ARXIV_TIMEOUT", "0.3")
    server.troubles = [Trouble()] * place + [trouble] * 2
    result = fetch(run)
    assert result.exit_code == 0, result.stderr
    assert len(set(ids_in("papers.jsonl"))) == len(lines_of("papers.jsonl")) == 7
    assert len(server.requests) == 5
    assert result.stderr.count("trying again") == 2


@pytest.mark.parametrize("trouble", PASSING.values(), ids=PASSING)
def test_what_does_not_pass_is_one_line_and_a_code(run, server, monkeypatch, trouble):
    monkeypatch.setenv("LEADERBOARD_ARXIV_TIMEOUT", "0.3")
    monkeypatch.setenv("LEADERBOARD_ARXIV_RETRIES", "1")
    server.troubles = [trouble] * 2
    result = fetch(run)
    assert result.exit_code == 2
    last = result.stderr.splitlines()[-1]
    assert last.startswith(f"leaderboard: {server.arxiv}: ") and last.endswith("what was fetched is kept)")
    assert "Traceback" not in result.stderr


def test_a_long_retry_after_ends_the_run_and_says_when_to_come_back(run, server):
    server.troubles = [Trouble(429, {"Retry-After": "3600"}, b"", "text/plain")]
    result = fetch(run)
    assert result.exit_code == 2 and "asks to wait 3600 s" in result.stderr and len(server.requests) == 1


def test_a_refused_query_is_told_with_the_words_of_the_source(run, server):
    for trouble in (
        Trouble(body=refusal("bad <field>").encode()),
        Trouble(400, body=refusal("bad <field>").encode()),
    ):
        server.troubles = [trouble]
        server.requests.clear()
        result = fetch(run)
        assert result.exit_code == 2 and "bad <field>" in result.stderr.replace("&lt;", "<").replace(
            "&gt;", ">"
        )
        assert len(server.requests) == 1


def test_offline_names_the_address_and_what_to_try(run, server):
    server.close()
    result = fetch(run)
    assert result.exit_code == 2
    last = result.stderr.splitlines()[-1]
    assert last.startswith(f"leaderboard: {server.arxiv}: could not be reached: ")
    assert "check the network" in last and "--base" in last
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fetch", "nowhere"), "choose one of arxiv, hf-papers, ids"),
        (("fetch", "arxiv"), "leaderboard fetch arxiv QUERY"),
        (("fetch", "arxiv", "x", "--date", "2024-01-01"), "--since"),
        (("fetch", "arxiv", "x", "--since", "soon"), "2024-03-31"),
        (("fetch", "arxiv", "x", "--since", "2024-02-30"), "2024-03-31"),
        (("fetch", "arxiv", "x", "--base", "ftp://x"), "https://host/path"),
        (("fetch", "arxiv", "x", "-o", "papers.csv"), "papers.jsonl"),
        (("fetch", "arxiv", "x", "-o", "no/papers.jsonl"), "mkdir -p"),
        (("fetch", "hf-papers", "x"), "takes no query"),
        (("fetch", "hf-papers", "--date", "2999-01-01"), "still to come"),
        (("fetch", "ids", "none.txt"), "no such file"),
    ],
)
def test_mistakes_are_told_with_their_mend(run, server, words, said):
    result = run(*words)
    assert result.exit_code == 2 and said in result.stderr and "Traceback" not in result.stderr
    assert not server.requests


# --- keys and settings ------------------------------------------------------------------------------------


def test_the_key_comes_from_the_environment_and_is_never_shown(run, server, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    server.papers = [replace(server.papers[0], listed="2023-05-10")]
    server.troubles = [Trouble(503, {}, b"no entry for Bearer hf_secret", "text/plain")]
    result = run("fetch", "hf-papers", "--date", "2023-05-10")
    assert result.exit_code == 0
    assert server.headers[0]["authorization"] == "Bearer hf_secret"
    assert "Bearer ***" in result.stderr
    server.troubles = [Trouble(401, {}, b'{"error": "Invalid token hf_secret"}', "application/json")]
    refused = run("fetch", "hf-papers", "--date", "2023-05-10")
    assert refused.exit_code == 2 and "check the key" in refused.stderr
    assert "hf_secret" not in result.output + refused.output


def test_no_key_goes_to_arxiv(run, server, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetch(run)
    assert "authorization" not in server.headers[0]


def test_the_address_is_a_setting_and_the_flag_wins(run, server, monkeypatch, tmp_path):
    monkeypatch.delenv("LEADERBOARD_ARXIV_BASE")
    (tmp_path / "leaderboard.toml").write_text(f'[sources.arxiv]\nbase = "{server.arxiv}"\nretries = 0\n')
    assert fetch(run).exit_code == 0
    monkeypatch.setenv("LEADERBOARD_ARXIV_BASE", "http://127.0.0.1:9/wrong")
    assert "http://127.0.0.1:9/wrong: could not be reached" in fetch(run).stderr
    assert fetch(run, "--base", server.arxiv).exit_code == 0


def test_a_password_in_the_address_is_not_shown(run, server):
    server.close()
    result = fetch(run, "--base", server.arxiv.replace("//", "//me:secret@"))
    assert "secret" not in result.output and server.arxiv in result.stderr


# --- hf-papers and ids ------------------------------------------------------------------------------------


@pytest.fixture
def daily(server):
    days = ["2024-03-01"] * 230 + ["2024-03-04"] * 2
    server.papers = [
        Stored(f"2402.{number:05}", f"Paper {number}", f"{number / 10}% accuracy on CIFAR-10.",
               "2024-02-20T12:00:00.000Z", listed=day)
        for number, day in enumerate(days)
    ]  # fmt: skip
    return server


def test_the_papers_of_a_day_come_in_pages(run, daily):
    result = run("fetch", "hf-papers", "--date", "2024-03-01")
    assert result.exit_code == 0, result.stderr
    assert [asked["p"] for asked in daily.requests] == ["0", "1", "2"]
    lines = lines_of("papers.jsonl")
    assert len(lines) == 230
    assert lines[0]["date"] == "2024-02-20" and lines[0]["listed"] == "2024-03-01"
    assert lines[0]["source"] == "hf-papers"


def test_days_without_papers_are_passed_over_and_the_last_day_is_asked_again(run, daily):
    words = ("fetch", "hf-papers", "--since", "2024-03-01", "--until", "2024-03-04")
    assert run(*words).stderr.startswith("232 new papers")
    daily.requests.clear()
    assert run(*words).stderr.startswith("0 new papers, 2 known already")
    assert [asked["date"] for asked in daily.requests] == ["2024-03-04"]


def test_a_broken_day_is_begun_again(run, daily):
    daily.troubles = [Trouble(), Trouble(), *(Trouble(cut=10) for _ in range(6))]
    words = ("fetch", "hf-papers", "--since", "2024-03-01", "--until", "2024-03-04")
    assert run(*words).exit_code == 2
    assert run(*words).exit_code == 0
    assert len(set(ids_in("papers.jsonl"))) == len(lines_of("papers.jsonl")) == 232


@pytest.mark.parametrize("body", [b"[{", b'{"error": "x"}', b"<html>"])
def test_what_is_no_list_is_tried_again(run, daily, body):
    daily.troubles = [Trouble(body=body)]
    result = run("fetch", "hf-papers", "--date", "2024-03-04")
    assert result.exit_code == 0 and "trying again" in result.stderr


def test_the_newest_list_without_a_day(run, daily):
    daily.papers = daily.papers[:20]
    assert run("fetch", "hf-papers").exit_code == 0
    assert "date" not in daily.requests[0] and len(lines_of("papers.jsonl")) == 20


def test_entries_without_an_abstract_are_counted(run, daily):
    daily.papers = [replace(daily.papers[0], abstract=""), daily.papers[1]]
    result = run("fetch", "hf-papers", "--date", "2024-03-01")
    assert "not to be had: 2402.00000" in result.stderr and len(lines_of("papers.jsonl")) == 1


def test_ids_of_any_form(run, server, tmp_path):
    (tmp_path / "ids.txt").write_text(
        "# lanes\n1712.06080\narXiv:1802.05591\nhttps://arxiv.org/abs/1907.01294v3  # a version\n\n"
        "https://arxiv.org/pdf/2004.10924.pdf\n9912.00001\n1712.06080\n"
    )
    result = run("fetch", "ids", "ids.txt")
    assert result.exit_code == 0, result.stderr
    assert ids_in("papers.jsonl") == ["1712.06080", "1802.05591", "1907.01294v3", "2004.10924"]
    assert "not to be had: 9912.00001" in result.stderr
    server.requests.clear()
    run("fetch", "ids", "ids.txt")
    assert [asked["id_list"] for asked in server.requests] == ["9912.00001"]
    assert len(lines_of("papers.jsonl")) == 4


def test_ids_from_standard_input(run, server):
    assert run("fetch", "ids", "-", input="1712.06080\n").exit_code == 0
    assert ids_in("papers.jsonl") == ["1712.06080"]


def test_a_bad_id_names_its_line(run, server, tmp_path):
    (tmp_path / "ids.txt").write_text("1712.06080\nlanes\n")
    result = run("fetch", "ids", "ids.txt")
    assert result.exit_code == 2 and "line 2: 'lanes'" in result.stderr and not server.requests
