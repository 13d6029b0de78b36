"""Follow what is done about a finding or a cause: an action with owner and due date, then proof that it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gemba.domain.actions import Action, ActionSort, ActionState
from gemba.domain.causes import CauseAnalysis
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.complaints import Complaint
from gemba.domain.findings import Finding, FindingState
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.action_rules import demand_due_after, demand_due_after_analysis, demand_owner
from gemba.work.action_states import NEEDS_EFFECT, reopen_in, settle_around
from gemba.work.desk import Desk
from gemba.work.effect_checks import live_in
from gemba.work.place_merging import goes_on_at
from gemba.work.proofs import File, prepared
from gemba.work.records import known


def add(
    desk: Desk, finding: Uid, *, text: str, owner: str, due: date, sort: ActionSort = ActionSort.CORRECTION
) -> Change:
    """Give a finding an action, which serves the goal that is the finding's criterion; a closed finding opens again.

    Raises:
        Refusal: the finding is unknown, text or owner is empty, the owner left, or it is due before the finding's day.
    """
    _demand_words(text)
    with desk.unit() as unit:
        about = known(unit, Finding, finding)
        demand_owner(unit, owner, desk.clock().date())
        demand_due_after(unit, about, due)
        action = Action(
            uid=desk.ids(),
            number=unit.number(Action),
            finding=finding,
            assessment=about.assessment,
            place=goes_on_at(unit, about.place).uid,
            goal=about.goal,
            sort=sort,
            text=text.strip(),
            owner=owner.strip(),
            due=due,
            added_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(action)
        unit.change(Finding, finding, state=FindingState.OPEN)
        return unit.change_made(action.uid)


def add_for_analysis(
    desk: Desk,
    analysis: Uid,
    *,
    text: str,
    owner: str,
    due: date,
    sort: ActionSort = ActionSort.CORRECTIVE,
    place: Uid | None = None,
) -> Change:
    """Give a cause an action: what keeps it from making more of the same.

    Args:
        desk: who does it, where.
        analysis: the cause analysis that it follows from, finished or not.
        text: what is to be done.
        owner: who answers for it.
        due: until when.
        sort: of ISO 9001, 10.2.
        place: where; that of the analysis, of its review or its complaint when left out.

    Raises:
        Refusal: the analysis or place is unknown, text or owner is empty, the owner left, nothing says where it is to
            be done, or it is due before the day of the analysis.
    """
    _demand_words(text)
    with desk.unit() as unit:
        about = known(unit, CauseAnalysis, analysis)
        where = place or _place_of(unit, about)
        if where is None:
            raise Refusal("work.action_without_place", number=about.number)
        demand_owner(unit, owner, desk.clock().date())
        demand_due_after_analysis(unit, about, where, due)
        action = Action(
            uid=desk.ids(),
            number=unit.number(Action),
            analysis=analysis,
            place=goes_on_at(unit, where).uid,
            sort=sort,
            text=text.strip(),
            owner=owner.strip(),
            due=due,
            added_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(action)
        return unit.change_made(action.uid)


def done(desk: Desk, action: Uid, proof: str, *, live_on: date | None = None, files: Sequence[File] = ()) -> Change:
    """Say that an action is done, with a word of proof.

    The last correction that is done closes its finding, once it is said whether the like is found elsewhere. What is
    more than a correction went live with that, on `live_on` or today: it is looked at again 30, 60 and 90 days later,
    and its finding closes when its effect was seen.

    Args:
        desk: who does it, where.
        action: its uid.
        proof: what shows it, in words; photos and files stand beside them and do not replace them.
        live_on: the day on which the change went live.
        files: photos of after and files that show it, kept with the same step.

    Raises:
        Refusal: the action is unknown or done already, the proof is empty, it went live on an impossible day, or a
            file is empty or too large.
        Trouble: a file cannot be read.
    """
    if not any(map(str.isalnum, proof)):  # a dash, dots or blanks that nobody sees prove nothing
        raise Refusal("work.action_without_proof")
    with desk.reader() as reader:
        _demand_open(known(reader, Action, action))
    shown = prepared(desk, "action", action, files)
    with desk.unit() as unit:
        old = known(unit, Action, action)
        _demand_open(old)
        for each in shown:
            unit.put(each)
        unit.change(Action, action, state=ActionState.DONE, proof=proof.strip(), done_at=desk.clock())
        if live_on is not None or old.sort in NEEDS_EFFECT:
            live_in(unit, desk, old, live_on or desk.clock().date())
        settle_around(unit, old)
        return unit.change_made(action)


def reopen(desk: Desk, action: Uid, because: str = "") -> Change:
    """Take back that an action is done; its finding is open again. With a reason it counts as reopened."""
    with desk.unit() as unit:
        reopen_in(unit, known(unit, Action, action), because.strip())
        return unit.change_made(action)


def _demand_open(action: Action) -> None:
    if action.state is ActionState.DONE:
        raise Refusal("work.action_done_already", number=action.number)


def _demand_words(text: str) -> None:
    if not text.strip():
        raise Refusal("work.action_without_text")


def _place_of(reader: Reader, about: CauseAnalysis) -> Uid | None:
    """Where an action about a cause is to be done: the narrowest place that is known, else the one above all."""
    if about.place is not None:
        return about.place
    for noun, uid in ((Complaint, about.complaint), (ComplaintReview, about.review), (Finding, about.finding)):
        record = reader.get(noun, uid) if uid is not None else None
        place: Uid | None = getattr(record, "place", None)
        if place is not None:
            return place
    tops = reader.find(Place, parent=None)
    return tops[0].uid if len(tops) == 1 else None
