"""Enter what a customer complained of, and change what is kept of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.complaint_steps import is_customer_service
from gemba.domain.complaints import ClockPause, Complaint, ComplaintState, Redaction
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.clock_targets import due_of
from gemba.work.codes import code_of
from gemba.work.desk import Desk
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known

TAGS = tuple(facet.value for facet in Facet)
"""Fields that hold codes of the vocabularies."""
SAID = ("customer", "contact", "words", "language", "summary", "remedy_sought", "redacted_words", "purpose", "owner")
"""Fields that hold what somebody writes."""
CHANGEABLE = (
    *TAGS,
    *SAID,
    *("occurred_on", "place", "severity", "consent", "redaction", "delete_by"),
    *("answer", "similar_note"),
)
"""Fields that may be changed without a step being taken."""
_FIXED_WHEN_CLOSED = ("answer", "similar_note", "owner", "severity")


def add(desk: Desk, *, received_at: datetime | None = None, **said: Any) -> Change:
    """Enter a complaint by hand.

    Args:
        desk: who does it, where.
        received_at: when the customer said it; now when left out.
        said: what is known of it, by field (`CHANGEABLE`); a tag may be a code or its title.

    Raises:
        Refusal: there are no words and no summary, a code is not in its vocabulary, the moment lies ahead, or the
            owner is customer service.
    """
    now = desk.clock()
    if received_at is not None and received_at > now:
        raise Refusal("work.complaint_from_ahead")
    with desk.unit() as unit:
        fields = _fields(unit, said)
        if not fields.get("words") and not fields.get("summary"):
            raise Refusal("work.complaint_without_words")
        if fields.get("place"):
            fields["place"] = goes_on_at(unit, fields["place"]).uid
        entered = Complaint(
            uid=desk.ids(),
            number=unit.number(Complaint),
            source="",
            received_at=received_at or now,
            recorded_at=now,
            person=desk.person.uid,
            **fields,
        )
        unit.put(msgspec.structs.replace(entered, due_at=due_of(unit, entered)))
        return unit.change_made(entered.uid)


def change(desk: Desk, complaint: Uid, **said: Any) -> Change:
    """Change what is kept of a complaint; the clock follows its severity and place.

    Words that are changed are no longer as somebody has checked them for what tells of a person.

    Raises:
        Refusal: it is closed and the field is part of what it was closed with, or as `add` does.
    """
    with desk.unit() as unit:
        old = known(unit, Complaint, complaint)
        fields = _fields(unit, said)
        _demand_open(old, fields)
        if not fields.get("words", old.words) and not fields.get("summary", old.summary):
            raise Refusal("work.complaint_without_words")
        if fields.get("words", old.words) != old.words:
            fields.setdefault("redaction", Redaction.RAW)
        new = msgspec.structs.replace(old, **fields)
        if (new.severity, new.place) != (old.severity, old.place):
            fields["due_at"] = due_of(unit, new)
        unit.change(Complaint, complaint, **fields)
        return unit.change_made(complaint)


def put_back(desk: Desk, before: Complaint, after: Complaint) -> Change:
    """Undo what was just done to a complaint: all that differs is as it was.

    Args:
        desk: who does it, where.
        before: the complaint as it was.
        after: the same as it was left.

    Raises:
        Refusal: somebody has changed the same since.
    """
    differ = [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    with desk.unit() as unit:
        now = known(unit, Complaint, before.uid)
        if any(getattr(now, name) != getattr(after, name) for name in differ):
            raise Refusal("work.complaint_changed_since", number=now.number)
        unit.change(Complaint, before.uid, **{name: getattr(before, name) for name in differ})
        if before.paused and not after.paused:
            _let_stand_again(unit, before.uid)
        return unit.change_made(before.uid)


def _let_stand_again(unit: Unit, complaint: Uid) -> None:
    """The pause that ended last goes on, as if it had not ended."""
    pauses = [one for one in unit.find(ClockPause, complaint=complaint) if one.ended_at is not None]
    if pauses:
        last = max(pauses, key=lambda one: (one.ended_at, one.begun_at))
        unit.change(ClockPause, last.uid, ended_at=None)


def demand_process_owner(owner: str) -> None:
    """Demand that an owner is not customer service: those who take complaints in do not own what causes them.

    Raises:
        Refusal: it is.
    """
    if is_customer_service(owner):
        raise Refusal("work.owner_is_customer_service", owner=owner.strip())


def _fields(reader: Reader, said: dict[str, Any]) -> dict[str, Any]:
    """What is said, as the fields keep it."""
    unknown = said.keys() - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not for people to set: {sorted(unknown)}")
    fields = {name: value.strip() if name in SAID else value for name, value in said.items()}
    fields |= {name: code_of(reader, Facet(name), value) for name, value in said.items() if name in TAGS}
    demand_process_owner(fields.get("owner", ""))
    return fields


def _demand_open(complaint: Complaint, fields: dict[str, Any]) -> None:
    fixed = [
        name for name in _FIXED_WHEN_CLOSED if fields.get(name, getattr(complaint, name)) != getattr(complaint, name)
    ]
    if fixed and complaint.state is ComplaintState.CLOSED:
        raise Refusal("work.complaint_closed", number=complaint.number)
