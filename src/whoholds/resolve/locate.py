"""Finds the place that a mention means: by its name, as a set, by coreference, by context."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from whoholds.core import Form, Mention, Place, PlaceType, Span
from whoholds.resolve.asked import (
    ORDINALS,
    THEIRS,
    Asked,
    only_direction,
    pointed_at,
    read_mention,
    speaks_of_several,
    vague,
    without_article,
)
from whoholds.resolve.atlas import Atlas, Named
from whoholds.resolve.beside import holding, kind_beside, units_beside, units_named
from whoholds.resolve.gazetteer import FUZZY_FLOOR
from whoholds.resolve.names import normalise
from whoholds.resolve.places import (
    HERE,
    Anchor,
    Ask,
    Scored,
    fits,
    provisional,
    rank,
    unlisted_set,
)
from whoholds.resolve.scene import SMALL, Scene
from whoholds.resolve.sets import crossings_with, listed
from whoholds.resolve.words import (
    FACILITIES,
    AskedType,
    find_type,
    readable,
)

# Probabilities; estimates, not learned.
ACCEPT_P = 0.5           # below, a mention stays unresolved
ANCHOR_P = 0.6           # above, a place helps to place others
SET_P = 0.9              # a set's phrase means the pack's set
CONTEXT_P = 0.75         # a description means the place of its kind named last
COREFERENCE = 0.95       # times the antecedent's own probability
SEAT_P = 0.85            # of a bare name that a city shares with the units around it: the city
SURE_FOCUS_P = 0.8       # of a report's names: not even for another capital that it names
FOCUS_P = 0.5            # of a report's names: a country's capital need not be named
NEW_P = 0.8              # a name that nothing knows is a place of the kind asked for
BARE_NEW_P = 0.6         # the same, where no kind is asked for
MEMORY = 300.0           # characters: a name this far back weighs 1/e of one just read
LIKELY_P = 0.3           # candidates less likely than this together do not gain when others go
FUZZY_LETTERS = 6        # characters: a shorter name with another letter is another name
SHOWN = 5                # candidates kept



class Locator:
    """The places of one report. Remembers what it has understood: it helps with the rest."""

    def __init__(self, atlas: Atlas, scene: Scene, names: Iterable[tuple[int, str]] = (),
                 speakers: Iterable[Span] = ()) -> None:
        """``names`` are positions and names of places in the text, besides the lexicon's;
        ``speakers`` the spans of names that stand for actors there: *Kyiv said*."""
        self.atlas, self.scene = atlas, scene
        self.anchors: list[Anchor] = []
        self._memory: dict[tuple[Span, str, Span | None], list[Scored]] = {}
        self._told: dict[str, str] = {}    # names to ids of places that the text itself places
        self._acting = acting = {(s.start, s.end) for s in speakers}
        seen = [(s.start, scene.text[s.start:s.end]) for s in scene.sightings
                if s.thing in ("place", "country") and (s.start, s.end) not in acting]
        starts = {start for start, _ in acting}
        self._lay_anchors(dict.fromkeys([*seen, *(n for n in names if n[0] not in starts)]))

    def find(self, mention: Mention) -> list[Scored]:
        """Candidates for a mention with probabilities and reasons, best first."""
        key = (mention.span, mention.text, mention.antecedent)
        if key not in self._memory:
            self._memory[key] = scored = self._find(mention)[:SHOWN]
            if scored and scored[0][1] >= ANCHOR_P and scored[0][0].type != "set":
                self._anchor(Anchor(mention.span.start, scored[0][0]))
        return self._memory[key]

    def _lay_anchors(self, names: Iterable[tuple[int, str]]) -> None:
        """Names understood without each other's help anchor the others."""
        known: dict[tuple[str, str | None], Place | None] = {}
        for at, text in names:
            key = (text, self._kind_beside(at, text))
            beside = units_beside(self.scene.text, at + len(text), self.atlas)
            if beside or key not in known:
                options = self._named(text)
                holders = holding(beside, options)
                ranked, _ = rank(options, Ask(key[1], beside=holders), self.scene, False)
                ranked = ranked if key[1] else _city_first(ranked)
                known[key] = ranked[0][0] if ranked and ranked[0][1] >= ANCHOR_P else None
                if holders and ranked and ranked[0][1] >= ANCHOR_P:
                    self._told.setdefault(normalise(text), ranked[0][0].id)
            place = known[key]
            if place is not None:
                self._anchor(Anchor(at, place))

    def _kind_beside(self, at: int, name: str) -> AskedType | None:
        return kind_beside(self.scene.text, at, name, lambda other, kind: any(
            fits(kind, o.place.type) for o in self._named(other)))

    def _named(self, name: str) -> list[Named]:
        """Places called so; where none of them lies where the report plays, those spelled alike."""
        exact = list(self.atlas.named(name))
        if any(self.scene.share(o.place.country) >= HERE for o in exact):
            return exact
        known = {o.place.id for o in exact}
        return exact + [o for o in self._spelled(name, not exact) if o.place.id not in known]

    def _spelled(self, name: str, anywhere: bool = False) -> list[Named]:
        """Places spelled alike where the report plays, and those of packs; of a long name that
        nothing has, great cities ``anywhere``: *Naltchik*, *Sevastapol*."""
        anywhere = anywhere and len(normalise(name)) > FUZZY_LETTERS
        return [o for o in self.atlas.spelled(name)
                if o.pack or self.scene.share(o.place.country) >= HERE
                or (anywhere and o.similarity >= FUZZY_FLOOR
                    and (o.place.population or 0) >= SMALL)]

    def options(self, at: int, text: str, kind: str | None = None,
                containers: Sequence[Place] = ()) -> tuple[list[Named], Ask]:
        """The places called ``text``, and what is known of the name at position ``at``."""
        options = self._named(text)
        told = units_beside(self.scene.text, at + len(text), self.atlas)
        head, comma, tail = text.partition(", ")
        if comma and not options:      # Cambridge, Massachusetts, as one name
            options, told = self._named(head), units_named(tail.split(), self.atlas)
        beside = holding(told, options)
        near = [a for a in self.anchors
                if a.place.type not in ("country", "region") and a.at != at]
        return options, Ask(kind, containers, beside, self._told.get(normalise(text)), near, at)

    def _anchor(self, anchor: Anchor) -> None:
        if anchor not in self.anchors:
            self.anchors.append(anchor)
            self.anchors.sort(key=lambda a: (a.at, a.place.id))

    def _find(self, mention: Mention) -> list[Scored]:
        at = mention.span.start
        asked = read_mention(mention, self.atlas)
        if mention.form != "pronoun":
            found = self._set(mention, asked) or self._by_name(asked, mention, at)
            if found:
                return found
        if vague(asked):
            return []
        if mention.antecedent is not None and \
                (mention.antecedent.start, mention.antecedent.end) not in self._acting:
            found = self._by_antecedent(mention, mention.antecedent, asked)
            if found:
                return found
        return self._by_context(mention, asked, at)

    def _ask(self, kind: str | None, at: int, containers: Sequence[Place] = ()) -> Ask:
        near = [a for a in self.anchors
                if a.place.type not in ("country", "region") and a.at != at]
        return Ask(kind, containers, (), None, near, at)

    def _containers(self, asked: Asked, at: int) -> list[Place]:
        out: list[Place] = []
        for name in asked.containers:
            for kind in ("country", "province", None) if asked.type == "capital" else (None,):
                ranked, _ = rank(self._named(name), self._ask(kind, at), self.scene, False)
                if ranked and ranked[0][1] >= ACCEPT_P:
                    out.append(ranked[0][0])
                    break
        return out + [self.atlas.country_place[iso] for iso in asked.demonyms
                      if iso in self.atlas.country_place]

    # Names

    def _by_name(self, asked: Asked, mention: Mention, at: int) -> list[Scored]:
        kind = "city" if asked.type == "capital" else asked.type
        name = without_article(mention.text)
        named, ask = self.options(mention.span.end - len(name), name)
        if mention.form == "description" and name == name.lower():
            named = [o for o in named if o.pack]       # a post is no town called Post
        if kind is None and mention.form == "name":
            around = self._kind_beside(mention.span.end - len(name), name)
            if around in ("city", "district", "province") and any(
                    fits(around, o.place.type)
                    and (o.pack or self.scene.others_share(o.asked, o.place.country) >= HERE)
                    for o in named):
                kind = around
        if name.islower():       # a coast is not a town called Coast
            named = []
        whole = [o for o in named
                 if fits(kind, o.place.type)
                 or (not asked.told and kind == asked.type
                     and (asked.whole or o.spot is not None))]
        if whole:
            own = kind if asked.told or all(fits(kind, o.place.type) for o in whole) else None
            ranked, _ = rank(whole, replace(ask, kind=own), self.scene)
            ranked = ranked if own else _city_first(ranked)
            if ranked and ranked[0][1] >= ACCEPT_P:
                return ranked
        nations = self.atlas.isos_of_demonym(asked.words)
        if nations:
            nation = max(nations, key=lambda c: (self.scene.share(c), c))
            return [(self.atlas.country_place[nation], CONTEXT_P, ("the country of a people",))]
        containers = self._containers(asked, at)
        if asked.type == "capital" and mention.container == mention.text and not any(
                fits("city", o.place.type) for o in self._named(mention.text)):
            return self._the_capital(asked, containers, at)    # the capitals of N and M provinces
        for name in asked.names:
            ranked = self._one_name(name, kind, asked, containers, at)
            if ranked:
                return ranked
        if not asked.names and kind in FACILITIES and not asked.several:
            if mention.container and mention.container not in mention.text:
                known = self._already(kind, asked, containers, at)
                if known is not None:
                    return [(known, CONTEXT_P, (f"the {asked.label or kind} named last before",))]
            return self._facility(kind, asked, containers, at)
        return []

    def _one_name(self, name: str, kind: str | None, asked: Asked, containers: list[Place],
                  at: int) -> list[Scored]:
        options = self._options(name, kind)
        if kind in FACILITIES:
            options = list({o.place.id: o for o in
                            (*options, *self.atlas.stemmed(name))}.values())
        ask = self._ask(kind, at, [c for c in containers if c.type != kind])
        ranked, nothing = rank(options, ask, self.scene)
        if kind is None:
            ranked = _city_first(ranked)
        focus = self.scene.focus
        if not ranked and focus and len(normalise(name)) >= FUZZY_LETTERS:
            ranked, nothing = rank(self.atlas.fuzzy(name, focus), ask, self.scene)
        if asked.direction and kind is None and ranked and ranked[0][0].type == "country" \
                and asked.words.split()[0] != "country":
            return [(_region(ranked[0][0], asked.direction), CONTEXT_P, ("a part of a country",))]
        if ranked and (ranked[0][1] >= ACCEPT_P or nothing < ACCEPT_P):
            return ranked
        if kind in ("airport", "base", "building", "prison"):
            city, _ = rank(self._named(name), self._ask("city", at), self.scene, False)
            if city and city[0][1] >= ACCEPT_P:
                return self._in_city(kind, asked, city[0][0])
        if normalise(name) in self.atlas.actor_names and kind is None:
            return ranked
        new_p = nothing * (NEW_P if kind else BARE_NEW_P)
        new = (self._provisional(name, kind, asked, containers), new_p,
               ("a name that no gazetteer or pack knows here",))
        return sorted([new, *ranked], key=lambda s: -s[1])

    def _options(self, name: str, kind: str | None) -> list[Named]:
        exact = self._named(name)
        if any(fits(kind, o.place.type) for o in exact):
            return exact
        return exact + self._spelled(name)

    def _provisional(self, name: str, kind: str | None, asked: Asked,
                     containers: list[Place]) -> Place:
        holder = next((c for c in containers if c.type != "country"), None)
        country = next((c.country for c in containers), None) or self.scene.focus
        label = asked.label or str(kind)
        if kind in FACILITIES and label and label not in normalise(name):
            name = f"{name} {label}"
        return provisional(name, kind or "other", holder, country)

    def _facility(self, kind: str, asked: Asked, containers: list[Place],
                  at: int) -> list[Scored]:
        """A facility told by its kind and where it is: Herat's airport, the embassy in Kabul."""
        options = {o.place.id: o for name in asked.containers for o in self.atlas.stemmed(name)}
        label = asked.label or str(kind)
        if kind == "building":      # a kind of many kinds: the word itself must be in the name
            options = {i: o for i, o in options.items() if label in normalise(o.place.name)}
        ranked, _ = rank(options.values(), self._ask(kind, at), self.scene)
        if ranked and ranked[0][1] >= ACCEPT_P:
            return ranked
        holder = next((c for c in containers if c.type != "country"), None)
        if holder is None:
            return []
        return self._in_city(kind, asked, holder)

    def _in_city(self, kind: str, asked: Asked, holder: Place) -> list[Scored]:
        """A facility of a place that nothing lists: one of its kind there, however it is told."""
        label = asked.label or kind
        owner = [self.atlas.demonym_of[iso] for iso in asked.demonyms[:1]]
        made = provisional(" ".join([*owner, readable(label), "in", holder.name]), kind, holder,
                           holder.country)
        return [(made, NEW_P, (f"a {label} in {holder.name} that nothing lists",))]

    def _already(self, kind: str, asked: Asked, containers: list[Place], at: int) -> Place | None:
        """The facility named since the city in whose context another mention stands."""
        cities = {c.id for c in containers}
        since = max((a.at for a in self.anchors if a.at < at and a.place.id in cities), default=0)
        before = [a.place for a in self.anchors if since < a.at < at and a.place.id not in cities
                  and a.place.type != "city" and fits(kind, a.place.type)
                  and self._same_sort(kind, asked, a.place)]
        return before[-1] if before else None

    def _same_sort(self, kind: str, asked: Asked, place: Place) -> bool:
        """A building is of many sorts: the word itself must be in the name."""
        return kind not in ("building", "base") or readable(asked.label) in normalise(place.name)

    # Sets

    def _set(self, mention: Mention, asked: Asked) -> list[Scored]:
        """Border crossings of a country, provincial capitals, towns in a province."""
        if asked.names or not (asked.several or speaks_of_several(mention)):
            return []
        containers = self._containers(asked, mention.span.start)
        if not containers and mention.text.lower().startswith(THEIRS):
            return []             # their camps: an actor's, wherever they are
        pointed = None if containers else pointed_at(mention, asked)
        if pointed:
            last = self._latest(mention.span.start, pointed)     # its suburbs: the city's
            if last is None:
                return []
            containers = [last]
        country = next((c.country for c in containers), None) or self.scene.focus
        if country is None:
            return []
        words = f" {asked.words} "
        known = [] if asked.direction else [
            (len(p), one.place) for _, one in self.atlas.sets([country])
            for p in one.phrases if f" {p} " in words]
        focus = self.scene.focus
        if focus and asked.type == "crossing" and any(
                c.type == "country" and c.country != focus for c in containers):
            made = crossings_with(self.atlas.spots.values(), self.atlas.sets([focus]), focus,
                                  {str(c.country) for c in containers} - {focus})
            if made is not None:
                return [(made, SET_P, (f"the crossings between {made.name.partition(' of ')[2]}",))]
        if known and not any(c.type not in ("country", "region") for c in containers):
            best = max(known, key=lambda f: (f[0], f[1].id))[1]
            return [(best, SET_P, (f"the set {best.name} in its pack",))]
        found = find_type(asked.words.split())
        owner = containers[0] if containers else self.atlas.country_place.get(country)
        if found is None or owner is None or found[2] in ("region", "country", "area"):
            return []
        kind: PlaceType = "city" if found[2] == "capital" else found[2]
        made = unlisted_set(" ".join(filter(None, (asked.direction, asked.label))), kind, owner,
                            country)
        if not asked.direction:
            made = listed(made, kind, found[2] == "capital", owner, self.atlas.gazetteer)
        by = "by the gazetteer" if made.members else "nothing lists them"
        return [(made, CONTEXT_P, (f"several of a kind in {owner.name}; {by}",))]

    # Coreference and context

    def _by_antecedent(self, mention: Mention, antecedent: Span, asked: Asked) -> list[Scored]:
        text = antecedent.of(self.scene.text)
        form: Form = "description" if text == text.lower() else "name"
        inner = Mention(antecedent, text, form, text, text.split()[-1] if text.split() else None)
        kind = "city" if asked.type == "capital" else asked.type
        if mention.form == "implied" and kind in ("area", "region"):
            kind = None      # the words name a part of the place
        found = [f for f in self._find(inner) if fits(kind, f[0].type)]
        total = sum(s for _, s, _ in found)     # the kind rules the others out, unless they ruled
        total = total if kind and total >= LIKELY_P else 1.0
        return [(p, s / total * COREFERENCE, (f"{mention.text!r} means {text!r}", *r))
                for p, s, r in found]

    def _by_context(self, mention: Mention, asked: Asked, at: int) -> list[Scored]:
        """Descriptions without a name: the capital, the city, the country, the airport."""
        kind = asked.type or ("city" if mention.form == "implied" else None)
        containers = self._containers(asked, at)
        if mention.form == "pronoun":
            last = self._latest(at, None)
            return [(last, ACCEPT_P, ("the place named last",))] if last else []
        if kind == "capital":
            return self._the_capital(asked, containers, at)
        country = next((c for c in containers if c.type == "country"), None) or \
            self.atlas.country_place.get(self.scene.focus or "")
        if kind == "country":
            return self._the_country(country)
        if asked.direction and (kind in ("region", "area", "province")
                                or (kind is None and only_direction(asked))):
            return [(_region(country, asked.direction), CONTEXT_P, ("a part of a country",))] \
                if country else []
        if kind in (None, "region", "area") or "region" in asked.words.split() \
                or asked.several or speaks_of_several(mention):
            return []
        if vague(asked):
            return []
        last = self._latest(at, kind)
        if last is not None and not self._same_sort(str(kind), asked, last):
            last = None
        if kind in FACILITIES and (last is None or last.type != kind):
            near = self._of_last_city(str(kind), asked, mention)
            if near or last is None:
                return near
        return [(last, CONTEXT_P, (f"the {kind} named last before",))] if last else []

    def _of_last_city(self, kind: str, asked: Asked, mention: Mention) -> list[Scored]:
        """*The airport* after a city: the one that serves it; *the town's prison*: that of the one
        named last."""
        at = mention.span.start
        city = self._latest(at, "city")
        if find_type((mention.container or "").lower().split()):
            city = next((a.place for a in reversed(self.anchors)
                         if a.at < at and a.place.type == "city"), city)
        if city is None or kind not in ("airport", "airbase", "university", "prison"):
            return []
        ranked, _ = rank(self.atlas.stemmed(city.name), self._ask(kind, at), self.scene)
        if ranked:
            return [(p, s * CONTEXT_P, (*r, f"{city.name} was named last")) for p, s, r in ranked]
        return [(p, BARE_NEW_P, (f"of {city.name}, named last",))
                for p, _, _ in self._in_city(kind, asked, city)]

    def _latest(self, at: int, kind: str | None) -> Place | None:
        """The place of a kind that is on the reader's mind at ``at``: named close before, or often.

        Where none is named before, the one that the report names most.
        """
        fitting = [a for a in self.anchors if fits(kind, a.place.type)
                   and (kind is not None or a.place.type != "country")]
        exact = [a for a in fitting if a.place.type == kind]
        for anchors in (exact, fitting):
            before = [a for a in anchors if a.at < at]
            if before:
                return _most_present((a.place, math.exp((a.at - at) / MEMORY)) for a in before)
        if kind in FACILITIES or not fitting:
            return None
        return _most_present((a.place, 1.0) for a in fitting)

    def _the_country(self, country: Place | None) -> list[Scored]:
        if country is None:
            return []
        share = self.scene.share(country.country)
        return [(country, min(0.95, 0.5 + share),
                 (f"the country that {share:.0%} of the report's names point to",))]

    def _the_capital(self, asked: Asked, containers: list[Place], at: int) -> list[Scored]:
        if vague(asked) or asked.words.split()[0] in ORDINALS or asked.several:
            return []
        unit = next((c for c in containers if c.type == "province"), None)
        if unit is not None:
            seat = self.atlas.seat(unit)
            return [(seat, SET_P, (f"the capital of {unit.name}",))] if seat else []
        if {"provincial", "regional", "state"} & set(asked.words.split()):
            city = self._latest(at, "city")
            return [(city, ACCEPT_P, ("the city named last before",))] if city else []
        iso = next((c.country for c in containers if c.type == "country"), None)
        if asked.containers and iso is None:
            return []
        focus = self.scene.focus
        capital = self.atlas.capital(iso or focus or "")
        if capital is not None and iso:
            return [(capital, 0.95, (f"the capital of {iso}, by the words",))]
        share = self.scene.share(focus)
        named = [a.place for a in self.anchors]
        if capital not in named and share < SURE_FOCUS_P:
            city = next((p for p in named if p.country and p == self.atlas.capital(p.country)),
                        None) or (self._latest(at, "city") if share < FOCUS_P else None)
            if city or share < FOCUS_P:
                return [(city, ACCEPT_P, ("the city that the report names, of no country told",))] \
                    if city else []
        if capital is None:
            return []
        return [(capital, min(0.95, 0.55 + share),
                 (f"the capital of {focus}, to which {share:.0%} of the report's names point",))]


