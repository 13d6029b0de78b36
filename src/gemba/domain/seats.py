"""Seats of a body: who has them on a day, which are vacant, whose term ends, and what makes no sense.

A seat is a role of its body; it is had in terms, one after the other. A term without a last day runs on. Who has a seat
is known as a person or not at all: then it is vacant, though somebody may stand in for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from gemba.domain.governance import BodyMember, GovernanceBody
from gemba.errors import Refusal

SOON = timedelta(days=60)
"""A term that ends within so many days is to be followed by another one now."""
GIVEN_UP = timedelta(days=92)
"""A seat that nobody has followed in for a quarter counts as given up."""
MOST_SEATS = 60
"""Seats of a body; more than that is an assembly."""


def on_day(seats: Iterable[BodyMember], day: date) -> tuple[BodyMember, ...]:
    """The seats that there are on a day: the chair first, then by role."""
    found = [one for one in seats if one.begins <= day <= (one.ends or date.max)]
    return tuple(sorted(found, key=lambda one: (not one.is_chair, one.role.casefold(), one.uid)))


def vacant(seats: Iterable[BodyMember], day: date) -> tuple[BodyMember, ...]:
    """The seats of a day that nobody is known to have."""
    return tuple(one for one in on_day(seats, day) if one.member is None)


def ending(seats: Iterable[BodyMember], today: date) -> tuple[BodyMember, ...]:
    """The terms that end soon or have ended, which nobody follows; the first to end first.

    What has ended for longer than a quarter counts as given up.
    """
    every = list(seats)
    found = [
        one
        for one in every
        if one.ends is not None and today - GIVEN_UP <= one.ends <= today + SOON and not is_followed(every, one)
    ]
    return tuple(sorted(found, key=lambda one: (one.ends or date.max, one.role.casefold(), one.uid)))


def is_followed(seats: Iterable[BodyMember], seat: BodyMember) -> bool:
    """Whether a later term of the same role is there."""
    return any(plain(one.role) == plain(seat.role) and one.begins > seat.begins for one in seats)


def plain(role: str) -> str:
    """A role in the form in which it is compared."""
    return " ".join(role.casefold().split())


def demand_place_for(body: GovernanceBody, seats: Sequence[BodyMember], new: BodyMember) -> None:
    """Refuse a seat that makes no sense beside those that there are.

    Raises:
        Refusal: its term ends before it begins, its role is taken then, its member sits there already, there is another
            chair, or there are too many seats.
    """
    if new.ends is not None and new.ends < new.begins:
        raise Refusal("domain.term_backwards", role=new.role, first=new.begins, last=new.ends)
    together = [one for one in seats if one.uid != new.uid and _overlap(one, new)]
    for one in together:
        if plain(one.role) == plain(new.role):
            until = one.ends.isoformat() if one.ends is not None else "…"
            raise Refusal("domain.terms_overlap", role=one.role, body=body.title, first=one.begins, until=until)
        if new.member is not None and one.member == new.member:
            raise Refusal("domain.sits_twice", role=one.role, body=body.title)
        if new.is_chair and one.is_chair:
            raise Refusal("domain.two_chairs", role=one.role, body=body.title)
    if len(on_day([*together, new], new.begins)) > MOST_SEATS:
        raise Refusal("domain.too_many_seats", body=body.title, most=MOST_SEATS)


def demand_quorum(body: GovernanceBody, seats: Sequence[BodyMember], day: date) -> None:
    """Refuse a quorum that the seats of a day cannot reach.

    Raises:
        Refusal: there is no seat, or there are fewer than the quorum.
    """
    there = len(on_day(seats, day))
    if there == 0:
        raise Refusal("domain.body_without_seats", body=body.title, day=day)
    if body.quorum is not None and body.quorum > there:
        raise Refusal("domain.quorum_too_large", body=body.title, quorum=body.quorum, seats=there, day=day)


def demand_whole_quorum(quorum: int | None) -> None:
    """Refuse a quorum that is no number of seats.

    Raises:
        Refusal: it is below 1 or above the most seats of a body.
    """
    if quorum is not None and not 1 <= quorum <= MOST_SEATS:
        raise Refusal("domain.quorum", quorum=quorum, most=MOST_SEATS)


def present_seats(seats: Iterable[BodyMember], roles: Sequence[str], day: date) -> tuple[BodyMember, ...]:
    """The seats of a day that were present, by the roles that were; others were guests."""
    said = {plain(role) for role in roles}
    return tuple(one for one in on_day(seats, day) if plain(one.role) in said)


def has_quorum(body: GovernanceBody, present: Sequence[BodyMember]) -> bool:
    """Whether enough seats were present to decide; a body without a quorum needs one seat."""
    return len(present) >= (body.quorum or 1)


def _overlap(one: BodyMember, other: BodyMember) -> bool:
    return one.begins <= (other.ends or date.max) and other.begins <= (one.ends or date.max)
