"""Alerts: one for each signal of a measure, until a person has dealt with it.

An alert's uid follows from measure, rule and the first period of the signal, so that two laptops that see the same
raise the same one. Whether one stands open is told when it is looked at: a snoozed one comes back by itself.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.measures import Measure, Period, Signal, SignalState
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import GembaError, Refusal
from gemba.reports.chart_facts import ChartFacts, SignalFacts
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.chart_facts import facts_of
from gemba.work.chart_words import false_alarm_line, rule_title
from gemba.work.desk import Desk
from gemba.work.measures import measures
from gemba.work.records import known

MISALIGNMENT = "misalignment"
"""Rule of the alert that customers report what operations do not measure."""
RECENT = {Period.DAY: 14, Period.WEEK: 8, Period.MONTH: 3, Period.QUARTER: 2}
"""A signal raises an alert while its last point is among so many newest ones; older ones are history on the chart."""

_SIGNALS = uuid.UUID("0d9f1b5a-6a0c-4d7e-8a55-3a1fb6f5c1b2")


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


class Scanned(msgspec.Struct, frozen=True):
    """What a scan found."""

    change: Change
    measures: int
    raised: tuple[Uid, ...] = ()
    went_on: int = 0
    """Alerts whose signal goes on."""
    failed: tuple[str, ...] = ()
    """Codes of measures that could not be charted."""


def signal_uid(measure: Uid, rule: str, begins: date) -> Uid:
    """The uid of an alert: the same wherever the signal is seen."""
    return str(uuid.uuid5(_SIGNALS, f"{measure}\0{rule}\0{begins.isoformat()}"))


def scan(desk: Desk) -> Scanned:
    """Look at every measure, and keep one alert for each signal of its newest points."""
    found: list[Signal] = []
    failed: list[str] = []
    signalling: set[Uid] = set()
    with desk.reader() as reader:
        looked_at = measures(reader)
        for measure in looked_at:
            try:
                facts = facts_of(reader, measure)
            except GembaError:
                failed.append(measure.code)
                continue
            fresh = [each for each in facts.signals if _is_recent(facts, each, measure.period)]
            found += [_alert(desk, measure, facts, each) for each in fresh]
            if any(each.worse for each in fresh):
                signalling.add(measure.uid)
        found += [_misaligned(desk, each, found) for each in misaligned(looked_at, signalling)]
    with desk.unit() as unit:
        told = [_keep(unit, each) for each in found]
        raised = tuple(each.uid for each, state in zip(found, told, strict=True) if state == "raised")
        return Scanned(unit.change_made(), len(looked_at), raised, told.count("went on"), tuple(failed))


def misaligned(looked_at: Sequence[Measure], signalling: set[Uid]) -> list[Measure]:
    """Customer measures that signal where operations measure something and none of that signals."""

    def beside(measure: Measure) -> list[Measure]:
        return [each for each in looked_at if not each.is_customer and each.place == measure.place]

    return [
        measure
        for measure in looked_at
        if measure.is_customer
        and measure.uid in signalling
        and beside(measure)
        and not any(each.uid in signalling for each in beside(measure))
    ]


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
        Refusal: it is unknown or closed, the day is not to come, or there is no reason.
    """
    if until <= desk.clock().date():
        raise Refusal("work.snooze_past", day=until)
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


def _is_recent(facts: ChartFacts, signal: SignalFacts, period: Period) -> bool:
    judged = sum(not point.excluded for point in facts.points)
    return not (facts.bars or facts.funnel) and signal.last >= judged - RECENT[period]


def _alert(desk: Desk, measure: Measure, facts: ChartFacts, signal: SignalFacts) -> Signal:
    first, last = facts.points[signal.first], facts.points[signal.last]
    begins, seen = first.begins or desk.clock().date(), last.begins or desk.clock().date()
    return Signal(
        uid=signal_uid(measure.uid, signal.rule, begins),
        measure=measure.uid,
        rule=signal.rule,
        begins=begins,
        seen=seen,
        value=last.value,
        limit=last.upper if last.centre is not None and last.value > last.centre else last.lower,
        raised_at=desk.clock(),
        person=desk.person.uid,
    )


def _misaligned(desk: Desk, measure: Measure, found: Sequence[Signal]) -> Signal:
    own = min((each for each in found if each.measure == measure.uid), key=lambda each: each.begins)
    return msgspec.structs.replace(
        own, uid=signal_uid(measure.uid, MISALIGNMENT, own.begins), rule=MISALIGNMENT, raised_at=desk.clock()
    )


def _keep(unit: Unit, signal: Signal) -> str:
    before = unit.get(Signal, signal.uid) or _same(unit, signal)
    if before is None:
        unit.put(signal)
        return "raised"
    if before.seen >= signal.seen or before.state is SignalState.CLOSED:
        return "known"
    unit.change(Signal, before.uid, seen=signal.seen, value=signal.value, limit=signal.limit)
    return "went on"


def _same(unit: Unit, signal: Signal) -> Signal | None:
    """The alert of the same signal under another first period: trial limits move, and a start with them."""
    known_ones = unit.find(Signal, measure=signal.measure, rule=signal.rule)
    overlapping = [each for each in known_ones if each.begins <= signal.seen and each.seen >= signal.begins]
    return min(overlapping, key=lambda each: (each.begins, each.uid), default=None)


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
