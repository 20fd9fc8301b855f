"""Claims: what somebody says was, is, or will be so, with the words that say it.

A claim speaks of *mentions* (words in the text). Which place or actor a mention means is a
:class:`whoholds.core.entities.Resolution`, an entry of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from whoholds.core.ids import Json, canonical_json, id_of_json
from whoholds.core.reports import Span
from whoholds.core.times import Interval

Kind = Literal[
    "gain", "loss", "hold", "contest", "attack", "clash", "strike", "encircle", "enter", "approach",
    "deploy", "withdraw", "surrender", "defect", "seize", "detain", "casualty", "evacuate",
    "displace", "close", "open", "negotiate", "agree", "demand", "threaten"]
Polarity = Literal["affirmed", "denied"]
Modality = Literal["actual", "possible", "planned", "ordered", "demanded", "promised", "forecast"]
Role = Literal["actor", "counterpart", "place"]
Form = Literal["name", "description", "pronoun", "implied"]
SourceClass = Literal["outlet", "agency", "official", "spokesperson", "anonymous", "resident",
                      "social media", "document", "media", "person", "unnamed",
                      "baseline"]
Commitment = Literal["said", "confirmed", "claimed", "denied", "assessed", "reported", "hearsay"]
Bound = Literal["exactly", "at least", "more than", "at most", "less than", "about", "between",
                "dozens", "hundreds", "thousands", "several", "many", "most", "all"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, description or pronoun in the text.

    ``span`` covers the words; ``text`` is what they say; ``head`` is the lemma of the head noun
    (the name itself for names). ``type_word`` is the kind of thing the text asks for (*city*,
    *district*, *border crossing*, *airbase*), ``container`` the larger place or owner that the text
    puts it in (*Afghanistan* in *Afghanistan's border crossings*), ``plural`` and ``quantifier``
    (*all*, *most*, *several*, or None) tell sets. ``antecedent`` is the span of the earlier name
    that coreference links a description or pronoun to. An ``implied`` mention has no words of its
    own (the capital that "the situation" is in): its span is that of the words that imply it.
    """

    span: Span
    text: str
    form: Form
    head: str
    type_word: str | None = None
    container: str | None = None
    plural: bool = False
    quantifier: str | None = None
    antecedent: Span | None = None

    def to_json(self) -> Json:
        return {"span": [self.span.start, self.span.end], "text": self.text, "form": self.form,
                "head": self.head, "type_word": self.type_word, "container": self.container,
                "plural": self.plural, "quantifier": self.quantifier,
                "antecedent": [self.antecedent.start, self.antecedent.end]
                if self.antecedent else None}

    @classmethod
    def from_json(cls, v: dict) -> Mention:  # type: ignore[type-arg]
        return cls(Span(*v["span"]), v["text"], v["form"], v["head"], v["type_word"],
                   v["container"], v["plural"], v["quantifier"],
                   Span(*v["antecedent"]) if v["antecedent"] else None)


