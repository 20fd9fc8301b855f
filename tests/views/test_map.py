from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.world import BELIEFS, EVIDENCE, KABUL, NAMES, REPORTS, T0, belief, claim, report
from tests.views.world import evidence as evidence_of
from whoholds.core import Place
from whoholds.views import Names, Outline, map_data, map_html, map_view

SQUARE = Outline("Squareland", (((60.0, 30.0), (75.0, 30.0), (75.0, 38.0), (60.0, 38.0)),))
FRAMES = [(T0 - timedelta(days=1), tuple(belief(b.place, 0.1) for b in BELIEFS)), (T0, BELIEFS)]
VIEW = map_view("Afghanistan", FRAMES, EVIDENCE, REPORTS, NAMES, outlines=[SQUARE])


class Scripts(HTMLParser):
    """The elements of a page, their attributes, and what stands in script and style elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._open: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag in self.raw else None
        if self._open:
            self.raw[self._open].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.raw[self._open][-1] += data


def embedded(page: str) -> Any:
    return json.loads(Scripts(page).raw["script"][0])


def place(data: Any, name: str) -> Any:
    return next(p for p in data["places"] if p["name"] == name)


def test_each_step_shows_what_was_believed_then() -> None:
    data: Any = map_data(VIEW)
    assert data["steps"] == ["2021-08-14T18:00:00Z", "2021-08-15T18:00:00Z"]
    names = [side["name"] for side in data["sides"]]
    jalalabad = place(data, "Jalālābād")
    before, after = (jalalabad["rows"][i] for i in jalalabad["row"])
    assert names[before[0]] == "Afghan government"
    assert names[after[0]] == "Taliban"
    assert after[2:][jalalabad["states"].index(after[0])] == 960
    kabul = place(data, "Kabul")
    assert kabul["rows"][kabul["row"][1]][:2] == [-1, 1]


def test_unlocated_places_are_listed_but_not_drawn() -> None:
    village = place(map_data(VIEW), "Deh Sabzak")
    assert village["at"] is None
    assert village["kind"] == "unlocated area"


def test_countries_are_not_drawn_as_points() -> None:
    country = Place("geonames:1149361", "Afghanistan", "country", "AF", 1149361, 33.0, 66.0)
    frames = [(T0, (belief(country, 0.9), belief(KABUL, 0.9)))]
    data = map_data(map_view("x", frames, (), {}, NAMES))
    assert place(data, "Afghanistan")["at"] is None
    assert place(data, "Kabul")["at"] is not None


def test_sentences_come_with_span_and_chain() -> None:
    said = next(c for c in place(map_data(VIEW), "Kabul")["claims"] if "clash" in c["says"][0])
    assert said["pieces"] == [["There ", 0], ["has been no fighting in Kabul", 1], [" yet.", 0]]
    assert said["chains"] == ["Sputnik → Associated Press → officials (anonymous)"]


def test_the_country_that_places_lie_in_is_in_focus() -> None:
    far = Outline("Elsewhere", (((73.0, 32.0), (79.0, 32.0), (79.0, 36.0), (73.0, 36.0)),))
    view = map_view("x", FRAMES, (), {}, NAMES, outlines=[SQUARE, far])
    data: Any = map_data(view)
    assert {land["name"]: land["focus"] for land in data["base"]} == {
        "Squareland": True, "Elsewhere": False}


def test_the_policy_allows_our_script_and_style_and_nothing_else() -> None:
    page = Scripts(map_html(VIEW))
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") ==
                  "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    for kind, text in (("script", page.raw["script"][1]), ("style", page.raw["style"][0])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_nothing_is_loaded_from_outside() -> None:
    page = Scripts(map_html(VIEW))
    assert not [a for _, a in page.tags if {"src", "href", "srcset", "data", "style"} & set(a)]
    assert not [a for _, a in page.tags if any(name.startswith("on") for name in a)]
    code = page.raw["script"][1] + page.raw["style"][0]
    assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|@import|url\((?!#)|import\(", code)
    assert "innerHTML" not in code
    assert "insertAdjacentHTML" not in code


def test_the_same_input_gives_the_same_page() -> None:
    other = map_view("Afghanistan", FRAMES[::-1], EVIDENCE[::-1], REPORTS, NAMES, outlines=[SQUARE])
    assert map_html(VIEW) == map_html(other)


HOSTILE = st.text(max_size=60) | st.sampled_from([
    "</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", "{{script}}",
    "{{data}}", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "&lt;b&gt;", "\u202eevil",
    "\x00", "'\"`${1}"])


CLEAN = Scripts(map_html(map_view("x", FRAMES, (), {}, Names())))


@settings(max_examples=30, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_text_stays_text(title: str, name: str, words: str) -> None:
    said = report(f"{words} The Taliban took X.\nEnd.", outlet=name or "x", url=words)
    about = Place("provisional:x", name, "area", name[:2] or None, adm1=words)
    took = claim(said, "Taliban took X")
    view = map_view(title, [(T0, (*BELIEFS, belief(about, 0.9, claims=(took.id,))))],
                    [evidence_of(took, said, about)], {said.id: said},
                    Names({"actor:taliban": words}), outlines=[Outline(name, SQUARE.rings)])
    text = map_html(view)
    page = Scripts(text)
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in CLEAN.tags]
    assert page.raw["script"][1] == CLEAN.raw["script"][1]
    assert not set(page.raw["script"][0]) & set("<>&\u2028\u2029")
    assert f"<title>{html.escape(map_data(view)['title'])}</title>" in text  # type: ignore[arg-type]
    data = embedded(text)
    for one in data["places"]:
        for cited in one["claims"]:
            assert cited["url"] is None or cited["url"].startswith(("https://", "http://"))
