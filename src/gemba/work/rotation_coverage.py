"""Coverage and fairness of rotations: where nobody has been, who has not been anywhere, what nobody has seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from gemba.domain.people import Person, Role
from gemba.domain.places import Level, Place
from gemba.domain.process_maps import ProcessMap
from gemba.domain.quarters import quarter_of, quarter_written, quarters_until
from gemba.domain.record import Uid
from gemba.domain.rotation_fairness import days_there
from gemba.domain.rotations import Rotation, RotationState
from gemba.errors import Refusal
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.rotation_lists import last_been, of_quarters, words_used
from gemba.wording import text
from gemba.work.desk import Desk

LONGEST = 12
"""Quarters that are looked at together, at most."""


class Cell(msgspec.Struct, frozen=True):
    """A site in a quarter."""

    done: int = 0
    planned: int = 0
    """Planned or begun: what does not count yet."""


class SiteLine(msgspec.Struct, frozen=True):
    """A site through the quarters."""

    uid: Uid
    place: str
    cells: tuple[Cell, ...]
    last: date | None
    """When a leader was last there, however long ago; `None` for never."""

    @property
    def is_gap(self) -> bool:
        """Nobody has been there in these quarters."""
        return not any(cell.done for cell in self.cells)


class LeaderLine(msgspec.Struct, frozen=True):
    """What a leader's share is."""

    uid: Uid
    name: str
    done: int
    planned: int
    days: int
    share: float
    """Of all days at the front line in these quarters."""
    last: date | None


class SeenLine(msgspec.Struct, frozen=True):
    """A shift or a journey, and how often somebody saw it."""

    sort: str
    """`shift` or `journey`."""
    title: str
    times: int
    unseen_at: int
    """Sites at which nobody saw it in these quarters."""


class RotationCoverage(msgspec.Struct, frozen=True):
    """All of it."""

    quarters: tuple[str, ...]
    today: date
    sites: tuple[SiteLine, ...]
    leaders: tuple[LeaderLine, ...]
    seen: tuple[SeenLine, ...]

    @property
    def nowhere(self) -> tuple[LeaderLine, ...]:
        """Leaders who have not been anywhere in these quarters."""
        return tuple(one for one in self.leaders if not one.done)

    @property
    def nobody(self) -> tuple[SiteLine, ...]:
        """Sites where nobody has been in these quarters."""
        return tuple(one for one in self.sites if one.is_gap)


def rotation_coverage(
    desk: Desk, quarter: str | None = None, count: int = 4, *, within: Uid | None = None
) -> RotationCoverage:
    """Coverage and fairness of the last quarters.

    Args:
        desk: where the records are.
        quarter: the last one; this one when left out.
        count: how many.
        within: only sites at this place or below it.

    Raises:
        Refusal: the quarter is none, or too many are asked for.
    """
    if not 1 <= count <= LONGEST:
        raise Refusal("work.rotation_quarters", said=count, most=LONGEST)
    today = desk.clock().date()
    quarters = quarters_until(quarter_written(quarter) if quarter else quarter_of(today), count)
    with desk.reader() as reader:
        sites = _Sites(reader, within)
        ones = [(site, one) for one in of_quarters(reader, quarters) if (site := sites.of(one.place)) is not None]
        been = last_been(reader)
        return RotationCoverage(
            quarters=quarters,
            today=today,
            sites=tuple(_site_lines(sites, ones, quarters, been)),
            leaders=tuple(_leader_lines(reader, ones, been)),
            seen=tuple(_seen_lines(reader, ones, len(sites.shown))),
        )


class _Sites:
    """The sites, and to which of them a place belongs."""

    def __init__(self, reader: Reader, within: Uid | None) -> None:
        self._places = {one.uid: one for one in reader.find(Place)}
        near = set(self._places) if within is None else set(places_below(reader, (within,)))
        sites = [
            one
            for uid, one in self._places.items()
            if uid in near and one.level is Level.SITE and one.merged_into is None
        ]
        self.shown = {one.uid: one.name for one in sorted(sites, key=lambda one: (one.name.casefold(), one.uid))}

    def of(self, place: Uid) -> Uid | None:
        """The site at which a place lies; `None` outside of what is looked at."""
        at: Uid | None = place
        passed: set[Uid] = set()
        while at is not None and at not in passed and at not in self.shown:
            passed.add(at)
            at = self._places[at].parent if at in self._places else None
        return at if at in self.shown else None


