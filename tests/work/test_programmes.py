from __future__ import annotations

from datetime import date

import pytest
from tests.work.auditing import another_person, decide, plan_audit, promise

from gemba.domain.places import Level
from gemba.domain.programmes import Audit, AuditState, Programme, ProgrammeState
from gemba.errors import Refusal
from gemba.work import plan_audits, programmes
from gemba.work.desk import Desk
from gemba.work.places import add_place
from gemba.work.plan_by_risk import Wanted, candidates, plan_sites, proposal
from gemba.work.programmes import Draft

QUARTER = "2026-Q1"


@pytest.fixture
def sites(desk: Desk) -> list[str]:
    region = add_place(desk, "South", level=Level.REGION).uid
    return [add_place(desk, f"Branch {number}", parent=region).uid for number in range(6)]


@pytest.fixture
def programme(desk: Desk, sites: list[str]) -> str:
    return programmes.make(desk, Draft(quarter="2026q1", objective="Are promises kept?")).uid


def get(desk: Desk, uid: str) -> Programme:
    with desk.reader() as reader:
        found = reader.get(Programme, uid)
    assert found is not None
    return found


def audits_of(desk: Desk, programme: str) -> list[Audit]:
    with desk.reader() as reader:
        return programmes.audits_of(reader, programme)


def test_a_programme_is_planned_by_risk_run_watched_and_closed(desk: Desk, programme: str, sites: list[str]) -> None:
    with pytest.raises(Refusal, match="programme_without_audits"):
        programmes.run(desk, programme)
    with desk.reader() as reader:
        table = candidates(reader, programme)
        picked = proposal(table, 3)
    assert [one.risk.site for one in table][:3] == list(picked)
    plan_sites(desk, programme, Wanted(sites=picked))
    made = audits_of(desk, programme)
    assert {one.place for one in made} == set(picked)
    assert all(one.risk == next(each.risk.risk for each in table if each.risk.site == one.place) for one in made)
    assert all(one.risk_parts["weight.since"] == 3 for one in made)
    assert all(date(2026, 4, 1) <= one.planned_on <= date(2026, 5, 13) for one in made)
    programmes.run(desk, programme)
    with desk.unit() as unit:
        unit.change(Audit, made[0].uid, state=AuditState.CONCLUDED, opened_at=desk.clock())
        unit.change(Audit, made[1].uid, state=AuditState.OPEN)
    plan_audits.move(desk, made[2].uid, date(2026, 1, 5), "Earlier", due=date(2026, 1, 6))
    with desk.reader() as reader:
        stands = programmes.monitoring(reader, programme)
        rest = proposal(candidates(reader, programme), 9)
    assert rest
    assert not set(rest) & set(picked)
    assert (stands.held, stands.under_way, stands.planned, stands.overdue, stands.moved) == (1, 1, 1, 1, 1)
    with pytest.raises(Refusal, match="programme_not_over"):
        programmes.close(desk, programme, "x")
    plan_audits.cancel(desk, made[2].uid, "Closed branch")
    with desk.unit() as unit:
        unit.change(Audit, made[1].uid, state=AuditState.CONCLUDED, opened_at=desk.clock().replace(year=2027))
    with pytest.raises(Refusal, match="programme_without_learning"):
        programmes.close(desk, programme, "  ")
    programmes.close(desk, programme, "Begin earlier.")
    assert get(desk, programme).state is ProgrammeState.CLOSED
    with desk.reader() as reader:
        stands = programmes.monitoring(reader, programme)
    assert (stands.held, stands.held_late, stands.cancelled, stands.is_over) == (2, 1, 1, True)
    for again in (
        lambda: programmes.change(desk, programme, {"risks": "x"}),
        lambda: plan_sites(desk, programme, Wanted(sites=(sites[0],))),
        lambda: plan_audits.plan(desk, plan_audits.Plan(place=sites[0], quarter=QUARTER, programme=programme)),
    ):
        with pytest.raises(Refusal, match="programme_closed"):
            again()


def test_auditors_take_turns_where_they_are_independent(desk: Desk, programme: str, sites: list[str]) -> None:
    one, two = another_person(desk, "One"), another_person(desk, "Two")
    decide(desk, sites[1], date(2026, 2, 2), decider=two)
    plan_sites(desk, programme, Wanted(sites=tuple(sites[:4]), auditors=(one, two)))
    leads = {audit.place: audit.auditor for audit in audits_of(desk, programme)}
    assert [leads[site] for site in sites[:4]] == [one, one, one, two]
    decide(desk, sites[4], date(2026, 2, 2), decider=one)
    decide(desk, sites[4], date(2026, 2, 2), decider=two)
    with pytest.raises(Refusal, match="audits_own"):
        plan_sites(desk, programme, Wanted(sites=tuple(sites[4:]), auditors=(one, two)))
    assert len(audits_of(desk, programme)) == 4


