"""Seats are had in terms that never overlap; a quorum is one that can be reached."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain import seats as rules
from gemba.domain.governance import BodyMember, GovernanceBody
from gemba.errors import Refusal

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = NOW.date()
ROLES = st.sampled_from(["Chair", "chair ", "Site lead", "Advocate"])
_NUMBERS = itertools.count()
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def body(quorum: int | None = None) -> GovernanceBody:
    return GovernanceBody(uid="b", title="Council", purpose="Decides.", quorum=quorum, made_at=NOW, person="p")


def seat(role: str, begins: date, ends: date | None = None, **fields: object) -> BodyMember:
    made = BodyMember(uid=f"s{next(_NUMBERS)}", body="b", role=role, begins=begins, ends=ends, made_at=NOW, person="p")
    return BodyMember(**({name: getattr(made, name) for name in made.__struct_fields__} | fields))


SEATS = st.builds(
    seat,
    ROLES,
    DAYS,
    st.none() | DAYS,
    member=st.none() | st.sampled_from(["anna", "ben"]),
    is_chair=st.booleans(),
)


@given(st.lists(SEATS, max_size=12), DAYS)
def test_whatever_is_accepted_has_one_holder_of_a_role_one_seat_of_a_person_and_one_chair(
    wanted: list[BodyMember], day: date
) -> None:
    kept: list[BodyMember] = []
    codes: set[str] = set()
    for one in wanted:
        try:
            rules.demand_place_for(body(), kept, one)
        except Refusal as refusal:
            codes.add(refusal.code)
        else:
            kept.append(one)
    assert codes <= {"domain.term_backwards", "domain.terms_overlap", "domain.sits_twice", "domain.two_chairs"}
    there = rules.on_day(kept, day)
    roles = [rules.plain(one.role) for one in there]
    members = [one.member for one in there if one.member is not None]
    assert len(roles) == len(set(roles))
    assert len(members) == len(set(members))
    assert sum(one.is_chair for one in there) <= 1
    assert set(rules.vacant(kept, day)) == {one for one in there if one.member is None}


@given(st.lists(SEATS, max_size=8), DAYS)
def test_a_term_is_told_from_sixty_days_before_its_end_until_a_quarter_after_it(
    seats: list[BodyMember], day: date
) -> None:
    found = rules.ending(seats, day)
    for one in found:
        assert one.ends is not None
        assert -rules.GIVEN_UP <= one.ends - day <= rules.SOON
        assert not rules.is_followed(seats, one)
    assert [one.ends for one in found] == sorted(one.ends for one in found if one.ends is not None)


@given(st.integers(-3, 70), st.integers(0, 8))
def test_a_quorum_is_refused_unless_the_seats_can_reach_it(quorum: int, count: int) -> None:
    seats = [seat(f"Role {at}", TODAY) for at in range(count)]

    def refused() -> str:
        try:
            rules.demand_whole_quorum(quorum)
            rules.demand_quorum(body(quorum), seats, TODAY)
        except Refusal as refusal:
            return refusal.code
        return ""

    if not 1 <= quorum <= rules.MOST_SEATS:
        assert refused() == "domain.quorum"
    elif not count:
        assert refused() == "domain.body_without_seats"
    else:
        assert refused() == ("domain.quorum_too_large" if quorum > count else "")
        assert rules.has_quorum(body(quorum), seats) == (count >= quorum)


def test_a_body_has_no_more_seats_than_can_be_counted() -> None:
    seats = [seat(f"Role {at}", TODAY) for at in range(rules.MOST_SEATS)]
    with pytest.raises(Refusal) as found:
        rules.demand_place_for(body(), seats, seat("One more", TODAY))
    assert found.value.code == "domain.too_many_seats"
    rules.demand_place_for(body(), seats, seat("One more", TODAY - timedelta(days=9), TODAY - timedelta(days=1)))


def test_presence_is_told_by_role_however_it_is_written() -> None:
    seats = [seat("Head of service", TODAY), seat("Site lead", TODAY)]
    present = rules.present_seats(seats, ("head  OF service", "A guest"), TODAY)
    assert [one.role for one in present] == ["Head of service"]
    assert rules.has_quorum(body(), present)
    assert not rules.has_quorum(body(), ())
