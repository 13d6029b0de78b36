"""Charts across categories and sites, not over time: Pareto and funnel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from gemba.domain.measures import Measure, MeasureSort
from gemba.domain.places import Place
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.methods.charts.funnel import funnel_of_shares
from gemba.methods.charts.pareto import Pareto, pareto
from gemba.reports.chart_facts import ChartFacts, PhaseFacts, PointFacts, SignalFacts
from gemba.reports.chart_numbers import figure
from gemba.store import series as counting
from gemba.store import vocabularies
from gemba.store.complaint_conditions import FACETS
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.chart_words import kind_title
from gemba.work.measure_series import zone_of
from gemba.work.measures import whole

_MOST_BARS = 24
_SMALL = 10
_EARLIEST = date(1970, 1, 1)


def pareto_of(
    reader: Reader, measure: Measure, by: str, begins: date | None, ends: date | None, subject: str
) -> ChartFacts:
    """Which few categories make most of the complaints.

    Raises:
        Refusal: the measure is not counted from complaints.
    """
    _demand_counted(measure, "pareto")
    zone = zone_of(reader, measure)
    amounts = counting.totals(
        reader, measure.filters, by, place=measure.place, during=_during(reader, begins, ends, zone)
    )
    names = _names(reader, by)
    uncoded = amounts.pop("", 0)
    kept = dict(list(amounts.items())[:_MOST_BARS])
    rest = sum(amounts.values()) - sum(kept.values()) + uncoded
    other = text("All others and not coded") if uncoded else text("All others")
    if rest:
        kept["\0"] = rest
    made = pareto(kept, other="\0")
    return ChartFacts(
        title=measure.title,
        subject=subject,
        kind="pareto",
        kind_title=kind_title("pareto"),
        proposed="pareto",
        reason=_vital_few(made) if made.bars else text("There is nothing to chart yet."),
        zone=zone,
        axis=text("Complaints"),
        across=by,
        bars=True,
        vital=made.vital,
        points=tuple(
            PointFacts(
                label=other if bar.name == "\0" else names.get(bar.name, bar.name),
                key=all_but(kept, uncoded=uncoded > 0) if bar.name == "\0" else bar.name,
                value=bar.amount,
                centre=bar.cumulated,
            )
            for bar in made.bars
        ),
        notes=(text("Counted in the calendar of {zone}; codes of earlier versions count as today's.", zone=zone),),
    )


def all_but(kept: Iterable[str], *, uncoded: bool) -> str:
    """The filter that says "all others": none of these values, and (unless they count among them) not without any."""
    return ",".join([*(f"!{name}" for name in kept if name != "\0"), *([] if uncoded else ["!"])])


def _vital_few(made: Pareto) -> str:
    """How many categories make most; where the bar of all others is needed for it, they are more than are shown."""
    if made.bars[-1].name == "\0" and made.vital == len(made.bars):
        return text("More than {n:category makes|categories make} 80 % of the complaints.", n=len(made.bars) - 1)
    return plural(
        "{n} category makes 80 % of the complaints.", "{n} categories make 80 % of the complaints.", made.vital
    )


def funnel_of(reader: Reader, measure: Measure, begins: date | None, ends: date | None, subject: str) -> ChartFacts:
    """Every site's share, judged by the spread that its own number of complaints has.

    Raises:
        Refusal: the measure is not counted from complaints, has no condition, or fewer than two sites are there.
    """
    _demand_counted(measure, "funnel")
    of = whole(measure) or {}
    if not measure.filters:
        raise Refusal("work.funnel_without_filter")
    zone = zone_of(reader, measure)
    during = _during(reader, begins, ends, zone)
    sizes = counting.totals(reader, of, "place", place=measure.place, during=during)
    hits = counting.totals(reader, {**of, **measure.filters}, "place", place=measure.place, during=during)
    names = {each.uid: each.name for each in reader.find(Place)}
    sites = sorted((uid for uid in sizes if uid), key=lambda uid: (sizes[uid], names.get(uid, uid)))
    if len(sites) < 2:
        raise Refusal("work.funnel_sites", sites=len(sites))
    chart = funnel_of_shares([float(hits.get(uid, 0)) for uid in sites], [float(sizes[uid]) for uid in sites])
    widened = chart.baselines[0].spread
    points = tuple(
        PointFacts(
            label=names.get(uid, uid),
            key=uid,
            value=chart.values[at] or 0.0,
            size=float(sizes[uid]),
            count=float(hits.get(uid, 0)),
            centre=chart.centre[at],
            lower=chart.lower[at],
            upper=chart.upper[at],
            z=chart.z[at],
            small=sizes[uid] < _SMALL,
        )
        for at, uid in enumerate(sites)
    )
    notes = [text("Shares of {n:site|sites}; complaints without a place are left out.", n=len(sites))]
    if widened > 1:
        notes.append(
            text("Sites differ more than chance makes; limits are widened {times} times, so that not all large sites "
                 "stand out.", times=figure(widened))
        )  # fmt: skip
    if any(point.small for point in points):
        notes.append(text("Sites with fewer than ten complaints say little; they are drawn as rings."))
    return ChartFacts(
        title=measure.title,
        subject=subject,
        kind="funnel",
        kind_title=kind_title("funnel"),
        proposed="funnel",
        reason=text("Sites of different size are compared fairly only within limits that narrow with their size."),
        sigma_z=widened,
        zone=zone,
        axis=text("Share"),
        across=text("Complaints of the site"),
        percent=True,
        funnel=True,
        points=points,
        phases=(
            PhaseFacts(
                start=0,
                title=text("All sites together"),
                frozen=False,
                provisional=chart.provisional,
                points=len(sites),
                convention=chart.baselines[0].convention,
            ),
        ),
        rules=("N1",),
        rules_text=text("A site beyond a limit differs from the others by more than chance makes."),
        signals=tuple(_site(measure, points, at) for at in chart.beyond()),
        notes=tuple(notes),
    )


def _site(measure: Measure, points: tuple[PointFacts, ...], at: int) -> SignalFacts:
    point = points[at]
    high = point.upper is not None and point.value > point.upper
    return SignalFacts(
        rule="N1",
        first=at,
        last=at,
        points=(at,),
        sentence=text(
            "{site}: {value} of {n} is beyond the limit {limit}.",
            site=point.label,
            value=figure(point.value, percent=True),
            n=figure(point.size),
            limit=figure(point.upper if high else point.lower, percent=True),
        ),
        worse=high == (measure.direction == "down"),
    )


def _names(reader: Reader, by: str) -> dict[str, str]:
    if by == "place":
        return {each.uid: each.name for each in reader.find(Place)}
    return vocabularies.titles(reader, Facet(by)) if by in FACETS else {}


def _during(reader: Reader, begins: date | None, ends: date | None, zone: str) -> tuple[datetime, datetime]:
    calendar = ZoneInfo(zone)
    first = datetime.combine(begins or _EARLIEST, datetime.min.time(), calendar)
    last = ends or reader.clock().astimezone(calendar).date()
    return first.astimezone(UTC), datetime.combine(last + timedelta(days=1), datetime.min.time(), calendar)


def _demand_counted(measure: Measure, kind: str) -> None:
    if measure.sort is not MeasureSort.COMPLAINTS:
        raise Refusal("work.chart_does_not_fit", kind=kind, needs="complaints")
