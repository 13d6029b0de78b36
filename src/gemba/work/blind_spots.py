"""Blind spots: what customers complain of against what walks looked at, by step (or cause) and site."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.complaints import Complaint
from gemba.domain.findings import Finding
from gemba.domain.pains import weighed
from gemba.domain.places import Level, Place
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import looks, pain_counts, vocabularies
from gemba.store.list_filters import places_below
from gemba.store.pain_counts import Within
from gemba.store.reading import Reader
from gemba.work.conduct import form_of
from gemba.work.desk import Desk
from gemba.work.question_steps import not_met, traced

QUARTERS = 2
"""How many quarters are looked back on, unless it is said."""
_QUARTER = 91
_MOST = 50
"""Records of one sort that are shown behind a cell."""


class Sight(StrEnum):
    """What a cell tells."""

    BLIND = "blind"
    """Customers complain of it, and no walk looked at it."""
    BOTH = "both"
    LOOKED = "looked"
    """Walks looked at it, and nobody complained."""
    NONE = "none"


class Cell(msgspec.Struct, frozen=True):
    """One step at one site."""

    code: str
    place: Uid
    """Empty for complaints that name no place."""
    complaints: int
    weight: int
    """Complaints x weight of their severity."""
    looked: int
    """Walks that answered a question about it, findings about it, and alerts gone to and seen."""
    sight: Sight


class Matrix(msgspec.Struct, frozen=True):
    """What is complained of against what is looked at."""

    facet: Facet
    begins: date
    ends: date
    rows: tuple[tuple[str, str], ...]
    """Code and title, the heaviest blind spots first."""
    columns: tuple[tuple[Uid, str], ...]
    """Site and name, the same way."""
    cells: tuple[Cell, ...]
    """All of them, row by row."""
    untraced: int
    """Templates used of which no question says what it looks at: what was walked with them is not seen here."""
    uncoded: int
    """Complaints without a code: they stand in no row."""

    def cell(self, code: str, place: Uid) -> Cell:
        """The cell of a row and a column."""
        row = [each for each, _ in self.rows].index(code)
        column = [each for each, _ in self.columns].index(place)
        return self.cells[row * len(self.columns) + column]

    def blind(self) -> list[Cell]:
        """The blind spots, the heaviest first."""
        found = (cell for cell in self.cells if cell.sight is Sight.BLIND)
        return sorted(found, key=lambda cell: (-cell.weight, cell.code, cell.place))


class CellRecords(msgspec.Struct, frozen=True):
    """What stands behind a cell, the newest first, at most 50 of a sort."""

    complaints: tuple[Complaint, ...]
    walks: tuple[Assessment, ...]
    findings: tuple[Finding, ...]
    alerts: tuple[GoAndSee, ...]


def blind_spots(
    desk: Desk,
    *,
    facet: Facet = Facet.STEP,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
) -> Matrix:
    """The matrix of a period.

    Args:
        desk: where the records are.
        facet: `STEP`, or `CAUSE`: a cause is looked at where a finding names it, for questions trace to steps.
        place: with all below it; everywhere when left out.
        begins: first day; two quarters before the last one when left out.
        ends: last day, included; today when left out.

    Raises:
        Refusal: another facet, or the period ends before it begins.
    """
    if facet not in {Facet.STEP, Facet.CAUSE}:
        raise Refusal("work.matrix_facet", facet=facet.value)
    with desk.reader() as reader:
        meant = period(reader, place, begins, ends)
        sites = _Sites(reader)
        counted = _Both(*_complained(reader, meant, facet, sites), *_looked_at(desk, reader, meant, facet, sites))
        return _matrix(meant, facet, vocabularies.titles(reader, facet), sites, counted)


def period(reader: Reader, place: Uid | None, begins: date | None, ends: date | None) -> Within:
    """Place and period that are meant when some of it is left out.

    Raises:
        Refusal: the period ends before it begins.
    """
    last = ends or reader.clock().date()
    first = begins or last - timedelta(days=QUARTERS * _QUARTER - 1)
    if first > last:
        raise Refusal("work.period_backwards", first=first.isoformat(), last=last.isoformat())
    return Within(place, first, last)


def cell_records(
    desk: Desk, code: str, site: Uid, *, facet: Facet = Facet.STEP, begins: date | None = None, ends: date | None = None
) -> CellRecords:
    """The records behind a cell; of complaints that name no place when `site` is empty."""
    with desk.reader() as reader:
        meant = period(reader, site or None, begins, ends)
        told = pain_counts.newest_complaints(reader, meant, {facet.value: code}, _MOST, placeless=not site)
        found = pain_counts.newest_findings(reader, meant, facet, code, _MOST) if site else []
        by_step = facet is Facet.STEP and bool(site)
        walks = _walks_behind(desk, reader, meant, code) if by_step else []
        return CellRecords(
            complaints=tuple(reader.many(Complaint, told)),
            walks=tuple(reader.many(Assessment, walks)),
            findings=tuple(reader.many(Finding, found)),
            alerts=tuple(_alerts_behind(reader, meant, code)) if by_step else (),
        )


class _Sites:
    """Which site a place belongs to: itself, or the site above an area."""

    def __init__(self, reader: Reader) -> None:
        self._places = {place.uid: place for place in reader.find(Place)}

    def of(self, uid: Uid | None) -> Uid:
        """The site; the place itself when there is none above it; empty for no place."""
        place = self._places.get(uid or "")
        steps = 0
        while place is not None and place.level is Level.AREA and place.parent in self._places and steps < 32:
            place, steps = self._places[place.parent or ""], steps + 1
        return place.uid if place is not None else ""

    def name(self, uid: Uid) -> str:
        """What it is called."""
        place = self._places.get(uid)
        return place.name if place is not None else ""


_Counted = Counter[tuple[str, Uid]]


class _Both(msgspec.Struct, frozen=True):
    """What was counted on either side, by code and site."""

    told: _Counted
    heavy: _Counted
    uncoded: int
    looked: _Counted
    untraced: int


def _complained(reader: Reader, meant: Within, facet: Facet, sites: _Sites) -> tuple[_Counted, _Counted, int]:
    """Complaints and their weight by code and site, and how many have no code."""
    told: _Counted = Counter()
    heavy: _Counted = Counter()
    uncoded = 0
    for (code, place, severity), n in pain_counts.complaints_by_place(reader, meant, facet).items():
        if not code:
            uncoded += n
            continue
        told[(code, sites.of(place))] += n
        heavy[(code, sites.of(place))] += weighed({severity: n})
    return told, heavy, uncoded


def _looked_at(desk: Desk, reader: Reader, meant: Within, facet: Facet, sites: _Sites) -> tuple[_Counted, int]:
    """How often walks looked, by code and site, and how many of the templates used say nothing of steps."""
    looked: _Counted = Counter()
    for (code, place), n in pain_counts.findings_by_place(reader, meant, facet).items():
        looked[(code, sites.of(place))] += n
    if facet is not Facet.STEP:
        return looked, 0
    today = vocabularies.crosswalk(reader, Facet.STEP)
    for (code, where), n in looks.alerts_seen(reader, meant).items():
        looked[(today.get(code, code), sites.of(where))] += n
    untraced = 0
    for template in reader.many(Template, looks.templates_used(reader, meant)):
        steps = traced(desk, reader, template)
        untraced += not steps
        words = not_met(form_of(desk, template)) if steps else {}
        for (code, where), n in looks.answered(reader, meant, template.uid, steps, words).items():
            looked[(code, sites.of(where))] += n
    return looked, untraced


def _matrix(meant: Within, facet: Facet, titles: dict[str, str], sites: _Sites, counted: _Both) -> Matrix:
    told, heavy, looked = counted.told, counted.heavy, counted.looked
    keys = {*told, *looked}
    blind: Counter[str] = Counter()
    for key in keys:
        if not looked[key]:
            for part in key:
                blind[part] += heavy[key]
    codes = sorted({code for code, _ in keys}, key=lambda code: (-blind[code], titles.get(code, code)))
    places = sorted({place for _, place in keys}, key=lambda place: (not place, -blind[place], sites.name(place)))
    assert meant.begins is not None
    assert meant.ends is not None
    return Matrix(
        facet=facet,
        begins=meant.begins,
        ends=meant.ends,
        rows=tuple((code, titles.get(code, code)) for code in codes),
        columns=tuple((place, sites.name(place)) for place in places),
        cells=tuple(
            Cell(code, place, told[key], heavy[key], looked[key], _sight(told[key], looked[key]))
            for code in codes
            for place in places
            for key in [(code, place)]
        ),
        untraced=counted.untraced,
        uncoded=counted.uncoded,
    )


def _sight(told: int, looked: int) -> Sight:
    if told:
        return Sight.BOTH if looked else Sight.BLIND
    return Sight.LOOKED if looked else Sight.NONE


def _walks_behind(desk: Desk, reader: Reader, meant: Within, code: str) -> list[Uid]:
    steps: dict[Uid, dict[str, str]] = {}
    words: dict[Uid, dict[str, tuple[str, ...]]] = {}
    for template in reader.many(Template, looks.templates_used(reader, meant)):
        steps[template.uid] = {path: of for path, of in traced(desk, reader, template).items() if of == code}
        words[template.uid] = dict(not_met(form_of(desk, template)))
    return looks.walks_behind(reader, meant, steps, words, _MOST)


def _alerts_behind(reader: Reader, meant: Within, code: str) -> list[GoAndSee]:
    codes = vocabularies.meant_by(reader, Facet.STEP, code)
    below = set(places_below(reader, (meant.place,))) if meant.place else set()
    return [
        each
        for each in reader.find(GoAndSee, state=AlertState.SEEN)
        if each.step in codes
        and each.place in below
        and each.seen_at is not None
        and meant.begins is not None
        and meant.ends is not None
        and meant.begins <= each.seen_at.date() <= meant.ends
    ][::-1][:_MOST]
