"""Seal chosen records into a pack for somebody: all operations on them, whoever made them, and what they show."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

import msgspec

from gemba import __version__
from gemba.packs.request import Sealed, SealRequest
from gemba.packs.sealing import seal
from gemba.store import selections, transit
from gemba.store.heads import Subject
from gemba.store.reading import Reader
from gemba.work.desk import Desk


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into a pack."""

    subjects: frozenset[Subject]
    """The records, complete: with all that they name."""
    devices: frozenset[str] | None = None
    """Only operations of these devices, if that is said: others are not known where the pack goes."""
    shown: frozenset[Subject] = frozenset()
    """Of the records, those whose photos, workbooks and documents travel."""


def seal_selection(
    desk: Desk,
    reader: Reader,
    selection: Selection,
    *,
    to: str,
    recipients: Sequence[str],
    out_dir: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Sealed | None:
    """Seal chosen records for somebody; `None` when there is nothing to say of them.

    Args:
        desk: who seals; what is sealed can be opened here, too.
        reader: sees what is sealed.
        selection: the records.
        to: id of the device, or of the headquarters, that it is for.
        recipients: their age keys.
        out_dir: where the pack is written, named after its hash.
        progress: told how many of how many bytes are sealed.

    Raises:
        Trouble: the disk is full.
        Refusal: it is more than a pack can carry.
    """
    if next(selections.lines(reader, selection.subjects, selection.devices), None) is None:
        return None
    device, evidence = desk.store.device, desk.store.evidence
    here = [sha256 for sha256 in selections.blobs(reader, selection.shown) if evidence.has(sha256)]
    request = SealRequest(
        pack_id=desk.ids(),
        device_id=device.id,
        sign=device.sign,
        public_key=device.public_key,
        epoch=device.epoch,
        first_seq=1,  # no stretch of the own journal
        last_seq=0,
        prev_pack=None,
        recipients=list(dict.fromkeys([*recipients, device.recipient])),
        to=to,
        created=desk.clock(),
        operations=selections.lines(reader, selection.subjects, selection.devices),
        blobs=[(sha256, evidence.size(sha256), partial(evidence.open, sha256)) for sha256 in here],
        program=f"Gemba {__version__}",
        identity=device.identity,
    )
    return seal(request, out_dir, progress)


def known_devices(reader: Reader, *, certified: bool) -> Collection[str]:
    """Devices whose operations others can check: this one, headquarters, and laptops (of these certified ones only)."""
    known = transit.correspondents(reader)
    good = {one.id for one in known if one.role != "laptop" or not certified or one.certified_at is not None}
    return {reader.device.id, *good}
