"""The customer's journey against the work: which step is which, what has no mate, and where value leaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.process_maps import ProcessMap, ProcessStep
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registers.owners import JOURNEY_ALIGNMENTS
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.process_maps import maps, standing
from gemba.work.records import known
from gemba.work.register_view import as_declared


class Mate(msgspec.Struct, frozen=True):
    """Two steps that are one, by their places on either map."""

    journey: int
    process: int
    leak: str = ""
    """`none`, `some`, `much`; empty when nobody has looked."""
    leaks: str = ""
    agreed: bool = False
    """True when an entry says so, false when it follows from their code alone."""
    entry: Uid = ""
    """That entry."""


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """Two maps side by side."""

    journey: ProcessMap
    process: ProcessMap
    journey_steps: tuple[ProcessStep, ...]
    process_steps: tuple[ProcessStep, ...]
    mates: tuple[Mate, ...]
    excused: tuple[Uid, ...]
    """Steps without a mate that need none, by an entry."""
    looked: tuple[Uid, ...]
    """Steps of the journey that an entry tells of."""

    def alone(self) -> tuple[tuple[ProcessStep, ...], tuple[ProcessStep, ...]]:
        """Steps without a mate that need one, on the journey and in the work."""
        left, right = {mate.journey for mate in self.mates}, {mate.process for mate in self.mates}
        sides = (self.journey_steps, left), (self.process_steps, right)
        lone = [
            tuple(step for at, step in enumerate(steps) if at not in mated and step.uid not in self.excused)
            for steps, mated in sides
        ]
        return lone[0], lone[1]


def journey_alignment(desk: Desk, journey: Uid | None = None, process: Uid | None = None) -> Alignment | None:
    """Lay two maps side by side; `None` when there are not two.

    Steps are mates when the newest entry about the journey's step says so, else when they have the same code.

    Args:
        desk: who asks, where.
        journey: the map of the customer's way; that of the newest entry, else the first map, when left out.
        process: the map of the work, the same way.

    Raises:
        Refusal: a map is unknown, or `work.same_map`.
    """
    with desk.reader() as reader:
        entries = _entries(reader)
        chosen = _chosen(reader, entries, journey, process)
        if chosen is None:
            return None
        left, right = (tuple(standing(reader, each.uid)) for each in chosen)
    said = {entry.fields["journey_step"].partition(":")[2]: entry for entry in entries}
    mates = _agreed(left, right, said)
    taken = {mate.process for mate in mates}
    mates += _by_code(left, right, said, taken)
    return Alignment(
        journey=chosen[0],
        process=chosen[1],
        journey_steps=left,
        process_steps=right,
        mates=tuple(sorted(mates, key=lambda mate: (mate.journey, mate.process))),
        excused=tuple(step.uid for step in left if _says(said.get(step.uid), "none_needed")),
        looked=tuple(step.uid for step in left if step.uid in said),
    )


def _entries(reader: Reader) -> list[RegisterEntry]:
    """Entries that stand, the oldest first: of two about one step the newer counts."""
    found = [
        entry
        for entry in as_declared(reader, JOURNEY_ALIGNMENTS)
        if entry.state != "replaced" and entry.fields.get("journey_step")
    ]
    return sorted(found, key=lambda entry: (entry.fields.get("quarter", ""), entry.made_at))


def _chosen(
    reader: Reader, entries: Sequence[RegisterEntry], journey: Uid | None, process: Uid | None
) -> tuple[ProcessMap, ProcessMap] | None:
    one, other = (
        journey or _map_of(reader, entries, "journey_step"),
        process or _map_of(reader, entries, "process_step"),
    )
    there = [each.uid for each in maps(reader)]
    one = one or next((uid for uid in there if uid != other), "")
    other = other or next((uid for uid in there if uid != one), "")
    if not one or not other:
        return None
    if one == other:
        raise Refusal("work.same_map", title=known(reader, ProcessMap, one).title)
    return known(reader, ProcessMap, one), known(reader, ProcessMap, other)


def _map_of(reader: Reader, entries: Sequence[RegisterEntry], field: str) -> Uid:
    """The map of the step that the newest entry names."""
    for entry in reversed(entries):
        step = reader.get(ProcessStep, entry.fields.get(field, "").partition(":")[2])
        if step is not None:
            return step.process_map
    return ""


def _agreed(left: Sequence[ProcessStep], right: Sequence[ProcessStep], said: Mapping[Uid, RegisterEntry]) -> list[Mate]:
    places = {step.uid: at for at, step in enumerate(right)}
    found = []
    for at, step in enumerate(left):
        entry = said.get(step.uid)
        there = places.get(entry.fields.get("process_step", "").partition(":")[2]) if entry else None
        if entry is not None and there is not None and _says(entry, "same"):
            said_of = entry.fields.get("leak", ""), entry.fields.get("leaks", "")
            found.append(Mate(at, there, *said_of, agreed=True, entry=entry.uid))
    return found


def _by_code(
    left: Sequence[ProcessStep], right: Sequence[ProcessStep], said: Mapping[Uid, RegisterEntry], taken: set[int]
) -> list[Mate]:
    """Steps of the same code, where no entry says otherwise."""
    places = {step.code: at for at, step in enumerate(right) if step.code and at not in taken}
    return [Mate(at, places[step.code]) for at, step in enumerate(left) if step.uid not in said and step.code in places]


def _says(entry: RegisterEntry | None, mate: str) -> bool:
    return entry is not None and entry.fields.get("mate") == mate
