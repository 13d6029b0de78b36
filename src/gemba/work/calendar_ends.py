"""Ends that stand in no column of their own: entries of registers that hold until a day, alerts that rest until one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gemba.domain.due import Due, DueSort
from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import Measure, Signal, SignalState
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.kinds.registers.registry import ALL
from gemba.store.due_ends import agreed_ends
from gemba.store.reading import Reader
from gemba.work.calendar_keys import key_of
from gemba.work.registers import is_over


def expiries(reader: Reader, places: Mapping[Uid, Place]) -> Iterator[Due]:
    """Entries that hold until a day, and are not over."""
    for register in ALL.values():
        if not register.expires:
            continue
        for entry in reader.find(RegisterEntry, register=register.code):
            ends = entry.fields.get(register.expires, "")
            if ends and not is_over(register, entry):
                yield _expiry(entry, date.fromisoformat(ends), places)


def waking_alerts(reader: Reader, places: Mapping[Uid, Place], today: date) -> Iterator[Due]:
    """Alerts that rest until a day which has not passed."""
    resting = reader.find(Signal, state=SignalState.SNOOZED.value)
    measures = {one.uid: one for one in reader.many(Measure, sorted({one.measure for one in resting}))}
    for one in resting:
        measure = measures.get(one.measure)
        if measure is None or one.snoozed_until is None or one.snoozed_until < today:
            continue
        yield Due(
            sort=DueSort.ALERT_REST,
            key=key_of(one.uid),
            noun="signal",
            uid=one.uid,
            title=measure.title,
            number=measure.code,
            place=_name(places, measure.place),
            place_uid=measure.place,
            day=one.snoozed_until,
            last=one.snoozed_until,
        )


def agreed_exceptions(reader: Reader, places: Mapping[Uid, Place], today: date) -> Iterator[Due]:
    """What auditors agreed to let pass until a day."""
    for one in agreed_ends(reader, today):
        yield Due(
            sort=DueSort.EXCEPTION,
            key=key_of(one.uid),
            noun="audit",
            uid=one.audit,
            title=one.title,
            number=one.number,
            place=_name(places, one.place),
            place_uid=one.place,
            day=one.until,
            last=one.until,
            made=one.uid,
        )


def _expiry(entry: RegisterEntry, ends: date, places: Mapping[Uid, Place]) -> Due:
    return Due(
        sort=DueSort.EXPIRY,
        key=key_of(entry.uid, "expiry"),
        noun="register_entry",
        uid=entry.uid,
        title=entry.title,
        number=entry.number,
        place=_name(places, entry.place),
        place_uid=entry.place,
        owner=entry.owner,
        day=ends,
        last=ends,
    )


def _name(places: Mapping[Uid, Place], uid: Uid | None) -> str:
    """What a place is called; empty for all places."""
    return places[uid].name if uid is not None and uid in places else ""
