"""Packs are kept on a second medium until headquarters has signed for them, and bring back what a laptop lost."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj

import msgspec

from gemba.domain.assessments import Custody
from gemba.durable import written
from gemba.errors import GembaError, Refusal
from gemba.packs.opening import open_pack
from gemba.store import own_epochs, transit
from gemba.work.desk import Desk
from gemba.work.send_pack import OUTBOX
from gemba.work.take_in_pack import merge_pack

FOLDER = "packs"
"""Under the folder on the second medium."""


class BroughtBack(msgspec.Struct, frozen=True):
    """What copies of packs brought back."""

    packs: int = 0
    operations: int = 0
    """That were not here."""
    left: tuple[str, ...] = ()
    """Names of files that could not be read, or are not of this laptop."""


def keep(desk: Desk, second: Path) -> None:
    """Copy each pack that no receipt names yet to the second medium, if it is here, and take the others away there."""
    if not second.is_dir():
        return
    with desk.reader() as reader:
        packs = transit.packs(reader)
    folder = second / FOLDER
    for pack in packs:
        copy, source = folder / f"{pack.sha256}.gemba", desk.store.folder / OUTBOX / pack.file
        with suppress(OSError):
            if pack.state is Custody.HELD:
                copy.unlink(missing_ok=True)
            elif source.is_file() and not copy.exists():
                folder.mkdir(exist_ok=True)
                with source.open("rb") as sealed, written(copy) as out:
                    copyfileobj(sealed, out)


def bring_back(desk: Desk, file: Path) -> BroughtBack:
    """Take own packs in again, after a backup was restored that is older than they are.

    Args:
        desk: of the laptop that sealed them.
        file: a pack, or a folder of packs, or the second medium's folder.

    Raises:
        Refusal: `work.no_own_pack` when it is one pack, and not of this laptop.
    """
    if file.is_file():
        return BroughtBack(1, _merge(desk, file))
    where = file / FOLDER if (file / FOLDER).is_dir() else file
    packs = operations = 0
    left: list[str] = []
    for one in sorted(where.glob("*.gemba")):
        try:
            operations += _merge(desk, one)
            packs += 1
        except GembaError:
            left.append(one.name)
    return BroughtBack(packs, operations, tuple(left))


def _merge(desk: Desk, file: Path) -> int:
    own = desk.store.device
    scratch = desk.store.folder / "inbox"
    with open_pack(file, [own.identity], scratch=scratch) as pack:
        if pack.facts.device_id != own.id:
            raise Refusal("work.no_own_pack", file=file.name)
        merged = merge_pack(desk, pack, {own.id: own.public_key}).merged
    with desk.unit() as unit:
        own_epochs.reach(unit)
    return merged.added
