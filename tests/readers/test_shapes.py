"""The shapes in which sources describe a paper, each with the paper that must come out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leaderboard.models import Paper
from leaderboard.readers import Reject, read_papers

TITLE, ABSTRACT = "LaneNet: Finding Lanes", "LaneNet reaches 96.4% accuracy on TuSimple."

SHAPES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "plain": (
        {"id": "p1", "title": TITLE, "abstract": ABSTRACT, "date": "2018-02-15"},
        {"id": "p1", "date": "2018-02-15", "url": ""},
    ),
    "arxiv snapshot: the first version counts, not the last update": (
        {
            "id": "0704.0001", "submitter": "A. Person", "authors": "A. Person", "title": TITLE,
            "categories": "cs.CV", "abstract": ABSTRACT, "update_date": "2008-11-26",
            "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"version": "v2"}],
        },
        {"id": "0704.0001", "date": "2007-04-02", "url": "https://arxiv.org/abs/0704.0001"},
    ),
    "arxiv snapshot without versions": (
        {"id": "cs/0701001", "title": TITLE, "abstract": ABSTRACT, "update_date": "2008-11-26"},
        {"id": "cs/0701001", "date": "2008-11-26", "url": "https://arxiv.org/abs/cs/0701001"},
    ),
    "hugging face daily papers": (
        {
            "paper": {"id": "2403.12895", "title": TITLE, "summary": ABSTRACT,
                      "publishedAt": "2024-03-19T16:48:40.000Z", "upvotes": 3},
            "publishedAt": "2024-03-20T03:00:00.000Z", "title": TITLE, "numComments": 1,
        },
        {"id": "2403.12895", "date": "2024-03-19", "url": "https://arxiv.org/abs/2403.12895"},
    ),
    "papers with code": (
        {"paper_url": "https://paperswithcode.com/paper/lanenet", "arxiv_id": "1802.05591", "title": TITLE,
         "abstract": ABSTRACT, "url_abs": "http://arxiv.org/abs/1802.05591v1", "date": "2018-02-15",
         "tasks": ["Lane Detection"]},
        {"id": "1802.05591", "date": "2018-02-15", "url": "https://arxiv.org/abs/1802.05591"},
    ),
    "papers with code, not on arxiv": (
        {"paper_url": "https://paperswithcode.com/paper/lanenet", "arxiv_id": None, "title": TITLE,
         "abstract": ABSTRACT, "url_abs": "https://aclanthology.org/P1", "date": "2018-02-15"},
        {"id": "lanenet", "date": "2018-02-15", "url": "https://aclanthology.org/P1"},
    ),
    "semantic scholar": (
        {"paperId": "abc", "externalIds": {"ArXiv": "1802.05591", "CorpusId": 7}, "title": TITLE,
         "abstract": ABSTRACT, "year": 2018, "publicationDate": "2018-02-15"},
        {"id": "1802.05591", "date": "2018-02-15", "url": "https://arxiv.org/abs/1802.05591"},
    ),
    "semantic scholar, only a year": (
        {"paperId": "abc", "externalIds": {"DOI": "10.1/x"}, "title": TITLE, "abstract": ABSTRACT,
         "year": 2018, "publicationDate": None, "url": "https://www.semanticscholar.org/paper/abc"},
        {"id": "abc", "date": "2018", "url": "https://www.semanticscholar.org/paper/abc"},
    ),
    "semantic scholar bulk": (
        {"corpusid": 77, "externalids": {"ArXiv": "1802.05591"}, "title": TITLE, "abstract": ABSTRACT},
        {"id": "1802.05591", "date": "", "url": "https://arxiv.org/abs/1802.05591"},
    ),
    "openalex: words with their places": (
        {"id": "https://openalex.org/W123", "doi": "https://doi.org/10.1109/X", "display_name": TITLE,
         "publication_year": 2018, "publication_date": "2018-02-15",
         "abstract_inverted_index": {"on": [4], "LaneNet": [0], "reaches": [1], "accuracy": [3],
                                     "96.4%": [2], "TuSimple.": [5]}},
        {"id": "W123", "date": "2018-02-15", "url": "https://openalex.org/W123"},
    ),
    "openalex, an arxiv paper": (
        {"id": "https://openalex.org/W123", "doi": "https://doi.org/10.48550/arxiv.1802.05591",
         "title": TITLE, "abstract_inverted_index": {word: [n] for n, word in enumerate(ABSTRACT.split())}},
        {"id": "1802.05591", "date": "", "url": "https://arxiv.org/abs/1802.05591"},
    ),
    "a row of a dataset viewer": (
        {"row_idx": 0, "row": {"id": 12, "title": TITLE, "abstract": ABSTRACT}},
        {"id": "12", "date": "", "url": ""},
    ),
    "version in the identifier": (
        {"id": "arXiv:1802.05591v2", "title": TITLE, "abstract": ABSTRACT},
        {"id": "1802.05591v2", "date": "", "url": "https://arxiv.org/abs/1802.05591v2"},
    ),
    "no identifier: made of the title": (
        {"title": TITLE, "abstract": ABSTRACT, "date": None},
        {"id": "lanenet-finding-lanes", "date": "", "url": ""},
    ),
    "an address that is none is left out": (
        {"id": "p1", "title": TITLE, "abstract": ABSTRACT, "url": "javascript:alert(1)", "date": [2018]},
        {"id": "p1", "date": "", "url": ""},
    ),
}  # fmt: skip


@pytest.mark.parametrize("suffix", ["jsonl", "json"])
@pytest.mark.parametrize("name", SHAPES)
def test_a_source_s_shape_gives_the_paper(name, suffix, tmp_path):
    record, expected = SHAPES[name]
    path = tmp_path / f"papers.{suffix}"
    path.write_text(json.dumps([record], indent=1) if suffix == "json" else json.dumps(record) + "\n")
    assert list(read_papers(path)) == [Paper(title=TITLE, abstract=ABSTRACT, **expected)]


def test_shapes_may_be_mixed_in_one_file(tmp_path):
    path = tmp_path / "mixed.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record, _ in SHAPES.values()))
    papers = list(read_papers(path))
    assert [paper.id for paper in papers] == [expected["id"] for _, expected in SHAPES.values()]


UNREADABLE = {
    '{"title": "T", "abstract": "A"': "not JSON",
    "[1, 2]": "a list, not an object",
    '"text"': "text, not an object",
    "null": "null, not an object",
    '{"title": "T"}': "no abstract",
    '{"title": "T", "abstract": null}': "no abstract",
    '{"title": "T", "abstract": " \\n"}': "no abstract",
    '{"title": "T", "abstract": ["A"]}': "abstract is a list, not text",
    '{"title": 7, "abstract": "A"}': "title is a number, not text",
    '{"title": {"en": "T"}, "abstract": "A"}': "title is an object, not text",
    '{"title": "T", "abstract_inverted_index": [1]}': "abstract_inverted_index is a list",
    '{"title": "T", "abstract_inverted_index": {"a": ["x"]}}': "without a list of whole numbers",
    '{"title": "T", "abstract": "\\ud800"}': "not JSON",
    '{"title": "T", "abstract": NaN}': "not JSON",
    "[" * 5000: "not JSON",
}


@pytest.mark.parametrize("line", UNREADABLE)
def test_a_record_that_cannot_be_read_is_named_with_its_reason_and_place(line, tmp_path):
    path = tmp_path / "papers.jsonl"
    good = '{"id": "p", "title": "T", "abstract": "A"}'
    path.write_text(f"{good}\n{line}\n\n{good}\n")
    first, reject, last = read_papers(path)
    assert (first.id, last.id) == ("p", "p")
    assert isinstance(reject, Reject)
    assert UNREADABLE[line] in reject.reason
    assert (reject.file, reject.record, reject.start) == (str(path), 2, f"{line}\n"[:200])