def test_sites_are_planned_once_and_only_those_of_the_programme(desk: Desk, programme: str, sites: list[str]) -> None:
    plan_sites(desk, programme, Wanted(sites=(sites[0],)))
    with pytest.raises(Refusal, match="site_planned"):
        plan_sites(desk, programme, Wanted(sites=(sites[1], sites[0])))
    with pytest.raises(Refusal, match="no_site_of_programme"):
        plan_sites(desk, programme, Wanted(sites=("nowhere",)))
    with pytest.raises(Refusal, match="programme_days"):
        plan_sites(desk, programme, Wanted(sites=(sites[2],), first=date(2026, 5, 1), last=date(2026, 4, 1)))
    assert len(audits_of(desk, programme)) == 1
    plan_audits.cancel(desk, audits_of(desk, programme)[0].uid, "Later")
    plan_sites(desk, programme, Wanted(sites=(sites[0],), first=date(2026, 5, 2), last=date(2026, 5, 3)))


def test_other_weights_make_another_order_and_are_kept_with_the_audit(
    desk: Desk, programme: str, sites: list[str]
) -> None:
    plan_audit(desk, sites[0], "2025-Q4", state="concluded")
    with desk.reader() as reader:
        assert candidates(reader, programme)[-1].risk.site == sites[0]
        same = {one.risk.risk for one in candidates(reader, programme, {"since": 0})}
    assert len(same) == 1
    plan_sites(desk, programme, Wanted(sites=(sites[0],)), {"since": 0})
    assert audits_of(desk, programme)[0].risk_parts["weight.since"] == 0


def test_a_place_without_sites_has_no_programme(desk: Desk) -> None:
    with pytest.raises(Refusal, match="programme_without_sites"):
        programmes.make(desk, Draft(quarter=QUARTER))
    region = add_place(desk, "North", level=Level.REGION).uid
    add_place(desk, "Branch")
    with pytest.raises(Refusal, match="programme_without_sites"):
        programmes.make(desk, Draft(quarter=QUARTER, place=region))
    programmes.make(desk, Draft(quarter=QUARTER))


def test_a_quarter_has_one_programme_for_a_place(desk: Desk, programme: str, sites: list[str]) -> None:
    with pytest.raises(Refusal, match="programme_there"):
        programmes.make(desk, Draft(quarter=QUARTER))
    other = programmes.make(desk, Draft(quarter=QUARTER, place=sites[0])).uid
    with desk.reader() as reader:
        assert programmes.programme_named(reader, get(desk, other).number.lower()).uid == other
        with pytest.raises(Refusal, match="programmes_named"):
            programmes.programme_named(reader, QUARTER)
        with pytest.raises(Refusal, match="no_programme_named"):
            programmes.programme_named(reader, "2031-Q1")
    for wrong in ("2026-Q5", "next", ""):
        with pytest.raises(Refusal, match=r"domain\.quarter"):
            programmes.make(desk, Draft(quarter=wrong))


def test_it_cannot_run_without_an_objective(desk: Desk, sites: list[str]) -> None:
    uid = programmes.make(desk, Draft(quarter="2026-Q2")).uid
    with pytest.raises(Refusal, match="programme_without_objective"):
        programmes.run(desk, uid)


def test_goals_are_known_and_what_ends_within_the_quarter_is_told(desk: Desk, sites: list[str]) -> None:
    promise(desk, "told", valid_from=date(2025, 1, 1), retired_on=date(2026, 2, 10))
    promise(desk, "kept", valid_from=date(2026, 2, 1))
    with pytest.raises(Refusal, match="programme_goal"):
        programmes.make(desk, Draft(quarter=QUARTER, goals=("on-time",)))
    uid = programmes.make(desk, Draft(quarter=QUARTER, goals=("Told", "kept"))).uid
    assert get(desk, uid).goals == ("told", "kept")
    with desk.reader() as reader:
        ends, begins = programmes.goals_told(reader, get(desk, uid))
    assert ends.startswith("told ends within the quarter")
    assert begins.startswith("kept begins within the quarter")
    audit = plan_audits.plan(desk, plan_audits.Plan(place=sites[0], quarter=QUARTER, programme=uid)).uid
    with desk.reader() as reader:
        found = reader.get(Audit, audit)
    assert found is not None
    assert found.goals == ("told", "kept")
