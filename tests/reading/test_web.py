"""What the web gave: kinds of answers, feeds followed to their pages, lists of feeds."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reading.made import ATOM, LINKED, NEWS, RSS, html, pdf
from whoholds.core import InputError
from whoholds.reading import Fetched, Options, ReadResult, listed, read_fetched, read_paths
from whoholds.reading.web import ending_of

LIST = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="War"><outline type="rss" text="Herald" xmlUrl="https://h.example/feed"/>
<outline type="rss" text="Again" xmlUrl="https://h.example/feed"/>
<outline type="rss" text="File" xmlUrl="file:///etc/passwd"/>
<outline type="rss" text="Dead" xmlUrl="https://dead.example/feed"/></outline></body></opml>"""
PAGE = html(f'<script type="application/ld+json">{LINKED}</script>').encode()


def web(pages: dict[str, tuple[str, bytes]]) -> Callable[[str], Fetched]:
    def fetch(url: str) -> Fetched:
        if url not in pages:
            raise InputError(url, "no such page (404)")
        kind, data = pages[url]
        return Fetched(url, data, kind)
    return fetch


def read(pages: dict[str, tuple[str, bytes]], *paths: str | Path,
         follow: bool = False) -> list[ReadResult]:
    return list(read_paths(paths, fetch=web(pages), follow=follow))


def test_a_page() -> None:
    (found,) = read({"https://h.example/1?utm_source=x": ("text/html", PAGE)},
                    "https://h.example/1?utm_source=x")
    assert found.report is not None
    assert found.report.url == "https://h.example/1?utm_source=x"
    assert (found.report.outlet, found.report.published_from) == ("The Herald", "metadata")


def test_a_page_has_the_address_that_it_gives_itself_on_its_own_site_only() -> None:
    for canonical, expected in (("https://www.h.example/1", "https://www.h.example/1"),
                                ("https://other.example/1", "https://h.example/1?a=b")):
        data = html(f'<link rel="canonical" href="{canonical}">').encode()
        (found,) = read({"https://h.example/1?a=b": ("text/html", data)}, "https://h.example/1?a=b")
        assert found.report is not None
        assert found.report.url == expected


def test_without_a_way_to_fetch_addresses_are_refused() -> None:
    (found,) = read_paths(["https://h.example/1"])
    assert "address on the web" in str(found.refusal)


FEED = {"https://h.example/feed": ("application/rss+xml", RSS.encode()),
        "https://h.example/1": ("text/html", PAGE)}


def test_a_feed_as_it_stands() -> None:
    found = read(FEED, "https://h.example/feed")
    assert [r.report and r.report.url for r in found] == ["https://h.example/1", None, None]
    assert found[0].report is not None
    assert found[0].report.published_from == "feed"


def test_a_feed_followed_to_its_pages() -> None:
    found = read(FEED, "https://h.example/feed", follow=True)
    assert found[0].report is not None
    assert "old bazaar" in found[0].report.text
    assert found[0].report.published_from == "metadata"
    gone = read({"https://h.example/feed": FEED["https://h.example/feed"]},
                "https://h.example/feed", follow=True)
    assert gone[0].report is not None
    assert "mayor" in gone[0].report.text
    assert "only what the feed says" in gone[0].notes[-1]


def test_entries_that_were_seen_are_passed_over() -> None:
    fetched = Fetched("https://h.example/feed", RSS.encode(), "application/rss+xml")
    asked: list[str] = []

    def linked(url: str) -> Fetched:
        asked.append(url)
        return Fetched(url, PAGE, "text/html")

    assert len(list(read_fetched(fetched, Options(), linked, {"https://h.example/1"}))) == 2
    assert asked == []


def test_links_of_a_feed_are_made_whole() -> None:
    feed = ATOM.replace("https://h.example/1", "/2021/marn").encode()
    (found,) = read({"https://h.example/a/feed": ("application/atom+xml", feed)},
                    "https://h.example/a/feed")
    assert found.report is not None
    assert found.report.url == "https://h.example/2021/marn"


