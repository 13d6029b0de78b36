"""Who may sign in at headquarters' web page, and who is signed in. Local tables; nothing of it travels."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import RowMapping, delete, insert, select, update

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.unit import Unit


class StewardRole(StrEnum):
    """What somebody may do at the web page; each may do what those before it may."""

    VIEWER = "viewer"
    """Looks at everything of the region that is theirs, or of all."""
    STEWARD = "steward"
    """Settles conflicts, too."""
    ADMINISTRATOR = "administrator"
    """Decides on packs in quarantine, too."""

    def may(self, needed: StewardRole) -> bool:
        """True when this role includes the other."""
        order = list(StewardRole)
        return order.index(self) >= order.index(needed)


class Steward(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in."""

    name: str
    role: StewardRole
    region: Uid | None = None
    """Uid of the only place that they see, with all below it; `None`: everything."""
    password: str
    """Hash (argon2id) that tells its own parameters."""
    made_at: datetime
    disabled_at: datetime | None = None


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A session: somebody who signed in with one browser."""

    token: str
    """SHA-256 of the token that the browser holds."""
    steward: str
    made_at: datetime
    expires_at: datetime


def add(unit: Unit, steward: Steward) -> None:
    """Let somebody sign in from now on.

    Raises:
        Refusal: `store.steward_known` when there is one of that name.
    """
    if find(unit, steward.name) is not None:
        raise Refusal("store.steward_known", name=steward.name)
    unit.connection.execute(insert(tables.steward).values(msgspec.structs.asdict(steward)))


def find(reader: Reader, name: str) -> Steward | None:
    """One of them, disabled or not."""
    table = tables.steward
    row = reader.connection.execute(select(table).where(table.c.name == name)).mappings().one_or_none()
    return None if row is None else _steward(row)


def stewards(reader: Reader) -> list[Steward]:
    """All of them, by name, disabled ones too."""
    rows = reader.connection.execute(select(tables.steward).order_by(tables.steward.c.name)).mappings()
    return [_steward(row) for row in rows]


def set_password(unit: Unit, name: str, password: str) -> None:
    """Give somebody a new password (its hash); every session of theirs ends.

    Raises:
        Refusal: `store.unknown_steward`.
    """
    _change(unit, name, password=password)


def disable(unit: Unit, name: str) -> None:
    """Let somebody sign in no longer; every session of theirs ends.

    Raises:
        Refusal: `store.unknown_steward`.
    """
    _change(unit, name, disabled_at=unit.clock())


def begin_session(unit: Unit, session: SignedIn) -> None:
    """Note that somebody signed in; sessions that are over are forgotten."""
    table = tables.web_session
    unit.connection.execute(delete(table).where(table.c.expires_at <= unit.clock()))
    unit.connection.execute(insert(table).values(msgspec.structs.asdict(session)))


def session_of(reader: Reader, token: str) -> tuple[SignedIn, Steward] | None:
    """The session of a token (its SHA-256) and who it is; `None` when it is over or they may sign in no longer."""
    session, steward = tables.web_session, tables.steward
    row = reader.connection.execute(select(session).where(session.c.token == token)).mappings().one_or_none()
    if row is None or row["expires_at"] <= reader.clock():
        return None
    who = reader.connection.execute(select(steward).where(steward.c.name == row["steward"])).mappings().one_or_none()
    if who is None or who["disabled_at"] is not None:
        return None
    return SignedIn(**row), _steward(who)


def extend_session(unit: Unit, token: str, expires_at: datetime) -> None:
    """Let a session go on until later."""
    table = tables.web_session
    unit.connection.execute(update(table).where(table.c.token == token).values(expires_at=expires_at))


def end_session(unit: Unit, token: str) -> None:
    """Sign out; a session that is over is no trouble."""
    unit.connection.execute(delete(tables.web_session).where(tables.web_session.c.token == token))


def _change(unit: Unit, name: str, **values: object) -> None:
    table, session = tables.steward, tables.web_session
    if unit.connection.execute(update(table).where(table.c.name == name).values(**values)).rowcount == 0:
        raise Refusal("store.unknown_steward", name=name)
    unit.connection.execute(delete(session).where(session.c.steward == name))


def _steward(row: RowMapping) -> Steward:
    return Steward(**(dict(row) | {"role": StewardRole(row["role"])}))
