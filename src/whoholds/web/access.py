"""Who asks: anybody on this machine may read; who writes, or asks from elsewhere, has a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from whoholds.core import UsageError
from whoholds.pipeline import Workbench
from whoholds.web.answers import Answers
from whoholds.web.options import Options


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks. ``name`` is the reviewer's whose token came with the request, ``signed``
    the ledger under that name; both None without a token."""

    answers: Answers
    options: Options
    name: str | None = None
    signed: Workbench | None = None

    @property
    def desk(self) -> Workbench:
        """The ledger to read from."""
        return self.answers.desk

    @property
    def pen(self) -> Workbench:
        """The ledger to write to, under the caller's name."""
        assert self.signed is not None, "a writer has a token"
        return self.signed

    @property
    def may_write(self) -> bool:
        return self.signed is not None and not self.desk.ledger.read_only


def token_of(request: Request) -> str | None:
    """The token in ``Authorization: Bearer TOKEN``, None where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def reader(request: Request) -> Caller:
    """Who asks; 401 where reads need a token and none came, or it is nobody's."""
    try:
        caller: Caller = request.app.state.house.caller(token_of(request))
    except UsageError as error:
        raise unsigned(str(error)) from error
    if not caller.options.reads_are_open and caller.name is None:
        raise unsigned("reading from elsewhere needs a reviewer's token")
    return caller


def writer(request: Request) -> Caller:
    """Who writes; 401 without a token."""
    caller = reader(request)
    if caller.signed is None:
        raise unsigned("writing needs a reviewer's token; `whoholds reviewer add NAME` makes one")
    return caller


def unsigned(why: str) -> HTTPException:
    """A refusal for want of a token."""
    return HTTPException(401, why, {"WWW-Authenticate": "Bearer"})


Reader = Annotated[Caller, Depends(reader)]
Writer = Annotated[Caller, Depends(writer)]
