"""Web pages: the article's text (trafilatura), and what the page says of itself.

The page's own date is read here and not by trafilatura's date search, which weighs candidates
against today's date: the same page must give the same report on any day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from whoholds.core import InputError
from whoholds.reading.decoding import clean, decode
from whoholds.reading.guards import guarded
from whoholds.reading.results import Document, Draft, Drafts, Facts, Options

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
HEAD = 4096          # bytes in which a page declares its encoding (HTML standard: 1024)
PUBLISHED = ("article:published_time", "og:article:published_time", "og:published_time",
             "datepublished", "date", "dc.date", "dcterms.date", "dc.date.issued",
             "dcterms.created", "pubdate", "publishdate", "publish-date", "parsely-pub-date",
             "sailthru.date", "article.published", "citation_publication_date")
OUTLET = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher",
          "citation_journal_title")
TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "headline")
ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting",
            "report", "analysisnewsarticle", "backgroundnewsarticle", "webpage")
MOST_TAGS = 150_000  # in one page: long live blogs have 60,000; a million take half a minute
DEPTH = 50           # levels of JSON-LD that are searched; real pages have under 10


def read_page(document: Document, options: Options) -> Drafts:
    """A web page: its article, headline first."""
    yield page(document.data, document.where)


def page(data: bytes, where: str, declared: str | None = None, url: str | None = None) -> Draft:
    """The article in a page's bytes; InputError where it has none. ``declared`` and ``url`` are
    the encoding and address that came with it."""
    import trafilatura  # half a second: only when there is a page to read

    found = CHARSET.search(data[:HEAD])
    text, notes = decode(data, where, declared or (found[1].decode("ascii") if found else None))
    tags = text.count("<")
    if tags > MOST_TAGS:
        raise InputError(where, f"a web page of {tags:,} tags: no single report")
    with guarded(where, "web page"):
        tree = trafilatura.load_html(text)
        if tree is None:
            raise InputError(where, "not a web page")
        facts = metadata(tree, url)
        body = trafilatura.extract(text, include_comments=False, include_tables=True,
                                   with_metadata=False, output_format="txt")
    if not body or not body.strip():
        raise InputError(where, "a web page without an article")
    body, more = clean("\n\n".join(line for line in body.split("\n") if line.strip()), where)
    return Draft(where, body, (facts,), facts.title, notes + more)


def metadata(tree: Any, url: str | None = None) -> Facts:
    """What a page says of itself: JSON-LD first, then meta elements, then headings."""
    meta = _meta(tree)
    linked = list(_articles(tree))
    publisher = next((name for a in linked if (name := _name(a.get("publisher")))), None)
    title = (_text(linked, "headline") or _pick(meta, TITLE) or _heading(tree, "//h1")
             or _heading(tree, "//head/title"))
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    address = url or next((str(u) for u in [*canonical, meta.get("og:url", "")]
                           if str(u).startswith(("http://", "https://"))), None)
    time = tree.xpath("//time[@datetime][@pubdate or @itemprop='datePublished']/@datetime"
                      " | //article//time/@datetime")
    return Facts(
        "metadata",
        published=_text(linked, "datePublished") or _pick(meta, PUBLISHED)
        or (str(time[0]).strip() or None if time else None),
        outlet=publisher or _pick(meta, OUTLET), url=address, title=title)


BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr",
                    "table", "blockquote", "section", "article", "header", "footer", "pre", "hr",
                    "figure", "figcaption", "dt", "dd"})
SILENT = frozenset({"script", "style", "noscript", "template", "head", "title"})


def fragment(markup: str) -> str:
    """The words of a piece of HTML (a mail, a feed's entry), a blank line between its blocks."""
    if "<" not in markup and "&" not in markup:
        return markup
    from lxml import html

    parser = html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    pieces: list[str] = []
    try:
        tree = html.document_fromstring(f"<div>{markup}</div>", parser=parser)
    except (ValueError, AssertionError, html.etree.LxmlError):
        return re.sub(r"<[^<>]*>", " ", markup)
    skipped: Any = None
    for event, element in html.etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            if skipped is None and element.tag in SILENT:
                skipped = element
            if element.tag in BLOCKS:
                pieces.append("\n")
            pieces.append(element.text or "" if skipped is None else "")
        else:
            skipped = None if skipped is element else skipped
            if element.tag in BLOCKS:
                pieces.append("\n")
            pieces.append(element.tail or "" if skipped is None else "")
    lines = (" ".join(line.split()) for line in _joined(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _joined(pieces: list[str]) -> str:
    """The pieces as one text; line breaks that HTML ignores become blanks."""
    return "".join(p if p == "\n" else p.replace("\n", " ").replace("\r", " ") for p in pieces)


def _meta(tree: Any) -> dict[str, str]:
    """Contents of the meta elements by their lower-case name; the first of each counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            name, content = element.get(key), element.get("content")
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), " ".join(content.split()))
    return found


def _pick(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _heading(tree: Any, path: str) -> str | None:
    """The one such heading; several are no headline."""
    found = [" ".join(e.text_content().split()) for e in tree.xpath(path)
             if hasattr(e, "text_content")]
    return found[0] if len(found) == 1 and found[0] else None


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """JSON-LD objects of the article kinds (schema.org), in the page's order."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _objects(value, DEPTH):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(str(name).lower() in ARTICLES for name in names):
                yield thing


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(value, dict):
        yield value
        for inner in (value.get("@graph"), value.get("mainEntity")):
            yield from _objects(inner, depth - 1)
    elif depth and isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth - 1)


def _text(things: list[dict[str, Any]], key: str) -> str | None:
    return next((" ".join(v.split()) for t in things
                 if isinstance(v := t.get(key), str) and v.strip()), None)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) else None
