"""The application: routes and pages behind the guard."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI

from whoholds import __version__
from whoholds.pipeline import Workbench
from whoholds.web import asking
from whoholds.web.guarding import guard
from whoholds.web.house import House
from whoholds.web.options import Options
from whoholds.web.pages import Asset, add_pages


def make_app(desk: Workbench, options: Options, pages: Mapping[str, Asset] | None = None,
             ) -> FastAPI:
    """The web application around an open ledger. ``pages``: the built front end; None: only
    /api/ and /openapi.json."""
    app = FastAPI(
        title="whoholds", version=__version__, docs_url=None, redoc_url=None,
        summary="Who holds what, since when, and who says so.",
        description="Reads are open on the machine itself; writing, and reading from elsewhere, "
                    "takes a reviewer's token: `Authorization: Bearer TOKEN`.")
    app.state.house = House(desk, options)
    app.include_router(asking.routes)
    if pages is not None:
        add_pages(app, pages)
    guard(app, options.hosts, options.tiles, options.largest_body)
    return app
