"""Sentences with tagged events."""

from __future__ import annotations

import pytest

from training.events import (
    DOUBTS_TOLD,
    EVENTS,
    FIRST,
    FOLDER,
    ROLES,
    Tag,
    files,
    read_events,
    read_line,
    sentences_of,
)
from whoholds.core import Kind


def test_a_line_with_two_events() -> None:
    text, tags = read_line("The last/C1A2 platoon slipped/withdraw2 away and Oskava/P12's "
                           "“gate”/P1 was theirs/gain1, he said.\n")
    assert text == "The last platoon slipped away and Oskava's “gate” was theirs, he said."
    assert {(text[t.start:t.end], t.label, t.number) for t in tags} == {
        ("last", "C", 1), ("last", "A", 2), ("slipped", "withdraw", 2), ("Oskava", "P", 1),
        ("Oskava", "P", 2), ("gate”", "P", 1), ("theirs", "gain", 1)}


def test_words_get_labels_and_roles() -> None:
    sentence, = sentences_of(*read_line("Rebels/A overran/gain the “old fort”/P yesterday."))
    assert [EVENTS[e] for e in sentence.events if e] == ["gain"]
    at = sentence.words.index("overran")
    assert {(event, sentence.words[word], ROLES[role]) for event, word, role in sentence.roles} == {
        (at, "Rebels", "A"), (at, "fort", "P")}


def test_a_hyphen_marks_what_is_no_fact() -> None:
    sentence, = sentences_of(*read_line("Rebels/A12 shelled/strike Oskava/P12 but failed to "
                                        "take/gain2- it, a rebel-held/hold3-won mayor said."),
                             doubts_told=True)
    assert [(sentence.words[i], doubted) for i, doubted in sentence.doubts] == [
        ("shelled", False), ("take", True), ("held", False)]
    assert "rebel-held-won" in read_line("A rebel-held/hold-won mayor.")[0]


def test_where_facts_are_not_told_apart_nothing_is_said_of_them() -> None:
    sentence, = sentences_of(*read_line("Rebels/A failed to take/gain- it."))
    assert sentence.doubts == ()


def test_a_line_of_no_event() -> None:
    assert read_line("- The bank overran its budget.") == ("The bank overran its budget.", ())


@pytest.mark.parametrize("line", [
    "Rebels/A1 took/gain1 and held/gain1 it.", "Rebels/A2 took/gain it.", "No event here.",
    "- Rebels took/gain it."])
def test_lines_that_do_not_fit_together(line: str) -> None:
    with pytest.raises(ValueError, match=r"tags that|neither"):
        read_line(line)


def test_every_line_of_the_project_can_be_read_and_all_kinds_are_told() -> None:
    lines = [line for path in sorted(FOLDER.glob("*.txt"))
             for line in path.read_text("utf8").splitlines()]
    tags: list[Tag] = [tag for line in lines for tag in read_line(line)[1]]
    assert {t.label for t in tags} == {*EVENTS[1:], *ROLES[1:]}
    assert set(EVENTS[1:]) == set(Kind.__args__)  # type: ignore[attr-defined]


def test_every_file_is_of_the_first_or_tells_facts_apart_and_has_its_trees() -> None:
    stems = [path.stem for path in files()]
    assert sorted((*FIRST, *DOUBTS_TOLD)) == stems
    told = read_events()
    assert all(len(s.heads) == len(s.words) for s in told)
    first = read_events(FIRST)
    assert len(first) + len(read_events(DOUBTS_TOLD)) == len(told)
    assert not any(s.doubts for s in first)
