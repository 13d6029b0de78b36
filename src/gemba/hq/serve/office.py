"""What every page may use: the desk at headquarters, the rules of this server, and who is signed in."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from starlette.requests import Request

from gemba.hq.serve.tries import Tries
from gemba.hq.status import Status, status
from gemba.store import stewards
from gemba.store.stewards import Steward
from gemba.work.desk import Desk

_FRESH = timedelta(seconds=30)


class Rules(msgspec.Struct, frozen=True):
    """How this server is reached, and how long one stays signed in."""

    https: bool = False
    """True when browsers reach it by https, through a proxy."""
    domains: tuple[str, ...] = ()
    """Names under which it is reached; others are refused. Loopback names always are accepted."""
    idle: timedelta = timedelta(hours=1)
    longest: timedelta = timedelta(hours=12)

    @property
    def cookie(self) -> str:
        """Name of the cookie; a browser takes the first only over https and only from this very host."""
        return "__Host-gemba" if self.https else "gemba"


class Visit(msgspec.Struct, frozen=True):
    """Something at the door that whoever looks after the server may want to know."""

    event: str
    """`signed-in`, `signed-out`, `sign-in-failed`, `sign-in-too-often`."""
    steward: str
    """The name; empty when nobody is called so: it may be a password in the wrong field."""
    address: str
    at: datetime


Tell = Callable[[Visit], None]


def _nobody(_visit: Visit) -> None:
    """Tell nobody."""


class Office:
    """One server.

    Args:
        desk: at headquarters.
        rules: of this server.
        tell: is told who signs in and out, and whose tries fail.
    """

    def __init__(self, desk: Desk, rules: Rules, tell: Tell = _nobody) -> None:
        self.desk = desk
        self.rules = rules
        self.tell = tell
        self.tries = Tries()
        self._status: Status | None = None

    def status(self) -> Status:
        """How things stand, at most half a minute ago: looking means walking through the journal's index."""
        known = self._status
        if known is None or self.desk.clock() - known.at > _FRESH:
            known = self._status = status(self.desk)
        return known

    def forget_status(self) -> None:
        """Look again next time: something was decided here."""
        self._status = None

    @property
    def secret(self) -> str:
        """What cookies are signed with: it follows from the store's key, so that a restart signs nobody out."""
        return hmac.digest(self.desk.store.key, b"gemba web cookie v1", "sha256").hex()


def office_of(request: Request) -> Office:
    """The office that a request came to."""
    office = request.app.state.office
    assert isinstance(office, Office)
    return office


def steward_of(request: Request) -> Steward:
    """Who is signed in; asked only where somebody must be."""
    steward = request.state.steward
    assert isinstance(steward, Steward)
    return steward


def tell(request: Request, event: str, name: str) -> None:
    """Tell of something at the door."""
    office = office_of(request)
    with office.desk.reader() as reader:
        known = stewards.find(reader, name) is not None
    address = request.client.host if request.client else ""
    office.tell(Visit(event=event, steward=name if known else "", address=address, at=office.desk.clock()))
