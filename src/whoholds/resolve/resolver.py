"""Resolves the mentions of a report's claims to places and actors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from whoholds.core import (
    Actor,
    Candidate,
    Claim,
    EntityKind,
    Mention,
    Parse,
    Place,
    PlaceType,
    Report,
    Resolution,
    Resolved,
    Source,
    Span,
    canonical_json,
    content_id,
)
from whoholds.resolve.actors import (
    NAME_P,
    UNNAMED,
    Found,
    agrees,
    find_actors,
    find_speaker,
    outlet,
)
from whoholds.resolve.asked import read_mention
from whoholds.resolve.atlas import Atlas, tokens
from whoholds.resolve.cast import Cast, settled
from whoholds.resolve.decisions import Decisions
from whoholds.resolve.gazetteer import Gazetteer
from whoholds.resolve.locate import ACCEPT_P, SHOWN, Locator
from whoholds.resolve.names import normalise, phrase, singular
from whoholds.resolve.packs import Pack
from whoholds.resolve.places import Ask, Scored, rank
from whoholds.resolve.scene import Scene, set_scene
from whoholds.resolve.scope import Scope
from whoholds.resolve.words import ENEMIES, FACILITIES, FIRST_PERSON, FORCES, SPEECH

RULES = "2"              # counts up when these rules change what they give
PRONOUN_P = 0.5          # probability that a pronoun without antecedent is the actor named last
COREFERENCE = 0.95       # times the antecedent's own probability
UNKNOWN_OUTLET_P = 0.8   # probability: an outlet that no pack lists is what its name says


class Resolver:
    """Gazetteer and packs, ready to resolve reports. Stateless between reports."""

    def __init__(self, gazetteer: Gazetteer, packs: Sequence[Pack],
                 decisions: Decisions = Decisions()) -> None:  # noqa: B008  (frozen)
        self.atlas, self.decisions = Atlas(gazetteer, packs), decisions
        digest = content_id("packs", [p.version for p in packs])[:8]
        decided = f"; decisions {decisions.version}" if decisions else ""
        self.version = f"resolve {RULES}; {gazetteer.version}; packs {digest}{decided}"
        self._everywhere = Scene({}, frozenset(p.key for p in packs), [], "")

    def resolve(self, report: Report, parse: Parse, claims: Sequence[Claim]) -> Resolved:
        """Resolutions for all mentions of ``claims``, and the places and actors they name."""
        if not claims:
            return self.decisions.apply(Resolved((), (), ()))
        return self.decisions.apply(_Reading(self, report, parse, claims).resolved())

    def scope(self, about: Collection[str], is_word: Callable[[str], bool]) -> Scope:
        """The theatre that ``about`` names (packs, countries), as names to look for; DataError
        where it names none. ``is_word``: whether the language has a word, in lower case."""
        return Scope(self.atlas, about, self.find_places, is_word)

    def locate(self, report: Report, spans: Sequence[Span]) -> tuple[tuple[Scored, ...], ...]:
        """What the place names at ``spans`` may mean, each the likeliest first: place, probability,
        reasons. For texts without claims."""
        names = [(s.start, s.of(report.text)) for s in spans]
        scene = set_scene(self.atlas, report, [n for _, n in names])
        locator = Locator(self.atlas, scene, names)
        return tuple(tuple(locator.find(Mention(span, name, "name", name)))
                     for span, (_, name) in zip(spans, names, strict=True))

    def find_places(self, name: str, type: PlaceType | None = None,  # noqa: A002
                    country: str | None = None) -> tuple[Place, ...]:
        """Places that a person may mean by ``name``, best first; packs before the gazetteer.

        ``type`` keeps only places of that kind (an airport may be an airbase), ``country``
        (ISO code) only those that lie there.
        Knows *X (Y)* as two names, kinds in the name (*Bagram airbase*), and sets (*border
        crossings of Afghanistan*).
        """
        bare, _, inner = name.partition("(")
        found: dict[str, Place] = {}
        if type in (None, "set"):
            for one in self._sets_called(bare):
                found[one.id] = one
        for spelling in dict.fromkeys((name.strip(), bare.strip(), inner.rstrip(") "))):
            for place in self._called(spelling, type, country) if spelling else ():
                found.setdefault(place.id, place)
        return tuple(found.values())

    def is_place(self, name: str) -> bool:
        """Whether a pack or the gazetteer has a place of exactly this name, and no actor of it."""
        return any(n.match in ("name", "alternate") for n in self.atlas.named(name)) \
            and normalise(name) not in self.atlas.actor_names

    def find_actor(self, name: str) -> Actor | None:
        """The actor that ``name`` means outside any report, or None."""
        bare = name.partition("(")[0].strip() or name
        scene = Scene({}, self._everywhere.packs, self.atlas.scan(bare), bare)
        found = [f for f in find_actors(bare, 0, Cast(self.atlas, scene)) if not f[0].provisional]
        return found[0][0] if found and found[0][1] >= ACCEPT_P else None

    def actor(self, actor_id: str) -> Actor | None:
        """A state or a pack's actor by its id."""
        return self.atlas.actors.get(actor_id)

    def place(self, place_id: str) -> Place | None:
        """A pack's place or set, or a gazetteer's, by its id."""
        if place_id in self.atlas.places:
            return self.atlas.places[place_id]
        for _, one in self.atlas.sets(c for p in self.atlas.packs for c in p.countries):
            if one.place.id == place_id:
                return one.place
        row = self.atlas.gazetteer.by_id(place_id)
        return None if row is None else self.atlas.gazetteer.place(row)

    def _sets_called(self, name: str) -> Iterator[Place]:
        wanted = phrase(name)
        for pack in self.atlas.packs:
            for one in pack.sets:
                if wanted == phrase(one.place.name) or wanted in {
                        f"{p} of {phrase(pack.name)}" for p in one.phrases}:
                    yield one.place

    def _called(self, name: str, kind: PlaceType | None, country: str | None) -> list[Place]:
        asked = read_mention(Mention(Span(0, max(1, len(name))), name, "name", name), self.atlas)
        wanted: str | None = kind or ("city" if asked.type == "capital" else asked.type)
        options = list(self.atlas.named(name))
        for inner in asked.names:
            options += self.atlas.named(inner)
            if wanted in FACILITIES:
                options += self.atlas.stemmed(inner)
        unique = {o.place.id: o for o in reversed(options)
                  if country is None or o.place.country == country}
        ranked, _ = rank(unique.values(), Ask(wanted), self._everywhere)
        return [place for place, _, _ in ranked]


