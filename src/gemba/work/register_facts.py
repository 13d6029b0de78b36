"""What stands in registers, in people's words: for lists, the detail of an entry, and files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import Measure
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.domain.record import Record, Uid
from gemba.domain.vocabularies import Facet
from gemba.kinds.registers.model import Derived, FieldSort, Register, RegisterField
from gemba.kinds.registers.registry import register_named
from gemba.store import register_links, vocabularies
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.linked import Linked, linked
from gemba.work.records import known
from gemba.work.registers import VERSION, WHY, is_due, to_rebaseline
from gemba.work.table_files import write_csv

_FEW_NOUNS = 4


class LinkFacts(msgspec.Struct, frozen=True):
    """A record that an entry names."""

    noun: str
    uid: Uid
    title: str
    state: Linked = Linked.HERE


class EntryFacts(msgspec.Struct, frozen=True):
    """One entry with all that follows from it."""

    entry: RegisterEntry
    place: str
    state: str
    """Title of its state."""
    due: bool
    values: tuple[tuple[str, str], ...]
    """Title and value of every field that is filled, as people read them."""
    derived: tuple[Derived, ...]
    links: tuple[LinkFacts, ...]
    version: str
    """Of what it defines; empty for registers that define nothing."""
    why: str
    """Reason of the newest version."""
    rebaseline: tuple[Measure, ...]
    """Measures that ask for a new baseline since the definition changed."""


def entry_facts(desk: Desk, uid: Uid) -> EntryFacts:
    """Everything about one entry.

    Raises:
        Refusal: it is unknown.
    """
    with desk.reader() as reader:
        entry = known(reader, RegisterEntry, uid)
        of = register_named(entry.register)
        place = reader.get(Place, entry.place) if entry.place else None
        state = of.state(entry.state)
        return EntryFacts(
            entry,
            place.name if place else "",
            text(state.title) if state else entry.state,
            is_due(of, entry, reader.clock().date()),
            tuple(
                (text(field.title), told(reader, field, entry.fields[field.code]))
                for field in of.fields
                if entry.fields.get(field.code)
            ),
            of.derive(entry.fields),
            tuple(_link(reader, each) for each in entry.links),
            entry.fields.get(VERSION, "") if of.defines else "",
            entry.fields.get(WHY, ""),
            to_rebaseline(reader, entry),
        )


def entries(
    desk: Desk, register: str = "", *, state: str = "", place: Uid | None = None, only_due: bool = False
) -> tuple[RegisterEntry, ...]:
    """Entries, the newest first.

    Args:
        desk: who asks, where.
        register: code of one register; all when empty.
        state: only in that state.
        place: only of that place.
        only_due: only those to be looked at.
    """
    if register:
        register_named(register)
    with desk.reader() as reader:
        today: date = reader.clock().date()
        equal = {name: value for name, value in (("register", register), ("state", state), ("place", place)) if value}
        found = reader.find(RegisterEntry, **equal)
    kept = [one for one in found if not only_due or is_due(register_named(one.register), one, today)]
    return tuple(sorted(kept, key=lambda one: (one.made_at, one.uid), reverse=True))


def export(desk: Desk, register: str, file: Path) -> int:
    """Write the entries of a register into a CSV file; gives their number.

    Raises:
        Refusal: the register is unknown.
        Trouble: the file cannot be written.
    """
    of = register_named(register)
    heads = [
        text("Number"),
        text("Title"),
        text("State"),
        text("Place"),
        text("Step"),
        text("Owner"),
        text("Review by"),
    ]
    heads += [text(field.title) for field in of.fields]
    some = entries(desk, register)
    with desk.reader() as reader:
        places = {place.uid: place.name for place in reader.find(Place)}
        rows = [
            [
                one.number,
                one.title,
                _state(of, one),
                places.get(one.place or "", ""),
                one.step,
                one.owner,
                one.review_by.isoformat() if one.review_by else "",
                *(told(reader, field, one.fields.get(field.code, "")) for field in of.fields),
            ]
            for one in some
        ]
    return write_csv(file, heads, rows)


def told(reader: Reader, field: RegisterField, value: str) -> str:
    """A value as people read it: the title of a choice, the name of a record."""
    if not value:
        return ""
    if field.sort is FieldSort.CHOICE:
        return next((text(option.title) for option in field.options if option.code == value), value)
    if field.sort is FieldSort.CODE:
        return vocabularies.titles(reader, Facet(field.facet)).get(value, value)
    return _link(reader, value).title if field.sort is FieldSort.LINK else value


def linkable(reader: Reader, register: Register) -> dict[str, tuple[tuple[str, str], ...]]:
    """What link and code fields may name, with its title: by noun the newest records as `noun:uid`, by facet its codes.

    Of many nouns fewer each: somebody is to choose from them.
    """
    nouns = {noun for field in register.fields for noun in field.nouns}
    most = register_links.MOST if len(nouns) <= _FEW_NOUNS else register_links.MOST // 3
    newest = {noun: register_links.newest(reader, noun, most) for noun in nouns}
    found = {noun: tuple((f"{noun}:{one.uid}", title_of(one)) for one in ones) for noun, ones in newest.items()}
    return found | {facet: _codes(reader, facet) for facet in {field.facet for field in register.fields} if facet}


def _codes(reader: Reader, facet: str) -> tuple[tuple[str, str], ...]:
    """The codes in force of a facet with their titles."""
    now = vocabularies.current(reader, Facet(facet))
    return tuple(sorted(now.terms.items(), key=lambda term: term[1].casefold())) if now else ()


def _link(reader: Reader, said: str) -> LinkFacts:
    noun, _, uid = said.partition(":")
    record = reader.get(NOUNS[noun], uid) if noun in NOUNS else None
    state = linked(reader, (said,)).get(said, Linked.MISSING)
    title = title_of(record) if record is not None else uid
    return LinkFacts(noun, uid, title if state is Linked.HERE else f"{title} ({link_words(state)})", state)


def link_words(state: Linked) -> str:
    """How a record that is named stands; empty when it is simply there."""
    return {
        Linked.ERASED: text("erased"),
        Linked.TAKEN_AWAY: text("taken away"),
        Linked.MISSING: text("not here"),
    }.get(state, "")


def title_of(record: Record) -> str:
    """What people know a record by."""
    told_by = ("number", "title", "code", "driver", "measured_by", "mode", "problem", "text", "name")
    words = [str(value) for name in told_by if (value := getattr(record, name, ""))]
    return " · ".join(words[:2]) or record.uid


def _state(register: Register, entry: RegisterEntry) -> str:
    state = register.state(entry.state)
    return text(state.title) if state else entry.state
