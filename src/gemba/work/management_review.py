"""A quarter's inputs to the management review (ISO 9001, 9.3.2): customer value beside operating results.

Everything is off the records; what nobody records here is named as such, so that it is brought along.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from gemba.domain.actions import Action, ActionState
from gemba.domain.follow_through import RegisterEntry
from gemba.domain.goals import Goal
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.quarters import days_of, quarters_until
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registers.registry import register_named
from gemba.store import quarter_counts
from gemba.store.list_filters import places_below
from gemba.store.quarter_counts import Actions, Clocks, Stretch
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.alignment_report import AlignmentReport, alignment_report
from gemba.work.alignment_words import rate_words
from gemba.work.audit_rates import audit_rates
from gemba.work.desk import Desk
from gemba.work.escalation_log import LogFacts, log_facts
from gemba.work.management_values import Promise, Value, aligned, counted, measured, promises, surveyed
from gemba.work.registers import is_due
from gemba.work.risks import RiskLine, risks

_LISTED = 12
_REGISTERS = ("trade_off", "metric_conflict", "metric_audit")


class AuditDone(msgspec.Struct, frozen=True, kw_only=True):
    """One audit of the quarter."""

    number: str
    place: str
    state: str
    rate: str
    """In words; empty for one that is not concluded."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a register that leaders should see."""

    register: str
    """Title."""
    number: str
    title: str
    state: str
    due: bool
    verdict: str
    """Of a metric audit: keep, change or retire; empty otherwise."""


class ManagementReview(msgspec.Struct, frozen=True, kw_only=True):
    """What the document tells."""

    quarter: str
    before: str
    place: Uid | None
    alignment: AlignmentReport
    customers: tuple[Value, ...]
    operations: tuple[Value, ...]
    clocks: Clocks
    promises: tuple[Promise, ...]
    audits: tuple[AuditDone, ...]
    audit_count: int
    findings: dict[str, int]
    actions: Actions
    overdue: tuple[tuple[str, str, date], ...]
    """Number, what is to be done, and when it was due."""
    escalations: LogFacts
    risks: tuple[RiskLine, ...]
    entries: tuple[Entry, ...]
    changed_goals: tuple[tuple[str, str], ...]
    """Goals that were changed, adapted or ended in the quarter, and why."""
    decisions: tuple[str, ...]
    """What leaders are asked to decide."""


def management_review(desk: Desk, quarter: str, place: Uid | None = None) -> ManagementReview:
    """Gather the inputs of a quarter.

    Args:
        desk: where the records are.
        quarter: that is looked at, as `2026-Q4`.
        place: with all below it; everywhere when left out.

    Raises:
        Refusal: the quarter is none or lies ahead, or the place is unknown.
    """
    begins, ends = days_of(quarter)
    today = desk.clock().date()
    if begins > today:
        raise Refusal("work.quarter_ahead", quarter=quarter)
    before = quarters_until(quarter, 2)[0]
    alignment = alignment_report(desk, quarter, place)
    log = log_facts(desk, begins=begins, ends=min(ends, today), place=place)
    with desk.reader() as reader:
        below = set(places_below(reader, (place,))) if place else None
        during, earlier = _stretch(quarter), _stretch(before)
        entries = tuple(_entries(reader, quarter, below, today))
        clocks = quarter_counts.clocks(reader, during, place)
        audits = _audits(reader, quarter, below)
        kept = tuple(promises(reader, below, ends))
        asked = (quarter, before, place)
        numbers = list(counted(reader, asked, clocks, quarter_counts.clocks(reader, earlier, place)))
        measures = {side: tuple(measured(reader, quarter, before, below, is_customer=side)) for side in (True, False)}
        made = ManagementReview(
            quarter=quarter,
            before=before,
            place=place,
            alignment=alignment,
            customers=(*aligned(alignment), *numbers, *surveyed(desk, quarter, before, place), *measures[True]),
            operations=measures[False],
            clocks=clocks,
            promises=kept,
            audits=tuple(audits[:_LISTED]),
            audit_count=len(audits),
            findings=quarter_counts.findings(reader, during, place),
            actions=quarter_counts.actions(reader, during, place),
            overdue=tuple(_overdue(reader, below, today)),
            escalations=log,
            risks=risks(desk)[:_LISTED],
            entries=entries,
            changed_goals=tuple(_changed_goals(reader, below, begins, ends)),
            decisions=(),
        )
    return msgspec.structs.replace(made, decisions=tuple(_asked(made)))


