"""Escalations in the window: raised with what was tried, moved on beside the list, looked at by leaders."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget
from tests.ui.pages.escalations import EscalationsObject
from tests.work.auditing import decide as keep_decision
from tests.work.auditing import promise
from tests.work.following import START, keep

from gemba.domain.escalations import Escalation, EscalationSort, EscalationState, EscalationStep
from gemba.domain.findings import Finding
from gemba.domain.measures import Measure, Signal
from gemba.ui.parts.links import LinkRow
from gemba.work.alerts import MISALIGNMENT
from gemba.work.escalation_decisions import Ruling, decide
from gemba.work.escalation_log import hold_review
from gemba.work.escalation_moves import step, tried
from gemba.work.escalation_subjects import MISALIGNMENTS
from gemba.work.escalations import Case, escalate, open_conflict
from gemba.work.places import add_place
from gemba.work.registers import EntryDraft, add
from gemba.work.signals import signal_uid

TRIED = "A second colleague helps from eleven to one; the queue stays."
ASKED = "May we open a second counter on Saturdays?"


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch", zone="Europe/Berlin").uid


def raised(desk, place, **fields):
    return escalate(desk, Case(title="Queue at one counter", place=place, tried=TRIED, asked=ASKED, **fields)).uid


def kept(desk, uid):
    with desk.reader() as reader:
        return reader.get(Escalation, uid)


def at(desk, days):
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() + timedelta(days=days))


def test_one_is_raised_in_the_window_and_refused_without_what_was_tried(open_window, desk, place):
    window = open_window(desk)
    shown = EscalationsObject(window)
    assert "Nothing is escalated" in window.texts()
    window.press("escalations.empty.add")
    shown.wait_for("It goes to Site lead, who answers within 3 days; 3 tiers in all. Nobody has set tiers here")
    shown.fill("escalation.title", "Queue at one counter")
    shown.fill("escalation.tried", "n/a")
    shown.fill("escalation.asked", ASKED)
    window.press("escalation.keep")
    assert shown.problem("escalation.tried").startswith("Write what was tried before")
    shown.fill("escalation.tried", TRIED)
    shown.fill("escalation.severity", "high")
    shown.wait_for("within 24 hours")
    window.press("escalation.keep")
    shown.wait_for("With Site lead, tier 1, Operations review")
    assert shown.list.column() == ["Queue at one counter"]
    assert "No next step is agreed on yet" in window.texts()
    assert "Due soon · 23 hours left" in window.texts()
    assert "CET" in window.texts()
    with desk.reader() as reader:
        (one,) = reader.find(Escalation)
    assert (one.severity, one.tried) == ("high", TRIED)


def test_both_sides_are_asked_for_where_both_are_heard(open_window, desk, place):
    window = open_window(desk)
    shown = EscalationsObject(window)
    window.press("button.escalations.escalations.add")
    window.settle()
    assert not window.window.findChildren(QWidget, "escalation.customer_side")[0].isVisible()
    shown.fill("escalation.sort", "compliance")
    shown.fill("escalation.title", "Lift closed")
    shown.fill("escalation.tried", TRIED)
    shown.fill("escalation.asked", ASKED)
    window.press("escalation.keep")
    assert "both sides" in shown.problem("escalation.customer_side")
    shown.fill("escalation.customer_side", "They cannot climb the stairs.")
    shown.fill("escalation.other_side", "The fire rule closes the lift.")
    window.press("escalation.keep")
    shown.wait_for("The fire rule closes the lift.")
    shown.do("decide", outcome="A colleague helps at the door.")
    assert "until when" in shown.problem("escalation.move.expires").lower()
    shown.fill("escalation.move.expires", date(2026, 6, 30))
    window.press("escalation.move.keep")
    shown.wait_for("What was decided")
    assert "Risk and compliance forum" in window.texts()
    assert "30 Jun 2026" in window.texts()


def test_it_goes_up_is_answered_and_decided_beside_the_list(open_window, desk, place):
    uid = raised(desk, place)
    window = open_window(desk)
    shown = EscalationsObject(window, uid)
    shown.do("step", tried="...")
    assert shown.problem("escalation.move.tried").startswith("Write what was tried since")
    shown.fill("escalation.move.tried", "The region lent nobody.")
    window.press("escalation.move.keep")
    shown.wait_for("With Regional lead, tier 2")
    assert "Tier 2: Regional lead, within 3 days – here now" in window.texts()
    shown.do("answer", answer="We count for a week.", next_step="Count the queue")
    assert "Say until when" in shown.problem("escalation.move.next_by")
    shown.fill("escalation.move.next_by", date(2026, 3, 9))
    window.press("escalation.move.keep")
    shown.wait_for("Next: Count the queue · by 9 Mar 2026")
    shown.do("decide", outcome="A second counter from April on.")
    shown.wait_for("A second counter from April on.")
    assert shown.list.column(1) == ["Decided"]
    shown.do("reopen", reason="April has passed without a counter.")
    shown.wait_for("Opened again on tier 2, Regional lead")
    with desk.reader() as reader:
        sorts = [each.sort.value for each in reader.find(EscalationStep, escalation=uid)]
    assert sorts == ["raised", "stepped", "answered", "decided", "reopened"]


def test_a_tier_is_skipped_with_a_reason_and_the_last_one_says_that_it_is_the_last(open_window, desk, place):
    uid = raised(desk, place)
    window = open_window(desk)
    shown = EscalationsObject(window, uid)
    shown.do("skip", reason="-")
    assert "it is told so" in shown.problem("escalation.move.reason")
    shown.fill("escalation.move.reason", "The region has the same queue.")
    window.press("escalation.move.keep")
    shown.wait_for("This is the last tier")
    assert "Tier 2, Regional lead, was passed over; to be told" in window.texts()
    window.go("today")
    window.qtbot.waitUntil(lambda: "Tell Regional lead" in window.texts())
    shown = EscalationsObject(window, uid)
    shown.do("step", tried="Two more calls.")
    shown.wait_for("nobody is above: bring it before")
    assert kept(desk, uid).tier == 3


def test_moves_that_lead_nowhere_are_not_offered(open_window, desk, place):
    uid = raised(desk, place)
    decide(desk, uid, Ruling(outcome="From April on."))
    window = open_window(desk)
    EscalationsObject(window, uid)
    names = {button.objectName() for button in window.window.findChildren(QAbstractButton) if button.isVisible()}
    assert {name for name in names if name.startswith("escalation.do.")} == {"escalation.do.reopen"}


def test_a_form_is_opened_filled_in_and_kept_by_keyboard(open_window, desk, place):
    uid = raised(desk, place)
    window = open_window(desk)
    shown = EscalationsObject(window, uid)
    window.find(QAbstractButton, "escalation.do.withdraw").setFocus()
    window.keys(Qt.Key.Key_Space)
    window.qtbot.waitUntil(lambda: window.window.focusWidget().objectName() == "escalation.move.reason")
    window.qtbot.keyClicks(window.window.focusWidget(), "The counter was opened.")
    window.keys(Qt.Key.Key_Tab)
    assert window.window.focusWidget().objectName() == "escalation.move.keep"
    window.keys(Qt.Key.Key_Space)
    shown.wait_for("Withdrawn")
    assert kept(desk, uid).state is EscalationState.WITHDRAWN


def test_what_is_typed_stays_when_something_else_happens_to_it(open_window, desk, place):
    uid = raised(desk, place)
    window = open_window(desk)
    shown = EscalationsObject(window, uid)
    window.press("escalation.do.answer")
    shown.fill("escalation.move.answer", "We count for")
    shown.fill("escalation.move.next_by", date(2026, 3, 9))
    window.page.services.jobs.write(tried, uid, "Two calls meanwhile.")
    shown.wait_for("Two calls meanwhile.")
    assert window.find(QPlainTextEdit, "escalation.move.answer").toPlainText() == "We count for"
    shown.fill("escalation.move.answer", "We count for a week.")
    shown.fill("escalation.move.next_step", "Count")
    window.press("escalation.move.keep")
    shown.wait_for("Next: Count · by 9 Mar 2026")
    assert not [one for one in window.window.findChildren(QPlainTextEdit, "escalation.move.answer") if one.isVisible()]


def test_what_runs_out_stands_first_in_the_list_and_on_today(open_window, desk, place):
    running = raised(desk, place, severity="low")
    decided = raised(at(desk, -9), place)
    late = raised(at(desk, -2), place, severity="high")
    decide(at(desk, -8), decided, Ruling(outcome="For a week.", expires=date(2026, 3, 1)))
    window = open_window(desk)
    window.go("today")
    window.settle()
    assert "Overdue" in window.find(LinkRow, f"today.escalation.{late}").accessibleName()
    assert "Decision has run out" in window.find(LinkRow, f"today.escalation.{decided}").accessibleName()
    assert not window.window.findChildren(LinkRow, f"today.escalation.{running}")
    window.find(LinkRow, f"today.escalation.{late}").follow()
    window.settle()
    shown = EscalationsObject(window)
    assert shown.list.column(1) == ["Overdue", "9 Mar 2026", "Run out"]
    shown.list.narrow("clock", "overdue")
    assert len(shown.list.column()) == 1


def test_the_log_rolls_over_and_is_printed_without_names(open_window, desk, place, tmp_path):
    first = raised(desk, place, severity="high")
    decide(desk, raised(desk, place), Ruling(outcome="From April on."))
    window = open_window(desk)
    shown = EscalationsObject(window)
    log = shown.log()
    assert "From April on." in window.texts()
    window.press("escalation_log.held")
    assert "1 escalation rolls over." in window.message
    shown.wait_for("carried over once, since 2026-03-02")
    log.write(tmp_path / "log.pdf")
    window.qtbot.waitUntil((tmp_path / "log.pdf").exists)
    window.settle()
    assert "1 page" in window.message
    window.find(LinkRow, f"escalation_log.open.{first}").follow()
    shown.wait_for("A leadership review looked at it; carried over")


def test_a_name_in_the_log_is_flagged_before_it_is_printed(open_window, desk, place, tmp_path):
    escalate(desk, Case(title="Queue", place=place, tried=TRIED, asked="May Peter Miller open the counter?"))
    window = open_window(desk)
    shown = EscalationsObject(window)
    log = shown.log()
    log.write(tmp_path / "log.pdf")
    shown.wait_for("Peter Miller may be names of persons")
    assert not (tmp_path / "log.pdf").exists()
    log.no_names.setChecked(True)
    log.write(tmp_path / "log.pdf")
    window.qtbot.waitUntil((tmp_path / "log.pdf").exists)
    window.settle()


def test_tiers_are_set_refused_with_a_gap_and_retired(open_window, desk, place):
    window = open_window(desk)
    shown = EscalationsObject(window)
    shown.tiers()
    assert "Shipped, High: Tier 1: Site lead, within 24 hours" in window.texts()
    window.press("escalation_tier.set")
    assert "Name the role" in shown.problem("escalation_tier.owner")
    shown.fill("escalation_tier.owner", "Shift lead")
    shown.page.view("tiers").tier.setValue(2)
    window.press("escalation_tier.set")
    assert "without a tier 1" in shown.problem("escalation_tier.owner")
    shown.page.view("tiers").tier.setValue(1)
    shown.fill("escalation_tier.place", place)
    window.press("escalation_tier.set")
    shown.wait_for("Tier 1: Shift lead, within 24 hours – All, Harbour branch, from 2 Mar 2026")
    button = next(one for one in window.window.findChildren(QAbstractButton) if one.text() == "Take out of use")
    window.press(button.objectName())
    window.qtbot.waitUntil(lambda: "Shift lead, within" not in window.texts())


def test_a_finding_is_escalated_from_its_page_and_says_so(demo, demo_desk):
    with demo_desk.reader() as reader:
        taken = {one.subject for one in reader.find(Escalation)}
        finding = next(one for one in reader.find(Finding) if f"finding:{one.uid}" not in taken)
    demo.go("findings", finding.uid)
    demo.qtbot.waitUntil(lambda: finding.number in demo.texts())
    demo.press("findings.detail.escalate")
    demo.qtbot.waitUntil(lambda: f"About Finding {finding.number}" in demo.texts())
    demo.type("escalation.tried", TRIED)
    demo.type("escalation.asked", ASKED)
    demo.press("escalation.keep")
    demo.qtbot.waitUntil(lambda: "How it stands" in demo.texts())
    demo.find(LinkRow, "escalation.link.finding").follow()
    demo.settle()
    demo.qtbot.waitUntil(lambda: "1 open escalation" in demo.texts())


def test_actions_and_complaints_have_the_same_way(demo):
    for code in ("actions", "complaints"):
        demo.go(code)
        demo.list.choose(0)
        demo.qtbot.waitUntil(
            lambda code=code: bool(demo.window.findChildren(QAbstractButton, f"{code}.detail.escalate"))
        )


def test_a_conflict_leads_to_its_decision_and_goal(open_window, desk, place):
    uid = open_conflict(desk, keep_decision(desk, place, date(2026, 3, 1)), promise(desk)).uid
    window = open_window(desk)
    EscalationsObject(window, uid)
    assert window.find(LinkRow, "escalation.link.decision")
    assert window.find(LinkRow, "escalation.link.goal")
    assert "Promised: We tell you before you ask." in window.texts()


def test_a_divergence_is_offered_once_and_escalated_with_one_click(open_window, desk, place):
    told = Measure(uid=desk.ids(), code="c", title="Complaints", place=place, made_at=START, person=desk.person.uid)
    own = msgspec.structs.replace(told, uid=desk.ids(), code="o", title="Picking errors", is_customer=False)
    signal = Signal(
        uid=desk.ids(),
        measure=told.uid,
        rule=MISALIGNMENT,
        begins=date(2026, 2, 2),
        seen=date(2026, 2, 23),
        value=9.0,
        limit=4.0,
        raised_at=START,
        person=desk.person.uid,
    )
    keep(desk, told, own, signal)
    window = open_window(desk)
    shown = EscalationsObject(window)
    shown.wait_for("Complaints signals since 2 Feb 2026; what operations measure there does not.")
    window.press(f"escalation.divergence.{signal.uid}")
    shown.wait_for("Which measure of operations is to be changed or added so that it moves with Complaints?")
    assert "Without a signal: Picking errors" in window.texts()
    assert not shown.page.view("escalations").divergences.isVisible()
    with desk.reader() as reader:
        (one,) = reader.find(Escalation)
    assert (one.sort, one.place) == (EscalationSort.DIVERGENCE, place)


def test_reviews_before_are_counted_at_the_top(open_window, desk, place):
    uid = raised(desk, place)
    step(desk, uid, "Two calls.")
    hold_review(desk)
    hold_review(at(desk, 31))
    window = open_window(at(desk, 32))
    EscalationsObject(window, uid)
    assert "Carried over 2 times, since 2026-03-02" in window.texts()


def test_a_signal_is_escalated_from_the_list_of_signals(open_window, desk, place):
    measure = Measure(uid=desk.ids(), code="c", title="Complaints", place=place, made_at=START, person=desk.person.uid)
    seen = {"measure": measure.uid, "begins": date(2026, 2, 2), "seen": date(2026, 2, 23), "value": 9.0, "limit": 4.0}
    signals = [
        Signal(
            uid=signal_uid(measure.uid, rule, date(2026, 2, 2)),
            rule=rule,
            raised_at=START,
            person=desk.person.uid,
            **seen,
        )
        for rule in ("N1", MISALIGNMENT)
    ]
    keep(desk, measure, *signals)
    window = open_window(desk)
    for signal, words in zip(signals, ("Complaints: N1: one point beyond a limit", "How it stands"), strict=True):
        window.go("insights", "signals")
        window.press(f"insights.alert.{signal.uid[:8]}.escalate")
        window.qtbot.waitUntil(
            lambda words=words: (
                words in window.texts() or window.find(QLineEdit, "escalation.title").text().startswith(words)
            )
        )
    with desk.reader() as reader:
        assert [one.sort for one in reader.find(Escalation)] == [EscalationSort.DIVERGENCE]


def test_an_entry_of_the_register_of_misalignments_is_escalated_with_one_click(open_window, desk, place):
    told = Measure(uid=desk.ids(), code="c", title="Complaints", place=place, made_at=START, person=desk.person.uid)
    keep(desk, told)
    link = f"measure:{told.uid}"
    fields = {"customer": link, "operations": link, "since": "2026-02-02", "seen": "Complaints rise, errors do not."}
    entry = add(desk, MISALIGNMENTS, EntryDraft("Complaints without errors", fields, place=place)).uid
    window = open_window(desk)
    window.go("registers", entry)
    window.qtbot.waitUntil(lambda: "Complaints without errors" in window.texts())
    window.press("registers.detail.escalate")
    window.qtbot.waitUntil(lambda: "The charts were compared: Complaints rise" in window.texts())
    window.find(LinkRow, "escalation.link.register_entry").follow()
    window.qtbot.waitUntil(lambda: "1 open escalation" in window.texts())


def test_a_decision_is_escalated_from_its_page_beside_its_conflict(open_window, desk, place):
    goal = promise(desk)
    decision = keep_decision(desk, place, date(2026, 3, 1), goal=goal)
    open_conflict(desk, decision, goal)
    window = open_window(desk)
    window.go("alignment", f"decisions:{decision}")
    window.qtbot.waitUntil(lambda: "1 open escalation" in window.texts())
    assert window.find(LinkRow, "decisions.conflict")
    assert not [row for row in window.window.findChildren(LinkRow) if ".escalation." in row.objectName()]
    window.press("decisions.detail.escalate")
    window.qtbot.waitUntil(lambda: "About Decision D-TEST" in window.texts())
