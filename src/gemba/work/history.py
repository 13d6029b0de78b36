"""The history of a record in words: what changed, when, by whom, on which laptop, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from gemba.domain.nouns import NOUNS, PERSONAL_FIELDS
from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.domain.settlements import Settlement
from gemba.errors import Refusal
from gemba.store import conflicts, erasing
from gemba.store.projection import fields_of
from gemba.store.reading import Reader
from gemba.store.record_history import Written, laptop_names, noun_of, written
from gemba.store.tables import REFERENCES
from gemba.wording import text
from gemba.work import field_words
from gemba.work.blind_parts import withheld
from gemba.work.desk import Desk
from gemba.work.field_words import Spelling
from gemba.work.history_befores import Befores
from gemba.work.record_titles import noun_title, role_title, title_by_uid

_BLIND = frozenset({"judgement", "finding", "evidence", "calibration_rating"})
"""Nouns of which something may not be told while an audit is judged blindly."""
_QUIET = frozenset({"person", "number", "likeness", "sha256", "key", "seed"})
"""Fields that say nothing to people when a record is added."""


class EntrySort(StrEnum):
    """What happened to the record."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"
    """The change before it was taken back."""
    SETTLED = "settled"
    """Several had said different things, and a person decided."""


class Told(msgspec.Struct, frozen=True):
    """One field of a change."""

    field: str
    title: str
    before: str
    after: str
    is_erased: bool = False
    """True when the words are gone for good; then neither side says anything."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One change."""

    operation: Uid
    at: datetime
    when: str
    """The same, as the reader writes moments."""
    sort: EntrySort
    person: str
    """Name; empty when it is not known here."""
    role: str
    laptop: str
    is_own: bool
    """True for what this store wrote."""
    told: tuple[Told, ...]
    apart: tuple[str, ...] = ()
    """Titles of fields that somebody else changed meanwhile; neither knew of the other."""
    reason: str = ""
    """Of a conflict that was settled."""


class History(msgspec.Struct, frozen=True, kw_only=True):
    """All that happened to a record."""

    noun: str
    noun_title: str
    uid: Uid
    title: str
    entries: tuple[Entry, ...]
    """The last first."""
    came_with_import: bool = False
    is_erased: bool = False
    in_conflict: tuple[str, ...] = ()
    """Titles of fields of which several say different things, and nobody has decided yet."""


def history_of(
    desk: Desk,
    uid: Uid,
    *,
    noun: str = "",
    day: Callable[[date], str] = date.isoformat,
    moment: Callable[[datetime], str] = datetime.isoformat,
) -> History:
    """The history of a record in words.

    Args:
        desk: who reads it.
        uid: of the record.
        noun: its noun; found when left out.
        day: writes a day as the reader does.
        moment: writes a moment as the reader does.

    Raises:
        Refusal: there is no such record, or it may not be told yet (a blind audit).
    """
    with desk.reader() as reader:
        noun = noun or noun_of(reader, uid)
        if noun not in NOUNS:
            raise Refusal("work.history_unknown", uid=uid)
        found = written(reader, noun, uid)
        _demand_told(desk, reader, noun, uid, found)
        return _Teller(reader, noun, uid, found, (day, moment)).tell()


def _demand_told(desk: Desk, reader: Reader, noun: str, uid: Uid, found: Iterable[Written]) -> None:
    """Demand that this person may know what others wrote of it."""
    others = noun in _BLIND and any(one.person != desk.person.uid for one in found)
    if others and (noun, uid) in withheld(reader):
        raise Refusal("work.history_blind")


