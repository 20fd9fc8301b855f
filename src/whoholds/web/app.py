"""The application: routes and pages behind the guard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from whoholds import __version__
from whoholds.pipeline import Workbench
from whoholds.web import asking, reviewing, taking
from whoholds.web.guarding import guard
from whoholds.web.house import House
from whoholds.web.news import watch
from whoholds.web.options import Options
from whoholds.web.pages import Asset, add_pages


def make_app(desk: Workbench, options: Options, pages: Mapping[str, Asset] | None = None,
             ) -> FastAPI:
    """The web application around an open ledger. ``pages``: the built front end; None: only
    /api/ and /openapi.json."""
    house = House(desk, options)

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(watch(house.state, house.news, options.watch_s, house.warm))
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        house.news.end()
        await asyncio.to_thread(house.inbox.close)

    app = FastAPI(
        lifespan=living, title="whoholds", version=__version__, docs_url=None, redoc_url=None,
        summary="Who holds what, since when, and who says so.",
        description="Reads are open on the machine itself; writing, and reading from elsewhere, "
                    "takes a reviewer's token: `Authorization: Bearer TOKEN`.")
    app.state.house = house
    app.include_router(asking.routes)
    app.include_router(taking.routes)
    app.include_router(reviewing.routes)
    if pages is not None:
        add_pages(app, pages)
    guard(app, options.hosts, options.tiles, options.largest_body)
    return app
