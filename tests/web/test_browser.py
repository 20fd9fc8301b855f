"""A person at a browser: every page, with the keyboard, on a telephone, in the dark; nothing is
fetched from outside, nothing that a report says acts, and axe finds nothing serious."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import ROOT
from tests.web.conftest import NAME, served
from whoholds.core import Place
from whoholds.pipeline import open_ledger

ARGUMENTS = ["--use-gl=angle", "--use-angle=swiftshader", "--no-sandbox", "--mute-audio",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "build" / "screenshots"
PAGES = {
    "/": "Who holds what", "/changes": "What is different", "/timeline": "What happened, in order",
    "/disputes": "Where sources contradict each other", "/exits": "Ways out",
    "/numbers": "Numbers", "/forecasts": "Forecasts", "/sources": "Sources",
    "/reports": "Reports", "/review": "Review", "/inbox": "Inbox"}
expect.set_options(timeout=60_000)  # milliseconds: the machine may be busy
KABUL = "geonames:1138958"
HOSTILE = (
    "<script>document.title='owned'</script> Taliban fighters captured Jalalabad on Sunday, "
    "<img src=x onerror=\"document.title='owned'\"> officials said.\n\n"
    "Rebels seized \u202egnihtemos\u202c Kunduz, &lt;b&gt;said <svg onload=alert(1)> a "
    + "spokes" * 400 + "man. {{constructor}} ${7*7} javascript:alert(1)\n")


def chromium() -> str:
    """The system's browser; the test is skipped, saying so, where there is none."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome")
                  if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@dataclass
class Visit:
    """An open page of a served ledger, and everything that it asked for or complained of."""

    page: Page
    home: str
    token: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.home + path)
        expect(self.page.locator("h1")).to_be_visible()
        return self.page

    def sign_in(self) -> None:
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_label("Token").fill(self.token)
        self.page.locator("dialog").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name=NAME)).to_be_visible()


@pytest.fixture(scope="module")
def house(samples: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory,
          ) -> Iterator[tuple[str, str]]:
    path = Path(shutil.copy(samples[0], tmp_path_factory.mktemp("served") / "samples.db"))
    with open_ledger(path) as desk, served(desk) as home:
        yield home, samples[1]


def visit(browser: Browser, house: tuple[str, str], **how: Any) -> tuple[BrowserContext, Visit]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **how})
    context.set_default_timeout(60_000)
    page = context.new_page()
    seen = Visit(page, *house)
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda message: seen.complaints.append(message.text)
            if message.type == "error" else None)
    return context, seen


@pytest.fixture
def desk_view(browser: Browser, house: tuple[str, str]) -> Iterator[Visit]:
    context, seen = visit(browser, house)
    yield seen
    context.close()
    outside = [url for url in seen.asked if not url.startswith((seen.home, "data:", "blob:"))]
    assert outside == []
    assert seen.complaints == []


def grave(page: Page) -> list[str]:
    """What axe finds that keeps people out, once every answer is there."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text("utf8"))
    found = page.evaluate("""() => axe.run(document, {resultTypes: ['violations']})
        .then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | ')))""")
    return [str(one) for one in found]


