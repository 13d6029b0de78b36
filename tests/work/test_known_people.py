from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.people import Person
from gemba.domain.programmes import Audit
from gemba.errors import Refusal
from gemba.store.same_people import entries_of, has_written
from gemba.work.decisions import record
from gemba.work.desk import Desk
from gemba.work.independence import doubts_at
from gemba.work.known_people import add_person, link_person, people_known
from gemba.work.people import leave
from gemba.work.places import add_place
from gemba.work.plan_audits import Plan, assign, plan
from gemba.work.records import known


@pytest.fixture
def place(desk: Desk) -> str:
    return add_place(desk, "Harbour").uid


def test_an_entry_is_given_over_to_who_it_is(desk: Desk, place: str) -> None:
    entry = add_person(desk, "Second auditor").uid
    real = add_person(desk, "S. Auditor").uid
    planned = plan(desk, Plan(place=place, quarter="2026-Q1", second=entry, double_share=0.2)).uid
    link_person(desk, entry, real)
    with desk.reader() as reader:
        assert known(reader, Audit, planned).second == real
        assert known(reader, Person, entry).same_as == real
        assert [one.uid for one in people_known(reader) if one.uid in {entry, real}] == [real]
        assert entries_of(reader, real) == entries_of(reader, entry) == {entry, real}


def test_what_an_entry_decided_its_person_does_not_audit(desk: Desk, place: str) -> None:
    entry, real = add_person(desk, "Branch lead").uid, add_person(desk, "B. Lead").uid
    record(desk, title="Refund", place=place, role="Branch lead", decided_on=date(2026, 1, 9), decider=entry)
    with desk.reader() as reader:
        assert doubts_at(reader, real, place, date(2026, 1, 1), date(2026, 3, 31)).own == 0
    link_person(desk, entry, real)
    with desk.reader() as reader:
        assert doubts_at(reader, real, place, date(2026, 1, 1), date(2026, 3, 31)).own == 1


def test_links_that_make_no_sense_are_refused(desk: Desk, place: str) -> None:
    entry, real = add_person(desk, "One").uid, add_person(desk, "Two").uid
    audit = plan(desk, Plan(place=place, quarter="2026-Q1", auditor=real, second=entry)).uid
    with desk.reader() as reader:
        assert has_written(reader, desk.person.uid)
        assert not has_written(reader, entry)
    for pair, code in (
        ((entry, entry), "work.person_linked"),
        ((desk.person.uid, real), "work.person_wrote"),
        ((entry, real), "work.second_is_lead"),
    ):
        with pytest.raises(Refusal) as refused:
            link_person(desk, *pair)
        assert refused.value.code == code
    assign(desk, audit, second="")
    link_person(desk, entry, real)
    with pytest.raises(Refusal):
        link_person(desk, entry, desk.person.uid)


def test_who_left_is_given_no_audit(desk: Desk, place: str) -> None:
    entry = add_person(desk, "Auditor").uid
    leave(desk, entry, desk.clock().date())
    with pytest.raises(Refusal) as refused:
        plan(desk, Plan(place=place, quarter="2026-Q1", auditor=entry))
    assert refused.value.code == "work.auditor_gone"
