"""Keep registers: entries of one shape, each as its declaration asks (`gemba.kinds.registers`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import FrozenBaseline, Measure
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.kinds.registers.checking import checked
from gemba.kinds.registers.model import FieldSort, Register
from gemba.kinds.registers.registry import ALL, register_named
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.names_in_text import demand_nameless
from gemba.work.records import known

VERSION, DEFINED_ON, WHY = "_version", "_defined_on", "_why"
"""Of registers that define something: kept beside their fields, and never asked for."""


_MOST_CODES = 20
"""Codes that a refusal names."""


class EntryDraft(msgspec.Struct, frozen=True):
    """One entry as a person writes it."""

    title: str
    fields: dict[str, str] = {}
    place: Uid | None = None
    step: str = ""
    owner: str = ""
    review_by: date | None = None
    """By the register's cadence when left out."""
    links: tuple[str, ...] = ()


class RegisterCount(msgspec.Struct, frozen=True):
    """How one register stands."""

    code: str
    entries: int
    open: int
    """Not over."""
    due: int
    """To be looked at again, or past their end."""


def add(desk: Desk, register: str, draft: EntryDraft) -> Change:
    """Add an entry, in the register's first state.

    Raises:
        Refusal: `work.entry_without_title`, a link that names no record, or those of
            `gemba.kinds.registers.checking.checked`.
    """
    of = register_named(register)
    fields = checked(of, draft.fields, of.first)
    now = desk.clock()
    with desk.unit() as unit:
        _check(unit, of, draft.title, fields, draft.links, draft.place)
        if of.defines:
            fields |= {VERSION: "1", DEFINED_ON: now.isoformat()}
        entry = RegisterEntry(
            uid=desk.ids(),
            register=register,
            number=unit.number(RegisterEntry),
            title=draft.title.strip(),
            place=draft.place,
            step=draft.step,
            owner=draft.owner.strip(),
            state=of.first,
            review_by=draft.review_by or _next_review(of, now.date()),
            fields=fields,
            links=draft.links,
            made_at=now,
            changed_at=now,
            person=desk.person.uid,
        )
        unit.put(entry)
        return unit.change_made(entry.uid)


def change(desk: Desk, uid: Uid, *, fields: Mapping[str, str] | None = None, why: str = "", **others: Any) -> Change:
    """Change what an entry says.

    Args:
        desk: who does it, where.
        uid: of the entry.
        fields: new values by field; an empty one takes the value away, those not named stay.
        why: the reason, needed when what a register defines is changed: that makes a new version.
        **others: title, place, step, owner, review_by.

    Raises:
        Refusal: `work.entry_redefined` without a reason, or as `add`.
    """
    wrong = sorted(set(others) - {"title", "place", "step", "owner", "review_by"})
    if wrong:
        raise TypeError(f"an entry has no {wrong}")
    with desk.unit() as unit:
        old = known(unit, RegisterEntry, uid)
        of = register_named(old.register)
        plain = {code: value for code, value in old.fields.items() if not code.startswith("_")}
        new = checked(of, plain | dict(fields or {}), old.state)
        _check(unit, of, others.get("title", old.title), new, old.links, others.get("place", old.place))
        kept = {code: value for code, value in old.fields.items() if code.startswith("_")}
        if any(new.get(code, "") != plain.get(code, "") for code in of.defines):
            kept = _redefined(old, why, desk.clock().isoformat())
        changed = {**others, "fields": new | kept}
        if any(getattr(old, name) != value for name, value in changed.items()):
            unit.change(RegisterEntry, uid, **changed, changed_at=desk.clock())
        return unit.change_made(uid)


def move(desk: Desk, uid: Uid, state: str) -> Change:
    """Move an entry to another state; what that state needs must be there.

    Raises:
        Refusal: `kinds.register_state`, `kinds.register_needs`.
    """
    with desk.unit() as unit:
        old = known(unit, RegisterEntry, uid)
        of = register_named(old.register)
        checked(of, {code: value for code, value in old.fields.items() if not code.startswith("_")}, state)
        unit.change(RegisterEntry, uid, state=state, changed_at=desk.clock())
        return unit.change_made(uid)


def reviewed(desk: Desk, uid: Uid, review_by: date | None = None) -> Change:
    """Say that an entry was looked at and still holds; the next time follows from the register's cadence.

    Raises:
        Refusal: `work.entry_review_day` for a day that has passed.
    """
    today = desk.clock().date()
    if review_by is not None and review_by <= today:
        raise Refusal("work.entry_review_day", day=review_by)
    with desk.unit() as unit:
        old = known(unit, RegisterEntry, uid)
        later = review_by or _next_review(register_named(old.register), today)
        unit.change(RegisterEntry, uid, review_by=later, changed_at=desk.clock())
        return unit.change_made(uid)


