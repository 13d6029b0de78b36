"""Photos of before and after a change: each of after is set beside one of before.

The photos of after belong to the action, not to the assessment behind it: they come when that has been concluded,
reported and sent long ago, and change nothing of what was concluded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from gemba.domain.actions import Action
from gemba.domain.causes import CauseAnalysis
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.attach_evidence import check, kept_file
from gemba.work.desk import Desk
from gemba.work.records import known

BEFORE, AFTER = "before", "after"
OF_ACTION = "action:"
"""How the subject of an action's photos begins."""


class Pair(msgspec.Struct, frozen=True):
    """Two photos side by side; one of them may be missing."""

    before: Evidence | None
    after: Evidence | None


def add_after(
    desk: Desk, action: Uid, data: bytes | Path, name: str, *, beside: Uid | None = None, alone: bool = False
) -> Change:
    """Keep a photo of how it is after the change, beside one of how it was.

    Args:
        desk: who does it, where.
        action: with an assessment behind it.
        data: the photo's bytes; or where it lies.
        name: as the person knows it.
        beside: uid of a photo of before; the first that none stands beside when left out.
        alone: beside none, whatever there is.

    Raises:
        Refusal: the action is unknown or follows from no assessment, the file is no picture, empty or too large, or
            the photo named is none of before.
        Trouble: the file cannot be read.
    """
    with desk.reader() as reader:
        about = known(reader, Action, action)
        finding = finding_behind(reader, about)
        before = before_of(reader, about)
        free = next((pair.before for pair in pairs_of(reader, about) if pair.after is None), None)
        place = known(reader, Place, about.place)
    if beside is not None and beside not in {one.uid for one in before}:
        raise Refusal("work.no_photo_of_before", number=about.number)
    stands_beside = beside or (free.uid if free is not None and not alone else None)
    made = after_photo(desk, about, finding, data, name, place, stands_beside)
    with desk.unit() as unit:
        unit.put(made)
        return unit.change_made(made.uid)


def after_photo(
    desk: Desk, action: Action, finding: Finding, data: bytes | Path, name: str, place: Place, beside: Uid | None
) -> Evidence:
    """The record of a photo of after, its bytes kept; for another use case that puts it with more.

    Raises:
        Refusal: the file is no picture that can be shown, empty or too large.
    """
    if check(data, name) is None:
        raise Refusal("work.after_is_no_picture", name=name)
    made = kept_file(desk, data, name, place, assessment=finding.assessment)
    return msgspec.structs.replace(made, subject=OF_ACTION + action.uid, stance=AFTER, beside=beside)


def set_beside(desk: Desk, after: Uid, before: Uid | None) -> Change:
    """Set a photo of after beside another one of before, or beside none.

    Raises:
        Refusal: it is no photo of after, or the other is none of before of the same action.
    """
    with desk.unit() as unit:
        found = known(unit, Evidence, after)
        if found.stance != AFTER or not found.subject.startswith(OF_ACTION):
            raise Refusal("work.no_photo_of_after", name=found.name)
        about = known(unit, Action, found.subject.removeprefix(OF_ACTION))
        if before is not None and before not in {one.uid for one in before_of(unit, about)}:
            raise Refusal("work.no_photo_of_before", number=about.number)
        unit.change(Evidence, after, beside=before)
        return unit.change_made(after)


def pairs_of(reader: Reader, action: Action) -> tuple[Pair, ...]:
    """All photos of an action by pairs, in the order of those of before; those of after that stand alone come last."""
    return paired(before_of(reader, action), after_of(reader, action))


def paired(before: Sequence[Evidence], after: Sequence[Evidence]) -> tuple[Pair, ...]:
    """Each photo of after once, beside the one that it names; each of before at least once."""
    known_ones = {one.uid for one in before}
    found = []
    for one in before:
        beside = [each for each in after if each.beside == one.uid]
        found += [Pair(one, each) for each in beside] or [Pair(one, None)]
    return (*found, *(Pair(None, each) for each in after if each.beside not in known_ones))


def before_of(reader: Reader, action: Action) -> list[Evidence]:
    """The photos of how it was: those of its finding."""
    about = finding_of(reader, action)
    found = reader.find(Evidence, finding=about.uid) if about is not None else []
    return [one for one in found if one.width and not one.removed]


def after_of(reader: Reader, action: Action) -> list[Evidence]:
    """The photos of how it is after the change, in the order in which they came."""
    found = reader.find(Evidence, subject=OF_ACTION + action.uid)
    return [one for one in found if one.stance == AFTER and not one.removed]


def finding_behind(reader: Reader, action: Action) -> Finding:
    """The finding that an action answers, itself or by the analysis of its cause.

    Raises:
        Refusal: it follows from the cause of complaints: no assessment stands behind it (`work.action_without_walk`).
    """
    found = finding_of(reader, action)
    if found is None:
        raise Refusal("work.action_without_walk", number=action.number)
    return found


def finding_of(reader: Reader, action: Action) -> Finding | None:
    """The finding that an action answers, itself or by the analysis of its cause; `None` where there is none."""
    analysis = reader.get(CauseAnalysis, action.analysis) if action.analysis is not None else None
    uid = action.finding or (analysis.finding if analysis is not None else None)
    return reader.get(Finding, uid) if uid is not None else None