class _Teller:
    """Puts the operations on one record into words."""

    def __init__(
        self,
        reader: Reader,
        noun: str,
        uid: Uid,
        found: list[Written],
        ways: tuple[Callable[[date], str], Callable[[datetime], str]],
    ) -> None:
        self._reader, self._noun, self._uid, self._found = reader, noun, uid, found
        self._own = reader.device.id
        self._befores = Befores(found)
        self._titles: dict[tuple[str, Uid], str] = {}
        self._spelling = Spelling(ways[0], ways[1], self._record)
        self._laptops = laptop_names(reader, {one.device for one in found})
        self._people = {one.uid: one for one in reader.many(Person, sorted({each.person for each in found}))}
        self._settled = [one for one in reader.find(Settlement, entity=uid) if one.noun == noun]
        self._is_erased = erasing.is_erased(reader, noun, uid)

    def tell(self) -> History:
        """All of it, the last first."""
        open_one = conflicts.of_record(self._reader, self._noun, self._uid)
        disputed = () if open_one is None else tuple(self._title(one.field) for one in open_one.fields)
        born = any(self._is_birth(one) for one in self._found)
        return History(
            noun=self._noun,
            noun_title=noun_title(self._noun),
            uid=self._uid,
            title=title_by_uid(self._reader, self._noun, self._uid),
            entries=tuple(self._entry(one) for one in reversed(self._found)),
            came_with_import=not born and self._noun == "complaint",
            is_erased=self._is_erased,
            in_conflict=disputed,
        )

    def _entry(self, one: Written) -> Entry:
        person = self._people.get(one.person)
        settled = next((each for each in self._settled if _settles(each, one)), None)
        return Entry(
            operation=one.uid,
            at=one.at,
            when=self._spelling.moment(one.at),
            sort=self._sort(one, settled),
            person=person.name if person is not None else "",
            role=role_title(person.role) if person is not None else "",
            laptop=self._laptops[one.device],
            is_own=one.device == self._own,
            told=tuple(self._told(one)),
            apart=tuple(self._title(field) for field in self._befores.apart(one)),
            reason=settled.reason if settled is not None else "",
        )

    def _sort(self, one: Written, settled: Settlement | None) -> EntrySort:
        if self._is_birth(one):
            return EntrySort.ADDED
        if settled is not None:
            return EntrySort.SETTLED
        return EntrySort.TAKEN_BACK if self._befores.takes_back(one) else EntrySort.CHANGED

    def _is_birth(self, one: Written) -> bool:
        return self._befores.is_birth(one) and len(one.fields) > 1

    def _told(self, one: Written) -> Iterable[Told]:
        born, personal = self._is_birth(one), PERSONAL_FIELDS.get(self._noun, frozenset())
        for field in one.fields:
            if field not in fields_of(self._noun):  # of a newer program
                continue
            if field not in one.values:
                yield Told(field, self._title(field), "", "", field in personal)
            elif not born:
                yield Told(field, self._title(field), self._before(one, field), self._words(field, one.values[field]))
            elif field not in _QUIET and one.values[field] != self._default(field) and not self._is_moment(field):
                yield Told(field, self._title(field), "", self._words(field, one.values[field]))

    def _before(self, one: Written, field: str) -> str:
        """What it said before; several sides of a conflict beside each other."""
        sides = [each for each in self._befores.of(one, field) if field in each.values]
        if not sides:
            return "" if self._noun == "complaint" else self._words(field, self._default(field))
        told = dict.fromkeys(self._words(field, each.values[field]) for each in sides)
        return text(" or ").join(told)

    def _words(self, field: str, value: Any) -> str:
        names = REFERENCES[self._noun].get(field, "")
        return field_words.value_words(self._noun, field, value, names, self._spelling)

    def _title(self, field: str) -> str:
        return field_words.field_title(self._noun, field)

    def _default(self, field: str) -> Any:
        info = fields_of(self._noun)[field]
        if info.default_factory is not msgspec.NODEFAULT:
            return msgspec.to_builtins(info.default_factory())
        return None if info.default is msgspec.NODEFAULT else msgspec.to_builtins(info.default)

    def _is_moment(self, field: str) -> bool:
        return fields_of(self._noun)[field].type is datetime

    def _record(self, noun: str, uid: Uid) -> str:
        """What a record that a value names is called, read once."""
        noun = noun or noun_of(self._reader, uid)
        if noun not in NOUNS:
            return ""
        if (noun, uid) not in self._titles:
            self._titles[noun, uid] = title_by_uid(self._reader, noun, uid)
        return self._titles[noun, uid]


def _settles(settlement: Settlement, one: Written) -> bool:
    """Whether an operation is the one that a settlement wrote."""
    return set(settlement.sides) <= set(one.parents) and set(settlement.fields) <= set(one.fields)
