"""What an escalation from a record begins with: where it is, how it is called, how hard the customer feels it."""

from __future__ import annotations

import msgspec

from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint, Severity
from gemba.domain.decisions import Decision
from gemba.domain.escalations import Escalation, EscalationSort, divergence_uid
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.follow_through import RegisterEntry
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

NOUNS = ("finding", "action", "complaint", "decision", "signal", "register_entry")
"""Records that an escalation is raised from."""
MISALIGNMENTS = "misalignment_review"
"""Code of the register of misalignments."""
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
    if noun == "register_entry":
        return _of_entry(reader, known(reader, RegisterEntry, uid))
    raise Refusal("work.escalation_subject", noun=noun, known=", ".join(NOUNS))


def open_divergence(desk: Desk, about: Uid, noun: str = "signal") -> Change:
    """Escalate that customers are less satisfied though operations' figures stand still; once for each signal.

    Args:
        desk: who does it, where.
        about: uid of the signal, or of an entry of the register of misalignments; naming the signal makes both one.
        noun: `signal` or `register_entry`.

    Raises:
        Refusal: it is unknown, or says no such thing.
    """
    with desk.unit() as unit:
        case = case_of(unit, noun, about)
        if case.sort is not EscalationSort.DIVERGENCE:
            raise Refusal("work.escalation_no_divergence")
        uid = divergence_uid(_signal_of(unit, noun, about) or about)
        if unit.get(Escalation, uid) is None:
            raise_in(desk, unit, case, uid=uid)
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


def _signal_of(reader: Reader, noun: str, uid: Uid) -> Uid | None:
    """The signal that such a record is about, or that it names."""
    if noun == "signal":
        return uid
    named = [link.removeprefix("signal:") for link in known(reader, RegisterEntry, uid).links if link[:7] == "signal:"]
    found = (reader.get(Signal, one) for one in named)
    return next((one.uid for one in found if one is not None and one.rule == MISALIGNMENT), None)


def _of_entry(reader: Reader, entry: RegisterEntry) -> Case:
    place = entry.place or top_place(reader).uid
    drafted = _drafted("register_entry", entry.uid, place, f"{entry.number}: {entry.title}")
    if entry.register != MISALIGNMENTS:
        return drafted
    customer, operations = (_measure_title(reader, entry.fields.get(name, "")) for name in ("customer", "operations"))
    return msgspec.structs.replace(
        drafted,
        sort=EscalationSort.DIVERGENCE,
        tried=text("The charts were compared: {seen}", seen=entry.fields.get("seen", "")),
        asked=text(
            "Which measure of operations is to be changed or added so that it moves with {measure}?", measure=customer
        ),
        links=tuple(link for link in entry.links if link.partition(":")[0] in {"signal", "measure"}),
        customer_side=customer,
        other_side=text("Without a signal: {still}", still=operations),
    )


def _measure_title(reader: Reader, link: str) -> str:
    found = reader.get(Measure, link.removeprefix("measure:"))
    return found.title if found is not None else ""


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
