"""Photos of before and after: in pairs, beside what was concluded, and in the report."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.conftest import template_of

from gemba.domain.actions import Action, ActionSort
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.evidence import Evidence, Mark, MarkShape
from gemba.domain.findings import FindingGrade
from gemba.errors import Refusal
from gemba.work import attach_evidence, conduct, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.conclude import correct
from gemba.work.mark_evidence import mark
from gemba.work.photo_pairs import add_after, paired, pairs_of, set_beside
from gemba.work.put_right import PutRight
from gemba.work.raise_finding import Beside, raise_finding
from gemba.work.report_facts import assessment_facts


@pytest.fixture
def walk(desk, place):
    return conduct.start(desk, template_of(desk, "walk").uid, place).uid


@pytest.fixture
def before(desk, walk, queue_photo):
    return tuple(attach(desk, walk, queue_photo, f"before {n}.jpg").uid for n in (1, 2))


@pytest.fixture
def finding(desk, walk, before):
    return raise_finding(
        desk, walk, grade=FindingGrade.MAJOR, criterion="Ten minutes", text="They waited", evidence=before
    ).uid


@pytest.fixture
def action(desk, finding):
    due = desk.clock().date() + timedelta(days=14)
    sort = ActionSort.CORRECTIVE
    return follow_action.add(desk, finding, text="Open a counter", owner="Lead", due=due, sort=sort).uid


def freeze(desk, walk):
    """As if it had been concluded."""
    with desk.unit() as unit:
        unit.change(Assessment, walk, state=AssessmentState.CONCLUDED, concluded_at=desk.clock())


def names(desk, action):
    with desk.reader() as reader:
        pairs = pairs_of(reader, reader.get(Action, action))
    return [tuple(one.name if one is not None else None for one in (pair.before, pair.after)) for pair in pairs]


def test_each_photo_of_after_stands_beside_the_first_of_before_that_has_none(desk, action, sideways_photo):
    assert names(desk, action) == [("before 1.jpg", None), ("before 2.jpg", None)]
    add_after(desk, action, sideways_photo, "after 1.jpg")
    last = add_after(desk, action, sideways_photo, "after 2.jpg").uid
    more = add_after(desk, action, sideways_photo, "after 3.jpg").uid
    assert names(desk, action) == [
        ("before 1.jpg", "after 1.jpg"),
        ("before 2.jpg", "after 2.jpg"),
        (None, "after 3.jpg"),
    ]
    with desk.reader() as reader:
        first = pairs_of(reader, reader.get(Action, action))[0].before.uid
    set_beside(desk, more, first)
    attach_evidence.remove(desk, last)
    assert names(desk, action) == [
        ("before 1.jpg", "after 1.jpg"),
        ("before 1.jpg", "after 3.jpg"),
        ("before 2.jpg", None),
    ]


def test_they_come_after_the_conclusion_and_change_nothing_of_it(desk, walk, action, before, sideways_photo):
    freeze(desk, walk)
    with pytest.raises(Refusal, match="frozen"):
        attach(desk, walk, sideways_photo, "late.jpg")
    kept = add_after(desk, action, sideways_photo, "after.jpg").uid
    sheet = conduct.open_sheet(desk, walk)
    assert {one.uid for one in sheet.evidence} == set(before)
    mark(desk, kept, [Mark(MarkShape.REDACTION, ((0.1, 0.1), (0.2, 0.2)))])
    attach_evidence.rename(desk, kept, "Noon.jpg")
    attach_evidence.remove(desk, kept)
    attach_evidence.restore(desk, kept)
    assert names(desk, action)[0] == ("before 1.jpg", "Noon.jpg")
    for uid in before:
        with pytest.raises(Refusal, match="frozen"):
            attach_evidence.remove(desk, uid)


def test_a_correction_of_the_walk_takes_no_photo_of_after_along(desk, walk, action, sideways_photo):
    add_after(desk, action, sideways_photo, "after.jpg")
    freeze(desk, walk)
    again = correct(desk, walk).uid
    with desk.reader() as reader:
        assert sorted(one.name for one in reader.find(Evidence, assessment=again)) == ["before 1.jpg", "before 2.jpg"]


def test_the_report_prints_them_as_pairs(desk, walk, action, sideways_photo):
    with desk.reader() as reader:
        (told,) = assessment_facts(desk, reader, walk).findings
    assert (len(told.photos), told.actions[0].pairs, told.lacks_containment) == (2, (), True)
    add_after(desk, action, sideways_photo, "after.jpg")
    with desk.reader() as reader:
        (told,) = assessment_facts(desk, reader, walk).findings
    assert told.photos == ()
    pairs = told.actions[0].pairs
    assert [(one.before.caption, one.after and one.after.caption) for one in pairs] == [
        ("before 1.jpg", "after.jpg"),
        ("before 2.jpg", None),
    ]


def test_what_is_put_right_on_the_spot_may_show_it(desk, walk, before, sideways_photo):
    said = PutRight(photos=(("now.jpg", sideways_photo),))
    uid = raise_finding(
        desk,
        walk,
        grade=FindingGrade.MINOR,
        criterion="Ten minutes",
        text="They waited",
        evidence=before[:1],
        beside=Beside(put_right=said),
    ).uid
    with desk.reader() as reader:
        (made,) = reader.find(Action, finding=uid)
    assert (made.text, made.proof) == ("Put right on the spot", "Photo: now.jpg")
    assert names(desk, made.uid) == [("before 1.jpg", "now.jpg")]


def test_what_is_no_pair_is_refused(desk, walk, action, before, sideways_photo):
    other = attach(desk, walk, sideways_photo, "other.jpg").uid
    with pytest.raises(Refusal, match="no_photo_of_before"):
        add_after(desk, action, sideways_photo, "after.jpg", beside=other)
    with pytest.raises(Refusal, match="no_photo_of_after"):
        set_beside(desk, before[0], before[1])
    with pytest.raises(Refusal, match="after_is_no_picture"):
        add_after(desk, action, b"words", "words.txt")


def _item(uid, beside=None):
    return msgspec.convert(
        {
            "uid": uid,
            "assessment": "a",
            "sha256": "0" * 64,
            "name": uid,
            "media_type": "image/jpeg",
            "size": 1,
            "added_at": "2026-03-02T08:00:00Z",
            "person": "p",
            "beside": beside,
        },
        Evidence,
    )


@given(st.integers(0, 4), st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=6))
def test_no_photo_is_lost_and_none_of_after_is_shown_twice(count, beside):
    before = [_item(f"b{n}") for n in range(count)]
    after = [_item(f"a{n}", None if at is None else f"b{at}") for n, at in enumerate(beside)]
    pairs = paired(before, after)
    assert sorted(one.after.uid for one in pairs if one.after is not None) == sorted(one.uid for one in after)
    assert {one.before.uid for one in pairs if one.before is not None} == {one.uid for one in before}
    assert all(one.before is not None or one.after is not None for one in pairs)
