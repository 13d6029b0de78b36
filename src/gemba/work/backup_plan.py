"""When backups are made by the clock, where, and which of them are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from gemba.errors import Refusal
from gemba.store.backup_copies import BackupCopy
from gemba.work.desk import Desk

_SETTING = "backups"
_LONGEST = 35
"""Days; what was erased must be gone from the last backup by then, too."""
_MOST = 366 * 24
"""Hours between two backups, a year; and no plan counts more days or weeks than these."""
_DRIFT = timedelta(hours=1)
"""What is dated later than this from now was made while the clock was wrong."""
_WITNESSES = 3
"""Days on which a backup was made: until there are as many, a clock that has jumped is not believed."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has wished."""

    hours: int = 24
    """Between two backups; 0: none is made by the clock."""
    folder: str = ""
    """Where they go; empty: beside the store."""
    second: str = ""
    """A folder on a second medium that gets them too, and copies of packs until headquarters has signed for them."""
    daily: int = 7
    weekly: int = 5
    """How many days and weeks keep their last backup."""
    days: int = _LONGEST
    """None is older than this."""


def plan_of(desk: Desk) -> Plan:
    """The plan of a store; hours that no clock reaches, kept by an older program, are a year."""
    with desk.reader() as reader:
        kept = reader.setting(_SETTING)
    plan = Plan() if kept is None else msgspec.convert(kept, Plan)
    return msgspec.structs.replace(plan, hours=min(plan.hours, _MOST))


def change_plan(desk: Desk, **wishes: int | str) -> Plan:
    """Change what is named of the plan.

    Raises:
        Refusal: `work.backup_plan` when a number cannot be meant, `work.backup_inside` for a folder in the store.
    """
    whole = {name: str(Path(said).absolute()) for name, said in wishes.items() if isinstance(said, str) and said}
    plan = msgspec.structs.replace(plan_of(desk), **{**wishes, **whole})
    meant = 0 <= plan.hours <= _MOST and 1 <= plan.daily <= _MOST and 0 <= plan.weekly <= _MOST
    if not (meant and 1 <= plan.days <= _LONGEST):
        raise Refusal("work.backup_plan", longest=_LONGEST, most=_MOST)
    for folder in (plan.folder, plan.second):
        if folder and Path(folder).resolve().is_relative_to(desk.store.folder.resolve()):
            raise Refusal("work.backup_inside", folder=folder)
    with desk.unit() as unit:
        unit.set_setting(_SETTING, msgspec.structs.asdict(plan))
    return plan


def places(desk: Desk, plan: Plan) -> list[Path]:
    """The folders that get backups, whether they are here now or not; whole paths, wherever the program was started."""
    store = desk.store.folder.absolute()
    beside = store.with_name(f"{store.name}-backups")
    found = [Path(plan.folder) if plan.folder else beside, *([Path(plan.second)] if plan.second else [])]
    return [folder.absolute() for folder in found]


def is_due(made: Iterable[datetime], since: datetime, now: datetime, hours: int) -> bool:
    """True when the last backup is too old; one from the future was made by a clock that was wrong.

    Args:
        made: when each was made.
        since: when the store was made.
        now: by this laptop's clock.
        hours: of the plan.
    """
    span = timedelta(hours=hours)
    last = max((one for one in made if one <= now + _DRIFT), default=since)
    return hours > 0 and not now - span < last <= now + _DRIFT


def believed_now(
    copies: Sequence[BackupCopy], now: datetime, plan: Plan, headquarters_said: datetime | None = None
) -> datetime:
    """From when on the age of a backup counts: from now, or from earlier while the clock may stand ahead.

    A clock that has jumped over more days than a backup may live would have all true ones go at once. It is believed
    once backups were made by it on three days (or as many as the plan makes), or headquarters has published within
    the time that a backup may live; until then age counts from the last backup before the jump.

    Args:
        copies: of one folder, the newest among them.
        now: by this laptop's clock.
        plan: how often they are made, and how old they may become.
        headquarters_said: when the newest publication was made, by headquarters' clock.
    """
    longest = timedelta(days=plan.days)
    sound = [copy.made_at for copy in copies if copy.made_at <= now + _DRIFT]
    before = [at for at in sound if now - at > longest]
    days = {at.astimezone(UTC).date() for at in sound if now - at <= longest}
    most = plan.days * 24 // plan.hours if plan.hours else plan.days
    confirmed = headquarters_said is not None and now - longest <= headquarters_said <= now + _DRIFT
    if not before or confirmed or len(days) >= max(1, min(_WITNESSES, most)):
        return now
    return max(before)


def to_drop(
    copies: Sequence[BackupCopy], now: datetime, plan: Plan, headquarters_said: datetime | None = None
) -> list[BackupCopy]:
    """Which backups of one folder go: the last of each of so many days and weeks stays, and always the newest.

    Args:
        copies: of one folder.
        now: by this laptop's clock.
        plan: says how many.
        headquarters_said: when the newest publication was made, by headquarters' clock.
    """
    aged_at = believed_now(copies, now, plan, headquarters_said)
    newest_first = sorted(copies, key=lambda copy: copy.made_at, reverse=True)
    sound = [copy for copy in newest_first if copy.made_at <= now + _DRIFT]
    young = [copy for copy in sound if aged_at - copy.made_at <= timedelta(days=plan.days)]
    stays = {copy.file for copy in (sound or newest_first)[:1]}
    if len(sound) < plan.daily:
        stays |= {copy.file for copy in newest_first if copy not in sound}  # until there are enough with a true date
    stays |= _last_of_each(young, plan.daily, lambda day: day.date().isoformat())
    stays |= _last_of_each(young, plan.weekly, lambda day: "{}-{}".format(*day.isocalendar()))
    return [copy for copy in newest_first if copy.file not in stays]


def _last_of_each(newest_first: Sequence[BackupCopy], count: int, stretch: Callable[[datetime], str]) -> set[str]:
    last: dict[str, str] = {}
    for copy in newest_first:
        last.setdefault(stretch(copy.made_at.astimezone(UTC)), copy.file)
    return set(list(last.values())[:count])
