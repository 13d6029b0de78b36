"""Pains pinned to the steps of a map: by their codes of themselves, by hand beside; ranked by count x severity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from gemba.domain import pains
from gemba.domain.causes import CauseAnalysis
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.domain.findings import Finding
from gemba.domain.process_maps import Pin, ProcessMap, ProcessStep
from gemba.domain.record import Record, Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import pain_counts, vocabularies
from gemba.store.pain_counts import Counts, Within
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.process_maps import standing
from gemba.work.records import known

COMPLAINT, FINDING, ANALYSIS, THEME = "complaint", "finding", "cause_analysis", "theme"
PAINS = (COMPLAINT, FINDING, ANALYSIS, THEME)
"""Sorts of pins that are pains."""
QUARTER = 91
"""Days."""

_NOUNS: Mapping[str, type[Record]] = {COMPLAINT: Complaint, FINDING: Finding, ANALYSIS: CauseAnalysis}


class StepPains(msgspec.Struct, frozen=True):
    """What hurts at one step."""

    step: Uid
    code: str
    title: str
    complaints: dict[str, int]
    """Number by severity."""
    findings: dict[str, int]
    """Number by grade, of those that are pains."""
    by_hand: dict[str, int]
    """Number by severity."""
    analyses: int
    """Cause analyses: they explain pains and weigh nothing themselves."""
    count: int
    weight: int
    """Count x weight, over complaints, findings and pins by hand."""
    worst: str
    """The worst severity; empty when nothing hurts."""
    rank: int
    """From 1, the heaviest first; those of one weight share a rank, 0 when nothing hurts."""


class MapPains(msgspec.Struct, frozen=True):
    """What hurts on a map."""

    begins: date
    ends: date
    place: Uid | None
    steps: tuple[StepPains, ...]
    """In the order of the map."""
    elsewhere: dict[str, int]
    """Complaints by codes of steps that are not on this map."""
    uncoded: int
    """Complaints without the code of a step: they are pinned nowhere."""
    weights: dict[str, int]
    """By which the steps are ranked."""

    def ranked(self) -> list[StepPains]:
        """The steps with pains, the heaviest first."""
        return sorted((one for one in self.steps if one.rank), key=lambda one: (one.rank, -one.count))


def map_pains(
    desk: Desk, process_map: Uid, *, place: Uid | None = None, begins: date | None = None, ends: date | None = None
) -> MapPains:
    """What hurts at each step of a map within a period.

    Args:
        desk: where the records are.
        process_map: uid of the map.
        place: with all below it; the map's own place when left out.
        begins: first day; a quarter before the last one when left out.
        ends: last day, included; today when left out.

    Raises:
        Refusal: the map is unknown, or the period ends before it begins.
    """
    with desk.reader() as reader:
        return pains_of(reader, process_map, within(reader, process_map, place, begins, ends))


def within(reader: Reader, process_map: Uid, place: Uid | None, begins: date | None, ends: date | None) -> Within:
    """Place and period that are meant when some of it is left out.

    Raises:
        Refusal: the map is unknown, or the period ends before it begins.
    """
    last = ends or reader.clock().date()
    first = begins or last - timedelta(days=QUARTER - 1)
    if first > last:
        raise Refusal("work.period_backwards", first=first.isoformat(), last=last.isoformat())
    return Within(place or known(reader, ProcessMap, process_map).place, first, last)


def pains_of(reader: Reader, process_map: Uid, meant: Within) -> MapPains:
    """The same, as one view of the store shows it."""
    steps = standing(reader, process_map)
    complaints = pain_counts.complaints(reader, meant)
    findings = pain_counts.findings(reader, meant)
    analyses = pain_counts.analyses(reader, meant)
    by_hand = pain_counts.pinned(reader, [step.uid for step in steps], PAINS)
    found = [_step(step, complaints, findings, analyses, by_hand.get(step.uid, {})) for step in steps]
    on_map = {step.code for step in steps}
    assert meant.begins is not None
    assert meant.ends is not None
    return MapPains(
        begins=meant.begins,
        ends=meant.ends,
        place=meant.place,
        steps=tuple(_ranked(found)),
        elsewhere={code: sum(of.values()) for code, of in complaints.items() if code and code not in on_map},
        uncoded=sum(complaints.get("", {}).values()),
        weights={**pains.COMPLAINT_WEIGHTS, **pains.FINDING_WEIGHTS},
    )


def pin(desk: Desk, step: Uid, *, sort: str = THEME, pinned: Uid = "", words: str = "", severity: str = "") -> Change:
    """Pin a pain to a step by hand.

    Args:
        desk: who does it, where.
        step: uid of the step.
        sort: `complaint`, `finding`, `cause_analysis`, or `theme` for what has no record.
        pinned: uid of the record.
        words: what hurts; of a record its own words when left out.
        severity: of `gemba.domain.pains.SEVERITIES`; of a record its own when left out.

    Raises:
        Refusal: step or record is unknown, it is pinned there already (of itself or by hand), a theme without words.
    """
    if sort not in PAINS:
        raise Refusal("work.pin_sort", sort=sort, known=", ".join(PAINS))
    if severity and severity not in pains.SEVERITIES:
        raise Refusal("work.pin_severity", severity=severity, known=", ".join(pains.SEVERITIES))
    with desk.unit() as unit:
        where = known(unit, ProcessStep, step)
        said, severe = words.strip(), severity
        if sort != THEME:
            record = known(unit, _NOUNS[sort], pinned)
            _demand_unpinned(unit, where, record)
            said, severe = said or _words(record), severe or _severity(record)
        if not said:
            raise Refusal("work.pin_without_words")
        made = Pin(
            uid=desk.ids(),
            step=step,
            sort=sort,
            pinned=pinned,
            text=said,
            severity=severe,
            pinned_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def unpin(desk: Desk, uid: Uid, *, back: bool = False) -> Change:
    """Take a pin by hand off its step; `back=True` puts it there again."""
    with desk.unit() as unit:
        known(unit, Pin, uid)
        unit.change(Pin, uid, removed=not back)
        return unit.change_made(uid)


def pins_of(reader: Reader, step: Uid) -> list[Pin]:
    """The pains that were pinned to a step by hand."""
    return [each for each in reader.find(Pin, step=step) if not each.removed and each.sort in PAINS]


def _step(
    step: ProcessStep, complaints: Counts, findings: Counts, analyses: Counts, by_hand: dict[str, int]
) -> StepPains:
    told = complaints.get(step.code, {}) if step.code else {}
    found = {grade: n for grade, n in findings.get(step.code, {}).items() if grade in pains.FINDING_WEIGHTS}
    parts = (told, found, by_hand)
    severities = {pains.severity_of(said) for part in parts for said, n in part.items() if n > 0}
    return StepPains(
        step=step.uid,
        code=step.code,
        title=step.title,
        complaints=told,
        findings=found,
        by_hand=by_hand,
        analyses=sum(analyses.get(step.code, {}).values()) if step.code else 0,
        count=sum(pains.pains(part) for part in parts),
        weight=sum(pains.weighed(part) for part in parts),
        worst=max(severities - {""}, key=pains.SEVERITIES.index, default=""),
        rank=0,
    )


def _ranked(found: list[StepPains]) -> list[StepPains]:
    weights = sorted((one.weight for one in found if one.weight), reverse=True)
    return [msgspec.structs.replace(one, rank=weights.index(one.weight) + 1) if one.weight else one for one in found]


def _demand_unpinned(reader: Reader, step: ProcessStep, record: Record) -> None:
    """What its code pins there, or somebody's hand, would be counted twice."""
    code = str(getattr(record, "step", ""))
    pinned = any(each.pinned == record.uid for each in pins_of(reader, step.uid))
    if pinned or (code and vocabularies.crosswalk(reader, Facet.STEP).get(code, code) == step.code):
        raise Refusal("work.pinned_already", title=step.title)


def _words(record: Record) -> str:
    """What a record says for itself, without the customer's own words: those may tell of a person."""
    fields = ("summary", "number") if isinstance(record, Complaint) else ("text", "problem")
    return next((str(said) for name in fields if (said := getattr(record, name, ""))), "")


def _severity(record: Record) -> str:
    if isinstance(record, Complaint):
        return record.severity.value
    return pains.severity_of(record.grade.value) if isinstance(record, Finding) else ""
