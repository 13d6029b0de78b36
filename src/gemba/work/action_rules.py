"""What every action must satisfy: a day that lies after its finding, and an owner who is still here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gemba.domain.causes import CauseAnalysis
from gemba.domain.findings import Finding
from gemba.domain.people import Person, plain_name
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store.reading import Reader


def day_at(reader: Reader, place: str, moment: datetime) -> date:
    """The calendar day of a moment where it happened.

    Args:
        reader: of the store.
        place: uid of the place whose clocks count.
        moment: aware.
    """
    where = reader.get(Place, place)
    try:
        return moment.astimezone(ZoneInfo(where.zone if where is not None else "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a zone of a newer table than this laptop has
        return moment.date()


def demand_due_after(reader: Reader, finding: Finding, due: date) -> None:
    """Demand that an action is due on the day of its finding or later, by the clocks of the place.

    Raises:
        Refusal: `work.due_before_finding`.
    """
    found = day_at(reader, finding.place, finding.raised_at)
    if due < found:
        raise Refusal("work.due_before_finding", number=finding.number, found=found, due=due)


def demand_due_after_analysis(reader: Reader, about: CauseAnalysis, place: str, due: date) -> None:
    """Demand that an action about a cause is due on the day of its finding, else of its analysis, or later.

    Args:
        reader: of the store.
        about: the analysis.
        place: uid of where the action is done: by its clocks.
        due: until when.

    Raises:
        Refusal: `work.due_before_finding`, `work.due_before_analysis`.
    """
    finding = reader.get(Finding, about.finding) if about.finding is not None else None
    if finding is not None:
        demand_due_after(reader, finding, due)
        return
    begun = day_at(reader, place, about.begun_at)
    if due < begun:
        raise Refusal("work.due_before_analysis", number=about.number, begun=begun, due=due)


def demand_owner(reader: Reader, owner: str, today: date) -> None:
    """Demand that the one who is to answer for an action is somebody who has not left.

    Raises:
        Refusal: the owner is empty (`work.action_without_owner`), or left (`work.owner_left`).
    """
    if not owner.strip():
        raise Refusal("work.action_without_owner")
    left = left_on(reader.find(Person), owner, today)
    if left is not None:
        raise Refusal("work.owner_left", owner=owner.strip(), day=left)


def left_on(people: Iterable[Person], owner: str, today: date) -> date | None:
    """When an owner left; `None` while they are here, and for roles and names that no record tells of.

    Two may share a name: as long as one of them is here, the name stands for that one. An entry that is the same
    person as another one stands for that.

    Args:
        people: everybody who is known.
        owner: name or role, as it stands on an action.
        today: a day of leaving that is still to come does not count.
    """
    every = {one.uid: one for one in people}
    said = plain_name(owner)
    named = (one for one in every.values() if plain_name(one.name) == said)
    meant = {real.uid: real for one in named for real in (every.get(one.same_as or "", one),)}.values()
    days = [one.left_on for one in meant if one.left_on is not None and one.left_on <= today]
    return max(days) if days and len(days) == len(meant) else None
