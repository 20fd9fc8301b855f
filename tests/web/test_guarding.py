"""Host names, sizes, headers, errors without traces."""

from __future__ import annotations

import pytest

from tests.web.conftest import Site
from whoholds.web.guarding import host_of, policy


@pytest.mark.parametrize(("header", "host"), [
    ("localhost", "localhost"), ("LOCALHOST:80", "localhost"), ("127.0.0.1:8765", "127.0.0.1"),
    ("[::1]:8765", "::1"), ("evil.example", "evil.example"), ("localhost.", "localhost"),
    ("a b", "a b"), ("[::1", ""), ("", "")])
def test_a_host_header_gives_its_name(header: str, host: str) -> None:
    assert host_of(header) == host


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1"])
def test_another_host_name_is_refused(read_only_site: Site, host: str) -> None:
    answer = read_only_site.client.get("/api/ledger", headers={"host": host})
    assert answer.status_code == 421
    assert "localhost" not in answer.text


@pytest.mark.parametrize("host", ["localhost:9", "127.0.0.1:9", "[::1]:9"])
def test_this_machine_s_names_are_let_in(read_only_site: Site, host: str) -> None:
    assert read_only_site.client.get("/api/reports", headers={"host": host}).status_code == 200


def test_a_page_of_another_site_may_not_write(site: Site) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        answer = site.client.post("/api/reports", content=b"Words.", headers={
            **site.signed, "Origin": origin})
        assert answer.status_code == 403, origin
    assert len(site.desk.ledger.reports()) == len(site.client.get("/api/reports").json())


def test_too_large_a_body_is_refused_whatever_its_length_is_said_to_be(site: Site) -> None:
    huge = b"a" * 21_000_000
    told = site.client.post("/api/reports", content=huge, headers=site.signed)
    assert told.status_code == 413
    untold = site.client.post("/api/reports", content=iter([huge[:11_000_000]] * 2),
                              headers=site.signed)
    assert untold.status_code == 413


def test_every_answer_has_the_safety_headers(read_only_site: Site) -> None:
    for path in ("/api/ledger", "/nothing-here", "/openapi.json"):
        headers = read_only_site.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert read_only_site.client.get("/api/ledger").headers["cache-control"] == "no-store"


def test_the_policy_lets_no_inline_script_and_only_the_chosen_tiles_in() -> None:
    assert "unsafe" not in policy(None)
    assert "http" not in policy(None)
    tiled = policy("https://tiles.example:8080/{z}/{x}/{y}.png; script-src *")
    assert "img-src 'self' data: blob: https://tiles.example:8080;" in tiled
    assert "script-src *" not in tiled


def test_a_bug_is_told_in_one_line_without_a_trace(
        site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret: /home/ana/.token")
    monkeypatch.setattr(type(site.desk), "disputes", broken)
    answer = site.client.get("/api/disputes")
    assert answer.status_code == 500
    assert answer.json() == {"detail": "a bug in whoholds; the server's log has the details"}


@pytest.mark.parametrize(("path", "status"), [
    ("/api/place?place=Atlantis", 400), ("/api/status?at=yesterday", 400),
    ("/api/exits?country=Mordor", 400), ("/api/report?report=abc", 404), ("/api/place", 422),
    ("/api/changes?since=9999-12-31", 400), ("/api/nothing", 404), ("/docs", 404)])
def test_what_makes_no_sense_gets_one_line(read_only_site: Site, path: str, status: int) -> None:
    answer = read_only_site.client.get(path)
    assert answer.status_code == status
    assert "\n" not in answer.json()["detail"]
    assert "Traceback" not in answer.text
