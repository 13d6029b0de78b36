"""Observations of a walk: what was seen, what staff told, what a customer said; kept apart, frozen with the walk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.domain.walks import Observation, ObservationSort, RouteStop
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.codes import code_of
from gemba.work.commitments import Word
from gemba.work.commitments import add as promise
from gemba.work.desk import Desk
from gemba.work.raise_finding import raise_finding
from gemba.work.records import demand_same, draft, known
from gemba.work.route_walks import route_of


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """What is noted on a walk."""

    text: str = ""
    sort: ObservationSort = ObservationSort.SEEN
    is_positive: bool = False
    """A practice worth keeping."""
    stop: Uid | None = None
    question: str = ""
    answer: str = ""
    coaching: str = ""
    step: str = ""
    """Code or title of the step of the work; that of the stop when left out."""
    cause: str = ""
    """Code or title of the cause."""


def observe(desk: Desk, assessment: Uid, noted: Noted) -> Change:
    """Note an observation.

    Raises:
        Refusal: the walk is concluded, nothing is said, the stop is none of its route, or a code is unknown.
    """
    with desk.unit() as unit:
        return unit.change_made(observe_in(unit, desk, assessment, noted).uid)


def observe_in(unit: Unit, desk: Desk, assessment: Uid, noted: Noted, alert: Uid | None = None) -> Observation:
    """The same within another use case's unit; `alert` is what was carried in and is looked at here."""
    walk = draft(unit, assessment)
    made = Observation(
        uid=desk.ids(),
        assessment=assessment,
        place=walk.place,
        alert=alert,
        noted_at=desk.clock(),
        person=desk.person.uid,
        **msgspec.structs.asdict(noted),
    )
    made = _in_order(unit, walk, made)
    unit.put(made)
    return made


def change_observation(desk: Desk, observation: Uid, fields: Mapping[str, Any]) -> Change:
    """Change an observation while its walk goes on.

    Raises:
        Refusal: as `observe`, or it was taken out.
    """
    with desk.unit() as unit:
        before = _there(unit, observation)
        walk = draft(unit, before.assessment)
        after = _in_order(unit, walk, msgspec.structs.replace(before, **fields))
        names = {*fields, *(("step", "place") if "stop" in fields else ())}
        unit.change(Observation, observation, **{name: getattr(after, name) for name in names})
        return unit.change_made(observation)


def remove_observation(desk: Desk, observation: Uid) -> Change:
    """Take an observation out while its walk goes on; a finding that was raised from it stays.

    Raises:
        Refusal: the walk is concluded.
    """
    with desk.unit() as unit:
        before = _there(unit, observation)
        draft(unit, before.assessment)
        unit.change(Observation, observation, removed=True)
        return unit.change_made(observation)


def look_at(desk: Desk, alert: Uid, seen: str, stop: Uid | None = None) -> Change:
    """Tick what was carried in as looked at, with what was seen, at a stop: an observation of what was seen there.

    Raises:
        Refusal: it is not carried by a walk that goes on, nothing is said, or the stop is none of the walk's route.
    """
    if not seen.strip():
        raise Refusal("work.alert_without_words")
    with desk.unit() as unit:
        asked = known(unit, GoAndSee, alert)
        if asked.assessment is None or asked.state is not AlertState.CARRIED:
            raise Refusal("work.alert_not_carried")
        noted = Noted(text=seen, stop=stop, step=asked.step)
        made = observe_in(unit, desk, asked.assessment, noted, alert)
        unit.change(GoAndSee, alert, state=AlertState.SEEN, seen=seen.strip(), seen_at=desk.clock())
        return unit.change_made(made.uid)


def raise_from(desk: Desk, observation: Uid, grade: FindingGrade, criterion: str) -> Change:
    """Raise a finding from an observation in one step; the two stay linked.

    Args:
        desk: who does it, where.
        observation: of a walk that goes on.
        grade: of the finding.
        criterion: what should have been.

    Raises:
        Refusal: the walk is concluded, a finding was raised from it already, or there is no criterion.
    """
    with desk.reader() as reader:
        one = _there(reader, observation)
        draft(reader, one.assessment)
        if one.finding is not None:
            raise Refusal("work.observation_has_finding", number=known(reader, Finding, one.finding).number)
    words = one.text or one.answer or one.question
    made = raise_finding(desk, one.assessment, grade=grade, text=words, criterion=criterion, step=one.step)
    return link(desk, observation, made.uid)


def link(desk: Desk, observation: Uid, finding: Uid) -> Change:
    """Link an observation to the finding that was raised from it; the change's uid is the finding's.

    Raises:
        Refusal: the walk is concluded, or the finding is of another one.
    """
    with desk.unit() as unit:
        one = _there(unit, observation)
        draft(unit, one.assessment)
        raised = known(unit, Finding, finding)
        demand_same(raised.assessment, one.assessment)
        unit.change(Observation, observation, finding=finding)
        if one.step and not raised.step:
            unit.change(Finding, finding, step=one.step)
        return unit.change_made(finding)


def promise_from(desk: Desk, observation: Uid, promised: str, *, to: str, role: str, due: date) -> Change:
    """Make a promise that answers an observation: its words are what they said.

    Raises:
        Refusal: as `gemba.work.commitments.add`.
    """
    with desk.reader() as reader:
        one = _there(reader, observation)
    said = one.text or one.answer or one.question
    word = Word(
        said=said,
        text=promised,
        to=to,
        role=role,
        due=due,
        place=one.place,
        leader=one.person,
        assessment=one.assessment,
        step=one.step,
    )
    return promise(desk, word)


def observations(reader: Reader, assessment: Uid) -> list[Observation]:
    """What was noted on a walk, in the order in which it was; without what was taken out."""
    found = [one for one in reader.find(Observation, assessment=assessment) if not one.removed]
    return sorted(found, key=lambda one: (one.noted_at, one.uid))


def sort_words(sort: str) -> str:
    """Where an observation is known from, in words."""
    titles = {
        ObservationSort.SEEN: text("Seen"),
        ObservationSort.STAFF: text("Staff told us"),
        ObservationSort.CUSTOMER: text("A customer said"),
    }
    return titles[ObservationSort(sort)]


def _there(reader: Reader, observation: Uid) -> Observation:
    found = known(reader, Observation, observation)
    if found.removed:
        raise Refusal("work.observation_removed")
    return found


def _in_order(unit: Unit, walk: Assessment, one: Observation) -> Observation:
    """The observation with its words trimmed, its codes governed, and its place that of the stop."""
    words = {name: getattr(one, name).strip() for name in ("text", "question", "answer", "coaching")}
    if not words["text"] and not words["answer"]:
        raise Refusal("work.observation_without_text")
    step, place = one.step, walk.place
    if one.stop is not None:
        stop = known(unit, RouteStop, one.stop)
        route = route_of(unit, walk)
        if route is None or stop.route != route.uid:
            raise Refusal("work.stop_of_another", uid=one.stop)
        step, place = step or stop.step, stop.place or place
    step, cause = code_of(unit, Facet.STEP, step), code_of(unit, Facet.CAUSE, one.cause)
    return msgspec.structs.replace(one, step=step, cause=cause, place=place, **words)