def _city_first(ranked: list[Scored]) -> list[Scored]:
    """Where a bare name is rather a city's than that of the province or district around it, it is
    all the surer: who speaks of the unit says so (*Kunduz province*)."""
    city = ranked[0] if ranked and ranked[0][0].type == "city" else None
    if city is None:
        return ranked                 # where the ranking prefers the unit, it has its reasons
    name = normalise(city[0].name)
    around = {at: s for at, s in enumerate(ranked) if s[0].type in ("province", "district")
              and s[0].country == city[0].country and normalise(s[0].name) == name}
    if not around:
        return ranked
    taken = city[1] + SEAT_P * sum(s[1] for s in around.values())
    first = (city[0], taken, (*city[2], "the city rather than the unit around it"))
    rest = [(s[0], s[1] * (1 - SEAT_P), s[2]) if at in around else s
            for at, s in enumerate(ranked) if at]
    return sorted([first, *rest], key=lambda s: -s[1])


def _region(country: Place, direction: str) -> Place:
    """*Eastern Ukraine*: a region without borders, the same wherever it is named."""
    return provisional(f"{direction} {country.name}", "region", country, country.country)


def _most_present(weights: Iterable[tuple[Place, float]]) -> Place:
    """The place of greatest weight; the first named of equals."""
    total: dict[str, float] = {}
    places: dict[str, Place] = {}
    for place, weight in weights:
        places.setdefault(place.id, place)
        total[place.id] = total.get(place.id, 0.0) + weight
    return places[max(total, key=lambda i: total[i])]
