"""Calibration sessions: several people judge the same cases apart, compare, and write the anchors anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from gemba.domain.calibration import CalibrationRating, CalibrationSession, CalibrationState, rating_uid
from gemba.domain.change import Change
from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work import goals
from gemba.work.calibration_blind import open_round
from gemba.work.desk import Desk
from gemba.work.records import known

VERDICTS = (AlignmentVerdict.CONTRARY.value, AlignmentVerdict.PART.value, AlignmentVerdict.ALIGNED.value)
"""The levels of a session about a goal, the lowest first."""
DECISION = "decision:"
"""What stands before the uid where a case is a decision that was logged."""
MOST_CASES, LONGEST = 200, 4000


class NewSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session that is to be made."""

    title: str
    cases: Mapping[str, str]
    """Words, or a decision as `decision:uid`, by code."""
    levels: tuple[str, ...] = VERDICTS
    is_ordered: bool = True
    goal: Uid | None = None
    standards: Mapping[str, str] = {}
    anchors: Mapping[str, str] = {}
    """What each level means; the goal's own when left out."""


def make(desk: Desk, new: NewSession) -> Change:
    """Make a session; its first round is open at once.

    Raises:
        Refusal: the title is empty, there are fewer than two cases or levels, a case says nothing, a decision or goal
            is unknown, or a standard or anchor is for a case or level that there is not.
    """
    levels = tuple(level.strip() for level in new.levels)
    cases = {code.strip(): said.strip() for code, said in new.cases.items()}
    standards = {code: level for code, level in new.standards.items() if level}
    _demand_sound(new.title, levels, cases, standards)
    with desk.unit() as unit:
        for said in cases.values():
            if said.startswith(DECISION):
                known(unit, Decision, said.removeprefix(DECISION))
        goal = known(unit, Goal, new.goal) if new.goal is not None else None
        anchors = dict(new.anchors) or (dict(goal.anchors) if goal is not None else {})
        made = CalibrationSession(
            uid=desk.ids(),
            number=unit.number(CalibrationSession),
            title=new.title.strip(),
            goal=new.goal,
            levels=levels,
            is_ordered=new.is_ordered,
            cases=cases,
            standards=standards,
            anchors=_anchors(levels, anchors, strict=bool(new.anchors)),
            begun_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def rate(desk: Desk, session: Uid, case: str, level: str, note: str = "") -> Change:
    """Keep what the person at the desk gives a case in the round that is open, or gives it now instead.

    Raises:
        Refusal: no round is open, or there is no such case or level.
    """
    with desk.unit() as unit:
        about = known(unit, CalibrationSession, session)
        now = open_round(about)
        if now is None:
            raise Refusal("work.no_round_open", number=about.number)
        if case not in about.cases:
            raise Refusal("work.no_such_case", case=case, known=", ".join(about.cases))
        if level not in about.levels:
            raise Refusal("work.no_such_level", level=level, known=", ".join(about.levels))
        made = CalibrationRating(
            uid=rating_uid(session, case, desk.person.uid, now),
            session=session,
            case=case,
            rater=desk.person.uid,
            round=now,
            level=level,
            note=note.strip(),
            rated_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.keep(made)
        return unit.change_made(made.uid)


def close_round(desk: Desk, session: Uid) -> Change:
    """Close the first round: from then on everybody sees what each gave, and nothing of it changes.

    Raises:
        Refusal: the first round is not open, the person did not make the session, or fewer than two have rated.
    """
    with desk.unit() as unit:
        about = _led(unit, desk, session)
        if about.state is not CalibrationState.FIRST:
            raise Refusal("work.first_round_closed", number=about.number)
        _demand_raters(unit, about, 1)
        unit.change(CalibrationSession, session, state=CalibrationState.ANCHORS)
        return unit.change_made(session)


def write_anchors(desk: Desk, session: Uid, anchors: Mapping[str, str]) -> Change:
    """Keep what each level means from now on, and open the second round.

    Raises:
        Refusal: the anchors are not being written, the person did not make the session, an anchor is for a level that
            there is not, or nothing would differ.
    """
    with desk.unit() as unit:
        about = _led(unit, desk, session)
        if about.state is not CalibrationState.ANCHORS:
            raise Refusal("work.not_at_anchors", number=about.number)
        after = {**about.anchors, **_anchors(about.levels, anchors, strict=True)}
        if after == about.anchors:
            raise Refusal("work.same_anchors")
        unit.change(CalibrationSession, session, anchors_after=after, state=CalibrationState.SECOND)
        return unit.change_made(session)


def close(desk: Desk, session: Uid, learned: str) -> Change:
    """Close a session, after its second round or without one.

    Raises:
        Refusal: the first round is open or it is closed already, the person did not make it, nothing is said of what
            was learned, or fewer than two have rated in the second round.
    """
    if not learned.strip():
        raise Refusal("work.nothing_learned")
    with desk.unit() as unit:
        about = _led(unit, desk, session)
        if about.state is CalibrationState.FIRST:
            raise Refusal("work.first_round_open", number=about.number)
        if about.state is CalibrationState.CLOSED:
            raise Refusal("work.session_closed", number=about.number)
        if about.state is CalibrationState.SECOND:
            _demand_raters(unit, about, 2)
        state = CalibrationState.CLOSED
        unit.change(CalibrationSession, session, state=state, learned=learned.strip(), closed_at=desk.clock())
        return unit.change_made(session)


def to_goal(desk: Desk, session: Uid, valid_from: date | None = None) -> Change:
    """Let a new version of the session's goal say what its rewritten anchors say.

    Raises:
        Refusal: the session has no goal or no rewritten anchors, its levels are no verdicts, or the goal cannot be
            changed so (`gemba.work.goals.change`).
    """
    with desk.reader() as reader:
        about = known(reader, CalibrationSession, session)
    if about.goal is None or not about.anchors_after or not set(about.levels) <= set(AlignmentVerdict):
        raise Refusal("work.no_anchors_for_goal", number=about.number)
    with desk.reader() as reader:
        before = known(reader, Goal, about.goal).anchors
    reason = f"{about.number}: {about.title}"
    return goals.change(
        desk, about.goal, reason=reason, valid_from=valid_from, anchors={**before, **about.anchors_after}
    )


def case_words(reader: Reader, session: CalibrationSession, case: str) -> str:
    """What a case says: its words, or number, title and reason of the decision."""
    said = session.cases[case]
    if not said.startswith(DECISION):
        return said
    found = reader.get(Decision, said.removeprefix(DECISION))
    return said if found is None else " · ".join(part for part in (found.number, found.title, found.why) if part)


def _demand_sound(title: str, levels: Sequence[str], cases: Mapping[str, str], standards: Mapping[str, str]) -> None:
    if not title.strip():
        raise Refusal("work.session_without_title")
    if len(set(levels)) < max(2, len(levels)) or not all(levels):
        raise Refusal("work.session_levels")
    if not 2 <= len(cases) <= MOST_CASES:
        raise Refusal("work.session_cases", n=len(cases), most=MOST_CASES)
    bad = next((code for code, said in cases.items() if not code or not said or len(said) > LONGEST), None)
    if bad is not None:
        raise Refusal("work.session_case", case=bad, most=LONGEST)
    for code, level in standards.items():
        if code not in cases or level not in levels:
            raise Refusal("work.session_standard", case=code, level=level)


def _anchors(levels: Sequence[str], said: Mapping[str, str], *, strict: bool) -> dict[str, str]:
    """Anchors of these levels; those of others are refused, or left out where a goal has them."""
    unknown = sorted(set(said) - set(levels))
    if unknown and strict:
        raise Refusal("work.no_such_level", level=unknown[0], known=", ".join(levels))
    return {level: said[level].strip() for level in levels if said.get(level, "").strip()}


def _led(unit: Unit, desk: Desk, session: Uid) -> CalibrationSession:
    found = known(unit, CalibrationSession, session)
    if found.person != desk.person.uid:
        raise Refusal("work.not_your_session", number=found.number)
    return found


def _demand_raters(unit: Unit, session: CalibrationSession, round_: int) -> None:
    raters = {one.rater for one in unit.find(CalibrationRating, session=session.uid, round=round_)}
    if len(raters) < 2:
        raise Refusal("work.too_few_raters", number=session.number, n=len(raters))