def test_a_list_of_feeds(tmp_path: Path) -> None:
    pages = {**FEED, "https://h.example/list": ("text/xml", LIST.encode())}
    path = tmp_path / "feeds.opml"
    path.write_text(LIST)
    for given in ("https://h.example/list", path):
        found = read(pages, given)
        assert [r.where for r in found] == [
            "https://h.example/feed!1", "https://h.example/feed!2", "https://h.example/feed!3",
            "https://dead.example/feed"]
        assert "404" in str(found[-1].refusal)
    inside = read(pages, tmp_path)
    assert len(inside) == 1
    assert "list of feeds" in str(inside[0].refusal)
    nested = {"https://a.example": ("text/x-opml", LIST.replace(
        "https://h.example/feed", "https://b.example").encode()),
        "https://b.example": ("text/x-opml", LIST.encode())}
    assert "list of feeds within" in str(read(nested, "https://a.example")[0].refusal)


@pytest.mark.parametrize("data", [
    b"", b"<opml", b"<opml></opml>", b"\x00\x01",
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><opml><body>&b;</body></opml>'
])
def test_a_broken_list_of_feeds(data: bytes) -> None:
    with pytest.raises(InputError, match="list of feeds"):
        listed(data, "x.opml")


@pytest.mark.parametrize(("data", "kind", "ending"), [
    (PAGE, "application/octet-stream", ".html"), (RSS.encode(), "text/html", ".xml"),
    (b"\xef\xbb\xbf\n" + PAGE, "", ".html"), (LIST.encode(), "text/xml", ".opml"),
    (b"<?xml version='1.0'?><!DOCTYPE html><html>", "text/xml", ".html"),
    (b"{}", "application/json; charset=utf-8", ".json"), (b"took", "text/plain", ".txt"),
    (b"took", "", ".txt"), (pdf(["x"]), "binary/octet-stream", ".pdf"),
    (b"<?xml version='1.0'?><x/>", "", ".xml")])
def test_kinds(data: bytes, kind: str, ending: str) -> None:
    assert ending_of(Fetched("https://h.example", data, kind)) == ending


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "text/css", "application/javascript"])
def test_kinds_that_hold_no_reports(kind: str) -> None:
    (found,) = read({"https://h.example/x": (kind, b"x")}, "https://h.example/x")
    assert str(found.refusal) == f"https://h.example/x: of the kind '{kind}': no report"


def test_files_of_other_formats() -> None:
    pages = {
        "https://h.example/2021/08/13/a.txt": ("text/plain; charset=utf-8", NEWS.encode()),
        "https://h.example/a.pdf": ("application/pdf", pdf([NEWS])),
        "https://h.example/a.gz": ("application/gzip", gzip.compress(NEWS.encode())),
        "https://h.example/feed.json": ("application/feed+json", json.dumps({
            "version": "https://jsonfeed.org/version/1.1", "title": "Herald", "items": [
                {"id": 1, "content_html": f"<p>{NEWS}</p>", "url": "https://h.example/1",
                 "title": "Marn falls", "date_published": "2021-08-13T18:00:00Z"},
                {"id": 2}, 3]}).encode())}
    text, file, packed, entry, empty = read(pages, *pages)
    assert text.report is not None
    assert (text.report.url, text.report.published_from, text.report.outlet) == (
        "https://h.example/2021/08/13/a.txt", "url", "h.example")
    assert file.report is not None
    assert file.report.url == "https://h.example/a.pdf"
    assert packed.report is not None
    assert entry.report is not None
    assert entry.report.text == f"Marn falls\n\n{NEWS}"
    assert (entry.report.outlet, entry.report.published_from) == ("Herald", "feed")
    assert "empty" in str(empty.refusal)


def test_what_is_too_large_for_a_report() -> None:
    fetched = Fetched("https://h.example/a", b"<html>" + b"x" * 200, "text/html")
    with pytest.raises(InputError, match="larger than 100 bytes"):
        list(read_fetched(fetched, Options(largest=100)))
