"""The report of a complaint review: what it tells, and what is kept of it."""

from __future__ import annotations

from datetime import date

import pytest
from report_reading import pictures, whole
from tests.work.complaint_records import put_complaint
from tests.work.reviewing import BEGINS, day, quarter, review_of

from gemba.domain.actions import Action
from gemba.domain.causes import CauseDomain, CauseSort
from gemba.domain.complaint_reviews import SystemicVerdict
from gemba.domain.complaints import Complaint, Consent
from gemba.domain.conclusions import IssuedReport
from gemba.work.analyse_cause import About, begin, finish, revise
from gemba.work.decide_cluster import conclude, decide, decide_all, decisions_of, undecided
from gemba.work.erase import erase
from gemba.work.follow_action import add_for_analysis
from gemba.work.issue_complaint_review import complaint_review_report
from gemba.work.photo_pairs import add_before
from gemba.work.proofs import add_proof
from gemba.work.review_clusters import clusters


@pytest.fixture
def review(desk):
    """A review in which late deliveries are systemic."""
    sites = quarter(desk)
    late = {"place": sites["Harbour"], "step": "send", "cause": "late", "received_at": day(BEGINS, 90)}
    put_complaint(desk, **late, words="Call me on 0151 23456789, it came late again.", customer="Vera Lindqvist")
    put_complaint(desk, **late, words="Never quote me, please.", consent=Consent.NONE)
    uid = review_of(desk).uid
    analysis = begin(desk, "Deliveries come late.", About(review=uid, step="send", cause="late")).uid
    revise(
        desk,
        analysis,
        whys=["The van leaves late.", "Loading waits for papers."],
        heads={"process": "Papers are printed last."},
        domain=CauseDomain.PROCESS,
        sort=CauseSort.SYSTEM,
        escape="Nobody measures when the van leaves.",
    )
    finish(desk, analysis)
    add_for_analysis(
        desk, analysis, text="Print papers first", owner="Dispatch", due=date(2026, 4, 1), place=sites["Harbour"]
    )
    return uid


def test_an_open_review_is_told_as_such_and_not_kept(desk, review, tmp_path):
    issued = complaint_review_report(desk, review, tmp_path / "open.pdf")
    told = whole(issued.file)
    assert "This review is open" in told
    assert not issued.kept


def test_the_report_tells_set_clusters_decisions_causes_and_limits(desk, review, tmp_path):
    found = clusters(desk, review)
    late = next(each for each in found.clusters if each.cause == "late")
    decide(desk, review, late, SystemicVerdict.NOT_ENOUGH, "First the cause is looked for.")
    decide(desk, review, late, SystemicVerdict.SYSTEMIC, "The same at both sites.")
    with desk.reader() as reader:
        left = undecided(found, decisions_of(reader, review))
    if left:
        decide_all(desk, review, left, SystemicVerdict.NOT_ENOUGH, "Being looked at.")
    conclude(desk, review, found, "Late deliveries are systemic.")
    issued = complaint_review_report(desk, review, tmp_path / "review.pdf")
    told = whole(issued.file)
    with desk.reader() as reader:
        kept = reader.find(IssuedReport, subject=f"complaint_review:{review}")
    for words in (
        "Late deliveries are systemic.",
        "Delivery · Too late",
        "The same at both sites.",
        "First the cause is looked for.",
        "Loading waits for papers.",
        "Print papers first",
        "Nobody measures when the van leaves.",
        "SHA-256 of the frame",
        "too few to tell",
        "[phone]",
    ):
        assert words in told, words
    assert "23456789" not in told
    assert "Lindqvist" not in told
    assert "Never quote me" not in told
    assert [each.report for each in kept] == ["complaint_review"]
    assert issued.kept
    complaint_review_report(desk, review, tmp_path / "again.pdf", found=clusters(desk, review))
    with desk.reader() as reader:
        assert len(reader.find(IssuedReport, subject=f"complaint_review:{review}")) == 1


def test_a_kept_report_that_may_quote_an_erased_complaint_goes_with_its_words(desk, review, tmp_path):
    found = clusters(desk, review)
    with desk.reader() as reader:
        left = undecided(found, decisions_of(reader, review))
        quoted = next(one for one in reader.find(Complaint) if one.words.startswith("Call me"))
        not_drawn = next(one for one in reader.find(Complaint) if one.received_at.date() < BEGINS)
    decide_all(desk, review, left, SystemicVerdict.SYSTEMIC, "The same at both sites.")
    conclude(desk, review, found, "Late deliveries are systemic.")
    complaint_review_report(desk, review, tmp_path / "review.pdf")
    with desk.reader() as reader:
        (kept,) = reader.find(IssuedReport, subject=f"complaint_review:{review}")
    erase(desk, "complaint", not_drawn.uid, "Asked for.")
    assert desk.store.evidence.has(kept.sha256)
    assert erase(desk, "complaint", quoted.uid, "Asked for.").reports == (kept,)
    assert not desk.store.evidence.has(kept.sha256)


def test_photos_and_files_of_its_actions_are_printed_and_go_with_their_erasure(
    desk, review, tmp_path, queue_photo, sideways_photo
):
    with desk.reader() as reader:
        (action,) = reader.find(Action)
    without = len(pictures(complaint_review_report(desk, review, tmp_path / "without.pdf").file))
    add_before(desk, action.uid, sideways_photo, "papers last.jpg")
    add_proof(desk, "action", action.uid, [("papers first.jpg", queue_photo), ("times of the van.csv", b"06:00")])
    found = clusters(desk, review)
    with desk.reader() as reader:
        left = undecided(found, decisions_of(reader, review))
    decide_all(desk, review, left, SystemicVerdict.NOT_ENOUGH, "Being looked at.")
    conclude(desk, review, found, "Late deliveries are systemic.")
    issued = complaint_review_report(desk, review, tmp_path / "review.pdf")
    assert len(pictures(issued.file)) == without + 2
    told = whole(issued.file)
    assert f"{action.number} · Print papers first" in told
    assert "Files: times of the van.csv" in told
    with desk.reader() as reader:
        (kept,) = reader.find(IssuedReport, subject=f"complaint_review:{review}")
    done = erase(desk, "action", action.uid, "Asked for", with_files=True)
    assert kept.sha256 in {one.sha256 for one in done.reports}
    assert not desk.store.evidence.has(kept.sha256)
    assert len(done.files) == 3
