"""Checks of a change after 30, 60 and 90 days: made by themselves from the go-live, answered by a person."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from gemba.domain.actions import Action, ActionState
from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.effects import DAYS, EffectCheck, EffectResult, check_uid
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work import conduct
from gemba.work.action_states import reopen_in
from gemba.work.desk import Desk
from gemba.work.records import known

SUSTAINMENT = "sustainment_audit"
"""Form of the starter that a check is conducted with."""


class CheckFacts(msgspec.Struct, frozen=True):
    """A check, and how it stands today."""

    check: EffectCheck
    action: Action
    is_overdue: bool


def go_live(desk: Desk, action: Uid, on: date) -> Change:
    """Say when the change of an action went live; its checks are made for 30, 60 and 90 days later.

    Checks of an earlier day that nobody has looked at count no more.

    Raises:
        Refusal: the action is unknown, or the day lies before the action was added or in the future.
    """
    with desk.unit() as unit:
        about = known(unit, Action, action)
        live_in(unit, desk, about, on)
        return unit.change_made(action)


def live_in(unit: Unit, desk: Desk, action: Action, on: date) -> None:
    """The same within another use case's unit."""
    today = desk.clock().date()
    if on > today + timedelta(days=1):
        raise Refusal("work.live_in_future", day=on, number=action.number)
    if on < action.added_at.date() - timedelta(days=1):
        raise Refusal("work.live_before_action", day=on, number=action.number, added=action.added_at.date())
    unit.change(Action, action.uid, live_on=on)
    for days in DAYS:
        uid = check_uid(action.uid, on, days)
        if unit.get(EffectCheck, uid) is None:
            unit.put(
                EffectCheck(
                    uid=uid,
                    action=action.uid,
                    place=action.place,
                    days=days,
                    due=on + timedelta(days=days),
                    made_at=desk.clock(),
                    person=desk.person.uid,
                )
            )


def begin(desk: Desk, check: Uid, template: Uid | None = None) -> Change:
    """Conduct a check with the sustainment checklist, or another; the change's uid is the assessment's.

    Raises:
        Refusal: the check is unknown or was looked at, or there is no such checklist.
    """
    with desk.reader() as reader:
        about = _unanswered(reader, check)
        if about.assessment is not None:
            return Change(topics=frozenset(), uids=frozenset(), uid=about.assessment)
        found = [one for one in reader.find(Template, form_id=SUSTAINMENT) if not one.retired]
        if template is None and not found:
            raise Refusal("work.no_sustainment_checklist")
        checklist = template or max(found, key=lambda one: (one.imported_at, one.uid)).uid
    made = conduct.start(desk, checklist, about.place, due=about.due, subject=f"effect_check:{check}")
    with desk.unit() as unit:
        unit.change(EffectCheck, check, assessment=made.uid)
    return made


def look(desk: Desk, check: Uid, result: EffectResult, note: str = "") -> Change:
    """Keep what was seen; a change that does not hold opens its action again.

    Raises:
        Refusal: the check was looked at already or its change went live anew, nothing was seen, or it does not hold
            and no word says how that was seen.
    """
    if result is EffectResult.DUE:
        raise Refusal("work.check_without_result")
    if result is not EffectResult.HOLDS and not note.strip():
        raise Refusal("work.check_without_note")
    with desk.unit() as unit:
        about = _unanswered(unit, check)
        unit.change(EffectCheck, check, result=result, note=note.strip(), looked_at=desk.clock())
        if result is EffectResult.REGRESSED:
            because = text("After {days} days it is as it was: {note}", days=about.days, note=note.strip())
            reopen_in(unit, known(unit, Action, about.action), because)
        return unit.change_made(about.action)


def checks_of(reader: Reader, action: Action) -> list[EffectCheck]:
    """The checks of an action's present go-live, and those that were looked at before, the earliest first."""
    found = reader.find(EffectCheck, action=action.uid)
    live = action.live_on
    now = set() if live is None else {check_uid(action.uid, live, days) for days in DAYS}
    kept = [one for one in found if one.uid in now or one.result is not EffectResult.DUE]
    return sorted(kept, key=lambda one: (one.due, one.uid))


def due_checks(desk: Desk, reader: Reader, *, within: int = 0) -> list[CheckFacts]:
    """Checks that wait for somebody, the longest overdue first.

    Args:
        desk: whose day it is.
        reader: of the store.
        within: also those that fall due within so many days.
    """
    today = desk.clock().date()
    waiting = [
        one for one in reader.find(EffectCheck, result=EffectResult.DUE) if one.due <= today + timedelta(days=within)
    ]
    actions = {one.uid: one for one in reader.many(Action, [one.action for one in waiting])}
    found = []
    for one in sorted(waiting, key=lambda each: (each.due, each.uid)):
        action = actions[one.action]
        if action.state is ActionState.DONE and one in checks_of(reader, action):
            found.append(CheckFacts(one, action, one.due < today))
    return found


def conduct_of(reader: Reader, check: EffectCheck) -> Assessment | None:
    """The conduct of a check's checklist, where one was begun."""
    return reader.get(Assessment, check.assessment) if check.assessment is not None else None


def _unanswered(reader: Reader, check: Uid) -> EffectCheck:
    about = known(reader, EffectCheck, check)
    if about.result is not EffectResult.DUE:
        raise Refusal("work.check_looked_at", days=about.days)
    action = known(reader, Action, about.action)
    if about not in checks_of(reader, action) or action.state is not ActionState.DONE:
        raise Refusal("work.check_of_the_past", number=action.number)
    return about
