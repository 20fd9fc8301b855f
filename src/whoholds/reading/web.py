"""What the web gave: pages, feeds and lists of feeds, from bytes that somebody else fetched.

Nothing here touches the network: whoever reads passes a function that fetches an address, with all
the care that this takes, or none; then addresses are refused.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias
from urllib.parse import urljoin, urlsplit

from whoholds.core import InputError
from whoholds.reading.feeds import read_feed
from whoholds.reading.formats import drafts_of
from whoholds.reading.guards import guarded
from whoholds.reading.results import Document, Draft, Drafts, Facts, Options, Refusal, Source
from whoholds.reading.webpage import page

WEB = ("http://", "https://")
LOOKED_AT = 2000    # bytes at the beginning that tell what kind of file it is
MOST_LISTED = 5000  # feeds in one list; people's lists have a few hundred
OPENINGS = ((b"<!doctype html", ".html"), (b"<html", ".html"), (b"%pdf", ".pdf"),
            (b"<rss", ".xml"), (b"<feed", ".xml"), (b"<rdf:rdf", ".xml"), (b"<opml", ".opml"))
ENDINGS = {  # a content type -> how a file of this kind is called
    "text/html": ".html", "application/xhtml+xml": ".html",
    "application/rss+xml": ".xml", "application/atom+xml": ".xml", "application/rdf+xml": ".xml",
    "application/xml": ".xml", "text/xml": ".xml", "text/x-opml": ".opml",
    "application/json": ".json", "application/feed+json": ".json", "text/json": ".json",
    "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl",
    "application/pdf": ".pdf", "text/plain": ".txt", "text/markdown": ".md",
    "message/rfc822": ".eml", "application/mbox": ".mbox", "application/zip": ".zip",
    "application/warc": ".warc", "application/gzip": ".gz", "application/x-gzip": ".gz"}
UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a request: the address that it came from in the end, its bytes (unpacked), and
    the content type and encoding that the server stated."""

    url: str
    data: bytes = field(repr=False)
    content_type: str = ""
    charset: str | None = None


Fetch: TypeAlias = Callable[[str], Fetched]  # raises InputError for what it refuses


class Listed(NamedTuple):
    """A feed in a list of feeds."""

    url: str
    title: str | None


def read_address(url: str, fetch: Fetch, options: Options, follow: bool = False,
                 lists: bool = True) -> Drafts:
    """The reports at an address: a page, a feed's entries, all feeds of a list, a file.

    ``follow``: of each entry of a feed, the page that it links to; its own words where that cannot
    be read. ``lists``: whether a list of feeds (OPML) is read too.
    """
    try:
        fetched = fetch(url)
        if ending_of(fetched) == ".opml" and lists:
            yield from read_listed(listed(fetched.data, url), fetch, options, follow)
        else:
            yield from read_fetched(fetched, options, fetch if follow else None)
    except InputError as error:
        yield Refusal(error.where, error.what)


def read_listed(feeds: tuple[Listed, ...], fetch: Fetch, options: Options,
                follow: bool = False) -> Drafts:
    """The reports of each feed of a list."""
    for feed in feeds:
        yield from read_address(feed.url, fetch, options, follow, lists=False)


def read_fetched(fetched: Fetched, options: Options, linked: Fetch | None = None,
                 skip: Container[str] = ()) -> Drafts:
    """The reports in what was fetched. ``linked`` fetches the pages that a feed's entries link to;
    None: what stands in the feed is all that is read. ``skip``: entries with these addresses are
    passed over. InputError where it is of no kind that holds reports."""
    ending, where = ending_of(fetched), fetched.url
    if ending == ".opml":
        raise InputError(where, "a list of feeds within a list of feeds")
    if len(fetched.data) > options.largest and ending in (".html", ".txt", ".md", ".pdf", ".eml"):
        raise InputError(where, f"larger than {options.largest:,} bytes: no single report")
    if ending == ".html":
        yield web_page(fetched)
    elif ending == ".xml":
        for draft in read_feed(Document(where, "feed.xml", fetched.data), options):
            entry = _absolute(draft, where)
            if isinstance(entry, Draft) and entry.facts[0].url in skip:
                continue
            yield _linked(entry, linked) if linked else entry
    else:
        source = Source(where, f"file{ending}", io.BytesIO(fetched.data), fetched.charset)
        for draft in drafts_of(source, options):
            yield draft if isinstance(draft, Refusal) or draft.where != where else replace(
                draft, facts=(*draft.facts, Facts("metadata", url=where)))


