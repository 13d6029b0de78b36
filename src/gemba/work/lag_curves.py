"""The curves of lags, as they are drawn on paper and in the window."""

from __future__ import annotations

from gemba.reports.waiting_curves import CurvePoint, WaitingCurve
from gemba.store.follow_times import Stage
from gemba.wording import text
from gemba.work.lags import Lag


def stage_title(stage: Stage) -> str:
    """What people call a stage."""
    return {
        Stage.TRIAGED: text("Received to assessed"),
        Stage.CAUSE: text("Assessed to cause found"),
        Stage.PLANNED: text("Cause found to action planned"),
        Stage.LIVE: text("Planned to done"),
        Stage.CHANGED: text("Received to change done"),
        Stage.TOLD: text("Received to told back"),
        Stage.CLOSED: text("Received to closed"),
    }[stage]


def curve_of(lag: Lag) -> WaitingCurve:
    """The curve of one stage."""
    title = stage_title(lag.stage) + (f" · {lag.title}" if lag.group else "")
    points = tuple(CurvePoint(one.days, one.open, one.low, one.high) for one in lag.curve)
    return WaitingCurve(title, points, lag.n, lag.open, lag.median.days, points[-1].days if points else 0.0)
