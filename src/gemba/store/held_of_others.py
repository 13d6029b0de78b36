"""What headquarters holds of other laptops' journals, as its last publication says: walks they brought here go by it.

A receipt is for whoever sent the pack. A walk that came on a colleague's stick has its receipt on the colleague's
laptop alone; a publication tells every laptop how much of each journal has arrived, and which files have not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from sqlalchemy import exists, func, select, union_all, update

from gemba.domain.devices import DeviceRole
from gemba.domain.record import Uid
from gemba.store import transit
from gemba.store.assessments_touched import ANOTHERS
from gemba.store.journal_tables import blob, operation
from gemba.store.reading import Reader
from gemba.store.tables import REFERENCES, TABLES, assessment
from gemba.store.unit import Unit

_KEY = "held.of.others"
"""Setting: what the last publication said, as `HeldOfOthers`."""
_AT_ONCE = 400
_OWNED = tuple(sorted(noun for noun, fields in REFERENCES.items() if "assessment" in fields))
"""Nouns whose records belong to an assessment."""
_SHOWN = ("evidence", "report")
"""Nouns of an assessment whose kept bytes headquarters must hold before it holds the assessment."""

T = TypeVar("T")


class HeldOfOthers(msgspec.Struct, frozen=True):
    """What headquarters says that it holds."""

    journals: Mapping[str, Mapping[str, tuple[tuple[int, int], ...]]] = {}
    """By device id and epoch the stretches, first and last number, that are there without a gap."""
    lacking: tuple[str, ...] = ()
    """SHA-256 of files that packs named and that are not there."""

    def covers(self, device: str, epoch: str, first: int, last: int) -> bool:
        """True when all from the first number to the last is there."""
        return any(low <= first and last <= high for low, high in self.journals.get(device, {}).get(epoch, ()))


def take(unit: Unit, said: HeldOfOthers) -> int:
    """Note what a publication says; how many assessments that others brought count as held since then.

    One that the publication before held and this one does not (headquarters came back from an older copy) is somebody
    else's to bring again, and counts as held no more.
    """
    before = _known(unit)
    unit.set_setting(_KEY, msgspec.to_builtins(said))
    if before is not None and before != said:
        _mark(unit, _covered(unit, before, 0) - _covered(unit, said, 0), 0, ANOTHERS)
    return compare(unit)


def compare(unit: Unit) -> int:
    """Compare what others brought with what headquarters said last; how many assessments count as held since then."""
    said = _known(unit)
    if said is None:
        return 0
    transit.mark_held(unit, {}, _blobs_there(unit, said))
    held = _covered(unit, said, ANOTHERS)
    _mark(unit, held, ANOTHERS, 0)
    return len(held)


def _known(reader: Reader) -> HeldOfOthers | None:
    kept = reader.setting(_KEY)
    return None if kept is None else msgspec.convert(kept, HeldOfOthers)


def _mark(unit: Unit, uids: Iterable[Uid], now: int, then: int) -> None:
    for some in _some(sorted(uids)):
        those = update(assessment).where(assessment.c.uid.in_(some), assessment.c.touched == now)
        unit.connection.execute(those.values(touched=then))


def _covered(reader: Reader, said: HeldOfOthers, touched: int) -> set[Uid]:
    """The assessments of which others recorded something, headquarters having all of it that is here, with its files.

    Args:
        reader: sees them.
        said: what headquarters holds.
        touched: their `touched`.
    """
    asked = select(assessment.c.uid).where(assessment.c.touched == touched)
    found: set[Uid] = set()
    for some in _some(sorted(reader.connection.scalars(asked))):
        whole: dict[Uid, bool] = {}
        for uid, *stretch in reader.connection.execute(_stretches(reader, some)):
            whole[uid] = whole.get(uid, True) and said.covers(*stretch)
        found |= {uid for uid, all_there in whole.items() if all_there}
    return found - _lacking_files(reader, said.lacking)


def _stretches(reader: Reader, assessments: Collection[Uid]) -> Any:
    """Of each assessment, by journal of others, the lowest and highest number that anything of it was given."""
    parts = [select(operation.c.entity.label("of"), operation.c.device, operation.c.epoch, operation.c.seq)]
    parts = [parts[0].where(operation.c.entity.in_(assessments), operation.c.noun == "assessment")]
    for noun in _OWNED:
        table = TABLES[noun]
        owned = select(table.c.assessment, operation.c.device, operation.c.epoch, operation.c.seq)
        parts.append(
            owned.join(operation, operation.c.entity == table.c.uid).where(table.c.assessment.in_(assessments))
        )
    every = union_all(*parts).subquery()
    of, device, epoch, seq = every.c
    by_others = device.not_in(_not_others(reader))
    return select(of, device, epoch, func.min(seq), func.max(seq)).where(by_others).group_by(of, device, epoch)


def _not_others(reader: Reader) -> list[str]:
    """This device and headquarters, which holds what it recorded itself."""
    known = transit.correspondents(reader, DeviceRole.HEADQUARTERS)
    return [reader.device.id, *(one.id for one in known if one.revoked is None)]


def _lacking_files(reader: Reader, sha256s: Iterable[str]) -> set[Uid]:
    """The assessments that show one of these files."""
    found: set[Uid] = set()
    for some in _some(sorted(sha256s)):
        for noun in _SHOWN:
            table = TABLES[noun]
            asked = select(table.c.assessment).where(table.c.sha256.in_(some), table.c.assessment.is_not(None))
            found.update(reader.connection.scalars(asked))
    return found


def _blobs_there(reader: Reader, said: HeldOfOthers) -> set[str]:
    """Files that others recorded in assessments of which something is not held, and that headquarters has all the same.

    No receipt for this laptop tells of them: they are in none of its packs.
    """
    own, headquarters = reader.device.id, set(_not_others(reader))
    lacking, there = set(said.lacking), dict[str, bool]()
    for noun in _SHOWN:
        table = TABLES[noun]
        signed_for = exists().where(blob.c.sha256 == table.c.sha256, blob.c.held_at.is_not(None))
        asked = (
            select(table.c.sha256, operation.c.device, operation.c.epoch, operation.c.seq)
            .join(assessment, assessment.c.uid == table.c.assessment)
            .join(operation, operation.c.entity == table.c.uid)
            .where(assessment.c.touched != 0, ~signed_for)
        )
        for sha256, device, epoch, seq in reader.connection.execute(asked):
            is_there = device != own and (device in headquarters or said.covers(device, epoch, seq, seq))
            there[sha256] = there.get(sha256, sha256 not in lacking) and is_there
    return {sha256 for sha256, is_there in there.items() if is_there}


def _some(things: list[T]) -> Iterator[list[T]]:
    """The same, so many at once as one question to the database may name."""
    return (things[start : start + _AT_ONCE] for start in range(0, len(things), _AT_ONCE))
