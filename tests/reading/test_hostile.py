"""Inputs made to hurt: each is refused, or read, within seconds and without its size in memory."""

from __future__ import annotations

import gzip
import io
import time
import zlib

import pytest

from tests.reading.made import NEWS, zipped
from whoholds.reading import fingerprint
from whoholds.reading.composing import Given, compose
from whoholds.reading.formats import drafts_of
from whoholds.reading.results import Draft, Options, Source


def told(name: str, data: bytes, largest: int = 100_000) -> list[str]:
    """What reading gives: *report*, or the refusal; within five seconds of processor time."""
    began, found = time.process_time(), list[str]()
    for draft in drafts_of(Source("f", name, io.BytesIO(data)), Options(largest)):
        result = compose(draft, Given()) if isinstance(draft, Draft) else None
        if result is not None and result.report is not None:
            assert fingerprint(result.report.text)
            found.append("report")
        else:
            found.append(str(draft if result is None else result.refusal))
    assert time.process_time() - began < 5
    return found


@pytest.mark.parametrize(("name", "data", "what"), [
    ("bomb.txt.gz", gzip.compress(b"\0" * 3_000_000), "larger than 100,000 bytes"),
    ("bomb.zip", zipped({"a.txt": b"\0" * 3_000_000}), "larger than 100,000 bytes"),
    ("bomb.jsonl.gz", gzip.compress(b" " * 3_000_000), "a line larger than 100,000 bytes"),
    ("deep.zip", zipped({"a.zip": zipped({"a.zip": zipped({"a.zip": zipped({"a": b"x"})})})}),
     "over 3 deep"),
    ("deep.json", b"[" * 100_000, "no letter"), ("keys.json", b'{"a":' * 50_000, "recursion"),
    ("deep.html", b"<html><body>" + b"<div>" * 15_000 + NEWS.encode(), "without an article"),
    ("tags.html", b"<html><body>" + b"<p>" * 200_000 + NEWS.encode(), "200,002 tags"),
    ("yaml.txt", b"---\ndate: " + b"[" * 9_000 + b"\n---\nx", "broken front matter"),
    ("head.eml", b"Subject: " + b"x" * 101_000 + b"\n\nx", "larger"),
    ("laugh.xml", b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
        + b"]><rss version='2.0'><channel><item><title>&j;</title></item></channel></rss>", ""),
])
def test_bombs_and_depths(name: str, data: bytes, what: str) -> None:
    found = told(name, data, largest=100_000 if "tags" not in name else 1_000_000)
    assert len(found) == 1
    assert what in found[0]


def test_texts_longer_than_any_report() -> None:
    assert "no single report" in told("a.txt", b"took and " * 120_000, 5_000_000)[0]


def test_a_file_of_nothing_but_refusals_is_left() -> None:
    for name, data in (("a.jsonl", b"x\n" * 20_000), ("a.mbox", b"From x\n\n" * 20_000)):
        found = told(name, data)
        assert len(found) == 10_001
        assert found[-1].endswith("10,000 things in it that cannot be read and none that can: left")
    mixed = told("a.jsonl", b'{"text": "took Marn"}\n' + b"x\n" * 20_000)
    assert len(mixed) == 20_001


def test_blank_lines_without_end() -> None:
    found = told("a.jsonl.gz", gzip.compress(b"\n" * 1_100_000))
    assert "blank lines" in found[0]


@pytest.mark.parametrize("part", [
    b"an earlier version of this ", b"Correction ", b"August 15, 2021 ", b"A, ", b"KABUL-", b"* ",
    b"this x y z article, ", b"(", b"Editor's note ", b"\n---\n"])
def test_lines_that_nearly_match(part: bytes) -> None:
    assert told("a.txt", b"took " + part * (90_000 // len(part))) == ["report"]


@pytest.mark.parametrize("part", [
    b"[", b"*a **b ", b"> ", b"`", b"![[](", b"<a ", b"[a]: b\n", b"_a*"])
def test_markdown_that_nearly_matches(part: bytes) -> None:
    assert told("a.md", b"took\n\n" + part * (20_000 // len(part))) == ["report"]


def test_markdown_of_nothing_but_links_and_front_matter_without_end() -> None:
    assert told("a.md", b"took ![[](" * 80_000, 5_000_000) == ["report"]
    assert told("a.txt", b"---\n" + b"date: x\n" * 80_000 + b"---\ntook", 5_000_000) == ["report"]


def test_a_pdf_that_unpacks_to_much_more() -> None:
    content = zlib.compress(b"BT (x) Tj ET " * 400_000, 9)
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
             b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (
                 len(content), content)]
    data, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(parts, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    data += (b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d"
             b"\n%%%%EOF" % (table, len(data)))
    assert len(told("a.pdf", data)) == 1
