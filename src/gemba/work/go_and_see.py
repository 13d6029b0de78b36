"""Go and see: what customers or charts tell becomes a question for the next walk, and somebody's answer to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ClusterDecision
from gemba.domain.complaints import Complaint
from gemba.domain.findings import Finding
from gemba.domain.measures import Measure, Signal
from gemba.domain.places import Place
from gemba.domain.process_maps import AlertState, GoAndSee, ProcessMap, ProcessStep
from gemba.domain.record import Record, Uid
from gemba.domain.rotations import Commitment
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.place_merging import place_of_new_work
from gemba.work.records import draft, known

AT_MOST = 5
"""Alerts that one walk is offered at first: a short list is gone to, a long one is not."""
OPEN = frozenset({AlertState.WAITING, AlertState.CARRIED})

ORIGINS: Mapping[str, type[Record]] = {
    "signal": Signal,
    "cluster_decision": ClusterDecision,
    "complaint": Complaint,
    "process_step": ProcessStep,
    "commitment": Commitment,
    "action": Action,
    "finding": Finding,
}
"""What an alert can come from; a step stands for its pains."""


class Proposal(msgspec.Struct, frozen=True):
    """What an alert from a record would ask, where."""

    question: str
    place: Uid | None
    step: str


def raise_alert(
    desk: Desk, question: str, *, place: Uid | None = None, step: str = "", sort: str = "", origin: Uid = ""
) -> Change:
    """Put a question on the list of what is to be gone to and seen.

    Args:
        desk: who does it, where.
        question: what to look at, as a question; what `proposed` says of the origin when left out.
        place: where; what the origin says when left out, anywhere when it says nothing.
        step: code of the step of the work; what the origin says when left out.
        sort: of `ORIGINS`; empty when somebody thought of it.
        origin: uid of that record.

    Raises:
        Refusal: there is no question, origin or place is unknown, or an alert from this origin is open already.
    """
    with desk.unit() as unit:
        meant = _said(unit, question, place, step, sort, origin)
        made = GoAndSee(
            uid=desk.ids(),
            question=meant.question,
            place=meant.place,
            step=meant.step,
            sort=sort,
            origin=origin,
            raised_at=desk.clock(),
            person=desk.person.uid,
        )
        demand_only_one(unit, made)
        unit.put(made)
        return unit.change_made(made.uid)


def demand_only_one(reader: Reader, alert: GoAndSee) -> None:
    """Demand that nothing else from the same record waits; what was found is looked for at several places.

    Raises:
        Refusal: `work.alert_open_already`.
    """
    others = (one for one in reader.find(GoAndSee, origin=alert.origin) if one.uid != alert.uid) if alert.origin else ()
    is_elsewhere = alert.sort == "finding"
    if any(one.state in OPEN and not (is_elsewhere and one.place != alert.place) for one in others):
        raise Refusal("work.alert_open_already")


def proposed(reader: Reader, sort: str, origin: Uid) -> Proposal:
    """The question that an alert from a record would ask.

    Raises:
        Refusal: there is no such sort or record.
    """
    if sort not in ORIGINS:
        raise Refusal("work.alert_sort", sort=sort, known=", ".join(ORIGINS))
    record = known(reader, ORIGINS[sort], origin)
    if isinstance(record, Signal):
        measure = known(reader, Measure, record.measure)
        words = text(
            "{measure} stands out since {day}: what is different here?", measure=measure.title, day=record.begins
        )
        return Proposal(words, measure.place, measure.filters.get("step", ""))
    if isinstance(record, ProcessStep):
        words = text("Watch {step}: what makes it hard for the customer?", step=record.title)
        return Proposal(words, known(reader, ProcessMap, record.process_map).place, record.code)
    if isinstance(record, Commitment | Action | Finding):
        return _of_change(record)
    step = str(getattr(record, "step", ""))
    title = vocabularies.titles(reader, Facet.STEP).get(step, step) or text("the work")
    if isinstance(record, ClusterDecision):
        cause = vocabularies.titles(reader, Facet.CAUSE).get(record.cause, record.cause)
        words = text("Where does {cause} arise at {step}?", cause=cause or text("it"), step=title)
        return Proposal(words, record.place, step)
    assert isinstance(record, Complaint)
    words = text("Complaint {number}: could {step} go wrong in the same way today?", number=record.number, step=title)
    return Proposal(words, record.place, step)


def _of_change(record: Commitment | Action | Finding) -> Proposal:
    """What is asked of a promise, of what is done, and of what was found elsewhere."""
    if isinstance(record, Commitment):
        return Proposal(text("Was it kept? {promise}", promise=record.text), record.place, record.step)
    if isinstance(record, Action):
        return Proposal(text("How far is it? {action}", action=record.text), record.place, "")
    words = text("Is it like this here, too? Found elsewhere: {words}", words=record.text)
    return Proposal(words, record.place, record.step)


def offered(reader: Reader, place: Uid) -> list[GoAndSee]:
    """The alerts that a walk at a place may carry: those waiting there, above, below or anywhere, the oldest first.

    Those that a concluded walk carried and did not answer wait again; those of this place itself come first.
    """
    near = set(places_below(reader, (place,))) | set(_above(reader, place))
    waiting = [each for state in OPEN for each in reader.find(GoAndSee, state=state)]
    free = (each for each in waiting if (each.place is None or each.place in near) and not _is_on_its_way(reader, each))
    return sorted(free, key=lambda each: (each.place != place, each.raised_at, each.uid))


def carried(reader: Reader, assessment: Uid) -> list[GoAndSee]:
    """The alerts that a walk carries, answered or not, in the order in which they were raised."""
    return sorted(reader.find(GoAndSee, assessment=assessment), key=lambda each: (each.raised_at, each.uid))


def carry(desk: Desk, assessment: Uid, alerts: Sequence[Uid]) -> Change:
    """Give alerts to a walk.

    Raises:
        Refusal: the walk is unknown or concluded, or one of them is seen, dropped or on its way with another walk.
    """
    with desk.unit() as unit:
        carry_in(unit, assessment, alerts)
        return unit.change_made(assessment)


def carry_in(unit: Unit, assessment: Uid, alerts: Sequence[Uid]) -> None:
    """The same within another use case's unit."""
    draft(unit, assessment)
    for uid in alerts:
        alert = _open(unit, uid)
        if alert.assessment != assessment and _is_on_its_way(unit, alert):
            raise Refusal("work.alert_on_its_way", number=known(unit, Assessment, alert.assessment or "").number)
        unit.change(GoAndSee, uid, state=AlertState.CARRIED, assessment=assessment)


