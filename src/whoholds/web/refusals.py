"""The refusals that any endpoint may answer with, for /openapi.json."""

from __future__ import annotations

from typing import Any

from whoholds.web.shapes import Problem

TOLD = {400: "The request makes no sense.", 401: "A token is needed.",
        403: "Not from here, or not by you.", 404: "There is no such thing.",
        413: "Too large.", 421: "Not the name of this server.", 422: "Not as described here.",
        503: "The ledger cannot be read or written, or the server is busy."}
REFUSALS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem, "description": told} for code, told in TOLD.items()}
