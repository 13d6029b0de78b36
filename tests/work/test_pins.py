"""Pains on a map: what codes pin of themselves, what hands pin, how steps rank, and what became of it in a quarter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.complaining import complain
from tests.work.conftest import template_of

from gemba.domain import pains
from gemba.domain.complaints import Complaint
from gemba.domain.findings import FindingGrade
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import Refusal
from gemba.store.pain_counts import Within
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.pain_review import behind, value_stream_review
from gemba.work.pins import MapPains, map_pains, pin, pins_of, unpin
from gemba.work.places import add_place
from gemba.work.process_maps import add_step, make_map
from gemba.work.question_steps import tie, traced
from gemba.work.raise_finding import raise_finding


@pytest.fixture
def steps(desk: Desk) -> dict[str, str]:
    """A map with three steps; uids by code, its own under `map`."""
    made = {"map": make_map(desk, "At the counter").uid}
    for code in ("wait", "ask", "pay"):
        made[code] = add_step(desk, made["map"], code.title(), code=code).uid
    return made


def test_steps_rank_by_count_and_severity(desk, steps):
    for _ in range(5):
        complain(desk, step="ask", severity="low")
    complain(desk, step="pay", severity="critical")
    complain(desk, step="elsewhere")
    complain(desk)
    found = map_pains(desk, steps["map"])
    assert [(one.code, one.count, one.weight, one.rank) for one in found.ranked()] == [
        ("pay", 1, 8, 1),
        ("ask", 5, 5, 2),
    ]
    assert found.steps[0].rank == 0
    assert (found.elsewhere, found.uncoded) == ({"elsewhere": 1}, 1)
    assert found.weights["critical"] == 8


def test_what_is_linked_to_another_is_not_counted(desk, steps):
    first = complain(desk, step="ask")
    twin = complain(desk, step="ask")
    with desk.unit() as unit:
        unit.change(Complaint, twin, duplicate_of=first)
    found = map_pains(desk, steps["map"])
    assert found.steps[1].count == 1
    assert found.ranked()[0].code == "ask"


def test_only_the_period_and_the_place_count(desk, steps):
    today = desk.clock().date()
    here, there = add_place(desk, "Here").uid, add_place(desk, "There").uid
    complain(desk, today - timedelta(days=200), step="ask", place=here)
    complain(desk, step="ask", place=here)
    complain(desk, step="ask", place=there)
    assert map_pains(desk, steps["map"]).steps[1].count == 2
    assert map_pains(desk, steps["map"], place=here).steps[1].count == 1
    assert map_pains(desk, steps["map"], begins=today - timedelta(days=300)).steps[1].count == 3
    with pytest.raises(Refusal, match="period_backwards"):
        map_pains(desk, steps["map"], begins=today, ends=today - timedelta(days=1))


def test_older_codes_count_for_what_took_their_place(desk, steps):
    complain(desk, step="queue")
    now = desk.clock()
    with desk.unit() as unit:
        for version, terms, crosswalk in ((1, {"queue": "Queue"}, {}), (2, {"wait": "Wait"}, {"queue": "wait"})):
            unit.put(
                Vocabulary(
                    uid=desk.ids(),
                    facet=Facet.STEP,
                    version=version,
                    terms=terms,
                    crosswalk=crosswalk,
                    released_at=now,
                    person=desk.person.uid,
                )
            )
    found = map_pains(desk, steps["map"])
    assert found.steps[0].count == 1
    assert len(behind(desk, steps["wait"], _within(found)).complaints) == 1


def test_findings_are_pinned_by_the_step_of_their_question(desk, steps, audit):
    template = template_of(desk, "area_audit")
    with desk.reader() as reader:
        question = conduct.form_of(desk, template).questions()[5]
        assert traced(desk, reader, template) == {}
    tie(desk, steps["pay"], template.uid, question.name)
    with pytest.raises(Refusal, match="question_tied_already"):
        tie(desk, steps["ask"], template.uid, question.path)
    raise_finding(desk, audit, grade=FindingGrade.MAJOR, text="A till is shut", path=question.path)
    raise_finding(desk, audit, grade=FindingGrade.GOOD_PRACTICE, text="Kind", criterion="Kindness", step="pay")
    found = map_pains(desk, steps["map"])
    assert (found.steps[2].findings, found.steps[2].weight) == ({"major": 1}, 4)
    assert [one.text for one in behind(desk, steps["pay"], _within(found)).findings] == ["Kind", "A till is shut"]


def test_pins_by_hand_count_beside_and_nothing_counts_twice(desk, steps):
    uid = complain(desk, step="ask", severity="high", summary="Sent from desk to desk")
    with pytest.raises(Refusal, match="pinned_already"):
        pin(desk, steps["ask"], sort="complaint", pinned=uid)
    with pytest.raises(Refusal, match="pin_without_words"):
        pin(desk, steps["ask"])
    with pytest.raises(Refusal, match="pin_severity"):
        pin(desk, steps["ask"], words="Cold", severity="huge")
    made = pin(desk, steps["pay"], sort="complaint", pinned=uid).uid
    with pytest.raises(Refusal, match="pinned_already"):
        pin(desk, steps["pay"], sort="complaint", pinned=uid)
    pin(desk, steps["pay"], words="Coins are not taken", severity="critical")
    found = map_pains(desk, steps["map"]).steps[2]
    assert (found.by_hand, found.count, found.weight, found.worst) == ({"high": 1, "critical": 1}, 2, 12, "critical")
    with desk.reader() as reader:
        assert [each.text for each in pins_of(reader, steps["pay"])] == [
            "Sent from desk to desk",
            "Coins are not taken",
        ]
    unpin(desk, made)
    assert map_pains(desk, steps["map"]).steps[2].count == 1
    unpin(desk, made, back=True)
    assert map_pains(desk, steps["map"]).steps[2].count == 2


def test_a_quarter_is_held_against_the_one_before(desk, steps):
    today = desk.clock().date()
    for number in range(20):
        complain(desk, today - timedelta(days=100 + number), step="ask")
    complain(desk, step="ask")
    complain(desk, step="pay")
    review = value_stream_review(desk, steps["map"])
    asked, paid = review.steps[1], review.steps[2]
    assert (asked.before, asked.after, asked.verdict) == (20, 1, "fewer")
    assert asked.ratio == pytest.approx(1 / 20)
    assert asked.high is not None
    assert asked.high < 1
    assert (paid.verdict, paid.ratio) == ("cannot_tell", None)
    assert review.before.ends == review.after.begins - timedelta(days=1)
    longer = value_stream_review(
        desk, steps["map"], before_begins=today - timedelta(days=91 + 181), before_ends=today - timedelta(days=91)
    )
    assert longer.steps[1].ratio == pytest.approx((1 / 91) / (20 / 182))


@given(
    st.dictionaries(
        st.sampled_from([*pains.COMPLAINT_WEIGHTS, *pains.FINDING_WEIGHTS, "", "conformity"]), st.integers(0, 99)
    )
)
def test_weight_grows_with_each_pain_and_never_without_one(counts):
    assert pains.weighed(counts) >= pains.pains(counts)
    assert (pains.weighed(counts) > 0) == (pains.worst(counts) != "")


def _within(found: MapPains) -> Within:
    return Within(found.place, found.begins, found.ends)
