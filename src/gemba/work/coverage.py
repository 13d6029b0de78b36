"""Which goals were audited where, and which never: the matrix of regions and goals, with what is planned beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from gemba.domain.places import Level, Place
from gemba.domain.programmes import Audit, AuditState, Programme
from gemba.domain.quarters import days_of, quarters_until
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.alignment_counts import Which, records_behind, tallies
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.goals_in_force import Goals, goals_of

_ALL = 1_000_000
LONGEST = 40
"""Quarters that are looked back on at most."""


class Cell(msgspec.Struct, frozen=True):
    """One goal in one region."""

    judged: int = 0
    """Verdicts of concluded audits in the quarters that are looked at, those that cannot tell among them."""
    last: str = ""
    """The latest quarter in which there is any; empty for never."""
    planned: int = 0
    """Audits of the programme that are planned or under way and look at it."""
    holds: bool = True
    """False where the goal holds nowhere in the region."""

    @property
    def is_gap(self) -> bool:
        """True where the goal holds, was not audited, and is not going to be."""
        return self.holds and not self.judged and not self.planned


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The whole matrix."""

    quarters: tuple[str, ...]
    goals: tuple[tuple[str, str], ...]
    """Code and title, by code."""
    regions: tuple[tuple[Uid, str], ...]
    """Uid and name; an empty uid for what lies in no region."""
    cells: tuple[tuple[Cell, ...], ...]
    """By goal, then by region."""

    def gaps(self) -> int:
        """Cells that nobody has looked at or will."""
        return sum(cell.is_gap for row in self.cells for cell in row)


def coverage(reader: Reader, quarter: str, count: int = 4, programme: Programme | None = None) -> Coverage:
    """Which goals were audited where.

    Args:
        reader: of the store.
        quarter: the last that is looked at.
        count: how many quarters, up to that one.
        programme: whose plan is shown beside; `None` for every audit that is planned.

    Raises:
        Refusal: the quarter is none, or the count is not 1 to 40.
    """
    if not 1 <= count <= LONGEST:
        raise Refusal("work.coverage_quarters", count=count, longest=LONGEST)
    quarters, goals = quarters_until(quarter, count), goals_of(reader)
    regions = _regions(goals)
    judged = _judged(reader, goals, regions, quarters)
    planned = _planned(reader, goals, regions, programme)
    holding = _holding(goals, regions, quarters)
    codes = sorted({code for found in (judged, planned, holding) for code, _ in found})
    named = {region for found in (judged, planned) for _, region in found} | _with_sites(goals, regions)
    columns = sorted(named, key=lambda uid: (not uid, _name(goals, uid).casefold(), uid))
    return Coverage(
        quarters=quarters,
        goals=tuple((code, _goal_title(goals, code)) for code in codes),
        regions=tuple((uid, _name(goals, uid)) for uid in columns),
        cells=tuple(
            tuple(
                Cell(*judged.get((code, at), (0, "")), len(planned.get((code, at), ())), (code, at) in holding)
                for at in columns
            )
            for code in codes
        ),
    )


class CellRecords(msgspec.Struct, frozen=True):
    """The records behind a cell."""

    judgements: tuple[Uid, ...]
    audits: tuple[Uid, ...]
    """Planned or under way."""


def cell_records(
    reader: Reader, quarters: Sequence[str], code: str, region: Uid, programme: Programme | None = None
) -> CellRecords:
    """The verdicts and audits behind a cell of the matrix.

    Args:
        reader: of the store.
        quarters: that are looked at.
        code: of the goal.
        region: uid; empty where a place lies in none.
        programme: whose plan is shown beside.
    """
    goals = goals_of(reader)
    regions = _regions(goals)
    meant = tuple(uid for uid in goals.lines.goals if goals.lines.code(uid) == code)
    found = records_behind(reader, Which(quarters=tuple(quarters), goals=meant), most=_ALL)
    planned = _planned(reader, goals, regions, programme).get((code, region), [])
    return CellRecords(tuple(one.judgement for one in found if regions.get(one.place) == region), tuple(planned))


