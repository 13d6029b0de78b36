"""Photos and files that show what was done: of an action, of a promise that is kept, of a step of an escalation.

They belong to what was done and need no assessment behind it. What is a photo stands with an action as one of after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.domain.escalations import Escalation, EscalationStep
from gemba.domain.evidence import PROVABLE, Evidence
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.domain.record import Record, Uid
from gemba.domain.rotations import Commitment
from gemba.errors import Refusal
from gemba.store.look_alikes import Alike, look_alikes_of
from gemba.store.reading import Reader
from gemba.store.selections import makers
from gemba.store.sent_blobs import held_of
from gemba.work.attach_evidence import check, kept_file
from gemba.work.desk import Desk
from gemba.work.photo_pairs import after_photo, assessment_behind, free_of
from gemba.work.records import known

PROOF = "proof"
ALIKE = 4
"""Bits of 64 that two pictures may differ in and still be the same shot."""

File = tuple[str, bytes | Path]
"""Name as the person knows it, and the bytes or where they lie."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A photo or file with what is known of it."""

    item: Evidence
    is_held: bool
    """True when headquarters signed for it, or it came from there."""
    is_here: bool
    """True when its bytes lie on this machine."""
    alike: tuple[str, ...]
    """Numbers of other records of which a photo looks the same: it may show something else than it says."""


def add_proof(desk: Desk, noun: str, uid: Uid, files: Sequence[File]) -> Change:
    """Keep photos and files as the proof of what was done; all or none.

    Args:
        desk: who does it, where.
        noun: `action`, `commitment` or `escalation_step`.
        uid: of the record.
        files: at least one.

    Raises:
        Refusal: the record is unknown, or a file is empty or too large.
        Trouble: a file cannot be read.
    """
    made = prepared(desk, noun, uid, files)
    with desk.unit() as unit:
        for each in made:
            unit.put(each)
        return unit.change_made(made[-1].uid if made else uid)


def prepared(desk: Desk, noun: str, uid: Uid, files: Sequence[File]) -> list[Evidence]:
    """The records of files of proof, their bytes kept; for another use case that puts them with more.

    Raises:
        Refusal: the record is unknown, or a file is empty or too large.
        Trouble: a file cannot be read.
    """
    if not files:
        return []
    for name, data in files:
        check(data, name)
    with desk.reader() as reader:
        about = known(reader, NOUNS[noun], uid)
        place = known(reader, Place, _PLACES[type(about)](reader, about))
        free = free_of(reader, about) if isinstance(about, Action) else []
        assessment = assessment_behind(reader, about) if isinstance(about, Action) else None
    made = []
    for name, data in files:
        if isinstance(about, Action) and check(data, name) is not None:
            made.append(after_photo(desk, uid, data, name, place, assessment, free.pop(0) if free else None))
            continue
        kept = kept_file(desk, data, name, place, assessment=assessment)
        made.append(msgspec.structs.replace(kept, subject=f"{noun}:{uid}", stance=PROOF))
    return made


def proofs_of(reader: Reader, noun: str, uid: Uid) -> list[Evidence]:
    """What shows that it was done, in the order in which it came."""
    return [one for one in reader.find(Evidence, subject=f"{noun}:{uid}") if not one.removed]


def told_of(desk: Desk, reader: Reader, items: Sequence[Evidence], *, alike: bool = True) -> tuple[Proof, ...]:
    """What is known of photos and files beside what their records say.

    Args:
        desk: of the store.
        reader: one view of it.
        items: the photos and files.
        alike: also look for photos that look the same, through all of the store.
    """
    held = held_of(reader, [one.sha256 for one in items])
    own = makers(reader, [("evidence", one.uid) for one in items])
    seen = seen_elsewhere(reader, items) if alike else {}
    is_headquarters = desk.store.device.role == DeviceRole.HEADQUARTERS
    return tuple(
        Proof(
            item=one,
            is_held=is_headquarters or one.sha256 in held or reader.device.id not in own["evidence", one.uid],
            is_here=desk.store.evidence.has(one.sha256),
            alike=seen.get(one.uid, ()),
        )
        for one in items
    )


def seen_elsewhere(reader: Reader, items: Sequence[Evidence]) -> dict[Uid, tuple[str, ...]]:
    """For each photo the numbers of other records that have one which looks the same; of its own action, of before."""
    near = look_alikes_of(reader, [one.likeness for one in items], ALIKE)
    return {one.uid: _others(reader, one, near.get(one.likeness, [])) for one in items}


def _others(reader: Reader, item: Evidence, near: Sequence[Alike]) -> tuple[str, ...]:
    others = [one.evidence for one in near if one.evidence.uid != item.uid]
    apart = [one for one in others if (one.subject, one.stance) != (item.subject, item.stance)]
    return tuple(dict.fromkeys(number for one in apart if (number := number_of(reader, one))))


def number_of(reader: Reader, item: Evidence) -> str:
    """The number of what a photo or file belongs to: what was done, its finding's assessment, or the assessment."""
    noun, _, uid = item.subject.partition(":")
    about = reader.get(NOUNS[noun], uid) if noun in PROVABLE else None
    if isinstance(about, EscalationStep):
        about = reader.get(Escalation, about.escalation)
    if about is None and item.assessment is not None:
        about = reader.get(Assessment, item.assessment)
    return str(getattr(about, "number", ""))


def _of_escalation(reader: Reader, step: Record) -> Uid:
    assert isinstance(step, EscalationStep)
    return known(reader, Escalation, step.escalation).place


def _own(_reader: Reader, record: Record) -> Uid:
    place: Uid = getattr(record, "place", "")
    return place


_PLACES: dict[type[Record], Callable[[Reader, Record], Uid]] = {
    Action: _own,
    Commitment: _own,
    EscalationStep: _of_escalation,
}


def last_step(reader: Reader, escalation: Uid) -> Uid:
    """The step of an escalation that happened last.

    Raises:
        Refusal: the escalation is unknown, or its steps have not come here.
    """
    steps = steps_of(reader, known(reader, Escalation, escalation).uid)
    if not steps:
        raise Refusal("work.unknown_record", noun="escalation_step", uid=escalation)
    return steps[-1].uid


def steps_of(reader: Reader, escalation: Uid) -> list[EscalationStep]:
    """The steps of an escalation in the order in which they happened."""
    return sorted(reader.find(EscalationStep, escalation=escalation), key=lambda one: (one.happened_at, one.uid))
