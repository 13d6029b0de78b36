"""Ways to headquarters: added once, tested, and used whenever there is something to carry."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import msgspec

from gemba.carriers import address as addresses
from gemba.carriers.address import Address, Sort, folder_of
from gemba.carriers.folder_place import MOUNT
from gemba.carriers.options import check as check_options
from gemba.carriers.place import Place, open_place
from gemba.carriers.reaching import mount_of
from gemba.errors import GembaError, Refusal, Trouble
from gemba.store import carrier_secrets, deliveries
from gemba.store.deliveries import Carrier
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.short_names import short_name

PROBE = "down"
"""Folder in which a test writes, reads and takes away a file of its own."""


class Tested(msgspec.Struct, frozen=True):
    """A carrier that works."""

    name: str
    url: str
    fingerprint: str
    """Of the SSH server's key, to be compared with headquarters; empty for other carriers."""
    new_key: bool
    """True when that key was seen for the first time, and is kept from now on."""
    free: int | None
    """Bytes that are free there, where that is known."""
    words: str


def add(
    desk: Desk,
    name: str,
    url: str,
    *,
    options: Mapping[str, Any] | None = None,
    secret: str | None = None,
    automatic: bool = True,
) -> Carrier:
    """Add a carrier, or change the one of that name; without a secret the one it has is kept for the same server.

    Args:
        desk: whose carrier it is.
        name: how people call it.
        url: where it carries to, without a password.
        options: what its sort takes besides.
        secret: password, passphrase or secret access key; kept in the keyring.
        automatic: whether everything that is sealed goes this way without being told.

    Raises:
        Refusal: the name is empty or too long, the URL is none, or its sort has no such option.
    """
    if not short_name(name):
        raise Refusal("work.carrier_without_name")
    address = addresses.parse(url)
    url = address.url if "://" in url or address.sort is not Sort.FOLDER else str(folder_of(address))
    check_options(address.sort, options or {})
    with desk.unit() as unit:
        before = next((one for one in deliveries.carriers(unit) if one.name == name), None)
        kept = dict(before.options) if before and before.url == url else {}
        carrier = Carrier(
            name=name,
            url=url,
            options={**_mount(address), **kept, **(options or {})},
            automatic=automatic,
            made_at=before.made_at if before else desk.clock(),
        )
        deliveries.put_carrier(unit, carrier)
        if secret is not None:
            carrier_secrets.keep(desk.store, unit, name, secret)
        elif before and not _is_same_server(addresses.parse(before.url), address):
            carrier_secrets.forget(desk.store, unit, name)  # a password is for the server that it was given for
    return carrier


def _is_same_server(one: Address, other: Address) -> bool:
    return (one.sort, one.host, one.port, one.user) == (other.sort, other.host, other.port, other.user)


def _mount(address: Address) -> dict[str, str]:
    """Where the stick is mounted that is there now, so that its empty folder is not taken for it later."""
    mount = mount_of(folder_of(address)) if address.sort is Sort.FOLDER else ""
    return {MOUNT: mount} if mount else {}


def remove(desk: Desk, name: str) -> None:
    """Forget a carrier, its password and its queue; what it carried stays sent.

    Raises:
        Refusal: `store.unknown_carrier`.
    """
    with desk.unit() as unit:
        deliveries.remove_carrier(unit, name)
        carrier_secrets.forget(desk.store, unit, name)


def carriers(desk: Desk) -> list[Carrier]:
    """All carriers, the oldest first."""
    with desk.reader() as reader:
        return deliveries.carriers(reader)


def carrier_named(desk: Desk, name: str) -> Carrier:
    """A carrier by its name.

    Raises:
        Refusal: `store.unknown_carrier`.
    """
    with desk.reader() as reader:
        return deliveries.carrier_named(reader, name)


def secret_of(desk: Desk, name: str) -> str | None:
    """The password of a carrier, for whoever opens it."""
    with desk.reader() as reader:
        return carrier_secrets.find(desk.store, reader, name)


def open_carrier(desk: Desk, carrier: Carrier) -> Place:
    """Open the place of a carrier; whoever opens it closes it.

    Raises:
        Refusal: its library is not installed, or its server was never tested.
        Trouble: it cannot be reached, or lets nobody in.
    """
    return open_place(carrier.url, carrier.options, secret_of(desk, carrier.name))


def try_out(desk: Desk, name: str, *, new_host_key: bool = False) -> Tested:
    """Reach a carrier's place, write a small file there, read it back and take it away.

    The key of an SSH server is kept at the first test, for a person to compare; later another key is refused.

    Args:
        desk: whose carrier it is.
        name: of the carrier.
        new_host_key: keep the key that the server shows now, whatever was kept before.

    Raises:
        Refusal: `store.unknown_carrier`, or a library is not installed.
        Trouble: it cannot be reached, written or read.
    """
    carrier = carrier_named(desk, name)
    try:
        carrier, fingerprint, new = _pin(desk, carrier, new_host_key=new_host_key)
        free = _try(desk, carrier)
    except GembaError as error:
        _note(desk, name, error)
        raise
    _note(desk, name, None)
    words = text("{name} works: a file was written there, read back and taken away.", name=name)
    if fingerprint:
        words += " " + text("Compare the server's fingerprint with headquarters: {key}", key=fingerprint)
    return Tested(name, carrier.url, fingerprint, new, free, words)


def _pin(desk: Desk, carrier: Carrier, *, new_host_key: bool) -> tuple[Carrier, str, bool]:
    """Keep the key of an SSH server at the first test; gives the carrier, the key's fingerprint, whether it is new."""
    address = addresses.parse(carrier.url)
    if address.sort is not Sort.SFTP:
        return carrier, "", False
    from gemba.carriers import sftp_place

    shown = sftp_place.host_key(address)
    kept = carrier.options.get(sftp_place.HOST_KEY)
    fingerprint = sftp_place.fingerprint(shown)
    if kept and not new_host_key:
        return carrier, fingerprint, False
    carrier = msgspec.structs.replace(carrier, options={**carrier.options, sftp_place.HOST_KEY: shown})
    with desk.unit() as unit:
        deliveries.put_carrier(unit, carrier)
    return carrier, fingerprint, True


def _try(desk: Desk, carrier: Carrier) -> int | None:
    if addresses.parse(carrier.url).sort is Sort.OPENROSA:
        from gemba.carriers.openrosa import Server

        with Server(carrier.url, carrier.options, secret_of(desk, carrier.name)) as server:
            server.check()
        return None
    path, data = f"{PROBE}/.test-{secrets.token_hex(4)}", secrets.token_bytes(1000)
    with open_carrier(desk, carrier) as place:
        place.check()
        place.put(path, data)
        back = place.read(path, 2 * len(data))
        place.remove(path)
        if back != data:
            raise Trouble("carriers.not_written", folder=carrier.url, file=path)
        return place.free_room()


def _note(desk: Desk, name: str, error: GembaError | None) -> None:
    with desk.unit() as unit:
        deliveries.tried(unit, name, error)
