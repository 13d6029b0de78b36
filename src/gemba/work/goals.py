"""Keep goals: what was promised to the customer, its versions, and what regions make of it for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.goal_validity import Lines, code_of_title, code_written, has_ended
from gemba.domain.goals import Goal
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.goal_links import check_anchors, check_items, check_links
from gemba.work.goal_words_checked import check_days, check_words, day_at
from gemba.work.goals_in_force import goals_of
from gemba.work.place_merging import goes_on_at, place_of_new_work
from gemba.work.records import known

CHANGEABLE = frozenset({"title", "statement", "need", "owner", "anchors", "items", "links", "valid_to"})
"""What a later version may say otherwise; its code, its place and what it adapts stay."""


class NewGoal(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a goal."""

    title: str
    statement: str
    need: str
    code: str = ""
    """Made of the title when left out."""
    owner: str = ""
    place: Uid | None = None
    anchors: Mapping[str, str] = {}
    items: Sequence[str] = ()
    links: Sequence[str] = ()
    valid_from: date | None = None
    """Today when left out."""
    valid_to: date | None = None


class NewAdaptation(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a region's adaptation; what is left empty is as the goal has it."""

    place: Uid
    """Where it holds, with all below."""
    statement: str
    """What is promised there instead."""
    reason: str
    valid_to: date
    """Its last day."""
    valid_from: date | None = None
    """Today when left out."""
    title: str = ""
    need: str = ""
    owner: str = ""


def add(desk: Desk, new: NewGoal) -> Change:
    """Add a goal, in its first version.

    Raises:
        Refusal: `domain.goal_code`, `work.goal_taken`; `work.goal_without` where code, title, statement or need is
            empty, `work.goal_too_long`; `work.goal_days` when it would end before it begins.
    """
    code = code_written(new.code) if new.code.strip() else code_of_title(new.title)
    begins = new.valid_from or day_at(desk)
    check_days(begins, new.valid_to)
    check_items(desk, new.items)
    said = {name: getattr(new, name) for name in ("title", "statement", "need", "owner")}
    words = check_words({**said, "code": code})
    with desk.unit() as unit:
        place = place_of_new_work(unit, new.place)
        _check_code(goals_of(unit).lines, code, begins)
        check_links(unit, new.links)
        made = Goal(
            uid=desk.ids(),
            version=1,
            **words,
            place=place,
            anchors=check_anchors(new.anchors),
            items=tuple(new.items),
            links=tuple(new.links),
            valid_from=begins,
            valid_to=new.valid_to,
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def change(desk: Desk, goal: Uid, *, reason: str, valid_from: date | None = None, **fields: Any) -> Change:
    """Let a new version take the place of the latest one; what was judged against older ones stays so.

    Args:
        desk: who does it, where.
        goal: any version of the goal, or of an adaptation.
        reason: why.
        valid_from: its first day; today when left out.
        fields: what it says otherwise (`CHANGEABLE`).

    Raises:
        Refusal: `work.goal_without_reason`, `work.goal_field`, `work.goal_same` when nothing would differ,
            `work.goal_retired`, `work.goal_before_version` when it would begin before the version it replaces; and as
            `add` does.
    """
    unknown = sorted(set(fields) - CHANGEABLE)
    if unknown:
        raise Refusal("work.goal_field", field=", ".join(unknown), known=", ".join(sorted(CHANGEABLE)))
    why = _reason(reason)
    with desk.reader() as reader:  # what it names already may stay, though the checklist is gone
        before = known(reader, Goal, goal)
    check_items(desk, [item for item in fields.get("items", ()) if item not in before.items])
    with desk.unit() as unit:
        lines = goals_of(unit).lines
        last = lines.lines[lines.root(goal)][-1]
        check_links(unit, [link for link in fields.get("links", ()) if link not in last.links])
        if last.retired_on is not None:
            raise Refusal("work.goal_retired", goal=last.code, day=str(last.retired_on))
        after = msgspec.structs.replace(last, **_plain(fields))
        if after == last:
            raise Refusal("work.goal_same", goal=last.code)
        begins = valid_from or max(day_at(desk), last.valid_from)
        if begins < last.valid_from:
            raise Refusal(
                "work.goal_before_version", begins=str(begins), day=str(last.valid_from), version=last.version
            )
        check_days(begins, after.valid_to)
        _demand_expiry(lines, last.uid, after.valid_to)
        if lines.is_adaptation(last.uid):  # from now on it is one of the goal as it is on that day
            core = lines.version_on(lines.core(last.uid), begins)
            after = msgspec.structs.replace(after, core=core.uid if core is not None else last.core)
        made = _later(desk, after, last, reason=why, valid_from=begins)
        unit.put(made)
        return unit.change_made(made.uid)


def adapt(desk: Desk, goal: Uid, new: NewAdaptation) -> Change:
    """Let a region's adaptation stand beside a goal, for its place and all below, until it expires.

    Args:
        desk: who does it, where.
        goal: any version of the goal that is adapted.
        new: what is said of it.

    Raises:
        Refusal: `work.goal_without_reason`, `work.goal_adapts_adaptation`, `work.goal_retired`,
            `work.goal_place_not_below` when the goal does not hold at the place, `work.goal_adapted_already` when
            another adaptation holds there on one of its days; and as `add` does.
    """
    why = _reason(new.reason)
    begins = new.valid_from or day_at(desk)
    check_days(begins, new.valid_to)
    with desk.unit() as unit:
        place = goes_on_at(unit, new.place).uid
        goals = goals_of(unit)
        core = _adaptable(goals.lines, known(unit, Goal, goal).uid, begins)
        if core.place is not None and (core.place == place or core.place not in goals.above(place)):
            raise Refusal("work.goal_place_not_below", goal=core.code, place=goals.places[place].name)
        _check_overlap(goals.lines, core, place, begins, new.valid_to)
        said = {"code": core.code, "statement": new.statement}
        said |= {name: getattr(new, name).strip() or getattr(core, name) for name in ("title", "need", "owner")}
        made = Goal(
            uid=desk.ids(),
            version=1,
            **check_words(said),
            place=place,
            core=core.uid,
            reason=why,
            anchors=core.anchors,
            items=core.items,
            valid_from=begins,
            valid_to=new.valid_to,
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def retire(desk: Desk, goal: Uid, *, on: date, reason: str) -> Change:
    """End a goal, or an adaptation, from a day on: decisions before that day are still judged against it.

    Args:
        desk: who does it, where.
        goal: any version of it.
        on: the first day on which it no longer holds.
        reason: why.

    Raises:
        Refusal: `work.goal_without_reason`, `work.goal_retired`; `work.goal_not_begun` when it begins only later.
    """
    why = _reason(reason)
    with desk.unit() as unit:
        known(unit, Goal, goal)
        lines = goals_of(unit).lines
        versions = lines.lines[lines.root(goal)]
        if versions[-1].retired_on is not None:
            raise Refusal("work.goal_retired", goal=versions[-1].code, day=str(versions[-1].retired_on))
        if on < versions[0].valid_from:
            raise Refusal("work.goal_not_begun", goal=versions[0].code, day=str(versions[0].valid_from))
        for one in _from_then_on(versions, on):
            unit.change(Goal, one.uid, retired_on=on, retired_because=why)
        return unit.change_made(versions[-1].uid)


def _from_then_on(versions: Sequence[Goal], on: date) -> list[Goal]:
    """The version that holds on a day, and whatever would take its place later."""
    begun = [one for one in versions if one.valid_from <= on]
    return [*begun[-1:], *(one for one in versions if one.valid_from > on)]


def _later(desk: Desk, after: Goal, last: Goal, *, reason: str, valid_from: date) -> Goal:
    words = check_words({name: getattr(after, name) for name in ("code", "title", "statement", "need", "owner")})
    return msgspec.structs.replace(
        after,
        uid=desk.ids(),
        **words,
        version=last.version + 1,
        replaces=last.uid,
        reason=reason,
        valid_from=valid_from,
        made_at=desk.clock(),
        person=desk.person.uid,
    )


def _check_code(lines: Lines, code: str, begins: date) -> None:
    for root, versions in lines.lines.items():
        taken = not lines.is_adaptation(root) and lines.code(root) == code
        if taken and not has_ended(versions[-1], begins):
            raise Refusal("work.goal_taken", goal=code, title=versions[-1].title)


def demand_place_free(reader: Reader, goal: Goal) -> None:
    """Demand that nothing took the place of a goal, or of an adaptation, that is to hold again.

    Raises:
        Refusal: `work.goal_taken`, `work.goal_adapted_already`.
    """
    lines = goals_of(reader).lines
    root = lines.root(goal.uid)
    others = Lines(one for one in lines.goals.values() if lines.root(one.uid) != root)
    if not lines.is_adaptation(root):
        _check_code(others, lines.code(root), goal.valid_from)
    elif goal.place is not None:
        core = lines.goals[lines.core(root)]
        _check_overlap(others, core, goal.place, goal.valid_from, goal.valid_to or date.max)


def _adaptable(lines: Lines, goal: Uid, begins: date) -> Goal:
    """The version of a goal that an adaptation is made of."""
    if lines.is_adaptation(goal) or lines.goals[goal].core is not None:
        raise Refusal("work.goal_adapts_adaptation", goal=lines.code(goal))
    last = lines.lines[lines.root(goal)][-1]
    if last.retired_on is not None and last.retired_on <= begins:
        raise Refusal("work.goal_retired", goal=last.code, day=str(last.retired_on))
    return lines.version_on(lines.root(goal), begins) or last


def _check_overlap(lines: Lines, core: Goal, place: Uid, begins: date, ends: date) -> None:
    for root in lines.adaptations[lines.root(core.uid)]:
        other = lines.lines[root][-1]
        until = min(one for one in (other.valid_to, other.retired_on, date.max) if one is not None)
        if other.place == place and other.valid_from <= ends and until >= begins and not has_ended(other, begins):
            raise Refusal("work.goal_adapted_already", goal=core.code, day=str(until), uid=other.uid)


def _demand_expiry(lines: Lines, goal: Uid, ends: date | None) -> None:
    if lines.is_adaptation(goal) and ends is None:
        raise Refusal("work.goal_without_expiry")


def _reason(said: str) -> str:
    if not said.strip():
        raise Refusal("work.goal_without_reason")
    return str(check_words({"reason": said})["reason"])


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As the record keeps them: what is a sequence is a tuple, what is a mapping a dictionary."""
    found = dict(fields)
    found |= {name: tuple(found[name]) for name in ("items", "links") if name in found}
    found |= {name: check_anchors(found[name]) for name in ("anchors",) if name in found}
    return found | {name: str(found[name]).strip() for name in ("title", "statement", "need", "owner") if name in found}
