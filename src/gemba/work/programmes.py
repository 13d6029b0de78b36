"""The audit programme of a quarter: made, run, watched, closed with what was learned (ISO 19011, clause 5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.goal_validity import plain_code
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState, Programme, ProgrammeState
from gemba.domain.quarters import days_of, quarter_written
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.audit_risk import sites_of
from gemba.work.desk import Desk
from gemba.work.goals_in_force import goals_of
from gemba.work.place_merging import place_of_new_work
from gemba.work.records import known

_SHORTEST = 4


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The programme that is asked for."""

    quarter: str
    place: Uid | None = None
    title: str = ""
    """Made of quarter and place when empty."""
    goals: tuple[str, ...] = ()
    objective: str = ""
    risks: str = ""
    resources: str = ""


class Monitoring(msgspec.Struct, frozen=True):
    """How a programme's audits stand (ISO 19011, 5.6)."""

    planned: int = 0
    """Still to come."""
    overdue: int = 0
    """Of these, those whose day and grace have passed."""
    under_way: int = 0
    held: int = 0
    """Concluded."""
    held_late: int = 0
    """Of these, those that were opened after their last day."""
    moved: int = 0
    """Not cancelled, and not on the day that was planned first."""
    cancelled: int = 0

    @property
    def whole(self) -> int:
        """All audits of the programme."""
        return self.planned + self.under_way + self.held + self.cancelled

    @property
    def is_over(self) -> bool:
        """True when nothing is planned or under way."""
        return not self.planned and not self.under_way


