"""Archives, records, feeds, mail, PDF: each as it comes, and broken."""

from __future__ import annotations

import gzip
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.reading.made import ATOM, NEWS, RSS, html, pdf, warc_record, zipped
from whoholds.core import Report
from whoholds.reading import ReadResult, read_paths
from whoholds.reading.pdf import paragraphs
from whoholds.reading.webpage import fragment


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read(path: Path, **options: object) -> list[ReadResult]:
    return list(read_paths([path], **options))  # type: ignore[arg-type]


def reports(path: Path, **options: object) -> list[Report]:
    return [r.report for r in read(path, **options) if r.report]


def refusals(path: Path, **options: object) -> list[str]:
    found = [str(r.refusal) for r in read(path, **options) if r.refusal]
    assert all("\n" not in line for line in found)
    return [line.removeprefix(str(path)) for line in found]


class TestRecords:
    """JSON Lines, JSON, Telegram, X."""

    def test_lines(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.jsonl", "\n".join((
            json.dumps({"text": NEWS, "date": "2021-08-13", "source": {"name": "Herald"},
                        "url": "https://h.example/1", "title": "Marn falls"}),
            "", json.dumps({"body": NEWS, "timestamp": 1628872200}), "{broken", "[1]",
            json.dumps({"title": "no text"}), json.dumps(
                {"content": "  \ud800 x" + NEWS * 2, "title": "\udfff", "source": "A\udc00\nB"}))))
        first, second, third = reports(path)
        assert first.text == f"Marn falls\n\n{NEWS}"
        assert (first.outlet, first.published_from, first.url) == (
            "Herald", "metadata", "https://h.example/1")
        assert second.published is not None
        assert second.published.to_json()[0] == "2021-08-13T16:30:00Z"
        assert third.text == "    x" + NEWS * 2
        assert third.outlet == "A B"
        assert len(third.id) == 64
        assert refusals(path) == [
            ":4: not JSON: Expecting property name enclosed in double quotes: line 1 column 2 "
            "(char 1)", ":5: not a JSON object",
            ":6: no text (none of text, body, content, maintext, article, full_text; name its "
            "field)"]

    def test_a_field_map(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.ndjson", json.dumps(
            {"text": "not this", "d": {"main": NEWS, "when": 1628872200000}, "by": "Herald"}))
        fields = {"text": "d.main", "published": "d.when", "outlet": "by"}
        (found,) = reports(path, fields=fields)
        assert (found.text, found.outlet) == (NEWS, "Herald")
        assert found.published is not None
        assert found.published.to_json()[0] == "2021-08-13T16:30:00Z"
        assert refusals(path, fields={"text": "d.none"}) == [":1: no text in 'd.none'"]

    def test_a_line_that_is_too_long_leaves_the_next(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.jsonl", "x" * 5000 + "\n" + json.dumps({"text": NEWS}))
        assert refusals(path, largest=1000) == [":1: a line larger than 1,000 bytes"]
        assert len(reports(path, largest=1000)) == 1

    def test_a_list(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.json", json.dumps([{"text": NEWS}, 7]))
        assert [r.text for r in reports(path)] == [NEWS]
        assert refusals(path) == ["!2: not a JSON object"]

    def test_telegram(self, tmp_path: Path) -> None:
        path = write(tmp_path, "result.json", json.dumps({
            "name": "Marn News", "type": "public_channel", "id": 1, "messages": [
                {"id": 1, "type": "service", "date": "2021-08-13T10:00:00", "action": "create"},
                {"id": 2, "type": "message", "date": "2021-08-13T21:00:00",
                 "date_unixtime": "1628872200", "from": "Marn News",
                 "text": ["Rebels took ", {"type": "bold", "text": "Marn"}, " on Friday."]},
                {"id": 3, "type": "message", "date": "2021-08-14T09:00:00", "text": ""},
                {"id": 4, "type": "message", "date": "2021-08-14T09:00:00", "text": NEWS}]}))
        first, second = read(path)
        assert first.where == f"{path}!2"
        assert first.report is not None
        assert second.report is not None
        assert (first.report.text, first.report.outlet) == (
            "Rebels took Marn on Friday.", "Marn News")
        assert first.report.published is not None
        assert first.report.published.to_json()[0] == "2021-08-13T16:30:00Z"
        assert (first.report.zone_known, second.report.zone_known) == (True, False)

    def test_posts_of_x(self, tmp_path: Path) -> None:
        path = write(tmp_path, "tweets.js", "window.YTD.tweets.part0 = " + json.dumps([
            {"tweet": {"full_text": NEWS, "created_at": "Fri Aug 13 16:30:00 +0000 2021",
                       "id_str": "1", "lang": "en"}}]))
        (found,) = reports(path, outlet="@marn")
        assert (found.text, found.outlet, found.published_from) == (NEWS, "@marn", "metadata")
        assert found.published is not None
        assert found.published.to_json()[0] == "2021-08-13T16:30:00Z"


class TestFeeds:
    """RSS and Atom."""

    def test_rss(self, tmp_path: Path) -> None:
        path = write(tmp_path, "feed.xml", RSS)
        first, second = reports(path)
        assert first.text == f"Marn falls\n\n{NEWS}\n\nThe mayor fled."
        assert (first.outlet, first.url, first.published_from) == (
            "The Herald & Post", "https://h.example/1", "feed")
        assert first.published is not None
        assert first.published.to_json()[0] == "2021-08-13T16:30:00Z"
        assert second.text == "Kesh surrounded"
        assert refusals(path) == ["!3: empty: no letter in it"]

    def test_atom_by_its_beginning(self, tmp_path: Path) -> None:
        (found,) = reports(write(tmp_path, "feed", ATOM))
        assert found.text == f"Marn falls\n\n{NEWS}"
        assert found.published is not None
        assert found.published.to_json()[0] == "2021-08-13T16:30:00Z"

    @pytest.mark.parametrize(("data", "what"), [
        ("<?xml version='1.0'?><opml version='2.0'><body/></opml>", "a list of feeds"),
        ("<?xml version='1.0'?><note>hello</note>", "neither RSS nor Atom"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "without entries"),
        ("<rss version='2.0'><channel>", "without entries"), ("\0\1\2", "neither RSS nor Atom"),
    ])
    def test_no_feeds(self, tmp_path: Path, data: str, what: str) -> None:
        (line,) = refusals(write(tmp_path, "feed.xml", data))
        assert what in line


class TestMail:
    """E-mail messages."""

    def message(self, **headers: str) -> EmailMessage:
        message = EmailMessage()
        for name, value in {"Subject": "Marn falls", "From": "Herald Alerts <a@herald.example>",
                            "Date": "Fri, 13 Aug 2021 21:00:00 +0430", **headers}.items():
            message[name] = value
        return message

    def test_text_counts_before_html_and_attachments(self, tmp_path: Path) -> None:
        message = self.message()
        message.set_content(NEWS + " Zoltán.\n")
        message.add_alternative(f"<p>{NEWS} In HTML.</p>", subtype="html")
        message.add_attachment(b"\0\1", maintype="image", subtype="png", filename="x.png")
        (found,) = reports(write(tmp_path, "a.eml", message.as_bytes()))
        assert found.text == f"Marn falls\n\n{NEWS} Zoltán.\n"
        assert (found.outlet, found.published_from, found.zone_known) == (
            "Herald Alerts", "metadata", True)
        assert found.published is not None
        assert found.published.to_json()[0] == "2021-08-13T16:30:00Z"

    def test_html_alone(self, tmp_path: Path) -> None:
        message = self.message(Subject="=?utf-8?q?Marn=20f=C3=A4llt?=", From="a@herald.example")
        message.set_content(f"<html><style>p {{}}</style><p>{NEWS}<p>More&nbsp;soon.</html>",
                            subtype="html", charset="iso-8859-1")
        (found,) = reports(write(tmp_path, "a.eml", message.as_bytes()))
        assert found.text == f"Marn fällt\n\n{NEWS}\n\nMore soon."
        assert found.outlet == "herald.example"

    @pytest.mark.parametrize(("data", "what"), [
        (NEWS.encode(), "not an e-mail"), (b"Subject: x\n\n", "without text"), (b"", "empty"),
        (b"Subject: x\nContent-Type: image/png\n\nabc", "without text"),
        (b"Subject: " + b"=?utf-8?q?a?= " * 9000 + b"\n\nabc", "headers larger than"),
    ])
    def test_no_mail(self, tmp_path: Path, data: bytes, what: str) -> None:
        (line,) = refusals(write(tmp_path, "a.eml", data))
        assert what in line


class TestArchives:
    """zip, gzip, WARC."""

    def test_zip(self, tmp_path: Path) -> None:
        inner = zipped({"deep.txt": NEWS.encode()})
        path = write(tmp_path, "a.zip", zipped({
            "b/two.txt": NEWS.encode(), "a.html": html().encode(), ".DS_Store": b"x",
            "__MACOSX/a": b"x", "table.csv": b"a,b", "empty.txt": b"", "inner.zip": inner,
            "bomb.txt": b"x" * 20_000_000}))
        assert [r.where.removeprefix(str(path)) for r in read(path) if r.report] == [
            "!a.html", "!b/two.txt", "!inner.zip!deep.txt"]
        assert refusals(path) == [
            "!bomb.txt: larger than 5,000,000 bytes: no single report", "!empty.txt: empty",
            "!table.csv: a table, not a report (a list of reports is given with --manifest)"]

    def test_archives_too_deep(self, tmp_path: Path) -> None:
        data = NEWS.encode()
        for _ in range(5):
            data = zipped({"a.zip": data})
        (line,) = refusals(write(tmp_path, "a.zip", data))
        assert "archives within archives" in line

    def test_a_damaged_zip(self, tmp_path: Path) -> None:
        data = bytearray(zipped({"a.txt": NEWS.encode() * 50, "b.txt": NEWS.encode()}))
        data[60:70] = b"\xff" * 10
        path = write(tmp_path, "a.zip", bytes(data))
        assert len(reports(path)) == 1
        assert len(refusals(path)) == 1
        assert "broken zip" in refusals(write(tmp_path, "b.zip", b"PK\3\4 nothing"))[0]

    def test_gzip(self, tmp_path: Path) -> None:
        lines = "\n".join(json.dumps({"text": f"{NEWS} {n}"}) for n in range(3)).encode()
        assert len(reports(write(tmp_path, "a.jsonl.gz", gzip.compress(lines)))) == 3
        assert reports(write(tmp_path, "a.txt.gz", gzip.compress(NEWS.encode())))[0].text == NEWS
        bomb = write(tmp_path, "bomb.txt.gz", gzip.compress(b"x" * 20_000_000))
        assert refusals(bomb) == [": larger than 5,000,000 bytes: no single report"]
        broken = write(tmp_path, "b.txt.gz", gzip.compress(NEWS.encode() * 99)[:-20])
        assert "cannot be read" in refusals(broken)[0]
        assert "cannot be read" in refusals(write(tmp_path, "c.txt.gz", b"not gzip"))[0]

    @pytest.mark.parametrize("packed", [False, True])
    def test_warc(self, tmp_path: Path, packed: bool) -> None:
        records = [
            warc_record("https://h.example/2021/08/13/marn", html().encode()),
            warc_record("https://h.example/a.png", b"\x89PNG", "image/png"),
            warc_record("https://h.example/gone", b"gone", status="404 Not Found"),
            warc_record("https://h.example/none", b"<html></html>"),
            warc_record("https://h.example/big", b"<p>" + b"x" * 300_000),
            warc_record("https://h.example/latin", html("<meta charset=x>").replace(
                "bazaar", "bazár").encode("cp1252"), "text/html; charset=latin-1")]
        data = b"".join(map(gzip.compress, records) if packed else records)
        path = write(tmp_path, "a.warc.gz" if packed else "a.warc", data)
        first, second = reports(path, largest=200_000)
        assert (first.url, first.published_from, first.outlet) == (
            "https://h.example/2021/08/13/marn", "url", "h.example")
        assert first.text.startswith("Marn falls to rebels\n\nRebels took")
        assert "bazár" in second.text
        lines = refusals(path, largest=200_000)
        assert len(lines) == 2
        assert "!4 https://h.example/none: " in lines[0]
        assert "!5 https://h.example/big: larger than 200,000 bytes" in lines[1]

    @pytest.mark.parametrize("data", [b"", b"not a web archive", b"WARC/1.1\r\nbroken"])
    def test_no_warc(self, tmp_path: Path, data: bytes) -> None:
        assert len(refusals(write(tmp_path, "a.warc", data))) == 1


class TestPdf:
    """PDF files."""

    def test_text(self, tmp_path: Path) -> None:
        lines = ["MARN, August 13, 2021 - Rebels took the town of Marn on Fri-", "day.",
                 "The army withdrew."]
        for name in ("a.pdf", "a"):
            (found,) = reports(write(tmp_path, name, pdf(lines)))
            assert found.text == ("MARN, August 13, 2021 - Rebels took the town of Marn on Friday."
                                  "\n\nThe army withdrew.")

    @pytest.mark.parametrize(("data", "what"), [
        (b"%PDF-1.4 broken", "broken PDF"), (b"no pdf", "broken PDF"), (b"", "empty")])
    def test_no_pdf(self, tmp_path: Path, data: bytes, what: str) -> None:
        assert what in refusals(write(tmp_path, "a.pdf", data))[0]

    def test_a_pdf_without_text(self, tmp_path: Path) -> None:
        assert "without text" in refusals(write(tmp_path, "a.pdf", pdf([])))[0]

    def test_paragraphs(self) -> None:
        assert paragraphs("Rebels took the well-\nknown town of Marn on\nFriday.\nThe army left.\n"
                          "\n\nNATO-\nForces stayed.") == (
            "Rebels took the wellknown town of Marn on Friday.\n\nThe army left.\n\n"
            "NATO- Forces stayed.")


@pytest.mark.parametrize(("markup", "text"), [
    ("plain", "plain"), ("a &amp; b", "a & b"), ("<p>a<b>b</b> c</p>d<br>e", "ab c\n\nd\n\ne"),
    ("<p>a\nb</p><script>x<!-- y --></script>tail<style>p</style>", "a b\n\ntail"), ("<>", "<>"),
    ("<!-- nothing -->", ""), ("a<b", "a"),
])
def test_fragments(markup: str, text: str) -> None:
    assert fragment(markup) == text
