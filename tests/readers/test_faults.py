"""What is broken, hostile or cut: it is named, and costs no more than itself."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import tracemalloc
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.errors import InputError
from leaderboard.models import Paper
from leaderboard.readers import FORMATS, Reject, read_papers
from leaderboard.readers.records import Fault, Limits, start_of

GOOD = b'{"id": "p", "title": "T", "abstract": "A"}'
PACKERS = {"gz": gzip.compress, "bz2": partial(bz2.compress, compresslevel=1), "zst": zstandard.compress}


def read(tmp_path, name: str, content: bytes, **options):
    path = tmp_path / name
    path.write_bytes(content)
    items = list(read_papers(path, **options))
    papers = [item.id for item in items if isinstance(item, Paper)]
    return papers, [item for item in items if isinstance(item, Reject)]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_cut_archive_gives_the_papers_before_the_cut_and_is_named(packing, tmp_path):
    lines = (f'{{"id": "p{n}", "abstract": "{hashlib.sha1(b"%d" % n).hexdigest()}"}}' for n in range(20_000))
    packed = PACKERS[packing]("\n".join(lines).encode())
    papers, (reject,) = read(tmp_path, f"papers.jsonl.{packing}", packed[: len(packed) * 2 // 3])
    assert papers == [f"p{n}" for n in range(len(papers))]
    # bzip2 and zstandard give whole blocks only, so somewhat less than two thirds can be there.
    assert 10_000 < len(papers) < 14_000
    assert reject.file.endswith(f"papers.jsonl.{packing}") and "ends early" in reject.reason
    assert reject.record == len(papers) + 1


@pytest.mark.parametrize("packing", PACKERS)
def test_a_damaged_archive_is_named(packing, tmp_path):
    packed = bytearray(PACKERS[packing]((GOOD + b"\n") * 1000))
    packed[len(packed) // 2 :] = b"\x55" * (len(packed) - len(packed) // 2)
    papers, (*_, reject) = read(tmp_path, f"papers.jsonl.{packing}", bytes(packed))
    assert len(papers) < 1000
    assert "damaged" in reject.reason or "ends early" in reject.reason


@pytest.mark.parametrize("packing", PACKERS)
def test_a_bomb_is_refused_in_little_memory(packing, tmp_path):
    block = (b" " * (1 << 20) + b"\n") * 16
    packed = PACKERS[packing](block) * 12
    tracemalloc.start()
    papers, (reject,) = read(tmp_path, f"bomb.jsonl.{packing}", packed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert papers == [] and "250 times its size: refused" in reject.reason
    assert peak < 80 << 20


BAD_BYTES = {
    "papers.jsonl": GOOD + b'\n{"id": "b", "title": "T", "abstract": "caf\xe9"}\n' + GOOD + b"\n",
    "papers.json": b"[" + GOOD + b', {"id": "b", "title": "T", "abstract": "caf\xe9"}, ' + GOOD + b"]",
    "papers.csv": b"id,title,abstract\np,T,A\nb,T,caf\xe9\np,T,A\n",
    "papers.bib": b"@a{p, abstract={A}}\n@a{b, title={T}, abstract={caf\xe9}}\n@a{p, abstract = {A}}",
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_bytes_that_are_not_utf8_cost_their_record_only(name, tmp_path):
    papers, (reject,) = read(tmp_path, name, BAD_BYTES[name])
    assert papers == ["p", "p"]
    assert "not UTF-8" in reject.reason and reject.record == 2 and "\\xe9" in reject.start
    reject.start.encode()


def test_undecodable_cells_of_parquet_cost_their_row_only(tmp_path):
    cells = pa.array([b"A", b"caf\xe9", b"B"]).view(pa.string())
    pq.write_table(pa.table({"id": ["p", "b", "q"], "abstract": cells}), tmp_path / "papers.parquet")
    first, reject, last = read_papers(tmp_path / "papers.parquet")
    assert (first.id, last.id, reject.record) == ("p", "q", 2) and "not UTF-8" in reject.reason


def test_undecodable_plain_text_is_rejected(tmp_path):
    papers, (reject,) = read(tmp_path, "a.txt", b"We reach 3% with caf\xe9.")
    assert papers == [] and "not UTF-8, from character 20" in reject.reason


HUGE = b"x" * 5000
TOO_LONG = {
    "papers.jsonl": GOOD + b'\n{"id": "b", "abstract": "' + HUGE + b'"}\n' + GOOD,
    "papers.json": b"[" + GOOD + b', {"id": "b", "abstract": "' + HUGE + b'"},' + GOOD + b"]",
    "escapes.json": b"[" + GOOD + b', {"abstract": "' + b'\\"' * 2500 + b'", "z": [{}]},' + GOOD + b"]",
    "papers.csv": b"id,abstract\np,A\nb," + HUGE + b"\np,A\n",
    "unclosed-quote.csv": b'id,abstract\np,A\nb,"' + b"two words\n" * 120 + b"p,A\n",
    "papers.bib": b"@a{p, abstract={A}}\n@a{b, abstract={" + HUGE + b"}}\n@a{p, abstract={A}}",
    "feed.xml": b"<feed><entry><id>p</id><summary>A</summary></entry><entry><id>b</id><summary>" + HUGE
    + b"</summary></entry><entry><id>p</id><summary>A</summary></entry></feed>",
}  # fmt: skip


@pytest.mark.parametrize("name", TOO_LONG)
def test_a_record_over_the_limit_is_left_out_and_the_rest_is_read(name, tmp_path):
    papers, rejects = read(tmp_path, name, TOO_LONG[name], max_record_bytes=1000)
    assert papers[0] == papers[-1] == "p"
    assert "longer than 1000 bytes" in rejects[0].reason and rejects[0].record == 2
    assert len(rejects[0].start) <= 200


def test_a_row_of_parquet_over_the_limit_is_left_out(tmp_path):
    table = pa.table({"id": ["p", "b", "q"], "abstract": ["A", "x" * 5000, "B"]})
    pq.write_table(table, tmp_path / "papers.parquet")
    first, reject, last = read_papers(tmp_path / "papers.parquet", max_record_bytes=1000)
    assert (first.id, last.id, reject.record) == ("p", "q", 2)


def test_a_plain_text_over_the_limit_is_cut_at_a_character_with_a_note(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("é" * 1000)
    note, paper = read_papers(path, max_record_bytes=1001)
    assert paper.abstract == "é" * 500
    assert "cut to its first 1000 bytes" in note.reason


BROKEN: dict[str, tuple[bytes, list[str], str]] = {
    "cut.json": (b"[" + GOOD + b", " + GOOD[:20], ["p"], "the file ends within this record"),
    "unclosed.json": (b"[" + GOOD + b", ", ["p"], "the file ends before its JSON does"),
    "scalars.json": (b"[" + GOOD + b', 7, "x", ' + GOOD + b", null]", ["p", "p"], "not a JSON object"),
    "inner.json": (b'[{"abstract": A}, ' + GOOD + b"]", ["p"], "not JSON"),
    "more-closings.json": (b"[" + GOOD + b"]]]" + GOOD, ["p", "p"], "not a JSON object"),
    "cut.bib": (b"@a{p, abstract={A}}\n@a{b, abstract={B", ["p"], "ends within this entry"),
    "unclosed.bib": (b"@a{b, abstract={{B}\n@a{p, abstract={A}}", ["p"], "braces do not close"),
    "keyless.bib": (b"@a{p, abstract={A}}\n@a{abstract={B}}", ["p"], "not BibTeX"),
    "no-abstract.bib": (b"@a{b, title={T}}\n@a{p, abstract={A}}", ["p"], "no abstract"),
    "cut.xml": (
        b"<feed><entry><id>p</id><summary>A</summary></entry><entry><id>", ["p"], "not XML from line 1"
    ),
    "wide.csv": (b"id,abstract\np,A\nb,B,C\np,A\n", ["p", "p"], "3 cells under 2 columns"),
    "short.csv": (b"id,abstract\np,A\nb\np,A\n", ["p", "p"], "no abstract"),
    "cut.parquet": (b"PAR1" + b"\x00" * 100, [], "Parquet data is damaged"),
    "empty.txt": (b" \n", [], "no abstract"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_and_what_is_whole_is_read(name, tmp_path):
    content, expected, reason = BROKEN[name]
    papers, rejects = read(tmp_path, name, content)
    assert papers == expected
    assert rejects and all(reject.file.endswith(name) for reject in rejects)
    assert reason in rejects[0].reason


ENTITIES = {
    "laughs": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;">]>',
    "outside": '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
}  # fmt: skip


@pytest.mark.parametrize("name", ENTITIES)
def test_a_feed_with_entities_is_refused_before_any_is_expanded(name, tmp_path):
    feed = f"{ENTITIES[name]}<feed><entry><summary>&x;</summary></entry></feed>"
    papers, (reject,) = read(tmp_path, "feed.xml", feed.encode())
    assert papers == [] and "document type" in reject.reason


def test_an_xml_tag_without_end_is_given_up(tmp_path):
    content = b"<feed><entry " + b"a" * 400_000
    _, (reject,) = read(tmp_path, "feed.xml", content, max_record_bytes=1000)
    assert "longer than 1000 bytes" in reject.reason or "not XML" in reject.reason


def test_positions_of_an_inverted_index_cannot_fill_the_memory(tmp_path):
    record = {"id": "p", "abstract_inverted_index": {"word": [10**15], "first": [0]}}
    papers, rejects = read(tmp_path, "papers.jsonl", json.dumps(record).encode())
    assert (papers, rejects) == (["p"], [])


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_what_is_missing_or_a_folder_is_an_error_at_once(name, tmp_path):
    with pytest.raises(InputError, match=r"\("):
        read_papers(tmp_path / name)


def test_memory_does_not_grow_with_the_file(tmp_path):
    for name, before, between, after in (("a.jsonl", b"", b"\n", b""), ("a.json", b"[", b",", b"]")):
        path = tmp_path / name
        line = b'{"id": "p", "title": "T", "abstract": "' + b"word " * 200 + b'"}'
        path.write_bytes(before + between.join([line] * 20_000) + after)
        tracemalloc.start()
        papers = sum(1 for _ in read_papers(path))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert papers == 20_000 and peak < 4 << 20 < path.stat().st_size


@given(content=st.binary(max_size=300) | st.text(alphabet='{}[]"\\,:@a\n é<>', max_size=300).map(str.encode))
def test_no_reader_raises_or_loses_order_whatever_the_bytes(content, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "fuzzed"
    path.write_bytes(content)
    for name in FORMATS:
        for item in read_papers(path, format=name, max_record_bytes=64):
            if isinstance(item, Paper):
                assert item.abstract.strip()
            else:
                item.start.encode()


@given(
    records=st.lists(st.dictionaries(st.text(max_size=5), st.recursive(
        st.none() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3)
    ), max_size=4), max_size=5),
    indent=st.sampled_from([None, 1]), block=st.integers(1, 40),
)  # fmt: skip
def test_framing_cuts_a_json_array_exactly_where_its_objects_end(records, indent, block):
    import io

    import orjson

    from leaderboard.readers import jsonarrays

    class Blocks(io.BytesIO):
        def read(self, size=-1):
            return super().read(block)

    framed = list(jsonarrays.frame(Blocks(json.dumps(records, indent=indent).encode()), Limits()))
    assert not any(isinstance(item, Fault) for item in framed)
    assert [orjson.loads(item.raw) for item in framed] == records


@pytest.mark.parametrize("raw", [b"\xff" * 900, "x" * 900, "\udce9", {"a": "é"}, None, b"caf\xc3\xa9"])
def test_the_start_of_a_record_can_always_be_written(raw):
    shown = start_of(raw)
    assert len(shown) <= 200 and shown.encode()