def put_back(desk: Desk, uid: Uid) -> Change:
    """Let an alert wait for another walk."""
    with desk.unit() as unit:
        _open(unit, uid)
        unit.change(GoAndSee, uid, state=AlertState.WAITING, assessment=None)
        return unit.change_made(uid)


def see(desk: Desk, uid: Uid, words: str) -> Change:
    """Say what was seen, in the walk or later; said again, the later words stand.

    Raises:
        Refusal: it is unknown or dropped, or nothing is said.
    """
    if not words.strip():
        raise Refusal("work.alert_without_words")
    with desk.unit() as unit:
        alert = known(unit, GoAndSee, uid)
        if alert.state is AlertState.DROPPED:
            raise Refusal("work.alert_dropped")
        unit.change(GoAndSee, uid, state=AlertState.SEEN, seen=words.strip(), seen_at=desk.clock())
        return unit.change_made(uid)


def drop(desk: Desk, uid: Uid, reason: str) -> Change:
    """Take an alert off the list, with the reason why nobody goes.

    Raises:
        Refusal: it is unknown, seen or dropped, or there is no reason.
    """
    if not reason.strip():
        raise Refusal("work.alert_without_reason")
    with desk.unit() as unit:
        _open(unit, uid)
        unit.change(GoAndSee, uid, state=AlertState.DROPPED, seen=reason.strip(), seen_at=None)
        return unit.change_made(uid)


def raise_again(desk: Desk, uid: Uid) -> Change:
    """Put an alert that was dropped or seen on the list again.

    Raises:
        Refusal: it is unknown, or another one from the same record waits meanwhile.
    """
    with desk.unit() as unit:
        demand_only_one(unit, known(unit, GoAndSee, uid))
        unit.change(GoAndSee, uid, state=AlertState.WAITING, seen="", seen_at=None, assessment=None)
        return unit.change_made(uid)


def _said(unit: Unit, question: str, place: Uid | None, step: str, sort: str, origin: Uid) -> Proposal:
    found = proposed(unit, sort, origin) if sort else Proposal("", None, "")
    words = question.strip() or found.question
    if not words:
        raise Refusal("work.alert_without_question")
    where = place or found.place
    return Proposal(words, place_of_new_work(unit, where), step.strip() or found.step)


def _open(unit: Unit, uid: Uid) -> GoAndSee:
    alert = known(unit, GoAndSee, uid)
    if alert.state is AlertState.SEEN:
        raise Refusal("work.alert_seen")
    if alert.state is AlertState.DROPPED:
        raise Refusal("work.alert_dropped")
    return alert


def _is_on_its_way(reader: Reader, alert: GoAndSee) -> bool:
    """True while a walk that goes on carries it."""
    if alert.state is not AlertState.CARRIED or alert.assessment is None:
        return False
    walk = reader.get(Assessment, alert.assessment)
    return walk is not None and walk.state is AssessmentState.DRAFT


def _above(reader: Reader, place: Uid) -> Iterator[Uid]:
    """The places that hold this one."""
    known_ones: set[Uid] = set()
    found = reader.get(Place, place)
    while found is not None and found.parent is not None and found.parent not in known_ones:
        known_ones.add(found.parent)
        yield found.parent
        found = reader.get(Place, found.parent)
