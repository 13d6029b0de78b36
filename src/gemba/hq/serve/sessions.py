"""Signing in and out. The browser holds a random token in a signed cookie; the store keeps only the token's hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from starlette.requests import Request

from gemba.errors import Trouble
from gemba.hq.patience import patiently
from gemba.hq.serve.office import Office, office_of
from gemba.hq.stewards import fits
from gemba.store import stewards
from gemba.store.stewards import SignedIn, Steward

_TOKEN = "token"  # noqa: S105 - the name of a field
_NOTED_EVERY = timedelta(minutes=1)
"""A session's end is moved on at most so often, so that looking at pages does not write into the store all the time."""


def sign_in(request: Request, name: str, password: str) -> Steward | None:
    """Sign somebody in with this browser; `None` when name or password do not fit.

    Everything that the browser held before is dropped, so that nobody can plant a session.
    """
    office = office_of(request)
    with office.desk.reader() as reader:
        steward = stewards.find(reader, name)
    known = steward if steward is not None and steward.disabled_at is None else None
    if not fits(known.password if known else None, password) or known is None:
        return None
    token = secrets.token_urlsafe(32)
    _begin(office, known, token)
    sign_out(request)
    request.session[_TOKEN] = token
    return known


def who(request: Request) -> Steward | None:
    """Who is signed in with this browser; the session goes on for another while."""
    office, token = office_of(request), request.session.get(_TOKEN)
    if not isinstance(token, str):
        return None
    with office.desk.reader() as reader:
        found = stewards.session_of(reader, _hashed(token))
    if found is None:
        return None
    session, steward = found
    now = office.desk.clock()
    until = min(now + office.rules.idle, session.made_at + office.rules.longest)
    if until - session.expires_at >= min(_NOTED_EVERY, office.rules.idle / 2):
        _extend(office, session.token, until)
    return steward


def sign_out(request: Request) -> None:
    """End the session of this browser, here and there."""
    token = request.session.get(_TOKEN)
    if isinstance(token, str):
        office = office_of(request)

        def end() -> None:
            with office.desk.unit() as unit:
                stewards.end_session(unit, _hashed(token))

        patiently(end)
    request.session.clear()


def _begin(office: Office, steward: Steward, token: str) -> None:
    def begin() -> None:
        now = office.desk.clock()
        ends = now + min(office.rules.idle, office.rules.longest)
        with office.desk.unit() as unit:
            stewards.begin_session(
                unit, SignedIn(token=_hashed(token), steward=steward.name, made_at=now, expires_at=ends)
            )

    patiently(begin)


def _extend(office: Office, token: str, until: datetime) -> None:
    try:
        with office.desk.unit() as unit:
            stewards.extend_session(unit, token, until)
    except Trouble as trouble:
        if trouble.code not in {
            "store.locked",
            "store.database_locked",
        }:  # a pack is being taken in: the next page moves the end on
            raise


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