def link(desk: Desk, uid: Uid, to: str, *, away: bool = False) -> Change:
    """Let an entry name a record, or no longer.

    Args:
        desk: who does it, where.
        uid: of the entry.
        to: `noun:uid`.
        away: take the link away.

    Raises:
        Refusal: `work.entry_link` when the register names no such records, or the record is unknown.
    """
    with desk.unit() as unit:
        old = known(unit, RegisterEntry, uid)
        if not away:
            _check_links(unit, register_named(old.register), (to,))
        links = tuple(one for one in old.links if one != to) + (() if away else (to,))
        unit.change(RegisterEntry, uid, links=links, changed_at=desk.clock())
        return unit.change_made(uid)


def counts(desk: Desk) -> tuple[RegisterCount, ...]:
    """How every register stands, in their order."""
    with desk.reader() as reader:
        today = reader.clock().date()
        entries = reader.find(RegisterEntry)
    found = []
    for code, register in ALL.items():
        some = [entry for entry in entries if entry.register == code]
        still = [entry for entry in some if not is_over(register, entry)]
        found.append(RegisterCount(code, len(some), len(still), sum(is_due(register, entry, today) for entry in still)))
    return tuple(found)


def waiting(desk: Desk, code: str, *, due: bool) -> tuple[Uid, ...]:
    """The entries of a register that are not over; with `due` those that are to be looked at now."""
    register = ALL[code]
    with desk.reader() as reader:
        today = reader.clock().date()
        still = [one for one in reader.find(RegisterEntry, register=code) if not is_over(register, one)]
    return tuple(one.uid for one in still if not due or is_due(register, one, today))


def is_over(register: Register, entry: RegisterEntry) -> bool:
    """Whether nothing more is due of an entry."""
    state = register.state(entry.state)
    return state is not None and state.is_over


def is_due(register: Register, entry: RegisterEntry, today: date) -> bool:
    """Whether an entry that is not over is to be looked at: its review has come, or its end has passed."""
    if is_over(register, entry):
        return False
    ends = entry.fields.get(register.expires, "") if register.expires else ""
    return (entry.review_by is not None and entry.review_by <= today) or (bool(ends) and ends < today.isoformat())


def to_rebaseline(reader: Reader, entry: RegisterEntry) -> tuple[Measure, ...]:
    """Measures that rest on what an entry defines, and whose baseline is older than today's definition."""
    defined = entry.fields.get(DEFINED_ON, "")
    if entry.fields.get(VERSION, "1") == "1" or not defined:
        return ()
    found = []
    for measure in reader.many(Measure, [uid for noun, _, uid in map(_parts, entry.links) if noun == "measure"]):
        frozen = max(
            (one.frozen_at.isoformat() for one in reader.find(FrozenBaseline, measure=measure.uid)), default=""
        )
        if frozen < defined:
            found.append(measure)
    return tuple(found)


def _redefined(old: RegisterEntry, why: str, now: str) -> dict[str, str]:
    if not why.strip():
        raise Refusal("work.entry_redefined", title=old.title)
    version = int(old.fields.get(VERSION, "1")) + 1
    return {VERSION: str(version), DEFINED_ON: now, WHY: why.strip()}


def _check(
    unit: Unit, register: Register, title: str, fields: Mapping[str, str], links: tuple[str, ...], place: Uid | None
) -> None:
    if not title.strip():
        raise Refusal("work.entry_without_title")
    if place is not None:
        known(unit, Place, place)
    _check_links(unit, register, links)
    _check_codes(unit, register, fields)
    if register.nameless:
        plain = (FieldSort.TEXT, FieldSort.LONG)
        said = [fields.get(field.code, "") for field in register.fields if field.sort in plain]
        demand_nameless(unit, (title, *said), are_no_names=True)
    for field in register.fields:
        if field.sort is FieldSort.LINK and fields.get(field.code):
            _check_record(unit, fields[field.code])


def _check_codes(unit: Unit, register: Register, fields: Mapping[str, str]) -> None:
    """A code is one of any time, where there is a vocabulary at all."""
    for field in register.fields:
        given = fields.get(field.code, "")
        if field.sort is FieldSort.CODE and given:
            there = vocabularies.titles(unit, Facet(field.facet))
            if there and given not in there:
                some = ", ".join(sorted(there)[:_MOST_CODES])
                raise Refusal("work.entry_code", field=text(field.title), given=given, known=some)


def _check_links(unit: Unit, register: Register, links: tuple[str, ...]) -> None:
    for each in links:
        noun, _, uid = _parts(each)
        if noun not in register.links or not uid:
            raise Refusal("work.entry_link", given=each, known=", ".join(register.links))
        _check_record(unit, each)


def _check_record(unit: Unit, said: str) -> None:
    noun, _, uid = _parts(said)
    known(unit, NOUNS[noun], uid)


def _parts(said: str) -> tuple[str, str, str]:
    return said.partition(":")


def _next_review(register: Register, today: date) -> date | None:
    return today + timedelta(days=register.review_every_days) if register.review_every_days else None
