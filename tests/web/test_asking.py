"""The answers are those of the pipeline, typed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import NAME, Site


def test_the_overview_says_what_is_there_and_who_asks(read_only_site: Site) -> None:
    told = read_only_site.client.get("/api/ledger").json()
    known = read_only_site.desk.snapshot()
    assert (told["reports"], told["claims"]) == (len(known.reports), len(known.claims))
    assert (told["who"], told["may_write"]) == (None, False)
    assert {"Taliban", "Afghan government"} <= {s["name"] for s in told["sides"]}
    assert len({(s["colour"], s["shape"]) for s in told["sides"]}) == len(told["sides"])
    signed = read_only_site.client.get("/api/ledger", headers=read_only_site.signed).json()
    assert (signed["who"], signed["may_write"]) == (NAME, True)


def test_a_token_that_is_nobody_s_is_refused(read_only_site: Site) -> None:
    answer = read_only_site.client.get("/api/ledger", headers={"Authorization": "Bearer nobody"})
    assert answer.status_code == 401
    assert "nobody" not in answer.json()["detail"]


@pytest.mark.parametrize("asked", [{}, {"known_at": "2021-08-13"}, {"according_to": "Taliban"}])
def test_frames_say_at_their_steps_what_status_says(read_only_site: Site,
                                                    asked: dict[str, str]) -> None:
    told = read_only_site.client.get("/api/frames", params=asked).json()
    for step in (len(told["steps"]) // 2, len(told["steps"]) - 1):
        rows = read_only_site.desk.status(at=told["steps"][step], **asked)
        shown = {}
        for place in told["places"]:
            run = [r for r in place["runs"] if r[0] <= step][-1]
            shown[place["id"]] = (told["sides"][run[1]] if run[1] >= 0 else None, bool(run[3]))
            assert run[2] == round(100 * next(
                b.probability_p for b in rows if b.place.id == place["id"]))
        assert shown == {b.place.id: (b.holder, b.contested) for b in rows}


def test_a_place_s_answer_has_its_sentences_weights_and_bands(read_only_site: Site) -> None:
    told, = read_only_site.client.get(
        "/api/place", params={"place": "Jalalabad", "at": "2021-08-15"}).json()
    assert told["holder"] == "Taliban"
    assert told["summary"].startswith("Jalalabad (city, Nangarhar): held by Taliban")
    weights = [abs(m["weight_logodds"]) for m in told["moved"]]
    assert weights == sorted(weights, reverse=True)
    for moved in told["moved"]:
        for claim in moved["claims"]:
            start, end = claim["marks"]
            assert 0 <= start < end <= len(claim["sentence"])
            assert claim["chain"][0]["name"] == claim["outlet"]
    bands = told["bands"]
    assert len(bands["times"]) == len(bands["chances"])
    assert bands["times"] == sorted(bands["times"])
    assert all(abs(sum(row) - 1) < 0.001 for row in bands["chances"])


def test_context_stands_around_the_sentence_in_the_report(read_only_site: Site) -> None:
    told, = read_only_site.client.get("/api/place", params={"place": "Jalalabad"}).json()
    texts = {i: " ".join(r.text.split())
             for i, r in read_only_site.desk.snapshot().reports.items()}
    around = 0
    for claim in (c for m in told["moved"] for c in m["claims"]):
        text = texts[claim["report_id"]]
        for part in (claim["before"], claim["after"]):
            assert " ".join(part.strip("… ").split()) in text
            around += bool(part)
    assert around


def test_a_report_has_its_claims_where_they_stand(read_only_site: Site) -> None:
    listed = read_only_site.client.get("/api/reports").json()
    best = max(listed, key=lambda r: r["claims"])
    told = read_only_site.client.get("/api/report", params={"report": best["report_id"]}).json()
    assert len(told["claims"]) == best["claims"] > 5
    for one in told["claims"]:
        start, end = one["span"]
        marks = one["claim"]["marks"]
        assert told["text"][start:end] == one["claim"]["sentence"][marks[0]:marks[1]]


def test_reports_are_found_by_their_words(read_only_site: Site) -> None:
    found = read_only_site.client.get("/api/reports", params={"words": "jalalabad FLAGS"}).json()
    assert found
    texts = read_only_site.desk.snapshot().reports
    for one in found:
        text = texts[one["report_id"]].text.lower()
        assert "jalalabad" in text
        assert "flags" in text
    assert read_only_site.client.get("/api/reports?words=xyzzy").json() == []


def test_the_other_answers_speak_of_what_the_pipeline_finds(read_only_site: Site) -> None:
    site, known = read_only_site, read_only_site.desk.snapshot()

    def get(path: str, **params: str) -> object:
        answer = site.client.get(f"/api/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()
    assert len(get("timeline")) == len(site.desk.timeline(known))  # type: ignore[arg-type]
    assert len(get("disputes")) == len(site.desk.disputes(known))  # type: ignore[arg-type]
    assert len(get("tally")) == len(site.desk.tally(known))  # type: ignore[arg-type]
    exits = get("exits", country="Afghanistan")
    assert isinstance(exits, dict)
    assert {w["place"] for w in exits["ways"]} >= {"Torkham", "Spin Boldak"}
    forecasts, sources = get("forecasts"), get("sources")
    assert isinstance(forecasts, dict)
    assert isinstance(sources, dict)
    assert len(forecasts["forecasts"]) == len(site.desk.forecasts(known))
    assert len(sources["sources"]) == len(site.desk.sources(known))
    changes = get("changes", since="2021-08-13")
    assert isinstance(changes, dict)
    assert {c["place"] for c in changes["changes"]} >= {"Jalalabad"}


def test_a_side_looks_the_same_at_every_known_time(read_only_site: Site) -> None:
    told = read_only_site.client.get("/api/ledger").json()
    ids = {s["id"] for s in told["sides"]} | {"contested", "other"}
    for known_at in ("2021-08-08", "2021-08-12"):
        frames = read_only_site.client.get("/api/frames", params={"known_at": known_at}).json()
        assert set(frames["sides"]) <= ids


@pytest.mark.parametrize("who", [None, "Taliban"])
def test_the_known_days_unfold_as_the_frames_of_each_say(read_only_site: Site,
                                                         who: str | None) -> None:
    asked = {"according_to": who} if who else {}
    told = read_only_site.client.get("/api/unfolding", params=asked).json()
    assert len(told["days"]) > 5
    for index, day in enumerate(told["days"]):
        answer = read_only_site.client.get("/api/frames", params={"known_at": day, **asked})
        if answer.status_code == 400:      # it has not spoken yet: nobody of that name
            frames: dict[str, Any] = {"places": [], "sides": []}
        else:
            frames = answer.json()
        shown = []
        for place in told["places"]:
            found = [v for v in place["versions"] if v[0] <= index]
            if found and found[-1][4]:
                _, claims, origins, kinds, runs = found[-1]
                shown.append({**{k: v for k, v in place.items() if k != "versions"},
                              "claims": claims, "origins": origins,
                              "kinds": [told["kinds"][k] for k in kinds],
                              "runs": [[r[0], side(told, r), *r[2:]] for r in runs]})
        assert shown == [{**p, "runs": [[r[0], side(frames, r), *r[2:]] for r in p["runs"]]}
                         for p in frames["places"]]


def side(told: dict[str, list[str]], run: list[int]) -> str | None:
    """The holder that a run points to."""
    return told["sides"][run[1]] if run[1] >= 0 else None


def test_areas_of_an_added_gazetteer_are_shown(site: Site) -> None:
    assert site.client.get("/api/areas").json() == {"areas": []}
    place = next(p for p in site.desk.snapshot().places_with_evidence() if p.geonameid)
    ring = [[70, 34], [71, 34], [71, 35], [70, 34]]
    square: dict[str, Any] = {"type": "Polygon", "coordinates": [ring]}

    class Added:
        areas = 1

        def geometry(self, one: Any) -> dict[str, Any] | None:
            return square if one.id == place.id else None
    site.desk.note("The Taliban hold Kunduz.", author="Ana", published="2021-08-16")
    site.desk.stages.__dict__["gazetteer"] = Added()
    told = site.client.get("/api/areas").json()
    assert told == {"areas": [{"id": place.id, "polygons": [square["coordinates"]]}]}


def test_one_source_s_word_on_every_page(read_only_site: Site) -> None:
    """What an outlet says is some of what all say; nobody's word is refused or nothing."""
    outlet = "Tessera News Agency"
    for path, params in (("timeline", {}), ("disputes", {}), ("tally", {}), ("forecasts", {}),
                         ("changes", {"since": "2021-08-13"}), ("reports", {}),
                         ("place", {"place": "Kabul"}), ("exits", {"country": "Afghanistan"})):
        everyone = read_only_site.client.get(f"/api/{path}", params=params)
        told = read_only_site.client.get(
            f"/api/{path}", params={**params, "according_to": outlet})
        assert (everyone.status_code, told.status_code) == (200, 200), path
        assert len(told.text) < len(everyone.text), path
    for item in read_only_site.client.get("/api/tally", params={"according_to": outlet}).json():
        for number in item["numbers"]:
            assert outlet in [link["name"] for link in number["claim"]["chain"]]
    texts = {i: r.text for i, r in read_only_site.desk.snapshot().reports.items()}
    for item in read_only_site.client.get("/api/reports", params={"according_to": outlet}).json():
        assert item["outlet"] == outlet or "Tessera" in texts[item["report_id"]]
    nobody = read_only_site.client.get("/api/changes", params={
        "since": "2021-08-13", "according_to": "Nobody"})
    assert (nobody.status_code, nobody.json()["detail"]) == (
        400, "nobody called 'Nobody' says anything here")


def test_reports_say_what_they_speak_of(read_only_site: Site) -> None:
    listed = read_only_site.client.get("/api/reports").json()
    assert any("gain" in r["kinds"] and "AF" in r["countries"] and "Kunduz" in r["adm1s"]
               for r in listed)
    known = {s["id"] for s in read_only_site.client.get("/api/ledger").json()["sides"]}
    assert any(known & set(r["sides"]) for r in listed)
