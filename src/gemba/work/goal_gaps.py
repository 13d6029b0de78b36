"""What is wrong with the register of goals: what nobody owns, nobody measures, nobody meets, or contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gemba.domain.goals import Goal
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.gap_actions import with_actions
from gemba.work.goal_gap import Gap
from gemba.work.goal_register import Branch, GoalRegister, last_day
from gemba.work.goal_words import now_words, runs_out, target_words
from gemba.work.level_gaps import level_gaps


def all_gaps(reader: Reader) -> tuple[Gap, ...]:
    """Everything that is wrong today, what weighs most first."""
    register = GoalRegister(reader)
    return with_actions(reader, weighed([*goal_gaps(register), *service_gaps(register)]))


def gaps_at(reader: Reader, place: Uid | None, day: date) -> tuple[Gap, ...]:
    """What is wrong with the goals that hold at a place on a day: what an audit there lists before it begins."""
    register = GoalRegister(reader)
    found = weighed([gap for root in register.at_place(place, day) for gap in gaps_of(register, root)])
    return with_actions(reader, found)


def weighed(gaps: list[Gap]) -> tuple[Gap, ...]:
    """What weighs most first, otherwise as they are."""
    return tuple(sorted(gaps, key=lambda gap: ("poor", "fair", "note").index(gap.tone)))


def goal_gaps(register: GoalRegister) -> Iterator[Gap]:
    """Of all goals and adaptations."""
    for root in register.roots():
        yield from gaps_of(register, root)


def service_gaps(register: GoalRegister) -> Iterator[Gap]:
    """Of all service levels."""
    for level in register.levels:
        goal = register.lines.code(level.goal or "") if level.goal in register.lines.goals else ""
        for code, words, tone in level_gaps(level, register.values, register.today):
            yield Gap(code, goal, words, tone, level.uid, "service_level", level.uid)


def gaps_of(register: GoalRegister, root: Uid) -> Iterator[Gap]:
    """Of one goal, or one adaptation."""
    goal, code = register.now(root), register.lines.code(root)
    for kind, words, tone in _found(register, root, goal):
        yield Gap(kind, code, words, tone, goal.uid, about=root)
    if register.state(root) in {"retired", "expired", "core_ended"}:
        return
    for branch in register.own_branches(root):
        for kind, words, tone in _branch(branch, _name(register, root)):
            yield Gap(kind, code, words, tone, goal.uid, about=f"{root} {branch.requirement.driver}")


_Found = Iterator[tuple[str, str, str]]


def _found(register: GoalRegister, root: Uid, goal: Goal) -> _Found:
    state = register.state(root)
    if state == "retired":
        return
    name = _name(register, root)
    if state == "expired":
        ended = runs_out(goal.valid_to, register.today)
        yield "expired", text("{goal}: {ended}; renew it, or retire it.", goal=name, ended=ended), "fair"
        return
    if state == "core_ended":
        yield "core_ended", text("{goal}: the goal it adapts has ended, and it with it; retire it.", goal=name), "fair"
        return
    if not goal.owner:
        yield "no_owner", text("{goal}: nobody answers for it; name an owner.", goal=name), "poor"
    yield from _conflicts(register, root, name)
    if register.lines.core(root) == root and not register.own_branches(root):
        yield "no_requirement", text("{goal}: nothing says how it is measured; add a requirement.", goal=name), "fair"


def _branch(branch: Branch, goal: str) -> _Found:
    one, facts = branch.requirement, {"goal": goal, "driver": branch.requirement.driver}
    if branch.measure is None:
        yield "no_measure", text("{goal}, {driver}: no measure is named; name one.", **facts), "fair"
    elif branch.measure.retired:
        words = text(
            "{goal}, {driver}: the measure {measure} is retired; name another.", **facts, measure=_code(branch)
        )
        yield "measure_retired", words, "fair"
    elif branch.now is None:
        words = text("{goal}, {driver}: the measure {measure} has no value yet.", **facts, measure=_code(branch))
        yield "no_value", words, "note"
    elif branch.other_unit:
        units = {"unit": branch.now.unit, "other": one.unit}
        words = text("{goal}, {driver}: it is measured in {unit}, but the target is in {other}.", **facts, **units)
        yield "other_unit", words, "fair"
    if one.target is None:
        yield "no_target", text("{goal}, {driver}: no target is set; set one.", **facts), "fair"
    if branch.meets is False:
        target = target_words(one.bound, one.target, one.unit)
        words = text(
            "{goal}, {driver}: {now}, where {target} is asked.", **facts, now=now_words(branch.now), target=target
        )
        yield "unmet", words, "poor"


def _conflicts(register: GoalRegister, root: Uid, name: str) -> _Found:
    """What two laptops did that did not know of each other, and adaptations that stand in each other's way."""
    lines = register.lines
    versions = lines.lines[root]
    if len(versions) > 1 and versions[-1].version == versions[-2].version:  # a later one would have settled it
        number = versions[-1].version
        words = text(
            "{goal}: it was changed twice at a time; the later version {version} holds.", goal=name, version=number
        )
        yield "version_twice", words, "fair"
    core = lines.core(root)
    if core == root:
        twins = [one for one in lines.lines if _is_twin(register, root, one)]
        if twins:
            words = text("{goal}: two goals have this code, and both hold; retire one of them.", goal=name)
            yield "code_twice", words, "poor"
        return
    if any(_overlap(register, root, other) for other in lines.adaptations[core] if other != root):
        words = text("{goal}: another adaptation holds there at the same time; retire one of them.", goal=name)
        yield "overlap", words, "poor"
    about, adapted = register.now(core), lines.goals.get(register.now(root).core or "")
    if adapted is not None and lines.root(adapted.uid) == core and adapted.version < about.version:
        words = text(
            "{goal}: the goal has changed since ({reason}); see whether it still fits.", goal=name, reason=about.reason
        )
        yield "core_changed", words, "note"


def _is_twin(register: GoalRegister, root: Uid, other: Uid) -> bool:
    lines = register.lines
    same = other != root and lines.core(other) == other and lines.code(other) == lines.code(root)
    return same and register.holds(other)


def _overlap(register: GoalRegister, root: Uid, other: Uid) -> bool:
    """Whether two adaptations of a goal hold at the same place on the same day, today or later."""
    mine, theirs = register.lines.lines[root][-1], register.lines.lines[other][-1]
    if mine.place != theirs.place or not register.holds(other):
        return False
    begins = max(mine.valid_from, theirs.valid_from)
    return begins <= min(last_day(mine) or date.max, last_day(theirs) or date.max)


def _name(register: GoalRegister, root: Uid) -> str:
    code = register.lines.code(root)
    if register.lines.core(root) == root:
        return code
    return f"{code} ({register.place_name(register.now(root).place)})"


def _code(branch: Branch) -> str:
    return branch.measure.code if branch.measure is not None else ""
