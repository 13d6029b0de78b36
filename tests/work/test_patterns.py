"""A pattern needs proof that counts; what proved it and does so no longer is said."""

from __future__ import annotations

import msgspec
import pytest
from tests.work.spreading import found, later_desk, look, sites, speak, verified

from gemba.domain.actions import Action
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.patterns import Pattern
from gemba.errors import Refusal
from gemba.work import effect_checks, follow_action, patterns
from gemba.work.desk import Desk
from gemba.work.pattern_facts import pattern_facts
from gemba.work.pattern_from_action import draft_from
from gemba.work.patterns import PatternDraft, add

NEW = PatternDraft(
    title="Two counters at noon",
    problem="Customers wait for half an hour at noon.",
    context="Most customers come between eleven and two.",
    how="Open a second counter.",
    proof="Waits fell from 24 to 9 minutes.",
)


def test_a_verified_action_makes_a_whole_pattern_in_one_step(desk: Desk) -> None:
    desk, clock = later_desk(desk)
    speak(desk)
    home, *_ = sites(desk)
    action = verified(desk, found(desk, home))
    look(desk, clock, action, EffectResult.HOLDS)
    uid = add(desk, draft_from(desk, action)).uid
    with desk.reader() as reader:
        facts = pattern_facts(reader, uid)
    one = facts.pattern
    assert (one.step, one.cause, one.place) == ("counter", "capacity", home)
    assert one.problem == "At noon one counter serves everybody."
    assert "Harbour branch" in one.context
    assert "Too few people" in one.context
    assert one.how == "A second counter opens from eleven to two."
    assert "After 30 days: holds" in one.proof
    assert [proof.link.partition(":")[0] for proof in facts.proofs] == ["action", "effect_check"]
    assert all(proof.counts and proof.opens for proof in facts.proofs)
    assert facts.proofs[1].opens == f"action:{action}"
    assert facts.warning == ""
    assert (facts.step, facts.cause, facts.place) == ("Counter", "Too few people", "Harbour branch")


def test_an_action_that_nobody_verified_makes_none(desk: Desk) -> None:
    home, *_ = sites(desk)
    finding = found(desk, home)
    action = follow_action.add(desk, finding, text="Try it", owner="Lead", due=desk.clock().date()).uid
    with pytest.raises(Refusal, match="pattern_unverified"):
        draft_from(desk, action)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " - "}, "pattern_title"),
        ({"problem": ""}, "pattern_problem"),
        ({"context": "n/a"}, "pattern_context"),
        ({"how": ""}, "pattern_how"),
        ({"how": "step " * 5_000}, "pattern_long"),
        ({"proof": "tbd"}, "pattern_without_proof"),
        ({"links": ()}, "pattern_without_record"),
        ({"links": ("place:x",)}, "pattern_link"),
        ({"links": ("action:x",)}, "pattern_no_proof"),
        ({"links": ("action",)}, "pattern_no_proof"),
        ({"step": "nowhere"}, "pattern_code"),
        ({"place": "nowhere"}, "unknown_record"),
        ({"problem": "Dr. Vogel makes everybody wait."}, "names_people"),
    ],
)
def test_what_a_pattern_is_refused_for(desk: Desk, change: dict[str, object], code: str) -> None:
    speak(desk)
    action = verified(desk, found(desk, sites(desk)[0]))
    draft = msgspec.structs.replace(NEW, **{"links": (f"action:{action}",), **change})
    with pytest.raises(Refusal, match=code):
        add(desk, draft)


def test_a_check_that_saw_it_gone_or_was_not_looked_at_proves_nothing(desk: Desk) -> None:
    desk, clock = later_desk(desk)
    action = verified(desk, found(desk, sites(desk)[0]))
    with desk.reader() as reader:
        first, second, *_ = sorted(reader.find(EffectCheck, action=action), key=lambda one: one.days)
    with pytest.raises(Refusal, match="pattern_no_proof"):
        add(desk, msgspec.structs.replace(NEW, links=(f"effect_check:{first.uid}",)))
    clock.go(31)
    effect_checks.look(desk, first.uid, EffectResult.PARTLY, "Not on Fridays.")
    add(desk, msgspec.structs.replace(NEW, links=(f"effect_check:{first.uid}",)))
    clock.go(31)
    effect_checks.look(desk, second.uid, EffectResult.REGRESSED, "One counter again.")
    with pytest.raises(Refusal, match="pattern_no_proof"):
        add(desk, msgspec.structs.replace(NEW, links=(f"effect_check:{second.uid}",)))


def test_a_pattern_whose_action_regressed_says_so_and_may_still_be_changed(desk: Desk) -> None:
    desk, clock = later_desk(desk)
    action = verified(desk, found(desk, sites(desk)[0]))
    uid = add(desk, draft_from(desk, action)).uid
    look(desk, clock, action, EffectResult.HOLDS, EffectResult.REGRESSED)
    with desk.reader() as reader:
        facts = pattern_facts(reader, uid)
        number = reader.get(Action, action)
    assert number is not None
    assert facts.warning == (f"Where it comes from it is as it was before: seen after 60 days ({number.number}).")
    assert not any(proof.counts for proof in facts.proofs)
    patterns.change(desk, uid, owner="Head of service")
    with pytest.raises(Refusal, match="pattern_without_record"):
        patterns.change(desk, uid, links=())


def test_retired_and_brought_back(desk: Desk) -> None:
    action = verified(desk, found(desk, sites(desk)[0]))
    uid = add(desk, draft_from(desk, action)).uid
    patterns.retire(desk, uid)
    with pytest.raises(Refusal, match="pattern_retired"):
        patterns.retire(desk, uid)
    with desk.reader() as reader:
        kept = reader.get(Pattern, uid)
    assert kept is not None
    assert kept.retired
    patterns.retire(desk, uid, back=True)
    with pytest.raises(Refusal, match="pattern_in_force"):
        patterns.retire(desk, uid, back=True)
