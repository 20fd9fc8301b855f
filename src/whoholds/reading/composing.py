"""A draft and what is known of it, made into a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from urllib.parse import urlsplit

from whoholds.core import DateOrigin, Interval, Report
from whoholds.reading.corrections import notice
from whoholds.reading.dates import Dated, dateline, read_date, url_date
from whoholds.reading.decoding import CONTROLS
from whoholds.reading.languages import ENGLISH, language_of
from whoholds.reading.results import Draft, Facts, ReadResult, Refusal

UNKNOWN_OUTLET = "unknown"
LONGEST = 1_000_000  # characters of one report: parsing takes a minute; articles have up to 100,000
SAYS = {"correction": "says that an earlier version of it was wrong",
        "withdrawal": "says that it is withdrawn"}


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever reads says of all the documents: stronger than what they say of themselves."""

    published: Interval | None = None
    zone_known: bool = False
    outlet: str | None = None
    zone: tzinfo | None = None


def compose(draft: Draft, given: Given, row: Facts | None = None) -> ReadResult:
    """The report of ``draft``.

    What is given counts most, then the manifest's ``row``, then what the draft says of itself; a
    date also from its address, then from its dateline. ``title`` is the row's, kept apart from the
    text; a headline that the format keeps apart becomes the text's first paragraph.
    """
    layers = [_clean(facts) for facts in (([row] if row else []) + list(draft.facts))]
    notes = list(draft.notes)
    text = draft.text
    headline = " ".join(CONTROLS.sub(" ", draft.headline or "").split())
    if headline and not _begins(text, headline):
        text = f"{headline}\n\n{text.lstrip()}"
    if not any(c.isalnum() for c in text):
        return ReadResult(draft.where, refusal=Refusal(draft.where, "empty: no text in it"))
    if len(text) > LONGEST:
        return ReadResult(draft.where, refusal=Refusal(
            draft.where, f"a text of {len(text):,} characters: no single report (one has up to "
            f"{LONGEST:,}); split it"))
    url = _first(layer.url for layer in layers)
    dated, origin = _published(draft, layers, given, url, notes)
    if dated is None:
        notes.append("no date of publication: its claims have no absolute time")
    outlet = given.outlet or _first(layer.outlet for layer in layers) or _host(url)
    if outlet is None:
        notes.append("no outlet is named")
    language = _language(_first(layer.language for layer in layers), text)
    if language != ENGLISH:
        notes.append(f"not in English (language: {language}): stored, not read")
    found = notice(text)
    if found:
        notes.append(SAYS[found.kind])
    title = layers[0].title if row else None
    return ReadResult(draft.where, Report(
        text=text, outlet=outlet or UNKNOWN_OUTLET, published=dated.interval if dated else None,
        published_from=origin, zone_known=dated.zone_known if dated else False, url=url,
        title=None if title and _begins(text, title) else title, language=language),
        notes=tuple(notes))


def _clean(facts: Facts) -> Facts:
    """The facts as single lines that any file or database can hold."""
    def line(text: str | None) -> str | None:
        return " ".join(CONTROLS.sub(" ", text).split()) or None if text is not None else None

    return Facts(facts.origin, line(facts.published), line(facts.outlet), line(facts.url),
                 line(facts.title), line(facts.language))


def _published(draft: Draft, layers: list[Facts], given: Given, url: str | None,
               notes: list[str]) -> tuple[Dated | None, DateOrigin]:
    if given.published is not None:
        return Dated(given.published, given.zone_known), "given"
    for layer in layers:
        if layer.published is None:
            continue
        found = read_date(layer.published, given.zone)
        if found:
            return found, layer.origin
        notes.append(f"the date in its {layer.origin} is none: {_short(layer.published)}")
    day = url_date(url) if url else None
    if day is not None:
        return read_date(day.isoformat(), given.zone), "url"
    found = dateline(draft.text, given.zone)
    return found, "dateline" if found else "none"


def _language(stated: str | None, text: str) -> str:
    """The stated language, else the one that the text shows."""
    code = (stated or "").strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() else language_of(text)


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return str(host).removeprefix("www.") if host else None


def _begins(text: str, headline: str) -> bool:
    """Whether the text opens with the headline, blanks and case aside."""
    head = "".join(headline.split()).casefold()
    return "".join(text[:4 * len(headline) + 100].split()).casefold().startswith(head)


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
