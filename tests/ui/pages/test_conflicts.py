"""Two laptops disagree: both sides are on the screen, a person chooses and says why, and it is settled."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from tests.conftest import new_uid, ticking_clock

from gemba import wording
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.settlements import Settlement
from gemba.store import conflicts, journal
from gemba.ui.languages import speak
from gemba.ui.parts.links import LinkRow
from gemba.work.open_desk import make_desk


@pytest.fixture
def disputed(demo_desk, tmp_path):
    """Two findings that a second laptop has graded and worded anew."""
    other = make_desk(tmp_path / "other", clock=ticking_clock(), ids=new_uid, demo=True, person_name="Second auditor")
    with demo_desk.reader() as reader:
        uids = [finding.uid for finding in reader.find(Finding)[:2]]
    exchange(demo_desk, other)
    for place, uid in enumerate(uids):
        for desk, grade, text in (
            (demo_desk, FindingGrade.OPPORTUNITY, f"Eight customers waited at counter {place + 1}"),
            (other, FindingGrade.CONFORMITY, f"Nobody waited at counter {place + 1}"),
        ):
            with desk.unit() as unit:
                unit.change(Finding, uid, grade=grade, text=text)
    exchange(other, demo_desk)
    other.store.close()
    return uids


def exchange(giver, taker):
    with giver.reader() as reader:
        lines = [json.loads(line) for line in journal.since(reader, reader.device.epoch, 1, 10_000)]
    with taker.unit() as unit:
        journal.merge(unit, lines, trusted={giver.store.device.id: giver.store.device.public_key})


def open_ones(desk):
    with desk.reader() as reader:
        return {one.entity: one for one in conflicts.open_conflicts(reader)}


def test_nothing_in_conflict_says_what_would_be_here(demo):
    page = demo.go("conflicts")
    assert "Nothing is in conflict" in demo.texts()
    assert not page.cards


def test_both_sides_stand_there_and_neither_is_chosen(demo, demo_desk, disputed):
    page = demo.go("conflicts")
    assert len(page.cards) == 2
    shown = demo.texts()
    assert "2 records are in conflict." in shown
    assert "Second auditor" in shown
    card = page.cards[disputed[0]]
    said = {label.text() for label in card.findChildren(QLabel)}
    assert {"Nobody waited at counter 1", "Eight customers waited at counter 1", "Opportunity for improvement"} <= said
    assert card.choices == {}


def test_nothing_is_settled_without_a_side_and_a_reason(demo, demo_desk, disputed):
    page = demo.go("conflicts")
    uid = disputed[0]
    demo.press(f"conflict.{uid}.settle")
    assert "Choose a side first." in demo.texts()
    card = page.cards[uid]
    card.findChildren(QRadioButton)[0].click()
    demo.press(f"conflict.{uid}.settle")
    assert "Say why" in demo.texts()
    assert len(open_ones(demo_desk)) == 2


def test_a_side_is_taken_with_a_reason_and_the_card_goes(demo, demo_desk, disputed):
    page = demo.go("conflicts")
    uid = disputed[0]
    (device,) = {side.device for field in open_ones(demo_desk)[uid].fields for side in field.sides} - {
        demo_desk.store.device.id
    }
    demo.press(f"conflict.{uid}.all.{device}")
    demo.type(f"conflict.{uid}.reason", "We looked at the photos together")
    demo.press(f"conflict.{uid}.settle")
    assert set(page.cards) == {disputed[1]}
    assert "Settled" in demo.message
    with demo_desk.reader() as reader:
        assert reader.get(Finding, uid).grade is FindingGrade.CONFORMITY
        (told,) = reader.find(Settlement)
    assert told.reason == "We looked at the photos together"


def test_a_card_keeps_what_was_written_on_it_while_another_is_settled(demo, demo_desk, disputed):
    page = demo.go("conflicts")
    first, second = disputed
    demo.type(f"conflict.{second}.reason", "Half a thou")
    page.cards[first].take(demo_desk.store.device.id)
    demo.type(f"conflict.{first}.reason", "As it stands")
    demo.press(f"conflict.{first}.settle")
    assert page.cards[second].reason.text() == "Half a thou"


def test_everything_has_a_name_and_a_keyboard_way(demo, disputed):
    page = demo.go("conflicts")
    for button in page.findChildren(QPushButton) + page.findChildren(QRadioButton):
        assert button.objectName()
        assert button.accessibleName()
        assert button.focusPolicy()


def test_the_start_page_tells_of_them_and_leads_there(demo, disputed):
    page = demo.go("today")
    page.arrive()
    demo.settle()
    assert "2 conflicts wait for a decision" in demo.texts()
    (row,) = [link for link in page.findChildren(LinkRow, "today.conflicts") if link.isVisible()]
    row.follow()
    demo.settle()
    assert demo.window.page == "conflicts"


def test_whose_side_it_is_reads_in_order_from_right_to_left(open_window, demo_desk, disputed, qapp):
    speak(qapp, wording.MIRRORED)
    window = open_window(demo_desk)
    card = window.go("conflicts").cards[disputed[0]]
    said = next(label.text() for label in card.findChildren(QLabel) if "Second auditor" in label.text())
    parts = said.split(" · ")
    assert len(parts) == 3
    assert all(part.startswith("\u2068") and part.endswith("\u2069") for part in parts)
