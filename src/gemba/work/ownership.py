"""Who answers for steps of maps, for stages of the ownership map, and for goals: nobody is a finding, so are two."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.places import Place
from gemba.domain.process_maps import StepSort
from gemba.domain.record import Uid
from gemba.kinds.registers.owners import OWNERSHIP, roles_in
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.goal_register import GoalRegister
from gemba.work.process_maps import maps, standing
from gemba.work.register_view import as_declared


class Owned(msgspec.Struct, frozen=True, kw_only=True):
    """One stage, and who answers for it."""

    subject: str
    """The record, as `noun:uid`: a step of a map, a goal, or an entry of the ownership map."""
    stage: str
    where: str
    """Map or place that it belongs to; empty for everywhere."""
    owners: tuple[str, ...]
    """Roles; one is right."""
    handoff_to: str = ""
    stewards: tuple[str, ...] = ()
    finding: str
    """`no_owner`, `two_owners`, `handoff` (handed to another role than the owner of the next step), or empty."""
    next_owner: str = ""
    """Of the step that follows, where work changes hands."""
    entries: tuple[Uid, ...] = ()
    """Entries of the ownership map that say so."""


class OwnershipMap(msgspec.Struct, frozen=True):
    """All stages: steps map by map in their order, then other stages, then goals."""

    stages: tuple[Owned, ...]

    @property
    def findings(self) -> tuple[Owned, ...]:
        """The stages with a finding."""
        return tuple(one for one in self.stages if one.finding)


def ownership_map(desk: Desk, place: Uid | None = None) -> OwnershipMap:
    """Who answers for what.

    Args:
        desk: who asks, where.
        place: only maps and stages of this place, of one below, or of no place; everything when left out.
    """
    with desk.reader() as reader:
        below = set(places_below(reader, (place,))) if place else None
        entries = [
            entry
            for entry in as_declared(reader, OWNERSHIP)
            if entry.state != "retired" and (below is None or not entry.place or entry.place in below)
        ]
        return OwnershipMap(
            (
                *_steps(reader, entries, below),
                *_stages(reader, entries),
                *_goals(reader, place),
            )
        )


def _steps(reader: Reader, entries: list[RegisterEntry], below: set[Uid] | None) -> Iterator[Owned]:
    for each in maps(reader):
        if below is not None and each.place and each.place not in below:
            continue
        steps = [step for step in standing(reader, each.uid) if step.sort is not StepSort.OUTSIDE]
        said = [[one for one in entries if one.fields.get("step") == f"process_step:{step.uid}"] for step in steps]
        owners = [_roles(step.owner, some) for step, some in zip(steps, said, strict=True)]
        for at, step in enumerate(steps):
            handoff = next((to for one in said[at] if (to := one.fields.get("handoff_to", ""))), "")
            after = owners[at + 1] if at + 1 < len(steps) else ()
            yield Owned(
                subject=f"process_step:{step.uid}",
                stage=step.title,
                where=each.title,
                owners=owners[at],
                handoff_to=handoff,
                stewards=_stewards(said[at]),
                finding=_finding(owners[at], handoff, after),
                next_owner=", ".join(after),
                entries=tuple(one.uid for one in said[at]),
            )


def _stages(reader: Reader, entries: list[RegisterEntry]) -> Iterator[Owned]:
    """Stages that name no step; entries of one title are one stage, region by region."""
    names = {place.uid: place.name for place in reader.find(Place)}
    by_stage: dict[tuple[str, Uid], list[RegisterEntry]] = {}
    for entry in entries:
        if not entry.fields.get("step"):
            by_stage.setdefault((entry.title.strip().casefold(), entry.place or ""), []).append(entry)
    for (_, place), some in by_stage.items():
        owners = _roles("", some)
        yield Owned(
            subject=f"register_entry:{some[0].uid}",
            stage=some[0].title,
            where=names.get(place, ""),
            owners=owners,
            handoff_to=some[0].fields.get("handoff_to", ""),
            stewards=_stewards(some),
            finding=_finding(owners, "", ()),
            entries=tuple(one.uid for one in some),
        )


def _goals(reader: Reader, place: Uid | None) -> Iterator[Owned]:
    """Goals that hold, or will; of a place those that hold there, else all of them with their adaptations."""
    register = GoalRegister(reader)
    roots = register.at_place(place, register.today) if place else filter(register.holds, register.roots())
    for goal in map(register.now, roots):
        owners = roles_in(goal.owner)
        yield Owned(
            subject=f"goal:{goal.uid}",
            stage=f"{goal.code} · {goal.title}",
            where=register.place_name(goal.place),
            owners=owners,
            finding=_finding(owners, "", ()),
        )


def _roles(own: str, entries: list[RegisterEntry]) -> tuple[str, ...]:
    """The roles that are named, each once however it is written."""
    found: dict[str, str] = {}
    for words in (own, *(entry.fields.get("role", "") for entry in entries)):
        for role in roles_in(words):
            found.setdefault(role.casefold(), role)
    return tuple(found.values())


def _stewards(entries: list[RegisterEntry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said for one in entries if (said := one.fields.get("steward", ""))))


def _finding(owners: tuple[str, ...], handoff: str, after: tuple[str, ...]) -> str:
    if len(owners) != 1:
        return "two_owners" if owners else "no_owner"
    named = {role.casefold() for role in after}
    return "handoff" if handoff and named and handoff.casefold() not in named else ""
