"""Rotations in the window: planned, proposed, finished with a record only; promises until they are kept."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from tests.ui.pages.rotations import RotationsObject
from tests.work.conftest import template_of

from gemba.domain.people import Role
from gemba.domain.rotations import Commitment, CommitmentState, Rotation, RotationState
from gemba.ui.parts.links import LinkRow
from gemba.work import commitments, conduct, rotations
from gemba.work.commitments import Word
from gemba.work.people import describe_person
from gemba.work.places import add_place
from gemba.work.rotations import Stint


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


def planned(desk, place):
    today = desk.clock().date()
    return rotations.plan(desk, Stint(leader=desk.person.uid, place=place, role="Front counter", planned_on=today)).uid


def promised(desk, place, due=14, made=0):
    day = desk.clock().date()
    word = Word(
        said="The second counter never opens.",
        text="Two counters open at noon.",
        to="the counter team",
        role="Head of operations",
        place=place,
        due=day + timedelta(days=due),
        made_on=day + timedelta(days=made),
    )
    return commitments.add(desk, word).uid


def kept(desk, noun, uid):
    with desk.reader() as reader:
        return reader.get(noun, uid)


def test_a_rotation_is_planned_in_the_window_and_refused_without_a_role(open_window, desk, place):
    window = open_window(desk)
    shown = RotationsObject(window)
    assert "No rotation is planned" in window.texts()
    window.press("rotations.empty.add")
    shown.fill("rotation.role", "tbd")
    window.press("rotation.keep")
    assert shown.problem("rotation.role").startswith("Say which frontline role")
    shown.fill("rotation.role", "Front counter")
    shown.fill("rotation.place", place)
    window.press("rotation.keep")
    shown.wait_for("It is planned. It counts once it is finished with an observation record.")
    assert shown.plan.column() == [desk.person.name]
    assert "No leader has recorded a rotation or a walk here yet." in window.texts()


def test_it_begins_is_refused_without_a_record_and_counts_with_one(open_window, desk, place):
    uid = planned(desk, place)
    window = open_window(desk)
    shown = RotationsObject(window, f"plan:{uid}")
    shown.wait_for("It is planned")
    window.press("rotation.do.begin")
    shown.wait_for("It has begun. It counts once")
    window.press("rotation.do.finish")
    window.press("rotation.finish.keep")
    assert "has begun no observation record at Harbour branch" in shown.problem("rotation.finish.record")
    record = conduct.start(desk, template_of(desk, "rotation").uid, place).uid
    shown.show("coverage")
    shown.show(f"plan:{uid}")
    shown.page.view("plan").detail.hear(msgspec.structs.replace(_change(), uid=uid))
    shown.wait_for("has an observation record to be finished with")
    window.press("rotation.do.finish")
    window.press("rotation.finish.keep")
    shown.wait_for("It counts: its observation record is linked.")
    assert kept(desk, Rotation, uid).assessment == record
    window.press("rotation.do.promise")
    for name, words in (("said", "The form is printed twice."), ("text", "Once from May on."), ("to", "the team")):
        shown.fill(f"rotation.promise.{name}", words)
    shown.fill("rotation.promise.role", "Head of sales")
    shown.fill("rotation.promise.due", desk.clock().date() + timedelta(days=30))
    window.press("rotation.promise.keep")
    shown.wait_for("Promised on this rotation")
    assert "Once from May on." in window.texts()


def _change():
    from gemba.domain.change import Change

    return Change(topics=frozenset({"rotation"}), uids=frozenset(), uid="")


def test_it_is_moved_and_called_off_with_a_reason(open_window, desk, place):
    uid = planned(desk, place)
    window = open_window(desk)
    shown = RotationsObject(window, f"plan:{uid}")
    shown.wait_for("It is planned")
    window.press("rotation.do.move")
    shown.fill("rotation.move.planned_on", desk.clock().date() + timedelta(days=2))
    shown.fill("rotation.move.until", desk.clock().date() + timedelta(days=2))
    window.press("rotation.move.keep")
    assert shown.problem("rotation.move.reason").startswith("Say why")
    shown.fill("rotation.move.reason", "The site takes stock.")
    window.press("rotation.move.keep")
    shown.wait_for("The site takes stock.")
    window.press("rotation.do.off")
    shown.fill("rotation.off.reason", "The leader is ill.")
    window.press("rotation.off.keep")
    shown.wait_for("It is called off.")
    assert kept(desk, Rotation, uid).state is RotationState.CANCELLED


def test_a_fair_plan_is_proposed_and_taken_over(open_window, desk, place):
    describe_person(desk, role=Role.LEADER)
    window = open_window(desk)
    shown = RotationsObject(window)
    shown.page.view("plan").begin_proposing()
    window.press("proposal.propose")
    assert "No frontline role is known yet" in shown.problem("proposal.roles")
    shown.fill("proposal.roles", "Front counter, Phone")
    window.press("proposal.propose")
    table = shown.page.view("plan").proposal.table
    assert [row[2] for row in table.words()] == ["Harbour branch"]
    window.press("proposal.take")
    assert shown.plan.column() == [desk.person.name]


def test_coverage_is_drawn_told_and_written(open_window, desk, place, tmp_path):
    planned(desk, place)
    window = open_window(desk)
    shown = RotationsObject(window)
    view = shown.show("coverage")
    shown.wait_for("Nobody has been at")
    assert view.view.plan is not None
    view.view.point_to((0, 3))
    assert view.view.words[0].startswith("Harbour branch")
    assert "1 planned" in view.view.words
    view.write(tmp_path / "coverage.csv")
    window.settle()
    assert "Harbour branch" in (tmp_path / "coverage.csv").read_text("utf-8-sig")


def test_promises_are_made_kept_and_printed(open_window, desk, place, tmp_path):
    window = open_window(desk)
    shown = RotationsObject(window, "promises")
    assert "Nothing is promised yet" in window.texts()
    window.press("promises.empty.add")
    shown.fill("promise.said", "-")
    window.press("promise.keep")
    assert shown.problem("promise.due").startswith("Say until when")
    shown.fill("promise.due", desk.clock().date())
    window.press("promise.keep")
    assert shown.problem("promise.said").startswith("Write what they said")
    for name, words in (
        ("said", "Forms twice."),
        ("text", "Forms once."),
        ("to", "the team"),
        ("role", "Head of sales"),
    ):
        shown.fill(f"promise.{name}", words)
    shown.fill("promise.place", place)
    shown.fill("promise.due", desk.clock().date() - timedelta(days=3))
    window.press("promise.keep")
    assert "before it" in shown.problem("promise.due")
    shown.fill("promise.due", desk.clock().date() + timedelta(days=3))
    window.press("promise.keep")
    shown.wait_for("What became of it")
    assert shown.promises.column() == ["Forms once."]
    shown.page.view("promises").card.begin("keep")
    shown.fill("promise.end.words", "ok")
    window.press("promise.end.keep")
    assert shown.problem("promise.end.words").startswith("Write what was done")
    shown.fill("promise.end.words", "The form is printed once.")
    window.press("promise.end.keep")
    shown.wait_for("The form is printed once.")
    with desk.reader() as reader:
        (one,) = reader.find(Commitment)
    assert one.state is CommitmentState.KEPT
    view = shown.page.view("promises")
    view.write_sheet(tmp_path / "sheet.pdf")
    window.settle()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_overdue_promises_stand_on_today_and_lead_to_the_ledger(open_window, desk, place):
    uid = promised(desk, place, due=-3, made=-20)
    promised(desk, place)
    window = open_window(desk)
    window.go("today")
    row = window.find(LinkRow, f"today.promise.{uid}")
    assert "Overdue" in window.texts()
    row.follow()
    window.settle()
    assert "What became of it" in window.texts()
    window.go("rotations", "promises")
    assert "1 is overdue." in window.texts()
