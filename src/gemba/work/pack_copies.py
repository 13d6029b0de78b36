"""Packs are kept on a second medium until headquarters has signed for them, and bring back what a laptop lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj

import msgspec

from gemba.domain.assessments import Custody
from gemba.durable import written
from gemba.errors import GembaError, Refusal
from gemba.packs.opening import open_pack
from gemba.store import own_epochs, transit
from gemba.wording import plural, text
from gemba.work.backup_plan import plan_of
from gemba.work.desk import Desk
from gemba.work.send_pack import OUTBOX
from gemba.work.take_in_pack import merge_pack

FOLDER = "packs"
"""Under the folder on the second medium."""


Told = Callable[[int, int], object]


def _silent(_done: int, _total: int) -> None:
    """Nobody listens."""


class BroughtBack(msgspec.Struct, frozen=True):
    """What copies of packs brought back."""

    packs: int = 0
    operations: int = 0
    """That were not here."""
    left: tuple[str, ...] = ()
    """Names of files that could not be read, or are not of this laptop."""

    @property
    def words(self) -> str:
        """Sentences for the person."""
        if self.packs and not self.operations:
            words = plural(
                "Everything in {n} pack is here already.", "Everything in {n} packs is here already.", self.packs
            )
        else:
            words = plural("Brought back {n} change", "Brought back {n} changes", self.operations)
            words += " " + plural("from {n} pack.", "from {n} packs.", self.packs)
        if self.left:
            words += " " + text("These could not be taken in: {files}", files=", ".join(self.left))
        return words


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


def bring_back(desk: Desk, file: Path, progress: Told = _silent) -> BroughtBack:
    """Take own packs in again, after a backup was restored that is older than they are.

    Each pack is taken in whole or not at all; called off between two, those before it stay. Twice does no harm.

    Args:
        desk: of the laptop that sealed them.
        file: a pack, or a folder of packs, or the second medium's folder.
        progress: told how many of how many packs are in.

    Raises:
        Refusal: `work.no_own_pack` when it is one pack, and not of this laptop; `work.no_packs_there` for a folder
            without any.
    """
    if not file.is_dir():
        return BroughtBack(1, _merge(desk, file))
    where = file / FOLDER if (file / FOLDER).is_dir() else file
    found = sorted(where.glob("*.gemba"))
    if not found:
        raise Refusal("work.no_packs_there", folder=str(where))
    return _each(desk, found, progress)


def bring_back_several(desk: Desk, files: Sequence[Path], progress: Told = _silent) -> BroughtBack:
    """As `bring_back`, of packs that a person has chosen: one that cannot be taken in does not stop the others.

    Raises:
        Refusal: of the only one there is.
        Trouble: the same.
    """
    return bring_back(desk, files[0], progress) if len(files) == 1 else _each(desk, files, progress)


def _each(desk: Desk, files: Sequence[Path], progress: Told) -> BroughtBack:
    packs = operations = 0
    left: list[str] = []
    for place, one in enumerate(files):
        progress(place, len(files))
        try:
            operations += _merge(desk, one)
            packs += 1
        except GembaError:
            left.append(one.name)
    return BroughtBack(packs, operations, tuple(left))


def bring_back_from_second(desk: Desk, progress: Told = _silent) -> BroughtBack:
    """After a restore: whatever packs lie on the second medium of the plan, if it is here."""
    second = plan_of(desk).second
    try:
        return bring_back(desk, Path(second), progress) if second and Path(second).is_dir() else BroughtBack()
    except Refusal as refusal:
        if refusal.code != "work.no_packs_there":
            raise
        return BroughtBack()


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
