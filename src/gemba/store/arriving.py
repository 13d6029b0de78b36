"""Operations that have arrived: those that are here already set apart, forks noticed, the rest taken in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

import msgspec
from sqlalchemy import bindparam, select

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import journal_tables as tables
from gemba.store.among import ask
from gemba.store.operations import Operation
from gemba.store.unit import Unit

_HERE = select(
    tables.operation.c.uid,
    tables.operation.c.header,
    tables.operation.c.payload.is_not(None),
    tables.operation.c.personal.is_not(None),
)


_TAKEN = select(tables.operation.c.seq).where(
    tables.operation.c.device == bindparam("of_device"),
    tables.operation.c.epoch == bindparam("of_epoch"),
    tables.operation.c.seq.between(bindparam("first"), bindparam("last")),
)


class Fork(msgspec.Struct, frozen=True):
    """One number of a device's journal that was given to different operations: a cloned disk, a restored backup."""

    device: str
    epoch: str
    seq: int


class Arrival:
    """What arrives in one transaction.

    Args:
        unit: the transaction.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._healing: list[Operation] = []
        self.added = 0
        self.known = 0
        self.forks: dict[Fork, None] = {}
        self.journals: set[tuple[str, str]] = set()
        """Devices and epochs of which something new has come."""

    def sort(self, some: Collection[Operation]) -> list[Operation]:
        """Those that are not here yet, each once; what is lacking here and came now is set aside for `take`.

        Raises:
            Refusal: `store.bad_operation` when one id stands for two operations.
        """
        here = self._here([one.header.id for one in some])
        new: dict[Uid, Operation] = {}
        for one in some:
            uid = one.header.id
            coming = new.get(uid)
            header, is_whole = here.get(uid, (one.header_bytes, True))
            if header != one.header_bytes or (coming is not None and coming.header_bytes != one.header_bytes):
                raise Refusal("store.bad_operation", operation=uid, why="id used twice")
            if uid in here or coming is not None:
                self.known += 1
                lacks = not (is_whole if coming is None else coming.is_whole)
                if lacks and one.is_whole:
                    self._healing.append(one)
            else:
                new[uid] = one
        return list(new.values())

    def take(self, checked: Collection[Operation]) -> None:
        """Take in operations that `sort` has found new, and what it has set aside."""
        if checked:
            numbers = _numbers(checked)
            self.journals |= numbers.keys()
            self.forks |= dict.fromkeys(self._forked(numbers))
            self._unit.take(checked)
            self.added += len(checked)
        if self._healing:
            healing, self._healing = self._healing, []
            self._unit.heal(healing)

    def _here(self, uids: list[Uid]) -> dict[Uid, tuple[bytes, bool]]:
        """Of those that are here: the header, and whether no part is lacking."""
        return {
            uid: (header, bool(payload) and (bool(personal) or not header.endswith(b'"v":2}')))
            for uid, header, payload, personal in ask(self._unit.connection, _HERE, tables.operation.c.uid, uids)
        }

    def _forked(self, coming: Mapping[tuple[str, str], list[int]]) -> Iterator[Fork]:
        """The numbers that their devices gave to others, too."""
        for (device, epoch), numbers in sorted(coming.items()):
            yield from (Fork(device, epoch, seq) for seq in self._taken(device, epoch, numbers))
            yield from (Fork(device, epoch, seq) for seq, after in pairwise(numbers) if seq == after)

    def _taken(self, device: str, epoch: str, numbers: list[int]) -> Iterable[int]:
        """Those of these numbers (in order) that are taken already."""
        asked = {"of_device": device, "of_epoch": epoch, "first": numbers[0], "last": numbers[-1]}
        found = set(self._unit.connection.scalars(_TAKEN, asked))
        return [seq for seq in dict.fromkeys(numbers) if seq in found]


def _numbers(some: Collection[Operation]) -> dict[tuple[str, str], list[int]]:
    """The numbers of operations in order, by device and epoch."""
    found: dict[tuple[str, str], list[int]] = {}
    for header in (one.header for one in some):
        found.setdefault((header.device, header.epoch), []).append(header.seq)
    return {journal: sorted(numbers) for journal, numbers in found.items()}
