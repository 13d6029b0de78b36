"""Say of two complaints that they say the same: a link, for nothing that a customer said is thrown away."""

from __future__ import annotations

from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known


def link(desk: Desk, complaint: Uid, same_as: Uid) -> Change:
    """Link a complaint to the one that says the same.

    All of a group are linked to one, which stands for them where each matter is counted once: if `same_as` is itself
    linked, to the one that it is linked to; and those that were linked to `complaint` go with it.

    Raises:
        Refusal: both are one, or are of one group already.
    """
    with desk.unit() as unit:
        one, other = known(unit, Complaint, complaint), first_of(unit, same_as)
        if other.uid in {one.uid, one.duplicate_of}:
            raise Refusal("work.duplicate_of_itself", number=one.number)
        for follower in unit.find(Complaint, duplicate_of=one.uid):
            unit.change(Complaint, follower.uid, duplicate_of=other.uid)
        unit.change(Complaint, one.uid, duplicate_of=other.uid)
        return unit.change_made(one.uid)


def unlink(desk: Desk, complaint: Uid) -> Change:
    """Take the link away: it is a complaint of its own again.

    Raises:
        Refusal: it is linked to none.
    """
    with desk.unit() as unit:
        one = known(unit, Complaint, complaint)
        if one.duplicate_of is None:
            raise Refusal("work.no_duplicate", number=one.number)
        unit.change(Complaint, one.uid, duplicate_of=None)
        return unit.change_made(one.uid)


def group_of(reader: Reader, complaint: Complaint) -> list[Complaint]:
    """The others that say the same, the one that stands for them first."""
    first = first_of(reader, complaint.uid)
    return [one for one in (first, *reader.find(Complaint, duplicate_of=first.uid)) if one.uid != complaint.uid]


def numbered(reader: Reader, number: str) -> Complaint:
    """The complaint of this number.

    Raises:
        Refusal: there is none, or several from different sources have it.
    """
    typed = number.strip()
    found = reader.find(Complaint, number=typed) or reader.find(Complaint, number=typed.upper()) if typed else []
    if len(found) != 1:
        raise Refusal("work.numbers_of_several" if found else "work.no_such_number", number=typed)
    return found[0]


def first_of(reader: Reader, complaint: Uid) -> Complaint:
    """The complaint that stands for all that say the same; two laptops may have linked each to the other."""
    at, seen = known(reader, Complaint, complaint), {complaint}
    while at.duplicate_of is not None and at.duplicate_of not in seen:
        above = reader.get(Complaint, at.duplicate_of)
        if above is None:
            break
        at = above
        seen.add(at.uid)
    return at
