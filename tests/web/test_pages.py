"""The pages are built files, served as they are and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.conftest import ROOT
from tests.web.conftest import Site, options
from whoholds.core import DataError
from whoholds.web import pages as pages_module
from whoholds.web.app import make_app
from whoholds.web.pages import PATHS, Asset, built_pages


def test_the_document_has_no_inline_script_or_style_and_nothing_from_outside() -> None:
    built = built_pages()
    document = built["/index.html"].body.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", document)
    assert "<style" not in document
    assert "style=" not in document
    addresses = re.findall(r"(?:src|href)=\"([^\"]*)\"", document)
    assert addresses
    for address in addresses:
        assert address.lstrip(".") in built
    for path, asset in built.items():
        if path.endswith(".css"):
            assert b"http" not in asset.body
            assert b"@import" not in asset.body


def test_pages_and_assets_are_served_and_nothing_else(read_only_site: Site) -> None:
    assets = {"/index.html": Asset(b"<!doctype html>", "text/html; charset=utf-8"),
              "/assets/a-1.js": Asset(b"1", "text/javascript; charset=utf-8")}
    with TestClient(make_app(read_only_site.desk, options(), assets), "http://localhost") as client:
        for path in PATHS:
            assert client.get(path).text == "<!doctype html>"
        script = client.get("/assets/a-1.js")
        assert script.headers["content-type"] == "text/javascript; charset=utf-8"
        assert "immutable" in script.headers["cache-control"]
        for path in ("/assets/", "/assets/../app.py", "/assets/%2e%2e/app.py", "/static/index.html",
                     "/wp-admin", "/index.html"):
            assert client.get(path).status_code == 404, path


def test_without_built_pages_one_line_says_what_is_missing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module.resources, "files", lambda package: tmp_path)
    with pytest.raises(DataError, match="not built: install whoholds again"):
        built_pages()


def test_every_page_of_the_front_end_has_an_address_here() -> None:
    main = (ROOT / "web" / "src" / "main.tsx").read_text("utf8")
    assert set(re.findall(r'^  \["(/[a-z]*)"', main, re.MULTILINE)) == set(PATHS)


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "web" / "package-lock.json").read_text("utf8")
