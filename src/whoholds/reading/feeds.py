"""Feeds: RSS and Atom files, one report for each entry."""

from __future__ import annotations

import io
from typing import Any

from whoholds.core import InputError
from whoholds.reading.decoding import clean
from whoholds.reading.guards import guarded
from whoholds.reading.results import Document, Draft, Drafts, Facts, Options, Refusal
from whoholds.reading.webpage import fragment


def read_feed(document: Document, options: Options) -> Drafts:
    """The entries of a feed, in its order: headline, then content or else summary."""
    import feedparser

    if b"<opml" in document.data[:2000].lower():
        raise InputError(document.where, "a list of feeds on the web, not a feed; name it "
                         ".opml and give it by itself")
    with guarded(document.where, "feed"):
        feed = feedparser.parse(io.BytesIO(document.data), sanitize_html=False,
                                resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise InputError(document.where, "XML, but neither RSS nor Atom")
    if not feed.entries:
        raise InputError(document.where, "a feed without entries")
    outlet = _line(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        try:
            with guarded(f"{document.where}!{number}", "entry"):
                draft = _entry(entry, f"{document.where}!{number}", outlet)
            yield draft
        except InputError as error:
            yield Refusal(error.where, error.what)


def _entry(entry: Any, where: str, outlet: str | None) -> Draft:
    contents = [c.get("value", "") for c in entry.get("content", ())]
    body = fragment(max([*contents, entry.get("summary", "")], key=len))
    headline = _line(entry.get("title"))
    text, notes = clean("\n\n".join(filter(None, (body or headline,))), where)
    source = _line((entry.get("source") or {}).get("title"))
    return Draft(where, text, (Facts(
        "feed", published=entry.get("published") or entry.get("updated"),
        outlet=source or outlet, url=entry.get("link") or None,
        language=entry.get("language")),), headline, notes)


def _line(markup: object) -> str | None:
    return " ".join(fragment(markup).split()) or None if isinstance(markup, str) else None
