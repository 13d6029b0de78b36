"""Take in what another laptop shares: two auditors, one audit, a stick."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.packs.opening import open_pack
from gemba.store import transit
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.take_in_pack import Absorbed, merge_pack
from gemba.work.trusting import checked, limits, trusted_keys


class TakenShare(msgspec.Struct, frozen=True):
    """What a shared pack brought."""

    device: str
    """Id of the laptop that shared it."""
    operations: int
    """New ones."""
    conflicts: int
    missing: tuple[str, ...]
    words: str
    change: Change = Change(topics=frozenset({"pack", "assessment", "finding", "action"}))


def take_in_shared(desk: Desk, file: Path) -> TakenShare:
    """Merge a pack that a trusted laptop sealed for this one; the same one twice changes nothing.

    Raises:
        Refusal: `work.own_pack` for one that this laptop sealed; it is for somebody else, its sender was never
            enrolled here, or somebody in it was revoked.
        Trouble: the disk is full.
    """
    own = desk.store.device
    scratch = desk.store.folder / "inbox"
    scratch.mkdir(exist_ok=True)
    with open_pack(file, [own.identity], scratch=scratch) as pack:
        with desk.reader() as reader:
            trusted, known = trusted_keys(reader), limits(reader)
        if pack.facts.device_id == own.id:
            raise Refusal("work.own_pack", file=file.name)
        if pack.facts.to != own.id:
            raise Refusal("work.pack_on_laptop", file=file.name)
        if pack.facts.device_id not in trusted:
            raise Refusal("work.unknown_sharer", device=pack.facts.device_id)
        try:
            absorbed = merge_pack(desk, pack, trusted, partial(checked, known=known), is_anothers=True)
        except Refusal as refusal:
            if refusal.code != "store.unknown_signer":
                raise
            raise Refusal("work.unknown_maker", device=str(refusal.facts["device"])) from refusal
        with desk.unit() as unit:
            transit.claim(
                unit,
                transit.TakenIn(
                    sha256=pack.facts.sha256,
                    device=pack.facts.device_id,
                    epoch=pack.facts.epoch,
                    first_seq=pack.facts.first_seq,
                    last_seq=pack.facts.last_seq,
                    taken_at=desk.clock(),
                ),
            )
        return TakenShare(
            device=pack.facts.device_id,
            operations=absorbed.merged.added,
            conflicts=len(absorbed.merged.conflicts),
            missing=absorbed.missing,
            words=_told(absorbed, len(pack.blobs)),
        )


def _told(absorbed: Absorbed, files: int) -> str:
    words = plural("Took in {n} change", "Took in {n} changes", absorbed.merged.added) + " "
    words += plural("and {n} file of another laptop.", "and {n} files of another laptop.", files)
    if absorbed.merged.conflicts:
        words += " " + plural(
            "{n} field was set on both; a person decides (gemba conflict list).",
            "{n} fields were set on both; a person decides (gemba conflict list).",
            len(absorbed.merged.conflicts),
        )
    if absorbed.merged.added == 0:
        words += " " + text("Everything in it was here already.")
    return words
