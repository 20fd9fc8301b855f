"""Resolves the mentions of a report's claims to places and actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    content_id,
)
from whoholds.resolve.actors import Cast, Found, find_actors, outlet
from whoholds.resolve.asked import Asked, read_mention
from whoholds.resolve.atlas import Atlas, Named
from whoholds.resolve.gazetteer import Gazetteer
from whoholds.resolve.names import normalise, phrase
from whoholds.resolve.packs import Pack
from whoholds.resolve.places import Anchor, Scored, provisional, rank, unlisted_set
from whoholds.resolve.scene import Scene, set_scene
from whoholds.resolve.words import COMPATIBLE, find_type

RULES = "1"              # counts up when these rules change what they give
ACCEPT_P = 0.5           # probability: below, a mention stays unresolved
ANCHOR_P = 0.6           # probability: above, a place helps to place others
SHOWN = 5                # candidates kept in a resolution
NAMED_P = 0.75           # probability that a description means the place that fits it in context
PROVISIONAL_P = 0.6      # probability that a name that nothing knows is a place of that kind


class Resolver:
    """Gazetteer and packs, ready to resolve reports. Stateless between reports."""

    def __init__(self, gazetteer: Gazetteer, packs: Sequence[Pack]) -> None:
        self.atlas = Atlas(gazetteer, packs)
        digest = content_id("packs", [p.version for p in packs])[:8]
        self.version = f"resolve {RULES}; {gazetteer.version}; packs {digest}"

    def resolve(self, report: Report, parse: Parse, claims: Sequence[Claim]) -> Resolved:
        """Resolutions for all mentions of ``claims``, and the places and actors they name."""
        return _Reading(self, report, parse, claims).resolved()

    def find_places(self, name: str, type: PlaceType | None = None,
                    country: str | None = None) -> tuple[Place, ...]:
        """Places that a person may mean by ``name``, best first; packs before the gazetteer.

        ``country`` is an ISO code. Knows *X (Y)* as two names, kinds in the name (*Bagram
        airbase*), and sets (*border crossings of Afghanistan*).
        """
        bare = name.split("(")[0].strip()
        inner = name.partition("(")[2].rstrip(") ")
        found: dict[str, Place] = {}
        for one in (s for s in self._sets_called(bare) if type in (None, "set")):
            found[one.id] = one
        spellings = [n for n in dict.fromkeys((name, bare, inner)) if n]
        for spelling in spellings:
            for place in self._called(spelling, type, country):
                found.setdefault(place.id, place)
        return tuple(found.values())

    def find_actor(self, name: str) -> Actor | None:
        """The actor that ``name`` means outside any report, or None."""
        scene = Scene({}, frozenset(p.key for p in self.atlas.packs), self.atlas.scan(name), name)
        found = find_actors(name.split("(")[0].strip() or name, 0, Cast(self.atlas, scene))
        known = [f for f in found if not f[0].provisional]
        return known[0][0] if known and known[0][1] >= ACCEPT_P else None

    def _sets_called(self, name: str) -> Iterator[Place]:
        wanted = phrase(name)
        for pack in self.atlas.packs:
            for one in pack.sets:
                if wanted == phrase(one.place.name) or wanted in {
                        f"{p} of {phrase(pack.name)}" for p in one.phrases}:
                    yield one.place

    def _called(self, name: str, type: PlaceType | None, country: str | None) -> list[Place]:
        span = Span(0, max(1, len(name)))
        asked = read_mention(Mention(span, name, "name", name), self.atlas)
        kind = type or (asked.type if asked.type != "capital" else "city")
        options = self.atlas.named(name)
        for inner in asked.names:
            options += self.atlas.named(inner)
            if kind in COMPATIBLE and kind != "city":
                options += self.atlas.stemmed(inner)
        scene = Scene({}, frozenset(p.key for p in self.atlas.packs), [], name)
        unique = {o.place.id: o for o in reversed(options)
                  if country is None or o.place.country == country}
        ranked, _ = rank(list(unique.values()), kind, scene, self.atlas, (), (), 0)
        if type is not None:
            ranked = [r for r in ranked if r[0].type == type] or ranked
        return [place for place, _, _ in ranked]


class _Reading:
    """One report being resolved."""

    def __init__(self, resolver: Resolver, report: Report, parse: Parse,
                 claims: Sequence[Claim]) -> None:
        self.resolver, self.report, self.claims = resolver, report, claims
        self.atlas = resolver.atlas
        names = [c.place.text for c in claims if c.place and c.place.form == "name"]
        self.scene = set_scene(self.atlas, report, parse, names)
        self.cast = Cast(self.atlas, self.scene)
        self.anchors: list[Anchor] = []
        self.places: dict[str, Place] = {}
        self.actors: dict[str, Actor] = {}
        self.memory: dict[tuple[Span, str], list[tuple[Place, float, tuple[str, ...]]]] = {}
        self._lay_anchors()

    def resolved(self) -> Resolved:
        """All resolutions; entities are those that some resolution names or offers."""
        resolutions: list[Resolution] = []
        order = sorted(range(len(self.claims)), key=lambda i: (
            self.claims[i].place.span.start if self.claims[i].place else
            self.claims[i].span.start, i))
        for i in order:
            place = self.claims[i].place
            if place is not None:
                self._place(place)
        for claim in self.claims:
            resolutions.extend(self._claim(claim))
        return Resolved(tuple(resolutions),
                        tuple(self.places[k] for k in sorted(self.places)),
                        tuple(self.actors[k] for k in sorted(self.actors)))

    def _claim(self, claim: Claim) -> Iterator[Resolution]:
        for role in ("actor", "counterpart"):
            mention = claim.mention(role)  # type: ignore[arg-type]
            if mention is not None:
                yield self._actor_resolution(claim, role, self._actor(mention))
        if claim.place is not None:
            scored = self._place(claim.place)
            for place, _, _ in scored:
                self._keep_place(place)
            yield self._resolution(claim, "place", "place", tuple(
                Candidate(p.id, round(s, 4), r) for p, s, r in scored))
        for n, source in enumerate(claim.sources):
            found = self._source(source, n)
            if found:
                yield self._actor_resolution(claim, f"source:{n}", found)

    def _resolution(self, claim: Claim, role: str, kind: EntityKind,
                    candidates: tuple[Candidate, ...]) -> Resolution:
        best = candidates[0] if candidates else None
        return Resolution(claim.id, role, kind,
                          best.entity_id if best and best.score_p >= ACCEPT_P else None,
                          candidates[:SHOWN], self.resolver.version)

    def _actor_resolution(self, claim: Claim, role: str, found: Sequence[Found]) -> Resolution:
        for actor, _, _ in found[:SHOWN]:
            self._keep_actor(actor)
        return self._resolution(claim, role, "actor", tuple(
            Candidate(a.id, round(p, 4), (why,)) for a, p, why in found))

    def _keep_actor(self, actor: Actor) -> None:
        if actor.id in self.actors:
            return
        self.actors[actor.id] = actor
        for other in (actor.side, *actor.parents):
            if other and other in self.atlas.actors:
                self._keep_actor(self.atlas.actors[other])

    def _keep_place(self, place: Place) -> None:
        if place.id in self.places:
            return
        self.places[place.id] = place
        for member in place.members:
            if member in self.atlas.places:
                self._keep_place(self.atlas.places[member])

    # Actors

    def _actor(self, mention: Mention) -> list[Found]:
        at = mention.span.start
        if mention.antecedent is not None and mention.form in ("pronoun", "description", "implied"):
            text = mention.antecedent.of(self.report.text)
            found = find_actors(text, mention.antecedent.start, self.cast)
            if found and mention.form != "description":
                return [(a, p * 0.95, f"{mention.text!r} means {text!r}: {why}")
                        for a, p, why in found]
            own = find_actors(mention.text, at, self.cast)
            if found and (not own or own[0][1] < found[0][1]):
                return [(a, p * 0.95, f"{mention.text!r} means {text!r}: {why}")
                        for a, p, why in found]
            if own:
                return own
        if mention.form == "pronoun":
            last = self.cast.latest(at, ("armed group", "government", "force", "state"))
            return [(last, 0.5, "the actor named last")] if last else []
        found = find_actors(mention.text, at, self.cast)
        if not found and mention.container:
            found = find_actors(f"{mention.container} {mention.head}", at, self.cast)
        for actor, p, _ in found[:1]:
            if p >= ACCEPT_P and mention.form == "name":
                self.cast.see(at, actor)
        return found

    def _source(self, source: Source, n: int) -> list[Found]:
        kind = {"outlet": "outlet", "agency": "agency"}.get(source.source_class)
        ids = self.atlas.actor_names.get(normalise(source.name), [])
        known = [self.atlas.actors[i] for i in ids
                 if self.atlas.actors[i].type in ("outlet", "agency")]
        if kind or (known and source.source_class == "media"):
            actor = known[0] if known else outlet(source.name, kind or "outlet")
            return [(actor, 0.97 if known else 0.8, "its name")]
        if source.source_class in ("media", "social media", "resident", "unnamed", "document"):
            return []
        mention = source.mention
        found: list[Found] = []
        if mention is not None:
            if mention.form in ("pronoun", "implied") or mention.antecedent is not None:
                found = self._actor(mention)
            else:
                found = find_actors(mention.text, mention.span.start, self.cast, True)
        if not found or found[0][0].provisional:
            at = mention.span.start if mention else 0
            found = find_actors(source.name, at, self.cast, True) or found
        return found

    # Places

    def _lay_anchors(self) -> None:
        """First pass: names understood without help from each other become anchors."""
        seen: dict[str, tuple[list[Scored], float]] = {}
        laid: list[Anchor] = []
        for s in self.scene.sightings:
            if s.thing != "place" and s.thing != "country":
                continue
            text = self.report.text[s.start:s.end]
            if text not in seen:
                seen[text] = rank(self.atlas.named(text), None, self.scene, self.atlas, (), (), 0)
            ranked = seen[text][0]
            if ranked and ranked[0][1] >= ANCHOR_P:
                anchor = Anchor(s.start, ranked[0][0])
                if anchor not in laid:
                    laid.append(anchor)
        self.anchors = sorted(laid, key=lambda a: (a.at, a.place.id))

    def _place(self, mention: Mention) -> list[Scored]:
        key = (mention.span, mention.text)
        if key not in self.memory:
            scored = self._find_place(mention)
            self.memory[key] = scored
            if scored and scored[0][1] >= ANCHOR_P and scored[0][0].type != "set":
                anchor = Anchor(mention.span.start, scored[0][0])
                if anchor not in self.anchors:
                    self.anchors = sorted([*self.anchors, anchor],
                                          key=lambda a: (a.at, a.place.id))
        return self.memory[key]

    def _find_place(self, mention: Mention) -> list[Scored]:
        at = mention.span.start
        asked = read_mention(mention, self.atlas)
        if mention.form != "pronoun":
            found = self._set(mention, asked) or self._by_name(asked, mention, at)
            if found:
                return found
        if mention.antecedent is not None:
            found = self._by_antecedent(mention, asked)
            if found:
                return found
        return self._by_context(mention, asked, at)

    def _spatial(self, at: int) -> list[Anchor]:
        return [a for a in self.anchors
                if a.place.type not in ("country", "region") and a.at != at]

    def _containers(self, asked: Asked, at: int) -> list[Place]:
        out: list[Place] = []
        for name in asked.containers:
            ranked, _ = rank(self.atlas.named(name), None, self.scene, self.atlas, (),
                             self._spatial(at), at)
            if ranked and ranked[0][1] >= ACCEPT_P:
                out.append(ranked[0][0])
        for iso in asked.demonyms:
            if iso in self.atlas.country_place:
                out.append(self.atlas.country_place[iso])
        return out

    def _by_name(self, asked: Asked, mention: Mention, at: int) -> list[Scored]:
        kind = "city" if asked.type == "capital" else asked.type
        whole = self.atlas.named(" ".join(w for w in mention.text.split()))
        containers = self._containers(asked, at)
        if whole:
            fitting = [o for o in whole if kind is None or o.spot is not None
                       or o.place.type in COMPATIBLE.get(kind, frozenset({kind}))]
            own = None if any(o.spot is not None for o in fitting) else kind
            ranked, _ = rank(fitting, own, self.scene, self.atlas, (), self._spatial(at), at)
            if ranked and ranked[0][1] >= ACCEPT_P:
                return ranked[:SHOWN]
        for name in asked.names:
            ranked = self._one_name(name, kind, asked, containers, at)
            if ranked:
                return ranked
        if not asked.names and kind not in (None, "city", "province", "country", "region"):
            return self._facility(str(kind), asked, containers, at)
        return []

    def _one_name(self, name: str, kind: str | None, asked: Asked, containers: list[Place],
                  at: int) -> list[Scored]:
        options = self.atlas.named(name)
        if kind and kind not in ("city", "province", "country"):
            options = list({o.place.id: o for o in
                            [*options, *self.atlas.stemmed(name)]}.values())
        held = [c for c in containers if c.type != "country" or kind != "country"]
        ranked, nothing = rank(options, kind, self.scene, self.atlas, held, self._spatial(at), at)
        focus = self.scene.focus
        if not ranked and focus and len(name) > 4:
            near: list[Named] = self.atlas.fuzzy(name, focus)
            ranked, nothing = rank(near, kind, self.scene, self.atlas, held, self._spatial(at), at)
        if asked.direction and ranked and ranked[0][0].type == "country" and kind is None:
            return [(_region(ranked[0][0], asked.direction), NAMED_P, ("a part of a country",))]
        if ranked and ranked[0][1] >= ACCEPT_P:
            return ranked[:SHOWN]
        if self._is_actor(name):
            return ranked[:SHOWN]
        made = self._provisional(name, kind, containers)
        share = max(nothing, PROVISIONAL_P) if not ranked or ranked[0][1] < ACCEPT_P else nothing
        left = [(p, s * (1 - share), r) for p, s, r in ranked]
        return [(made, share, ("a name that no gazetteer or pack knows here",)), *left][:SHOWN]

    def _is_actor(self, name: str) -> bool:
        return normalise(name) in self.atlas.actor_names

    def _provisional(self, name: str, kind: str | None, containers: list[Place]) -> Place:
        holder = next((c for c in containers if c.type != "country"), None)
        country = next((c.country for c in containers), None) or self.scene.focus
        place_kind: PlaceType = kind if kind else "other"  # type: ignore[assignment]
        return provisional(name, place_kind, holder.name if holder else "", country,
                           (holder.name if holder.type == "province" else holder.adm1)
                           if holder else None)

    def _facility(self, kind: str, asked: Asked, containers: list[Place],
                  at: int) -> list[Scored]:
        """A facility told by its kind and where it is: Herat's airport, the embassy in Kabul."""
        options = [o for name in asked.containers for o in self.atlas.stemmed(name)
                   if asked.words and not asked.several]
        ranked, _ = rank(options, kind, self.scene, self.atlas, (), self._spatial(at), at)
        if ranked and ranked[0][1] >= ACCEPT_P:
            return ranked[:SHOWN]
        holder = next((c for c in containers if c.type not in ("country",)), None)
        if holder is None or asked.several:
            return []
        name = f"{asked.words} ({holder.name})" if holder.name not in asked.words else asked.words
        made = provisional(name, kind, holder.name, holder.country,  # type: ignore[arg-type]
                           holder.name if holder.type == "province" else holder.adm1)
        return [(made, PROVISIONAL_P, (f"a {kind} in {holder.name}, not listed anywhere",))]

    def _set(self, mention: Mention, asked: Asked) -> list[Scored]:
        """Place sets: border crossings of a country, provincial capitals."""
        if not asked.several and not _plural(mention, asked):
            return []
        containers = [c for c in self._containers(asked, mention.span.start)]
        country = next((c.country for c in containers), None) or self.scene.focus
        if country is None or asked.names:
            return []
        words = f" {asked.words} "
        fits = [(len(p), one) for _, one in self.atlas.sets([country]) for p in one.phrases
                if f" {p} " in words]
        if fits:
            best = max(fits, key=lambda f: (f[0], f[1].place.id))[1]
            return [(best.place, 0.9, (f"the set {best.place.name} in its pack",))]
        found = find_type(asked.words.split())
        if found is None or found[2] in ("region", "country", "area"):
            return []
        owner = containers[0] if containers else self.atlas.country_place.get(country)
        if owner is None:
            return []
        kind: PlaceType = "city" if found[2] == "capital" else found[2]
        label = " ".join(asked.words.split()[found[0]:found[1]])
        return [(unlisted_set(label, kind, owner, country), NAMED_P,
                 (f"several of a kind in {owner.name}; members not listed",))]

    def _by_antecedent(self, mention: Mention, asked: Asked) -> list[Scored]:
        assert mention.antecedent is not None
        text = mention.antecedent.of(self.report.text)
        inner = Mention(mention.antecedent, text, "name", text)
        kind = "city" if asked.type == "capital" else asked.type
        found = [f for f in self._find_place(inner)
                 if kind is None or f[0].type in COMPATIBLE.get(kind, frozenset({kind}))]
        return [(p, s * 0.95, (f"{mention.text!r} means {text!r}", *r)) for p, s, r in found]

    def _by_context(self, mention: Mention, asked: Asked, at: int) -> list[Scored]:
        """Descriptions without a name: the capital, the city, the country, the airport."""
        containers = self._containers(asked, at)
        kind: str | None = asked.type
        if kind is None and mention.form == "implied":
            kind = "city"
        if mention.form == "pronoun":
            last = self._latest(at, None)
            return [(last, ACCEPT_P, ("the place named last",))] if last else []
        if kind == "capital":
            return self._the_capital(asked, containers, at)
        if kind == "country" or (kind is None and asked.words in ("country", "nation")):
            return self._the_country(containers)
        if asked.direction and kind in ("region", "area", None):
            country = next((c for c in containers if c.type == "country"), None) or \
                self.atlas.country_place.get(self.scene.focus or "")
            return [(_region(country, asked.direction), NAMED_P, ("a part of a country",))] \
                if country else []
        if kind in (None, "region", "area") or asked.several:
            return []
        last = self._latest(at, kind)
        if last is None and kind in ("airport", "airbase", "university", "prison"):
            city = self._latest(at, "city")
            options = self.atlas.stemmed(city.name) if city else []
            ranked, _ = rank(options, kind, self.scene, self.atlas, (), (), at)
            return ranked[:SHOWN]
        return [(last, NAMED_P, (f"the {kind} named last before",))] if last else []

    def _latest(self, at: int, kind: str | None) -> Place | None:
        """The place of a kind named last before ``at``; the first in the report if none is."""
        allowed = COMPATIBLE.get(kind, frozenset({kind})) if kind else None
        fitting = [a for a in self.anchors if (allowed is None and a.place.type != "country")
                   or (allowed is not None and a.place.type in allowed)]
        before = [a for a in fitting if a.at < at]
        if before:
            return before[-1].place
        return fitting[0].place if fitting else None

    def _the_country(self, containers: list[Place]) -> list[Scored]:
        country = next((c for c in containers if c.type == "country"), None) or \
            self.atlas.country_place.get(self.scene.focus or "")
        share = self.scene.share(country.country) if country else 0.0
        return [(country, max(ACCEPT_P, min(0.95, 0.5 + share)),
                 (f"the country that {share:.0%} of the report's names point to",))] \
            if country else []

    def _the_capital(self, asked: Asked, containers: list[Place], at: int) -> list[Scored]:
        if asked.words.split()[0] in _ORDINALS or asked.several:
            return []
        unit = next((c for c in containers if c.type == "province"), None)
        if unit is not None:
            seat = self.atlas.seat(unit)
            return [(seat, 0.9, (f"the capital of {unit.name}",))] if seat else []
        if "provincial" in asked.words or "regional" in asked.words:
            city = self._latest(at, "city")
            return [(city, ACCEPT_P, ("the city named last before",))] if city else []
        iso = next((c.country for c in containers if c.type == "country"), None)
        why = "by the words" if iso else "of the country in focus"
        capital = self.atlas.capital(iso or self.scene.focus or "")
        sure = 0.95 if iso else min(0.95, 0.55 + self.scene.share(self.scene.focus))
        return [(capital, sure, (f"the capital, {why}",))] if capital else []


_ORDINALS = frozenset("another first second third fourth fifth sixth seventh eighth ninth tenth "
                      "a an one".split())


def _plural(mention: Mention, asked: Asked) -> bool:
    words = normalise(mention.text).split()
    return any(w.endswith("s") and w[:-1] in asked.words.split() for w in words)


def _region(country: Place, direction: str) -> Place:
    """*Eastern Ukraine*: a region without borders, the same wherever it is named."""
    return provisional(f"{direction} {country.name}", "region", country.name, country.country, None)


def load(gazetteer: Gazetteer, packs: Iterable[Pack]) -> Resolver:
    """A resolver over a gazetteer and packs."""
    return Resolver(gazetteer, tuple(packs))
