"""The pages: one document and its assets, as the package's build made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from whoholds.core import DataError

PATHS = ("/", "/place", "/report", "/reports", "/timeline", "/disputes", "/numbers", "/forecasts",
         "/exits", "/sources", "/changes", "/inbox", "/review")
TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
         "mjs": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
         "json": "application/json", "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is served: its bytes and type."""

    body: bytes
    type: str


def built_pages() -> Mapping[str, Asset]:
    """The built files by path; DataError in one line where they were not built."""
    folder = resources.files("whoholds.web").joinpath("static")
    if not folder.joinpath("index.html").is_file():
        raise DataError("the web pages", "not built: install whoholds again with a network for "
                        "packages, or run `npm ci && npm run build` in the folder web")
    found: dict[str, Asset] = {}

    def add(where: Traversable, prefix: str) -> None:
        for item in where.iterdir():
            if item.is_dir():
                add(item, f"{prefix}{item.name}/")
            elif (ending := item.name.rpartition(".")[2]) in TYPES:
                found[f"/{prefix}{item.name}"] = Asset(item.read_bytes(), TYPES[ending])

    add(folder, "")
    return found


def add_pages(app: FastAPI, assets: Mapping[str, Asset]) -> None:
    """Serves the document at every page's address, the assets at theirs; nothing else."""
    def page(request: Request) -> Response:
        asset = assets["/index.html"]
        return Response(asset.body, media_type=asset.type)

    for path in PATHS:
        app.add_route(path, page, methods=["GET", "HEAD"], include_in_schema=False)

    def file(asset: Asset, path: str) -> None:
        kept = {"cache-control": "public, max-age=31536000, immutable"} \
            if path.startswith("/assets/") else {}

        def answer(request: Request) -> Response:
            return Response(asset.body, media_type=asset.type, headers=kept)
        app.add_route(path, answer, methods=["GET", "HEAD"], include_in_schema=False)

    for path, asset in assets.items():
        if path != "/index.html":
            file(asset, path)
