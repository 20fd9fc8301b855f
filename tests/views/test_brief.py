"""The brief: every sentence cites, and nothing from outside is markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from tests.views.world import (
    BELIEFS,
    EVIDENCE,
    FALL,
    FORECAST,
    JALALABAD,
    KABUL,
    NAMES,
    REPORTS,
    T0,
    belief,
)
from whoholds.core import Interval
from whoholds.views.brief import BriefView, brief
from whoholds.views.changes import DifferenceView
from whoholds.views.models import Brief, Cited, DisputeView, Position, cite, status_rows
from whoholds.views.papers import brief_html, brief_lines, brief_markdown
from whoholds.views.pdf import brief_pdf
from whoholds.views.tally import Fit, Number, SeriesView

CITED = cite((e for e in EVIDENCE if e.place_id == JALALABAD.id), REPORTS)
BEFORE = belief(JALALABAD, 0.1, at=T0 - timedelta(days=3))
FELL = DifferenceView(JALALABAD, "holder", BEFORE, BELIEFS[1], CITED)
DEAD = SeriesView("casualty", None, KABUL, "child", (Number(
    27, 27, None, Interval(None, T0, "day"), CITED[0], (Fit("sources", False, 3, 5),)),))


def view(**changes: object) -> BriefView:
    made = BriefView(
        "Afghanistan", T0 - timedelta(days=7), T0, (FELL,),
        status_rows(BELIEFS, EVIDENCE, REPORTS),
        (DisputeView(KABUL, T0, T0, (Position("actor:taliban", CITED[:1], 1, credence_p=0.6),
                                     Position("actor:government", CITED[1:], 1, denies=True))),),
        (DEAD,), (), (), (Cited(FORECAST, FALL),), NAMES, 3, 2,
        articled=frozenset({"Taliban", "Afghan government"}))
    return replace(made, **changes)  # type: ignore[arg-type]


MADE = brief(view())


def said(made: Brief, title: str) -> list[str]:
    return [t.text for s in made.sections if s.title == title for t in s.told]


def test_it_says_what_changed_who_holds_what_and_what_is_disputed() -> None:
    assert said(MADE, "What changed") == [
        "Jalālābād (city, Nangarhar) passed from the Afghan government to the Taliban on "
        "14–15 Aug 2021; this is almost certain (96%)."]
    assert "Almost certainly held by the Taliban: Jalālābād (96%)." in said(MADE, "Who holds what")
    assert said(MADE, "In short")[1].startswith(
        "Of the 4 places that reports speak of, the Taliban held 2 at the end of the period")
    assert said(MADE, "Disputed") == [
        "Kabul (city, Kabul), 15 Aug 2021: held by the Taliban, according to The Harbour Gazette "
        "(60%); not held by the Afghan government, according to The Harbour Gazette."]
    assert said(MADE, "Numbers") == [
        "Casualties, Kabul: 27 children. This does not fit: others, or the ledger's own count, "
        "say 3 to 5."]
    assert said(MADE, "Outlook") == [
        "A forecast, according to The Harbour Gazette: “Kabul could fall within 90 days”."]
    assert said(MADE, "Ways out") == []


def test_every_sentence_but_the_counts_cites() -> None:
    for section in MADE.sections:
        for told in section.told:
            assert told.cited or section.title in ("In short", "Who holds what"), told.text


def test_markdown_references_lead_to_their_sentences() -> None:
    text = brief_markdown(MADE)
    used = {int(n) for n in re.findall(r"\]\(#ref-(\d+)\)", text)}
    there = {int(n) for n in re.findall(r'<a id="ref-(\d+)"', text)}
    assert used == there == set(range(1, len(there) + 1))
    assert "“The Taliban took control of Jalalabad on Sunday.”" in text
    assert brief_markdown(brief(view())) == text


def test_nothing_changed_is_said_so() -> None:
    made = brief(view(changed=()))
    assert said(made, "In short")[0] == "No place is known to have changed hands in this period."


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.add(tag)


def test_hostile_names_are_text() -> None:
    evil = "<script>x</script>[y](javascript:z) ![i](http://e) **b**"
    place = replace(JALALABAD, name=evil)
    made = brief(view(theatre=evil, changed=(replace(FELL, place=place),)))
    assert "script" not in Tags(brief_html(made)).found - {"style"}
    page = MarkdownIt("commonmark").render(brief_markdown(made))
    assert not {"script", "img", "strong"} & Tags(page).found
    assert "javascript:" not in re.findall(r'href="([^"]*)"', page)
    assert evil in " ".join(text for _, text in brief_lines(made))


def test_on_paper() -> None:
    first = brief_pdf(MADE, T0)
    assert first.startswith(b"%PDF")
    assert brief_pdf(MADE, T0) == first
