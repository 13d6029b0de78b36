"""The promise ledger as leaders look at it: what share was kept by place and role, and what may be kept already."""

from __future__ import annotations

import msgspec

from gemba.domain.actions import Action, ActionState
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.promises import Kept, standing
from gemba.domain.record import Uid
from gemba.domain.rotations import Commitment, Rotation
from gemba.store.commitment_lists import kept_already, kept_by
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known


class KeptLine(msgspec.Struct, frozen=True):
    """What was kept at a place or by a role."""

    uid: Uid
    """Of the place; empty for a role."""
    title: str
    kept: Kept


class LedgerFacts(msgspec.Struct, frozen=True):
    """The ledger as a whole."""

    whole: Kept
    places: tuple[KeptLine, ...]
    roles: tuple[KeptLine, ...]
    to_look_at: tuple[Commitment, ...]
    """Open promises whose action is done."""


class CommitmentFacts(msgspec.Struct, frozen=True):
    """One promise with what belongs to it."""

    commitment: Commitment
    place: str
    state: str
    """`overdue` for an open one whose day has passed."""
    rotation: str
    """Number of the rotation on which it was made; empty when it was not."""
    made_by: str
    """Who wrote it down."""
    action: Action | None

    @property
    def proposed(self) -> str:
        """What was done, as the action's proof says: a proposal for keeping the promise; empty when there is none."""
        if self.action is None or self.action.state is not ActionState.DONE or self.commitment.state.value != "open":
            return ""
        return self.action.proof or self.action.text


def ledger(desk: Desk, within: Uid | None = None) -> LedgerFacts:
    """What was kept of what was promised.

    Args:
        desk: where the records are.
        within: only at this place and below it.

    Raises:
        Refusal: the place is unknown.
    """
    with desk.reader() as reader:
        if within is not None:
            known(reader, Place, within)
        today = reader.clock().date()
        places, roles = (kept_by(reader, by, today, within) for by in ("place", "role"))
        names = {one.uid: one.name for one in reader.many(Place, [uid for uid in places if uid])}
        here = [KeptLine(uid, names.get(uid, ""), kept) for uid, kept in places.items() if uid]
        said = [KeptLine("", role, kept) for role, kept in roles.items() if role]
        return LedgerFacts(
            whole=places[""],
            places=tuple(sorted(here, key=_order)),
            roles=tuple(sorted(said, key=_order)),
            to_look_at=tuple(kept_already(reader)),
        )


def commitment_facts(reader: Reader, commitment: Uid) -> CommitmentFacts:
    """One promise.

    Raises:
        Refusal: it is unknown.
    """
    one = known(reader, Commitment, commitment)
    rotation = reader.get(Rotation, one.rotation) if one.rotation else None
    person = reader.get(Person, one.person)
    return CommitmentFacts(
        commitment=one,
        place=known(reader, Place, one.place).name,
        state=standing(one, reader.clock().date()),
        rotation=rotation.number if rotation is not None else "",
        made_by=person.name if person is not None else "",
        action=reader.get(Action, one.action) if one.action else None,
    )


def _order(line: KeptLine) -> tuple[int, str, str]:
    """The most overdue first."""
    return (-line.kept.overdue, line.title.casefold(), line.uid)
