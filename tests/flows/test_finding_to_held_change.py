"""One chain in the window: found, contained, its cause met, photographed before and after, done, verified, held.

And not held: after sixty days it is as it was, and action and finding are open again and say so.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from tests.conftest import Clock, reopen, ticking_clock
from tests.flows.test_one_walk import a_checklist
from tests.ui.conftest import (  # noqa: F401 - fixtures of the window
    _clean,
    _dressed,
    heard,
    open_window,
    own_cache_apart,
)
from tests.ui.pages.conduct import ConductObject
from tests.ui.pages.findings import ActionObject, FindingObject
from tests.ui.pages.window import WindowObject

from gemba.domain.actions import Action, ActionState, Effect
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.process_maps import GoAndSee
from gemba.domain.vocabularies import Facet
from gemba.store.checking import check
from gemba.work import conduct
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place
from gemba.work.raise_finding import Beside, raise_finding
from gemba.work.vocabularies import Words, release

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
Opener = Callable[[Desk], WindowObject]


class Calendar:
    """A clock whose day the story turns."""

    def __init__(self, tells: Clock) -> None:
        self._tells, self.days = tells, 0

    def __call__(self) -> datetime:
        return self._tells() + timedelta(days=self.days)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(ticking_clock())


@pytest.fixture
def desk(prepared_store: tuple[Path, bytes], tmp_path: Path, calendar: Calendar) -> Iterator[Desk]:
    shutil.copytree(prepared_store[0], tmp_path / "store")
    opened = reopen(tmp_path / "store", prepared_store[1], calendar)
    release(opened, Facet.STEP, Words(terms={"serve": "Serve at the counter", "help": "Help"}))
    release(opened, Facet.CAUSE, Words(terms={"no_staff": "Nobody there", "no_rule": "No rule"}))
    yield opened
    opened.store.close()


def begin_walk(desk: Desk, calendar: Calendar) -> tuple[str, str]:
    """A walk at a branch where the same was found forty days ago; gives its uid and that of another branch."""
    place, other = add_place(desk, "Harbour branch").uid, add_place(desk, "Hill branch").uid
    template = import_template(desk, a_checklist(), "counter-check.xlsx").uid
    coded = {"step": "serve", "beside": Beside(cause="no_staff")}
    first = conduct.start(desk, template, place).uid
    said = {"grade": FindingGrade.MINOR, "criterion": "Ten minutes", "text": "Five customers waited"}
    raise_finding(desk, first, **said, **coded)
    calendar.days = 40
    return conduct.start(desk, template, place).uid, other


def find_it(window: WindowObject, walk: str, photo: Path) -> None:
    """The finding is written in the walk; the form tells that it was found before, and takes what was done at once."""
    page = ConductObject(window.go("conduct", walk), window.qtbot)
    page.settle()
    page.go("greeted").press(Key.Key_1)
    page.go("served").press(Key.Key_2)
    page.settle()
    page.go("why").type("Two of three counters closed")
    page.go("photo").drop(photo, on="photo")
    page.press(Key.Key_Escape).press(Key.Key_F)
    page.settle()
    form = page.page.side.finding_form
    form.grade.choose(FindingGrade.MAJOR)
    form.text.setPlainText("Eight customers waited")
    form.more.codes.step.choose("serve")
    form.more.codes.cause.choose("no_staff")
    page.settle()
    box = form.more.codes.seen
    assert box.isVisible()
    assert "The same step and cause at this place: 1 time in the last 12 months" in box.words.text()
    assert "Nothing was done about it" in box.findChild(object, _row_of(box)).accessibleName()
    form.keep()
    page.settle()
    window.settle()


def _row_of(box: object) -> str:
    return next(each.objectName() for each in box.children() if ".F-" in each.objectName())  # type: ignore[attr-defined]


def kept(desk: Desk, noun: type, uid: str) -> object:
    with desk.reader() as reader:
        return reader.get(noun, uid)


def test_from_a_finding_to_a_change_that_is_watched(
    desk: Desk,
    calendar: Calendar,
    open_window: Opener,  # noqa: F811 - the fixture
    tmp_path: Path,
    queue_photo: bytes,
    sideways_photo: bytes,
) -> None:
    before, after = tmp_path / "noon before.jpg", tmp_path / "noon after.jpg"
    before.write_bytes(queue_photo)
    after.write_bytes(sideways_photo)
    walk, hill = begin_walk(desk, calendar)
    window = open_window(desk)

    find_it(window, walk, before)
    with desk.reader() as reader:
        (raised,) = reader.find(Finding, assessment=walk)
    assert (raised.step, raised.cause, raised.state) == ("serve", "no_staff", FindingState.OPEN)
    conclude(desk, walk)

    finding = FindingObject(window, raised.uid).open()
    assert "Not contained" in window.texts()
    assert "1 time in the last 12 months" in finding.before()[0]
    finding.contain("A colleague opened counter 2")
    assert "A colleague opened counter 2" in window.texts()
    assert "Not contained" not in window.texts()

    finding.add_action("A roster for noon", "Branch manager", "corrective")
    with desk.reader() as reader:
        (made,) = reader.find(Action, finding=raised.uid)
    action = ActionObject(window, made.uid).open()
    shown, empty = action.slots()
    assert (shown.accessibleName(), shown.has_picture()) == ("Before: noon before.jpg", True)
    assert "no photo yet" in empty.accessibleName()
    action.drop(after, empty)
    assert [slot.has_picture() for slot in action.slots()] == [True, True]
    with desk.reader() as reader:
        (photo,) = reader.find(Evidence, subject=f"action:{made.uid}")
    assert photo.beside is not None

    calendar.days += 10
    action.done("The roster hangs at the counter")
    action.verify("effective", "Nobody waited longer than ten minutes", "yes", "Looked at Hill: the same at noon")
    assert kept(desk, Finding, raised.uid).state is FindingState.CLOSED  # type: ignore[attr-defined]
    finding.open()
    assert "Yes: Looked at Hill: the same at noon" in window.texts()
    finding.answer("yes", places=[hill])
    with desk.reader() as reader:
        assert [one.place for one in reader.find(GoAndSee, origin=raised.uid)] == [hill]

    calendar.days += 30
    action.open().look(30, "holds")
    calendar.days += 30
    action.look(60, "regressed", "The roster is from last month")
    now = kept(desk, Action, made.uid)
    assert isinstance(now, Action)
    assert (now.state, now.reopened, now.effect) == (ActionState.OPEN, 1, Effect.UNKNOWN)
    assert "After 60 days it is as it was: The roster is from last month" in window.texts()
    assert kept(desk, Finding, raised.uid).state is FindingState.OPEN  # type: ignore[attr-defined]
    with desk.reader() as reader:
        results = {one.days: one.result for one in reader.find(EffectCheck, action=made.uid)}
    assert (results[30], results[60]) == (EffectResult.HOLDS, EffectResult.REGRESSED)
    assert check(desk.store) == []
