"""What is open is asked, and people merge, split and locate: with a token, as entries."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import NAME, Site

PLACES = {"place": "Shah Dara", "words": "Rebels captured the village of Shah Dara on Sunday. They "
          "also captured the village of Shah Darra on Monday."}


def get(site: Site, path: str, **params: str) -> Any:
    answer = site.client.get(f"/api/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def post(site: Site, path: str, body: dict[str, object], status: int = 200) -> dict[str, Any]:
    answer = site.client.post(f"/api/{path}", json=body, headers=site.signed)
    assert answer.status_code == status, answer.text
    told: dict[str, Any] = answer.json()
    return told


def names(site: Site, what: str) -> dict[str, dict[str, Any]]:
    return {n["name"]: n for n in get(site, "named", what=what)}


def test_the_questions_are_those_of_the_queue_in_its_order(read_only_site: Site) -> None:
    site = read_only_site
    told = get(site, "questions", most="30")
    queue = site.desk.questions(site.desk.snapshot(), (), 30)
    assert [q["text"] for q in told] == [q.text for q in queue]
    assert [q["moves"] for q in told] == sorted((q["moves"] for q in told), reverse=True)
    for asked, found in zip(told, queue, strict=True):
        assert [c["claim_id"] for c in asked["claims"]] == list(found.claim_ids[:3])
        assert [a["text"] for a in asked["answers"]] == [a.text for a in found.answers]
    one = next(q for q in told if q["place_id"])
    about = get(site, "questions", place=one["place_id"])
    assert {q["place_id"] for q in about} == {one["place_id"]}


def test_an_answer_to_a_question_closes_it(site: Site) -> None:
    asked = next(q for q in get(site, "questions") if q["kind"] == "doubtful")
    answer = next(a for a in asked["answers"] if a["verb"] == "confirm")
    post(site, f"claims/{answer['claim']}/confirm", {})
    assert asked["text"] not in [q["text"] for q in get(site, "questions", most="100")
                                 if q["claims"][0]["claim_id"] == answer["claim"]]


def test_two_sources_are_one_and_again_two(site: Site) -> None:
    first, second = list(names(site, "source"))[:2]
    made = post(site, "merge", {"what": "source", "one": first, "into": second, "reason": "same"})
    assert (made["author"], made["kind"], made["reason"]) == (NAME, "merge", "same")
    post(site, f"entries/{made['id']}/undo", {})
    again = post(site, "merge", {"what": "source", "one": first, "into": second})
    assert again["id"] != made["id"]
    assert "one source already" in post(
        site, "merge", {"what": "source", "one": second, "into": first}, 400)["detail"]


def test_places_are_merged_split_and_located(site: Site) -> None:
    site.desk.note(PLACES["words"], author="Ana", published="2021-08-16")
    before = names(site, "place")
    strange = [n for n in before.values() if n["unlocated"] and n["name"].startswith("Shah Dar")]
    assert len(strange) == 2, "two villages that no gazetteer has"
    one, other = strange
    post(site, "locate", {"place": one["id"], "latitude": 34.5, "longitude": 70.1})
    lines = site.client.get("/api/entries", headers=site.signed).json()
    assert f"{one['name']} is at 34.5, 70.1" in lines[0]["line"]
    assert one["id"] not in {n["id"] for n in names(site, "place").values() if n["unlocated"]}
    spot = next(p for p in get(site, "frames")["places"] if p["id"] == one["id"])
    assert (spot["latitude"], spot["longitude"]) == (34.5, 70.1)
    merged = post(site, "merge", {"what": "place", "one": other["id"], "into": one["id"]})
    assert other["id"] not in {n["id"] for n in get(site, "named", what="place")}
    claims = get(site, "spoken", what="place", of=one["id"])
    assert len(claims) == 2
    post(site, f"entries/{merged['id']}/undo", {})
    assert len(get(site, "spoken", what="place", of=one["id"])) == 1
    split = post(site, "split", {"what": "place", "of": one["id"], "into": "Shah Dara Bala",
                                 "claims": [claims[0]["claim_id"]]})
    assert "Shah Dara Bala" in names(site, "place")
    assert "Shah Dara Bala" in split["line"]


def test_what_makes_no_sense_is_refused_in_one_line(site: Site) -> None:
    place = next(iter(names(site, "place")))
    for path, body in (
            ("merge", {"what": "place", "one": place, "into": place}),
            ("merge", {"what": "actor", "one": "Nobody at all", "into": "Taliban"}),
            ("split", {"what": "place", "of": place, "into": "Elsewhere", "claims": ["0" * 64]}),
            ("locate", {"place": place}), ("locate", {"place": "Nowhere at all", "into": place})):
        told = post(site, path, body, 400)["detail"]
        assert "\n" not in told
    post(site, "locate", {"place": place, "latitude": 91, "longitude": 0}, 422)
    post(site, "split", {"what": "source", "of": place, "into": "x", "claims": ["0" * 64]}, 422)


def test_nothing_is_decided_without_a_token(site: Site) -> None:
    before = site.desk.ledger.entries()
    for path, body in (("merge", {"what": "place", "one": "Kabul", "into": "Herat"}),
                       ("split", {"what": "place", "of": "Kabul", "into": "x",
                                  "claims": ["0" * 64]}),
                       ("locate", {"place": "Kabul", "latitude": 1, "longitude": 1})):
        assert site.client.post(f"/api/{path}", json=body).status_code == 401
    assert site.desk.ledger.entries() == before
