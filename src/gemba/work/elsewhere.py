"""The same at other sites: what recurs across sites, and what was done about it where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.follow_cells import CellCount, cells, site_of
from gemba.store.follow_returns import Closing, closings, codes_of, next_after
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.recurrence import DAYS
from gemba.work.which_complaints import ALL, Which


class AtSite(msgspec.Struct, frozen=True):
    """Complaints of the issue at one site."""

    site: Uid
    name: str
    count: int
    last: datetime


class Countermeasure(msgspec.Struct, frozen=True):
    """What was done about the issue at one of the sites."""

    action: Uid
    number: str
    text: str
    proof: str
    site: str
    done_at: datetime
    days_quiet: float
    """Days until the next complaint of the same there, or until today."""
    came_back: bool
    """True when one came within 90 days: hardly a measure to spread."""


class Issue(msgspec.Struct, frozen=True):
    """One step and cause that at least two sites complain of."""

    step: str
    cause: str
    step_title: str
    cause_title: str
    count: int
    weight: int
    """Sum of severity weights."""
    sites: tuple[AtSite, ...]
    countermeasures: tuple[Countermeasure, ...]
    untouched: tuple[str, ...]
    """Sites where nothing was done about it yet: candidates for what worked elsewhere."""


def elsewhere(
    desk: Desk,
    which: Which = ALL,
    *,
    sites: int = 2,
    each: int = 1,
    most: int = 50,
) -> tuple[Issue, ...]:
    """Issues of the same step and cause at several sites, the heaviest first.

    Args:
        desk: who asks, where.
        which: complaints.
        sites: at least so many.
        each: a site counts from so many complaints on.
        most: issues given out.
    """
    with desk.reader() as reader:
        seen = _Seen.now(reader)
        by_issue: dict[tuple[str, str], list[CellCount]] = {}
        for cell in cells(reader, which.filters, **which.range()):
            if cell.count >= each:
                by_issue.setdefault((cell.step, cell.cause), []).append(cell)
        spread = [(key, found) for key, found in by_issue.items() if len(found) >= sites]
        spread.sort(key=lambda item: (-sum(cell.weight for cell in item[1]), item[0]))
        return tuple(_issue(reader, seen, key, found) for key, found in spread[:most])


class _Seen(msgspec.Struct, frozen=True):
    """What all issues are told with."""

    names: dict[Uid, str]
    steps: dict[str, str]
    causes: dict[str, str]
    done: list[Closing]
    site: dict[Uid, Uid]

    @classmethod
    def now(cls, reader: Reader) -> _Seen:
        """As the store has it."""
        names = {place.uid: place.name for place in reader.find(Place)}
        steps, causes = (vocabularies.titles(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
        return cls(names, steps, causes, closings(reader), site_of(reader))


def _issue(reader: Reader, seen: _Seen, key: tuple[str, str], found: list[CellCount]) -> Issue:
    step, cause = key
    codes = codes_of(reader, step, cause)
    about = [one for one in seen.done if one.step in codes[Facet.STEP] and one.cause in codes[Facet.CAUSE]]
    where = sorted(
        (AtSite(cell.site, seen.names.get(cell.site, cell.site), cell.count, cell.last) for cell in found),
        key=lambda at: (-at.count, at.name),
    )
    touched = {seen.site.get(one.place, one.place) for one in about}
    return Issue(
        step,
        cause,
        seen.steps.get(step, step),
        seen.causes.get(cause, cause),
        sum(cell.count for cell in found),
        sum(cell.weight for cell in found),
        tuple(where),
        tuple(_measure(reader, seen, one, codes) for one in about),
        tuple(at.name for at in where if at.site not in touched),
    )


def _measure(reader: Reader, seen: _Seen, one: Closing, codes: Mapping[Facet, set[str]]) -> Countermeasure:
    found = next_after(reader, one, codes)
    quiet = ((found[1] if found else reader.clock()) - one.done_at) / timedelta(days=1)
    at = seen.site.get(one.place, one.place)
    return Countermeasure(
        one.action,
        one.number,
        one.text,
        one.proof,
        seen.names.get(at, at),
        one.done_at,
        round(quiet, 1),
        found is not None and quiet <= DAYS,
    )
