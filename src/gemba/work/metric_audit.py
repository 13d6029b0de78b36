"""The quarterly audit of measures: who answers, what rests on each, and does it still move with what customers feel?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import Measure, MeasureSort, Period
from gemba.domain.quarters import quarter_of
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registers.metrics import METRIC_AUDITS, recalibration
from gemba.methods.false_discovery import q_values
from gemba.store.reading import Reader
from gemba.wording import sentence
from gemba.work.correlate import FEWEST, MOST_LAG, AtLag, at_lags, in_common
from gemba.work.desk import Desk
from gemba.work.measure_series import Series, series_of
from gemba.work.measure_uses import Uses
from gemba.work.measures import measures
from gemba.work.records import known
from gemba.work.register_view import as_declared

YEARS = 3
"""So far back a correlation looks: what moved together long ago says nothing of today."""
ALARM = 0.05
"""Share of false alarms among the lags of one measure at which it is said to move."""


_SILENT = (("retire", "silent"), ("change", "silent_used"))
_NOT_TOLD = (("", "unknown"), ("keep", "used"))
_PROPOSALS = {
    "itself": (("keep", "outcome"), ("keep", "outcome")),
    "trade_off": (("change", "against"), ("change", "against")),
    "constant": (("retire", "constant"), ("change", "constant_used")),
    "together": (("change", "moves_unused"), ("keep", "moves_used")),
    "unclear": (("retire", "still"), ("change", "still_used")),
}
"""By how a measure moves: what is proposed, and why, when nothing rests on it and when something does."""

STRONG = 0.7
"""From here on a correlation is called strong."""


class Moves(msgspec.Struct, frozen=True):
    """Whether a measure moves with the outcome."""

    verdict: str
    """`together`, `trade_off` (one gets better as the other gets worse), `unclear` (no strong correlation at any lag),
    `wide` (the intervals hold zero and a strong correlation alike), `constant` (one of them never changes), `few`
    (too few periods in common), `periods` (theirs differ), `itself`, or empty when no outcome was asked for."""
    lags: tuple[AtLag, ...] = ()
    strongest: int | None = None
    """Place in `lags` of the lag with the smallest chance; none where nothing can be said."""
    n: int = 0
    """Periods in common."""
    by: str = ""
    """Period that both are counted by, where it is not the measure's own."""

    @property
    def best(self) -> AtLag | None:
        """The strongest lag."""
        return None if self.strongest is None else self.lags[self.strongest]


class MeasureAudited(msgspec.Struct, frozen=True, kw_only=True):
    """One measure, as its audit finds it."""

    measure: Uid
    code: str
    title: str
    is_customer: bool
    owner: str
    """Empty when nobody is known to answer for it."""
    values: int
    """Periods with a value in the last year."""
    last: date | None
    uses: tuple[str, ...]
    """What rests on it, in words."""
    moves: Moves
    proposal: str
    """`keep`, `change`, `retire`; empty while nothing can be proposed."""
    reason: str
    """Code of the reason."""
    calibrated: date
    """When it was last calibrated anew, else made."""
    due_from: date
    due_until: date
    recalibrate: str
    """`no`, `due` from 18 months on, `overdue` after 24."""
    entry: Uid = ""
    """This quarter's entry; empty while there is none."""
    trouble: str = ""
    """Why its values cannot be read."""


class MetricAudit(msgspec.Struct, frozen=True):
    """The audit of all measures that are not retired."""

    quarter: str
    outcome: Uid
    outcome_title: str
    lags: int
    measures: tuple[MeasureAudited, ...]


def metric_audit(desk: Desk, outcome: Uid | None = None, lags: int = 3) -> MetricAudit:
    """Audit every measure.

    Args:
        desk: who asks, where.
        outcome: the measure of what customers feel; when left out that of the newest audit, else the only measure of
            customers whose values are entered.
        lags: the outcome may follow up to so many periods later.

    Raises:
        Refusal: `work.correlate_lag`, or the outcome is unknown.
    """
    if not 0 <= lags <= MOST_LAG:
        raise Refusal("work.correlate_lag", given=lags, most=MOST_LAG)
    with desk.reader() as reader:
        entries = sorted(as_declared(reader, METRIC_AUDITS), key=lambda one: one.made_at)
        wanted = outcome or _last_outcome(reader, entries)
        target = known(reader, Measure, wanted) if wanted else None
        audit = _Audit(reader, entries, target, lags)
        found = tuple(audit.one(measure) for measure in measures(reader))
        quarter = quarter_of(audit.today)
    return MetricAudit(quarter, target.uid if target else "", target.title if target else "", lags, found)


def moves_of(one: Series, target: Series, lags: int, *, alike: bool) -> Moves:
    """Whether a series moves with another, judged over all lags at once (Benjamini and Hochberg).

    Args:
        one: the measure.
        target: the outcome.
        lags: the outcome may follow up to so many periods later.
        alike: better is the same direction for both.
    """
    pairs = in_common(one, target)
    if len(pairs) < FEWEST:
        return Moves("few", n=len(pairs))
    found = at_lags(pairs, lags)
    told = [(at, lag.p) for at, lag in enumerate(found) if lag.p is not None]
    if not told:
        return Moves("constant", found, n=len(pairs))
    strongest = min(told, key=lambda item: (item[1], item[0]))[0]
    q = min(q_values([p for _, p in told]))
    r = found[strongest].r or 0.0
    verdict = _unseen(found) if q > ALARM else "together" if (r > 0) == alike else "trade_off"
    return Moves(verdict, found, strongest, len(pairs))


