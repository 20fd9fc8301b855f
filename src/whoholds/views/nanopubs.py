"""Beliefs as nanopublications in TriG: an assertion, where it comes from, and who publishes it.

After the nanopublication guidelines (nanopub.net): four named graphs each. Terms of our own stand
under ``urn:whoholds:``; the rest is PROV, Dublin Core, schema.org and WGS 84.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from whoholds.core import Belief, content_id, instant_text
from whoholds.views.models import Cited, Names

PREFIXES = """@prefix np: <http://www.nanopub.org/nschema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix wh: <urn:whoholds:> .
"""
GEONAMES = "https://sws.geonames.org/{}/"


def nanopubs_trig(beliefs: Iterable[tuple[Belief, Sequence[Cited]]], names: Names,
                  version: str) -> str:
    """One nanopublication for each belief that has a holder. ``beliefs`` pairs each with the claims
    that it rests on, ``version`` is that of the tool."""
    return PREFIXES + "".join(_nanopub(belief, cited, names, version)
                              for belief, cited in beliefs if belief.holder is not None)


def _nanopub(belief: Belief, cited: Sequence[Cited], names: Names, version: str) -> str:
    key = content_id("nanopub", [belief.place.id, instant_text(belief.valid_at),
                                 instant_text(belief.known_at) if belief.known_at else None,
                                 belief.holder, round(belief.probability_p, 6),
                                 [c.claim.id for c in cited]])
    base = f"urn:whoholds:np:{key[:40]}"
    return "\n" + "\n".join([
        f"<{base}#head> {{",
        f"  <{base}> a np:Nanopublication ; np:hasAssertion <{base}#assertion> ;",
        f"    np:hasProvenance <{base}#provenance> ; "
        f"np:hasPublicationInfo <{base}#pubinfo> .", "}",
        f"<{base}#assertion> {{", *_assertion(belief, names, base), "}",
        f"<{base}#provenance> {{", *_provenance(cited, base), "}",
        f"<{base}#pubinfo> {{", *_pubinfo(belief, base, version), "}", ""])


def _assertion(belief: Belief, names: Names, base: str) -> list[str]:
    place, holder = belief.place, belief.holder
    assert holder is not None
    iri = GEONAMES.format(place.geonameid) if place.geonameid else _own("place", place.id)
    side = _own("side", holder)
    lines = [f"  <{iri}> rdfs:label {_text(place.name)} .",
             f"  <{side}> rdfs:label {_text(names.state(holder))} .",
             f"  <{base}#belief> a wh:Belief ; wh:place <{iri}> ; wh:holder <{side}> ;",
             f"    wh:probability {_decimal(belief.probability_p)} ;",
             f"    wh:contested {'true' if belief.contested else 'false'} ;",
             f"    wh:validAt {_moment(instant_text(belief.valid_at))} ."]
    if place.latitude is not None and place.longitude is not None:
        lines.append(f"  <{iri}> geo:lat {_decimal(place.latitude)} ; "
                     f"geo:long {_decimal(place.longitude)} .")
    for name, when in (("sinceEarliest", belief.since_earliest),
                       ("sinceLatest", belief.since_latest)):
        if when is not None:
            lines.append(f"  <{base}#belief> wh:{name} {_moment(instant_text(when))} .")
    return lines


def _provenance(cited: Sequence[Cited], base: str) -> list[str]:
    lines = [f"  <{base}#assertion> a prov:Entity ."]
    for one in cited:
        claim = _own("claim", one.claim.id)
        report = _own("report", one.report.id)
        lines += [f"  <{base}#assertion> prov:wasDerivedFrom <{claim}> .",
                  f"  <{claim}> prov:value {_text(' '.join(one.sentence.split()))} ; "
                  f"prov:wasQuotedFrom <{report}> .",
                  f"  <{report}> dct:publisher {_text(one.report.outlet)} ."]
        if one.published and one.published.latest:
            lines.append(f"  <{report}> dct:issued "
                         f"{_moment(instant_text(one.published.latest))} .")
        if one.report.url:
            lines.append(f"  <{report}> dct:source {_text(one.report.url)} .")
        lines += [f"  <{claim}> wh:saidBy {_text(s.name)} ."
                  for s in one.claim.sources]
    return lines


def _pubinfo(belief: Belief, base: str, version: str) -> list[str]:
    when = belief.known_at or belief.valid_at
    return [f"  <{base}> dct:created {_moment(instant_text(when))} ; "
            f"dct:creator {_text(f'whoholds {version}')} ."]


def _own(kind: str, name: str) -> str:
    return f"urn:whoholds:{kind}:{quote(name, safe='')}"


def _text(words: str) -> str:
    """A Turtle string: JSON's escapes are Turtle's, but for those beyond 16 bits, which stay as
    they are."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _decimal(value: float) -> str:
    return f'"{value:.6f}"^^xsd:decimal'


def _moment(text: str | None) -> str:
    return f'"{text}"^^xsd:dateTime'
