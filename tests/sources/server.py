"""A server on this machine that answers as arXiv's API and the daily papers of Hugging Face do.

It holds a few papers of our own, pages through them as the real ones do, and can be told to misbehave: each
`Trouble` in `troubles` is used up by one request, before the real answer comes again.
"""

from __future__ import annotations

import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape


@dataclass
class Stored:
    """A paper as the server knows it."""

    id: str
    title: str
    abstract: str
    published: str
    version: int = 1
    listed: str = ""


@dataclass
class Trouble:
    """One wrong answer."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    kind: str | None = None
    cut: int = 0
    """Send so many bytes of the answer only, and hang up."""
    silent: float = 0.0
    """Seconds without any answer."""


class Server:
    """The running server: `papers` to answer from, `troubles` to meet, `requests` that came."""

    def __init__(self) -> None:
        self.papers: list[Stored] = []
        self.troubles: list[Trouble] = []
        self.requests: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.cap = 3
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def arxiv(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/api/query"

    @property
    def daily(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/api/daily_papers"

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


def feed(entries: list[str], total: int, start: int, size: int) -> str:
    """An Atom feed as the API writes it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?search_query=all" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=all</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2024-06-01T00:00:00-04:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{total}</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{start}</opensearch:startIndex>
  <opensearch:itemsPerPage xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{size}</opensearch:itemsPerPage>
{"".join(entries)}</feed>
"""


def entry(paper: Stored) -> str:
    address = f"http://arxiv.org/abs/{paper.id}v{paper.version}"
    summary = f"    <summary>  {escape(paper.abstract)}\n</summary>\n" if paper.abstract else ""
    return f"""  <entry>
    <id>{address}</id>
    <updated>2024-05-30T10:00:00Z</updated>
    <published>{paper.published}</published>
    <title>{escape(paper.title)}</title>
{summary}    <author>
      <name>A. Author</name>
    </author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">8 pages</arxiv:comment>
    <link href="{address}" rel="alternate" type="text/html"/>
    <link title="pdf" href="{address.replace("abs", "pdf")}" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""


def refusal(message: str) -> str:
    """The feed with one entry by which the API says that a query is wrong."""
    said = f"""  <entry>
    <id>http://arxiv.org/api/errors#malformed</id>
    <title>Error</title>
    <summary>{escape(message)}</summary>
    <updated>2024-06-01T00:00:00-04:00</updated>
  </entry>
"""
    return feed([said], 1, 0, 1)


def answer_query(server: Server, asked: dict[str, str]) -> str:
    """The feed of the papers in the asked time, in the asked order, at most `cap` at once."""
    if "id_list" in asked:
        wanted = [re.sub(r"v\d+$", "", one) for one in asked["id_list"].split(",")]
        found = [paper for paper in server.papers if paper.id in wanted]
    else:
        times = re.search(r"submittedDate:\[(\d{12}) TO (\d{12})\]", asked["search_query"])
        low, high = times.groups() if times else ("0", "9")
        found = [paper for paper in server.papers if low <= re.sub(r"\D", "", paper.published)[:12] <= high]
        found.sort(key=lambda paper: paper.published, reverse=asked.get("sortOrder") == "descending")
    start = int(asked["start"])
    page = found[start : start + min(server.cap, int(asked["max_results"]))]
    return feed([entry(paper) for paper in page], len(found), start, int(asked["max_results"]))


def answer_daily(server: Server, asked: dict[str, str]) -> str:
    """The list of a day, or of all days, in pages."""
    found = [
        paper for paper in server.papers if paper.listed and asked.get("date", paper.listed) == paper.listed
    ]
    start = int(asked["p"]) * int(asked["limit"])
    items = [
        {
            "paper": {
                "id": paper.id, "authors": [{"name": "A. Author", "hidden": False}],
                "publishedAt": paper.published, "title": paper.title, "summary": paper.abstract, "upvotes": 3,
            },
            "publishedAt": f"{paper.listed}T01:30:00.000Z", "title": paper.title, "summary": paper.abstract,
            "numComments": 1, "submittedBy": {"name": "somebody"},
        }
        for paper in found[start : start + int(asked["limit"])]
    ]  # fmt: skip
    return json.dumps(items)


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {
                name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()
            }
            server.requests.append(asked)
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            daily = parts.path.endswith("/daily_papers")
            body = (answer_daily if daily else answer_query)(server, asked).encode()
            kind = "application/json; charset=utf-8" if daily else "application/atom+xml; charset=UTF-8"
            trouble = server.troubles.pop(0) if server.troubles else Trouble()
            if trouble.silent:
                time.sleep(trouble.silent)
            if trouble.body is not None:
                body = trouble.body
            try:
                self.send_response(trouble.status)
                self.send_header("Content-Type", kind if trouble.kind is None else trouble.kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in trouble.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body[: trouble.cut] if trouble.cut else body)
            except OSError:
                self.close_connection = True
            if trouble.cut:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
