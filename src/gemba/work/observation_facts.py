"""What was noted on a walk, by stop, as its report prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gemba.domain.assessments import Assessment
from gemba.domain.findings import Finding
from gemba.domain.process_maps import GoAndSee
from gemba.domain.vocabularies import Facet
from gemba.domain.walks import Observation, ObservationSort
from gemba.reports.facts import ObservationFacts, StopFacts
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.work.observations import observations, sort_words
from gemba.work.route_walks import route_of, walked_route


def route_title(reader: Reader, walk: Assessment) -> str:
    """Title of the route that a walk follows; empty for any other."""
    route = route_of(reader, walk)
    return route.title if route is not None else ""


def stop_facts(reader: Reader, walk: Assessment) -> Iterator[StopFacts]:
    """The stops of a walk with what was noted there; what was noted on none of them comes last."""
    noted = observations(reader, walk.uid)
    route = walked_route(reader, walk, [one.stop for one in noted])
    for number, stop in enumerate(route.stops if route is not None else (), 1):
        mine = _facts(reader, [one for one in noted if one.stop == stop.uid])
        yield StopFacts(
            title=stop.title, number=number, look_for=stop.look_for, minutes=stop.minutes, observations=mine
        )
    rest = [one for one in noted if one.stop is None]
    if rest:
        yield StopFacts(title="", observations=_facts(reader, rest))


def in_order(noted: Sequence[Observation]) -> list[Observation]:
    """What is worth keeping first; then what was seen, told by staff, said by customers, as it was noted."""
    sorts = list(ObservationSort)
    return sorted(noted, key=lambda one: (not one.is_positive, sorts.index(one.sort), one.noted_at, one.uid))


def about_words(reader: Reader, one: Observation) -> str:
    """Step, cause, and the finding that was raised from it."""
    step = vocabularies.titles(reader, Facet.STEP).get(one.step, one.step)
    cause = vocabularies.titles(reader, Facet.CAUSE).get(one.cause, one.cause)
    finding = reader.get(Finding, one.finding) if one.finding is not None else None
    return " · ".join(part for part in (step, cause, finding.number if finding is not None else "") if part)


def _facts(reader: Reader, noted: Sequence[Observation]) -> tuple[ObservationFacts, ...]:
    return tuple(_fact(reader, one) for one in in_order(noted))


def _fact(reader: Reader, one: Observation) -> ObservationFacts:
    alert = reader.get(GoAndSee, one.alert) if one.alert is not None else None
    return ObservationFacts(
        sort=one.sort.value,
        sort_title=sort_words(one.sort),
        text=one.text,
        is_positive=one.is_positive,
        asked=alert.question if alert is not None else "",
        question=one.question,
        answer=one.answer,
        coaching=one.coaching,
        about=about_words(reader, one),
    )
