"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _id(name: str = "id", target: str | None = None, key: bool = False,
        nullable: bool = False) -> sa.Column[bytes]:
    links = [sa.ForeignKey(target)] if target else []
    return sa.Column(name, sa.LargeBinary(32), *links, primary_key=key, nullable=nullable)


def _number(name: str, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _text(name: str, nullable: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, primary_key=key)


def _word(name: str, length: int = 16, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, primary_key=key)


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer, sa.ForeignKey("versions.number"), primary_key=True,
                     nullable=False)


def _words() -> None:
    """The full-text index: words as written, no stems, so that both stores find the same."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE reports_words USING fts5(title, text, "
                   "content = 'reports', content_rowid = 'number', "
                   "tokenize = 'unicode61 remove_diacritics 0')")
        op.execute("CREATE TRIGGER reports_words_follow AFTER INSERT ON reports BEGIN "
                   "INSERT INTO reports_words (rowid, title, text) "
                   "VALUES (new.number, new.title, new.text); END")
    else:  # a tsvector holds a megabyte: the first 200,000 characters are searched
        op.execute("CREATE INDEX reports_words ON reports USING gin (to_tsvector('simple', "
                   "coalesce(title, '') || ' ' || left(text, 200000)))")


def upgrade() -> None:
    op.create_table(
        "reports", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.LargeBinary(32), nullable=False, unique=True),
        _text("outlet"), _text("url", True), _text("title", True),
        _word("language"), _text("published", True), _word("published_from"),
        sa.Column("zone_known", sa.Boolean(create_constraint=False), nullable=False),
        _number("reported_latest"), _number("reported_day"), _text("text"),
        sa.Column("fingerprint", sa.LargeBinary), _number("recorded_at", False))
    op.create_index("reports_reported", "reports", ["reported_latest"])
    _words()
    op.create_table(
        "versions", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        _text("reader"), _text("data"), _number("recorded_at", False),
        sa.UniqueConstraint("reader", "data", name="versions_reader_data"))
    op.create_table("settings", _id(key=True), _text("payload"), _number("recorded_at", False))
    op.create_table(
        "readings", _id("report_id", "reports.id", key=True), _version(),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        _id("settings_id", "settings.id", nullable=True), _number("recorded_at", False),
        sa.UniqueConstraint("report_id", "sequence", name="readings_sequence"))
    op.create_table(
        "claims", _id(key=True), _id("report_id", "reports.id"), _word("kind"),
        _word("polarity"), _word("modality"), _number("valid_earliest"), _number("valid_latest"),
        _number("reported_latest"), _number("reported_day"), _text("payload"),
        _number("recorded_at", False))
    op.create_index("claims_report", "claims", ["report_id"])
    op.create_index("claims_kind", "claims", ["kind", "reported_latest"])
    op.create_index("claims_reported", "claims", ["reported_latest"])
    op.create_index("claims_valid", "claims", ["valid_latest"])
    op.create_table(
        "findings", _id("claim_id", "claims.id", key=True), _version(), _text("frame"),
        sa.Column("confidence_p", sa.Float, nullable=False))
    op.create_table(
        "resolutions", _id("claim_id", "claims.id", key=True), _word("role", key=True), _version(),
        _word("entity_kind", 8), _text("entity_id", True), _text("payload"),
        _number("recorded_at", False))
    op.create_index("resolutions_entity", "resolutions", ["entity_id", "role", "claim_id"])
    for entity in ("places", "actors"):
        op.create_table(entity, _text("id", key=True), _version(), _text("payload"),
                        _number("recorded_at", False))
    op.create_table(
        "entries", _id(key=True), _word("kind"), _text("target"), _text("author"),
        _number("reported_latest", False), _number("reported_day", False), _text("payload"),
        _number("recorded_at", False))
    op.create_index("entries_target", "entries", ["target", "kind"])
