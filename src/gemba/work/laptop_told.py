"""What a laptop tells headquarters in each pack: which publication it has, and which erasures it has carried out.

That words are erased has to be told even when there is nothing else to send; so the laptop remembers by which packs it
has told that, until headquarters has signed for one of them.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec

from gemba.store import erasing, publications
from gemba.store.reading import Reader
from gemba.store.unit import Unit

DOCUMENT = "laptop.json"
"""Name of the document in a pack."""
LARGEST = 16 << 20
"""Bytes of it that are read at most."""
_HIGHEST = 2**53 - 1
"""The highest number that a publication may have: all readers of JSON read it alike."""
_ERASURES = "erasures_told"
"""Setting: what was told of erasures last, by which packs, and whether headquarters has heard it."""


class _Noted(msgspec.Struct, frozen=True):
    digest: str
    """Of the erasures that were told."""
    packs: tuple[str, ...] = ()
    """SHA-256 of the packs that tell it, while nobody has heard it."""
    is_heard: bool = False


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """How far a laptop has come with what headquarters sent."""

    publication: Annotated[int, msgspec.Meta(ge=0, le=_HIGHEST)] = 0
    """Version of the last publication that it took in whole; 0: none."""
    erasures: tuple[str, ...] = ()
    """Uids of the erasures that hold there."""


def tell(reader: Reader, headquarters: str) -> bytes:
    """The document.

    Args:
        reader: of the laptop's store.
        headquarters: id of the headquarters that the pack is for.
    """
    newest = publications.newest(reader, headquarters)
    taken = newest.version if newest is not None and newest.taken_at is not None else 0
    erasures = tuple(sorted(erasing.carried_out(reader)))
    return msgspec.json.encode(Told(publication=taken, erasures=erasures))


def read_told(data: bytes) -> Told:
    """What a document says; nothing, when it is not as it should be: no pack is refused for it."""
    try:
        return msgspec.json.decode(data, type=Told)
    except (msgspec.DecodeError, RecursionError):
        return Told()


def digest(reader: Reader) -> str:
    """Stands for the erasures that hold here now; empty when there are none."""
    done = sorted(erasing.carried_out(reader))
    return hashlib.sha256("\n".join(done).encode()).hexdigest() if done else ""


def is_untold(reader: Reader) -> bool:
    """True while erasures hold here of which headquarters has not signed to have heard."""
    now = digest(reader)
    known = _noted(reader)
    return bool(now) and (known is None or known.digest != now or not known.is_heard)


def is_told_by(reader: Reader, pack: str) -> bool:
    """True for a pack that tells of all erasures that hold here, or where that was told before.

    Args:
        reader: of the laptop's store.
        pack: its SHA-256.
    """
    known = _noted(reader)
    return not is_untold(reader) or (known is not None and known.digest == digest(reader) and pack in known.packs)


def note(unit: Unit, pack: str, told: str) -> None:
    """Note that a pack was sealed that tells of erasures.

    Args:
        unit: the transaction.
        pack: its SHA-256.
        told: the `digest` of what it tells.
    """
    known = _noted(unit)
    if known is None or known.digest != told:
        known = _Noted(told) if told else None
    if known is not None and not known.is_heard:
        _keep(unit, msgspec.structs.replace(known, packs=(*known.packs, pack)))


def note_heard(unit: Unit, pack: str) -> None:
    """Note that headquarters has signed for a pack."""
    known = _noted(unit)
    if known is not None and pack in known.packs:
        _keep(unit, _Noted(known.digest, is_heard=True))


def _noted(reader: Reader) -> _Noted | None:
    kept = reader.setting(_ERASURES)
    return None if kept is None else msgspec.convert(kept, _Noted)


def _keep(unit: Unit, noted: _Noted) -> None:
    unit.set_setting(_ERASURES, msgspec.to_builtins(noted))
