"""A rotation counts only with an observation record of its leader at its place; the plan says why it changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import another_person
from tests.work.conftest import template_of

from gemba.domain.places import Level
from gemba.domain.quarters import quarter_of
from gemba.domain.rotation_fairness import Stand, propose, working_days
from gemba.domain.rotations import Rotation, RotationState
from gemba.errors import Refusal
from gemba.work import conduct, rotations
from gemba.work.desk import Desk
from gemba.work.places import add_place
from gemba.work.rotation_coverage import rotation_coverage, told
from gemba.work.rotation_coverage_files import coverage_file, matrix
from gemba.work.rotation_proposals import Wish, proposals, take_over
from gemba.work.rotations import Stint


def later(desk: Desk, days: float) -> Desk:
    """The desk so many days from now."""
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() + timedelta(days=days))


def kept(desk: Desk, uid: str) -> Rotation:
    with desk.reader() as reader:
        found = reader.get(Rotation, uid)
    assert found is not None
    return found


def planned(desk: Desk, place: str, /, days: int = 3, **fields: object) -> str:
    stint = Stint(
        leader=desk.person.uid, place=place, role="Front counter", planned_on=desk.clock().date() + timedelta(days=days)
    )
    return rotations.plan(desk, msgspec.structs.replace(stint, **fields)).uid


def observed(desk: Desk, place: str) -> str:
    return conduct.start(desk, template_of(desk, "rotation").uid, place).uid


class Refused:
    """Expects a refusal of this code."""

    def __init__(self, code: str) -> None:
        self._code = code

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        assert isinstance(error, Refusal), error
        assert error.code == f"work.{self._code}"
        return True


def test_it_is_planned_begun_and_finished_with_its_record(desk: Desk, place: str) -> None:
    uid = planned(desk, place, shift="early")
    made = kept(desk, uid)
    assert made.number.startswith("L-")
    assert (made.state, made.quarter, made.until) == (
        RotationState.PLANNED,
        quarter_of(made.planned_on),
        made.planned_on,
    )
    there = later(desk, 3)
    rotations.begin(there, uid)
    assert kept(desk, uid).arrived_at is not None
    record = observed(there, place)
    rotations.finish(there, uid)
    done = kept(desk, uid)
    assert (done.state, done.assessment) == (RotationState.DONE, record)
    assert done.left_at is not None


def test_without_an_observation_record_it_does_not_count(desk: Desk, place: str) -> None:
    observed(desk, place)  # before it began
    uid = planned(desk, place)
    there = later(desk, 3)
    rotations.begin(there, uid)
    with Refused("rotation_without_record"):
        rotations.finish(there, uid)
    assert kept(desk, uid).state is RotationState.BEGUN


def test_a_record_that_does_not_fit_is_refused_with_why(desk: Desk, place: str) -> None:
    uid, elsewhere = planned(desk, place), add_place(desk, "Kiosk").uid
    early = observed(desk, place)
    there = later(desk, 3)
    rotations.begin(there, uid)
    walk = conduct.start(there, template_of(desk, "walk").uid, place).uid
    somebody = msgspec.structs.replace(there, person=msgspec.structs.replace(there.person, uid=another_person(desk)))
    wrong = {
        "rotation_record_kind": walk,
        "rotation_record_person": observed(somebody, place),
        "rotation_record_place": observed(there, elsewhere),
        "rotation_record_early": early,
    }
    for code, record in wrong.items():
        with Refused(code):
            rotations.finish(there, uid, record)
    area = add_place(desk, "Counter 4", level=Level.AREA, parent=place).uid
    right = observed(there, area)
    rotations.finish(there, uid, right)
    other = planned(there, place, days=1)
    with Refused("rotation_record_taken"):
        rotations.finish(there, other, right)


def test_of_several_records_one_is_named(desk: Desk, place: str) -> None:
    uid = planned(desk, place, days=0)
    rotations.begin(desk, uid)
    first, _ = observed(desk, place), observed(desk, place)
    with Refused("rotation_several_records"):
        rotations.finish(desk, uid)
    rotations.finish(desk, uid, first)
    assert kept(desk, uid).assessment == first


def test_it_is_moved_and_called_off_with_a_reason(desk: Desk, place: str) -> None:
    uid = planned(desk, place, until=desk.clock().date() + timedelta(days=4))
    for reason in ("", "-", "n/a"):
        with Refused("rotation_reason"):
            rotations.move(desk, uid, reason, planned_on=desk.clock().date() + timedelta(days=9))
        with Refused("rotation_reason"):
            rotations.cancel(desk, uid, reason)
    rotations.move(desk, uid, "The site takes stock that week.", planned_on=desk.clock().date() + timedelta(days=90))
    moved = kept(desk, uid)
    assert (moved.until - moved.planned_on).days == 1
    assert moved.quarter == quarter_of(moved.planned_on) != quarter_of(desk.clock().date())
    with Refused("rotation_other_quarter"):
        rotations.begin(desk, uid)
    rotations.cancel(desk, uid, "The leader is ill.")
    assert (kept(desk, uid).state, kept(desk, uid).note) == (RotationState.CANCELLED, "The leader is ill.")
    for doing in (lambda: rotations.begin(desk, uid), lambda: rotations.finish(desk, uid)):
        with Refused("rotation_state"):
            doing()


def test_days_and_words_that_do_not_stand_up_are_refused(desk: Desk, place: str) -> None:
    today = desk.clock().date()
    for code, fields in {
        "rotation_role": {"role": "tbd"},
        "rotation_days": {"until": today},
        "rotation_long": {"until": today + timedelta(days=40)},
        "rotation_over": {"planned_on": today - timedelta(days=100)},
        "unknown_record": {"place": "nowhere"},
    }.items():
        with Refused(code):
            planned(desk, place, **fields)
    planned(desk, place, until=today + timedelta(days=5))
    with Refused("rotation_elsewhere"):
        planned(desk, add_place(desk, "Kiosk").uid, days=5)


def _went(desk: Desk, place: str, days: float) -> None:
    """The person at the desk was at a place so many days ago."""
    then = later(desk, -days)
    uid = planned(then, place, days=0)
    rotations.begin(then, uid)
    observed(then, place)
    rotations.finish(then, uid)


def test_a_fair_plan_sends_who_waits_longest_where_nobody_was_longest(desk: Desk, place: str) -> None:
    never, kiosk = another_person(desk, "Head of sales", "leader"), add_place(desk, "Kiosk").uid
    _went(desk, place, 100)
    wish = Wish(leaders=(desk.person.uid, never), roles=("Front counter", "Phone"), shifts=("early", "late"))
    made = proposals(desk, wish)
    assert [(one.stint.leader, one.stint.place) for one in made] == [(never, kiosk), (desk.person.uid, place)]
    assert made[0].why == "has not been anywhere; nobody has been there"
    assert {one.stint.role for one in made} == {"Phone"}  # nobody has taken it yet
    assert proposals(desk, wish) == made
    take_over(desk, made)
    assert proposals(desk, wish) == ()
    assert kept(desk, take_over_uid(desk)).role == "Phone"


def take_over_uid(desk: Desk) -> str:
    with desk.reader() as reader:
        return next(one.uid for one in reader.find(Rotation) if one.state is RotationState.PLANNED)


def test_a_plan_without_leaders_sites_or_roles_is_refused(desk: Desk) -> None:
    with Refused("rotation_nobody"):
        proposals(desk, Wish())
    with Refused("rotation_no_sites"):
        proposals(desk, Wish(leaders=(desk.person.uid,)))
    add_place(desk, "Kiosk")
    with Refused("rotation_no_roles"):
        proposals(desk, Wish(leaders=(desk.person.uid,)))
    with Refused("rotation_over"):
        proposals(desk, Wish(quarter="2020-Q1"))


def test_coverage_tells_who_was_nowhere_and_where_nobody_was(desk: Desk, place: str, tmp_path: Path) -> None:
    kiosk = add_place(desk, "Kiosk").uid
    nobody = another_person(desk, "Head of sales", "leader")
    _went(desk, place, 100)
    planned(desk, kiosk, days=1, shift="night")
    made = rotation_coverage(desk, count=3)
    assert [(line.place, line.is_gap) for line in made.sites] == [("Harbour branch", False), ("Kiosk", True)]
    assert [line.uid for line in made.nowhere] == [nobody]
    mine = next(line for line in made.leaders if line.uid == desk.person.uid)
    assert (mine.done, mine.planned, mine.days, mine.share) == (1, 1, 1, 1.0)
    assert [(one.title, one.times, one.unseen_at) for one in made.seen] == [("night", 0, 2)]
    assert any("Head of sales" in line for line in told(made))
    drawn = matrix(made)
    assert [mark for _, mark in drawn.lines[1].cells][-1] == "few"
    for name in ("c.csv", "c.png", "c.pdf"):
        coverage_file(desk, made, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 100
    assert "Kiosk" in (tmp_path / "c.csv").read_text("utf-8-sig")
    with Refused("rotation_file"):
        coverage_file(desk, made, tmp_path / "c.docx")
    with Refused("rotation_quarters"):
        rotation_coverage(desk, count=99)
    area = add_place(desk, "Counter 4", level=Level.AREA, parent=kiosk).uid
    _went(desk, area, 30)
    assert not rotation_coverage(desk, count=3).nobody


_days = st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(
    leaders=st.lists(_days, min_size=1, max_size=12),
    sites=st.lists(_days, min_size=1, max_size=12),
    first=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
)
def test_every_leader_goes_once_no_site_twice_before_all_had_one(
    leaders: list[date | None], sites: list[date | None], first: date
) -> None:
    who = [Stand(f"l{at:02d}", last) for at, last in enumerate(leaders)]
    where = [Stand(f"s{at:02d}", last) for at, last in enumerate(sites)]
    days = working_days(first, first + timedelta(days=30))
    plan = propose(who, where, {}, days)
    assert sorted(one.leader for one in plan) == sorted(one.uid for one in who)
    times = [sum(one.place == site.uid for one in plan) for site in where]
    assert max(times) - min(times) <= 1
    assert [one.day for one in plan] == sorted(one.day for one in plan)
    assert all(one.day in days for one in plan)
    assert propose(list(reversed(who)), list(reversed(where)), {}, days) == plan
    waited = [next(each.last for each in who if each.uid == one.leader) or date.min for one in plan]
    assert waited == sorted(waited)
