"""What one branch learned, in the window: verified, written down, found elsewhere, carried there, held after 90 days.

And at a third place it falls back: the pattern says so with honest numbers, and closed work keeps its proof.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import reopen, ticking_clock
from tests.ui.conftest import (  # noqa: F401 - fixtures of the window
    _clean,
    _dressed,
    heard,
    open_window,
    own_cache_apart,
)
from tests.ui.pages.findings import ActionObject, FindingObject
from tests.ui.pages.playbook import PlaybookObject
from tests.ui.pages.window import WindowObject
from tests.work.spreading import Later, found, sites, speak

from gemba.domain.actions import Action
from gemba.domain.patterns import Pattern, Transfer
from gemba.domain.record import Record
from gemba.store.checking import check
from gemba.ui.parts.links import LinkRow
from gemba.work.desk import Desk

Opener = Callable[[Desk], WindowObject]


@pytest.fixture
def calendar() -> Later:
    return Later(ticking_clock())


@pytest.fixture
def desk(prepared_store: tuple[Path, bytes], tmp_path: Path, calendar: Later) -> Iterator[Desk]:
    shutil.copytree(prepared_store[0], tmp_path / "store")
    opened = reopen(tmp_path / "store", prepared_store[1], calendar)
    speak(opened)
    yield opened
    opened.store.close()


def newest(desk: Desk, noun: type[Record]) -> Record:
    with desk.reader() as reader:
        return max(reader.find(noun), key=lambda one: one.uid)


def solve(window: WindowObject, desk: Desk, finding: str) -> str:
    """A branch acts on its finding, and sees that it helped; gives the action."""
    at = FindingObject(window, finding).open()
    at.add_action("A second counter from eleven to two.", "Shift lead", "improvement")
    action = newest(desk, Action).uid
    shown = ActionObject(window, action).open()
    shown.done("The roster shows two at noon.")
    shown.verify("effective", "Waits fell from 24 to 9 minutes.", "no", "Both branches were looked at.")
    return action


def carry(book: PlaybookObject, desk: Desk, pattern: str, place: str, adapted: str) -> Transfer:
    """Carry the pattern to a place, by its page."""
    book.show(f"patterns:{pattern}")
    book.wait_for("How it did elsewhere")
    book.window.press("pattern.carry")
    book.fill("transfer.place", place)
    book.fill("transfer.owner", "Branch manager")
    book.fill("transfer.due", desk.clock().date() + timedelta(days=14))
    book.fill("transfer.adapted", adapted)
    book.window.press("transfer.keep")
    book.window.settle()
    made = newest(desk, Transfer)
    assert isinstance(made, Transfer)
    return made


def test_what_one_branch_learned_helps_another(
    desk: Desk,
    calendar: Later,
    open_window: Opener,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    home, mill, island = sites(desk)
    window = open_window(desk)
    action = solve(window, desk, found(desk, home))
    window.find(LinkRow, "effect.pattern").follow()
    book = PlaybookObject(window, f"patterns:from:{action}")
    book.wait_for("What worked, for others")
    book.fill("pattern.form.title", "Two counters at noon")
    window.press("pattern.form.keep")
    book.wait_for("It stands in the playbook")
    pattern = newest(desk, Pattern).uid

    FindingObject(window, found(desk, mill, text="Everybody waits at noon here, too.")).open()
    window.qtbot.waitUntil(lambda: bool(book.rows("findings.detail.patterns")))
    book.follow("findings.detail.patterns")
    book.wait_for("1 pattern answers this.")
    (answer,) = book.rows("patterns.find.answer.")
    assert "Same step and cause" in answer
    book.follow(f"patterns.find.answer.{pattern}")

    there = carry(book, desk, pattern, mill, "Three counters: the hall is larger.")
    fails = carry(book, desk, pattern, island, "")
    for one in (there, fails):
        ActionObject(window, one.action).open().done("Open since Monday.")
    for days, results in ((30, ("holds", "holds")), (60, ("holds", "regressed")), (90, ("holds", ""))):
        calendar.go(30)
        for one, result in zip((there, fails), results, strict=True):
            if result:
                ActionObject(window, one.action).open().look(days, result, "One counter again, for lack of people.")

    book = PlaybookObject(window, f"patterns:{pattern}")
    book.wait_for("Holds after 90 days at 1 of 2 places with an outcome; 1 as before.")
    assert "Holds" in book.row(f"pattern.transfer.{there.uid}")
    assert "Fell back" in book.row(f"pattern.transfer.{fails.uid}")
    assert book.patterns.column(1) == ["Holds at 1 of 2"]
    view = book.show(f"transfers:{there.uid}")
    book.wait_for("Three counters: the hall is larger.")
    assert view.list.model.rowCount() == 2

    book.show(f"archive:{action}")
    book.wait_for("Complaints of the same step and cause")
    out = tmp_path / "closed.pdf"
    book.page.view("archive").write_to(action, out)
    book.wait_for("Wrote closed.pdf.")
    assert out.read_bytes().startswith(b"%PDF")
    assert check(desk.store) == []
