"""The outside of a pack: one age v1 file (https://age-encryption.org/v1), which only its recipients open.

Plaintext comes out of `unseal` before the last piece has been seen, so nothing of it may be used before its end.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Never

from gemba.errors import Refusal
from gemba.packs.streams import Drawn, Handed, HashedReader, HashedWriter
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
    import pyrage

    keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    try:
        pyrage.encrypt_io(content, sealed, keys)
        sealed.flush()
    except (pyrage.EncryptError, OSError):
        raise _first(content.error, sealed.error) from None


def unseal(sealed: HashedReader, identities: Sequence[str], framing: Framing) -> Generator[bytes, None, None]:
    """The content of `sealed`, decrypted with one of `identities`, piece by piece; to be drawn to its end, or closed.

    Raises:
        Refusal: `packs.bad_key`, `packs.not_for_us`, `packs.altered`, or `packs.damaged` when it may as well have been
            cut as altered.
    """
    import pyrage

    try:
        keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    except pyrage.IdentityError as error:
        raise Refusal("packs.bad_key") from error
    handed, failures = Handed(), list[BaseException]()

    def run() -> None:
        try:
            pyrage.decrypt_io(sealed, handed, keys)
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that draws
            failures.append(error)
        finally:
            handed.end()

    thread = threading.Thread(target=run, name="unseal", daemon=True)
    thread.start()
    try:
        yield from handed
    finally:
        handed.leave()
        thread.join()
    for failure in failures:
        if sealed.error or not isinstance(failure, pyrage.DecryptError | OSError):
            raise sealed.error or failure
        _explain(str(failure), sealed.given, framing)


def _check_intro(start: bytes, size: int, name: str) -> None:
    intro = _INTRO.match(start)
    if intro and int(intro[1]) > 1:
        raise Refusal("packs.newer_format", version=f"age {int(intro[1])}")
    if not intro:
        if size < 22 and b"age-encryption.org/v1\n".startswith(start):
            raise Refusal("packs.cut_short", file=name, size=size)
        raise Refusal("packs.not_a_pack", file=name)


def _explain(message: str, read: int, framing: Framing) -> Never:
    """Say why a file could not be decrypted, as far as one can know."""
    if "matching keys" in message:
        raise Refusal("packs.not_for_us")
    if read < framing.size or framing.size - framing.header - _NONCE < _TAG:
        raise Refusal("packs.altered", where=text("the sealed contents"))
    raise Refusal("packs.damaged", file=framing.name)


def _first(*errors: BaseException | None) -> BaseException:
    """The error behind the age library's own."""
    return next((error for error in errors if error), RuntimeError("the age library failed without a reason"))
