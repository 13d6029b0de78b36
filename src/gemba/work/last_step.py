"""The last step that this store made on a record: all that one transaction wrote, on this record and on others."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.store.record_history import Written, written, written_beside

MOST = 500
"""Operations of a step that is taken back as one; an import is put right in another way."""
FOLLOWS = {"finding": frozenset({"state"})}
"""Fields that follow from other records again, by noun: nobody says them."""
_IN_ORDER = frozenset({"position", "path", "same_as"})
"""Fields by which records stand to each other: one alone back would tear their order."""
_ONE_GO_MS = 2000
"""Operations of one transaction are made within so many milliseconds, whatever the clock of the journal says."""

Subject = tuple[str, Uid]


class Step(msgspec.Struct, frozen=True):
    """What one transaction wrote."""

    about: Subject
    """The record that was asked for."""
    operations: dict[Subject, list[Written]]
    """By record, that which was asked for first."""
    is_cut: bool
    """True when there is more of it than is taken back."""

    @property
    def last(self) -> Uid:
        """The last operation on the record that was asked for: by it the step is known again."""
        return self.operations[self.about][-1].uid

    @property
    def others(self) -> list[Subject]:
        """The other records on which something was said, not only what follows."""
        found = (one for one in self.operations if one != self.about)
        return [one for one in found if not all(follows(each) for each in self.operations[one])]

    @property
    def is_bulk(self) -> bool:
        """Whether the same was said of several records, each of which stands for itself."""
        mine = {one.fields for one in self.operations[self.about]}
        own_is_said = not all(follows(each) for each in self.operations[self.about])
        in_order = any(not _IN_ORDER.isdisjoint(fields) for fields in mine)
        return own_is_said and not in_order and all(self._is_alike(one, mine) for one in self.others)

    def _is_alike(self, other: Subject, mine: set[tuple[str, ...]]) -> bool:
        return other[0] == self.about[0] and {one.fields for one in self.operations[other]} <= mine


def last_step(reader: Reader, noun: str, uid: Uid) -> Step | None:
    """The last step of this store on a record; `None` when it wrote nothing of it."""
    mine = [one for one in written(reader, noun, uid) if one.device == reader.device.id]
    if not mine:
        return None
    last = mine[-1]
    beside = [one for one in written_beside(reader, last, MOST) if _in_one_go(one, last)]
    found: dict[Subject, list[Written]] = {(noun, uid): []}
    for one in sorted([*beside, last], key=lambda each: (each.seq, each.uid)):
        found.setdefault((one.noun, one.entity), []).append(one)
    return Step((noun, uid), found, len(beside) > MOST)


def follows(one: Written) -> bool:
    """Whether an operation says only what follows from other records, or makes what asks no more by itself."""
    if set(one.fields) <= FOLLOWS.get(one.noun, frozenset()):
        return True
    return one.noun == "effect_check" and "action" in one.fields


def said_in(operations: Sequence[Written]) -> set[str]:
    """The fields that were said in a step, without what follows."""
    return {field for one in operations for field in one.fields} - FOLLOWS.get(operations[0].noun, frozenset())


def _in_one_go(one: Written, other: Written) -> bool:
    return abs(_made_ms(one.uid) - _made_ms(other.uid)) <= _ONE_GO_MS


def _made_ms(uid: Uid) -> int:
    """When a UUID version 7 was made."""
    return int(uid[:8] + uid[9:13], 16)
