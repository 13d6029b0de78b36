"""Measures made of weighted parts, by customer segment; a whole is told only when every part has a value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import Measure
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registers.metrics import COMPOSITE_METRICS
from gemba.methods.scores import Item, checklist_score
from gemba.store.reading import Reader
from gemba.wording import sentence, text
from gemba.work.desk import Desk
from gemba.work.measure_series import Numbers, series_of
from gemba.work.register_view import as_declared
from gemba.work.registers import VERSION


class PartScore(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a composite measure."""

    entry: Uid
    measure: Uid
    title: str
    weight: float
    share: float
    """Of all weights, 0 to 1."""
    worst: float
    best: float
    value: float | None
    """Of the last period that is over, shares in percent; `None` for none."""
    begins: date | None
    """First day of that period."""
    points: float | None
    """0 to 100: where the value lies between what is worth 0 and what is worth 100; never beyond."""
    version: str
    """Of its weight and scale."""
    trouble: str = ""
    """Why it has no points."""


class Composite(msgspec.Struct, frozen=True, kw_only=True):
    """A composite measure for one segment."""

    title: str
    segment: str
    parts: tuple[PartScore, ...]
    value: float | None
    """Weighted mean of the points, 0 to 100; `None` while a part has none."""


def composites(desk: Desk) -> tuple[Composite, ...]:
    """Every composite measure by segment, with its parts; parts in draft or retired do not count."""
    with desk.reader() as reader:
        groups: dict[tuple[str, str], list[RegisterEntry]] = {}
        for entry in as_declared(reader, COMPOSITE_METRICS):
            if entry.state == "in_force":
                key = entry.title.strip().casefold(), entry.fields["segment"].strip().casefold()
                groups.setdefault(key, []).append(entry)
        return tuple(_composite(reader, some) for _, some in sorted(groups.items()))


def points_of(value: float, worst: float, best: float) -> float | None:
    """Points, 0 to 100, of a value on the scale of its part; `None` when the scale has no width."""
    if worst == best:
        return None
    return 100 * min(max((value - worst) / (best - worst), 0.0), 1.0)


def _composite(reader: Reader, entries: Sequence[RegisterEntry]) -> Composite:
    total = sum(float(entry.fields["weight"]) for entry in entries)
    parts = tuple(_part(reader, entry, total) for entry in entries)
    told = [Item(part.points / 100, part.weight) for part in parts if part.points is not None]
    share = checklist_score(told).share if len(told) == len(parts) else None
    whole = None if share is None else 100 * share
    return Composite(title=entries[0].title, segment=entries[0].fields["segment"], parts=parts, value=whole)


def _part(reader: Reader, entry: RegisterEntry, total: float) -> PartScore:
    fields = entry.fields
    measure = reader.get(Measure, fields["measure"].partition(":")[2])
    worst, best, weight = (float(fields[code]) for code in ("worst", "best", "weight"))
    value, begins, trouble = _latest(reader, measure)
    points = None if value is None else points_of(value, worst, best)
    if value is not None and points is None:
        trouble = text("the values that are worth 0 and 100 are the same")
    return PartScore(
        entry=entry.uid,
        measure=measure.uid if measure else "",
        title=measure.title if measure else text("a measure that is not here"),
        weight=weight,
        share=weight / total,
        worst=worst,
        best=best,
        value=value,
        begins=begins,
        points=points,
        version=fields.get(VERSION, "1"),
        trouble=trouble,
    )


def _latest(reader: Reader, measure: Measure | None) -> tuple[float | None, date | None, str]:
    """Value and first day of the last period that is over, or why there is none."""
    if measure is None:
        return None, None, text("the measure is not here")
    try:
        series = series_of(reader, measure)
    except Refusal as error:  # said beside the part; the other parts are told all the same
        return None, None, sentence(error)
    if not series.begins:
        return None, None, text("the measure has no value yet")
    value = series.values[-1] * (100 if series.numbers is Numbers.SHARES else 1)
    return value, series.begins[-1], ""
