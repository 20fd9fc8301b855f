"""What is asked first is what could move most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from whoholds.core import UsageError
from whoholds.pipeline import Workbench, open_ledger

NOTES = (("Herald", "Russian troops captured the city of Kherson, officials said."),
         ("Tribune", "Russian troops have captured the city of Kherson, residents said."),
         ("Gazette", "Ukrainian forces still hold Kherson, the defence ministry said."),
         ("Courier", "Russian troops reportedly seized Melitopol, unconfirmed reports said."),
         ("Courier", "Russian troops captured the village of Novosillya Zhar, residents said."))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with open_ledger(tmp_path_factory.mktemp("queue") / "l.db") as opened:
        for outlet, text in NOTES:
            assert opened.note(text, outlet, "2022-03-03").problem is None
        yield opened.signed(opened.add_reviewer("Ana Lis"))


def test_questions_come_by_what_they_move(desk: Workbench) -> None:
    found = desk.questions(desk.snapshot())
    assert found
    values = [q.moves_p for q in found]
    assert values == sorted(values, reverse=True)
    assert all(0 <= v <= 1 for v in values)
    open_ = {d.place.id for d in desk.disputes(desk.snapshot()) if d.resolved is None}
    assert {q.place.id for q in found if q.kind == "dispute" and q.place} == open_
    assert "doubtful" in {q.kind for q in found}
    assert len(desk.questions(desk.snapshot(), most=1)) == 1
    for q in found:
        assert sum(a.chance_p for a in q.answers) <= 1 + 1e-9
        assert q.answers or q.kind in ("unlocated", "unresolved")


def test_questions_about_one_place(desk: Workbench) -> None:
    known = desk.snapshot()
    about = desk.questions(known, ["Kherson"])
    assert about
    assert {q.place.name for q in about if q.place} == {"Kherson"}
    with pytest.raises(UsageError, match="Atlantis"):
        desk.questions(known, ["Atlantis"])


def test_an_answered_question_is_not_asked_again(desk: Workbench) -> None:
    first = next(q for q in desk.questions(desk.snapshot()) if q.kind == "doubtful")
    answer = first.answers[0]
    entry = getattr(desk.review, answer.verb)(**answer.arguments)
    again = desk.questions(desk.snapshot())
    assert (first.kind, first.claim_ids) not in {(q.kind, q.claim_ids) for q in again
                                                 if q.kind == "doubtful"}
    desk.review.undo(entry.id)


def test_nothing_is_asked_of_an_empty_ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as empty:
        assert empty.questions(empty.snapshot()) == ()
