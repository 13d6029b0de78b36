"""Backups by the clock: made, proved, rotated, on the disk and on a second medium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from gemba.errors import GembaError, Trouble
from gemba.store import (
    backing_up,
    backup_copies,
    backup_file,
    check_files,
    elsewhere,
    holding,
    own_epochs,
    publications,
    safety_copies,
)
from gemba.store.backup_copies import BackupCopy
from gemba.wording import plural, text
from gemba.work.backup_plan import Plan, believed_now, is_due, places, plan_of, to_drop
from gemba.work.desk import Desk

SUFFIX = ".backup"
_TURN = "turns/backup"
"""Folder in the store: who makes backups at present."""
Progress = Callable[[int, int], object]
"""Told how many of how many bytes are written; what it raises calls the backup off."""


class Lacking(msgspec.Struct, frozen=True):
    """What backups of a store do not hold."""

    elsewhere: str = ""
    """The address where its photos and files lie, when that is not its folder; they are in no backup."""
    lost: int = 0
    """How many photos and files are missing from its folder or cut short."""

    def words(self) -> list[str]:
        """The same for a person; none when nothing is lacking."""
        said = []
        if self.elsewhere:
            said.append(
                text(
                    "Photos and files lie in {place} and are in no backup of this store: copy that place, too.",
                    place=self.elsewhere,
                )
            )
        if self.lost:
            said.append(
                plural(
                    "{n} photo or file is missing from this store or damaged, so the backup lacks it; “gemba check” "
                    "names it.",
                    "{n} photos and files are missing from this store or damaged, so the backup lacks them; “gemba "
                    "check” names them.",
                    self.lost,
                )
            )
        return said


class Made(msgspec.Struct, frozen=True):
    """What a round of backups has done."""

    files: tuple[Path, ...] = ()
    """The backups that were made."""
    absent: tuple[Path, ...] = ()
    """Folders that are not here now, such as those of a stick."""
    failed: tuple[tuple[Path, GembaError], ...] = ()
    """Folders that got none, and why."""
    dropped: int = 0
    """How many old backups were taken away."""
    lacking: Lacking = Lacking()
    """What those that were made do not hold."""


class Shown(msgspec.Struct, frozen=True):
    """A backup in the list."""

    file: Path
    made_at: datetime
    verified_at: datetime | None
    size: int
    here: bool
    """Whether its medium is here now."""


def make(desk: Desk, progress: Progress | None = None) -> Made:
    """Make a backup in each folder of the plan that is here, then take old ones away.

    Raises:
        Refusal: `store.database_backup` when the database is not in the folder.
        Trouble: the first folder's, when no folder got one; `work.backup_busy` while another program makes one.
    """
    with _turn(desk):
        return _make(desk, plan_of(desk), places(desk, plan_of(desk)), progress)


def make_if_due(desk: Desk, progress: Progress | None = None) -> Made | None:
    """Make the backups that the clock asks for, and keep packs beside; `None` when nothing was to be done.

    What goes wrong is told in what it gives, and raised by nobody: no work shall fail for a backup's sake.
    """
    try:
        plan = plan_of(desk)
        if plan.second:
            from gemba.work import pack_copies  # all that reads packs comes with it

            pack_copies.keep(desk, Path(plan.second))
        if not _due(desk, plan):
            return None
        with _turn(desk):
            due = _due(desk, plan)  # asked again: another program may have made it meanwhile
            return _make(desk, plan, due, progress) if due else None
    except GembaError as error:
        if error.code == "work.backup_busy":
            return None
        return Made(failed=((desk.store.folder, error),))
    except Exception as error:  # noqa: BLE001 - the work is done and kept; “gemba backup now” tells the mistake
        why = f"{type(error).__name__}: {error}"
        return Made(failed=((desk.store.folder, Trouble("work.backup_by_clock", why=why)),))


@contextmanager
def _turn(desk: Desk) -> Iterator[None]:
    """One program at a time: two would write the same files beside each other."""
    folder = desk.store.folder / _TURN
    folder.mkdir(parents=True, exist_ok=True)
    try:
        turn = holding.take(folder)
    except Trouble as trouble:
        raise Trouble("work.backup_busy") from trouble
    with turn:
        yield


def shown(desk: Desk) -> list[Shown]:
    """All backups that were made by the clock, the newest first."""
    with desk.reader() as reader:
        kept = backup_copies.copies(reader)
    return [Shown(Path(one.file), one.made_at, one.verified_at, one.size, Path(one.file).is_file()) for one in kept]


def lacking(desk: Desk) -> Lacking:
    """What a backup of a store that is made now does not hold."""
    there = elsewhere.place_of_evidence(desk.store.folder)
    if there:
        return Lacking(elsewhere=there)
    with desk.reader() as reader:
        return Lacking(lost=check_files.lost(reader, desk.store.evidence))


def _due(desk: Desk, plan: Plan) -> list[Path]:
    """Folders whose last backup is too old; one on a medium that is not here is not due."""
    there = elsewhere.read(desk.store.folder)
    if plan.hours == 0 or (there is not None and there.database):
        return []
    with desk.reader() as reader:
        kept, since = backup_copies.copies(reader), own_epochs.made_at(reader)
    first, *others = places(desk, plan)
    asked = [first, *[folder for folder in others if folder.is_dir()]]
    return [
        folder
        for folder in asked
        if is_due([one.made_at for one in kept if Path(one.file).parent == folder], since, desk.clock(), plan.hours)
    ]


def _make(desk: Desk, plan: Plan, folders: list[Path], progress: Progress | None) -> Made:
    made: list[Path] = []
    absent: list[Path] = []
    failed: list[tuple[Path, GembaError]] = []
    for place, folder in enumerate(folders):
        if folder != places(desk, plan)[0] and not folder.is_dir():
            absent.append(folder)
            continue
        try:
            made.append(_make_one(desk, folder, progress))
        except GembaError as error:
            if place == 0 and len(folders) == 1:
                raise
            failed.append((folder, error))
    if failed and not made:
        raise failed[0][1]
    dropped = sum(_rotate(desk, plan, file) for file in made)
    if made:
        dropped += safety_copies.prune(desk.store.folder, _believed_now(desk, plan), plan.days)
    return Made(tuple(made), tuple(absent), tuple(failed), dropped, lacking(desk) if made else Lacking())


def _make_one(desk: Desk, folder: Path, progress: Progress | None) -> Path:
    now = desk.clock()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble("store.no_folder", folder=str(folder)) from error
    file = _free_name(folder, f"gemba-{now.astimezone(UTC):%Y%m%d-%H%M%S}")
    backing_up.back_up(desk.store, file, this_account_only=True, beside=True, progress=progress)
    with desk.unit() as unit:
        backup_copies.note(unit, BackupCopy(str(file), now, desk.clock(), file.stat().st_size))
    return file


def _free_name(folder: Path, stem: str) -> Path:
    file, number = folder / f"{stem}{SUFFIX}", 1
    while file.exists():
        number += 1
        file = folder / f"{stem}-{number}{SUFFIX}"
    return file


def _rotate(desk: Desk, plan: Plan, newest: Path) -> int:
    """Take old backups of a folder away, and what only they had in `kept`; gives how many went.

    Args:
        desk: whose backups they are.
        plan: says how many stay.
        newest: was made just now and stays, though a clock that was set back may make another look later.
    """
    folder = newest.parent
    with desk.reader() as reader:
        here = [one for one in backup_copies.copies(reader) if Path(one.file).parent == folder]
        said = publications.last_made(reader)
    going = [copy for copy in to_drop(here, desk.clock(), plan, said) if copy.file != str(newest)]
    for copy in going:
        with suppress(OSError):
            Path(copy.file).unlink(missing_ok=True)
    gone = [copy for copy in here if not Path(copy.file).exists()]
    with desk.unit() as unit:
        for copy in gone:
            backup_copies.forget(unit, copy.file)
    if going:
        _sweep(folder)
    return len(going)


def _believed_now(desk: Desk, plan: Plan) -> datetime:
    """As `believed_now`, by all backups wherever they lie."""
    with desk.reader() as reader:
        return believed_now(backup_copies.copies(reader), desk.clock(), plan, publications.last_made(reader))


def _sweep(folder: Path) -> None:
    """Take away what no backup of a folder lists; when one of them does not read, all stays."""
    listed: set[str] = set()
    try:
        for file in folder.glob(f"*{SUFFIX}"):
            listed |= set(backup_file.contents(file).beside)
    except (Trouble, OSError):
        return
    kept = folder / backup_file.BESIDE
    for file in kept.rglob("*"):
        if file.is_file() and file.relative_to(kept).as_posix() not in listed:
            with suppress(OSError):
                file.unlink()


def age_of_last(desk: Desk) -> timedelta | None:
    """How old the newest backup is that is here; `None` when there is none."""
    times = [one.made_at for one in shown(desk) if one.here]
    return desk.clock() - max(times) if times else None
