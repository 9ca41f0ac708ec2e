"""Every format, told by content and suffix, and read."""

from __future__ import annotations

import bz2
import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from leaderboard.errors import InputError
from leaderboard.models import Paper
from leaderboard.readers import FORMATS, Reject, read_papers
from leaderboard.readers.formats import format_of

PAPERS = [
    Paper(id="1802.05591", title="LaneNet: Finding “Lanes”", abstract="It reaches 96.4%\non TuSimple.",
          date="2018-02-15", url="https://arxiv.org/abs/1802.05591"),
    Paper(id="k2", title="A, B; and C", abstract='Quoted "text", 3.5 points', date="2019-03", url=""),
]  # fmt: skip
RECORDS = [paper.model_dump() for paper in PAPERS]

PAGE = """
Get new papers by mail

Mar 17

A Network That Draws

It draws images that people take for photographs, at a distance of 2.84 on faces, against 3.17 before.

·12 authors

By Another Road: Planning in Maps

We plan in maps rather than in pixels, which makes the search 12 times faster at the same success rate of 81%.

Subscribe
"""


def csv_text(delimiter: str) -> str:
    def quoted(cell: str) -> str:
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'

    lines = [["id", "Title", "Abstract", "Publication Date", "url"]]
    lines += [list(record.values()) for record in RECORDS]
    return "\r\n".join(delimiter.join(map(quoted, line)) for line in lines) + "\r\n"


def parquet_bytes() -> bytes:
    buffer = io.BytesIO()
    table = pa.table({name: [record[name] for record in RECORDS] for name in RECORDS[0]})
    pq.write_table(table.append_column("vector", pa.array([[1.0], [2.0]])), buffer)
    return buffer.getvalue()


BIBTEX = r"""
% a comment
@string{cvpr = "Computer Vision"}
@inproceedings{lanenet, title = {LaneNet: Finding “Lanes”},
  abstract = "It reaches 96.4%
on TuSimple.", booktitle = cvpr,
  eprint = {1802.05591}, archivePrefix = {arXiv}, year = 2018, month = feb, day = 15, date = {2018-02-15} }
@comment{nothing}
@article{k2, title = {A, B; and C}, abstract = {Quoted "text", 3.5 points}, year = "2019", month = mar}
"""

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>Results of a query</title><id>http://arxiv.org/api/x</id><updated>2026-01-01T00:00:00Z</updated>
  <entry><id>http://arxiv.org/abs/1802.05591</id><updated>2020-01-01T00:00:00Z</updated>
    <published>2018-02-15T10:00:00Z</published><title>LaneNet: Finding “Lanes”</title>
    <summary>  It reaches 96.4%
on TuSimple.
    </summary><author><name>A. Person</name></author><link href="http://arxiv.org/abs/1802.05591v1"/></entry>
  <entry><id>k2</id><published>2019-03</published><title>A, B; and C</title>
    <summary>Quoted "text", 3.5 points</summary></entry>
