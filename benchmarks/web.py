"""The web application on a large theatre, in a browser: `python -m benchmarks.web --json FILE`.

A simulated war of 2,000 places over 30 days in a ledger on disk; Chromium without a graphics card,
beside the server. Seconds:

- ``web.cold_frames``: the server's own time for the first map after a start.
- ``web.first_view``: from asking for the page to list and markers on the screen; server warm.
- ``web.unfold``: the server's own time until the known days are there; pages work meanwhile.
- ``web.step``, ``web.step_p95``: a step of the slider *when it was so*, to the map after it; the
  list beside the map follows a tenth of a second later, once the slider rests.
- ``web.known_step``, ``web.known_step_p95``: of the slider *what was known*, once they are there.
- ``web.known_step_early``: of that slider before they are there, to a day nobody asked about.
- ``web.place_known_step``: of that slider on a place's page, to a day nobody asked about.
- ``web.load`` (no seconds): programs that wanted to run for each core, in the last minute; above
  one, everything here waited for others.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks.figures import tell
from benchmarks.simulator import SCENARIOS, SIDES, START, simulate
from whoholds.core import (
    Actor,
    Candidate,
    Claim,
    Evidence,
    Interval,
    Mention,
    Place,
    Report,
    Resolution,
    Resolved,
    Source,
    Span,
)
from whoholds.pipeline import Workbench, open_ledger
from whoholds.web.answers import Answers
from whoholds.web.framing import frames_json, unfolding_json

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLACES, DAYS = 2000, 30
STEPS = 40           # of the first slider
KNOWN_STEPS = 25     # of the second
FEW_STEPS = 5        # that the server computes
WAYS = ("chromium", "chromium-browser", "google-chrome")


def place(index: int, given: Place) -> Place:
    """A place of the theatre on a grid, five degrees high and ten wide."""
    return replace(given, name=f"Town {index}", country="AF", latitude=31 + 5 * (index // 50) / 40,
                   longitude=62 + 10 * (index % 50) / 50, adm1=f"Province {index // 100}")


def ledger(path: Path) -> None:
    """Writes the simulated war into a ledger: a report for each outlet and day, a line a claim."""
    theatre = simulate(SCENARIOS["clean"], PLACES, DAYS)
    places = {p.id: place(i, p) for i, p in enumerate(theatre.places)}
    actors = tuple(Actor(side, side.title(), "armed group", side) for side in SIDES)
    groups: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for item in theatre.evidence:
        assert item.known_at is not None
        groups[item.outlet, (item.known_at - START).days].append(item)
    with open_ledger(path) as desk:
        for (outlet, _), items in sorted(groups.items()):
            last = max(e.known_at for e in items if e.known_at)
            lines = [f"{e.actor_side} {e.claim.kind} {places[e.place_id].name}." for e in items]
            report = Report("\n".join(lines), outlet, Interval(last, last, "second"), "given", True)
            claims, resolutions, start = [], [], 0
            for item, line in zip(items, lines, strict=True):
                span = Span(start, start + len(line))
                start += len(line) + 1
                side = item.actor_side or ""
                claim = Claim(
                    report.id, item.claim.kind, span, span, (Source(outlet, "outlet"),),
                    actor=Mention(Span(span.start, span.start + len(side)), side, "name", side),
                    place=Mention(span, line, "name", line), valid=item.claim.valid)
                claims.append(claim)
                resolutions += [
                    Resolution(claim.id, "place", "place", item.place_id,
                               (Candidate(item.place_id, 1.0),), "simulated"),
                    Resolution(claim.id, "actor", "actor", side, (Candidate(side, 1.0),),
                               "simulated")]
            told = {r.entity_id for r in resolutions}
            desk.ledger.append(report, claims, Resolved(
                tuple(resolutions), tuple(p for i, p in places.items() if i in told), actors),
                "simulated", START)


@contextmanager
def served(desk: Workbench) -> Iterator[str]:
    """The application on a free port, warm; gives its address."""
    import uvicorn

    from whoholds.web.app import make_app
    from whoholds.web.guarding import LOOPBACK
    from whoholds.web.options import Options
    from whoholds.web.pages import built_pages
    from whoholds.web.serving import Serving, bound
    listening = bound(Serving(port=0))
    app = make_app(desk, Options("benchmark", LOOPBACK), built_pages())
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    app.state.house.warm()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


def seen(home: str, chromium: str) -> dict[str, float]:
    """What a person waits for in a browser."""
    from playwright.sync_api import sync_playwright

    def opened(address: str) -> tuple[Page, float]:
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.set_default_timeout(120_000)
        start = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_selector("canvas[data-drawn]:not([data-drawn='0'])")
        page.wait_for_selector(".list li")
        return page, time.perf_counter() - start

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page, _ = opened(home)  # the server's first answer, and the disk's
        early = [stepped(page, "#slider-known") for _ in range(FEW_STEPS)]
        page.wait_for_selector("[data-unfolded=true]")
        views = []
        for _ in range(5):
            page.context.close()
            page, took = opened(home)
            views.append(took)
        page.wait_for_selector("[data-unfolded=true]")
        steps = [stepped(page, "#slider-at") for _ in range(STEPS)]
        known = [stepped(page, "#slider-known") for _ in range(KNOWN_STEPS)]
        page.goto(f"{home}/place?id=place500&at=2040-01-20")
        page.wait_for_selector("article .answer")
        place = [stepped(page, "#slider-known") for _ in range(FEW_STEPS)]
        browser.close()
    return {"web.first_view": median(views),
            "web.step": median(steps), "web.step_p95": quantiles(steps, n=20)[-1],
            "web.known_step": median(known), "web.known_step_p95": quantiles(known, n=20)[-1],
            "web.known_step_early": median(early), "web.place_known_step": median(place)}


def stepped(page: Page, slider: str) -> float:
    """Seconds from moving a slider one step back to the picture after it, in the browser's own
    clock: until what is shown is what was known at the moment chosen, and is painted."""
    took = page.evaluate(
        """async ([slider]) => {
          const input = document.querySelector(slider), start = performance.now();
          input.value = Number(input.value) - 1;
          input.dispatchEvent(new Event('input', {bubbles: true}));
          const painted = () => new Promise(r => requestAnimationFrame(() => setTimeout(r, 0)));
          await painted();
          if (slider === '#slider-known') {
            while (document.querySelector('[data-asked]').dataset.asked
                   !== document.querySelector('[data-known]').dataset.known) await painted();
          }
          await painted();
          return (performance.now() - start) / 1000;
        }""", [slider])
    return float(took)


def measure() -> dict[str, float]:
    """The figures; without a browser only what the server takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.db"
        ledger(path)
        with open_ledger(path) as desk:
            answers = Answers(desk)
            start = time.perf_counter()
            frames_json(answers, None, None)
            found = {"web.cold_frames": time.perf_counter() - start}
            start = time.perf_counter()
            unfolding_json(answers, None)
            found["web.unfold"] = time.perf_counter() - start
            chromium = next((way for name in WAYS if (way := shutil.which(name))), None)
            if chromium is not None:
                with served(desk) as home:
                    found |= seen(home, chromium)
    found["web.load"] = os.getloadavg()[0] / (os.cpu_count() or 1)
    return {name: round(value, 4) for name, value in found.items()}


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--json", type=Path, help="adds them to the figures that stand here")
    given = parser.parse_args()
    tell(measure(), given.json)


if __name__ == "__main__":
    main()