def _stretch(quarter: str) -> Stretch:
    begins, ends = days_of(quarter)
    return datetime.combine(begins, time(), UTC), datetime.combine(ends + timedelta(days=1), time(), UTC)


def _audits(reader: Reader, quarter: str, below: set[Uid] | None) -> list[AuditDone]:
    found = [one for one in reader.find(Audit, quarter=quarter) if one.state is not AuditState.CANCELLED]
    names = {place.uid: place.name for place in reader.find(Place)}
    some = [one for one in found if below is None or one.place in below]
    some.sort(key=lambda one: (one.state is not AuditState.CONCLUDED, one.number))
    told = []
    for at, one in enumerate(some):
        counts = one.state is AuditState.CONCLUDED and at < _LISTED
        rate = rate_words(audit_rates(reader, one).whole) if counts else ""
        place = names.get(one.place, "")
        told.append(AuditDone(number=one.number, place=place, state=one.state.value, rate=rate))
    return told


def _overdue(reader: Reader, below: set[Uid] | None, today: date) -> list[tuple[str, str, date]]:
    found = [
        (one.number, one.text, one.due)
        for one in reader.find(Action, state=ActionState.OPEN)
        if one.due < today and (below is None or one.place in below)
    ]
    return sorted(found, key=lambda one: (one[2], one[0]))[:_LISTED]


def _entries(reader: Reader, quarter: str, below: set[Uid] | None, today: date) -> Iterator[Entry]:
    for code in _REGISTERS:
        of = register_named(code)
        over = {state.code for state in of.states if state.is_over}
        for entry in reader.find(RegisterEntry, register=code):
            if below is not None and entry.place is not None and entry.place not in below:
                continue
            of_quarter = code == "metric_audit" and entry.fields.get("quarter") == quarter
            if of_quarter or (code != "metric_audit" and entry.state not in over):
                state = of.state(entry.state)
                yield Entry(
                    register=text(of.title),
                    number=entry.number,
                    title=entry.title,
                    state=text(state.title) if state else entry.state,
                    due=is_due(of, entry, today),
                    verdict=entry.fields.get("verdict", ""),
                )


def _changed_goals(reader: Reader, below: set[Uid] | None, begins: date, ends: date) -> Iterator[tuple[str, str]]:
    for goal in reader.find(Goal):
        if below is not None and goal.place is not None and goal.place not in below:
            continue
        if goal.retired_on is not None and begins <= goal.retired_on <= ends:
            yield goal.title, text("ended: {reason}", reason=goal.retired_because)
        elif begins <= goal.valid_from <= ends and (goal.replaces or goal.core):
            said = text("adapted") if goal.core else text("changed")
            yield goal.title, f"{said}: {goal.reason}"


def _asked(made: ManagementReview) -> Iterator[str]:
    """What leaders are asked to decide, off the records."""
    for line in made.escalations.open:
        yield f"{line.number}: {line.asked or line.title}"
    for entry in made.entries:
        if entry.verdict in ("change", "retire"):
            said = text("Retire the measure?") if entry.verdict == "retire" else text("Change the measure?")
            yield f"{entry.number}: {entry.title} – {said}"
        elif entry.due:
            yield f"{entry.number}: {entry.title} – {text('to be looked at again')}"
    for group in made.alignment.causes.groups[:3]:
        if group.verdict == "systemic":
            yield text(
                "{goal}: {constraint} forces decisions against it at {n:site|sites}. What changes?",
                goal=group.goal_title,
                constraint=group.constraint_title,
                n=group.site_count,
            )
    for promise in made.promises:
        if promise.kept is False:
            yield text("{title}: promised and not kept. Deliver, or promise less?", title=promise.title)
