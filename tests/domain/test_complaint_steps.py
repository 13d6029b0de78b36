from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.complaint_steps import STEPS, Need, ahead, is_customer_service, moments, needs, reached
from gemba.domain.complaints import Complaint, ComplaintDecision, ComplaintState, SimilarElsewhere, ToldBack

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SAID: dict[str, Any] = {
    "assessed_at": NOW,
    "owner": "Head of lending operations",
    "decision": ComplaintDecision.UPHELD,
    "answer": "We pay it back.",
    "told_back": ToldBack.YES,
    "similar": SimilarElsewhere.NO,
}
NEEDED = {
    "assessed_at": Need.SEVERITY,
    "owner": Need.OWNER,
    "decision": Need.DECISION,
    "answer": Need.ANSWER,
    "told_back": Need.TOLD_BACK,
    "similar": Need.SIMILAR,
}


def a_complaint(**fields: Any) -> Complaint:
    return Complaint(uid="1", number="K-1", source="", received_at=NOW, recorded_at=NOW, person="p", **fields)


def test_nothing_is_closed_without_the_two_answers() -> None:
    decided = a_complaint(
        state=ComplaintState.DECIDED,
        **{**SAID, "told_back": ToldBack.UNANSWERED, "similar": SimilarElsewhere.UNANSWERED},
    )
    assert needs(decided, ComplaintState.CLOSED) == (Need.TOLD_BACK, Need.SIMILAR)
    said = msgspec.structs.replace(decided, told_back=ToldBack.NOT_WANTED, similar=SimilarElsewhere.COULD_OCCUR)
    assert needs(said, ComplaintState.CLOSED) == (Need.SIMILAR_NOTE,)
    assert needs(msgspec.structs.replace(said, similar_note="Every branch"), ComplaintState.CLOSED) == ()


@given(st.sets(st.sampled_from(sorted(SAID))), st.sampled_from(STEPS), st.sampled_from(STEPS))
def test_a_later_step_never_needs_less(said: set[str], one: ComplaintState, other: ComplaintState) -> None:
    complaint = a_complaint(**{name: SAID[name] for name in said})
    first, last = sorted((one, other), key=STEPS.index)
    assert set(needs(complaint, first)) <= set(needs(complaint, last))


@given(st.sets(st.sampled_from(sorted(SAID))))
def test_what_is_not_said_is_what_is_missing(said: set[str]) -> None:
    complaint = a_complaint(**{name: SAID[name] for name in said})
    assert set(needs(complaint, ComplaintState.CLOSED)) == {NEEDED[name] for name in set(SAID) - said}


def test_a_reopened_complaint_goes_on_with_the_investigation() -> None:
    reopened = a_complaint(state=ComplaintState.REOPENED)
    assert reached(reopened) is ComplaintState.ASSESSED
    assert ahead(reopened)[0] is ComplaintState.INVESTIGATING
    assert ahead(a_complaint(state=ComplaintState.CLOSED)) == ()


@given(st.sampled_from(STEPS[1:]), st.integers(-100, 100), st.integers(0, 50))
def test_no_step_is_dated_before_an_earlier_one(to: ComplaintState, hours: int, acknowledged: int) -> None:
    before = NOW + timedelta(hours=acknowledged)
    complaint = a_complaint(state=ComplaintState.RECEIVED, acknowledged_at=before, **SAID)
    dated = moments(complaint, to, NOW + timedelta(hours=hours))
    assert f"{to.value}_at" in dated
    assert all(moment >= before for moment in dated.values())


def test_steps_that_are_passed_over_have_a_moment_only_if_they_needed_something() -> None:
    said = {name: value for name, value in SAID.items() if name != "assessed_at"}
    dated = moments(a_complaint(**said), ComplaintState.CLOSED, NOW)
    assert set(dated) == {"assessed_at", "decided_at", "told_at", "closed_at"}


@pytest.mark.parametrize(
    "owner",
    [
        "Customer Service",
        "customer-service team",
        "CUSTOMER CARE, north",
        "Kundendienst",
        "Kundenservice Nord",
        "Service clientèle",
        "Atención al cliente",
        "Obsługa klienta",
        "Help desk",
    ],
)
def test_those_who_take_complaints_in_own_no_process(owner: str) -> None:
    assert is_customer_service(owner)


@pytest.mark.parametrize("owner", ["", "Head of card services", "Customer onboarding", "Prozess Kundenkredit"])
def test_owners_of_processes_are_taken(owner: str) -> None:
    assert not is_customer_service(owner)
