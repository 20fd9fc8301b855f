"""The tables of the ledger, as the newest migration leaves them.

Every row is written once. Ids are the 64 hexadecimal digits of :func:`whoholds.core.content_id`,
kept as 32 bytes. Instants are whole seconds since 1970 (see :mod:`whoholds.ledger.times`). Payloads
are canonical JSON, from which the id can be computed again.

reports      one row for each document
versions     a reader (parser, codebook) with its data (gazetteer, packs), numbered as they come
settings     the values of the knobs that a reading used
readings     report x version: this report was read by this version, wholly. The last one counts
claims       what was read, once, whoever read it; on PostgreSQL by month (whoholds.ledger.months)
findings     claim x version: this version found this claim, with its frame and confidence
resolutions  claim x role x version: what the mention means
places       place x version        actors   actor x version
entries      what people and outlets said later: retractions, reviews; never edits
marks        an index: what leads from a report to those like it (whoholds.core.fingerprints)

The words of the reports have an index of their own (the migration makes it: reports_words).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Hash(TypeDecorator[str]):
    """An id of 64 hexadecimal digits, stored as 32 bytes."""

    impl = LargeBinary(32)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else bytes(value).hex()


metadata = MetaData()


def _report_id(**options: Any) -> Column[str]:
    return Column("report_id", Hash, ForeignKey("reports.id"), nullable=False, **options)


def _claim_id() -> Column[str]:
    return Column("claim_id", Hash, ForeignKey("claims.id"), nullable=False, primary_key=True)


def _version() -> Column[int]:
    return Column("version", Integer, ForeignKey("versions.number"), nullable=False,
                  primary_key=True)


def _recorded_at() -> Column[int]:
    return Column("recorded_at", BigInteger, nullable=False)


reports = Table(
    "reports", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # the words' index needs it
    Column("id", Hash, nullable=False, unique=True),
    Column("outlet", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("language", String(16), nullable=False),
    Column("published", Text),                       # JSON: earliest, latest, granularity
    Column("published_from", String(16), nullable=False),
    Column("zone_known", Boolean(create_constraint=False), nullable=False),
    Column("reported_latest", BigInteger),
    Column("reported_day", BigInteger),
    Column("text", Text, nullable=False),
    Column("fingerprint", LargeBinary),              # what finds near-copies; opaque here
    _recorded_at(),
    Index("reports_reported", "reported_latest"))

versions = Table(
    "versions", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("reader", Text, nullable=False),
    Column("data", Text, nullable=False),
    _recorded_at(),
    UniqueConstraint("reader", "data", name="versions_reader_data"))

settings = Table(
    "settings", metadata,
    Column("id", Hash, primary_key=True),
    Column("payload", Text, nullable=False),
    _recorded_at())

readings = Table(
    "readings", metadata,
    _report_id(primary_key=True),
    _version(),
    Column("sequence", Integer, nullable=False),     # 1 for the report's first reading, 2, 3 …
    Column("claims", Integer, nullable=False),       # how many it found: a lost one shows
    Column("settings_id", Hash, ForeignKey("settings.id")),
    _recorded_at(),
    UniqueConstraint("report_id", "sequence", name="readings_sequence"))

claims = Table(
    "claims", metadata,
    Column("id", Hash, primary_key=True),
    _report_id(),
    Column("kind", String(16), nullable=False),
    Column("polarity", String(16), nullable=False),
    Column("modality", String(16), nullable=False),
    Column("valid_earliest", BigInteger),
    Column("valid_latest", BigInteger),
    Column("reported_latest", BigInteger),
    Column("reported_day", BigInteger),
    Column("payload", Text, nullable=False),
    _recorded_at(),
    Index("claims_report", "report_id"),
    Index("claims_reported", "reported_latest"))

findings = Table(
    "findings", metadata,
    _claim_id(),
    _version(),
    Column("frame", Text, nullable=False),
    Column("confidence_p", Float, nullable=False))

resolutions = Table(
    "resolutions", metadata,
    _claim_id(),
    Column("role", String(16), primary_key=True),
    _version(),
    Column("entity_kind", String(8), nullable=False),
    Column("entity_id", Text),
    Column("payload", Text, nullable=False),         # candidates
    _recorded_at(),
    Index("resolutions_entity", "entity_id", "role", "claim_id"))

places = Table(
    "places", metadata,
    Column("id", Text, primary_key=True),
    _version(),
    Column("payload", Text, nullable=False),
    _recorded_at())

actors = Table(
    "actors", metadata,
    Column("id", Text, primary_key=True),
    _version(),
    Column("payload", Text, nullable=False),
    _recorded_at())

FAR = 1 << 40  # seconds: the moment of the undated, after every other

marks = Table(                                       # follows from reports: in no bundle
    "marks", metadata,
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Column("moment", BigInteger, primary_key=True, autoincrement=False),  # reported_latest, or FAR
    Column("report", Integer, primary_key=True, autoincrement=False),     # reports.number
    sqlite_with_rowid=False)

entries = Table(
    "entries", metadata,
    Column("id", Hash, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("target", Text, nullable=False),          # id of a report, claim, entity or entry
    Column("author", Text, nullable=False),
    Column("reported_latest", BigInteger, nullable=False),
    Column("reported_day", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    _recorded_at(),
    Index("entries_target", "target", "kind"))
