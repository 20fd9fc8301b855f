"""No input, however mangled, ends the reading: each gives reports or lines of refusal."""

from __future__ import annotations

import gzip
import io
import json
import os
import random

import pytest

from tests.reading.made import ATOM, LINKED, NEWS, RSS, html, pdf, warc_record, zipped
from whoholds.reading.composing import Given, compose
from whoholds.reading.formats import drafts_of
from whoholds.reading.results import Draft, Options, Source

WARC = b"".join(warc_record(f"https://h.example/2021/08/1{n}/a", html().encode())
                for n in range(2))
MAIL = (b"From: A <a@h.example>\nSubject: =?utf-8?q?Marn?=\nDate: Fri, 13 Aug 2021 21:00:00 +0430\n"
        b"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\n"
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        b"PHA+UmViZWxzIHRvb2sgTWFybi48L3A+\n--x--\n")
SEEDS: dict[str, bytes] = {
    "a.txt": f"---\ndate: 2021-08-13\noutlet: A\n---\nMARN, August 13, 2021 - {NEWS}".encode(),
    "b.txt": NEWS.encode("utf-16"),
    "a.md": f"---\ntitle: x\n---\n# Marn\n\n* [{NEWS}](x) **b**\n\n> q\n\n```\nc\n```".encode(),
    "a.html": html(f'<script type="application/ld+json">{LINKED}</script>').encode(),
    "a.jsonl": "\n".join(json.dumps({"text": NEWS, "date": n}) for n in range(3)).encode(),
    "a.json": json.dumps({"name": "x", "messages": [
        {"id": 1, "type": "message", "date": "2021-08-13T21:00:00", "text": NEWS}]}).encode(),
    "a.js": b"window.YTD.tweets.part0 = " + json.dumps([{"tweet": {"full_text": NEWS}}]).encode(),
    "a.xml": RSS.encode(), "a.atom": ATOM.encode(), "a.eml": MAIL,
    "a.zip": zipped({"a.txt": NEWS.encode(), "b.html": html().encode()}),
    "a.txt.gz": gzip.compress(NEWS.encode()), "a.warc": WARC, "a.warc.gz": gzip.compress(WARC),
    "a.pdf": pdf([NEWS, NEWS]), "a": html().encode()}
TOKENS = (b"\0", b"\xff\xfe", b"<", b"]]>", b"{", b"[" * 5000, b"---\n", b"\r\n\r\n", b"%PDF",
          b"&#x110000;", b"\xed\xa0\x80", b"9" * 400, b"2021-02-30", b"<p>" * 3000, b"\\ud800",
          b"A, " * 80)


def mangled(data: bytes, chance: random.Random) -> bytes:
    """``data`` with one to six changes: bytes flipped, cut, doubled, moved, or tokens put in."""
    work = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randrange(len(work) + 1) for _ in range(2))
        what = chance.randrange(5)
        if what == 0 and work:
            work[at % len(work)] = chance.randrange(256)
        elif what == 1:
            del work[at:min(to, at + 200)]
        elif what == 2:
            work[at:at] = work[at:min(to, at + 500)]
        elif what == 3:
            work[at:at] = chance.choice(TOKENS)
        else:
            work = work[:to]
    return bytes(work)


def survives(count: int, start: int) -> dict[str, int]:
    """Reads ``count`` mangled inputs of every format; how many gave reports and refusals."""
    outcomes = {"reports": 0, "refusals": 0}
    names = sorted(SEEDS)
    for number in range(start, start + count):
        chance = random.Random(number)
        name = names[number % len(names)]
        data = mangled(SEEDS[name], chance)
        for draft in drafts_of(Source("f", name, io.BytesIO(data)), Options(largest=200_000)):
            if isinstance(draft, Draft):
                result = compose(draft, Given())
                if result.report is not None:
                    assert len(result.report.id) == 64
                    outcomes["reports"] += 1
                    continue
                assert result.refusal is not None
                line = str(result.refusal)
            else:
                line = str(draft)
            assert line.startswith("f"), (number, line)
            assert "\n" not in line, (number, line)
            outcomes["refusals"] += 1
    return outcomes


def test_mangled_inputs() -> None:
    outcomes = survives(16 * 12, start=0)
    assert outcomes["reports"] > 20
    assert outcomes["refusals"] > 20


@pytest.mark.long
def test_many_mangled_inputs() -> None:
    count = int(os.environ.get("MANGLED", "20000"))
    outcomes = survives(count, start=1_000_000)
    print(f"{count} mangled inputs: {outcomes}")
    assert min(outcomes.values()) > count / 20
