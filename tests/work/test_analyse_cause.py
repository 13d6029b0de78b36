"""Cause analyses: whys that end on no person, what a finished one has, and what follows from it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.work.complaint_records import put_complaint
from tests.work.reviewing import words

from gemba.domain.actions import Action, ActionSort, ActionState
from gemba.domain.causes import CauseAnalysis, CauseDomain, CauseSort
from gemba.errors import Refusal
from gemba.work.analyse_cause import About, begin, finish, on_person, reopen, revise
from gemba.work.follow_action import add_for_analysis, done
from gemba.work.person_words import ends_on_person
from gemba.work.places import add_place

WHOLE = {"whys": ["No check before sending."], "domain": CauseDomain.PROCESS, "sort": CauseSort.SYSTEM}


def of(desk, uid):
    with desk.reader() as reader:
        return reader.find(CauseAnalysis, uid=uid)[0]


def test_an_analysis_takes_place_and_codes_from_its_complaint(desk):
    words(desk)
    place = add_place(desk, "Harbour").uid
    complaint = put_complaint(desk, place=place, step="send", cause="late")
    found = of(desk, begin(desk, " Late again ", About(complaint=complaint.uid, cause="Wrong amount")).uid)
    assert found.number.startswith("W-")
    assert (found.problem, found.place, found.step, found.cause) == ("Late again", place, "send", "wrong")


@pytest.mark.parametrize(
    ("left_out", "code"),
    [
        ("whys", "work.analysis_without_why"),
        ("domain", "work.analysis_without_domain"),
        ("sort", "work.analysis_without_sort"),
    ],
)
def test_a_finished_analysis_is_whole(desk, left_out, code):
    uid = begin(desk, "Late").uid
    revise(desk, uid, **{name: said for name, said in WHOLE.items() if name != left_out})
    with pytest.raises(Refusal) as refused:
        finish(desk, uid)
    assert refused.value.code == code
    revise(desk, uid, **{left_out: WHOLE[left_out]})
    finish(desk, uid)
    assert of(desk, uid).finished_at is not None


def test_heads_may_stand_for_whys(desk):
    uid = begin(desk, "Late").uid
    revise(desk, uid, **{**WHOLE, "whys": [], "heads": {"technology": "The scanner is slow.", "place": " "}})
    finish(desk, uid)
    assert of(desk, uid).heads == {"technology": "The scanner is slow."}


def test_a_chain_does_not_end_on_a_person(desk):
    uid = begin(desk, "Late").uid
    revise(desk, uid, **{**WHOLE, "whys": ["The parcel stayed here.", "The clerk forgot to scan it."]})
    assert on_person(of(desk, uid))
    with pytest.raises(Refusal, match="why_ends_on_person"):
        finish(desk, uid)
    whys = ["The parcel stayed here.", "The clerk forgot to scan it.", "Nothing shows which parcels are unscanned."]
    revise(desk, uid, whys=whys, ends_on_person=True)
    with pytest.raises(Refusal, match="why_ends_on_person"):
        finish(desk, uid)
    revise(desk, uid, ends_on_person=False)
    finish(desk, uid)


@pytest.mark.parametrize(
    "why",
    [
        "Human error",
        "The agent did not check the address.",
        "Staff at the counter made a mistake",
        "Der Mitarbeiter hat den Anruf vergessen",
        "L'agent a oublié de noter le numéro",
        "El empleado se equivocó",
        "خطأ بشري",
    ],
)
def test_words_that_end_on_a_person(why):
    assert ends_on_person(why)


@pytest.mark.parametrize(
    "why",
    [
        "The system does not warn when the address is incomplete.",
        "Two counters share one printer, so slips get mixed.",
        "The rule asks for a signature nobody is there to give.",
        "New colleagues are not trained on returns.",
    ],
)
def test_words_that_do_not(why):
    assert not ends_on_person(why)


def test_a_systemic_write_up_names_nobody_and_a_one_off_may(desk):
    complaint = put_complaint(desk, customer="Vera Lindqvist")
    uid = begin(desk, "A parcel of Vera Lindqvist came late", About(complaint=complaint.uid)).uid
    revise(desk, uid, **WHOLE)
    with pytest.raises(Refusal, match="names_people"):
        finish(desk, uid)
    revise(desk, uid, sort=CauseSort.ONE_OFF)
    finish(desk, uid)


def test_what_is_finished_is_opened_again_to_be_changed(desk):
    uid = begin(desk, "Late").uid
    revise(desk, uid, **WHOLE)
    finish(desk, uid)
    with pytest.raises(Refusal, match="analysis_finished"):
        revise(desk, uid, problem="Later")
    reopen(desk, uid)
    revise(desk, uid, problem="Later")
    assert of(desk, uid).problem == "Later"


def test_unknown_heads_and_empty_problems_are_refused(desk):
    with pytest.raises(Refusal, match="analysis_without_problem"):
        begin(desk, " ")
    uid = begin(desk, "Late").uid
    with pytest.raises(Refusal, match="unknown_head"):
        revise(desk, uid, heads={"weather": "rain"})


def test_an_action_follows_from_an_analysis(desk):
    place = add_place(desk, "Harbour").uid
    uid = begin(desk, "Late", About(place=place)).uid
    action = add_for_analysis(desk, uid, text="Warn of road works", owner="Logistics", due=date(2026, 4, 1)).uid
    done(desk, action, "In use since March")
    with desk.reader() as reader:
        kept = reader.find(Action, uid=action)[0]
    assert (kept.analysis, kept.finding, kept.place, kept.sort) == (uid, None, place, ActionSort.CORRECTIVE)
    assert kept.state is ActionState.DONE


def test_an_action_says_where_it_is_done(desk):
    for name in ("Harbour", "Station"):
        add_place(desk, name)
    uid = begin(desk, "Late").uid
    with pytest.raises(Refusal, match="action_without_place"):
        add_for_analysis(desk, uid, text="Warn", owner="Logistics", due=date(2026, 4, 1))
