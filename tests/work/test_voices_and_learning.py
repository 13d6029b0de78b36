"""Training that follows from causes, voices from inside as sources of their own, and what registers refuse of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.following import complaint, keep
from tests.work.registering import entry, site
from tests.work.spreading import found, sites, speak, verified

from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.kinds.registers.checking import checked
from gemba.kinds.registers.registry import register_named
from gemba.work import registers
from gemba.work.desk import Desk
from gemba.work.register_facts import entries, entry_facts
from gemba.work.register_views import view, write_proposed
from gemba.work.training_needs import recurring_causes
from gemba.work.vocabularies import Words, release

EXIT = {"held_on": "2026-02-01", "step": "counter", "cause": "capacity", "barrier": "One person for two counters."}


def test_a_cause_is_trained_when_it_comes_back_three_times_at_two_sites(desk: Desk) -> None:
    speak(desk)
    home, mill, island = sites(desk)
    keep(desk, complaint(desk, 100, place=home, cause="capacity"), complaint(desk, 101, place=home, cause="capacity"))
    assert recurring_causes(desk) == (), "two cases at one site"
    entry(desk, "exit_interview", "Adviser", place=home, **EXIT)
    assert recurring_causes(desk) == (), "three cases, and still one site"
    found(desk, mill, cause="capacity")
    keep(desk, complaint(desk, 1, place=island, cause="hand_off"), complaint(desk, 2, place=mill, cause="hand_off"))
    (one,) = recurring_causes(desk)
    assert (one.cause, one.cases, one.title) == ("capacity", 4, "Too few people")
    assert one.sources == {"complaints": 2, "exits": 1, "findings": 1}, "each source is counted apart"
    assert one.sites == (("Harbour branch", 3), ("Mill branch", 1))
    assert recurring_causes(desk, mill) == ()


def test_what_is_proposed_is_kept_once_with_role_day_and_proof(desk: Desk) -> None:
    release(desk, Facet.CAUSE, Words(terms={"form": "Wrong form"}, domains={"form": "process"}))
    home, mill, _ = sites(desk)
    keep(desk, *(complaint(desk, 90 + at, place=where, cause="form") for at, where in enumerate((home, home, mill))))
    (proposed,) = view(desk, "training_need").proposals
    assert "process: look whether training helps" in proposed.reason
    (uid,) = write_proposed(desk, "training_need")
    assert view(desk, "training_need").proposals == ()
    facts = entry_facts(desk, uid)
    assert ("Cause", "Wrong form") in facts.values
    assert facts.entry.fields["due"] == "2026-05-01"
    with pytest.raises(Refusal, match="register_needs"):
        registers.move(desk, uid, "planned")
    registers.change(desk, uid, fields={"role": "Advisers", "content": "Choose the form by the product."})
    registers.move(desk, uid, "planned")
    said = {"done_on": "2026-03-02", "proof": "n/a"}
    with pytest.raises(Refusal, match="register_says_nothing"):
        registers.change(desk, uid, fields=said)
    registers.change(desk, uid, fields=said | {"proof": "Twenty forms looked through: one was wrong."})
    registers.move(desk, uid, "done")
    assert view(desk, "training_need").proposals == (), "what was trained lately is not proposed again"


def test_exit_interviews_are_coded_name_nobody_and_stand_beside_complaints(desk: Desk) -> None:
    speak(desk)
    home = site(desk, "Harbour")
    keep(desk, complaint(desk, 100, place=home, step="counter", cause="capacity"))
    entry(desk, "exit_interview", "Adviser", place=home, **EXIT)
    entry(desk, "exit_interview", "Shift lead", **EXIT)
    (one,) = view(desk, "exit_interview").facts
    assert (one.interviews, one.complaints, one.open, one.title) == (2, 1, 2, "Counter: Too few people")
    with pytest.raises(Refusal, match="entry_code"):
        entry(desk, "exit_interview", "Adviser", **EXIT | {"cause": "weather"})
    with pytest.raises(Refusal, match="names_people"):
        entry(desk, "exit_interview", "Adviser", **EXIT | {"barrier": "Mr. Vogel never listened."})
    with pytest.raises(Refusal, match="register_needs"):
        entry(desk, "exit_interview", "Adviser", **EXIT | {"step": ""})


def test_standard_work_needs_a_co_author_from_the_front_line_and_what_it_answers(desk: Desk) -> None:
    home, *_ = sites(desk)
    answers = f"finding:{found(desk, home)}"
    written = {"version": "4", "changed": "Two people from eleven to two.", "frontline": "Counter staff"}
    uid = entry(desk, "standard_work", "Noon roster", **written, answers=answers, owner="Branch manager")
    assert ("Co-authors from the front line (roles)", "Counter staff") in entry_facts(desk, uid).values
    for said, code in (
        ({"frontline": ""}, "register_needs"),
        ({"frontline": "none"}, "register_says_nothing"),
        ({"answers": ""}, "register_needs"),
        ({"answers": "action:x"}, "register_link"),
        ({"answers": "finding:x"}, "unknown_record"),
        ({"frontline": "Mrs. Kern"}, "names_people"),
    ):
        with pytest.raises(Refusal, match=code):
            entry(desk, "standard_work", "Noon roster", **{**written, "answers": answers, **said})


def test_a_pulse_of_few_has_no_result_and_of_two_teams_a_weighted_one(desk: Desk) -> None:
    home, *_ = sites(desk)
    action = verified(desk, found(desk, home))
    asked = {"roll_out": f"action:{action}", "day": "30", "asked": "30"}
    with pytest.raises(Refusal, match="register_few"):
        entry(desk, "rollout_pulse", "Counter", **asked, answered="4", able="1")
    entry(desk, "rollout_pulse", "Counter", **asked, answered="4", influencers="Shift leads")
    (few,) = view(desk, "rollout_pulse").facts
    assert (few.answered, few.means) == (4, (None, None, None))
    entry(desk, "rollout_pulse", "Counter", **asked, answered="6", able="4")
    entry(desk, "rollout_pulse", "Counter", **asked, answered="18", able="2")
    made = view(desk, "rollout_pulse")
    assert made.facts[0].means == (None, 2.5, None)
    assert [gap.code for gap in made.gaps] == ["pulse_low"]
    assert len(entries(desk, "rollout_pulse")) == 3


@given(st.integers(0, 40), st.sampled_from(["", "3.5"]))
def test_no_result_of_fewer_than_five_is_ever_kept(answered: int, mean: str) -> None:
    pulse = register_named("rollout_pulse")
    said = {"roll_out": "action:x", "day": "30", "asked": "40", "answered": str(answered), "better": mean}
    if mean and answered < 5:
        with pytest.raises(Refusal, match="register_few"):
            checked(pulse, said, "open")
        return
    assert checked(pulse, said, "open").get("better", "") == mean
