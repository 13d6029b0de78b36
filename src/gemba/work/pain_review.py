"""The quarterly review of a value stream: pains before and after, and the records behind a step."""

from __future__ import annotations

import math
from datetime import date, timedelta

import msgspec

from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaints import Complaint
from gemba.domain.findings import Finding
from gemba.domain.pains import weighed
from gemba.domain.process_maps import Pin, ProcessStep
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.methods.rates import rate_ratio
from gemba.store import pain_counts
from gemba.store.pain_counts import Within
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.pins import MapPains, StepPains, pains_of, pins_of, within
from gemba.work.records import known

MOST_BEHIND = 50
"""Records of one sort that are shown behind a step."""
_SURE = 0.05


class PainChange(msgspec.Struct, frozen=True):
    """What became of the pains of one step. Counts are of two stretches that may differ in length: compare rates."""

    step: Uid
    code: str
    title: str
    before: int
    after: int
    weight_before: int
    weight_after: int
    ratio: float | None
    """Rate after over rate before; `None` when there is nothing to compare."""
    low: float | None
    high: float | None
    """Interval of the ratio, 95 %; `None` without an upper end."""
    p: float
    """Exact conditional Poisson test, two-sided."""
    verdict: str
    """`fewer`, `more` or `cannot_tell`."""


class ValueStreamReview(msgspec.Struct, frozen=True):
    """Two periods of a map side by side; output volumes have no part in it."""

    before: MapPains
    after: MapPains
    steps: tuple[PainChange, ...]


class Behind(msgspec.Struct, frozen=True):
    """The records behind a step's pains, the newest first, at most `MOST_BEHIND` of each sort."""

    complaints: tuple[Complaint, ...]
    findings: tuple[Finding, ...]
    analyses: tuple[CauseAnalysis, ...]
    pins: tuple[Pin, ...]


def value_stream_review(
    desk: Desk,
    process_map: Uid,
    *,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
    before_begins: date | None = None,
    before_ends: date | None = None,
) -> ValueStreamReview:
    """Compare the pains that come of themselves in a period with those of an earlier one.

    Pins by hand stand outside time and are left out of the comparison.

    Args:
        desk: where the records are.
        process_map: uid of the map.
        place: as for `pins.map_pains`.
        begins: first day of the later period; a quarter when left out.
        ends: its last day; today when left out.
        before_begins: first day of the earlier period; as long as the later one when left out.
        before_ends: its last day; the day before the later one begins when left out.

    Raises:
        Refusal: the map is unknown, or a period ends before it begins.
    """
    with desk.reader() as reader:
        later = within(reader, process_map, place, begins, ends)
        assert later.begins is not None
        assert later.ends is not None
        last = before_ends or later.begins - timedelta(days=1)
        first = before_begins or last - (later.ends - later.begins)
        earlier = within(reader, process_map, later.place, first, last)
        before, after = pains_of(reader, process_map, earlier), pains_of(reader, process_map, later)
    days = _days(before), _days(after)
    changes = (_changed(old, new, *days) for old, new in zip(before.steps, after.steps, strict=True))
    return ValueStreamReview(before, after, tuple(changes))


def behind(desk: Desk, step: Uid, meant: Within) -> Behind:
    """The records behind a step's pains.

    Raises:
        Refusal: the step is unknown.
    """
    with desk.reader() as reader:
        return behind_in(reader, step, meant)


def behind_in(reader: Reader, step: Uid, meant: Within) -> Behind:
    """The same, as one view of the store shows it."""
    where = known(reader, ProcessStep, step)
    told: list[Uid] = []
    found: list[Uid] = []
    asked_why: list[Uid] = []
    if where.code:
        told = pain_counts.newest_complaints(reader, meant, {"step": where.code}, MOST_BEHIND)
        found = pain_counts.newest_findings(reader, meant, Facet.STEP, where.code, MOST_BEHIND)
        asked_why = pain_counts.newest_analyses(reader, meant, where.code, MOST_BEHIND)
    return Behind(
        complaints=tuple(reader.many(Complaint, told)),
        findings=tuple(reader.many(Finding, found)),
        analyses=tuple(reader.many(CauseAnalysis, asked_why)),
        pins=tuple(pins_of(reader, step)),
    )


def _changed(old: StepPains, new: StepPains, days_before: int, days_after: int) -> PainChange:
    before, after = (one.count - sum(one.by_hand.values()) for one in (old, new))
    found = rate_ratio(after, days_after, before, days_before)
    sure = found.p < _SURE
    return PainChange(
        step=new.step,
        code=new.code,
        title=new.title,
        before=before,
        after=after,
        weight_before=_weight(old),
        weight_after=_weight(new),
        ratio=_finite(found.ratio),
        low=_finite(found.interval.low) if before + after else None,
        high=_finite(found.interval.high),
        p=found.p,
        verdict="cannot_tell" if not sure else "fewer" if found.ratio < 1 else "more",
    )


def _weight(one: StepPains) -> int:
    return weighed(one.complaints) + weighed(one.findings)


def _days(found: MapPains) -> int:
    return (found.ends - found.begins).days + 1


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
