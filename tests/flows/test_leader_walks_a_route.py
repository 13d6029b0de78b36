"""A leader's week in the window: a route is made, walked with what is carried in, noted, concluded, and counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from tests.ui.conftest import (  # noqa: F401 - fixtures of the window
    Opener,
    _clean,
    _dressed,
    heard,
    open_window,
    own_cache_apart,
)
from tests.ui.pages.conduct import ConductObject
from tests.ui.pages.walks import WalksObject
from tests.work.walking import finish

from gemba.domain.assessments import Assessment
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.leader_walks import WalkState
from gemba.domain.rotations import Commitment
from gemba.domain.walks import Observation, ObservationSort, Route
from gemba.ui.conduct.walk.note_card import NoteCard
from gemba.ui.walks.planned_row import badge
from gemba.work.desk import Desk
from gemba.work.go_and_see import carried, raise_alert
from gemba.work.issue_report import assessment_report
from gemba.work.places import add_place
from gemba.work.walk_adherence import WalkAdherence

pytestmark = pytest.mark.usefixtures("_dressed", "_clean")
STOPS = (("Entrance", "Who waits, and for what?"), ("Counter", "What is typed twice?"), ("Phones", "Who calls again?"))


@pytest.fixture
def walks(desk: Desk, open_window: Opener) -> WalksObject:  # noqa: F811 - the fixture above
    raise_alert(desk, "Does the printer jam?", place=add_place(desk, "Harbour branch").uid)
    return WalksObject(open_window(desk))


def make_route(walks: WalksObject, desk: Desk) -> Route:
    """A route with three stops that is walked on Mondays."""
    window, tab = walks.window, walks.routes
    window.press("routes.empty.add")
    form = tab.form
    assert form is not None
    walks.put(form, title="Counter round", layer="Team lead", purpose="See who waits")
    form.template.choose(next(uid for uid, title in templates(desk) if title == "Leader gemba walk"))
    form.walkers.item(0).setCheckState(Qt.CheckState.Checked)
    window.press("route.keep")
    for title, look_for in STOPS:
        window.press("stop.add")
        assert tab.stops is not None
        assert tab.stops.form is not None
        walks.put(tab.stops.form, title=title, look_for=look_for)
        tab.stops.form.minutes.setValue(5)
        window.press("stop.keep")
    window.press("routes.schedule")
    tab.form.grace.setValue(2)
    window.settle()
    assert "Next: 2 Mar 2026, 9 Mar 2026" in tab.form.dates.text()
    window.press("route_schedule.keep")
    with desk.reader() as reader:
        return reader.find(Route)[0]


def templates(desk: Desk) -> list[tuple[str, str]]:
    from gemba.ui.walks.facts import read_offers

    return list(read_offers(desk).templates)


def begin(walks: WalksObject, route: Route) -> ConductObject:
    """Start the walk from the route, with all that waits there."""
    window = walks.window
    walks.view("routes", route.uid)
    window.press("walk.start")
    window.qtbot.waitUntil(lambda: window.window.page == "conduct" and window.page.sheet is not None)
    window.settle()
    return ConductObject(window.page, window.qtbot)


def note(conduct: ConductObject, words: str, sort: ObservationSort, *, keep: bool = False) -> None:
    """Note something by keyboard alone: type, and Ctrl+Enter."""
    entry = conduct.page.side.walk.entry
    entry.sort.choose(sort.value)
    entry.positive.setChecked(keep)
    entry.take_keyboard()
    conduct.type(words).press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier).settle()


def raise_and_promise(walks: WalksObject, conduct: ConductObject) -> None:
    """From what staff told: a finding, and a promise."""
    conduct.click("note.finding", told_by_staff(walks))
    form = conduct.page.side.finding_form
    form.grade.choose(FindingGrade.OPPORTUNITY.value)
    form.criterion.setPlainText("Typed once")
    conduct.click("finding.keep")
    again = told_by_staff(walks).findChildren(QAbstractButton, "note.finding")
    assert not [each for each in again if each.isVisible()]
    conduct.click("note.promise", told_by_staff(walks))
    promise = conduct.page.side.promise_form
    promise.text.setPlainText("The form keeps what was typed.")
    promise.to.setText("the counter team")
    promise.role.setText("Team lead")
    conduct.click("walk.promise.keep")


def told_by_staff(walks: WalksObject) -> NoteCard:
    return next(card for card in walks.notes() if card.accessibleName().startswith("Staff"))


def test_a_leader_walks_a_route(walks: WalksObject, desk: Desk, tmp_path: Path) -> None:
    window = walks.window
    route = make_route(walks, desk)
    assert [badge(one)[0] for one in walks.plan.planned[:2]] == ["Due now", "To come"]
    window.go("today")
    assert "Your walks this week" in window.texts()

    conduct = begin(walks, route)
    with desk.reader() as reader:
        walk = reader.find(Assessment, subject=f"route:{route.uid}")[0]
        (alert,) = carried(reader, walk.uid)
    conduct.page.setFocus()
    conduct.press(Qt.Key.Key_O).settle()
    assert all(title in window.texts() and look in window.texts() for title, look in STOPS)
    note(conduct, "Eleven people wait.", ObservationSort.SEEN)
    note(conduct, "We type it twice.", ObservationSort.STAFF)
    note(conduct, "They greet me by name.", ObservationSort.CUSTOMER, keep=True)
    assert [card.accessibleName() for card in walks.notes()] == [
        "A customer said: They greet me by name.",
        "Seen: Eleven people wait.",
        "Staff told us: We type it twice.",
    ]
    window.press(f"walk.look:{alert.uid}")
    conduct.type("It jammed twice.").press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier).settle()
    raise_and_promise(walks, conduct)
    with desk.reader() as reader:
        told = reader.find(Observation, assessment=walk.uid, sort=ObservationSort.STAFF)[0]
        assert told.finding == reader.find(Finding, assessment=walk.uid)[0].uid
        assert reader.find(Commitment, assessment=walk.uid)[0].said == "We type it twice."
        assert carried(reader, walk.uid)[0].seen == "It jammed twice."
    assert weeks_of(walks).whole.due == 1  # begun alone does not count
    finish(desk, walk.uid)
    it_is_frozen_counted_and_printed(walks, desk, walk.uid, tmp_path)


def it_is_frozen_counted_and_printed(walks: WalksObject, desk: Desk, walk: str, folder: Path) -> None:
    window = walks.window
    ConductObject(window.go("conduct", walk), window.qtbot).page.see_walk()
    assert walks.entry.isHidden()
    assert weeks_of(walks).walks[0].state is WalkState.IN_WINDOW
    walks.weeks.write(folder / "weeks.pdf")
    window.settle()
    assert (folder / "weeks.pdf").stat().st_size > 1000
    shown = window.go("walks", walk)
    assert "“We type it twice.”" in window.texts()
    assert shown.views.code == "walked"
    assert assessment_report(desk, walk, folder / "walk.pdf").pages >= 2


def weeks_of(walks: WalksObject) -> WalkAdherence:
    made = walks.weeks.made
    assert made is not None
    return made
