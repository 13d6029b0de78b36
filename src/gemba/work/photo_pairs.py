"""Photos of before and after a change: each of after is set beside one of before.

The photos of after belong to the action, not to an assessment behind it: they come when that has been concluded,
reported and sent long ago, and change nothing of what was concluded. An action behind which there is no assessment
takes them just the same, and photos of before of its own.
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
        action: whatever it follows from.
        data: the photo's bytes; or where it lies.
        name: as the person knows it.
        beside: uid of a photo of before; the first that none stands beside when left out.
        alone: beside none, whatever there is.

    Raises:
        Refusal: the action is unknown, the file is no picture, empty or too large, or the photo named is none of
            before.
        Trouble: the file cannot be read.
    """
    with desk.reader() as reader:
        about = known(reader, Action, action)
        before = before_of(reader, about)
        free = free_of(reader, about)
        place, assessment = known(reader, Place, about.place), assessment_behind(reader, about)
    if beside is not None and beside not in {one.uid for one in before}:
        raise Refusal("work.no_photo_of_before", number=about.number)
    stands_beside = beside or (free[0] if free and not alone else None)
    made = after_photo(desk, action, data, name, place, assessment, stands_beside)
    with desk.unit() as unit:
        unit.put(made)
        return unit.change_made(made.uid)


def add_before(desk: Desk, action: Uid, data: bytes | Path, name: str) -> Change:
    """Keep a photo of how it was before the change; where a finding stands behind it, its photos come first.

    Raises:
        Refusal: the action is unknown, or the file is no picture, empty or too large.
        Trouble: the file cannot be read.
    """
    with desk.reader() as reader:
        about = known(reader, Action, action)
        place, assessment = known(reader, Place, about.place), assessment_behind(reader, about)
    made = _photo(desk, action, data, name, place, assessment)
    with desk.unit() as unit:
        unit.put(msgspec.structs.replace(made, stance=BEFORE))
        return unit.change_made(made.uid)


def after_photo(
    desk: Desk, action: Uid, data: bytes | Path, name: str, place: Place, assessment: Uid | None, beside: Uid | None
) -> Evidence:
    """The record of a photo of after, its bytes kept; for another use case that puts it with more.

    Raises:
        Refusal: the file is no picture that can be shown, empty or too large.
    """
    made = _photo(desk, action, data, name, place, assessment)
    return msgspec.structs.replace(made, stance=AFTER, beside=beside)


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


def free_of(reader: Reader, action: Action) -> list[Uid]:
    """The photos of before that none of after stands beside yet, in order."""
    pairs = pairs_of(reader, action)
    return [pair.before.uid for pair in pairs if pair.before is not None and pair.after is None]


def before_of(reader: Reader, action: Action) -> list[Evidence]:
    """The photos of how it was: those of its finding, then those that the action has itself."""
    about = finding_of(reader, action)
    found = reader.find(Evidence, finding=about.uid) if about is not None else []
    found = [*found, *(one for one in of_action(reader, action) if one.stance == BEFORE)]
    return [one for one in found if one.width and not one.removed]


def after_of(reader: Reader, action: Action) -> list[Evidence]:
    """The photos of how it is after the change, in the order in which they came."""
    return [one for one in of_action(reader, action) if one.stance == AFTER]


def files_of(reader: Reader, action: Action) -> list[Evidence]:
    """What shows that it is done and is no photo: letters, lists, recordings."""
    return [one for one in of_action(reader, action) if one.stance not in {BEFORE, AFTER}]


def of_action(reader: Reader, action: Action) -> list[Evidence]:
    """All photos and files that belong to an action itself, in the order in which they came."""
    return [one for one in reader.find(Evidence, subject=OF_ACTION + action.uid) if not one.removed]


def assessment_behind(reader: Reader, action: Action) -> Uid | None:
    """The assessment whose finding an action answers; `None` where it follows from complaints or stands for itself."""
    finding = finding_of(reader, action)
    return finding.assessment if finding is not None else action.assessment


def finding_of(reader: Reader, action: Action) -> Finding | None:
    """The finding that an action answers, itself or by the analysis of its cause; `None` where there is none."""
    analysis = reader.get(CauseAnalysis, action.analysis) if action.analysis is not None else None
    uid = action.finding or (analysis.finding if analysis is not None else None)
    return reader.get(Finding, uid) if uid is not None else None


def _photo(desk: Desk, action: Uid, data: bytes | Path, name: str, place: Place, assessment: Uid | None) -> Evidence:
    if check(data, name) is None:
        raise Refusal("work.after_is_no_picture", name=name)
    made = kept_file(desk, data, name, place, assessment=assessment)
    return msgspec.structs.replace(made, subject=OF_ACTION + action)
