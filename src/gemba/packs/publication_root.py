"""The root of publications (TUF, https://theupdateframework.github.io/specification/): who may publish.

Three keys that lie apart from every computer, of which two together say which key publishes for headquarters. A new
root is believed when two keys of the root before it have signed it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from gemba.errors import Refusal

if TYPE_CHECKING:
    from tuf.api.metadata import Key, Metadata, Root, Signed

ROOT_KEYS = 3
THRESHOLD = 2
ROLES = ("targets", "snapshot", "timestamp")
"""What headquarters' device key signs."""
LASTS = timedelta(days=3652)
"""How long a root is meant to last; a laptop warns afterwards, and goes on."""

_KEY_LINE = re.compile(r"^GEMBA-ROOT-KEY-([0-9a-f]{64})$", re.MULTILINE)


def make_root_key() -> bytes:
    """A new root key: the 32 secret bytes of an Ed25519 key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def spell_root_key(secret: bytes, words: str) -> str:
    """A root key as a text file to be printed: what it is, then the key on a line of its own."""
    lines = "".join(f"# {line}\n" for line in words.splitlines())
    return f"{lines}GEMBA-ROOT-KEY-{secret.hex()}\n"


def read_root_key(spelled: str) -> bytes:
    """The secret bytes in the text of a root key's file.

    Raises:
        Refusal: `packs.not_a_root_key`.
    """
    found = _KEY_LINE.search(spelled)
    if found is None:
        raise Refusal("packs.not_a_root_key")
    return bytes.fromhex(found[1])


def first_root(root_secrets: Sequence[bytes], device_key: bytes, now: datetime) -> bytes:
    """The first root: these keys (two of them together) decide who publishes; headquarters' device key does.

    Args:
        root_secrets: the secret root keys, each 32 bytes.
        device_key: public key of headquarters, 32 bytes.
        now: whence it lasts.
    """
    from tuf.api.metadata import Root

    root = Root(version=1, expires=_whole(now + LASTS), consistent_snapshot=True)
    for secret in root_secrets:
        root.add_key(public_key(_public(secret)), "root")
    root.roles["root"].threshold = THRESHOLD
    _let_publish(root, device_key)
    return _signed_by(root, root_secrets)


def next_root(
    before: bytes, root_secrets: Sequence[bytes], device_key: bytes, now: datetime, fresh: Sequence[bytes] = ()
) -> bytes:
    """The root after `before`: the root keys say who publishes from now on, or that other root keys take their place.

    Args:
        before: the root metadata until now.
        root_secrets: its secret root keys, or enough of them.
        device_key: public key (32 bytes) that publishes from now on.
        now: whence the new root lasts.
        fresh: new secret root keys in place of all old ones; they sign, too.

    Raises:
        Refusal: `packs.too_few_root_keys` when fewer than two of the keys belong to the root before.
    """
    from tuf.api.metadata import Metadata, Root

    root = Metadata[Root].from_bytes(before).signed
    known = [one for one in dict.fromkeys(root_secrets) if public_key(_public(one)).keyid in root.roles["root"].keyids]
    if len(known) < root.roles["root"].threshold:
        raise Refusal("packs.too_few_root_keys", needed=root.roles["root"].threshold, known=len(known))
    root.version += 1
    root.expires = _whole(now + LASTS)
    for role in ROLES:
        for keyid in list(root.roles[role].keyids):
            root.revoke_key(keyid, role)
    _let_publish(root, device_key)
    for keyid in list(root.roles["root"].keyids) if fresh else ():
        root.revoke_key(keyid, "root")
    for secret in fresh:
        root.add_key(public_key(_public(secret)), "root")
    return _signed_by(root, [*known, *fresh])


def read_root(data: bytes) -> Metadata[Root]:
    """Root metadata that enough of its own keys have signed.

    Raises:
        Refusal: `packs.forged_publication`.
    """
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Metadata, Root

    try:
        root = Metadata[Root].from_bytes(data)
        if root.signed.type != "root":
            raise Refusal("packs.forged_publication")
        root.signed.verify_delegate("root", root.signed_bytes, root.signatures)
    except (RepositoryError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal("packs.forged_publication") from error
    return root


def follows(before: bytes, root: bytes, public: bytes) -> bool:
    """True when a root comes right after another one, signed by enough of its keys, and lets this key publish."""
    from tuf.api.exceptions import RepositoryError

    known, new = read_root(before).signed, read_root(root)
    try:
        known.verify_delegate("root", new.signed_bytes, new.signatures)
    except RepositoryError:
        return False
    return new.signed.version == known.version + 1 and publisher(new.signed) == public


def publisher(root: Root) -> bytes:
    """The public key (32 bytes) that publishes by a root.

    Raises:
        Refusal: `packs.forged_publication` when it is not one Ed25519 key for all roles.
    """
    named = {keyid for role in ROLES for keyid in root.roles[role].keyids}
    keys = [root.keys[keyid] for keyid in named if keyid in root.keys]
    if len(named) != 1 or len(keys) != 1 or keys[0].scheme != "ed25519":
        raise Refusal("packs.forged_publication")
    public = bytes.fromhex(keys[0].keyval["public"])
    if len(public) != 32:
        raise Refusal("packs.forged_publication")
    return public


def public_key(public: bytes) -> Key:
    """An Ed25519 public key (32 bytes) in TUF's spelling."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from securesystemslib.signer import SSlibKey

    return SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(public))


def sign_metadata(signed: Signed, signers: Iterable[tuple[bytes, Callable[[bytes], bytes]]]) -> bytes:
    """Metadata with its signatures, as it is written.

    Args:
        signed: what is said.
        signers: public key and signing function of each that signs.
    """
    from securesystemslib.signer import Signature
    from tuf.api.metadata import Metadata
    from tuf.api.serialization.json import JSONSerializer

    metadata: Metadata[Any] = Metadata(signed)
    said = metadata.signed_bytes
    for public, sign in signers:
        keyid = public_key(public).keyid
        metadata.signatures[keyid] = Signature(keyid, sign(said).hex())
    return metadata.to_bytes(JSONSerializer(compact=True))


def _let_publish(root: Root, device_key: bytes) -> None:
    for role in ROLES:
        root.add_key(public_key(device_key), role)


def _signed_by(root: Root, secrets: Iterable[bytes]) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return sign_metadata(
        root, [(_public(secret), Ed25519PrivateKey.from_private_bytes(secret).sign) for secret in secrets]
    )


def _public(secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
