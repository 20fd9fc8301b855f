from __future__ import annotations

from tests.views.world import (
    BELIEFS,
    CONTRIBUTIONS,
    EVIDENCE,
    FALL,
    HEAD,
    JALALABAD,
    NAMES,
    REPORTS,
    TOOK,
    belief,
    evidence,
    report,
)
from whoholds.core import Claim, Contribution
from whoholds.views import Terminal, explain_data, explain_text, explanation

TOLD = explanation(BELIEFS[1], CONTRIBUTIONS, EVIDENCE, REPORTS)
KABUL = explanation(BELIEFS[0], (), EVIDENCE, REPORTS)


def test_sentence_chain_weight_and_leave_one_out_are_shown() -> None:
    text = explain_text(TOLD, NAMES, Terminal(100))
    assert "“The Taliban took control of Jalalabad on Sunday.”" in text
    assert "The Harbour Gazette · 15 Aug 2021 18:00 UTC" in text
    assert "substantial for Taliban (+2.40 log-odds alone; 33% without it)" in text
    assert text.startswith("Jalālābād (city, Nangarhar): held by Taliban (almost certain, 96%)")


def test_the_span_is_emphasised_in_the_sentence() -> None:
    assert "\x1b[1;4mtook control of Jalalabad\x1b[0m" in explain_text(
        TOLD, NAMES, Terminal(100, colour=True))


def test_what_moves_nothing_stands_apart_and_says_why() -> None:
    text = explain_text(KABUL, NAMES, Terminal(100))
    apart = text.split("Also said, without weight here")[1]
    assert "a forecast, not an event" in apart
    assert "Sputnik → Associated Press → officials (anonymous)" in apart
    assert [c["why"] for c in explain_data(KABUL, NAMES)["unmoved"]] == [  # type: ignore[union-attr, index, call-overload]
        "a forecast, not an event", "denies something else than holding"]


def test_strongest_first() -> None:
    weak = Contribution((HEAD.id,), "actor:taliban", -0.3, 0.97)
    strong = Contribution((TOOK.id,), "actor:taliban", 2.4, 0.33)
    told = explanation(BELIEFS[1], (weak, strong), EVIDENCE, REPORTS)
    assert [m.contribution for m in told.moved] == [strong, weak]
    assert "slight against Taliban" in explain_text(told, NAMES)


def test_a_copied_sentence_is_quoted_once_with_each_chain() -> None:
    copy = report(FALL.text, "Dunmore Herald")
    same = Claim(copy.id, TOOK.kind, TOOK.span, TOOK.sentence, TOOK.sources, valid=TOOK.valid)
    both = (evidence(TOOK, FALL, JALALABAD), evidence(same, copy, JALALABAD, copy_of=FALL.id))
    told = explanation(belief(JALALABAD, 0.9, claims=(TOOK.id, same.id)),
                       (Contribution((TOOK.id, same.id), "actor:taliban", 2.4, 0.33),), both,
                       {FALL.id: FALL, copy.id: copy})
    text = explain_text(told, NAMES, Terminal(120))
    assert text.count("took control of Jalalabad") == 1
    assert text.count("The Harbour Gazette · ") == 2
    assert "a copy, adds nothing" in text


def test_json_tells_what_the_text_tells() -> None:
    data = explain_data(TOLD, NAMES)
    moved = data["moved"][0]  # type: ignore[index]
    assert moved["without"] == 0.33  # type: ignore[index, call-overload]
    assert moved["claims"][0]["sentence"] in FALL.text  # type: ignore[index, call-overload, operator]
