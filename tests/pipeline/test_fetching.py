"""Fetching: what is refused, what is limited, what sites ask for. Nothing leaves this machine."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pipeline.server import Site, serving
from whoholds.core import InputError, UsageError
from whoholds.pipeline import connecting
from whoholds.pipeline.connecting import Limits, Reach, addresses_of, is_public, target_of
from whoholds.pipeline.fetching import AskedToWait, Fetcher, Tag, fetcher_from, networks
from whoholds.settings import settings_from

HERE = networks("127.0.0.1")
HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = (200, HTML, b"<html>took the town</html>")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def home(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def fetcher(largest: int = 100_000, seconds: float = 5.0, pause_s: float = 0.0,
            reach: Reach | None = None, **more: Any) -> Fetcher:
    return Fetcher(Limits(largest, seconds), pause_s,
                   reach or Reach(allowed=HERE, resolve=home), **more)


def refusal(url: str, by: Fetcher | None = None) -> str:
    with pytest.raises(InputError) as caught:
        (by or fetcher()).fetch(url)
    assert "\n" not in str(caught.value)
    return caught.value.what


class TestAddresses:
    @pytest.mark.parametrize("address", [
        "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "0.0.0.0", "255.255.255.255",
        "224.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.1", "240.0.0.1", "192.0.0.192",
        "168.63.129.16", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
        "2002:a9fe:a9fe::1"])
    def test_what_is_not_public(self, address: str) -> None:
        assert not is_public(ipaddress.ip_address(address))

    @pytest.mark.parametrize("address", [
        "93.184.216.34", "8.8.8.8", "172.32.0.1", "2606:2800:220:1:248:1893:25c8:1946",
        "64:ff9b::808:808", "::ffff:8.8.8.8"])
    def test_what_is_public(self, address: str) -> None:
        assert is_public(ipaddress.ip_address(address))

    @given(st.ip_addresses(v=4, network="127.0.0.0/8") | st.ip_addresses(v=4, network="10.0.0.0/8")
           | st.ip_addresses(v=6, network="fc00::/7") | st.ip_addresses(v=6, network="fe80::/10"))
    def test_no_private_network_is_public(self, address: Any) -> None:
        assert not is_public(address)
        if address.version == 4:
            assert not is_public(ipaddress.ip_address(f"::ffff:{address}"))

    @pytest.mark.parametrize("url", [
        "http://127.0.0.1/", "http://[::1]/", "http://127.1/", "http://2130706433/",
        "http://0x7f000001/", "http://0177.0.0.1/", "http://[::ffff:7f00:1]/", "http://localhost/",
        "http://169.254.169.254/latest/meta-data/", "https://10.0.0.1:8443/", "http://0/"])
    def test_private_addresses_are_refused_however_written(self, url: str) -> None:
        by = Fetcher(Limits(1000, 5), 0)
        with pytest.raises(InputError, match=r"not on the public web|no host is called"):
            by.fetch(url)

    def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to(self) -> None:
        reach = Reach(resolve=lambda host, port: ["8.8.8.8", "192.168.0.1"])
        assert "192.168.0.1, which is not on the public web" in refusal(
            "http://news.example/", fetcher(reach=reach))

    def test_a_name_is_resolved_once_for_each_request(self, site: Site) -> None:
        asked: list[str] = []

        def rebinding(host: str, port: int) -> Sequence[str]:
            asked.append(host)
            return ["127.0.0.1"] if len(asked) <= 2 else ["127.0.0.2"]

        site.pages["/"] = PAGE
        fetcher(reach=Reach(HERE, rebinding)).fetch(site.url())
        assert asked == ["news.example"] * 2  # robots.txt, then the page
        assert {host for host, _, _ in site.asked} == {f"news.example:{site.port}"}

    def test_the_connection_goes_where_was_checked(self, site: Site,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
        def forbidden(*args: object, **more: object) -> None:
            host = args[0]
            assert host == "127.0.0.1", f"resolved {host} again"
            return real(*args, **more)  # type: ignore[arg-type, return-value]

        real = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", forbidden)
        site.pages["/"] = PAGE
        assert fetcher().fetch(site.url()).data == PAGE[2]

    def test_the_next_address_is_tried(self, site: Site) -> None:
        reach = Reach(networks("127.0.0.0/8"), lambda host, port: ["127.0.0.9", "127.0.0.1"])
        site.pages["/"] = PAGE
        assert fetcher(reach=reach).fetch(site.url()).data == PAGE[2]

    @pytest.mark.parametrize("url", [
        "ftp://news.example/", "file:///etc/passwd", "gopher://news.example", "http://", "news",
        "http:///x", "http://news.example:99999/", "http://news.example:22/", "http://a b/",
        "http://news.example/\x00", "http://[::1", "javascript:alert(1)", "http://n.example/" +
        "a" * 3000, "http://" + "a" * 70 + ".example/"])
    def test_no_address_on_the_web(self, url: str) -> None:
        with pytest.raises(InputError):
            target_of(url)

    def test_a_password_is_neither_used_nor_shown(self) -> None:
        with pytest.raises(InputError) as caught:
            target_of("http://user:secret@news.example/")
        assert "secret" not in str(caught.value)

    def test_parts(self) -> None:
        found = target_of("HTTPS://Münich.example/ä b?q=ü#x".replace(" ", "%20"))
        assert (found.scheme, found.host, found.port) == ("https", "xn--mnich-kva.example", 443)
        assert found.path == "/%C3%A4%20b?q=%C3%BC"
        assert target_of("http://[2001:db8::1]:8080/").origin == "http://[2001:db8::1]:8080"

    def test_what_may_be_reached_is_off_by_default(self, site: Site) -> None:
        by = fetcher_from(settings_from({"fetch.pause": "0"}, {}))
        assert "not on the public web" in refusal(f"http://127.0.0.1:{site.port}/", by)
        assert site.asked == []
        site.pages["/"] = PAGE
        by = fetcher_from(settings_from({"fetch.pause": "0", "fetch.allow": "127.0.0.1"}, {}))
        assert by.fetch(f"http://127.0.0.1:{site.port}/").data == PAGE[2]
        with pytest.raises(UsageError, match=r"fetch\.allow"):
            networks("everywhere")

    def test_the_resolver_has_a_time_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connecting, "CONNECT_S", 0.05)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [time.sleep(0.5)][:0])
        assert "no host is called" in refusal("http://slow.example/", fetcher(reach=Reach()))
        with pytest.raises(InputError, match="no host"):
            addresses_of(target_of("http://slow.example/"), Reach())


class TestRedirects:
    def test_they_are_followed_and_the_last_address_counts(self, site: Site) -> None:
        site.pages |= {"/a": (301, {"Location": "/b#x"}, b""),
                       "/b": (307, {"Location": site.url("/c", "other.example")}, b""), "/c": PAGE}
        found = fetcher().fetch(site.url("/a"))
        assert found.url == site.url("/c", "other.example")
        assert (found.content_type, found.charset) == ("text/html", "utf-8")

    @pytest.mark.parametrize(("place", "what"), [
        ("http://169.254.169.254/latest/meta-data/", "not on the public web"),
        ("http://[::1]/", "not on the public web"), ("file:///etc/passwd", "not an address"),
        ("", "does not say where to"), ("http://u:p@news.example/", "password"),
        ("//10.0.0.1/", "not on the public web"), ("http://x.example:25/", "port 25")])
    def test_each_hop_is_checked(self, site: Site, place: str, what: str) -> None:
        site.pages["/"] = (302, {"Location": place}, b"")
        assert what in refusal(site.url())

    def test_circles_and_long_chains_end(self, site: Site) -> None:
        site.pages |= {"/a": (302, {"Location": "/b"}, b""), "/b": (302, {"Location": "/a"}, b"")}
        assert refusal(site.url("/a")) == "redirects in a circle"
        site.pages |= {f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(30)}
        assert "more than 10 times" in refusal(site.url("/0"))
        assert len(site.paths) < 20


class TestLimits:
    def test_size_stated_and_unstated(self, site: Site) -> None:
        site.pages["/stated"] = (200, HTML, b"x" * 2000)
        site.pages["/unstated"] = (200, {**HTML, "Content-Length": "", "Connection": "close"},
                                   b"x" * 2000)
        for path in ("/stated", "/unstated"):
            assert refusal(site.url(path), fetcher(largest=1000)) == "larger than 1,000 bytes"

    def test_packed_answers(self, site: Site) -> None:
        zipped = {**HTML, "Content-Encoding": "gzip"}
        site.pages |= {"/a": (200, zipped, gzip.compress(b"took the town")),
                       "/two": (200, zipped, gzip.compress(b"took ") + gzip.compress(b"Marn")),
                       "/bomb": (200, zipped, gzip.compress(b"\0" * 600_000)),
                       "/bombs": (200, zipped, gzip.compress(b"\0" * 900) * 5),
                       "/cut": (200, zipped, gzip.compress(b"took the town" * 9)[:-12]),
                       "/torn": (200, zipped, b"took the town"),
                       "/br": (200, {**HTML, "Content-Encoding": "br"}, b"x")}
        by = fetcher(largest=1000)
        assert by.fetch(site.url("/a")).data == b"took the town"
        assert by.fetch(site.url("/two")).data == b"took Marn"
        for path, what in (("/bomb", "larger than 1,000 bytes when unpacked"),
                           ("/bombs", "larger than 1,000 bytes when unpacked"),
                           ("/cut", "broke off"), ("/torn", "broken"), ("/br", "not asked for")):
            assert what in refusal(site.url(path), by)

    def test_time(self, site: Site) -> None:
        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(100):
                handler.wfile.write(b"X-Slow: 1\r\n")
                time.sleep(0.05)

        def drip_body(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            for _ in range(100):
                handler.wfile.write(b"x")
                time.sleep(0.05)

        def silent(handler: BaseHTTPRequestHandler) -> None:
            time.sleep(2)

        site.pages |= {"/head": drip, "/body": drip_body, "/silent": silent}
        for path in ("/head", "/body", "/silent"):
            began = time.monotonic()
            assert "0.4 s" in (told := refusal(site.url(path), fetcher(seconds=0.4))) \
                or told == "did not answer in time"
            assert time.monotonic() - began < 1.5

    @pytest.mark.parametrize("answer", [
        b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A" * 70000,
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 300 + b"\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
    def test_answers_that_are_none(self, site: Site, answer: bytes) -> None:
        site.pages["/"] = lambda handler: handler.wfile.write(answer)
        assert refusal(site.url()) in ("broke off or sent something that is no answer", "empty",
                                       "did not answer in time")

    def test_a_port_where_nobody_listens(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        assert refusal(f"http://news.example:{port}/") == "cannot be reached"

    @pytest.mark.parametrize(("status", "what"), [
        (404, "no such page"), (410, "no such page"), (403, "refuses"), (500, "failed"),
        (418, "answered 418"), (304, "answered 304")])
    def test_statuses(self, site: Site, status: int, what: str) -> None:
        site.pages["/"] = (status, {}, b"")
        assert what in refusal(site.url())


class TestManners:
    def test_robots_are_asked_once_and_honoured(self, site: Site) -> None:
        site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private*/x$\n\n"
                                       b"User-agent: whoholds\nDisallow: /ours\n"),
                       "/a": PAGE, "/private/x": PAGE, "/ours": PAGE}
        by = fetcher()
        assert by.fetch(site.url("/a")).data == by.fetch(site.url("/private/x")).data
        assert "robots.txt" in refusal(site.url("/ours"), by)
        assert [path for _, path, _ in site.asked] == ["/robots.txt", "/a", "/private/x"]
        site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private*/x$\n")
        assert "robots.txt" in refusal(site.url("/private/x"))

    def test_a_redirect_to_a_forbidden_page_is_not_followed(self, site: Site) -> None:
        site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /b"),
                       "/a": (302, {"Location": "/b"}, b""), "/b": PAGE}
        assert "robots.txt" in refusal(site.url("/a"))
        assert site.paths == ["/a"]

    def test_a_failing_robots_file_closes_the_site_and_a_missing_one_opens_it(
            self, site: Site) -> None:
        site.pages |= {"/robots.txt": (503, {}, b""), "/": PAGE}
        assert "robots.txt: 503" in refusal(site.url())
        site.pages["/robots.txt"] = (403, {}, b"")
        assert fetcher().fetch(site.url()).data == PAGE[2]
        site.pages["/robots.txt"] = (302, {"Location": "http://10.0.0.1/robots.txt"}, b"")
        assert "not on the public web" in refusal(site.url())

    def test_rules_are_asked_for_again_after_a_day(self, site: Site) -> None:
        now = [0.0]
        by = fetcher(clock=lambda: now[0])
        site.pages["/"] = PAGE
        for now[0] in (0.0, 80_000.0, 90_000.0):
            by.fetch(site.url())
        assert [path for _, path, _ in site.asked].count("/robots.txt") == 2

    def test_a_host_has_its_pauses(self, site: Site) -> None:
        now, slept = [0.0], list[float]()

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            now[0] += seconds

        site.pages |= {"/a": PAGE, "/b": PAGE, "/c": PAGE}
        by = fetcher(pause_s=2.0, clock=lambda: now[0], sleep=sleep)
        by.fetch(site.url("/a"))
        by.fetch(site.url("/b"))
        assert slept == [2.0, 2.0]
        by.fetch(site.url("/b", "other.example"))
        assert slept == [2.0, 2.0, 2.0]  # after its own robots.txt
        site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7")
        slept.clear()
        by = fetcher(pause_s=2.0, clock=lambda: now[0], sleep=sleep)
        by.fetch(site.url("/a"))
        by.fetch(site.url("/b"))
        assert slept == [2.0, 7.0]
        site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 3600")
        assert "a refusal" in refusal(site.url("/a"))

    def test_conditional_requests(self, site: Site) -> None:
        site.pages["/"] = (200, {**HTML, "ETag": '"1"', "Last-Modified": "Fri"}, b"<html>x")
        by = fetcher()
        first = by.get(site.url())
        assert first.tag == Tag('"1"', "Fri")
        site.pages["/"] = (304, {"Content-Length": "", "ETag": '"2"'}, b"")
        again = by.get(site.url(), first.tag)
        assert again.fetched is None
        assert again.tag == Tag('"2"', "Fri")
        sent = site.asked[-1][2]
        assert (sent["if-none-match"], sent["if-modified-since"]) == ('"1"', "Fri")
        assert sent["user-agent"].startswith("whoholds/")

    @pytest.mark.parametrize(("headers", "seconds"), [
        ({"Retry-After": "120"}, 120.0), ({}, 0.0), ({"Retry-After": "soon"}, 0.0),
        ({"Retry-After": "999999999"}, 86_400.0),
        ({"Retry-After": "Fri, 13 Aug 2021 16:31:00 GMT", "Date": "Fri, 13 Aug 2021 16:30:00 GMT"},
         60.0)])
    def test_a_busy_server(self, site: Site, headers: dict[str, str], seconds: float) -> None:
        for status in (429, 503):
            site.pages["/"] = (status, headers, b"")
            with pytest.raises(AskedToWait) as caught:
                fetcher().fetch(site.url())
            assert caught.value.seconds == seconds


class TestCertificates:
    @pytest.fixture
    def certificate(self, tmp_path: Path) -> Path:
        folder = tmp_path
        try:
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                 "/CN=news.example", "-addext", "subjectAltName=DNS:news.example", "-keyout",
                 folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("no openssl to make a certificate with")
        return folder

    def test_the_name_is_checked_though_the_connection_goes_to_a_number(
            self, certificate: Path) -> None:
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        trusting = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
        with serving(lambda plain: server.wrap_socket(plain, server_side=True)) as site:
            site.pages |= {"/": PAGE, "/down": (302, {"Location": "http://news.example/"}, b"")}
            by = fetcher(reach=Reach(HERE, home, trusting))
            secure = site.url().replace("http:", "https:")
            assert by.fetch(secure).data == PAGE[2]
            assert "not encrypted" in refusal(secure + "down", by)
            for url, reach in ((secure.replace("news", "other"), Reach(HERE, home, trusting)),
                               (secure, Reach(HERE, home))):
                assert "certificate" in refusal(url, fetcher(reach=reach))
