"""Who answers escalations, tier by tier and place by place, and within how many hours."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from gemba.domain.change import Change
from gemba.domain.escalation_tiers import LONGEST, MOST_TIERS, SEVERITIES, Rung, first_gap, ladder
from gemba.domain.escalation_words import says_nothing
from gemba.domain.escalations import EscalationSort, EscalationTier
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.place_merging import place_of_new_work
from gemba.work.records import known


class TierDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A tier as somebody wants it."""

    sort: EscalationSort
    tier: int
    owner: str
    """Role."""
    hours: int
    severity: str = ""
    """Empty for all severities."""
    place: Uid | None = None
    """With all below that has none of its own; `None` for everywhere."""
    forum: str = ""
    valid_from: date | None = None
    """Today when left out."""
    reason: str = ""


class Ladders:
    """All tiers that there are, asked for many escalations.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tiers = reader.find(EscalationTier)
        self._places: dict[Uid, tuple[Place, ...]] = {}

    def of(self, sort: EscalationSort, severity: str, place: Uid | None, now: datetime) -> tuple[Rung, ...]:
        """The tiers that apply at a place now, the first first."""
        places = [] if place is None else [one.uid for one in self.above(place)]
        return ladder(self._tiers, sort, severity, places, self.today(place, now))

    def above(self, place: Uid) -> tuple[Place, ...]:
        """A place and all above it, the nearest first; one that stands above itself is not gone round twice."""
        if place not in self._places:
            found: dict[Uid, Place] = {}
            at: Uid | None = place
            while at is not None and at not in found:
                here = self._reader.get(Place, at)
                if here is None:
                    break
                found[at], at = here, here.parent
            self._places[place] = tuple(found.values())
        return self._places[place]

    def zone(self, place: Uid | None) -> ZoneInfo:
        """The time zone of a place."""
        above = () if place is None else self.above(place)
        return zone_of(above[0].zone if above else "UTC")

    def today(self, place: Uid | None, now: datetime) -> date:
        """The day at a place."""
        return now.astimezone(self.zone(place)).date()


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; UTC where this machine does not know it, as a place may come from another system."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def set_tier(desk: Desk, draft: TierDraft) -> Change:
    """Set a tier from a day on; clocks that run keep theirs.

    Raises:
        Refusal: it has no owner, its number, hours or severity are out of bounds, its place is unknown, or a tier
            below it is missing.
    """
    _demand_bounds(draft)
    with desk.unit() as unit:
        draft = msgspec.structs.replace(draft, place=place_of_new_work(unit, draft.place))
        made = EscalationTier(
            uid=desk.ids(),
            sort=draft.sort,
            severity=draft.severity,
            place=draft.place,
            tier=draft.tier,
            owner=draft.owner.strip(),
            hours=draft.hours,
            forum=draft.forum.strip(),
            valid_from=draft.valid_from or Ladders(unit).today(draft.place, desk.clock()),
            reason=draft.reason.strip(),
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        _demand_no_gap(unit, made, made.valid_from)
        return unit.change_made(made.uid)


def retire_tier(desk: Desk, tier: Uid) -> Change:
    """Take a tier out of use; the one that held before it, or that of the place above, applies again.

    Raises:
        Refusal: it is unknown, or a tier above it would stand over a gap.
    """
    with desk.unit() as unit:
        old = known(unit, EscalationTier, tier)
        unit.change(EscalationTier, tier, retired=True)
        _demand_no_gap(unit, old, Ladders(unit).today(old.place, desk.clock()))
        return unit.change_made(tier)


def tiers(reader: Reader) -> list[EscalationTier]:
    """The tiers in use, by sort and number, those for everywhere first, the newest before older ones."""
    found = [one for one in reader.find(EscalationTier) if not one.retired]
    found.sort(key=lambda one: (one.valid_from, one.made_at, one.uid), reverse=True)
    order = list(EscalationSort)
    return sorted(found, key=lambda one: (order.index(one.sort), one.place or "", one.severity, one.tier))


def _demand_bounds(draft: TierDraft) -> None:
    if says_nothing(draft.owner):
        raise Refusal("work.escalation_tier_owner")
    if not 1 <= draft.tier <= MOST_TIERS:
        raise Refusal("work.escalation_tier_number", tier=draft.tier, most=MOST_TIERS)
    if not 1 <= draft.hours <= LONGEST:
        raise Refusal("work.escalation_tier_hours", hours=draft.hours, longest=LONGEST)
    if draft.severity and draft.severity not in SEVERITIES:
        raise Refusal("work.escalation_severity", severity=draft.severity, known=", ".join(SEVERITIES))


def _demand_no_gap(unit: Unit, about: EscalationTier, day: date) -> None:
    """Demand that the tiers where this one is set count on without a gap, for each severity that it is for."""
    ladders = Ladders(unit)
    places = [] if about.place is None else [one.uid for one in ladders.above(about.place)]
    for severity in (about.severity,) if about.severity else SEVERITIES:
        rungs = ladder(unit.find(EscalationTier), about.sort, severity, places, day)
        gap = first_gap(rungs)
        if gap is not None:
            raise Refusal("work.escalation_tier_gap", tier=max(rung.tier for rung in rungs), missing=gap)