def cell_words(cell: Cell) -> str:
    """One cell in words, for tables and files."""
    if not cell.holds and not cell.judged:
        return text("does not hold")
    found = [text("{n} judged, last {quarter}", n=cell.judged, quarter=cell.last)] if cell.judged else []
    if cell.planned:
        found.append(plural("{n} planned", "{n} planned", cell.planned))
    return ", ".join(found) or text("never")


def rows(found: Coverage) -> Iterator[list[str]]:
    """The matrix as rows: goal, then each region."""
    for (code, title), line in zip(found.goals, found.cells, strict=True):
        yield [f"{code} · {title}", *(cell_words(cell) for cell in line)]


def heads(found: Coverage) -> list[str]:
    """Titles of the matrix's columns."""
    return [text("Goal"), *(name for _, name in found.regions)]


def _judged(
    reader: Reader, goals: Goals, regions: dict[Uid, Uid], quarters: Sequence[str]
) -> dict[tuple[str, Uid], tuple[int, str]]:
    found: dict[tuple[str, Uid], tuple[int, str]] = {}
    counted = tallies(reader, Which(quarters=tuple(quarters)), ("goal", "place", "quarter"))
    for (goal, place, quarter), tally in counted.items():
        if goal in goals.lines.goals and place in regions:
            key = goals.lines.code(goal), regions[place]
            count, last = found.get(key, (0, ""))
            found[key] = count + tally.whole, max(last, quarter)
    return found


def _planned(
    reader: Reader, goals: Goals, regions: dict[Uid, Uid], programme: Programme | None
) -> dict[tuple[str, Uid], list[Uid]]:
    """The audits that are planned or under way, by goal and region."""
    ended = {AuditState.CANCELLED, AuditState.CONCLUDED}
    audits = reader.find(Audit) if programme is None else reader.find(Audit, programme=programme.uid)
    found: dict[tuple[str, Uid], list[Uid]] = {}
    for audit in audits:
        if audit.state in ended or audit.place not in regions:
            continue
        codes = audit.goals or _codes(goals, audit.place, (audit.begins, audit.ends))
        for code in codes:
            found.setdefault((code, regions[audit.place]), []).append(audit.uid)
    return found


def _holding(goals: Goals, regions: dict[Uid, Uid], quarters: Sequence[str]) -> set[tuple[str, Uid]]:
    """Goals and the regions in which they hold at some place at the beginning or the end of the quarters."""
    days = (days_of(quarters[0])[0], days_of(quarters[-1])[1])
    return {(code, region) for place, region in regions.items() for code in _codes(goals, place, days)}


def _codes(goals: Goals, place: Uid, days: Sequence[date]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(goals.lines.code(one.uid) for day in days for one in goals.at(place, day)))


def _regions(goals: Goals) -> dict[Uid, Uid]:
    """The region of every place: the nearest at or above it; an empty uid where there is none."""
    return {uid: next((one for one in goals.above(uid) if _is_region(goals, one)), "") for uid in goals.places}


def _with_sites(goals: Goals, regions: dict[Uid, Uid]) -> set[Uid]:
    """Regions in which there are sites, so that a place above all regions makes no column of its own."""
    return {region for uid, region in regions.items() if goals.places[uid].level in {Level.SITE, Level.AREA}}


def _is_region(goals: Goals, uid: Uid) -> bool:
    place: Place | None = goals.places.get(uid)
    return place is not None and place.level is Level.REGION


def _name(goals: Goals, region: Uid) -> str:
    place = goals.places.get(region)
    return place.name if place is not None else text("no region")


def _goal_title(goals: Goals, code: str) -> str:
    versions = [one for uid, one in goals.lines.goals.items() if goals.lines.code(uid) == code and one.core is None]
    return max(versions, key=lambda one: (one.version, one.uid)).title if versions else ""
