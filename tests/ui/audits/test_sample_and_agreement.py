"""The sample and the agreement of an audit, as auditors meet them."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QWidget
from tests.work.auditing import judge
from tests.work.conducting import as_person, ready
from tests.work.sampling import drawn, region

from gemba.domain.judgements import AgreedVerdict, AlignmentVerdict, Judgement
from gemba.domain.programmes import Audit
from gemba.domain.samples import Sample, SampleItem
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.figure_table import FigureTable
from gemba.work.import_decisions import import_
from gemba.work.inspect_decisions import inspect
from gemba.work.to_judge import sample_of


def open_audit(window, uid):
    page = window.go("audits")
    window.settle()
    tab = page.view("audits")
    tab.show_uid(uid)
    window.settle()
    return tab


def sample_now(desk, audit):
    with desk.reader() as reader:
        return sample_of(reader, audit)


@pytest.fixture
def drawing(open_window, desk):
    made = region(desk)
    window = open_window(desk)
    open_audit(window, made.audit)
    return window, made


def test_a_sample_is_drawn_and_says_what_it_shows_and_what_not(drawing, desk):
    window, made = drawing
    assert "Nothing is drawn yet" in window.texts()
    window.press("sample.draw")
    window.find(Choice, "draw.method").choose("simple")
    _number(window, "draw.n", 13)
    _number(window, "draw.double", 25)
    window.press("draw.keep")
    sample = sample_now(desk, made.audit)
    assert (sample.count, sample.double_count) == (13, 4)
    words = window.texts()
    assert "13 of 40 decisions: simple random sample" in words
    assert "Two auditors judge 4 of them" in words
    assert "still allows 20.6\u00a0% bad ones" in words
    assert sample.seed in words


def _number(window, name, value):
    next(box for box in window.page.findChildren(QAbstractSpinBox, name) if box.isVisible()).setValue(value)


def test_each_method_shows_what_it_needs_and_a_refusal_is_said_beside_it(drawing):
    window, _ = drawing
    window.press("sample.draw")
    method = window.find(Choice, "draw.method")
    for code, shown, hidden in (
        ("neyman", "draw.spreads", "draw.aql"),
        ("acceptance", "draw.aql", "draw.strata"),
        ("discovery", "draw.share", "draw.n"),
    ):
        method.choose(code)
        names = {child.objectName() for child in window.page.findChildren(QWidget) if child.isVisible()}
        assert shown in names
        assert hidden not in names
    method.choose("neyman")
    window.press("draw.keep")
    assert "The method neyman needs" in window.texts()


def test_strata_are_named_and_the_sample_is_proved(drawing, desk):
    window, made = drawing
    window.press("sample.draw")
    window.find(Choice, "draw.method").choose("neyman")
    _number(window, "draw.n", 12)
    window.type("draw.spreads", "Harbour=0.5; Station=0.1; Market=0.1")
    window.type("draw.filters", "scenario=refund")
    window.press("draw.keep")
    rows = window.find(FigureTable, "sample.strata").words()
    assert sorted(map(tuple, rows)) == [("Harbour", "6 of 24"), ("Market", "3 of 4"), ("Station", "3 of 12")]
    window.press("sample.prove")
    assert "give these 12 decisions again" in window.texts()
    with desk.reader() as reader:
        one = reader.find(SampleItem, sample=sample_now(desk, made.audit).uid)[0]
    with desk.unit() as unit:
        unit.change(SampleItem, one.uid, position=99)
    window.press("sample.prove")
    assert "Not the same sample: 1 decision differs." in window.texts()


def test_drawing_again_asks_for_a_reason(open_window, desk):
    made = region(desk)
    drawn(desk, made.audit, n=5)
    window = open_window(desk)
    open_audit(window, made.audit)
    window.press("sample.draw")
    window.find(Choice, "draw.method").choose("all")
    window.press("draw.keep")
    assert "say why it is drawn again" in window.texts()
    window.type("draw.reason", "Too small for a rate")
    window.press("draw.keep")
    assert sample_now(desk, made.audit).reason == "Too small for a rate"
    with desk.reader() as reader:
        assert len(reader.find(Sample, audit=made.audit)) == 2


def test_samples_drawn_apart_are_agreed_on_by_people(open_window, desk):
    made = region(desk)
    first = drawn(desk, made.audit, n=5)
    again = drawn(desk, made.audit, n=7, reason="Drawn elsewhere")
    with desk.unit() as unit:  # as the pack of a laptop brings it that knew nothing of the first
        unit.change(Sample, again.uid, replaces=None)
    window = open_window(desk)
    open_audit(window, made.audit)
    assert "2 samples were drawn apart" in window.texts()
    window.press("sample.agree")
    window.find(Choice, "samples_apart.sample").choose(first.uid)
    window.press("samples_apart.keep")
    assert "say why" in window.texts()
    window.type("samples_apart.reason", "It was drawn first")
    window.press("samples_apart.keep")
    assert sample_now(desk, made.audit).uid == first.uid
    assert "drawn apart" not in window.texts()


def test_decisions_without_a_day_are_known_from_imports(open_window, desk, tmp_path):
    made = region(desk)
    log = tmp_path / "log.csv"
    log.write_text("Id,Date,Decision\nA,,Fee waived\nB,2026-01-09,Fee waived\n", encoding="utf-8")
    seen = inspect(desk, log)
    plan = msgspec.structs.replace(seen.plan, place=made.branches["Harbour"], role="Branch lead")
    import_(desk, log, seen.reading, plan)
    window = open_window(desk)
    open_audit(window, made.audit)
    window.press("sample.draw")
    (box,) = (box for box in window.page.findChildren(QAbstractSpinBox, "draw.undated") if box.isVisible())
    assert box.value() == 1


@pytest.fixture
def judging(desk):
    """An audit that two have judged, two cases of twelve differently; the second has not handed in."""
    made = ready(desk, decisions=12, goals=1, double=12)
    other, now = as_person(desk, made.second), desk.clock()
    for at, decision in enumerate(made.decisions):
        said = {"constraint": "budget", "evidence_against": "No budget was left"} if at < 2 else {}
        judge(desk, made.audit, decision, made.goals[0], "contrary" if at < 2 else "aligned", handed_in_at=now, **said)
        judge(other, made.audit, decision, made.goals[0], "aligned", is_lead=False, evidence_for="It was told at once")
    with desk.unit() as unit:
        unit.change(Audit, made.audit, lead_handed_in_at=now)
    return made


def hand_in_second(desk, made):
    with desk.reader() as reader:
        own = reader.find(Judgement, auditor=made.second)
    with desk.unit() as unit:
        for one in own:
            unit.change(Judgement, one.uid, handed_in_at=desk.clock())
        unit.change(Audit, made.audit, second_handed_in_at=desk.clock())


def test_while_it_is_blind_only_who_has_handed_in_is_shown(open_window, desk, judging):
    window = open_window(desk)
    tab = open_audit(window, judging.audit)
    words = window.texts()
    assert "Auditor two has not handed in." in words
    assert "It was told at once" not in words
    tab.enter("settling", judging.audit)
    window.settle()
    assert "It was told at once" not in window.texts()
    assert window.find(FigureTable, "settling.table").words() == []


def test_disagreements_are_settled_with_both_sides_in_view(open_window, desk, judging):
    hand_in_second(desk, judging)
    window = open_window(desk)
    open_audit(window, judging.audit)
    words = window.texts()
    assert "10 of 12 (83\u00a0%)" in words
    assert "2 disagreements are not settled." in words
    window.press("agreement.settle")
    words = window.texts()
    assert "No budget was left" in words
    assert "It was told at once" in words
    window.press("settling.keep")
    assert "Choose what both agree on." in window.texts()
    window.press("judging.verdict.contrary")
    window.press("settling.keep")
    assert "Write what settled it" in window.texts()
    window.type("settling.reason", "The file shows that nobody was told")
    window.type("settling.present", "Both auditors")
    window.press("settling.keep")
    with desk.reader() as reader:
        kept = reader.find(AgreedVerdict, audit=judging.audit)
    assert [(one.verdict, one.constraint.value, one.present) for one in kept] == [
        (AlignmentVerdict.CONTRARY, "budget", "Both auditors")
    ]
    table = window.find(FigureTable, "settling.table")
    assert [row[4] for row in table.words()].count("–") == 1
    window.press("judging.verdict.aligned")
    window.type("settling.reason", "It was told by phone")
    window.press("settling.keep")
    assert "Nothing is left to settle." in window.texts()
    window.press("settling.leave")
    assert "2 disagreements are settled." in window.texts()


def test_the_list_of_disagreements_is_walked_by_keyboard(open_window, desk, judging):
    hand_in_second(desk, judging)
    window = open_window(desk)
    tab = open_audit(window, judging.audit)
    tab.enter("settling", judging.audit)
    window.settle()
    room = tab.currentWidget()
    assert room.panel.pair == room.shown.pairs[0]
    room.table.setFocus()
    window.qtbot.keyClick(room.table, Qt.Key.Key_Down)
    assert room.panel.pair == room.shown.pairs[1]