class _Reading:
    """One report being resolved."""

    def __init__(self, resolver: Resolver, report: Report, parse: Parse,
                 claims: Sequence[Claim]) -> None:
        self.report, self.claims = report, claims
        self.resolver, self.atlas, self.version = resolver, resolver.atlas, resolver.version
        names = self._names(parse)
        scene = set_scene(self.atlas, report, [n for _, n in names])
        self.cast = Cast(self.atlas, scene, parse)
        acting = [m.span for c in claims for m in (
            c.actor, c.counterpart, *(s.mention for s in c.sources)) if m and m.form == "name"]
        acting += _speaking(parse)
        self.locator = Locator(self.atlas, scene, names, acting)
        self.memory: dict[tuple[Span, str], list[Found]] = {}
        self.places: dict[str, Place] = {}
        self.actors: dict[str, Actor] = {}
        self.sides: dict[str, Actor] = {}

    def resolved(self) -> Resolved:
        """All resolutions; entities are those that some resolution names or offers."""
        for key, one in sorted(_mentions(self.claims).items()):
            # in the text's order: context looks back
            if isinstance(one, Source):
                self._source(one)
            elif key[2] == "place":
                self._place(one)
            else:
                self._actor(one)
        self.sides = self._sides()
        resolutions = [r for claim in self.claims for r in self._claim(claim)]
        return Resolved(tuple(resolutions),
                        tuple(self.places[k] for k in sorted(self.places)),
                        tuple(self.actors[k] for k in sorted(self.actors)))

    def _names(self, parse: Parse) -> list[tuple[int, str]]:
        """Names of places by the reader and by the claims, with their positions; each once."""
        out: dict[tuple[int, int], str] = {}
        for claim in self.claims:
            if claim.place is not None and claim.place.form == "name":
                asked = read_mention(claim.place, self.atlas)
                for name in asked.names[:1]:
                    out[claim.place.span.start, claim.place.span.end] = name
        for sentence in parse.sentences:
            for found in sentence.names:
                if found.type == "LOC":
                    start = sentence.words[found.start].span.start
                    end = sentence.words[found.end - 1].span.end
                    if not any(a < end and start < b for a, b in out):
                        out[start, end] = self.report.text[start:end]
        return [(start, name) for (start, _), name in sorted(out.items())]

    def _claim(self, claim: Claim) -> Iterator[Resolution]:
        for role, mention in (("actor", claim.actor), ("counterpart", claim.counterpart)):
            if mention is not None:
                found = self._by_speaker(claim, mention) or self._actor(mention)
                yield self._actor_resolution(claim, role, found)
        if claim.place is not None:
            scored = self._place(claim.place)
            for place, _, _ in scored:
                self._keep_place(place)
            yield self._resolution(claim, "place", "place", tuple(
                Candidate(p.id, round(s, 4), r) for p, s, r in scored))
        for n, source in enumerate(claim.sources):
            found = self._source(source)
            if found:
                yield self._actor_resolution(claim, f"source:{n}", found)

    def _sides(self) -> dict[str, Actor]:
        """Who stands for each side that the report names as fighting, commanding or speaking."""
        named = [found[0][0] for found in self.memory.values()
                 if found and found[0][1] >= ACCEPT_P] + self.cast.seen_actors()
        return {a.side: self.atlas.actors.get(a.side, a) for a in named
                if a.side and a.type in ("armed group", "government", "force", "state")}

    def _by_speaker(self, claim: Claim, mention: Mention) -> list[Found]:
        """*We*, *our forces*, *the enemy*: by the side of whoever says so."""
        words = [t.word for t in tokens(mention.text)]
        ours = bool(words) and words[0] in FIRST_PERSON
        enemy = mention.form == "description" and mention.head in ENEMIES
        forces = mention.form == "description" and singular(normalise(mention.head)) in FORCES
        if not enemy and not (ours and (len(words) == 1 or forces)):
            return []
        if ours and len(words) == 1 and mention.antecedent is not None and self._actor(mention):
            return []                 # the claims stage has found who speaks
        source = claim.sources[-1]
        spoken = [] if source.source_class in ("outlet", "agency") else self._source(source)
        if not spoken or spoken[0][1] < ACCEPT_P or spoken[0][0].side is None:
            return []
        speaker, speaker_p, _ = spoken[0]
        if not enemy:
            own = self.atlas.actors.get(str(speaker.side), speaker)
            return [(own, speaker_p * COREFERENCE, f"{mention.text!r}: {speaker.name} speaks")]
        others = [a for side, a in sorted(self.sides.items()) if side != speaker.side]
        if len(others) != 1 or speaker.side not in self.sides:
            return []
        return [(others[0], speaker_p * COREFERENCE,
                 f"{mention.text!r}: {speaker.name} speaks, and one other side is named")]

    def _resolution(self, claim: Claim, role: str, kind: EntityKind,
                    candidates: tuple[Candidate, ...]) -> Resolution:
        best = candidates[0] if candidates else None
        return Resolution(claim.id, role, kind,
                          best.entity_id if best and best.score_p >= ACCEPT_P else None,
                          candidates[:SHOWN], self.version)

    def _actor_resolution(self, claim: Claim, role: str, found: Sequence[Found]) -> Resolution:
        for actor, _, _ in found[:SHOWN]:
            self._keep_actor(actor)
        return self._resolution(claim, role, "actor", tuple(
            Candidate(a.id, round(p, 4), (why,)) for a, p, why in found))

    def _keep_actor(self, actor: Actor) -> None:
        if actor.id in self.actors:
            return
        self.actors[actor.id] = settled(actor)
        for other in (actor.side, *actor.parents):
            if other and other in self.atlas.actors:
                self._keep_actor(self.atlas.actors[other])

    def _keep_place(self, place: Place) -> None:
        if place.id in self.places:
            return
        self.places[place.id] = place
        for member in place.members:
            known = self.resolver.place(member)
            if known is not None:
                self._keep_place(known)

    def _actor(self, mention: Mention) -> list[Found]:
        key = (mention.span, mention.text)
        if key not in self.memory:
            self.memory[key] = self._find_actor(self._widened(mention))
        return self.memory[key]

    def _place(self, mention: Mention) -> list[Scored]:
        return self.locator.find(self._widened(mention))

    def _widened(self, mention: Mention) -> Mention:
        """A name that is but a piece of a longer known one, *States*, as the whole of it."""
        if mention.form != "name" or " " in mention.text:
            return mention
        whole = self.locator.scene.around(mention.span)
        if whole is None:
            return mention
        return replace(mention, span=whole, text=whole.of(self.report.text))

    def _find_actor(self, mention: Mention) -> list[Found]:
        at, own = mention.span.start, list[Found]()
        if mention.form != "pronoun":
            own = find_actors(mention.text, at, self.cast)
            if not own and mention.container:
                own = find_actors(f"{mention.container} {mention.head}", at, self.cast)
        if mention.antecedent is not None and not (own and mention.form == "name"):
            text = mention.antecedent.of(self.report.text)
            told = [(a, p * COREFERENCE, f"{mention.text!r} means {text!r}: {why}") for a, p, why
                    in find_actors(text, mention.antecedent.start, self.cast)]
            if told and agrees(mention.text, told[0][0]) and (
                    not own or own[0][2] == UNNAMED
                    or (not own[0][0].provisional and own[0][1] < told[0][1])):
                own = told
        if not own and mention.form == "pronoun" and mention.head not in FIRST_PERSON:
            last = self.cast.latest(at, ("armed group", "government", "force", "state"))
            own = [(last, PRONOUN_P, "the actor named last")] if last else []
        if own and own[0][1] >= ACCEPT_P and mention.form != "pronoun":
            self.cast.describe(at, own[0][0], mention.text)
        return own

    def _source(self, source: Source) -> list[Found]:
        kind = {"outlet": "outlet", "agency": "agency"}.get(source.source_class)
        ids = self.atlas.actor_names.get(normalise(source.name), [])
        known = [self.atlas.actors[i] for i in ids
                 if self.atlas.actors[i].type in ("outlet", "agency")]
        if kind or (known and source.source_class == "media"):
            actor = known[0] if known else outlet(source.name, kind or "outlet")
            return [(actor, NAME_P if known else UNKNOWN_OUTLET_P, "its name")]
        if source.source_class in ("media", "social media", "resident", "unnamed", "document"):
            return []
        mention = source.mention
        at = mention.span.start if mention else 0
        told: list[list[Found]] = [find_actors(source.name, at, self.cast, True)]
        if mention is not None and (mention.form == "pronoun" or mention.antecedent is not None):
            told.insert(0, self._actor(mention))
        elif mention is not None:
            told.insert(0, find_speaker(mention.text, at, self.cast))
        best = max(told, key=lambda f: (bool(f) and not f[0][0].provisional, f[0][1] if f else 0))
        if best and mention is not None and not best[0][0].provisional:
            self.cast.describe(at, best[0][0], f"{source.name} {mention.text}")
        return best


