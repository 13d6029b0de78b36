"""What a reader of a chart must know, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from gemba.domain.measures import Measure
from gemba.methods.charts.model import ChartSort
from gemba.methods.charts.moving_range import Spread, short_term_sigma
from gemba.methods.charts.phases import PROVISIONAL, SETTLED
from gemba.methods.rules.zones import Rule
from gemba.reports.chart_numbers import figure
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.chart_words import kind_title
from gemba.work.charting import Drawn
from gemba.work.frozen_limits import frozen, outdated
from gemba.work.measure_series import Numbers

_FEW = 5
_WILD = 2
_SMALL = 10


def notes(reader: Reader, measure: Measure, drawn: Drawn, left_out: Sequence[Rule], spread: str) -> Iterator[str]:
    """All that applies."""
    yield from _limits(drawn)
    yield from _means_the_same(reader, measure)
    yield from _spread(drawn, spread)
    yield from _small(drawn)
    if left_out:
        yield text(
            "{rules} are left out: zone rules suppose points that spread evenly both ways, as measured values do; on "
            "counts and shares they cry wolf.",
            rules=", ".join(left_out),
        )
    if drawn.series.running is not None:
        yield text("The last period is not over; it is shown open and not judged.")
    if drawn.series.silent_since is not None:
        day = drawn.series.silent_since.isoformat()
        yield text("Nothing was recorded after {day}; it ends there.", day=day)
    if drawn.series.missing:
        yield plural(
            "{n} period has no value and is left out.", "{n} periods have no value and are left out.",
            drawn.series.missing,
        )  # fmt: skip
    yield text("Periods are those of {zone}.", zone=drawn.series.zone)


def _limits(drawn: Drawn) -> Iterator[str]:
    newest = drawn.chart.baselines[-1]
    if drawn.unused:
        kinds = ", ".join(sorted({kind_title(each.chart) for each in drawn.unused}))
        yield text("The frozen baseline is that of another chart ({kinds}); it is not used here.", kinds=kinds)
    if drawn.held:
        if newest.provisional:
            yield text("The baseline is provisional: it rests on {n:point|points}, fewer than {settled}.",
                       n=newest.points, settled=SETTLED)  # fmt: skip
    elif newest.points < PROVISIONAL:
        yield plural(
            "Trial limits from {n} point only; they will still move a good deal.",
            "Trial limits from {n} points only; they will still move a good deal.",
            newest.points,
        )
    elif drawn.sort is not ChartSort.RUN:
        yield text("Trial limits, worked out from these very points; freeze a baseline to judge later ones.")


def _means_the_same(reader: Reader, measure: Measure) -> Iterator[str]:
    found = outdated(reader, measure, frozen(reader, measure.uid))
    if found is not None:
        yield text(
            "The codes of {facet} have changed since the baseline was frozen (version {version}); freeze a new one "
            "with that as the reason.",
            facet=found[0].value,
            version=found[1],
        )


def _spread(drawn: Drawn, spread: str) -> Iterator[str]:
    laney = drawn.sort in {ChartSort.LANEY_P, ChartSort.LANEY_U}
    if laney and drawn.sigma_z is not None and not drawn.held and drawn.sigma_z < 1:
        yield text("Sigma-z is {z}, below 1; it is taken as 1, so that limits are never narrower than chance makes.",
                   z=figure(drawn.sigma_z))  # fmt: skip
    if spread == "mean" and not drawn.held and _swollen(drawn):
        yield text(
            "A few wild points swell these limits; the median moving range gives narrower ones that they cannot move."
        )
    if spread == "screened":
        yield text("Moving ranges above 3.267 times their mean were dropped once when the limits were worked out.")
    if spread == "median":
        yield text("Limits rest on the median moving range: one wild point cannot swell them.")
    plain = drawn.sort in {ChartSort.P, ChartSort.NP, ChartSort.C, ChartSort.U}
    if plain and drawn.sigma_z is not None and drawn.sigma_z > 1.2:
        yield text("Neighbours differ more than chance counts do (sigma-z {z}); this chart cries wolf, a Laney chart "
                   "does not.", z=figure(drawn.sigma_z))  # fmt: skip


def _swollen(drawn: Drawn) -> bool:
    """Whether the mean moving range says more than twice the spread that the median says."""
    if (
        drawn.sort not in {ChartSort.INDIVIDUALS, ChartSort.LANEY_P, ChartSort.LANEY_U}
        or len(drawn.values) < PROVISIONAL
    ):
        return False
    usual = short_term_sigma(drawn.chart.z, Spread.MEDIAN)
    return usual > 0 and short_term_sigma(drawn.chart.z) > _WILD * usual


def _small(drawn: Drawn) -> Iterator[str]:
    series = drawn.series
    if series.numbers is Numbers.MEASURED or drawn.sort in {ChartSort.G, ChartSort.T}:
        return
    mean = fmean(series.counts)
    if mean < _FEW:
        yield text("Small numbers: {mean} a period on average; one more or less moves a point a good deal.",
                   mean=figure(mean))  # fmt: skip
    if series.sizes is not None and series.numbers is Numbers.SHARES and min(series.sizes) < _SMALL:
        yield text("Some periods rest on fewer than ten items; their shares say little.")
