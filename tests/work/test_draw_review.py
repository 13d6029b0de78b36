"""Drawing a set of complaints, and drawing it again."""

from __future__ import annotations

import hashlib

import pytest
from tests.work.complaint_records import put_complaint
from tests.work.reviewing import BEGINS, day, quarter, review_of

from gemba.domain.complaints import Complaint
from gemba.errors import Refusal
from gemba.methods.chance import ALGORITHM
from gemba.work.draw_review import draw_again, drawn_uids


def lines(uids):
    return "".join(f"{uid}\n" for uid in uids).encode()


def test_all_complaints_of_a_period_are_drawn_and_their_list_is_kept(desk):
    quarter(desk)
    review = review_of(desk)
    uids = drawn_uids(desk, review)
    assert review.number.startswith("R-")
    assert (review.drawing, review.seed, review.frame_count, review.count) == ("all", "", len(uids), len(uids))
    assert hashlib.sha256(lines(sorted(uids))).hexdigest() == review.frame_sha256 == review.drawn


def test_a_sample_is_drawn_again_from_its_seed(desk):
    quarter(desk)
    review = review_of(desk, sample=20, seed="2026-01")
    other = review_of(desk, sample=20, seed="2026-02")
    again = review_of(desk, sample=20, seed="2026-01")
    assert (review.drawing, review.count) == (ALGORITHM, 20)
    assert review.drawn == again.drawn != other.drawn
    assert draw_again(desk, review.uid).is_same


def test_newer_complaints_change_the_frame_and_the_sample_is_still_proved(desk):
    sites = quarter(desk)
    review = review_of(desk, sample=20, seed="s")
    put_complaint(desk, received_at=day(BEGINS, 5), place=sites["Harbour"])
    found = draw_again(desk, review.uid)
    assert (found.is_same, found.is_same_frame, found.only_newer) == (True, False, True)
    assert (found.recorded_since, found.frame_count) == (1, review.frame_count + 1)


def test_a_drawn_complaint_that_was_dated_otherwise_is_told(desk):
    quarter(desk)
    review = review_of(desk)
    gone = drawn_uids(desk, review)[3]
    with desk.unit() as unit:
        unit.change(Complaint, gone, received_at=day(BEGINS, -300))
    found = draw_again(desk, review.uid)
    assert (found.is_same, found.only_newer, found.gone) == (False, False, (gone,))


def test_linked_duplicates_are_not_drawn(desk):
    quarter(desk)
    with desk.reader() as reader:
        one, other = [each.uid for each in reader.find(Complaint, step="ask") + reader.find(Complaint, step="")]
    with desk.unit() as unit:
        unit.change(Complaint, other, duplicate_of=one)
    assert other not in drawn_uids(desk, review_of(desk))


def test_place_and_filters_narrow_the_frame(desk):
    sites = quarter(desk)
    assert review_of(desk, place=sites["Station"], filters={"step": "pay", "cause": ""}).frame_count == 13


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"ends": BEGINS.replace(year=2024)}, "work.period_backwards"),
        ({"begins": BEGINS.replace(year=1999), "ends": BEGINS.replace(year=1999)}, "work.nothing_to_review"),
        ({"sample": 100_000}, "work.sample_too_large"),
        ({"sample": 0}, "work.sample_too_large"),
        ({"filters": {"colour": "red"}}, "store.unknown_filter"),
    ],
)
def test_what_cannot_be_drawn_is_refused(desk, wanted, code):
    quarter(desk)
    with pytest.raises(Refusal) as refused:
        review_of(desk, **wanted)
    assert refused.value.code == code
