"""Passwords of carriers: in the system's keyring; where there is none, sealed to this store's own key in its settings.

They are never in the carrier's row, in a backup of the settings in the clear, or on a screen.
"""

from __future__ import annotations

import base64

from gemba.errors import Trouble
from gemba.store.keys import read
from gemba.store.opening import Store
from gemba.store.reading import Reader
from gemba.store.unit import Unit

_SERVICE = "gemba-carrier"
_SETTING = "carriers.secret."
_IN_KEYRING = "keyring"


def keep(store: Store, unit: Unit, carrier: str, secret: str) -> str:
    """Keep a password; gives where: `keyring` or `store`."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, _name(store, carrier), secret)
    except KeyringError:
        unit.set_setting(_SETTING + carrier, {"sealed": _seal(store, secret)})
        return "store"
    unit.set_setting(_SETTING + carrier, {"kept": _IN_KEYRING})
    return _IN_KEYRING


def find(store: Store, reader: Reader, carrier: str) -> str | None:
    """The password of a carrier; `None` when it has none.

    Raises:
        Trouble: `store.keyring_locked`, `store.carrier_secret_gone`.
    """
    import keyring
    from keyring.errors import KeyringError

    kept = reader.setting(_SETTING + carrier)
    if not kept:
        return None
    if "sealed" in kept:
        return _open(store, kept["sealed"], carrier)
    try:
        found = keyring.get_password(_SERVICE, _name(store, carrier))
    except KeyringError as error:
        raise Trouble("store.keyring_locked") from error
    if found is None:  # the store was moved to another laptop, or the entry was taken out by hand
        raise Trouble("store.carrier_secret_gone", name=carrier)
    return found


def forget(store: Store, unit: Unit, carrier: str) -> None:
    """Forget the password of a carrier."""
    import keyring
    from keyring.errors import KeyringError

    kept = unit.setting(_SETTING + carrier)
    unit.set_setting(_SETTING + carrier, None)
    if kept and kept.get("kept") == _IN_KEYRING:
        try:
            keyring.delete_password(_SERVICE, _name(store, carrier))
        except KeyringError:  # it was gone already, or there is no keyring any more
            return


def _name(store: Store, carrier: str) -> str:
    return f"{read(store.folder).store}/{carrier}"


def _seal(store: Store, secret: str) -> str:
    """Sealed to the store's own identity, which stays when its key is changed."""
    import pyrage

    recipient = pyrage.x25519.Recipient.from_str(store.device.recipient)
    return base64.b64encode(pyrage.encrypt(secret.encode(), [recipient])).decode()


def _open(store: Store, sealed: str, carrier: str) -> str:
    import pyrage

    identity = pyrage.x25519.Identity.from_str(store.device.identity)
    try:
        return str(pyrage.decrypt(base64.b64decode(sealed), [identity]).decode())
    except (pyrage.DecryptError, ValueError) as error:  # a copy that became another device
        raise Trouble("store.carrier_secret_gone", name=carrier) from error
