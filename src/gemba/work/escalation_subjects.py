"""What an escalation from a record begins with: where it is, how it is called, how hard the customer feels it."""

from __future__ import annotations

from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint, Severity
from gemba.domain.decisions import Decision
from gemba.domain.escalations import Escalation, EscalationSort, divergence_uid
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.measures import Measure, Signal, SignalState
from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.alerts import MISALIGNMENT, words
from gemba.work.desk import Desk
from gemba.work.escalations import Case, raise_in
from gemba.work.measures import measures
from gemba.work.records import known

NOUNS = ("finding", "action", "complaint", "decision", "signal")
"""Records that an escalation is raised from."""
_LONGEST = 90


def case_of(reader: Reader, noun: str, uid: Uid) -> Case:
    """A draft of an escalation from a record; what was tried and what is asked for is left to people.

    Raises:
        Refusal: there is no such record, or none is escalated of that noun.
    """
    if noun == "finding":
        finding = known(reader, Finding, uid)
        grave = finding.grade is FindingGrade.MAJOR
        return _drafted(noun, uid, finding.place, f"{finding.number}: {finding.text}", "high" if grave else "medium")
    if noun == "action":
        action = known(reader, Action, uid)
        return _drafted(noun, uid, action.place, f"{action.number}: {action.text}")
    if noun == "decision":
        decision = known(reader, Decision, uid)
        return _drafted(noun, uid, decision.place, f"{decision.number}: {decision.title}")
    if noun == "complaint":  # without the customer's words, which may tell of a person
        complaint = known(reader, Complaint, uid)
        title = " · ".join(part for part in (complaint.number, complaint.step, complaint.cause) if part)
        place = complaint.place or top_place(reader).uid
        return _drafted(noun, uid, place, title, _severity(complaint.severity))
    if noun == "signal":
        return _of_signal(reader, known(reader, Signal, uid))
    raise Refusal("work.escalation_subject", noun=noun, known=", ".join(NOUNS))


def open_divergence(desk: Desk, signal: Uid) -> Change:
    """Escalate that customers are less satisfied though operations' figures stand still; once for each signal.

    Raises:
        Refusal: the signal is unknown, or says no such thing.
    """
    with desk.unit() as unit:
        uid = divergence_uid(signal)
        if unit.get(Escalation, uid) is None:
            raise_in(desk, unit, divergence_case(unit, known(unit, Signal, signal)), uid=uid)
        return unit.change_made(uid)


def divergence_case(reader: Reader, signal: Signal) -> Case:
    """What such an escalation says: which measure signals, and which of operations' do not.

    Raises:
        Refusal: the signal is no misalignment.
    """
    if signal.rule != MISALIGNMENT:
        raise Refusal("work.escalation_no_divergence")
    measure = known(reader, Measure, signal.measure)
    still = [each.title for each in measures(reader) if not each.is_customer and each.place == measure.place]
    beside = ", ".join(still) or text("none")
    return Case(
        sort=EscalationSort.DIVERGENCE,
        title=text("{measure} signals, operations' measures do not", measure=measure.title),
        place=measure.place or top_place(reader).uid,
        tried=text(
            "The charts were compared: {measure} signals since {day}; measured beside it, without a signal: {still}.",
            measure=measure.title,
            day=signal.begins.isoformat(),
            still=beside,
        ),
        asked=text(
            "Which measure of operations is to be changed or added so that it moves with {measure}?",
            measure=measure.title,
        ),
        subject=f"signal:{signal.uid}",
        links=(f"measure:{measure.uid}",),
        customer_side=text(
            "{measure}: {value:g}, since {day}", measure=measure.title, value=signal.value, day=signal.begins
        ),
        other_side=text("Without a signal: {still}", still=beside),
    )


def divergences(desk: Desk) -> list[Signal]:
    """The misalignments that stand open and nobody has escalated, the newest first."""
    with desk.reader() as reader:
        today = desk.clock().date()
        found = [
            one
            for one in reader.find(Signal, rule=MISALIGNMENT)
            if one.state is not SignalState.CLOSED
            and not (one.snoozed_until is not None and one.snoozed_until > today)
            and reader.get(Escalation, divergence_uid(one.uid)) is None
        ]
    return sorted(found, key=lambda one: (one.seen, one.uid), reverse=True)


def _of_signal(reader: Reader, signal: Signal) -> Case:
    if signal.rule == MISALIGNMENT:
        return divergence_case(reader, signal)
    measure = known(reader, Measure, signal.measure)
    place = measure.place or top_place(reader).uid
    return _drafted("signal", signal.uid, place, f"{measure.title}: {words(signal)}")


def top_place(reader: Reader) -> Place:
    """Where it stands when it happened at no place of its own: the enterprise, or what stands highest.

    Raises:
        Refusal: there is no place at all.
    """
    order = list(Level)
    places = sorted(reader.find(Place), key=lambda one: (order.index(one.level), one.parent is not None, one.uid))
    if not places:
        raise Refusal("work.escalation_no_place")
    return places[0]


def _drafted(noun: str, uid: Uid, place: Uid, title: str, severity: str = "medium") -> Case:
    plain = " ".join(title.split())
    short = plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 2].rstrip()} …"
    return Case(title=short, place=place, severity=severity, tried="", asked="", subject=f"{noun}:{uid}")


def _severity(severity: Severity) -> str:
    return "high" if severity in {Severity.HIGH, Severity.CRITICAL} else severity.value
