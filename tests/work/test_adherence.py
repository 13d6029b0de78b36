"""What several sites complain of asks for an adherence audit; what is seen on the floor is told with its interval."""

from __future__ import annotations

import pytest
from tests.work.following import complaint, keep
from tests.work.registering import NOISE, RISING, entry, measure, site

from gemba.errors import Refusal
from gemba.methods.proportions import wilson
from gemba.work.adherence import adherence_issues
from gemba.work.behaviours import behaviours
from gemba.work.desk import Desk
from gemba.work.metric_conflicts import conflicts
from gemba.work.register_facts import entry_facts
from gemba.work.register_views import view, write_proposed
from gemba.work.registers import change, move


def complained(desk: Desk, place: str, n: int, received: float = 60, step: str = "answer") -> None:
    for at in range(n):
        keep(desk, complaint(desk, received + at, place=place, step=step, cause="late"))


def test_the_same_complaint_from_two_sites_opens_an_audit(desk: Desk) -> None:
    harbour, hill = site(desk, "Harbour"), site(desk, "Hill")
    complained(desk, harbour, 2)
    assert adherence_issues(desk) == ()
    complained(desk, hill, 1)
    complained(desk, hill, 3, step="ask")
    (found,) = adherence_issues(desk)
    assert (found.step, found.cause, found.sites, found.complaints) == (
        "answer",
        "late",
        (("Harbour", 2), ("Hill", 1)),
        3,
    )
    (uid,) = write_proposed(desk, "adherence_audit")
    facts = dict(entry_facts(desk, uid).values)
    assert facts["Sites"] == "Harbour (2)\nHill (1)"
    assert adherence_issues(desk)[0].entry == uid
    assert view(desk, "adherence_audit").proposals == ()
    assert adherence_issues(desk, harbour) == (), "one of the sites alone"


def test_old_complaints_open_nothing(desk: Desk) -> None:
    for name in ("Harbour", "Hill"):
        complained(desk, site(desk, name), 1, received=-100)
    assert adherence_issues(desk) == ()


def test_an_audit_that_is_over_rests_for_a_quarter(desk: Desk) -> None:
    for name in ("Harbour", "Hill"):
        complained(desk, site(desk, name), 1)
    (uid,) = write_proposed(desk, "adherence_audit")
    with pytest.raises(Refusal, match="register_needs"):
        move(desk, uid, "done")
    with pytest.raises(Refusal, match="register_order"):
        change(desk, uid, fields={"audited": "10", "adhered": "11"})
    change(desk, uid, fields={"audited": "10", "adhered": "4", "finding": "not_followed", "consequence": "Train"})
    move(desk, uid, "done")
    (derived,) = entry_facts(desk, uid).derived
    assert derived.value == "4 of 10 (17 – 69 %)"
    assert view(desk, "adherence_audit").proposals == ()


def test_behaviours_are_put_together_by_place(desk: Desk) -> None:
    harbour = site(desk, "Harbour")
    for seen, on in (("3", "2026-02-01"), ("4", "2026-02-20"), ("9", "2025-06-01")):
        entry(desk, "behaviour_adoption", "Says what is next", place=harbour, observed_on=on, chances="9", seen=seen)
    entry(desk, "behaviour_adoption", "says what is next", observed_on="2026-02-20", chances="4", seen="4")
    whole, there = behaviours(desk)
    assert (there.seen, there.chances, there.looks, there.name) == (7, 18, 2, "Harbour")
    assert (there.low, there.high) == (wilson(7, 18).low, wilson(7, 18).high)
    assert (whole.share, whole.chances) == (None, 4), "too few to say"
    assert [one.place for one in behaviours(desk, harbour)] == [harbour]
    with pytest.raises(Refusal, match="register_order"):
        entry(desk, "behaviour_adoption", "x", observed_on="2026-02-20", chances="4", seen="5")


def test_a_conflict_is_held_against_the_figures(desk: Desk) -> None:
    one, other = measure(desk, "a", RISING), measure(desk, "b", [9 - x for x in RISING])
    third, short = measure(desk, "c", NOISE), measure(desk, "d", [1.0])
    for second in (other, third, short):
        entry(desk, "metric_conflict", "Two", first=f"measure:{one}", first_owner="A", second=f"measure:{second}",
              second_owner="B", shows="Seen")  # fmt: skip
    assert [found.verdict for found in conflicts(desk)] == ["trade_off", "unclear", ""]
    assert "five" in conflicts(desk)[2].said or "5" in conflicts(desk)[2].said
    decided = conflicts(desk)[0].entry
    change(desk, decided, fields={"asked_of": "Head", "asked_on": "2026-02-01", "priority": "first", "rule": "First"})
    with pytest.raises(Refusal, match="register_order"):
        change(desk, decided, fields={"decided_on": "2026-01-01"})
    change(desk, decided, fields={"decided_on": "2026-02-02"})
    move(desk, decided, "decided")
    assert len(conflicts(desk)) == 2
