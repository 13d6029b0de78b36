"""Clusters of a review with the clauses that hold, and the decisions on them."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from tests.work.complaint_records import put_complaint
from tests.work.reviewing import BEGINS, ENDS, day, quarter, review_of, vocabulary

from gemba.domain.actions import Action
from gemba.domain.causes import CauseDomain, CauseSort
from gemba.domain.complaint_reviews import ClusterDecision, ComplaintReview, ReviewState, SystemicVerdict
from gemba.domain.complaints import Complaint
from gemba.domain.places import Level
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal, Trouble
from gemba.methods.proportions import concentration
from gemba.methods.rates import chance_of_rise
from gemba.work.analyse_cause import About, begin, finish, revise
from gemba.work.cluster_numbers import clauses_told, why_proposed
from gemba.work.decide_cluster import conclude, decide, decide_all, decisions_of, undecided
from gemba.work.follow_action import add_for_analysis, done
from gemba.work.places import add_place
from gemba.work.review_clusters import clusters

LATE = ("send", "late", "")


def by_key(found):
    return {each.key: each for each in found.clusters}


def analysed(desk, sort=CauseSort.SYSTEM, **about):
    """A finished analysis of late deliveries."""
    uid = begin(desk, "Deliveries come late since October.", About(step="send", cause="late", **about)).uid
    revise(desk, uid, whys=["The route plan knows no road works."], domain=CauseDomain.PROCESS, sort=sort)
    finish(desk, uid)
    return uid


def test_the_gap_stands_first_with_the_numbers_that_decide(desk):
    quarter(desk)
    found = clusters(desk, review_of(desk).uid)
    first = found.clusters[0]
    assert (first.step_title, first.cause_title) == ("Delivery", "Too late")
    assert (first.cases, first.severe, first.sites, first.before) == (54, 54, 2, 26)
    assert first.clauses == ("a", "b", "c")
    assert first.p == concentration(54, found.total, 26 / 130)
    assert (first.previous, first.rise_p) == (13, chance_of_rise(54, 92, 13, 92))
    assert first.series.signals is True
    assert first.proposed is SystemicVerdict.NOT_ENOUGH, "no written cause yet"


def test_what_is_not_coded_is_in_no_cluster_and_what_is_single_is_not_isolated(desk):
    quarter(desk)
    found = clusters(desk, review_of(desk).uid)
    assert (found.uncoded, found.total, found.missing) == (1, 69, 0)
    single = by_key(found)["ask", "rude", ""]
    assert (single.cases, single.clauses, single.proposed) == (1, (), SystemicVerdict.NOT_ENOUGH)
    assert "fewer than three" in why_proposed(single)


def test_a_finished_analysis_makes_it_systemic_or_isolated(desk):
    quarter(desk)
    review = review_of(desk)
    analysed(desk, review=review.uid)
    uid = begin(desk, "One customer was met unkindly.", About(step="ask", cause="rude")).uid
    revise(desk, uid, whys=["The only queue that day."], domain=CauseDomain.PROCESS, sort=CauseSort.ONE_OFF)
    finish(desk, uid)
    found = by_key(clusters(desk, review.uid))
    assert found[LATE].proposed is SystemicVerdict.SYSTEMIC
    assert found["ask", "rude", ""].proposed is SystemicVerdict.ISOLATED


def test_areas_of_one_site_are_one_site_and_so_may_be_a_region_around_it(desk):
    quarter(desk)
    region = add_place(desk, "North", level=Level.REGION).uid
    site = add_place(desk, "Depot", parent=region).uid
    areas = [add_place(desk, name, level=Level.AREA, parent=site).uid for name in ("Gate", "Dock")]
    for place in (*areas, site, region, None):
        put_complaint(desk, received_at=day(BEGINS, 20), place=place, step="ask", cause="wrong")
    asked = by_key(clusters(desk, review_of(desk).uid))["ask", "wrong", ""]
    assert (asked.cases, asked.sites) == (5, 1)
    assert "a" not in asked.clauses


def test_clusters_by_place_are_judged_each_for_itself(desk):
    sites = quarter(desk)
    found = by_key(clusters(desk, review_of(desk).uid, by_place=True))
    station = found["send", "late", sites["Station"]]
    assert (station.cases, station.sites, station.before, station.place_name) == (27, 1, 0, "Station")
    assert "a" not in station.clauses


def test_shifts_of_the_source_spread_a_cluster_at_one_site(desk):
    sites = quarter(desk)
    for shift in ("early", "late", "late"):
        put_complaint(
            desk,
            received_at=day(BEGINS, 20),
            place=sites["Harbour"],
            step="ask",
            cause="wrong",
            more={"Shift code": shift},
        )
    review = review_of(desk).uid
    found = clusters(desk, review)
    assert found.people_column == "Shift code"
    assert by_key(found)["ask", "wrong", ""].people == 2
    assert "a" in by_key(found)["ask", "wrong", ""].clauses
    assert by_key(clusters(desk, review, people="-"))["ask", "wrong", ""].people == 0


def test_codes_are_read_through_the_crosswalk(desk):
    quarter(desk)
    terms = {"slow": "Too slow", "wrong": "Wrong amount", "rude": "Unfriendly"}
    vocabulary(desk, Facet.CAUSE, terms, version=2, crosswalk={"late": "slow"})
    found = by_key(clusters(desk, review_of(desk).uid))
    assert found["send", "slow", ""].cases == 54
    assert found["send", "slow", ""].before == 26


def test_a_return_after_a_closed_action_is_told(desk):
    sites = quarter(desk)
    action = add_for_analysis(
        desk,
        analysed(desk),
        text="Plan with road works",
        owner="Logistics",
        due=date(2026, 3, 20),
        place=sites["Harbour"],
    ).uid
    done(desk, action, "New plan in use")
    with desk.unit() as unit:
        unit.change(Action, action, done_at=day(BEGINS, -10))
    late = by_key(clusters(desk, review_of(desk).uid))[LATE]
    assert late.returned_after == 11
    assert "d" in late.clauses
    assert late.actions_closed == (action_number(desk, action),)


def action_number(desk, uid):
    with desk.reader() as reader:
        return reader.find(Action, uid=uid)[0].number


def test_a_store_that_knows_nothing_before_says_so(desk):
    sites = quarter(desk)
    with desk.unit() as unit:
        for each in unit.find(Complaint):
            if each.received_at < day(BEGINS):
                unit.change(Complaint, each.uid, received_at=day(ENDS, 5))
    late = by_key(clusters(desk, review_of(desk).uid))[LATE]
    assert (late.before, late.q, late.rise_p, late.series.signals) == (None, None, None, None)
    assert late.clauses == ("a",)
    assert sites


def test_a_sample_compares_rates_by_the_share_that_was_drawn(desk):
    quarter(desk)
    review = review_of(desk, sample=23, seed="x")
    found = clusters(desk, review.uid)
    assert found.total == 23
    late = by_key(found)[LATE]
    assert late.rise_p == chance_of_rise(late.cases, 92 * 23 / review.frame_count, 13, 92)


def test_every_clause_is_told_in_words(desk):
    quarter(desk)
    found = clusters(desk, review_of(desk).uid)
    for each in found.clusters:
        told = clauses_told(each, found.total, found.span)
        assert [clause.clause for clause in told] == ["a", "b", "c", "d"]
        assert all(clause.sentences for clause in told)
        assert [clause.clause for clause in told if clause.holds] == list(each.clauses)
    single = by_key(found)["ask", "rude", ""]
    said = [clause.said for clause in clauses_told(single, found.total, found.span)]
    assert said == ["does not hold", "cannot be told", "does not hold", "does not hold"]


def test_a_decision_keeps_proposal_and_numbers_and_a_later_one_stands(desk):
    quarter(desk)
    review = review_of(desk).uid
    late = by_key(clusters(desk, review))[LATE]
    decide(desk, review, late, SystemicVerdict.NOT_ENOUGH)
    decide(desk, review, late, SystemicVerdict.SYSTEMIC, "The route plan is the same everywhere.")
    with desk.reader() as reader:
        newest, first = decisions_of(reader, review)[LATE]
    assert (newest.decided, first.decided) == (SystemicVerdict.SYSTEMIC, SystemicVerdict.NOT_ENOUGH)
    assert (newest.proposed, newest.clauses) == (SystemicVerdict.NOT_ENOUGH, ("a", "b", "c"))
    assert newest.figures["cases"] == "54"
    assert newest.figures["chart_signals"] == "yes"


def test_a_decision_against_the_proposal_needs_a_reason(desk):
    quarter(desk)
    review = review_of(desk).uid
    late = by_key(clusters(desk, review))[LATE]
    with pytest.raises(Refusal, match="decision_without_reason"):
        decide(desk, review, late, SystemicVerdict.ISOLATED, "  ")


def test_what_is_systemic_names_nobody(desk):
    quarter(desk)
    review = review_of(desk).uid
    late = by_key(clusters(desk, review))[LATE]
    with pytest.raises(Refusal, match="names_people"):
        decide(desk, review, late, SystemicVerdict.SYSTEMIC, "As Vera Lindqvist says, it is always late.")
    with pytest.raises(Refusal, match="may_name_people"):
        decide(desk, review, late, SystemicVerdict.SYSTEMIC, "It was all done by Ottilie Brandt alone.")
    words = "The plan of the Harbour Station is done by Route Planner."
    decide(desk, review, late, SystemicVerdict.SYSTEMIC, words, are_no_names=True)


def test_a_review_is_concluded_when_all_that_matters_is_decided_and_then_stands(desk):
    quarter(desk)
    review = review_of(desk).uid
    found = clusters(desk, review)
    with pytest.raises(Refusal, match="clusters_undecided"):
        conclude(desk, review, found, "Deliveries are late.")
    with desk.reader() as reader:
        left = undecided(found, decisions_of(reader, review))
    decide_all(desk, review, left, SystemicVerdict.NOT_ENOUGH, "Causes are being looked for.")
    with pytest.raises(Refusal, match="names_people"):
        conclude(desk, review, found, "Mr Lindqvist complained most.")
    conclude(desk, review, found, "Deliveries are late at both sites.")
    with desk.reader() as reader:
        kept = reader.find(ComplaintReview, uid=review)[0]
        assert (kept.state, kept.summary) == (ReviewState.CONCLUDED, "Deliveries are late at both sites.")
        assert len(reader.find(ClusterDecision, review=review)) == len(left)
    with pytest.raises(Refusal, match="review_concluded"):
        decide(desk, review, left[0], SystemicVerdict.NOT_ENOUGH)


def test_the_newest_decision_stands_though_the_clock_was_set_back(desk):
    quarter(desk)
    review = review_of(desk).uid
    late = by_key(clusters(desk, review))[LATE]
    decide(desk, review, late, SystemicVerdict.NOT_ENOUGH)
    back = msgspec.structs.replace(desk, clock=lambda: day(BEGINS))
    decide(back, review, late, SystemicVerdict.SYSTEMIC, "The plan is the same everywhere.")
    with desk.reader() as reader:
        assert decisions_of(reader, review)[LATE][0].decided is SystemicVerdict.SYSTEMIC


def test_a_list_that_is_gone_is_trouble(desk):
    quarter(desk)
    review = review_of(desk)
    for file in (desk.store.folder / "evidence").rglob(f"{review.drawn}*"):
        file.unlink()
    with pytest.raises(Trouble, match="evidence_missing"):
        clusters(desk, review.uid)