def shot(page: Page, name: str) -> None:
    """Keeps a picture for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=name != "map")


def test_a_stranger_finds_who_held_jalalabad_on_15_august_and_why(desk_view: Visit) -> None:
    page = desk_view.go("/")
    expect(page.locator("canvas[data-drawn]")).not_to_have_attribute("data-drawn", "0")
    page.get_by_label("Find a place").fill("jalalabad")
    page.get_by_role("link", name="Jalalabad").click()
    expect(page.locator("h1")).to_have_text("Jalalabad")
    page.get_by_label("Another day").fill("2021-08-15")
    answer = page.get_by_label("Answer")
    expect(answer).to_contain_text("On 15 Aug 2021")
    expect(answer).to_contain_text("Held by")
    expect(answer).to_contain_text("Taliban")
    expect(answer).to_contain_text("very likely")
    why = page.get_by_label("Why we think so")
    expect(why.locator("mark").first).to_be_visible()
    expect(why).to_contain_text("took the city")
    expect(why).to_contain_text("Kestrel World Service → Afghan official (anonymous)")
    expect(why).to_contain_text("without it:")
    shot(page, "place")
    why.get_by_role("link", name="Read the report").first.click()
    expect(page.get_by_label("What was read")).to_contain_text("Jalalabad")
    assert "place" not in page.url


@pytest.mark.parametrize("path", list(PAGES))
def test_every_page_is_there_and_accessible(desk_view: Visit, path: str) -> None:
    page = desk_view.go(path)
    expect(page.locator("h1")).to_have_text(PAGES[path])
    expect(page.locator(".wait")).to_have_count(0)
    if path == "/":
        expect(page.locator("canvas[data-shapes]")).not_to_have_attribute("data-shapes", "0")
    assert grave(page) == []
    shot(page, path.strip("/") or "map")


def test_pages_answer_their_questions(desk_view: Visit) -> None:
    page = desk_view.go("/")
    contents = {
        "Disputes": "Afghan government holds it", "Timeline": "to Taliban", "Ways out": "Torkham",
        "Numbers": "at least 17 of 34", "Forecasts": "its words mean",
        "Sources": "Tessera News Agency", "Changes": "Jalalabad", "Reports": "Panjshir"}
    for name, text in contents.items():
        page.get_by_role("navigation").get_by_role("link", name=name).click()
        expect(page.locator("main")).to_contain_text(text)


def test_the_sliders_move_the_answer_and_the_address(desk_view: Visit) -> None:
    page = desk_view.go("/")
    unknown = page.get_by_role("button", name="unknown")
    few = int(unknown.locator("b").inner_text())
    page.get_by_role("slider", name="When it was so").focus()
    page.keyboard.press("Home")
    expect(unknown.locator("b")).not_to_have_text(str(few))
    page.wait_for_url("**/?at=2021-08-0*")
    page.keyboard.press("End")
    expect(unknown.locator("b")).to_have_text(str(few))
    page.get_by_role("slider", name="What was known").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/*known=2021-08-1*")
    expect(unknown.locator("b")).not_to_have_text(str(few))
    then = unknown.locator("b").inner_text()
    expect(page.locator("[data-unfolded=true]")).to_be_visible()
    asked = len(desk_view.asked)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-known*='2021-08-1']")).to_be_visible()
    expect(unknown.locator("b")).to_have_text(then)
    assert len(desk_view.asked) == asked, "the days that are known need no asking"
    page.get_by_role("button", name="Play: When it was so").click()
    expect(page.get_by_role("button", name="Stop: When it was so")).to_be_visible()


def test_filters_stand_in_the_address_and_a_view_can_be_shared(desk_view: Visit) -> None:
    page = desk_view.go("/?at=2021-08-15&side=pack:afghanistan/government")
    shown = page.get_by_label("Places", exact=True)
    page.get_by_label("Held by").select_option(label="Afghan government")
    expect(shown.get_by_role("heading")).to_have_count(1)
    page.wait_for_url("**side=*")
    page.get_by_label("Held by").select_option("")
    page.get_by_label("Province").select_option("Herat")
    expect(shown).not_to_contain_text("Kandahar")
    page.get_by_label("According to").select_option(label="side: Taliban")
    expect(page.locator(".title")).to_contain_text("according to")
    page.wait_for_url("**by=Taliban**")
    address = page.url
    desk_view.go("/").goto(address)
    expect(page.locator(".title")).to_contain_text("according to Taliban")


def test_the_map_opens_a_place_by_pointer_and_moves_by_keys(desk_view: Visit) -> None:
    page = desk_view.go("/")
    ground = page.get_by_role("group", name="Map")
    expect(page.locator("canvas[data-shapes]")).not_to_have_attribute("data-shapes", "0")
    ground.focus()
    drawn = page.locator("canvas.markers")
    before = drawn.get_attribute("data-drawn")
    for _ in range(6):
        page.keyboard.press("+")
    expect(drawn).not_to_have_attribute("data-drawn", str(before))
    page.keyboard.press("0")
    expect(drawn).to_have_attribute("data-drawn", str(before))
    page.goto(desk_view.home + "/?place=" + KABUL)
    expect(drawn).not_to_have_attribute("data-drawn", "0")
    box = ground.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".tip")).to_contain_text("Kabul")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("h1")).to_contain_text("Kabul")


def test_areas_that_an_added_gazetteer_has_are_drawn(samples: tuple[Path, str], browser: Browser,
                                                     tmp_path: Path) -> None:
    path = Path(shutil.copy(samples[0], tmp_path / "areas.db"))
    ring = [[68.5, 34], [70, 34], [70, 35.2], [68.5, 35.2], [68.5, 34]]

    class Added:
        areas = 1

        def geometry(self, one: Place) -> dict[str, object] | None:
            return {"type": "Polygon", "coordinates": [ring]} if one.id == KABUL else None
    with open_ledger(path) as desk, served(desk) as home:
        desk.stages.__dict__["gazetteer"] = Added()
        context, seen = visit(browser, (home, samples[1]))
        page = seen.go("/")
        expect(page.locator("canvas[data-areas='1']")).to_be_visible()
        shot(page, "areas")
        context.close()


def test_a_name_of_two_places_shows_both(desk_view: Visit) -> None:
    page = desk_view.go("/place?id=Kabul")
    expect(page.locator("h1")).to_have_text("Kabul: 2 places")
    expect(page.get_by_label("Answer")).to_have_count(2)
    assert grave(page) == []


def test_a_reviewer_hands_in_a_hostile_report_and_nothing_of_it_acts(desk_view: Visit) -> None:
    page = desk_view.go("/inbox")
    expect(page.locator("main")).to_contain_text("needs a reviewer's token")
    desk_view.sign_in()
    page.get_by_label("Outlet").fill("<b>Evil</b> \u202eyliaD")
    page.get_by_label("Published").fill("2021-08-15")
    page.get_by_label("or paste a report").fill(HOSTILE)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".jobs")).to_contain_text("done", timeout=120_000)
    expect(page.locator(".jobs")).to_contain_text("<b>Evil</b> \ufffdyliaD")
    page.locator(".jobs").get_by_role("link").first.click()
    text = page.locator(".report .text")
    expect(text).to_contain_text("<script>document.title='owned'</script>")
    expect(text).to_contain_text("\ufffdgnihtemos\ufffd")
    assert "\u202e" not in page.content()
    assert page.locator(".text script, .text img, .text svg, .text b").count() == 0
    assert page.title() != "owned"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert grave(page) == []
    shot(page, "hostile")


def test_a_reviewer_confirms_corrects_and_takes_back(desk_view: Visit) -> None:
    page = desk_view.go("/place?id=Aybak&at=2021-08-15")
    desk_view.sign_in()
    page.get_by_role("link", name="Read the report").first.click()
    read = page.get_by_label("What was read")
    read.get_by_role("button", name="Read aright").click()
    expect(read).to_contain_text(f"read aright, says {NAME}")
    shot(page, "report")
    read.get_by_role("button", name="take back").click()
    expect(read).not_to_contain_text("read aright, says")
    read.get_by_role("button", name="Correct").click()
    read.get_by_label("how it is meant").select_option("possible")
    read.get_by_label("why you correct it").fill("only maybe")
    read.get_by_role("button", name="Correct", exact=True).click()
    page.goto(desk_view.home + "/review")
    expect(page.get_by_label("Entries")).to_contain_text("is corrected (only maybe)")


def test_a_reviewer_answers_what_is_open_and_takes_it_back(desk_view: Visit) -> None:
    page = desk_view.go("/review")
    opened = page.get_by_label("What is open")
    expect(opened.locator(".question").first).to_be_visible()
    expect(opened.get_by_role("button", name="yes")).to_have_count(0)
    desk_view.sign_in()
    first = opened.locator(".question", has=page.get_by_role("button", name="yes")).first
    asked = first.locator("h3").inner_text()
    assert grave(page) == []
    shot(page, "review-signed")
    first.get_by_role("button", name="yes").click()
    entries = page.get_by_label("Entries")
    expect(entries.locator("li").first).to_contain_text("is read aright")
    expect(opened.locator("h3", has_text=asked)).to_have_count(0)
    entries.locator("li").first.get_by_role("button", name="take back").click()
    expect(opened.locator("h3", has_text=asked)).not_to_have_count(0)


def test_a_reviewer_merges_splits_and_locates(samples: tuple[Path, str], browser: Browser,
                                              tmp_path: Path) -> None:
    path = Path(shutil.copy(samples[0], tmp_path / "review.db"))
    with open_ledger(path) as desk, served(desk) as home:
        desk.note("Rebels captured the village of Shah Dara on Sunday. They also captured the "
                  "village of Shah Darra on Monday.", author="A friend", published="2021-08-16")
        context, seen = visit(browser, (home, samples[1]))
        page = seen.go("/review")
        seen.sign_in()
        decide, entries = page.get_by_label("Decide about names"), page.get_by_label("Entries")

        where = decide.locator("details", has_text="Where is it")
        where.locator("summary").click()
        where.get_by_role("button", name="Shah Dara", exact=True).click()
        where.get_by_label("Latitude").fill("34.5")
        where.get_by_label("Longitude").fill("70.1")
        where.get_by_role("button", name="It is there").click()
        expect(where.get_by_role("status")).to_contain_text("Entered")
        expect(entries.locator("li").first).to_contain_text("Shah Dara is at 34.5, 70.1")

        merge = decide.locator("details", has_text="Two are one")
        merge.locator("summary").click()
        merge.get_by_label("These are").select_option("source")
        merge.get_by_label("What was taken for").fill("Kestrel World Service")
        merge.get_by_label("is", exact=True).fill("Nobody at all")
        merge.get_by_role("button", name="They are one").click()
        expect(merge.get_by_role("alert")).to_contain_text("no source here is called")
        assert [c for c in seen.complaints if "400" not in c] == []
        seen.complaints.clear()  # the browser tells of every refusal
        merge.get_by_label("is", exact=True).fill("Tessera News Agency")
        merge.get_by_label("Why?").fill("one house")
        merge.get_by_role("button", name="They are one").click()
        expect(entries.locator("li").first).to_contain_text(
            "Kestrel World Service is one with Tessera News Agency (one house)")

        split = decide.locator("details", has_text="One is two")
        split.locator("summary").click()
        split.get_by_label("What was taken for").fill("Kunduz Airport")
        split.get_by_label("is, in the claims chosen below,").fill("Old Kunduz airfield")
        split.get_by_role("checkbox").first.check()
        assert grave(page) == []
        shot(page, "review-split")
        split.get_by_role("button", name="In this claim it is another").click()
        expect(entries.locator("li").first).to_contain_text("Old Kunduz airfield in 1 mentions")
        seen.go("/").get_by_label("Find a place").fill("shah dara")
        expect(page.locator(".list")).to_contain_text("Shah Dara")
        context.close()
        assert seen.complaints == []


def test_one_source_s_war_goes_along_from_page_to_page(desk_view: Visit) -> None:
    page = desk_view.go("/timeline?by=The+Oxus+Courier")
    expect(page.locator("main")).to_contain_text("Only as told by The Oxus Courier")
    for name in ("Disputes", "Numbers", "Forecasts", "Changes", "Sources", "Reports", "Ways out"):
        page.get_by_role("navigation").get_by_role("link", name=name).click()
        expect(page.locator("main")).to_contain_text("Only as told by The Oxus Courier")
        expect(page.locator(".wait")).to_have_count(0)
    page.get_by_role("navigation").get_by_role("link", name="Reports").click()
    few = page.locator(".reports li").count()
    page.get_by_role("button", name="hear everyone").click()
    expect(page.locator(".reports li")).not_to_have_count(few)
    page.wait_for_url("**/reports")


@pytest.mark.parametrize(("path", "filters"), [
    ("/", "by country adm1 side kind p from to"), ("/changes", "by country adm1 side kind p"),
    ("/timeline", "by country adm1 side kind p from to"),
    ("/disputes", "by country adm1 side kind p from to"),
    ("/exits", "by adm1 side kind p from to"), ("/numbers", "by country adm1 side kind from to"),
    ("/forecasts", "by country adm1 side kind p from to"), ("/sources", "by side p"),
    ("/reports", "by country adm1 side kind from to"),
    ("/review", "country adm1 side kind from to"), ("/place?id=Kabul", "by kind from to")])
def test_filters_of_each_page(desk_view: Visit, path: str, filters: str) -> None:
    """Each can be chosen, stands in the address and is there when the address is opened."""
    choices = {"country": "Country", "adm1": "Province", "side": "Held by", "kind": "Kind of claim",
               "p": "At least", "by": "According to"}
    page = desk_view.go(path)
    page.get_by_text("Filters", exact=True).click()
    for name in filters.split():
        if name in choices:
            field = page.locator(".filters").get_by_label(choices[name])
            field.select_option(index=1)
        else:
            field = page.locator(".filters input[type=date]").nth(0 if name == "from" else 1)
            field.fill("2021-08-06" if name == "from" else "2021-08-16")
    page.wait_for_url("**to=2021*" if "to" in filters.split() else "**p=55*")
    address = page.url
    for name in filters.split():
        assert f"{name}=" in address, (path, name)
    page.goto(address)
    expect(page.get_by_text(f"Filters ({len(filters.split())})")).to_be_visible()
    expect(page.locator(".wait")).to_have_count(0)


@pytest.mark.parametrize("path", [*PAGES, "/place?id=Kandahar"])
def test_pages_fit_a_telephone_in_the_dark(browser: Browser, house: tuple[str, str],
                                           path: str) -> None:
    context, seen = visit(browser, house, viewport={"width": 360, "height": 740},
                          color_scheme="dark", has_touch=True)
    page = seen.go(path)
    expect(page.locator(".wait")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert grave(page) == []
    shot(page, f"telephone-{path.strip('/').split('?')[0] or 'map'}")
    context.close()
    assert seen.complaints == []


def test_open_pages_hear_of_what_others_read(samples: tuple[Path, str], browser: Browser,
                                             tmp_path: Path) -> None:
    path = Path(shutil.copy(samples[0], tmp_path / "live.db"))
    with open_ledger(path) as desk, served(desk) as home:
        context, seen = visit(browser, (home, samples[1]))
        page = seen.go("/reports")
        expect(page.locator(".reports li")).to_have_count(20)
        with open_ledger(path) as other:
            other.note("The Taliban hold Kunduz.", author="A friend", published="2021-08-17")
        expect(page.locator(".reports li")).to_have_count(21)
        context.close()


def test_the_seeds_can_be_looked_at(shared: Path, browser: Browser, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "seeds.db") as desk:
        desk.read([], manifest=str(shared / "seeds" / "reports.csv"))
        with served(desk) as home:
            context, seen = visit(browser, (home, ""))
            for path, name in PAGES.items():
                page = seen.go(path)
                expect(page.locator("h1")).to_have_text(name)
                expect(page.locator(".wait")).to_have_count(0)
            page = seen.go("/place?id=Jalalabad&at=2021-08-15")
            expect(page.get_by_label("Answer")).to_contain_text("Taliban")
            shot(page, "seeds-place")
            context.close()
            assert seen.complaints == []
            assert all(url.startswith(home) for url in seen.asked)
