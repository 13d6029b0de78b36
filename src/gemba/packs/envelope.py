"""The outside of a pack: one age v1 file (https://age-encryption.org/v1), which only its recipients open.

Plaintext comes out of `unseal` before the last piece has been seen, so nothing of it may be used before its end.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from gemba.errors import Refusal
from gemba.packs import age_header, age_payload
from gemba.packs.identity import recipient_of
from gemba.packs.streams import Drawn, HashedReader, HashedWriter
from gemba.wording import text

_LARGEST_HEADER = 1 << 16
_INTRO = re.compile(rb"age-encryption\.org/v([1-9][0-9]{0,3})\n")
_MAC = re.compile(rb"\n---( [A-Za-z0-9+/]{43}\n)?")
_NONCE, _TAG, _CHUNK = 16, 16, 65552  # an age payload: a nonce, then chunks of 64 KiB with a tag each


@dataclass(frozen=True, slots=True)
class Framing:
    """What can be seen of a sealed file without a key.

    Args:
        name: the file's name, for sentences.
        header: bytes of the age header.
        size: bytes of the whole file.
    """

    name: str
    header: int
    size: int


def look(file: BinaryIO, name: str) -> Framing:
    """Check the frame of a sealed file; leaves the file at its beginning.

    Raises:
        Refusal: `packs.not_a_pack`, `packs.newer_format` (a newer age), `packs.cut_short`.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    start = file.read(_LARGEST_HEADER)
    file.seek(0)
    _check_intro(start, size, name)
    mac = _MAC.search(start)
    if not mac or not mac[1]:
        if size > _LARGEST_HEADER:
            raise Refusal("packs.not_a_pack", file=name)
        raise Refusal("packs.cut_short", file=name, size=size)
    rest = size - mac.end() - _NONCE
    # The last chunk holds a tag, and at least one byte unless the payload is empty, which a pack never is.
    if rest <= _TAG or 0 < rest % _CHUNK <= _TAG:
        raise Refusal("packs.cut_short", file=name, size=size)
    return Framing(name, mac.end(), size)


def seal(content: Drawn, sealed: HashedWriter, recipients: Sequence[str]) -> None:
    """Encrypt what is drawn from `content` to `recipients`, into `sealed`."""
    file_key = secrets.token_bytes(age_header.FILE_KEY)
    sealed.write(age_header.write(file_key, recipients))
    for piece in age_payload.seal(content.read, file_key, secrets.token_bytes(age_payload.NONCE)):
        sealed.write(piece)


def unseal(sealed: HashedReader, identities: Sequence[str], framing: Framing) -> Iterator[bytes]:
    """The content of `sealed`, decrypted with one of `identities`, piece by piece; to be drawn to its end.

    Raises:
        Refusal: `packs.bad_key`, `packs.not_for_us`, `packs.altered`, or `packs.damaged` when it may as well have been
            cut as altered.
    """
    for identity in identities:
        recipient_of(identity)
    try:
        file_key = age_header.read(sealed.read(framing.header), identities)
        yield from age_payload.unseal(sealed.read, file_key)
    except age_header.NoStanzaError:
        raise Refusal("packs.not_for_us") from None
    except age_header.BadHeaderError:
        raise Refusal("packs.altered", where=text("the sealed contents")) from None
    except age_payload.BadPieceError as error:
        if error.last:
            raise Refusal("packs.damaged", file=framing.name) from None
        raise Refusal("packs.altered", where=text("the sealed contents")) from None


def _check_intro(start: bytes, size: int, name: str) -> None:
    intro = _INTRO.match(start)
    if intro and int(intro[1]) > 1:
        raise Refusal("packs.newer_format", version=f"age {int(intro[1])}")
    if not intro:
        if size < 22 and b"age-encryption.org/v1\n".startswith(start):
            raise Refusal("packs.cut_short", file=name, size=size)
        raise Refusal("packs.not_a_pack", file=name)
