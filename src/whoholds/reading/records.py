"""Records: JSON Lines, JSON, and what Telegram and X give their users to take away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from whoholds.core import InputError
from whoholds.reading.decoding import clean, decode
from whoholds.reading.results import Document, Draft, Drafts, Facts, Options, Refusal, Source
from whoholds.reading.webpage import fragment

NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "article", "full_text"),
    "published": ("published", "published_at", "publication_date", "date_publish", "pubdate",
                  "date", "datetime", "created_at", "timestamp"),
    "outlet": ("outlet", "source", "publisher", "site", "source_domain", "channel", "author"),
    "url": ("url", "link", "permalink"),
    "title": ("title", "headline"),
    "language": ("language", "lang"),
}
SECONDS = range(100_000_000, 10_000_000_000)              # 1973 to 2286 as seconds since 1970
MILLISECONDS = range(100_000_000_000, 10_000_000_000_000)
MOST_BLANK = 1_000_000  # lines: a second's work; packed, a thousand times as many take a megabyte
TWEETS = "window.YTD."
JSON_FEED = "jsonfeed.org/"


def read_lines(source: Source, options: Options, first: int = 0) -> Drafts:
    """One report for each line of JSON; a line that is broken is refused by its number. ``first``:
    how many lines come before those of the stream."""
    number, blank = first, 0
    while line := source.stream.readline(options.largest + 1):
        number += 1
        where = f"{source.where}:{number}"
        if len(line) > options.largest:
            yield Refusal(where, f"a line larger than {options.largest:,} bytes")
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(options.largest)
        elif line.strip():
            yield from _one(_parsed, line, where, options)
        else:
            blank += 1
            if blank > MOST_BLANK:
                raise InputError(where, f"more than {MOST_BLANK:,} blank lines: the rest is left")
    if not number:
        raise InputError(source.where, "empty")


def read_json(document: Document, options: Options) -> Drafts:
    """A JSON file: one record, a list of them, a Telegram export or an X archive's posts."""
    text, _ = decode(document.data, document.where)
    if text.lstrip().startswith(TWEETS):
        text = text[text.index("=") + 1:] if "=" in text else ""
    value = _json(text, document.where)
    if isinstance(value, dict) and isinstance(value.get("messages"), list):
        yield from _telegram(value, document.where)
        return
    if isinstance(value, dict) and JSON_FEED in str(value.get("version")):
        yield from _json_feed(value, document.where)
        return
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, 1):
        where = f"{document.where}!{number}" if isinstance(value, list) else document.where
        if isinstance(item, dict) and isinstance(item.get("tweet"), dict):
            item = item["tweet"]  # noqa: PLW2901 - the record is one level down
        yield from _one(record, item, where, options)


def _one(read: Any, item: Any, where: str, options: Options) -> Drafts:
    try:
        yield read(item, where, options)
    except InputError as error:
        yield Refusal(error.where, error.what)


def _parsed(line: bytes, where: str, options: Options) -> Draft:
    return record(_json(decode(line, where)[0], where), where, options)


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"not JSON: {error}") from None


def record(value: Any, where: str, options: Options) -> Draft:
    """The report that a JSON object holds; InputError where it holds none."""
    if not isinstance(value, dict):
        raise InputError(where, "not a JSON object")
    found = {name: _field(value, name, options.fields) for name in NAMES}
    text = found.pop("text")
    if text is None:
        wanted = options.fields.get("text")
        raise InputError(where, f"no text in {wanted!r}" if wanted else
                         f"no text (none of {', '.join(NAMES['text'])}; name its field)")
    text, notes = clean(text, where)
    return Draft(where, text, (Facts("metadata", **found),), found["title"], notes)


def _field(value: Mapping[str, Any], name: str, fields: Mapping[str, str]) -> str | None:
    """The record's value for ``name``: by the field map, else by the usual names."""
    if name in fields:
        found: Any = value
        for part in fields[name].split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return _text(found, name)
    lowered = {str(key).lower(): v for key, v in value.items()}
    return next((text for key in NAMES[name] if (text := _text(lowered.get(key), name))), None)


def _text(value: Any, name: str) -> str | None:
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        value = value["name"]  # {"source": {"name": …}}
    if name == "published" and isinstance(value, int | float) and not isinstance(value, bool):
        return _moment(value)
    return value.strip("\ufeff") if isinstance(value, str) and value.strip() else None


def _moment(number: float) -> str | None:
    """Seconds or milliseconds since 1970, told apart by their size, as an instant's text."""
    whole = int(number) if abs(number) < 1e14 else 0
    if whole in MILLISECONDS:
        whole //= 1000
    if whole not in SECONDS:
        return None
    return datetime.fromtimestamp(whole, UTC).isoformat()


def _telegram(value: dict[str, Any], where: str) -> Drafts:
    """The messages of a channel or chat, as Telegram Desktop exports them."""
    channel = value.get("name") if isinstance(value.get("name"), str) else None
    for number, message in enumerate(value["messages"], 1):
        if not isinstance(message, dict) or message.get("type") != "message":
            continue  # "joined the group", calls, pinned messages
        text = "".join(_runs(message.get("text")))
        if not text.strip():
            continue  # a picture without a caption
        at = f"{where}!{message.get('id', number)}"
        seconds = message.get("date_unixtime")
        instant = _moment(int(seconds)) if isinstance(seconds, str) and seconds.isdigit() else None
        sender = message.get("from")
        try:
            text, notes = clean(text, at)
        except InputError as error:
            yield Refusal(error.where, error.what)
            continue
        yield Draft(at, text, (Facts(
            "metadata", published=instant or _text(message.get("date"), "published"),
            outlet=channel or (sender if isinstance(sender, str) else None)),), None, notes)


def _json_feed(value: dict[str, Any], where: str) -> Drafts:
    """The entries of a JSON Feed (jsonfeed.org, version 1.1)."""
    outlet = _text(value.get("title"), "outlet")
    items = value.get("items")
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        if not isinstance(item, dict):
            continue
        at = f"{where}!{number}"
        told = {key: _text(item.get(key), key) for key in (
            "content_text", "content_html", "summary", "title", "url", "date_published",
            "language")}
        body = told["content_text"] or fragment(told["content_html"] or told["summary"] or "")
        try:
            text, notes = clean(body or told["title"] or "", at)
        except InputError as error:
            yield Refusal(error.where, error.what)
            continue
        yield Draft(at, text, (Facts(
            "feed", published=told["date_published"], outlet=outlet, url=told["url"],
            language=told["language"]),), told["title"], notes)


def _runs(text: Any) -> Iterator[str]:
    """A message's text: plain, or runs of plain and marked-up text."""
    for run in text if isinstance(text, list) else [text]:
        found = run.get("text") if isinstance(run, dict) else run
        if isinstance(found, str):
            yield found
