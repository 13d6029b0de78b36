"""One goal with everything around it: versions and what changed, adaptations, tree, service levels, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemba.domain.goals import Goal, ServiceLevel
from gemba.domain.nouns import NOUNS
from gemba.domain.record import Uid
from gemba.store.lines import Line
from gemba.store.reading import Reader
from gemba.work.gap_actions import with_actions
from gemba.work.goal_gap import Gap
from gemba.work.goal_gaps import gaps_of, weighed
from gemba.work.goal_register import Branch, GoalRegister
from gemba.work.goal_words import anchor_title, field_title, runs_out
from gemba.work.level_gaps import Standing, standing
from gemba.work.records import known
from gemba.work.register_facts import LinkFacts, title_of

_COMPARED = ("title", "statement", "need", "owner", "valid_to", "anchors", "items", "links")


class GoalLine(Line, frozen=True, kw_only=True):
    """One goal or adaptation in the register; its id is its place in it."""

    goal: Goal
    """The version that is shown."""
    code: str
    place: str
    """Empty for the whole enterprise."""
    is_adaptation: bool
    state: str
    remaining: str
    """When it runs out, in words; empty for what has no last day."""
    versions: tuple[Uid, ...]
    """Uids of all its versions, the oldest first."""
    requirements: int
    met: int
    """Requirements whose newest value meets the target."""
    unmet: int
    gaps: tuple[Gap, ...]


class Difference(msgspec.Struct, frozen=True):
    """One field that a version says otherwise than the one before."""

    field: str
    """Its title."""
    before: str
    after: str


class Version(msgspec.Struct, frozen=True):
    """One version, and what it changed."""

    goal: Goal
    changed: tuple[Difference, ...]
    """Nothing for the first."""
    is_shown: bool


class GoalFacts(msgspec.Struct, frozen=True):
    """One goal or adaptation."""

    line: GoalLine
    core: GoalLine | None
    """Of an adaptation the goal that it adapts."""
    versions: tuple[Version, ...]
    """The newest first."""
    adaptations: tuple[GoalLine, ...]
    branches: tuple[Branch, ...]
    levels: tuple[tuple[ServiceLevel, Standing], ...]
    links: tuple[LinkFacts, ...]


def goal_lines(reader: Reader) -> tuple[GoalLine, ...]:
    """The register: every goal, each before its adaptations, by code."""
    register = GoalRegister(reader)
    return tuple(_line(register, root, at) for at, root in enumerate(register.roots(), 1))


def goal_facts(reader: Reader, uid: Uid) -> GoalFacts:
    """Everything about the goal or adaptation that one of whose versions has this uid.

    Raises:
        Refusal: there is none.
    """
    known(reader, Goal, uid)
    register = GoalRegister(reader)
    lines = register.lines
    root = lines.root(uid)
    core = lines.core(root)
    at = {each: number for number, each in enumerate(register.roots(), 1)}
    line = _line(register, root, at[root])
    return GoalFacts(
        msgspec.structs.replace(line, gaps=with_actions(reader, line.gaps)),
        _line(register, core, at[core]) if core != root else None,
        tuple(_versions(register, root))[::-1],
        tuple(_line(register, each, at[each]) for each in register.roots() if each in lines.adaptations[root]),
        register.branches(root),
        tuple((level, standing(level, register.values)) for level in register.levels_of(root)),
        tuple(_link(reader, said) for said in register.now(root).links),
    )


def as_words(goal: Goal, field: str) -> str:
    """What a field of a goal says, as people read it."""
    value = getattr(goal, field)
    if field == "anchors":
        return "; ".join(f"{anchor_title(code)}: {words}" for code, words in value.items())
    if field in {"items", "links"}:
        return ", ".join(value)
    return "" if value is None else str(value)


def _line(register: GoalRegister, root: Uid, at: int) -> GoalLine:
    goal, branches = register.now(root), register.branches(root)
    state = register.state(root)
    return GoalLine(
        id=at,
        uid=goal.uid,
        goal=goal,
        code=register.lines.code(root),
        place=register.place_name(goal.place),
        is_adaptation=register.lines.core(root) != root,
        state=state,
        remaining="" if state == "retired" else runs_out(goal.valid_to, register.today),
        versions=tuple(one.uid for one in register.lines.lines[root]),
        requirements=len(branches),
        met=sum(each.meets is True for each in branches),
        unmet=sum(each.meets is False for each in branches),
        gaps=weighed(list(gaps_of(register, root))),
    )


def _versions(register: GoalRegister, root: Uid) -> Iterator[Version]:
    before: Goal | None = None
    for goal in register.lines.lines[root]:
        changed = () if before is None else tuple(_differences(before, goal))
        yield Version(goal, changed, goal.uid == register.now(root).uid)
        before = goal


def _differences(before: Goal, after: Goal) -> Iterator[Difference]:
    for field in _COMPARED:
        said, now = as_words(before, field), as_words(after, field)
        if said != now:
            yield Difference(field_title(field), said, now)


def _link(reader: Reader, said: str) -> LinkFacts:
    noun, _, uid = said.partition(":")
    record = reader.get(NOUNS[noun], uid) if noun in NOUNS else None
    return LinkFacts(noun, uid, title_of(record) if record is not None else uid)
