"""Alerts: one for each signal of a measure, until a person has dealt with it.

An alert's uid follows from measure, rule and the first period of the signal, so that two laptops that see the same
raise the same one. How it stands, and what is done about it, is in `gemba.work.alerts`.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

import msgspec

from gemba.domain.change import Change
from gemba.domain.measures import Measure, Period, Signal, SignalState
from gemba.domain.record import Uid
from gemba.errors import GembaError
from gemba.reports.chart_facts import ChartFacts, SignalFacts
from gemba.store.unit import Unit
from gemba.work.alerts import MISALIGNMENT
from gemba.work.chart_facts import facts_of
from gemba.work.desk import Desk
from gemba.work.measures import measures

RECENT = {Period.DAY: 14, Period.WEEK: 8, Period.MONTH: 3, Period.QUARTER: 2}
"""A signal raises an alert while its last point is among so many newest ones; older ones are history on the chart."""

_SIGNALS = uuid.UUID("0d9f1b5a-6a0c-4d7e-8a55-3a1fb6f5c1b2")


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
