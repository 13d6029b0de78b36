"""Who may look after headquarters in a browser: names, roles, passwords."""

from __future__ import annotations

import unicodedata

import msgspec

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.hq.intake import demand_headquarters
from gemba.store import stewards
from gemba.store.stewards import Steward, StewardRole
from gemba.work.desk import Desk
from gemba.work.places import place_named
from gemba.work.short_names import short_name

SHORTEST, LONGEST = 12, 1024
"""Characters of a password (NIST SP 800-63B asks for 8 or more and for no rules about which)."""


class StewardLine(msgspec.Struct, frozen=True):
    """A steward, without what must not be shown."""

    name: str
    role: StewardRole
    region: str
    """Name of the region; empty: all."""
    disabled: bool


def add_steward(desk: Desk, name: str, password: str, *, role: StewardRole, region: str = "") -> None:
    """Let somebody sign in.

    Args:
        desk: at headquarters.
        name: what they sign in with.
        password: as they type it.
        role: what they may do.
        region: name of the only place that they see with all below it; empty: everything.

    Raises:
        Refusal: the name is empty, too long or taken, the password too short or a well-known one, the region unknown.
    """
    demand_headquarters(desk)
    wanted = spelled(short_name(name))
    if not wanted:
        raise Refusal("hq.steward_without_name")
    uid = _region(desk, region)
    kept = Steward(name=wanted, role=role, region=uid, password=hashed(password, wanted), made_at=desk.clock())
    with desk.unit() as unit:
        stewards.add(unit, kept)


def change_password(desk: Desk, name: str, password: str) -> None:
    """Give somebody a new password; they are signed out everywhere.

    Raises:
        Refusal: nobody has that name, or the password is too short.
    """
    demand_headquarters(desk)
    hash_ = hashed(password, spelled(name))
    with desk.unit() as unit:
        stewards.set_password(unit, spelled(name), hash_)


def disable_steward(desk: Desk, name: str) -> None:
    """Let somebody sign in no longer; they are signed out everywhere.

    Raises:
        Refusal: nobody has that name.
    """
    demand_headquarters(desk)
    with desk.unit() as unit:
        stewards.disable(unit, spelled(name))


def list_stewards(desk: Desk) -> list[StewardLine]:
    """Everybody who may sign in, or once might, by name."""
    from gemba.domain.places import Place

    demand_headquarters(desk)
    with desk.reader() as reader:
        places = {place.uid: place.name for place in reader.find(Place)}
        return [
            StewardLine(one.name, one.role, places.get(one.region or "", ""), one.disabled_at is not None)
            for one in stewards.stewards(reader)
        ]


def spelled(name: str) -> str:
    """A name as it is kept and compared: outer spaces gone, one spelling of each letter."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def hashed(password: str, name: str) -> str:
    """The argon2id hash of a new password, with its salt and parameters in it.

    Raises:
        Refusal: `hq.password_too_short`, `hq.password_too_long`, `hq.password_is_name`.
    """
    from argon2 import PasswordHasher

    if len(password) < SHORTEST:
        raise Refusal("hq.password_too_short", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise Refusal("hq.password_too_long", longest=LONGEST)
    if password.casefold() == name.casefold() or len(set(password)) < 4:
        raise Refusal("hq.password_is_name")
    return PasswordHasher().hash(_normal(password))


def fits(kept: str | None, password: str) -> bool:
    """True when a password fits a kept hash; as slow when there is none, so that nobody learns which names exist."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    hasher = PasswordHasher()
    try:
        return hasher.verify(kept or _NOBODY, _normal(password[:LONGEST])) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$Xv8gmqkTz9ZcVgCeEVfiMbPfPAzZgO6Hls9qPq8nM3E"
"""The hash of nobody's password, with the parameters of the others."""


def _normal(password: str) -> str:
    """One spelling of a password, whichever keyboard typed it (RFC 8265)."""
    return unicodedata.normalize("NFC", password)


def _region(desk: Desk, name: str) -> Uid | None:
    if not name:
        return None
    with desk.reader() as reader:
        place = place_named(reader, name)
    if place is None:
        raise Refusal("hq.unknown_region", name=name)
    return place.uid
