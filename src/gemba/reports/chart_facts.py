"""What a chart shows: plain values for the window, the printed page, pictures and tables alike."""

from __future__ import annotations

from datetime import date

import msgspec


class PointFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One point, or one bar."""

    label: str
    """What stands under it: `2026-03`, `2026 W11`, a place, a cause."""
    begins: date | None = None
    """First day of its period; `None` for bars and sites."""
    ends: date | None = None
    """Last day of its period."""
    key: str = ""
    """Code or uid of a category or site."""
    value: float
    size: float | None = None
    """Number that it is based on."""
    count: float | None = None
    """What was counted, where the value is a share or rate."""
    centre: float | None = None
    lower: float | None = None
    """Lower limit; `None` where there is none."""
    upper: float | None = None
    z: float | None = None
    """Sigmas from the centre."""
    below: float | None = None
    """A second value, drawn downwards: the lower sum of a CUSUM."""
    excluded: str = ""
    """Why it is drawn but not judged, in words."""
    small: bool = False
    """Too few stand behind it to say much."""


class SignalFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that fired."""

    rule: str
    first: int
    """Position of its first point, from 0."""
    last: int
    points: tuple[int, ...]
    """Positions that it flags."""
    sentence: str
    worse: bool
    """True when it means more of what is not wanted."""


class PhaseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch with limits of its own."""

    start: int
    """Position of its first point."""
    title: str
    frozen: bool
    """False for trial limits, worked out from the very points that they judge."""
    provisional: bool
    points: int
    """How many points its limits rest on."""
    convention: str
    """How the spread was worked out, in the field's words."""


class ChartFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One chart."""

    title: str
    subject: str = ""
    """Place and conditions, in words."""
    kind: str
    """Code of the chart that is drawn."""
    kind_title: str
    proposed: str
    """Code of the chart that fits best."""
    reason: str
    """Why that one, in a sentence."""
    sigma_z: float | None = None
    """How much more neighbours differ than the counting law says."""
    period: str = ""
    zone: str = "UTC"
    """In whose calendar the periods lie."""
    unit: str = ""
    axis: str = ""
    """What the values are, in words."""
    across: str = ""
    """What the points stand for, in words."""
    percent: bool = False
    """Values are shares, shown as percent."""
    points: tuple[PointFacts, ...] = ()
    phases: tuple[PhaseFacts, ...] = ()
    rules: tuple[str, ...] = ()
    rules_text: str = ""
    signals: tuple[SignalFacts, ...] = ()
    vital: int = 0
    """Of a Pareto chart: how many bars make 80 %."""
    bars: bool = False
    """Bars with a line of cumulated shares."""
    funnel: bool = False
    """Points by size; limits are curves."""
    notes: tuple[str, ...] = ()
    """What a reader must know, a sentence each."""
    false_alarms: str = ""
    """How often these rules cry wolf, in a sentence."""
    beneath: ChartFacts | None = None
    """The moving ranges of an individuals chart."""

    @property
    def signalled(self) -> frozenset[int]:
        """Positions of all points that a rule flags."""
        return frozenset(at for signal in self.signals for at in signal.points)

    def told(self, at: int) -> tuple[str, ...]:
        """The sentences of the signals that flag a point."""
        return tuple(signal.sentence for signal in self.signals if at in signal.points)
