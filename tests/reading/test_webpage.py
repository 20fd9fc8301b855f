"""Web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.made import BODY, LINKED, html
from whoholds.core import InputError, Report
from whoholds.reading import read_paths
from whoholds.reading.webpage import page


def read(tmp_path: Path, text: str | bytes) -> Report:
    path = tmp_path / "page.html"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = next(iter(read_paths([path])))
    assert found.report is not None, found.refusal
    return found.report


def test_the_article_is_kept_and_the_furniture_left(tmp_path: Path) -> None:
    report = read(tmp_path, html())
    assert report.text.startswith("Marn falls to rebels\n\nRebels took the town of Marn")
    assert report.text.count("Marn falls to rebels") == 1
    assert report.text.endswith("said a shopkeeper in the old bazaar.")
    for furniture in ("Home", "rights reserved"):
        assert furniture not in report.text
    assert report.published is None


def test_linked_data_counts_before_meta_elements(tmp_path: Path) -> None:
    report = read(tmp_path, html(
        f'<script type="application/ld+json">{LINKED}</script>'
        '<meta property="article:published_time" content="2020-01-01">'
        '<meta property="og:site_name" content="Someone">'
        '<link rel="canonical" href="https://herald.example/2020/02/02/marn">'))
    assert report.published is not None
    assert report.published.to_json() == ["2021-08-13T13:35:00Z", "2021-08-13T13:35:00Z", "second"]
    assert (report.published_from, report.zone_known) == ("metadata", True)
    assert (report.outlet, report.url) == ("The Herald", "https://herald.example/2020/02/02/marn")


@pytest.mark.parametrize(("head", "expected"), [
    ('<meta property="article:published_time" content="2021-08-13">', ("metadata", "unknown")),
    ('<meta name="DC.date" content="13 August 2021"><meta name="dc.publisher" content="Herald">',
     ("metadata", "Herald")),
    ('<link rel=canonical href="https://www.herald.example/2021/08/13/marn">',
     ("url", "herald.example")),
    ('<meta property="og:url" content="https://h.example/a/20210813/b">'
     '<meta name=date content=soon>',
     ("url", "h.example")),
    ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>'
     '<meta name="pubdate" content="2021-08-13">', ("metadata", "unknown")),
])
def test_dates_and_outlets_of_pages(tmp_path: Path, head: str, expected: tuple[str, str]) -> None:
    report = read(tmp_path, html(head))
    assert report.published is not None
    assert report.published.to_json()[0] == "2021-08-13T00:00:00Z"
    assert (report.published_from, report.outlet) == expected


def test_the_dates_inside_an_article_are_not_its_date(tmp_path: Path) -> None:
    assert read(tmp_path, html(body=BODY + "<p>It had been held since May 3, 2015.</p>")
                ).published is None


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16", "iso-8859-2"])
def test_encodings_of_pages(tmp_path: Path, encoding: str) -> None:
    text = html(body=BODY.replace("“", '"').replace("”", '"') + "<p>Zoltán Szabó said so.</p>")
    data = text.replace("utf-8", encoding).replace("©", "").encode(encoding)
    assert "Zoltán Szabó" in read(tmp_path, data).text


@pytest.mark.parametrize("text", [
    "<html></html>", "<", "<html><head><title>Marn</title></head><body></body></html>",
    "<html><script>var x = 'took the town';</script></html>"])
def test_a_page_without_an_article(text: str) -> None:
    with pytest.raises(InputError, match=r"without an article|not a web page|no letter"):
        page(text.encode(), "p.html")