def make(desk: Desk, draft: Draft) -> Change:
    """Begin a quarter's programme for a place and all below it.

    Raises:
        Refusal: the quarter is none, the place is unknown or has no sites, there is a programme of the quarter for the
            place already, or a goal is unknown.
    """
    quarter = quarter_written(draft.quarter)
    with desk.unit() as unit:
        draft = msgspec.structs.replace(draft, place=place_of_new_work(unit, draft.place))
        sites_of(unit, draft.place)
        _demand_goals(unit, draft.goals)
        for other in unit.find(Programme, quarter=quarter):
            if other.place == draft.place:
                raise Refusal("work.programme_there", number=other.number, quarter=quarter)
        programme = Programme(
            uid=desk.ids(),
            number=unit.number(Programme),
            title=draft.title.strip() or _title(unit, quarter, draft.place),
            quarter=quarter,
            place=draft.place,
            goals=_codes(draft.goals),
            objective=draft.objective.strip(),
            risks=draft.risks.strip(),
            resources=draft.resources.strip(),
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(programme)
        return unit.change_made(programme.uid)


def change(desk: Desk, programme: Uid, fields: Mapping[str, Any]) -> Change:
    """Change title, goals, objective, risks or resources of a programme that is not closed.

    Raises:
        Refusal: it is closed, or a goal is unknown.
    """
    with desk.unit() as unit:
        not_closed(unit, programme)
        said = dict(fields)
        if "goals" in said:
            _demand_goals(unit, said["goals"])
            said["goals"] = _codes(said["goals"])
        unit.change(Programme, programme, **said)
        return unit.change_made(programme)


def run(desk: Desk, programme: Uid) -> Change:
    """Begin to carry a programme out.

    Raises:
        Refusal: it says no objective, has no audit, or is closed.
    """
    with desk.unit() as unit:
        found = not_closed(unit, programme)
        if not found.objective:
            raise Refusal("work.programme_without_objective", number=found.number)
        if not audits_of(unit, programme):
            raise Refusal("work.programme_without_audits", number=found.number)
        unit.change(Programme, programme, state=ProgrammeState.RUNNING)
        return unit.change_made(programme)


def close(desk: Desk, programme: Uid, learned: str) -> Change:
    """Close a programme with what to do otherwise next time; from then on it takes no more audits.

    Raises:
        Refusal: nothing was learned, an audit is still planned or under way, or it is closed already.
    """
    with desk.unit() as unit:
        found = not_closed(unit, programme)
        stands = monitoring(unit, programme)
        if not stands.is_over:
            raise Refusal("work.programme_not_over", number=found.number, count=stands.planned + stands.under_way)
        if not learned.strip():
            raise Refusal("work.programme_without_learning", number=found.number)
        fields = {"state": ProgrammeState.CLOSED, "learned": learned.strip(), "closed_at": desk.clock()}
        unit.change(Programme, programme, **fields)
        return unit.change_made(programme)


def monitoring(reader: Reader, programme: Uid) -> Monitoring:
    """How the audits of a programme stand today."""
    return Monitoring(**{name: len(found) for name, found in standing_audits(reader, programme).items()})


def standing_audits(reader: Reader, programme: Uid) -> dict[str, list[Uid]]:
    """The audits behind each number of `monitoring`, by its field."""
    today = reader.clock().date()
    found: dict[str, list[Uid]] = {name: [] for name in Monitoring.__struct_fields__}
    for audit in audits_of(reader, programme):
        for name in _standing(audit, today):
            found[name].append(audit.uid)
    return found


def audits_of(reader: Reader, programme: Uid) -> list[Audit]:
    """The audits of a programme, the riskiest first, then by day."""
    found = reader.find(Audit, programme=programme)
    return sorted(found, key=lambda one: (-(one.risk or 0), one.planned_on, one.number))


def goals_told(reader: Reader, programme: Programme) -> list[str]:
    """What happens to the programme's goals within its quarter, in sentences; empty when all hold throughout."""
    lines, (begins, ends) = goals_of(reader).lines, days_of(programme.quarter)
    at_first = {lines.code(one.uid) for one in goals_of(reader).at(programme.place, begins)}
    at_last = {lines.code(one.uid) for one in goals_of(reader).at(programme.place, ends)}
    told = []
    for code in programme.goals or sorted(at_first | at_last):
        if code in at_first and code not in at_last:
            told.append(text("{code} ends within the quarter: later decisions are not judged against it.", code=code))
        elif code in at_last and code not in at_first:
            told.append(text("{code} begins within the quarter: earlier decisions are not judged by it.", code=code))
        elif code not in at_first:
            told.append(text("{code} holds on neither end of the quarter at this place.", code=code))
    return told


def programme_at(reader: Reader, quarter: str, place: Uid) -> Programme | None:
    """The programme of a quarter that an audit of a place belongs to: the nearest above that is not closed."""
    found = [one for one in reader.find(Programme, quarter=quarter) if one.state is not ProgrammeState.CLOSED]
    by_place = {one.place: one for one in sorted(found, key=lambda one: one.made_at, reverse=True)}
    near = (by_place.get(one) for one in goals_of(reader).above(place))
    return next((one for one in near if one is not None), by_place.get(None))


def programmes(reader: Reader) -> list[Programme]:
    """All programmes, the latest quarter first."""
    return sorted(reader.find(Programme), key=lambda one: (one.quarter, one.made_at), reverse=True)


def programme_named(reader: Reader, name: str) -> Programme:
    """The programme that a person means: uid, number, the beginning of either, or its quarter where there is but one.

    Raises:
        Refusal: there is none, or several.
    """
    every = reader.find(Programme)
    wanted = name.strip()
    for fits in (
        lambda one: wanted in {one.uid, one.number} or one.number == wanted.upper(),
        lambda one: one.quarter == wanted.upper(),
        lambda one: (
            len(wanted) >= _SHORTEST and (one.number.startswith(wanted.upper()) or one.uid.startswith(wanted.lower()))
        ),
    ):
        found = [one for one in every if fits(one)]
        if len(found) == 1:
            return found[0]
        if found:
            told = "; ".join(f"{one.number} {one.title}" for one in found)
            raise Refusal("work.programmes_named", name=name, numbers=told)
    raise Refusal("work.no_programme_named", name=name)


def not_closed(reader: Reader, programme: Uid) -> Programme:
    """The programme, if it may still be changed.

    Raises:
        Refusal: `work.programme_closed`.
    """
    found = known(reader, Programme, programme)
    if found.state is ProgrammeState.CLOSED:
        raise Refusal("work.programme_closed", number=found.number)
    return found


def programme_state_title(state: ProgrammeState) -> str:
    """A state of a programme in words."""
    return {
        ProgrammeState.DRAFT: text("written"),
        ProgrammeState.RUNNING: text("carried out"),
        ProgrammeState.CLOSED: text("closed"),
    }[state]


def _standing(audit: Audit, today: date) -> list[str]:
    """What a single audit counts as."""
    last_day = audit.due or audit.planned_on
    if audit.state is AuditState.CANCELLED:
        return ["cancelled"]
    found = ["moved"] if audit.moved_because else []
    if audit.state is AuditState.PLANNED:
        return [*found, "planned", *(["overdue"] if last_day < today else [])]
    if audit.state is not AuditState.CONCLUDED:
        return [*found, "under_way"]
    was_late = audit.opened_at is not None and audit.opened_at.date() > last_day
    return [*found, "held", *(["held_late"] if was_late else [])]


def _title(reader: Reader, quarter: str, place: Uid | None) -> str:
    where = known(reader, Place, place).name if place is not None else ""
    title = text("Alignment audits {quarter}", quarter=quarter)
    return f"{title} · {where}" if where else title


def _codes(goals: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain_code(one) for one in goals))


def _demand_goals(reader: Reader, goals: tuple[str, ...]) -> None:
    lines = goals_of(reader).lines
    every = sorted({lines.code(uid) for uid in lines.goals})
    for code in _codes(goals):
        if code not in every:
            raise Refusal("work.programme_goal", goal=code, known=", ".join(every) or "–")
