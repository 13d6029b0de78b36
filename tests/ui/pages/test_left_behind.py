"""Who left, in the window: said on Today, and handed on under Settings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gemba.domain.people import Person
from gemba.domain.rotations import Commitment
from gemba.ui.parts.fields import Choice, DayField
from gemba.work import commitments
from gemba.work.commitments import Word
from gemba.work.places import add_place


@pytest.fixture
def old(desk):
    with desk.unit() as unit:
        unit.put(made := Person(uid=desk.ids(), name="Old hand"))
    due = desk.clock().date() + timedelta(days=9)
    place = add_place(desk, "Harbour branch").uid
    word = Word(
        said="It is slow.", text="A second till.", to="the team", role="Head", place=place, leader=made.uid, due=due
    )
    commitments.add(desk, word)
    return made.uid


def test_who_left_is_said_and_what_waits_is_given_to_somebody_else(open_window, desk, old):
    window = open_window(desk)
    page = window.go("settings")
    window.find(Choice, "settings.left.who").choose(old)
    page.left._show()
    window.find(DayField, "settings.left.day").put(desk.clock().date())
    window.press("settings.left.keep")
    assert "1 record waits for Old hand." in window.texts()
    window.go("today")
    assert "Waits for somebody who left" in window.texts()
    window.go("settings")
    window.find(Choice, "settings.left.to").choose(desk.person.uid)
    window.press("settings.left.give")
    assert "Nothing waits for them." in window.texts()
    with desk.reader() as reader:
        assert {one.leader for one in reader.find(Commitment)} == {desk.person.uid}
        assert reader.get(Person, old).left_on == desk.clock().date()
    window.go("today")
    assert "Waits for somebody who left" not in window.texts()


def test_a_place_goes_on_in_another_and_back(open_window, desk):
    one, other = add_place(desk, "Old town").uid, add_place(desk, "New town").uid
    window = open_window(desk)
    page = window.go("settings")
    window.find(Choice, "settings.place.old").choose(one)
    window.find(Choice, "settings.place.into").choose(other)
    window.press("settings.place.merge")
    assert "goes on in New town" in window.texts()
    assert page.places.names.name(one) == "Old town (now New town)"
    assert one not in dict(page.places.names.choices())
