"""News made up by chance: copies, corrections, late and undated reports, sets, numbers."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from whoholds.core import (
    Actor,
    Candidate,
    Claim,
    Interval,
    Kind,
    Mention,
    Place,
    Quantity,
    Report,
    Resolution,
    Resolved,
    Source,
    Span,
)
from whoholds.ledger import Entry, Ledger, Reading
from whoholds.reading import fingerprint

NOW = datetime(2026, 1, 2, tzinfo=UTC)
START = datetime(2024, 1, 1, tzinfo=UTC)
SIDES = tuple(Actor(f"actor:{name}", f"the {name}", "armed group", side=f"actor:{name}")
              for name in ("rebels", "army", "militia"))
TOWNS = tuple(Place(f"geonames:{n}", f"Town{n}", "city", country="XX", geonameid=n)
              for n in range(1, 31))
NAMESAKE = Place("geonames:99", "Town3", "city", country="YY", geonameid=99)
PORTS = Place("set:ports", "ports", "set", members=tuple(t.id for t in TOWNS[-4:]), complete=True)
KINDS: tuple[Kind, ...] = ("gain", "hold", "attack", "clash", "loss", "enter", "casualty")
WORDS = ("overnight", "shelling", "convoy", "bridge", "hospital", "road", "east", "west",
         "wounded", "families", "shelter", "power", "water", "market", "police", "video")
NOTICE = "Correction: an earlier version of this report named the wrong town.\n"
WITHDRAWN = "This report has been withdrawn.\n"


class Stream:
    """Endless readings, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._past: list[tuple[Report, list[Place]]] = []

    def reading(self) -> Reading:
        chance = self._chance
        towns = [chance.choice((*TOWNS, NAMESAKE, PORTS)) for _ in range(chance.choice((1, 2, 4)))]
        outlet, head, url, title = f"Outlet {chance.randrange(3)}", "", None, None
        if self._past and chance.random() < 0.4:
            old, towns = chance.choice(self._past[-12:])
            body = old.text.removeprefix(NOTICE).removeprefix(WITHDRAWN)
            lines = body.split("\n")
            if len(towns) > 1 and chance.random() < 0.4:      # cut by a line
                towns, body = towns[1:], "\n".join(lines[1:])
            if chance.random() < 0.3:
                towns = [*towns, chance.choice(TOWNS)]
                body += "\n" + self._sentence(towns[-1])
            if chance.random() < 0.5:      # its own outlet comes back to it
                outlet, head = old.outlet, chance.choice((NOTICE, NOTICE, WITHDRAWN, ""))
                url, title = old.url, old.title
                if (url or title) and chance.random() < 0.5:     # with another story
                    towns = [chance.choice(TOWNS)]
                    body = self._sentence(towns[0])
        else:
            body = "\n".join(map(self._sentence, towns))
            url = f"https://o.example/{chance.randrange(200)}" if chance.random() < 0.5 else None
            title = f"Story {chance.randrange(200)}" if chance.random() < 0.5 else None
        second = START + timedelta(hours=6 * chance.randrange(200))
        published = Interval(second, second, "second") if chance.random() < 0.92 else None
        report = Report(head + body, outlet, published, "metadata" if published else "none", True,
                        url, title)
        self._past.append((report, towns))
        claims, meant = self._claims(report, towns, len(head))
        return Reading(report, tuple(claims), Resolved(
            tuple(meant), tuple({p.id: p for p in (*towns, *TOWNS)}.values()), SIDES), "reader 1",
            "gazetteer 1", fingerprint(report.text))

    def _sentence(self, town: Place) -> str:
        count = self._chance.choice((3, 9, 9))
        return f"Fighters took {town.name} on " + " ".join(
            self._chance.choices(WORDS, k=count)) + "."

    def _claims(self, report: Report, towns: list[Place],
                start: int) -> tuple[list[Claim], list[Resolution]]:
        chance, claims, meant = self._chance, list[Claim](), list[Resolution]()
        day = report.published.latest if report.published else None
        for town, sentence in zip(towns, report.text[start:].split("\n"), strict=False):
            where = start + len("Fighters took ")
            side = chance.choice(SIDES)
            many = Quantity(float(chance.randrange(90)), "exactly", chance.choice(
                ("soldier", "house"))) if chance.random() < 0.3 else None
            placed = many is None or chance.random() < 0.7
            claim = Claim(
                report.id, chance.choice(KINDS), Span(start, where + len(town.name)),
                Span(start, start + len(sentence)), (Source(report.outlet, "outlet"),),
                actor=Mention(Span(start, start + 8), "Fighters", "description", "fighter"),
                place=Mention(Span(where, where + len(town.name)), town.name, "name", town.name,
                              quantifier="all" if town is PORTS else None) if placed else None,
                valid=Interval(None, day, "second") if day else None, quantity=many, frame="take",
                reader="reader 1", confidence_p=0.75)
            claims.append(claim)
            meant.append(Resolution(claim.id, "actor", "actor", side.id, (
                Candidate(side.id, 0.8),), "gazetteer 1"))
            if placed:
                meant.append(Resolution(claim.id, "place", "place", town.id, (
                    Candidate(town.id, 0.9),), "gazetteer 1"))
            start += len(sentence) + 1
        return claims, meant

    def round(self, ledger: Ledger) -> str:
        """Some reports come, now and then something else; what."""
        chance = self._chance
        ledger.append_all([self.reading() for _ in range(chance.choice((1, 1, 2, 3)))], NOW)
        what = chance.choices(("reports", "retraction", "again", "merge"), (20, 2, 2, 0.5))[0]
        report, _ = chance.choice(self._past)
        if what == "retraction":
            at = Interval(START, START + timedelta(days=60), "second")
            ledger.enter(Entry("retraction", report.id, "outlet", at), NOW)
        elif what == "again":
            claims = [replace(c, reader="reader 2") for c in ledger.claims(report_ids=[report.id])]
            with ledger.as_of() as view:
                meant = tuple(view.resolutions(report_ids=[report.id]))
            kept = {c.id for c in claims[1:]}
            ledger.append(report, claims[1:], Resolved(tuple(
                r for r in meant if r.claim_id in kept), (), ()), "reader 2", NOW)
        elif what == "merge" and self._past:
            ledger.enter(Entry("merge", TOWNS[0].id, "Ana", Interval(START, START, "second"), "", {
                "what": "place", "into": TOWNS[1].to_json()}), NOW)
        return what
