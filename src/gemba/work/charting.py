"""From a measure's numbers to a chart with limits: the kind that fits, frozen baselines, or trial limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from gemba.domain.measures import FrozenBaseline, Measure, MeasureSort
from gemba.errors import Refusal
from gemba.methods.charts.attributes import c_chart, np_chart, p_chart, u_chart
from gemba.methods.charts.choosing import Choice, choose_for_counts, choose_for_measures, choose_for_shares
from gemba.methods.charts.individuals import individuals
from gemba.methods.charts.laney import laney_p, laney_u, sigma_z
from gemba.methods.charts.model import Baseline, Chart, ChartSort
from gemba.methods.charts.moving_range import Spread
from gemba.methods.charts.phases import joined, judged
from gemba.methods.charts.rare import g_chart, t_chart
from gemba.methods.charts.run import run_chart
from gemba.methods.charts.weighted import Cusum, cusum, ewma
from gemba.store.reading import Reader
from gemba.work.frozen_limits import as_limits, frozen
from gemba.work.measure_series import Numbers, Series, hours_between, series_of

FEWEST = 3
"""Points below which only a run chart is drawn."""

_BETWEEN = {ChartSort.G, ChartSort.T}
_SHARES = {ChartSort.P, ChartSort.NP, ChartSort.LANEY_P}
_RATES = {ChartSort.U, ChartSort.LANEY_U}


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A chart, and what it was drawn from."""

    sort: ChartSort
    choice: Choice | None
    """What fits best; `None` for too few points to say."""
    series: Series
    values: tuple[float, ...]
    """As the chart draws them, before they are weighted or summed."""
    sizes: tuple[float, ...] | None
    chart: Chart
    sums: Cusum | None = None
    per: float = 1.0
    """Rates are drawn per so many units of exposure."""
    held: tuple[FrozenBaseline, ...] = ()
    """Frozen baselines, one for each phase; none for trial limits."""
    unused: tuple[FrozenBaseline, ...] = ()
    """Frozen baselines of another kind of chart."""
    sigma_z: float | None = None


def draw(
    reader: Reader,
    measure: Measure,
    kind: str = "auto",
    *,
    begins: date | None = None,
    ends: date | None = None,
    trial: bool = False,
    spread: Spread = Spread.MEAN,
) -> Drawn:
    """Draw the chart of a measure.

    Args:
        reader: of the store.
        measure: what is charted.
        kind: code of the chart; with `auto` that of the measure, of its newest baseline, or the one that fits.
        begins: first day.
        ends: last day.
        trial: leave frozen baselines out.
        spread: how trial limits of individuals work the usual moving range out.

    Raises:
        Refusal: the chart cannot be drawn from such numbers (`work.chart_does_not_fit`).
    """
    series = series_of(reader, measure, begins, ends)
    choice = _choice(measure, series)
    baselines = [] if trial else frozen(reader, measure.uid)
    sort = _wanted(measure, kind, choice, baselines, len(series.begins))
    if sort in _BETWEEN:
        series, sort = _between(reader, measure, sort, begins, ends)
    values, sizes, per = _numbers(sort, series)
    held = tuple(each for each in baselines if each.chart == _base(sort))
    unused = tuple(each for each in baselines if each.chart != _base(sort))
    if sort is ChartSort.INDIVIDUALS and not held and choice is not None and choice.log:
        chart, sums = individuals(values, spread, log=True), None
    else:
        chart, sums = _chart(sort, series, (values, sizes, per), held, spread)
    return Drawn(
        sort=sort,
        choice=choice,
        series=series,
        values=values,
        sizes=sizes,
        chart=chart,
        sums=sums,
        per=per,
        held=held,
        unused=unused,
        sigma_z=sigma_z_of(series),
    )


def _choice(measure: Measure, series: Series) -> Choice | None:
    if not series.counts or len(series.counts) < FEWEST:
        return None
    if series.numbers is Numbers.SHARES and series.sizes is not None:
        return choose_for_shares(series.counts, series.sizes)
    if series.numbers is Numbers.MEASURED:
        return choose_for_measures(series.counts, duration=measure.unit in {"h", "d", "min", "days", "hours"})
    return choose_for_counts(series.counts, series.sizes, times=measure.sort is MeasureSort.COMPLAINTS)


def _wanted(
    measure: Measure, kind: str, choice: Choice | None, baselines: Sequence[FrozenBaseline], points: int
) -> ChartSort:
    asked = measure.chart if kind == "auto" else kind
    if asked != "auto":
        return ChartSort(asked)
    if baselines:
        return ChartSort(baselines[-1].chart)
    if choice is None or points < FEWEST:
        return ChartSort.RUN
    rare = choice.sort in _BETWEEN and measure.sort is not MeasureSort.COMPLAINTS
    return ChartSort.C if rare else choice.sort


def _between(
    reader: Reader, measure: Measure, sort: ChartSort, begins: date | None, ends: date | None
) -> tuple[Series, ChartSort]:
    """Times between events; where two came at the same moment, whole days between them."""
    if measure.sort is not MeasureSort.COMPLAINTS:
        raise Refusal("work.chart_does_not_fit", kind=sort.value, needs="moments")
    days, hours = hours_between(reader, measure, begins, ends)
    if sort is ChartSort.G or any(each <= 0 for each in hours):
        return days, ChartSort.G
    return msgspec.structs.replace(days, counts=hours), sort


