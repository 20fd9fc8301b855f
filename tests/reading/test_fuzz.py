"""No input, however mangled, ends the reading: each gives reports or lines of refusal.

Every intake format is changed in one to six places (bytes flipped, cut, doubled, moved, tokens put
in) as hypothesis draws it, so that a failure shrinks to the change that makes it. Each input has
CPU_S seconds of processor time, and all together MEMORY_MB of memory.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading.made import ATOM, LINKED, NEWS, RSS, html, pdf, warc_record, zipped
from whoholds.core import InputError
from whoholds.pipeline import baseline
from whoholds.reading import Fetched, fingerprint, listed, read_fetched
from whoholds.reading.composing import Given, compose
from whoholds.reading.formats import drafts_of
from whoholds.reading.manifest import read_manifest
from whoholds.reading.results import Draft, Facts, Options, Refusal, Source

CPU_S = 5.0
MEMORY_MB = 400  # more than when the first input was read; the libraries alone take about 200
WARC = b"".join(warc_record(f"https://h.example/2021/08/1{n}/a", html().encode())
                for n in range(2))
MAIL = (b"From: A <a@h.example>\nSubject: =?utf-8?q?Marn?=\nDate: Fri, 13 Aug 2021 21:00:00 +0430\n"
        b"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\n"
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        b"PHA+UmViZWxzIHRvb2sgTWFybi48L3A+\n--x--\n")
JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Herald", "items": [
        {"id": "1", "content_html": f"<p>{NEWS}</p>", "url": "https://h.example/1",
         "date_published": "2021-08-13T18:00:00Z"}]}).encode()
OPML = (b"<?xml version='1.0'?><opml version='2.0'><body><outline text='War'><outline type='rss' "
        b"text='Herald' xmlUrl='https://h.example/feed'/></outline></body></opml>")
PAGE = html(f'<script type="application/ld+json">{LINKED}</script>').encode()
SEEDS: dict[str, bytes] = {
    "a.txt": (f"---\ndate: 2021-08-13\noutlet: A\n---\nMARN, August 13, 2021 - {NEWS}\n\n"
              "Correction: an earlier version of this article misstated the day.").encode(),
    "b.txt": NEWS.encode("utf-16"),
    "a.md": f"---\ntitle: x\n---\n# Marn\n\n* [{NEWS}](x) **b**\n\n> q\n\n```\nc\n```".encode(),
    "a.html": PAGE,
    "a.jsonl": "\n".join(json.dumps({"text": NEWS, "date": n}) for n in range(3)).encode(),
    "a.json": json.dumps({"name": "x", "messages": [
        {"id": 1, "type": "message", "date": "2021-08-13T21:00:00", "text": NEWS}]}).encode(),
    "feed.json": JSON_FEED,
    "a.js": b"window.YTD.tweets.part0 = " + json.dumps([{"tweet": {"full_text": NEWS}}]).encode(),
    "a.xml": RSS.encode(), "a.atom": ATOM.encode(), "a.eml": MAIL,
    "a.mbox": b"From a\n" + MAIL + b"\n\nFrom b\n" + MAIL,
    "a.zip": zipped({"a.txt": NEWS.encode(), "b.html": html().encode()}),
    "a.txt.gz": gzip.compress(NEWS.encode()), "a.warc": WARC, "a.warc.gz": gzip.compress(WARC),
    "a.pdf": pdf([NEWS, NEWS]), "a": html().encode(),
    "web": PAGE, "web feed": RSS.encode(), "list": OPML,
    "baseline": b"place,holder,date,source,country\nMarn,army,2021-08-13,Herald,AF\n",
    "manifest": b"file,published,outlet,url\nmanifest.csv,2021-08-13,Herald,https://h.example/1\n"}
with suppress(ImportError):       # Parquet is of an extra
    import pyarrow
    from pyarrow import parquet
    _sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table({"text": [NEWS] * 3, "date": ["2021-08-13"] * 3}), _sink)
    SEEDS["a.parquet"] = _sink.getvalue().to_pybytes()
TOKENS = (b"\0", b"\xff\xfe", b"<", b"]]>", b"{", b"[" * 5000, b"---\n", b"\r\n\r\n", b"%PDF",
          b"&#x110000;", b"\xed\xa0\x80", b"9" * 400, b"2021-02-30", b"<p>" * 3000, b"\\ud800",
          b"A, " * 80, b"From x\n", b"an earlier version of this article ", b"\xc2\x85", b"<!--",
          b"<![CDATA[", b'"' * 50, b"\x1f\x8b", b"PK\x03\x04", b"-1", b"1e999", b"<opml>")
EDITS = ("flip", "cut", "double", "token", "end")
Edit = tuple[str, float, float, int]
edits = st.lists(st.tuples(
    st.sampled_from(EDITS), st.floats(0, 1), st.floats(0, 1), st.integers(0, 255)),
    min_size=1, max_size=6)


def mangled(data: bytes, changes: list[Edit]) -> bytes:
    """``data`` after the changes; each has two places in it (shares of its length) and a number."""
    work = bytearray(data)
    for what, first, second, number in changes:
        at, to = sorted((int(first * len(work)), int(second * len(work))))
        if what == "flip" and work:
            work[at % len(work)] = number
        elif what == "cut":
            del work[at:min(to, at + 200)]
        elif what == "double":
            work[at:at] = work[at:min(to, at + 500)]
        elif what == "token":
            work[at:at] = TOKENS[number % len(TOKENS)]
        elif what == "end":
            del work[to:]
    return bytes(work)


def drafts(name: str, data: bytes, folder: Path) -> Iterator[Draft | Refusal]:
    """What each way in makes of ``data``."""
    options = Options(largest=200_000)
    try:
        if name.startswith("web"):
            yield from read_fetched(Fetched("f://h.example/a", data, "text/html"), options)
        elif name == "list":
            for feed in listed(data, "f"):
                yield Draft("f", feed.title or feed.url)
        elif name == "manifest":
            (folder / "manifest.csv").write_bytes(data)
            for row in read_manifest(folder / "manifest.csv"):
                yield row if isinstance(row, Refusal) else Draft("f", NEWS, (row.facts,))
        elif name == "baseline":
            (folder / "baseline.csv").write_bytes(data)
            for number, row in baseline._rows(folder / "baseline.csv"):
                yield (Refusal(f"f:{number}", row) if isinstance(row, str) else
                       Draft("f", row.sentence, (Facts("given", published=row.date,
                                                       outlet=row.source),)))
        else:
            yield from drafts_of(Source("f", name, io.BytesIO(data)), options)
    except InputError as error:
        yield Refusal(error.where, error.what)


def survives(name: str, data: bytes, folder: Path) -> Counter[str]:
    """Reads ``data``; how many reports and refusals it gave."""
    found: Counter[str] = Counter()
    began = time.process_time()
    for draft in drafts(name, data, folder):
        result = compose(draft, Given()) if isinstance(draft, Draft) else None
        if result is not None and result.report is not None:
            assert len(result.report.id) == 64
            assert fingerprint(result.report.text)
            found["reports"] += 1
            continue
        line = str(draft if isinstance(draft, Refusal) else result and result.refusal)
        assert line.startswith(("f", str(folder))), line
        assert "\n" not in line, line
        found["refusals"] += 1
    spent = time.process_time() - began
    assert spent < CPU_S, f"{spent:.1f} s for {name}"
    found["inputs"] += 1
    return found


def memory_mb() -> float:
    """The most memory that this process has held so far, in MB; 0 where nobody knows."""
    try:
        import resource
    except ImportError:
        return 0.0
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1024 * 1024 if sys.platform == "darwin" else 1024)


def fuzz(count: int, folder: Path) -> Counter[str]:
    """Reads ``count`` mangled inputs, of every format alike."""
    total: Counter[str] = Counter()
    for name, data in SEEDS.items():  # what the libraries take is not counted
        assert survives(name, data, folder)["reports"], name
    before = memory_mb()

    @settings(max_examples=max(1, count // len(SEEDS)), derandomize=True, deadline=None,
              database=None, suppress_health_check=list(HealthCheck))
    @given(edits)
    def each(name: str, changes: list[Edit]) -> None:
        total.update(survives(name, mangled(SEEDS[name], changes), folder))

    for name in SEEDS:
        each(name)
    assert memory_mb() - before < MEMORY_MB
    return total


def test_mangled_inputs(tmp_path: Path) -> None:
    total = fuzz(len(SEEDS) * 6, tmp_path)
    assert total["reports"] > 20
    assert total["refusals"] > 20


@pytest.mark.long
def test_many_mangled_inputs(tmp_path: Path) -> None:
    count = int(os.environ.get("MANGLED", "20000"))
    total = fuzz(count + len(SEEDS), tmp_path)
    print(f"{dict(total)}, {memory_mb():.0f} MB")
    assert total["inputs"] >= count
    assert min(total["reports"], total["refusals"]) > count / 20