def _mentions(claims: Sequence[Claim]) -> dict[tuple[int, int, str, str], Mention | Source]:
    """The mentions of all claims' roles and their sources, by their place in the text."""
    out: dict[tuple[int, int, str, str], Mention | Source] = {}
    for claim in claims:
        for role, mention in (("actor", claim.actor), ("actor", claim.counterpart),
                              ("place", claim.place)):
            if mention is not None:
                out[mention.span.start, mention.span.end, role, mention.text] = mention
        for source in claim.sources:
            if source.mention is not None:
                span = source.mention.span
                out[span.start, span.end, "source", canonical_json(source.to_json())] = source
    return out


def _speaking(parse: Parse) -> list[Span]:
    """Names that are the subject of a verb of speech."""
    out = []
    for sentence in parse.sentences:
        for name in sentence.names:
            inside = range(name.start, name.end)
            head = next((w for w in sentence.words[name.start:name.end] if w.head not in inside),
                        None)
            if head is not None and head.head >= 0 and head.deprel in ("nmod:poss", "compound"):
                head = sentence.words[head.head]       # Moscow's defence ministry said
            if head is not None and head.deprel == "nsubj" and head.head >= 0 \
                    and sentence.words[head.head].lemma in SPEECH:
                out.append(Span(sentence.words[name.start].span.start,
                                sentence.words[name.end - 1].span.end))
    return out
