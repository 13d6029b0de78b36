"""What the fields of a record said before each operation on it, by what that operation had seen. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from gemba.domain.record import Uid
from gemba.store.record_history import Written


class Befores:
    """Follows each field of one record back through the operations that set it.

    An operation names the last ones on its fields that it had seen. So what was before is known for sure, whatever
    the clocks of several laptops say.

    Args:
        found: all operations on the record.
    """

    def __init__(self, found: Iterable[Written]) -> None:
        self._by_uid = {one.uid: one for one in found}
        self._latest: dict[tuple[Uid, str], tuple[Written, ...]] = {}
        self._known: dict[tuple[Uid, str], frozenset[Uid]] = {}

    def is_birth(self, one: Written) -> bool:
        """True for an operation that had seen nothing of the record."""
        return not any(uid in self._by_uid for uid in one.parents)

    def of(self, one: Written, field: str) -> tuple[Written, ...]:
        """The operations that this one took the place of, on a field; several when those did not know of each other."""
        key = (one.uid, field)
        if key not in self._latest:
            seen = [each for uid in one.parents if (each := self._by_uid.get(uid)) is not None and field in each.fields]
            over = {uid for each in seen for uid in self._behind(each, field)}
            self._latest[key] = tuple(sorted((each for each in seen if each.uid not in over), key=_by_clock))
        return self._latest[key]

    def apart(self, one: Written) -> list[str]:
        """Fields that another operation set without knowing of this one, nor this one of it."""
        found = []
        for field in one.fields:
            behind = self._behind(one, field)
            others = (each for each in self._by_uid.values() if field in each.fields and each.uid != one.uid)
            if any(each.uid not in behind and one.uid not in self._behind(each, field) for each in others):
                found.append(field)
        return found

    def takes_back(self, one: Written) -> bool:
        """Whether it says again what was said before the last change, in all that this change had set."""
        last = {each.uid: each for field in one.fields for each in self.of(one, field)}
        if len(last) != 1:
            return False
        (undone,) = last.values()
        if undone.fields != one.fields or self.is_birth(undone):
            return False
        return all(self._says_as_before(one, undone, field) for field in one.fields)

    def _says_as_before(self, one: Written, undone: Written, field: str) -> bool:
        before = self.of(undone, field)
        if field not in one.values or one.values[field] == undone.values.get(field):
            return False
        return len(before) == 1 and before[0].values.get(field) == one.values[field]

    def _behind(self, one: Written, field: str) -> frozenset[Uid]:
        """All operations on a field that one had seen, directly or through others."""
        if (one.uid, field) not in self._known:
            found: set[Uid] = set()
            open_ones = [one]
            while open_ones:
                for uid in open_ones.pop().parents:
                    each = self._by_uid.get(uid)
                    if each is not None and field in each.fields and uid not in found:
                        found.add(uid)
                        open_ones.append(each)
            self._known[one.uid, field] = frozenset(found)
        return self._known[one.uid, field]


def _by_clock(one: Written) -> tuple[str, Uid]:
    return one.hlc, one.uid
