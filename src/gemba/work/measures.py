"""Keep measures: what is charted over time."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gemba.domain.change import Change
from gemba.domain.measures import Measure, MeasureSort, Period
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.rules.zones import Rule
from gemba.store.complaint_conditions import conditions
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known

KINDS = (
    *("auto", "run", "i", "p", "np", "c", "u", "laney-p", "laney-u", "g", "t", "ewma", "cusum"),
    *("pareto", "funnel"),
)
"""Charts that can be asked for."""
OVER_TIME = tuple(kind for kind in KINDS if kind not in {"pareto", "funnel"})


class NewMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a measure."""

    code: str
    title: str = ""
    sort: MeasureSort = MeasureSort.COMPLAINTS
    place: Uid | None = None
    filters: Mapping[str, str] = {}
    of: Mapping[str, str] | None = None
    """`None` for a plain count; empty for a share of all complaints."""
    exposure: Uid | None = None
    period: Period = Period.WEEK
    unit: str = ""
    direction: str = "down"
    is_customer: bool = True
    chart: str = "auto"
    rules: tuple[str, ...] = ()
    triggers_review: bool = False


def add(desk: Desk, new: NewMeasure) -> Change:
    """Add a measure.

    Raises:
        Refusal: the code is empty or taken; place, filter, exposure, chart or rule is unknown; a share and a rate
            at once.
    """
    code = new.code.strip()
    if not code or "=" in code or "," in code:
        raise Refusal("work.measure_code", measure=code)
    if new.of is not None and new.exposure is not None:
        raise Refusal("work.share_and_rate")
    check_chart(new.chart)
    check_rules(new.rules)
    with desk.unit() as unit:
        demand_code_free(unit, code)
        if new.place is not None:
            known(unit, Place, new.place)
        if new.exposure is not None:
            known(unit, Measure, new.exposure)
        for filters in (new.filters, new.of or {}):
            conditions(unit, filters)
        measure = Measure(
            uid=desk.ids(),
            code=code,
            title=new.title.strip() or code,
            sort=new.sort,
            place=new.place,
            filters=dict(new.filters),
            of=share_of(new.of),
            exposure=new.exposure,
            period=new.period,
            unit=new.unit.strip(),
            direction=new.direction,
            is_customer=new.is_customer,
            chart=new.chart,
            rules=new.rules,
            triggers_review=new.triggers_review,
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(measure)
        return unit.change_made(measure.uid)


def demand_code_free(reader: Reader, code: str, *, but: Uid = "") -> None:
    """Demand that no other measure in use has a code.

    Raises:
        Refusal: `work.measure_taken`.
    """
    others = (one for one in reader.find(Measure) if not one.retired and one.uid != but)
    if any(one.code.casefold() == code.casefold() for one in others):
        raise Refusal("work.measure_taken", measure=code)


ALL_OF = {"all": "yes"}
"""Kept for a share of all complaints: an empty `of` says a plain count."""


def share_of(of: Mapping[str, str] | None) -> dict[str, str]:
    """What is kept of a share: nothing for a plain count."""
    if of is None:
        return {}
    return dict(of) or dict(ALL_OF)


def whole(measure: Measure) -> dict[str, str] | None:
    """The conditions on the complaints that a measure is a share of; `None` for a plain count."""
    if not measure.of:
        return None
    return {} if measure.of == ALL_OF else dict(measure.of)


def retire(desk: Desk, measure: Uid) -> Change:
    """Stop charting a measure; what is known of it stays."""
    with desk.unit() as unit:
        known(unit, Measure, measure)
        unit.change(Measure, measure, retired=True)
        return unit.change_made(measure)


def measures(reader: Reader, *, retired: bool = False) -> list[Measure]:
    """The measures, by code."""
    return sorted(
        (each for each in reader.find(Measure) if retired or not each.retired), key=lambda each: each.code.casefold()
    )


def measure_named(reader: Reader, name: str) -> Measure:
    """The measure that a code or uid means; of equal codes the one that is not retired.

    Raises:
        Refusal: there is none.
    """
    found = [each for each in reader.find(Measure) if name.casefold() in {each.code.casefold(), each.uid}]
    if not found:
        known_codes = ", ".join(each.code for each in measures(reader)) or "–"
        raise Refusal("work.unknown_measure", name=name, known=known_codes)
    return min(found, key=lambda each: (each.retired, each.uid))


def measure_of_filters(
    expression: str, desk: Desk, *, period: Period = Period.WEEK, place: Uid | None = None, of: bool = False
) -> Measure:
    """A measure that is looked at once and not kept: complaints that a filter expression means.

    Args:
        expression: `cause=late-delivery,product=loan`, several values of a field with `|`; empty or `all` for all.
        desk: whose it is.
        period: of a point.
        place: only there and below.
        of: chart the share of all complaints, not the count.

    Raises:
        Refusal: the expression is not understood.
    """
    filters = read_filters("" if expression == "all" else expression)
    title = ", ".join(f"{field} {value}" for field, value in filters.items())
    return Measure(
        uid=desk.ids(),
        code=expression,
        title=title,
        place=place,
        filters=filters,
        of=share_of({}) if of else {},
        period=period,
        made_at=desk.clock(),
        person=desk.person.uid,
    )


def read_filters(expression: str) -> dict[str, str]:
    """Conditions from `field=value,field=value|value`.

    Raises:
        Refusal: a part has no `=`.
    """
    found: dict[str, str] = {}
    for part in expression.split(",") if expression.strip() else []:
        field, equals, value = part.partition("=")
        if not equals or not field.strip():
            raise Refusal("work.filter_expression", part=part.strip())
        found[field.strip()] = value.strip().replace("|", ",")
    return found


def check_chart(kind: str) -> None:
    """Refuse a chart that is not known."""
    if kind not in KINDS:
        raise Refusal("work.unknown_chart", kind=kind, known=", ".join(KINDS))


def check_rules(rules: tuple[str, ...]) -> None:
    """Refuse rules that are not known."""
    unknown = [rule for rule in rules if rule not in set(Rule)]
    if unknown:
        raise Refusal("work.unknown_rule", rule=", ".join(unknown), known=", ".join(Rule))
