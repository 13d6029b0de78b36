"""What the walk panel shows, read with the other records of an assessment."""

from __future__ import annotations

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.record import Uid
from gemba.domain.rotations import Commitment
from gemba.domain.vocabularies import Facet
from gemba.domain.walks import Observation, RouteStop
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.work.observation_facts import about_words, in_order
from gemba.work.observations import observations
from gemba.work.route_walks import RouteOf, walked_route

KINDS = frozenset({"walk", "rotation"})
"""Kinds on which notes are offered without a route."""


class WalkRecords(msgspec.Struct, frozen=True):
    """Route, stops, and what was noted."""

    route: RouteOf | None = None
    observations: tuple[Observation, ...] = ()
    about: dict[Uid, str] = {}
    """Step, cause and finding in words, by observation."""
    steps: tuple[tuple[str, str], ...] = ()
    causes: tuple[tuple[str, str], ...] = ()
    """Codes and titles of the governed vocabularies."""
    promises: tuple[Commitment, ...] = ()
    """Made on this walk."""
    offered: bool = False
    """Whether there is anything to note on, or noted."""

    @property
    def stops(self) -> tuple[RouteStop, ...]:
        """Of the route, in their order."""
        return self.route.stops if self.route is not None else ()

    def at(self, stop: Uid | None) -> list[Observation]:
        """What was noted at a stop, what is worth keeping first."""
        return in_order([one for one in self.observations if one.stop == stop])


def read_walk(reader: Reader, walk: Assessment) -> WalkRecords:
    """Route, stops, and what was noted; on a job's thread."""
    noted = observations(reader, walk.uid)
    route = walked_route(reader, walk, [one.stop for one in noted])
    offered = route is not None or bool(noted) or walk.kind in KINDS
    return WalkRecords(
        route=route,
        observations=tuple(noted),
        about={one.uid: about_words(reader, one) for one in noted},
        steps=_titles(reader, Facet.STEP) if offered else (),
        causes=_titles(reader, Facet.CAUSE) if offered else (),
        promises=tuple(reader.find(Commitment, assessment=walk.uid)) if offered else (),
        offered=offered,
    )


def _titles(reader: Reader, facet: Facet) -> tuple[tuple[str, str], ...]:
    words = vocabularies.current(reader, facet)
    terms = words.terms if words is not None else {}
    return tuple(sorted(terms.items(), key=lambda one: one[1].casefold()))
