"""The words that every part of whoholds speaks.

Takes: nothing.
Gives: frozen types (Report, Parse, Claim, Place, Actor, Evidence, Belief …), ids, errors, times.
Never: imports anything outside the standard library; touches files, clocks or chance.
"""

from dataclasses import is_dataclass

from whoholds.core.beliefs import CONTESTED, OTHER, Belief, Contribution, Evidence
from whoholds.core.claims import (
    Bound,
    Claim,
    Commitment,
    Form,
    Kind,
    Mention,
    Modality,
    Polarity,
    Quantity,
    Role,
    Source,
    SourceClass,
)
from whoholds.core.copying import made_of_fields
from whoholds.core.entities import (
    Actor,
    Candidate,
    EntityKind,
    Place,
    PlaceType,
    Resolution,
    Resolved,
)
from whoholds.core.errors import DataError, InputError, LedgerError, UsageError, WhoholdsError
from whoholds.core.ids import Json, canonical_json, content_id, id_of_json
from whoholds.core.parses import Event, Name, NameSubtype, NameType, Parse, Sentence, Word
from whoholds.core.reports import DateOrigin, Report, Span
from whoholds.core.times import Granularity, Interval, instant_text, parse_instant, parse_moment

if not hasattr(Word, "__slots__"):      # compiled, as others are that have none
    made_of_fields(tuple(t for t in globals().values() if isinstance(t, type) and is_dataclass(t)
                         and not hasattr(t, "__slots__")))

__all__ = [
    "CONTESTED", "OTHER", "Actor", "Belief", "Bound", "Candidate", "Claim", "Commitment",
    "Contribution", "DataError", "DateOrigin", "EntityKind", "Event", "Evidence", "Form",
    "Granularity", "InputError", "Interval", "Json", "Kind", "LedgerError", "Mention", "Modality",
    "Name", "NameSubtype", "NameType", "Parse", "Place", "PlaceType", "Polarity", "Quantity",
    "Report", "Resolution", "Resolved", "Role", "Sentence", "Source", "SourceClass", "Span",
    "UsageError", "WhoholdsError", "Word", "canonical_json", "content_id", "id_of_json",
    "instant_text", "parse_instant", "parse_moment",
]
