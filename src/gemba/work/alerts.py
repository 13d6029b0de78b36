"""Alerts as they stand: what waits for somebody, and what a person does about it.

Whether one stands open is told when it is looked at: a snoozed one comes back by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.measures import Measure, Signal, SignalState
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.chart_words import false_alarm_line, rule_title
from gemba.work.desk import Desk
from gemba.work.records import known

MISALIGNMENT = "misalignment"
"""Rule of the alert that customers report what operations do not measure."""
LONGEST_REST = timedelta(days=92)
"""A quarter: what rests longer would be forgotten, and belongs closed with a reason."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A signal as it stands now, in words."""

    uid: Uid
    measure: Uid
    code: str
    """Of the measure."""
    title: str
    """Of the measure."""
    place: str = ""
    rule: str
    words: str
    begins: date
    seen: date
    value: float
    limit: float | None = None
    state: SignalState
    """As it stands today: a snoozed one whose day has come is open."""
    snoozed_until: date | None = None
    reason: str = ""
    review: Uid | None = None
    raised_at: datetime
    asks_for_review: bool = False
    false_alarms: str = ""
    """How often this threshold cries wolf, in a sentence."""
    filters: dict[str, str] = {}
    place_uid: Uid | None = None


def alerts(desk: Desk, *, states: Sequence[SignalState] = (SignalState.OPEN,)) -> list[Alert]:
    """Alerts in these states, the newest first."""
    with desk.reader() as reader:
        today = desk.clock().date()
        found = [_shown(reader, each, today) for each in reader.find(Signal)]
    kept = [each for each in found if each.state in states]
    return sorted(kept, key=lambda each: (each.seen, each.raised_at, each.uid), reverse=True)


def open_signals(desk: Desk) -> list[Alert]:
    """Alerts that wait for somebody: for the start page, and to be carried into the next walk."""
    return alerts(desk)


def snooze(desk: Desk, signal: Uid, until: date, reason: str) -> Change:
    """Let an alert rest until a day, on which it comes back by itself.

    Raises:
        Refusal: it is unknown or closed, the day is not to come or further away than `LONGEST_REST`, or there is no
            reason.
    """
    today = desk.clock().date()
    if until <= today:
        raise Refusal("work.snooze_past", day=until)
    if until > today + LONGEST_REST:
        raise Refusal("work.snooze_long", day=until, last=today + LONGEST_REST)
    return _put_state(desk, signal, reason, SignalState.SNOOZED, until)


def close(desk: Desk, signal: Uid, reason: str) -> Change:
    """Close an alert: what it showed is explained or dealt with.

    Raises:
        Refusal: it is unknown or closed, or there is no reason.
    """
    return _put_state(desk, signal, reason, SignalState.CLOSED, None)


def reopen(desk: Desk, signal: Uid) -> Change:
    """Take back that an alert is closed or snoozed."""
    with desk.unit() as unit:
        known(unit, Signal, signal)
        unit.change(Signal, signal, state=SignalState.OPEN, snoozed_until=None)
        return unit.change_made(signal)


def led_to(desk: Desk, signal: Uid, review: Uid) -> Change:
    """Note the review that an alert led to.

    Raises:
        Refusal: one of them is unknown.
    """
    with desk.unit() as unit:
        known(unit, Signal, signal)
        known(unit, ComplaintReview, review)
        unit.change(Signal, signal, review=review)
        return unit.change_made(signal)


def _put_state(desk: Desk, signal: Uid, reason: str, state: SignalState, until: date | None) -> Change:
    if not reason.strip():
        raise Refusal("work.signal_reason")
    with desk.unit() as unit:
        if known(unit, Signal, signal).state is SignalState.CLOSED:
            raise Refusal("work.signal_closed")
        unit.change(Signal, signal, state=state, snoozed_until=until, reason=reason.strip())
        return unit.change_made(signal)


def standing(signal: Signal, today: date) -> SignalState:
    """How an alert stands on a day."""
    back = signal.state is SignalState.SNOOZED and signal.snoozed_until is not None and signal.snoozed_until <= today
    return SignalState.OPEN if back else signal.state


def _shown(reader: Reader, signal: Signal, today: date) -> Alert:
    measure = known(reader, Measure, signal.measure)
    place = reader.get(Place, measure.place) if measure.place else None
    rate = measure.false_alarms
    return Alert(
        uid=signal.uid,
        measure=measure.uid,
        code=measure.code,
        title=measure.title,
        place=place.name if place is not None else "",
        rule=signal.rule,
        words=words(signal),
        begins=signal.begins,
        seen=signal.seen,
        value=signal.value,
        limit=signal.limit,
        state=standing(signal, today),
        snoozed_until=signal.snoozed_until,
        reason=signal.reason,
        review=signal.review,
        raised_at=signal.raised_at,
        asks_for_review=measure.triggers_review,
        false_alarms="" if rate is None else false_alarm_line(rate, measure.false_alarm_points, rules=measure.rules),
        filters=measure.filters,
        place_uid=measure.place,
    )


def words(signal: Signal) -> str:
    """What an alert says."""
    if signal.rule == MISALIGNMENT:
        return text("Measurement misalignment: customers' measure signals, what operations measure there does not.")
    when = signal.begins.isoformat() if signal.begins == signal.seen else f"{signal.begins} – {signal.seen}"
    return text("{rule}: {what}, {when}", rule=signal.rule, what=rule_title(signal.rule), when=when)
