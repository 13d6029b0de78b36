"""The history of a record stands beside it on every page, and its last change is taken back there or by a key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from gemba.domain.actions import Action, Effect
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store.projection import fields_of
from gemba.store.record_history import written
from gemba.ui.history.record_actions import shown_detail
from gemba.work import action_board, follow_action, verify_action
from gemba.work.take_back import planned
from gemba.work.take_back_rules import FROZEN


@pytest.fixture
def action(demo_desk):
    with demo_desk.reader() as reader:
        uid = next(one.uid for one in reader.find(Action) if one.state == "open")
    action_board.assign(demo_desk, [uid], "Region lead")
    return uid


def owner(desk, uid):
    with desk.reader() as reader:
        return reader.get(Action, uid).owner


def test_a_key_shows_it_in_place_of_the_record_and_escape_leads_back(demo, action):
    page = demo.go("actions", action)
    demo.keys(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert page.detail.shows_history
    assert "Branch manager → Region lead" in demo.texts()
    assert "History of: Action · 2 changes" in demo.texts()
    demo.keys(Qt.Key.Key_Escape)
    assert not page.detail.shows_history
    assert "Region lead" in demo.texts()


def test_the_last_change_is_taken_back_by_button_and_by_key_and_again(demo, demo_desk, action):
    page = demo.go("actions", action)
    demo.press("actions.detail.to_history")
    demo.press("actions.detail.history.take_back")
    assert owner(demo_desk, action) == "Branch manager"
    assert page.detail.shows_history, "what was taken back is seen where one stands"
    assert "took the change before back" in demo.texts()
    demo.press("actions.detail.history.back")
    page.list.table.setFocus()
    demo.keys(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert owner(demo_desk, action) == "Region lead"


def test_a_step_on_several_records_is_told_before_it_goes_back_as_one(demo, demo_desk, action):
    follow_action.done(demo_desk, action, "Seen on the list", live_on=demo_desk.clock().date())
    with demo_desk.reader() as reader:
        place = reader.find(Place)[-1].uid
    said = {"how": "Looked", "similar": "yes", "similar_note": "", "places": (place,)}
    verify_action.verify(demo_desk, action, verify_action.Verified(effect=Effect.EFFECTIVE, **said))
    with demo_desk.reader() as reader:
        before = reader.get(Action, action)
        others = [one.uid for one in reader.find(Action, state="open")][:2]
    page = demo.go("actions", action)
    page.list.table.setFocus()
    demo.keys(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    asked = page.detail.history.asked
    assert page.detail.shows_history
    assert asked.isVisible()
    assert "Alert to go and see: " in demo.texts()
    assert "It goes off the record." in demo.texts()
    demo.keys(Qt.Key.Key_Escape)
    assert page.detail.shows_history
    assert not asked.isVisible()
    with demo_desk.reader() as reader:
        assert reader.get(Action, action) == before
    demo.press("actions.detail.history.take_back")
    demo.press("actions.detail.history.going_back.this")
    with demo_desk.reader() as reader:
        assert reader.get(Action, action).effect is Effect.UNKNOWN
    action_board.assign(demo_desk, others, "Night lead")
    demo.go("actions", others[0])
    demo.press("actions.detail.to_history")
    demo.press("actions.detail.history.take_back")
    assert "it stays as it is" in demo.texts()
    demo.press("actions.detail.history.going_back.all")
    assert "Night lead" not in {owner(demo_desk, one) for one in others}
    demo.press("messages.undo")
    assert {owner(demo_desk, one) for one in others} == {"Night lead"}


def test_what_stands_says_why_and_the_button_is_off(demo, demo_desk):
    with demo_desk.reader() as reader:
        uid = next(one.uid for one in reader.find(Action) if one.state == "open")
    demo.go("actions", uid)
    demo.press("actions.detail.to_history")
    button = demo.find(QAbstractButton, "actions.detail.history.take_back")
    assert not button.isEnabled()
    assert "was only added" in demo.texts() or "one step" in demo.texts()


@pytest.mark.parametrize("page", ["walks", "findings", "complaints", "escalations", "rotations", "library"])
def test_every_page_of_records_has_it_under_the_same_key(demo, page):
    shown = demo.go(page)
    views = getattr(shown, "views", None)
    view = next(iter(views.values())) if isinstance(views, dict) else shown
    listed = getattr(view, "list", None) or view.findChild(type(demo.go("actions").list))
    demo.go(page)
    assert listed is not None
    listed.table.selectRow(0)
    demo.settle()
    detail = shown_detail(shown)
    assert detail is not None
    demo.keys(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert detail.shows_history
    found = detail.history.shown.history
    assert found is not None
    assert found.entries or found.came_with_import
    words = demo.texts()
    assert "None" not in words.split()
    assert found.title in words


def test_in_the_demonstration_nothing_frozen_would_change_and_the_rest_would_stand_as_it_once_stood(demo_desk):
    went, refused = 0, set()
    with demo_desk.reader() as reader:
        for noun, kind in NOUNS.items():
            for record in reader.find(kind)[:3]:
                try:
                    plan = planned(reader, record.uid)
                except Refusal as refusal:
                    refused.add(refusal.code)
                    continue
                went += 1
                assert noun not in FROZEN
                said = [one.values for one in written(reader, noun, record.uid)]
                first = plan.parts[0]
                for field, value in first.values.items():
                    was_said = any(field in one and one[field] == value for one in said)
                    assert first.withdraws or was_said or not fields_of(noun)[field].required
    assert went >= 5
    assert {"work.undo_frozen", "work.undo_added"} <= refused
