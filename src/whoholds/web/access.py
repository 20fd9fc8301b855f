"""Who asks: anybody on this machine may read; who writes, or asks from elsewhere, has a token."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.exceptions import HTTPException

from whoholds.pipeline import Workbench
from whoholds.web.answers import Answers
from whoholds.web.options import Options


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks. ``name`` is the reviewer's whose token came with the request, or None."""

    answers: Answers
    options: Options
    name: str | None = None

    @property
    def desk(self) -> Workbench:
        return self.answers.desk

    @property
    def may_write(self) -> bool:
        return self.name is not None and not self.desk.ledger.read_only

    @property
    def reads_are_open(self) -> bool:
        return self.options.reads_are_open

    @property
    def tiles(self) -> str | None:
        return self.options.tiles

    @property
    def ledger_name(self) -> str:
        return self.options.title


def token_of(request: Request) -> str | None:
    """The token in ``Authorization: Bearer TOKEN``, None where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def reader(request: Request) -> Caller:
    """Who asks; 401 where reads need a token and none came."""
    caller: Caller = request.app.state.house.caller(token_of(request))
    if not caller.reads_are_open and caller.name is None:
        raise unsigned("reading from elsewhere needs a reviewer's token")
    return caller


def writer(request: Request) -> Caller:
    """Who writes; 401 without a token."""
    caller = reader(request)
    if caller.name is None:
        raise unsigned("writing needs a reviewer's token")
    return caller


def unsigned(why: str) -> HTTPException:
    """A refusal for want of a token."""
    return HTTPException(401, why, {"WWW-Authenticate": "Bearer"})
