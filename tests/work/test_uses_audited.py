"""Standard exceptions in use, and customers' data in use."""

from __future__ import annotations

from datetime import date

from tests.work.auditing import decide
from tests.work.registering import entry

from gemba.kinds.registers.audits import DATA_CHECKS
from gemba.work.data_use_view import data_uses
from gemba.work.desk import Desk
from gemba.work.exception_view import exception_use
from gemba.work.register_facts import entries
from gemba.work.register_view import Asked
from gemba.work.register_views import gaps, view, write_proposed

STANDARD = {"scenario": "refund", "role": "Adviser", "condition": "No fault of theirs", "valid_from": "2025-01-01"}
USE = {"data": "Contact data", "declared": "To answer", "use": "Answering"}


def test_use_and_gaps_of_exception_standards(desk: Desk, place: str) -> None:
    for code, until in (("late", "2026-12-31"), ("gift", "2026-12-31"), ("old", "2026-01-31")):
        entry(desk, "exception_standard", code, "in_force", code=code, valid_until=until, **STANDARD)
    for at, code in enumerate(("late", "late", "old", "none-such")):
        decide(desk, place, date(2026, 2, 1 + at), scenario="refund", role="Adviser", exception=code)
    decide(desk, place, date(2024, 2, 1), scenario="refund", role="Adviser", exception="gift")
    facts = exception_use(desk, Asked())
    assert {one.code: one.count for one in facts.found.used} == {"late": 2, "old": 1, "none-such": 1, "gift": 0}
    assert facts.past == ("old",)
    assert {gap.code for gap in gaps(desk, "exception_standard")["exception_standard"]} == {
        "unknown_standard",
        "past_its_end",
    }


def test_a_case_without_a_standard_is_proposed_from_three_decisions_on(desk: Desk, place: str) -> None:
    for at in range(2):
        decide(desk, place, date(2026, 2, 1 + at), scenario="delivery", role="Branch lead")
    assert view(desk, "exception_standard").proposals == ()
    decide(desk, place, date(2026, 2, 9), scenario="delivery", role="Branch lead")
    (proposed,) = view(desk, "exception_standard").proposals
    assert proposed.key == "delivery-branch-lead"
    write_proposed(desk, "exception_standard")
    (made,) = entries(desk, "exception_standard")
    assert (made.state, made.fields["role"]) == ("draft", "Branch lead")
    assert view(desk, "exception_standard").proposals == (), "though it holds only once it is in force"


def test_data_in_use_is_looked_at_each_quarter(desk: Desk) -> None:
    checks = dict.fromkeys(DATA_CHECKS, "yes")
    entry(desk, "data_use_audit", "Answering", **USE, quarter="2025-Q4", fits="no", **checks)
    entry(desk, "data_use_audit", "answering", **USE, quarter="2026-Q1", fits="yes", **checks)
    entry(desk, "data_use_audit", "Advertising", **USE, quarter="2025-Q3", fits="part", **checks | {"kept": "no"})
    advertising, answering = data_uses(desk)
    assert (answering.fits, answering.late, advertising.late) == ("yes", False, True)
    assert [gap.code for gap in view(desk, "data_use_audit").gaps] == [
        "beyond_purpose",
        "check_not_met",
        "not_this_quarter",
    ]
    (uid,) = write_proposed(desk, "data_use_audit")
    (made,) = [one for one in entries(desk, "data_use_audit") if one.uid == uid]
    assert (made.fields["quarter"], "fits" in made.fields) == ("2026-Q1", False)
    assert view(desk, "data_use_audit").proposals == ()