@dataclass(frozen=True, slots=True)
class Source:
    """One link of a source chain.

    ``name`` reads as a person would write it (*Interior Ministry*, *officials*); ``cue`` is the
    lemma of the verb or word that reports (*announce*, *according*); ``medium`` is how it was said
    (*Twitter*, *statement*, *TV*). The outlet's link has no mention.
    """

    name: str
    source_class: SourceClass
    commitment: Commitment = "said"
    cue: str | None = None
    medium: str | None = None
    anonymous: bool = False
    mention: Mention | None = None

    def to_json(self) -> Json:
        return {"name": self.name, "class": self.source_class, "commitment": self.commitment,
                "cue": self.cue, "medium": self.medium, "anonymous": self.anonymous,
                "mention": self.mention.to_json() if self.mention else None}

    @classmethod
    def from_json(cls, v: dict) -> Source:  # type: ignore[type-arg]
        return cls(v["name"], v["class"], v["commitment"], v["cue"], v["medium"], v["anonymous"],
                   Mention.from_json(v["mention"]) if v["mention"] else None)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bound: *at least two helicopters*, *18 of 34*, *hundreds of soldiers*.

    ``value`` is None where the text only says *hundreds* or *several* (then ``bound`` says so);
    ``high`` is the upper end of *between* and ranges; ``of`` the whole that it is a part of. A
    share (*over half*) has its value between 0 and 1 and the unit *share of …*.
    """

    value: float | None
    bound: Bound
    unit: str
    high: float | None = None
    of: float | None = None
    parts: tuple[float, ...] = ()
    span: Span | None = None

    def to_json(self) -> Json:
        return {"value": self.value, "bound": self.bound, "unit": self.unit, "high": self.high,
                "of": self.of, "parts": list(self.parts),
                "span": [self.span.start, self.span.end] if self.span else None}

    @classmethod
    def from_json(cls, v: dict) -> Quantity:  # type: ignore[type-arg]
        return cls(v["value"], v["bound"], v["unit"], v["high"], v["of"], tuple(v["parts"]),
                   Span(*v["span"]) if v["span"] else None)


@dataclass(frozen=True, slots=True)
class Claim:
    """One attributed claim. Never edited: superseded or retracted.

    ``span`` covers predicate, negator and named place; ``sentence`` the whole sentence. ``valid``
    is an interval that certainly contains the event, None where the report has no date and the text
    gives none. ``sources`` runs from the outlet to the origin and is never empty. ``part`` is the
    part of the place spoken of (*the outskirts*), as written. ``confidence_p`` is the reader's own
    probability that a careful coder would sign the claim; it does not belong to the identity.
    ``frame`` names the codebook frame that matched.
    """

    report_id: str
    kind: Kind
    span: Span
    sentence: Span
    sources: tuple[Source, ...]
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    actor: Mention | None = None
    counterpart: Mention | None = None
    place: Mention | None = None
    part: str | None = None
    valid: Interval | None = None
    hedges: tuple[str, ...] = ()
    quantity: Quantity | None = None
    frame: str = ""
    reader: str = ""
    confidence_p: float = 1.0
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("a claim has at least the outlet as its source")

    @property
    def id(self) -> str:
        """Identity: what was read and where; never scores, frames or the reader's version."""
        if self._id is None:        # asked for many times over; the claim never changes
            object.__setattr__(self, "_id", id_of_json("claim", canonical_json(self.identity())))
        assert self._id is not None
        return self._id

    def identity(self) -> dict[str, Json]:
        """All that the id is made of."""
        def mention(m: Mention | None) -> Json:
            return m.to_json() if m else None
        return {
            "report_id": self.report_id, "kind": self.kind,
            "span": [self.span.start, self.span.end],
            "sentence": [self.sentence.start, self.sentence.end],
            "sources": [s.to_json() for s in self.sources],
            "polarity": self.polarity, "modality": self.modality, "actor": mention(self.actor),
            "counterpart": mention(self.counterpart), "place": mention(self.place),
            "part": self.part, "valid": self.valid.to_json() if self.valid else None,
            "hedges": list(self.hedges),
            "quantity": self.quantity.to_json() if self.quantity else None}

    def mention(self, role: Role) -> Mention | None:
        """The mention that fills ``role``."""
        return {"actor": self.actor, "counterpart": self.counterpart, "place": self.place}[role]

    def to_json(self) -> dict[str, Json]:
        return {**self.identity(), "frame": self.frame, "reader": self.reader,
                "confidence_p": self.confidence_p}

    @classmethod
    def from_json(cls, v: dict, known_id: str | None = None) -> Claim:  # type: ignore[type-arg]
        """The claim of :meth:`to_json`; ``known_id``: its id, where whoever asks has it already."""
        def mention(m: dict | None) -> Mention | None:  # type: ignore[type-arg]
            return Mention.from_json(m) if m else None
        claim = cls(
            report_id=v["report_id"], kind=v["kind"], span=Span(*v["span"]),
            sentence=Span(*v["sentence"]),
            sources=tuple(Source.from_json(s) for s in v["sources"]), polarity=v["polarity"],
            modality=v["modality"], actor=mention(v["actor"]),
            counterpart=mention(v["counterpart"]), place=mention(v["place"]), part=v["part"],
            valid=Interval.from_json(v["valid"]) if v["valid"] else None,
            hedges=tuple(v["hedges"]),
            quantity=Quantity.from_json(v["quantity"]) if v["quantity"] else None,
            frame=v["frame"], reader=v["reader"], confidence_p=v["confidence_p"])
        object.__setattr__(claim, "_id", known_id)
        return claim
