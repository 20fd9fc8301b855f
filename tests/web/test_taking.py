"""Handing in, confirming, correcting, retracting: with a token, and heard of at once."""

from __future__ import annotations

from tests.web.conftest import NAME, Site, until

STORY = "Taliban fighters captured Jalalabad on Sunday, officials said."


def post(site: Site, path: str, body: dict[str, object]) -> dict[str, object]:
    answer = site.client.post(path, json=body, headers=site.signed)
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def jalalabad(site: Site) -> dict[str, object]:
    told, = site.client.get("/api/place", params={
        "place": "Jalalabad", "at": "2021-08-15"}).json()
    return dict(told)


def a_claim(site: Site) -> str:
    moved = jalalabad(site)["moved"]
    assert isinstance(moved, list)
    return str(moved[0]["claims"][0]["claim_id"])


def test_nothing_is_written_without_a_token(site: Site) -> None:
    before = site.desk.ledger.entries()
    claim = a_claim(site)
    for path in ("/api/reports", f"/api/claims/{claim}/confirm", f"/api/claims/{claim}/correct",
                 f"/api/claims/{claim}/dismiss", f"/api/reports/{claim}/retract",
                 f"/api/entries/{claim}/undo"):
        for headers in ({}, {"Authorization": "Bearer whoholds-0000000000000000-" + "a" * 32},
                        {"Cookie": f"token={site.token}"}):
            answer = site.client.post(path, json={}, headers=headers)
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"] == "Bearer"
    assert site.client.get("/api/readings").status_code == 401
    assert site.client.get("/api/entries").status_code == 401
    assert site.desk.ledger.entries() == before


def test_a_report_handed_in_is_read_and_counts(site: Site) -> None:
    answer = site.client.post(
        "/api/reports", content=STORY.encode(), headers=site.signed,
        params={"name": "../../etc/x.txt", "outlet": "Test", "published": "2021-08-15"})
    assert answer.status_code == 202
    assert (answer.json()["name"], answer.json()["by"]) == ("x.txt", NAME)

    def job() -> dict[str, object]:
        jobs = site.client.get("/api/readings", headers=site.signed).json()["jobs"]
        return dict(jobs[0])
    until(lambda: job()["state"] in ("done", "failed"))
    done = job()
    assert (done["state"], done["read"], done["claims"]) == ("done", 1, 1)
    taken = done["taken"]
    assert isinstance(taken, list)
    assert taken[0]["where"] == "x.txt"
    assert "outlet" in taken[0]
    assert "Test" in {c["outlet"] for m in jalalabad(site)["moved"]  # type: ignore[attr-defined]
                      for c in m["claims"]}


def test_what_cannot_be_read_says_why(site: Site) -> None:
    assert site.client.post("/api/reports", content=b" \n", headers=site.signed).status_code == 400
    assert site.client.post("/api/reports", content=b"Words.", headers=site.signed,
                            params={"published": "someday"}).status_code == 400
    site.client.post("/api/reports", content=b"%PDF-1.7 broken", headers=site.signed,
                     params={"name": "story.pdf"})

    def job() -> dict[str, object]:
        return dict(site.client.get("/api/readings", headers=site.signed).json()["jobs"][0])
    until(lambda: job()["state"] in ("done", "failed"))
    taken = job()["taken"]
    assert isinstance(taken, list)
    assert taken[0]["problem"]
    assert "/tmp" not in str(job())


def test_confirming_makes_surer_and_taking_back_undoes_it(site: Site) -> None:
    before = jalalabad(site)["probability"]
    made = post(site, f"/api/claims/{a_claim(site)}/confirm", {"reason": "seen"})
    assert (made["author"], made["kind"], made["reason"]) == (NAME, "confirm", "seen")
    after = jalalabad(site)["probability"]
    assert after > before  # type: ignore[operator]
    post(site, f"/api/entries/{made['id']}/undo", {})
    assert jalalabad(site)["probability"] == before
    lines = site.client.get("/api/entries", headers=site.signed).json()
    assert [e["kind"] for e in lines] == ["undo", "confirm", "reviewer"]
    assert [e["stands"] for e in lines] == [True, False, True]


def test_a_corrected_claim_shows_who_corrected_it(site: Site) -> None:
    claim = a_claim(site)
    report = next(r["report_id"] for r in site.client.get("/api/reports").json()
                  if any(c["claim"]["claim_id"] == claim for c in site.client.get(
                      "/api/report", params={"report": r["report_id"]}).json()["claims"]))
    post(site, f"/api/claims/{claim}/correct",
         {"changes": {"modality": "possible"}, "reason": "he only says it may be"})
    told = site.client.get("/api/report", params={"report": report}).json()["claims"]
    edited = [c for c in told if c["said"]]
    assert [c["claim"]["modality"] for c in edited] == ["possible"]
    assert edited[0]["said"][0]["author"] == NAME
    assert claim not in {c["claim"]["claim_id"] for c in told}


def test_a_misreading_and_a_withdrawn_report_count_no_more(site: Site) -> None:
    claim = a_claim(site)
    post(site, f"/api/claims/{claim}/dismiss", {"reason": "no such thing"})
    moved = jalalabad(site)["moved"]
    assert isinstance(moved, list)
    assert claim not in {c["claim_id"] for m in moved for c in m["claims"]}
    report = moved[0]["claims"][0]["report_id"]
    post(site, f"/api/reports/{report}/retract", {"since": "2021-08-16", "reason": "an error"})
    assert report not in site.client.get("/api/place", params={"place": "Jalalabad"}).text
    assert report in site.client.get(
        "/api/place", params={"place": "Jalalabad", "known_at": "2021-08-15"}).text


def test_a_correction_that_makes_no_sense_is_refused_in_one_line(site: Site) -> None:
    claim = a_claim(site)
    for body in ({"changes": {"kind": "nonsense"}}, {"changes": {"colour": "red"}},
                 {"changes": {"actor": "Words that nobody wrote"}}):
        answer = site.client.post(f"/api/claims/{claim}/correct", json=body, headers=site.signed)
        assert answer.status_code == 400, answer.text
    for body in ({}, {"changes": {}}, {"changes": {"kind": "hold"}, "author": "Another"}):
        answer = site.client.post(f"/api/claims/{claim}/correct", json=body, headers=site.signed)
        assert answer.status_code == 422, answer.text
    unknown = site.client.post(f"/api/claims/{'0' * 64}/confirm", json={}, headers=site.signed)
    assert unknown.status_code == 400


def test_protected_sources_are_hidden_from_who_may_not_see_them(site: Site) -> None:
    outlet = "Kestrel World Service"
    site.desk.signed(site.token).review.protect(outlet)
    for path in ("/api/reports", "/api/sources", "/api/place?place=Jalalabad", "/api/timeline",
                 "/api/ledger", "/api/disputes", "/api/changes?since=2021-08-13"):
        assert outlet not in site.client.get(path).text, path
    assert outlet in site.client.get("/api/reports", headers=site.signed).text
    blind = site.desk.signed(site.token).review.add_reviewer("Bo")
    claim = a_claim(site)  # as it is shown to who may not see: with an id of its own
    answer = site.client.post(f"/api/claims/{claim}/confirm", json={},
                              headers={"Authorization": f"Bearer {blind}"})
    assert answer.status_code == 200, answer.text
    assert any(c["said"] for r in site.client.get("/api/reports").json() for c in site.client.get(
        "/api/report", params={"report": r["report_id"]}).json()["claims"])