def _unseen(lags: Sequence[AtLag]) -> str:
    """Whether a strong correlation is ruled out at every lag; what is merely not shown is no proof of its absence."""
    bounds = [bound for lag in lags for bound in (lag.low, lag.high) if bound is not None]
    return "wide" if any(abs(bound) >= STRONG for bound in bounds) else "unclear"


def proposal(*, used: bool, values: int, moves: str) -> tuple[str, str]:
    """What is proposed for a measure, and the code of the reason.

    Args:
        used: something rests on it.
        values: periods with a value in the last year.
        moves: verdict on how it moves with the outcome.
    """
    if values == 0:
        return _SILENT[used]
    return _PROPOSALS.get(moves, _NOT_TOLD)[used]


class _Audit:
    """Everything that all measures are judged with."""

    def __init__(self, reader: Reader, entries: Sequence[RegisterEntry], target: Measure | None, lags: int) -> None:
        self._reader, self._entries, self._target, self._lags = reader, entries, target, lags
        self.today = reader.clock().date()
        self._since = self.today - timedelta(days=365 * YEARS)
        self._uses = Uses(reader)
        self._outcome = series_of(reader, target, self._since) if target else None

    def one(self, measure: Measure) -> MeasureAudited:
        """One measure."""
        own = [entry for entry in self._entries if entry.fields.get("measure") == f"measure:{measure.uid}"]
        trouble = ""
        try:
            series: Series | None = series_of(self._reader, measure, self._since)
        except Refusal as error:  # a broken measure is found wanting, it does not break the audit of the others
            series, trouble = None, sentence(error)
        lately = [day for day in series.begins if day > self.today - timedelta(days=365)] if series else []
        uses = self._uses.of(measure.uid)
        moves = self._moves(measure, series)
        proposed, reason = proposal(used=bool(uses.words), values=len(lately), moves=moves.verdict)
        calibrated = calibrated_on(measure, own)
        begins, ends = recalibration(calibrated)
        quarter = quarter_of(self.today)
        return MeasureAudited(
            measure=measure.uid,
            code=measure.code,
            title=measure.title,
            is_customer=measure.is_customer,
            owner=next((said for entry in reversed(own) if (said := entry.fields.get("answers", ""))), uses.owner),
            values=len(lately),
            last=series.begins[-1] if series and series.begins else None,
            uses=uses.words,
            moves=moves,
            proposal=proposed,
            reason=reason,
            calibrated=calibrated,
            due_from=begins,
            due_until=ends,
            recalibrate="overdue" if self.today > ends else "due" if self.today >= begins else "no",
            entry=next((entry.uid for entry in reversed(own) if entry.fields.get("quarter") == quarter), ""),
            trouble=trouble,
        )

    def _moves(self, measure: Measure, series: Series | None) -> Moves:
        if self._target is None or self._outcome is None or series is None:
            return Moves("")
        if measure.uid == self._target.uid:
            return Moves("itself", n=len(series.begins))
        pair = self._same_periods(measure, series, self._target, self._outcome)
        if pair is None:
            return Moves("periods")
        period, one, outcome = pair
        found = moves_of(one, outcome, self._lags, alike=measure.direction == self._target.direction)
        return found if period is measure.period else msgspec.structs.replace(found, by=period.value)

    def _same_periods(
        self, measure: Measure, series: Series, target: Measure, outcome: Series
    ) -> tuple[Period, Series, Series] | None:
        """Both by one period: what is counted from complaints can be counted by that of the other, exactly."""
        if measure.period is target.period:
            return measure.period, series, outcome
        if _can_be_recounted(measure):
            return target.period, self._recounted(measure, target.period), outcome
        if _can_be_recounted(target):
            return measure.period, series, self._recounted(target, measure.period)
        return None

    def _recounted(self, measure: Measure, period: Period) -> Series:
        return series_of(self._reader, msgspec.structs.replace(measure, period=period), self._since)


def _can_be_recounted(measure: Measure) -> bool:
    return measure.sort is MeasureSort.COMPLAINTS and measure.exposure is None


def calibrated_on(measure: Measure, entries: Sequence[RegisterEntry]) -> date:
    """When a measure was last calibrated anew by the entries of its audits, else when it was made."""
    said = [entry.fields["recalibrated_on"] for entry in entries if entry.fields.get("recalibrated_on")]
    return max([date.fromisoformat(each) for each in said], default=measure.made_at.date())


def _last_outcome(reader: Reader, entries: Sequence[RegisterEntry]) -> Uid:
    """The outcome that the newest audit named, else the only one there can be; empty for none."""
    for entry in reversed(entries):
        uid = entry.fields.get("outcome", "").partition(":")[2]
        if uid and reader.get(Measure, uid) is not None:
            return uid
    asked = [each for each in measures(reader) if each.is_customer and each.sort is MeasureSort.VALUES]
    return asked[0].uid if len(asked) == 1 else ""
