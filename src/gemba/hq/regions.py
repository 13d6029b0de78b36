"""How the regions are doing: assessments, scores, findings and actions, with how sure one may be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

import msgspec

from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.methods.proportions import Interval, wilson
from gemba.methods.tails import student_quantile
from gemba.store import regional
from gemba.store.reading import Reader
from gemba.store.regional import Scores, Work

FEWEST = 5
"""Scores from which an interval is worth showing."""


class RegionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One region, or one site of a region."""

    uid: Uid
    name: str
    concluded: int
    scored: int
    mean: float | None
    """Average score in percent; `None` without any."""
    interval: Interval | None
    """Student's 95 % interval of the mean, within 0 to 100; `None` with fewer than five scores."""
    findings: dict[str, int]
    """By grade."""
    open: int
    """Actions."""
    overdue: int
    late: Interval | None
    """Wilson's 95 % interval of the share of open actions that are overdue; `None` without any."""


def regions(reader: Reader, *, since: datetime | None = None, within: Uid | None = None) -> list[RegionLine]:
    """Every region with its figures, by name; the sites of one region when it is named.

    A place without a region above it stands for itself. Places where nothing happened are left out.

    Args:
        reader: of headquarters' store.
        since: figures from this moment on (open actions are always those of now); all time when `None`.
        within: uid of a place: its children are told apart then, and nothing outside is counted.
    """
    places = {place.uid: place for place in reader.find(Place)}
    scores, findings = regional.scores(reader, since), regional.findings(reader, since)
    work = regional.actions(reader)
    groups: dict[Uid, list[Uid]] = {}
    for uid in {*scores, *findings, *work}:
        head = _head(places, uid, within)
        if head is not None:
            groups.setdefault(head, []).append(uid)
    lines = [_line(places, head, inside, scores, findings, work) for head, inside in groups.items()]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.uid))


def below(reader: Reader, region: Uid) -> set[Uid]:
    """A place and all below it."""
    places = {place.uid: place for place in reader.find(Place)}
    return {uid for uid in places if any(one.uid == region for one in _way_up(places, uid))}


def _way_up(places: Mapping[Uid, Place], uid: Uid) -> list[Place]:
    """A place and those above it, the highest last; a tree that runs in a circle is walked once."""
    way: list[Place] = []
    place = places.get(uid)
    while place is not None and place not in way:
        way.append(place)
        place = places.get(place.parent) if place.parent else None
    return way


def _head(places: Mapping[Uid, Place], uid: Uid, within: Uid | None) -> Uid | None:
    """The place under which another one's figures are counted."""
    way = _way_up(places, uid)
    if within is not None:
        names = [place.uid for place in way]
        if within not in names:
            return None
        at = names.index(within)
        return names[max(0, at - 1)]
    for place in way:
        if place.level is Level.REGION:
            return place.uid
    below_top = [place for place in way if place.level is not Level.ENTERPRISE]
    return (below_top or way)[-1].uid if way else uid


def _line(
    places: Mapping[Uid, Place],
    head: Uid,
    inside: list[Uid],
    scores: Mapping[Uid, Scores],
    findings: Mapping[Uid, Mapping[str, int]],
    work: Mapping[Uid, Work],
) -> RegionLine:
    score, done = Scores(), Work()
    grades: dict[str, int] = {}
    for uid in inside:
        score, done = score + scores.get(uid, Scores()), done + work.get(uid, Work())
        for grade, count in findings.get(uid, {}).items():
            grades[grade] = grades.get(grade, 0) + count
    return RegionLine(
        uid=head,
        name=places[head].name if head in places else "?",
        concluded=score.concluded,
        scored=score.scored,
        mean=score.total / score.scored if score.scored else None,
        interval=mean_interval(score),
        findings=grades,
        open=done.open,
        overdue=done.overdue,
        late=wilson(done.overdue, done.open) if done.open else None,
    )


def mean_interval(scores: Scores) -> Interval | None:
    """Student's interval of the mean of scores, cut to 0 to 100 percent; `None` when there are too few."""
    n = scores.scored
    if n < FEWEST:
        return None
    mean = scores.total / n
    variance = max(0.0, scores.squares - n * mean * mean) / (n - 1)
    half = student_quantile(0.975, n - 1) * math.sqrt(variance / n)
    return Interval(max(0.0, mean - half), min(100.0, mean + half))