def _numbers(sort: ChartSort, series: Series) -> tuple[tuple[float, ...], tuple[float, ...] | None, float]:
    """Values as they are drawn, their sizes, and per how many units of exposure."""
    counts, sizes = series.counts, series.sizes
    if sort in _SHARES:
        if series.numbers is not Numbers.SHARES or sizes is None:
            raise Refusal("work.chart_does_not_fit", kind=sort.value, needs="shares")
        return (counts if sort is ChartSort.NP else series.values), sizes, 1.0
    if sort in _RATES:
        if series.numbers is Numbers.MEASURED:
            raise Refusal("work.chart_does_not_fit", kind=sort.value, needs="counts")
        sizes = sizes or (1.0,) * len(counts)
        per = _per(counts, sizes) if series.numbers is Numbers.RATES else 1.0
        return tuple(count / n * per for count, n in zip(counts, sizes, strict=True)), sizes, per
    if sort is ChartSort.C:
        if series.numbers is Numbers.MEASURED:
            raise Refusal("work.chart_does_not_fit", kind=sort.value, needs="counts")
        return counts, None, 1.0
    per = _per(counts, sizes) if series.numbers is Numbers.RATES and sizes else 1.0
    return tuple(value * per for value in series.values), None, per


def _per(counts: Sequence[float], sizes: Sequence[float]) -> float:
    """The power of ten of exposure that makes the usual rate a number from 1 to 10."""
    rate = math.fsum(counts) / math.fsum(sizes) if sizes and math.fsum(sizes) else 0.0
    return 10.0 ** max(0, -math.floor(math.log10(rate))) if rate > 0 else 1.0


def _base(sort: ChartSort) -> str:
    """EWMA and CUSUM rest on the baseline of individuals."""
    return (ChartSort.INDIVIDUALS if sort in {ChartSort.EWMA, ChartSort.CUSUM} else sort).value


def _chart(
    sort: ChartSort,
    series: Series,
    numbers: tuple[tuple[float, ...], tuple[float, ...] | None, float],
    held: Sequence[FrozenBaseline],
    spread: Spread,
) -> tuple[Chart, Cusum | None]:
    values, sizes, per = numbers
    if sort in {ChartSort.EWMA, ChartSort.CUSUM}:
        return _weighted(sort, values, as_limits(held[-1]) if held else None)
    if not held:
        return _TRIAL[sort](series, numbers, spread), None
    scaled = None if sizes is None else [n / per for n in sizes]
    starts = [0, *(_start(series, each.holds_from) for each in held[1:]), len(values)]
    parts = [
        judged(as_limits(each), values[a:b], None if scaled is None else scaled[a:b])
        for each, a, b in zip(held, starts, starts[1:], strict=False)
    ]
    kept = [part for part in parts if part.values] or parts[-1:]
    return joined(kept), None


def _start(series: Series, holds_from: date) -> int:
    return sum(day < holds_from for day in series.begins)


def _weighted(sort: ChartSort, values: Sequence[float], baseline: Baseline | None) -> tuple[Chart, Cusum | None]:
    if sort is ChartSort.EWMA:
        return ewma(values, baseline=baseline), None
    sums = cusum(values, baseline=baseline)
    length = len(values)
    chart = Chart(
        ChartSort.CUSUM, sums.high, (0.0,) * length, (-sums.decision,) * length, (sums.decision,) * length,
        sums.high, (sums.baseline,),
    )  # fmt: skip
    return chart, sums


def sigma_z_of(series: Series) -> float | None:
    """How much more neighbours differ than the counting law says; `None` where it has no meaning."""
    if series.numbers is Numbers.MEASURED or len(series.counts) < FEWEST or not any(series.counts):
        return None
    sizes = series.sizes or (1.0,) * len(series.counts)
    shares = series.numbers is Numbers.SHARES
    chart = p_chart(series.counts, sizes) if shares else u_chart(series.counts, sizes)
    return sigma_z(chart) if all(z is not None and math.isfinite(z) for z in chart.z) else None


_Numbers = tuple[tuple[float, ...], tuple[float, ...] | None, float]
_TRIAL: dict[ChartSort, Callable[[Series, _Numbers, Spread], Chart]] = {
    ChartSort.RUN: lambda _series, numbers, _spread: run_chart(numbers[0] or (None,)),
    ChartSort.INDIVIDUALS: lambda _series, numbers, spread: individuals(numbers[0], spread),
    ChartSort.P: lambda series, numbers, _spread: p_chart(series.counts, numbers[1] or ()),
    ChartSort.NP: lambda series, numbers, _spread: np_chart(series.counts, numbers[1] or ()),
    ChartSort.C: lambda series, _numbers, _spread: c_chart(series.counts),
    ChartSort.U: lambda series, numbers, _spread: u_chart(series.counts, numbers[1] or (), per=numbers[2]),
    ChartSort.LANEY_P: lambda series, numbers, spread: laney_p(series.counts, numbers[1] or (), spread),
    ChartSort.LANEY_U: lambda series, numbers, spread: laney_u(series.counts, numbers[1] or (), spread, per=numbers[2]),
    ChartSort.G: lambda series, _numbers, _spread: g_chart(series.counts),
    ChartSort.T: lambda series, _numbers, spread: t_chart(series.counts, spread),
}