def web_page(fetched: Fetched) -> Draft:
    """The article of a page. Its address is the one that the page says is its own, where that is of
    the same site, so that the many addresses of one article give one report."""
    draft = page(fetched.data, fetched.url, fetched.charset)
    facts = draft.facts[0]
    own = facts.url if facts.url and _site(facts.url) == _site(fetched.url) else fetched.url
    return replace(draft, facts=(replace(facts, url=own),))


def ending_of(fetched: Fetched) -> str:
    """How a file of this kind is called (``.html``): by how it begins, else by its content type.
    InputError where that is nothing that could be read."""
    start = fetched.data[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<?xml", b"<!--")):
        inner = sorted((at, ending) for sign, ending in OPENINGS if (at := start.find(sign)) >= 0)
        if inner:
            return inner[0][1]
    for sign, ending in OPENINGS:
        if start.startswith(sign):
            return ending
    kind = fetched.content_type.split(";")[0].strip().lower()
    if kind in UNSAID:
        return ".xml" if start.startswith(b"<?xml") else ".txt"
    if kind not in ENDINGS:
        raise InputError(fetched.url, f"of the kind {kind[:60]!r}: no report")
    return ENDINGS[kind]


def listed(data: bytes, where: str) -> tuple[Listed, ...]:
    """The feeds in an OPML list, in its order, each once. InputError where there is none."""
    from lxml import etree

    with guarded(where, "list of feeds"):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True,
                                 huge_tree=False)
        root = etree.fromstring(data, parser)
        found: dict[str, Listed] = {}
        for outline in (root.iter("{*}outline", "outline") if root is not None else ()):
            values = {str(k).lower(): str(v).strip() for k, v in outline.attrib.items()}
            url = values.get("xmlurl") or ""
            if url.lower().startswith(WEB):
                found.setdefault(url, Listed(url, values.get("title") or values.get("text")))
    if not found:
        raise InputError(where, "a list of feeds without a feed in it")
    if len(found) > MOST_LISTED:
        raise InputError(where, f"a list of more than {MOST_LISTED:,} feeds")
    return tuple(found.values())


def _absolute(draft: Draft | Refusal, base: str) -> Draft | Refusal:
    """The draft of a feed's entry with its address made whole."""
    if isinstance(draft, Refusal):
        return draft
    facts = draft.facts[0]
    try:
        url = urljoin(base, facts.url) if facts.url else None
    except ValueError:
        url = None
    return replace(draft, facts=(replace(facts, url=url), *draft.facts[1:]))


def _linked(draft: Draft | Refusal, fetch: Fetch) -> Draft | Refusal:
    """The page that a feed's entry links to, dated by itself or else by the feed; the entry where
    the page cannot be read or says less."""
    if isinstance(draft, Refusal):
        return draft
    facts = draft.facts[0]
    if not facts.url or not facts.url.lower().startswith(WEB):
        return draft
    try:
        fetched = fetch(facts.url)
        if ending_of(fetched) != ".html":
            raise InputError(facts.url, "no web page")
        whole = web_page(fetched)
    except InputError as error:
        return replace(draft, notes=(*draft.notes, "only what the feed says; its page could not be "
                                     f"read: {error.what}"))
    if len(whole.text) < len(draft.text):
        return draft
    return replace(whole, facts=(*whole.facts, facts), headline=whole.headline or draft.headline)


def _site(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.") if host else None
