"""Review from end to end: a person's word is an entry, and what is believed follows at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whoholds.core import Claim, UsageError
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.stages import Stages
from whoholds.settings import settings_from

FIRST = ("Rebel fighters captured the city of Kharkiv on Tuesday, the governor said.\n\n"
         "Ukrainian forces still hold Kyiv, the defence ministry announced.\n")
LATER = "Russian troops seized Kherson on Thursday, residents said.\n"
ODD = "Russian troops captured the village of Novosillya Zhar on Friday, Andriy Hlushko said.\n"


@pytest.fixture(scope="module")
def tools() -> Stages:
    """Loaded once: they keep nothing of what they read."""
    return Stages(settings_from({}, {}))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, tools: Stages) -> Path:
    folder = tmp_path_factory.mktemp("review")
    for name, text in (("first", FIRST), ("later", LATER), ("odd", ODD)):
        (folder / f"{name}.txt").write_text(text, "utf8")
    (folder / "manifest.csv").write_text(
        "file,published,outlet,url\n"
        "first.txt,2022-03-01,Herald,https://herald.example/1\n"
        "later.txt,2022-03-03,Tribune,\nodd.txt,2022-03-04,Gazette,\n", "utf8")
    with open_ledger(folder / "made.db") as opened:
        opened.stages = tools
        assert len(opened.read([], manifest=folder / "manifest.csv").read) == 3
    return folder / "made.db"


@pytest.fixture
def desk(template: Path, tmp_path: Path, tools: Stages) -> Iterator[Workbench]:
    """A ledger with three reports, open for its first reviewer."""
    shutil.copy(template, tmp_path / "l.db")
    with open_ledger(tmp_path / "l.db") as opened:
        opened.stages = tools
        yield opened.signed(opened.add_reviewer("Ana Lis"))


def claim_about(desk: Workbench, place: str) -> Claim:
    return next(c for c in desk.snapshot().claims if c.place and place in c.place.text)


def holder(desk: Workbench, place: str, **when: str) -> str | None:
    return {b.place.name: b.holder for b in desk.status(**when)}.get(place)


def test_a_dismissed_claim_leaves_no_belief_and_undo_brings_it_back(desk: Workbench) -> None:
    assert holder(desk, "Kherson") == "state:RU"
    entry = desk.review.dismiss(claim_about(desk, "Kherson").id[:10], "about another war")
    assert holder(desk, "Kherson") is None
    desk.review.undo(entry.id[:8])
    assert holder(desk, "Kherson") == "state:RU"
    told = [(r.entry.kind, r.stands) for r in desk.entries()]
    assert told == [("reviewer", True), ("dismiss", False), ("undo", True)]
    assert desk.entries()[1].entry.reason == "about another war"
    assert desk.entries()[1].entry.author == "Ana Lis"
    assert desk.ledger.check() == ()


def test_confirming_makes_surer(desk: Workbench) -> None:
    before = next(b for b in desk.status(["Kherson"])).probability_p
    desk.review.confirm(claim_about(desk, "Kherson").id)
    assert next(b for b in desk.status(["Kherson"])).probability_p > before


def test_correcting_a_field_supersedes_the_claim(desk: Workbench) -> None:
    old = claim_about(desk, "Kherson")
    entry = desk.review.correct(old.id, {"polarity": "denied", "valid": "2022-03-02",
                                         "hedges": "reportedly"}, "misread")
    new = claim_about(desk, "Kherson")
    assert (new.polarity, new.hedges, new.reader) == ("denied", ("reportedly",), "review")
    assert new.valid is not None
    assert new.valid.to_json()[0] == "2022-03-02T00:00:00Z"
    assert old.id not in {c.id for c in desk.snapshot().claims}
    assert holder(desk, "Kherson") != "state:RU"
    with pytest.raises(UsageError, match="does not count any more"):
        desk.review.confirm(old.id)
    desk.review.undo(entry.id)
    assert claim_about(desk, "Kherson").id == old.id


def test_what_a_mention_means_is_corrected_without_new_words(desk: Workbench) -> None:
    old = claim_about(desk, "Kherson")
    desk.review.correct(old.id, {"place_is": "Odesa (city)", "actor_is": "state:UA"})
    assert claim_about(desk, "Kherson").id == old.id
    assert holder(desk, "Odesa") == "state:UA"
    assert holder(desk, "Kherson") is None
    desk.review.correct(old.id, {"place_is": "geonames:706448"})  # the actor stays as decided
    assert holder(desk, "Kherson") == "state:UA"
    with pytest.raises(UsageError, match="says already"):
        desk.review.correct(old.id, {"place_is": "geonames:706448"})


def test_words_for_a_place_or_a_source_must_stand_in_the_report(desk: Workbench) -> None:
    old = claim_about(desk, "Kherson")
    with pytest.raises(UsageError, match="stand nowhere"):
        desk.review.correct(old.id, {"place": "Mariupol"})
    desk.review.correct(old.id, {"source": "Tribune > residents (resident)", "actor": "troops"})
    new = claim_about(desk, "Kherson")
    assert [s.name for s in new.sources] == ["Tribune", "residents"]
    assert new.actor is not None
    assert new.actor.span.of(LATER) == "troops"


@pytest.mark.parametrize(("changes", "what"), [
    ({"kind": "capture"}, "kind is one of"), ({"colour": "red"}, "no field 'colour'"),
    ({"valid": "Friday"}, "not a date"), ({"quantity": "many"}, "a number and its unit"),
    ({"counterpart_is": "state:UA"}, "no counterpart"), ({}, "says already"),
    ({"actor_is": "the Gondorians"}, "no actor is called"),
])
def test_what_cannot_be_a_correction_is_said(desk: Workbench, changes: dict[str, str],
                                             what: str) -> None:
    with pytest.raises(UsageError, match=what) as caught:
        desk.review.correct(claim_about(desk, "Kherson").id, changes)
    assert "\n" not in str(caught.value)
    assert len(desk.entries()) == 1


def test_a_retraction_counts_from_its_own_date(desk: Workbench) -> None:
    entry = desk.review.retract("https://herald.example/1", "2022-03-03", "the outlet withdrew it")
    assert holder(desk, "Kyiv") is None
    assert holder(desk, "Kyiv", known_at="2022-03-02") == "state:UA"
    desk.review.undo(entry.id)
    assert holder(desk, "Kyiv") == "state:UA"


def test_a_place_that_no_gazetteer_has_is_located_or_is_another(desk: Workbench) -> None:
    place = next(p for p in desk.snapshot().known.places.values() if p.provisional)
    located = desk.review.locate(place.name, 46.6, 32.5)
    there = desk.snapshot().known.places[place.id]
    assert (there.latitude, there.longitude) == (46.6, 32.5)
    desk.review.undo(located.id)
    desk.review.locate(place.id, is_="geonames:700569")
    assert place.id not in desk.snapshot().known.places
    assert holder(desk, "Mykolaiv") == "state:RU"
    with pytest.raises(UsageError, match="no place on Earth"):
        desk.review.locate("Kyiv", 146.6, 32.5)


def test_merging_and_splitting_places_and_actors(desk: Workbench) -> None:
    merged = desk.review.merge("place", "Kherson", "Kyiv", "the same, for this test")
    assert holder(desk, "Kherson") is None
    with pytest.raises(UsageError, match="already merged"):
        desk.review.merge("place", "Kyiv", merged.target)
    desk.review.undo(merged.id)
    claim = claim_about(desk, "Kherson")
    desk.review.split("place", "Kherson", [claim.id[:12]], "Kherson Station")
    assert holder(desk, "Kherson Station") == "state:RU"
    assert holder(desk, "Kherson") is None
    desk.review.merge("actor", "state:RU", "state:UA")
    assert holder(desk, "Kherson Station") == "state:UA"
    with pytest.raises(UsageError, match="does not speak of"):
        desk.review.split("place", "Kyiv", [claim.id], "Kyiv Sea")


def test_two_names_of_one_source_are_one_origin(desk: Workbench) -> None:
    desk.note("Russian troops seized Kherson on Thursday.", "Herald", "2022-03-03")
    desk.note("Russian troops have seized the city of Kherson.", "The Herald Online", "2022-03-03")
    def origins() -> set[str]:
        return {e.origin for e in desk.snapshot().evidence if "Herald" in e.origin}
    assert len(origins()) == 2
    desk.review.merge("source", "The Herald Online", "Herald")
    assert origins() == {"outlet:Herald"}
    assert {e.outlet for e in desk.snapshot(according_to="The Herald Online").evidence} == {
        "Herald"}
    with pytest.raises(UsageError, match="no source here"):
        desk.review.merge("source", "Nobody", "Herald")


def test_the_ledger_of_yesterday_is_replayed(template: Path, tmp_path: Path) -> None:
    shutil.copy(template, tmp_path / "l.db")
    moments = iter(datetime(2030, 1, day, tzinfo=UTC) for day in range(1, 20))
    with open_ledger(tmp_path / "l.db") as opened:
        desk = Workbench(opened.ledger, opened.settings, clock=lambda: next(moments))
        desk = desk.signed(desk.add_reviewer("Ana Lis"))
        desk.review.dismiss(claim_about(desk, "Kherson").id)
        def then(moment: str) -> set[str]:
            known = desk.snapshot(as_recorded=moment)
            return {b.place.name for b in desk.status_in(known)}
        assert "Kherson" in then("2030-01-01")
        assert "Kherson" not in then("2030-01-10")
        assert desk.snapshot(as_recorded="2020-01-01").evidence == ()


def test_who_speaks_later_has_the_last_word(template: Path, tmp_path: Path) -> None:
    shutil.copy(template, tmp_path / "l.db")
    with open_ledger(tmp_path / "l.db") as opened:
        desk = Workbench(opened.ledger, opened.settings,
                         clock=lambda: datetime(2030, 1, 1, tzinfo=UTC))
        desk = desk.signed(desk.add_reviewer("Ana Lis"))
        claim = claim_about(desk, "Kherson")
        for _ in range(4):
            desk.review.dismiss(claim.id)
            assert holder(desk, "Kherson") is None
            desk.review.undo(desk.entries()[-1].id)
            assert holder(desk, "Kherson") == "state:RU"
        assert len({r.id for r in desk.entries()}) == 9


@pytest.mark.parametrize("verb", [
    lambda d: d.review.confirm("abc"), lambda d: d.review.confirm("f" * 12),
    lambda d: d.review.confirm("not an id"), lambda d: d.review.undo("f" * 12),
    lambda d: d.review.retract("https://nowhere.example/"),
    lambda d: d.review.merge("place", "Atlantis", "Kyiv"), lambda d: d.review.protect(" - "),
    lambda d: d.review.locate("Kyiv"), lambda d: d.review.split("source", "a", ["b"], "c"),
    lambda d: d.note("", "Ana"), lambda d: d.note("A word."[:0], None),
    lambda d: d.signed("whoholds-0123456789abcdef-" + "x" * 32), lambda d: d.signed("nonsense"),
    lambda d: d.add_reviewer("ana lis"), lambda d: d.add_reviewer(" "),
    lambda d: d.diff("1", "7"),
])
def test_what_makes_no_sense_is_said_in_one_line(desk: Workbench,
                                                 verb: Callable[[Workbench], object]) -> None:
    with pytest.raises(UsageError) as caught:
        verb(desk)
    assert "\n" not in str(caught.value)


def test_without_a_token_nobody_reviews(desk: Workbench) -> None:
    nobody = desk.signed(None)
    with pytest.raises(UsageError, match="sign with your token"):
        _ = nobody.review
    plain = desk.signed(desk.add_reviewer("Ben Ode"))
    plain.review.confirm(claim_about(desk, "Kherson").id)
    for verb in (lambda: plain.add_reviewer("Cy"), lambda: plain.review.protect("Tribune"),
                 lambda: plain.review.undo(desk.entries()[0].id)):
        with pytest.raises(UsageError, match="Ben Ode may not do that"):
            verb()
    assert [r.name for r in desk.reviewers()] == ["Ana Lis", "Ben Ode"]
    desk.review.undo(next(r.id for r in desk.entries() if r.entry.target == "Ben Ode"))
    with pytest.raises(UsageError, match="no reviewer"):
        desk.signed(plain.token)