</feed>
"""

WRAPPED = {"meta": {"count": 2, "pages": [1, 2]}, "results": RECORDS, "next": {"data": [{"cursor": "x"}]}}

FILES: dict[str, bytes] = {
    name: content if isinstance(content, bytes) else content.encode()
    for name, content in {
        "papers.jsonl": "".join(json.dumps(record) + "\n" for record in RECORDS),
        "no-newline-at-end.jsonl": "\n".join(json.dumps(record) for record in RECORDS),
        "windows.jsonl": "\ufeff" + "".join(json.dumps(record) + "\r\n" for record in RECORDS),
        "array.json": json.dumps(RECORDS),
        "indented.json": json.dumps(RECORDS, indent=2),
        "wrapped.json": json.dumps(WRAPPED),
        "wrapped-indented.json": json.dumps(WRAPPED, indent=2),
        "side-by-side.json": "\n".join(json.dumps(record, indent=2) for record in RECORDS),
        "array-in-a-wrongly-named.jsonl": json.dumps(RECORDS),
        "papers.csv": csv_text(","),
        "semicolons.csv": csv_text(";"),
        "marked.csv": "\ufeff" + csv_text(","),
        "papers.tsv": csv_text("\t"),
        "table-without-suffix": csv_text(","),
        "papers.parquet": parquet_bytes(),
        "papers.bib": BIBTEX,
        "feed.xml": ATOM,
        "feed.atom": ATOM,
    }.items()
}
PACKERS = {"plain": bytes, "gz": gzip.compress, "bz2": bz2.compress, "zst": zstandard.compress}


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("name", FILES)
def test_each_format_is_told_and_read_packed_or_not(name, packing, tmp_path):
    path = tmp_path / (name if packing == "plain" else f"{name}.{packing}")
    path.write_bytes(PACKERS[packing](FILES[name]))
    assert list(read_papers(path)) == PAPERS


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("name", FILES)
def test_neither_the_name_nor_seeking_is_needed(name, packing, monkeypatch):
    class Pipe(io.RawIOBase):
        """Gives a few bytes at a time, like a slow pipe, and cannot go back."""

        def __init__(self, content: bytes) -> None:
            self.content = io.BytesIO(content)

        def readable(self) -> bool:
            return True

        def readinto(self, target) -> int:
            piece = self.content.read(min(len(target), 37))
            target[: len(piece)] = piece
            return len(piece)

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Pipe(PACKERS[packing](FILES[name])))))
    format = "csv" if name.endswith("tsv") else None
    assert list(read_papers("-", format=format)) == PAPERS


@pytest.mark.parametrize("block", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".json")])
def test_json_is_framed_the_same_wherever_its_blocks_end(name, block, tmp_path, monkeypatch):
    monkeypatch.setattr("leaderboard.readers.jsonarrays._BLOCK", block)
    path = tmp_path / name
    path.write_bytes(FILES[name])
    assert list(read_papers(path)) == PAPERS


def test_compression_is_told_by_content_not_by_the_name(tmp_path):
    wrong, missing = tmp_path / "papers.jsonl.gz", tmp_path / "other.jsonl"
    wrong.write_bytes(FILES["papers.jsonl"])
    missing.write_bytes(gzip.compress(FILES["papers.jsonl"]))
    assert list(read_papers(wrong)) == list(read_papers(missing)) == PAPERS


@pytest.mark.parametrize("packing", ["gz", "bz2", "zst"])
def test_archives_put_one_after_the_other_are_read_through(packing, tmp_path):
    first, second = (json.dumps(record).encode() + b"\n" for record in RECORDS)
    path = tmp_path / "papers.jsonl"
    path.write_bytes(PACKERS[packing](first) + PACKERS[packing](b"") + PACKERS[packing](second))
    assert list(read_papers(path)) == PAPERS


def test_an_object_with_a_list_named_like_a_wrapper_s_is_still_a_paper(tmp_path):
    path = tmp_path / "papers.json"
    path.write_text(json.dumps({**RECORDS[0], "results": [{"value": 1}], "x": {"data": [{}]}}, indent=1))
    assert list(read_papers(path)) == PAPERS[:1]


def test_an_oai_harvest_is_read_like_a_feed(tmp_path):
    path = tmp_path / "harvest.xml"
    path.write_text(
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header>'
        "<identifier>oai:arXiv.org:1802.05591</identifier></header><metadata>"
        '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>1802.05591</id><created>2018-02-15</created>'
        "<title>T</title><abstract>A &lt; B</abstract></arXiv></metadata></record></ListRecords></OAI-PMH>"
    )
    (paper,) = read_papers(path)
    assert (paper.id, paper.abstract, paper.date) == ("1802.05591", "A < B", "2018-02-15")


def test_a_saved_page_gives_titles_and_abstracts_and_no_noise(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    papers = list(read_papers(path))
    assert [paper.title for paper in papers] == ["A Network That Draws", "By Another Road: Planning in Maps"]
    assert papers[0].abstract.startswith("It draws") and papers[0].id == "a-network-that-draws"
    assert papers[1].abstract.endswith("81%.")


def test_a_second_paragraph_stays_with_its_abstract(tmp_path):
    path = tmp_path / "page.txt"
    long = "This sentence is repeated so that the paragraph is as long as that of an abstract is. "
    path.write_text(f"One Title\n\n{long * 4}\n\n{long * 3}\n\nTwo Titles\n\n{long * 5}\n")
    first, second = read_papers(path)
    assert (first.abstract.count("This"), second.abstract.count("This")) == (7, 5)


def test_the_papers_of_a_real_page_are_all_found(shared):
    papers = list(read_papers(shared("corpus/hf-papers-page.txt")))
    assert len(papers) == 64 and not any(isinstance(paper, Reject) for paper in papers)
    assert len({paper.id for paper in papers}) == 64
    assert papers[0].title.startswith("Understanding Humans in Crowded Scenes")
    assert papers[-1].title.startswith("DefSent+") and len(papers[-1].title) == 174


def test_a_plain_text_is_one_abstract(tmp_path):
    path = tmp_path / "1802.05591.txt"
    path.write_text("LaneNet reaches 96.4% on TuSimple.\n\nIt runs at 52 FPS.")
    (paper,) = read_papers(path)
    assert paper.abstract == path.read_text()


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_can_be_forced_and_never_fails_on_strange_content(name, tmp_path):
    path = tmp_path / "anything"
    path.write_bytes(b"\x00\xff{[<@a{\n" * 50)
    for item in read_papers(path, format=name):
        assert isinstance(item, Reject)


UNKNOWN = {
    "paper.pdf": b"%PDF-1.5 ...",
    "archive.zip": b"PK\x03\x04....",
    "wide.csv": "title,abstract\n".encode("utf-16"),
    "bytes.bin": bytes(range(256)),
    "page.html": b"<!doctype html><html><body>...</body></html>",
    "names.csv": b"name,year\nx,2020\n",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_format_is_an_error_that_says_what_to_do(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(UNKNOWN[name])
    with pytest.raises(InputError, match=rf"{name}: .*\("):
        read_papers(path)


def test_a_format_nobody_knows_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(InputError, match=r"docx: no such format.*jsonl.*parquet"):
        read_papers(tmp_path, format="docx")


@pytest.mark.parametrize("name", ["empty.jsonl", "empty.json", "empty.bib"])
def test_an_empty_file_holds_no_papers(name, tmp_path):
    path = tmp_path / name
    path.touch()
    assert list(read_papers(path)) == []


TOLD = {
    ("x.json", b'{"title": "T",\n "abstract": "A"}'): "json",
    ("x.json", b'{"title": "T", "abstract": "A"}\n{"title": "T"}'): "jsonl",
    ("x", b'{"broken": \n{"title": "T", "abstract": "A"}\n'): "jsonl",
    ("x", b'{"total": 1, "data": [{"title": "T", "abstract": "A"}]}'): "json",
    ("x.txt", b"[Draft] We reach 3% on X."): "text",
    ("x.txt", b"{\\bf LaneNet} reaches 3% on X."): "text",
    ("x.txt", b"@a{b, we write in a strange way"): "text",
    ("x.md", b"# Title\n\nWe reach 3% on X, and 4% on Y."): "text",
    ("x.gz", b"@article{a,\n title={T}}"): "bibtex",
}  # fmt: skip


@pytest.mark.parametrize(("name", "head"), TOLD)
def test_content_decides_and_suffix_where_content_leaves_it_open(name, head):
    assert format_of(name, head).name == TOLD[name, head]
