"""Put right on the spot: a correction that is done as its finding is raised, with a word or a photo as proof."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from gemba.domain.actions import Action, ActionSort, ActionState
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.action_rules import day_at
from gemba.work.action_states import settle
from gemba.work.attach_evidence import check
from gemba.work.desk import Desk
from gemba.work.photo_pairs import after_photo
from gemba.work.records import known
from gemba.work.similar_elsewhere import Answer, answer_in

NOTHING_WRONG = frozenset({FindingGrade.CONFORMITY, FindingGrade.GOOD_PRACTICE})
"""Grades of findings at which there is nothing to put right."""


class PutRight(msgspec.Struct, frozen=True, kw_only=True):
    """What was put right on the spot."""

    what: str = ""
    """What was done, in a sentence; may be empty where a photo shows it."""
    photos: tuple[tuple[str, bytes | Path], ...] = ()
    """Name and bytes of photos that show how it is now."""
    elsewhere: Answer | None = None
    """The answer to "similar elsewhere?"; without it the finding waits for one."""


def put_right(desk: Desk, finding: Uid, said: PutRight) -> Change:
    """Record that what was found is put right already; the change's uid is the correction's.

    It is a correction, which is done: never a corrective action whose effect was seen (ISO 9001, 10.2.1 a).

    Raises:
        Refusal: the finding is unknown or tells of nothing wrong, neither word nor photo shows it, or a photo is none.
        Trouble: a photo cannot be read.
    """
    demand_shown(said)
    with desk.reader() as reader:
        about = known(reader, Finding, finding)
        place = known(reader, Place, about.place)
        before = [one.uid for one in reader.find(Evidence, finding=finding) if one.width and not one.removed]
    uid = desk.ids()
    photos = after_photos(desk, about, uid, said, place, before)
    with desk.unit() as unit:
        put_right_in(unit, desk, about, uid, said, photos)
        return unit.change_made(uid)


def demand_shown(said: PutRight) -> None:
    """Demand a word or a photo as proof, and photos that are some; asked before anything is kept.

    Raises:
        Refusal: `work.put_right_without_proof` or `work.after_is_no_picture`.
    """
    if not said.what.strip() and not said.photos:
        raise Refusal("work.put_right_without_proof")
    for name, data in said.photos:
        if check(data, name) is None:
            raise Refusal("work.after_is_no_picture", name=name)


def after_photos(
    desk: Desk, finding: Finding, action: Uid, said: PutRight, place: Place, before: Sequence[Uid]
) -> list[Evidence]:
    """The records of the photos of after, each beside one of before as far as there are some; their bytes are kept."""
    beside = [*before, *[None] * len(said.photos)]
    return [
        after_photo(desk, action, data, name, place, finding.assessment, one)
        for (name, data), one in zip(said.photos, beside, strict=False)
    ]


def put_right_in(
    unit: Unit, desk: Desk, finding: Finding, action: Uid, said: PutRight, photos: Sequence[Evidence]
) -> None:
    """The same within another use case's unit, its photos kept before."""
    if finding.grade in NOTHING_WRONG:
        raise Refusal("work.nothing_to_put_right", number=finding.number)
    made = _correction(desk, finding, action, unit.number(Action), said)
    unit.put(msgspec.structs.replace(made, due=day_at(unit, finding.place, desk.clock())))
    for photo in photos:
        unit.put(photo)
    if said.elsewhere is not None:
        answer_in(unit, desk, finding, said.elsewhere)
    settle(unit, finding.uid)


def _correction(desk: Desk, finding: Finding, uid: Uid, number: str, said: PutRight) -> Action:
    now = desk.clock()
    shown = text("Photo: {names}", names=", ".join(name for name, _ in said.photos)) if said.photos else ""
    return Action(
        uid=uid,
        number=number,
        finding=finding.uid,
        assessment=finding.assessment,
        place=finding.place,
        goal=finding.goal,
        sort=ActionSort.CORRECTION,
        text=said.what.strip() or text("Put right on the spot"),
        owner=desk.person.name,
        due=now.date(),
        state=ActionState.DONE,
        done_at=now,
        proof=" · ".join(part for part in (said.what.strip(), shown) if part),
        added_at=now,
        person=desk.person.uid,
    )
