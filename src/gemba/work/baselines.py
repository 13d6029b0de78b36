"""Baselines: the limits that later points are judged by, frozen on purpose and never worked out anew silently."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from gemba.domain.change import Change
from gemba.domain.measures import FrozenBaseline, Measure
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.charts.model import Baseline, ChartSort
from gemba.methods.charts.phases import PROVISIONAL, SETTLED
from gemba.work.charting import draw
from gemba.work.desk import Desk
from gemba.work.frozen_limits import frozen
from gemba.work.measure_series import Series
from gemba.work.records import known


def freeze(
    desk: Desk,
    measure: Uid,
    *,
    reason: str,
    begins: date | None = None,
    ends: date | None = None,
    holds_from: date | None = None,
    kind: str = "auto",
) -> Change:
    """Freeze the limits; a second baseline takes the first one's place from its day on, and both stay known.

    Args:
        desk: who does it.
        measure: uid.
        reason: why now: first baseline, a new definition, a verified change.
        begins: first period that the limits rest on; the first there is when left out.
        ends: last one; the newest finished one when left out.
        holds_from: first period that is judged by them; the first that they rest on when left out.
        kind: of the chart; with `auto` that of the baseline before, the measure's own, or the one that fits.

    Raises:
        Refusal: no reason, fewer than 12 points, a chart without limits of its own, or limits that would judge what an
            earlier baseline has judged (`work.baseline_backwards`).
    """
    if not reason.strip():
        raise Refusal("work.baseline_reason")
    with desk.unit() as unit:
        about = known(unit, Measure, measure)
        earlier = frozen(unit, about.uid)
        wanted = earlier[-1].chart if kind == "auto" and earlier else kind
        drawn = draw(unit, about, wanted, begins=begins, ends=ends, trial=True)
        used = drawn.series
        if len(used.begins) < PROVISIONAL:
            raise Refusal("work.baseline_points", points=len(used.begins), needed=PROVISIONAL, settled=SETTLED)
        made = drawn.chart.baselines[-1]
        if not math.isfinite(made.spread) and made.sort is not ChartSort.RUN:
            raise Refusal("work.baseline_spread")
        record = _record(desk, about, made, used, (holds_from, reason.strip(), drawn.per))
        _in_order(earlier, record)
        unit.put(record)
        return unit.change_made(record.uid)


def _in_order(before: Sequence[FrozenBaseline], new: FrozenBaseline) -> None:
    if before and new.holds_from <= before[-1].holds_from:
        raise Refusal("work.baseline_backwards", day=before[-1].holds_from)


def _record(
    desk: Desk, measure: Measure, made: Baseline, used: Series, told: tuple[date | None, str, float]
) -> FrozenBaseline:
    holds_from, reason, per = told
    figures = {"centre": made.centre, "line": made.line, "per": per, "log": float(made.log)}
    if math.isfinite(made.spread):
        figures["spread"] = made.spread
    return FrozenBaseline(
        uid=desk.ids(),
        measure=measure.uid,
        chart=made.sort.value,
        begins=used.begins[0],
        ends=used.begins[-1],
        holds_from=holds_from or used.begins[0],
        points=len(used.begins),
        figures=figures,
        provisional=made.provisional,
        reason=reason,
        frozen_at=desk.clock(),
        person=desk.person.uid,
    )
