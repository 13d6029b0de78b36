"""The playbook in the window: patterns with proof, found where they are needed, carried and told of; the archive."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QAbstractButton
from tests.ui.pages.playbook import PlaybookObject
from tests.work.spreading import carry, found, later_desk, look, sites, speak, verified

from gemba.domain.effects import EffectResult
from gemba.domain.findings import Finding
from gemba.domain.patterns import Pattern, Transfer
from gemba.work import follow_action, patterns
from gemba.work.pattern_from_action import draft_from


@pytest.fixture
def told(desk):
    """A desk with a verified action; its uid, and the sites."""
    desk, clock = later_desk(desk)
    speak(desk)
    places = sites(desk)
    return desk, clock, verified(desk, found(desk, places[0])), places


def kept(desk, noun):
    with desk.reader() as reader:
        return reader.find(noun)


def button_says(window, name, words):
    return any(one.text() == words for one in window.window.findChildren(QAbstractButton, name) if one.isVisible())


def test_the_empty_playbook_says_what_to_do_and_refuses_what_has_no_proof(empty):
    shown = PlaybookObject(empty)
    assert "The playbook is empty" in empty.texts()
    empty.press("patterns.empty.add")
    shown.fill("pattern.form.title", "Two counters at noon")
    empty.press("pattern.form.keep")
    assert shown.problem("pattern.form.problem").startswith("Say which problem")
    shown.fill("pattern.form.problem", "Customers wait at noon.")
    shown.fill("pattern.form.context", "Most come at noon.")
    shown.fill("pattern.form.how", "Open a second counter.")
    empty.press("pattern.form.keep")
    assert "an idea, not a pattern" in shown.problem("pattern.form.proof")
    shown.fill("pattern.form.proof", "Waits fell.")
    empty.press("pattern.form.keep")
    assert shown.problem("pattern.form.link").startswith("Name at least one record")
    shown.show("transfers")
    assert "Nothing was carried anywhere yet" in empty.texts()
    shown.show("archive")
    assert "Nothing is closed yet" in empty.texts()


def test_a_verified_action_becomes_a_pattern_that_is_found_and_carried(open_window, told):
    desk, _, action, (_, mill, _) = told
    window = open_window(desk)
    shown = PlaybookObject(window, f"patterns:from:{action}")
    shown.wait_for("What worked, for others")
    shown.fill("pattern.form.title", "Two counters at noon")
    window.press("pattern.form.keep")
    shown.wait_for("It stands in the playbook")
    assert shown.patterns.column() == ["Two counters at noon"]
    (pattern,) = kept(desk, Pattern)
    assert "Action" in shown.row(f"pattern.proof.action:{action}")
    assert "Not carried to another place yet." in window.texts()
    window.press("pattern.carry")
    shown.fill("transfer.place", mill)
    shown.fill("transfer.owner", "Branch manager")
    window.press("transfer.keep")
    assert shown.problem("transfer.due").startswith("Say until when")
    shown.fill("transfer.due", desk.clock().date() + timedelta(days=20))
    window.press("transfer.keep")
    shown.wait_for("It is an action of that place now")
    (one,) = kept(desk, Transfer)
    assert "Mill branch" in shown.row(f"pattern.transfer.{one.uid}")
    shown.follow(f"pattern.transfer.{one.uid}")
    assert "Two counters at noon → Mill branch" in window.texts()
    window.press("transfer.stop.open")
    window.press("transfer.stop.keep")
    assert shown.problem("transfer.stop.because").startswith("Say why")
    shown.fill("transfer.stop.because", "The hall is being rebuilt.")
    window.press("transfer.stop.keep")
    shown.wait_for("It is stopped; the pattern says so.")
    shown.follow("transfer.pattern")
    assert "1 stopped." in window.texts()
    assert pattern.uid


def test_has_anyone_solved_this_is_asked_where_it_is_needed(open_window, told):
    desk, _, action, (home, mill, _) = told
    uid = patterns.add(desk, draft_from(desk, action)).uid
    problem = found(desk, mill, text="Everybody waits at noon here, too.")
    window = open_window(desk)
    window.go("findings", problem)
    shown = PlaybookObject.__new__(PlaybookObject)
    shown.window = window
    window.qtbot.waitUntil(lambda: bool(shown.rows("findings.detail.patterns")))
    assert shown.rows("findings.detail.patterns")[0].startswith("1 pattern answers this")
    shown.follow("findings.detail.patterns")
    shown.wait_for("1 pattern answers this.")
    (said,) = shown.rows("patterns.find.answer.")
    assert "Same step and cause" in said
    assert "A place like this, also in North" in said
    shown.follow(f"patterns.find.answer.{uid}")
    shown.wait_for("What proves it")
    assert home


def test_what_is_in_doubt_says_so_and_a_retired_one_is_brought_back(open_window, told):
    desk, clock, action, _ = told
    uid = patterns.add(desk, draft_from(desk, action)).uid
    look(desk, clock, action, EffectResult.REGRESSED)
    window = open_window(desk)
    shown = PlaybookObject(window, f"patterns:{uid}")
    shown.wait_for("Where it comes from it is as it was before: seen after 30 days")
    assert "no proof any more" in shown.row(f"pattern.proof.action:{action}")
    for words in ("Bring it back", "Retire it"):
        window.press("pattern.retire")
        there = partial(button_says, window, "pattern.retire", words)
        window.qtbot.waitUntil(there)
    window.press("pattern.change")
    shown.fill("pattern.form.owner", "Head of service")
    window.press("pattern.form.keep")
    shown.wait_for("Head of service")


def test_a_record_proves_a_pattern_no_more_by_a_button_and_again_by_undo(open_window, told):
    desk, _, action, _ = told
    uid = patterns.add(desk, draft_from(desk, action)).uid
    before = kept(desk, Pattern)[0].links
    more = next(one for one in (f"finding:{each.uid}" for each in kept(desk, Finding)) if one not in before)
    patterns.change(desk, uid, links=(*before, more))
    window = open_window(desk)
    shown = PlaybookObject(window, f"patterns:{uid}")
    shown.row(f"pattern.proof.{more}")
    window.press(f"pattern.proof.{more}.drop")
    window.qtbot.waitUntil(lambda: kept(desk, Pattern)[0].links == before)
    window.press("messages.undo")
    window.qtbot.waitUntil(lambda: kept(desk, Pattern)[0].links == (*before, more))


def test_closed_work_is_opened_with_its_outcome_and_saved(open_window, told, tmp_path):
    desk, clock, action, (_, mill, _) = told
    pattern = patterns.add(desk, draft_from(desk, action)).uid
    one = carry(desk, pattern, mill)
    with desk.reader() as reader:
        there = reader.find(Transfer, uid=one)[0].action
    follow_action.done(desk, there, "Open since Monday.")
    look(desk, clock, action, EffectResult.HOLDS)
    window = open_window(desk)
    shown = PlaybookObject(window, "archive")
    assert shown.archive.column() == ["A second counter opens from eleven to two."]
    shown.archive.choose(0)
    shown.wait_for("Complaints of the same step and cause")
    view = shown.page.view("archive")
    out = tmp_path / "closed.pdf"
    view.write_to(action, out)
    shown.wait_for("Wrote closed.pdf.")
    assert out.read_bytes().startswith(b"%PDF")
    page = tmp_path / "pattern.pdf"
    shown.show("patterns").write_page(pattern, page)
    shown.wait_for("Wrote pattern.pdf.")
