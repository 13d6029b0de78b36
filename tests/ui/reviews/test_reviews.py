"""A review in the window: from the draw to the conclusion and its report."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QWidget
from tests.work.reviewing import BEGINS, ENDS, quarter

from gemba.domain.assessments import Assessment
from gemba.domain.causes import CauseAnalysis, CauseDomain, CauseSort
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ClusterDecision, ComplaintReview, SystemicVerdict
from gemba.domain.complaints import Complaint
from gemba.work.follow_action import add_for_analysis
from gemba.work.places import add_place


@pytest.fixture
def reviews(open_window, desk, monkeypatch):
    """The window at the reviews of a quarter with one gap."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    quarter(desk)
    window = open_window(desk)
    window.go("reviews")
    return window


def draw(window, begins: date = BEGINS, ends: date = ENDS):
    window.press("reviews.empty.draw")
    form = window.page.reviews.form
    form.begins.put(begins)
    form.ends.put(ends)
    window.settle()
    return form


def opened(window):
    draw(window)
    window.press("review.draw.go")
    return window.page.reviews.bench


def one(desk, noun):
    with desk.reader() as reader:
        return reader.find(noun)[0]


def test_the_form_tells_how_many_fit_before_anything_is_drawn(reviews, desk):
    form = draw(reviews)
    assert form.fitting.text() == "69 complaints fit."
    form.codes["cause"].choose("late")
    reviews.settle()
    assert form.fitting.text() == "54 complaints fit."
    form.how.choose("sample")
    form.many.setValue(20)
    form.seed.setText("s")
    reviews.press("review.draw.go")
    kept = one(desk, ComplaintReview)
    assert (kept.count, kept.frame_count, kept.seed, kept.filters) == (20, 54, "s", {"cause": "late"})


def test_what_cannot_be_drawn_is_said_beside_the_field(reviews):
    form = draw(reviews, ends=date(2024, 1, 1))
    reviews.press("review.draw.go")
    assert "is before the first" in form.ends_field.note.text()


def test_from_the_draw_to_the_report(reviews, desk, tmp_path):
    bench = opened(reviews)
    assert reviews.list.column()[0] == "Delivery · Too late"
    assert reviews.list.column(2)[0] == "a b c"
    reviews.list.choose(0)
    assert "54 cases at 2 sites." in reviews.texts()
    assert "no finished cause analysis" in reviews.texts()
    panel = reviews.find(QWidget, "cluster.verdict").parent().parent()
    panel.verdict.choose(SystemicVerdict.SYSTEMIC)
    reviews.press("cluster.decide")
    assert "goes against the proposal" in reviews.texts()
    reviews.type("cluster.reason", "Vera Lindqvist is never served in time.")
    reviews.press("cluster.decide")
    assert "names people" in reviews.texts()
    reviews.type("cluster.reason", "The plan is the same at both sites.")
    reviews.press("cluster.decide")
    assert reviews.list.column(3)[0] == "Systemic"
    reviews.press("review.conclude")
    reviews.type("review.summary", "Late deliveries are systemic.")
    reviews.press("review.conclude.go")
    assert one(desk, ComplaintReview).summary == "Late deliveries are systemic."
    assert not bench.buttons["conclude"].isEnabled()
    bench.report_to(tmp_path / "review.pdf")
    reviews.settle()
    assert (tmp_path / "review.pdf").read_bytes().startswith(b"%PDF")
    assert one(desk, ClusterDecision).proposed is SystemicVerdict.NOT_ENOUGH


def test_what_is_left_is_decided_alike(reviews, desk):
    opened(reviews)
    reviews.press("review.conclude")
    assert "is not decided" in reviews.texts()
    reviews.press("review.rest.decide")
    assert one(desk, ClusterDecision).decided is SystemicVerdict.NOT_ENOUGH


def test_a_clause_unfolds_to_its_numbers(reviews):
    opened(reviews)
    reviews.list.choose(0)
    numbers = next(each for each in reviews.window.findChildren(QWidget, "cluster.numbers.d"))
    assert not numbers.isVisible()
    reviews.press("cluster.clause.d")
    assert "No action on this cause was closed" in numbers.text()
    assert numbers.isVisible()


def test_clusters_by_place(reviews):
    opened(reviews)
    box = reviews.find(QCheckBox, "review.by_place")
    box.click()
    reviews.settle()
    assert "Delivery · Too late · Station" in reviews.list.column()


def test_the_cause_of_a_cluster_is_looked_for_until_it_is_systemic(reviews, desk):
    opened(reviews)
    reviews.list.choose(0)
    reviews.press("cluster.analyse")
    analysis = one(desk, CauseAnalysis)
    assert (analysis.step, analysis.cause) == ("send", "late")
    editor = reviews.page.causes.editor
    reviews.qtbot.keyClicks(editor.whys.rows[0], "The driver forgot the plan")
    assert editor.ask_on.isVisible()
    assert len(editor.whys.rows) == 2
    editor.domain.choose(CauseDomain.PROCESS)
    editor.sort.choose(CauseSort.SYSTEM)
    reviews.press("cause.finish")
    assert "ends on a person" in reviews.page.causes.editor.said_problem.text()
    editor = reviews.page.causes.editor
    reviews.qtbot.keyClicks(editor.whys.rows[1], "The plan hangs where nobody loads")
    reviews.press("cause.finish")
    assert one(desk, CauseAnalysis).finished_at is not None
    assert "The plan hangs where nobody loads" in reviews.texts().replace("\u200b", "")
    reviews.press("cause.act")
    reviews.type("action.text", "Hang the plan at the ramp")
    reviews.type("action.owner", "Dispatch")
    reviews.press("action.add")
    reviews.press("reviews.tabs.reviews")
    assert reviews.list.column(3)[0] == "Systemic?"


def test_what_is_typed_is_not_lost_by_an_action_or_by_going_elsewhere(reviews, desk):
    reviews.press("reviews.tabs.causes")
    reviews.press("causes.empty.new")
    reviews.list.choose(0)
    editor = reviews.page.causes.editor
    reviews.qtbot.keyClicks(editor.whys.rows[0], "Nothing reminds")
    place = add_place(desk, "Ramp").uid
    uid = one(desk, CauseAnalysis).uid
    add_for_analysis(desk, uid, text="Remind", owner="Dispatch", due=date(2026, 5, 1), place=place)
    reviews.window.services.changed.tell(Change(topics=frozenset({"action"})))
    reviews.settle()
    assert reviews.page.causes.editor is not editor
    assert reviews.page.causes.editor.whys.said == ("Nothing reminds",)
    reviews.go("today")
    assert one(desk, CauseAnalysis).whys == ("Nothing reminds",)


def test_a_complaint_leads_to_its_cause_and_to_a_check_of_its_file(reviews, desk):
    complaint = one(desk, Complaint)
    reviews.go("complaints", complaint.uid)
    reviews.press("complaints.check_file")
    assert one(desk, Assessment).subject == complaint.uid
    reviews.go("complaints", complaint.uid)
    assert one(desk, Assessment).title in reviews.texts()
    reviews.press("complaints.analyse")
    assert one(desk, CauseAnalysis).complaint == complaint.uid
    assert reviews.page.tabs.code == "causes"