def _site_lines(
    sites: _Sites,
    ones: list[tuple[Uid, Rotation]],
    quarters: tuple[str, ...],
    been: Mapping[tuple[Uid, Uid], date],
) -> Iterator[SiteLine]:
    counts = Counter((site, one.quarter, one.state is RotationState.DONE) for site, one in ones)
    last: dict[Uid, date] = {}
    for (_, place), day in been.items():
        site = sites.of(place)
        if site is not None:
            last[site] = max(day, last.get(site, day))
    for uid, name in sites.shown.items():
        cells = tuple(Cell(counts[uid, quarter, True], counts[uid, quarter, False]) for quarter in quarters)
        yield SiteLine(uid, name, cells, last.get(uid))


def _leader_lines(
    reader: Reader, ones: list[tuple[Uid, Rotation]], been: Mapping[tuple[Uid, Uid], date]
) -> Iterator[LeaderLine]:
    last: dict[Uid, date] = {}
    for (leader, _), day in been.items():
        last[leader] = max(day, last.get(leader, day))
    done = [one for _, one in ones if one.state is RotationState.DONE]
    days: Counter[Uid] = Counter()
    for one in done:
        days[one.leader] += days_there(one)
    times, all_times = Counter(one.leader for one in done), Counter(one.leader for _, one in ones)
    uids = {one.uid for one in reader.find(Person, role=Role.LEADER)} | set(all_times)
    for who in sorted(reader.many(Person, sorted(uids)), key=lambda one: (one.name.casefold(), one.uid)):
        share = days[who.uid] / days.total() if days.total() else 0.0
        planned = all_times[who.uid] - times[who.uid]
        yield LeaderLine(who.uid, who.name, times[who.uid], planned, days[who.uid], share, last.get(who.uid))


def _seen_lines(reader: Reader, ones: list[tuple[Uid, Rotation]], sites: int) -> Iterator[SeenLine]:
    maps = {one.title for one in reader.find(ProcessMap) if not one.retired and one.title}
    done = [(site, one) for site, one in ones if one.state is RotationState.DONE]
    for sort, more in (("shift", set[str]()), ("journey", maps)):
        for title in sorted({*words_used(reader, sort), *more}, key=lambda word: (word.casefold(), word)):
            at = [site for site, one in done if getattr(one, sort) == title]
            yield SeenLine(sort, title, len(at), sites - len(set(at)))


def cell_words(cell: Cell) -> str:
    """What stands in a cell."""
    planned = text("{n} planned", n=cell.planned) if cell.planned else ""
    return " + ".join(part for part in (str(cell.done) if cell.done else "", planned) if part) or "–"


def told(made: RotationCoverage) -> list[str]:
    """What has to be said first: who was nowhere, where nobody was, what nobody saw."""
    lines = []
    span = text("{first} to {last}", first=made.quarters[0], last=made.quarters[-1])
    if made.nowhere:
        lines.append(text("Not been anywhere, {span}: {names}", span=span, names=_few([x.name for x in made.nowhere])))
    if made.nobody:
        lines.append(text("Nobody has been at, {span}: {names}", span=span, names=_few([x.place for x in made.nobody])))
    for sort, words in (("shift", text("Shifts that nobody saw")), ("journey", text("Journeys that nobody saw"))):
        unseen = [one.title for one in made.seen if one.sort == sort and not one.times]
        if unseen:
            lines.append(f"{words}: {_few(unseen)}")
    return lines


def _few(names: list[str], most: int = 6) -> str:
    rest = len(names) - most
    shown = ", ".join(names[:most])
    return text("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown
