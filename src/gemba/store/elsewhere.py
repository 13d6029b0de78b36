"""Where headquarters' records and evidence lie when they do not lie in its folder: `headquarters.json` tells.

The folder stays: it has `keys.json`, the quarantine and room to work in. A password never stands in the file in
clear; it is sealed with the store's key, or stays with PGPASSWORD, PGPASSFILE and the like.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from gemba.durable import written
from gemba.errors import Refusal, Trouble
from gemba.store.seal import Seal

FILE = "headquarters.json"

_DRIVER = "postgresql+psycopg"


class Elsewhere(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands in `headquarters.json`."""

    v: int = 1
    database: str = ""
    """`postgresql+psycopg://…`, without a password."""
    password: str = ""
    """Of the database, sealed."""
    evidence: str = ""
    """A place that fsspec knows, without a password; empty: the folder `evidence/`."""
    evidence_password: str = ""
    """Of that place, sealed."""


def read(folder: Path) -> Elsewhere | None:
    """What a store's folder says about it; `None` for a store with the database in its folder.

    Raises:
        Trouble: `store.bad_elsewhere`.
    """
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Elsewhere)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Trouble("store.bad_elsewhere", folder=str(folder)) from error


def write(folder: Path, elsewhere: Elsewhere) -> None:
    """Keep it, durably."""
    with written(folder / FILE) as out:
        out.write(msgspec.json.format(msgspec.json.encode(elsewhere), indent=2) + b"\n")


def of(key: bytes, database: str = "", evidence: str = "") -> Elsewhere:
    """What to keep about these places.

    Args:
        key: of the store; seals passwords.
        database: URL of a PostgreSQL database, with a password or without; empty for the folder.
        evidence: URL of a place for kept bytes, with a password or without; empty for the folder.

    Raises:
        Refusal: `store.unknown_database`, `store.unknown_evidence_place`.
    """
    seal = Seal(key)
    bare, password = _apart(_postgres(database)) if database else ("", "")
    place, place_password = _apart(_evidence(evidence)) if evidence else ("", "")
    return Elsewhere(
        database=bare,
        password=seal.close_text(password) if password else "",
        evidence=place,
        evidence_password=seal.close_text(place_password) if place_password else "",
    )


def database_url(elsewhere: Elsewhere, key: bytes) -> URL:
    """The address of the database, with the password if one is kept.

    Raises:
        Trouble: `store.wrong_seal`.
    """
    return _together(elsewhere.database, elsewhere.password, key)


def evidence_url(elsewhere: Elsewhere, key: bytes) -> URL:
    """The address of the kept bytes, with the password if one is kept.

    Raises:
        Trouble: `store.wrong_seal`.
    """
    return _together(elsewhere.evidence, elsewhere.evidence_password, key)


def must_be_embedded(folder: Path) -> None:
    """Refuse what only a store with the database in its folder can do, such as a backup as one file.

    Raises:
        Refusal: `store.database_backup`.
    """
    elsewhere = read(folder)
    if elsewhere is not None and elsewhere.database:
        kept = elsewhere.evidence or str(folder / "evidence")
        raise Refusal("store.database_backup", database=elsewhere.database, evidence=kept, folder=str(folder))


def place_of_evidence(folder: Path) -> str:
    """Where the kept bytes of a store lie, as people are told: no password, no account; empty for its own folder.

    Raises:
        Trouble: `store.bad_elsewhere`.
    """
    elsewhere = read(folder)
    return shown(make_url(elsewhere.evidence)) if elsewhere is not None and elsewhere.evidence else ""


def shown(url: URL) -> str:
    """An address as it may stand on a screen: where it leads, and nothing that lets anybody in."""
    return URL.create(url.drivername, host=url.host, port=url.port, database=url.database).render_as_string()


def _together(bare: str, sealed: str, key: bytes) -> URL:
    url = make_url(bare)
    return url.set(password=Seal(key).open_text(sealed)) if sealed else url


def _apart(url: URL) -> tuple[str, str]:
    """An address without its password, and the password."""
    said = url.query.get("password", "")
    password = str(url.password or (said if isinstance(said, str) else said[-1]))
    bare = url._replace(password=None).difference_update_query(["password"])
    return bare.render_as_string(hide_password=False), password


def _postgres(database: str) -> URL:
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise Refusal("store.unknown_database", database=_harmless(database)) from error
    if url.drivername not in {_DRIVER, "postgresql", "postgres"} or not url.database:
        raise Refusal("store.unknown_database", database=_harmless(database))
    return url.set(drivername=_DRIVER)


def _evidence(place: str) -> URL:
    try:
        return make_url(place)
    except ArgumentError as error:
        raise Refusal("store.unknown_evidence_place", evidence=_harmless(place)) from error


def _harmless(url: str) -> str:
    """What was typed, as far as it may stand on a screen: nothing before an @."""
    scheme, _, rest = url.rpartition("://")
    shown = rest.rpartition("@")[2].partition("?")[0]
    return f"{scheme}://{shown}" if scheme else shown
