"""What the board is narrowed by, and what its swim lanes are."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from gemba import wording
from gemba.domain.goals import Goal
from gemba.domain.places import Place
from gemba.store import action_lanes
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow

_MOST = 200
_AGES = (7, 14, 30, 60, 90)


class Offered(msgspec.Struct, frozen=True):
    """What there is to choose from, as code and words."""

    owners: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]


class BoardFilters(QFrame):
    """Owner, place, goal, age, late, resting, and swim lanes.

    Args:
        parent: the owner.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Offered | None = None
        self.by = _choice("board.by", wording.text("Swim lanes"), _ways(), self)
        self.owner = _choice("board.owner", wording.text("Owner"), [("", wording.text("All owners"))], self)
        self.place = _choice("board.place", wording.text("Place"), [("", wording.text("All places"))], self)
        self.goal = _choice("board.goal", wording.text("Goal"), [("", wording.text("All goals"))], self)
        self.older = _choice("board.older", wording.text("Age"), _ages(), self)
        self.late = _tick("board.late", wording.text("Only late"), self)
        self.resting = _tick("board.resting", wording.text("Resting too"), self)
        flow = Flow(self)
        for choice in (self.by, self.owner, self.place, self.goal, self.older):
            flow.addWidget(choice)
            choice.currentIndexChanged.connect(self._tell)
        for tick in (self.late, self.resting):
            flow.addWidget(tick)
            tick.toggled.connect(self._tell)

    @property
    def where(self) -> dict[str, str]:
        """As `gemba.store.action_lanes` takes it."""
        found = {name: getattr(self, name).value for name in ("owner", "place", "goal", "older")}
        found["late"] = "yes" if self.late.isChecked() else ""
        if self.resting.isChecked():
            found["resting"] = ""
        return {name: value for name, value in found.items() if value or name == "resting"}

    @property
    def is_narrowed(self) -> bool:
        """True when some actions may be left out."""
        return any(value for value in self.where.values())

    def offer(self, found: Offered) -> None:
        """Offer what there is; what was chosen stays as long as there is any of it."""
        if found == self._offered:
            return
        before, self._offered = self.where, found
        for choice, words, offered in (
            (self.owner, wording.text("All owners"), found.owners),
            (self.place, wording.text("All places"), found.places),
            (self.goal, wording.text("All goals"), found.goals),
        ):
            choice.offer([("", words), *offered])
        if self.where != before:
            self._tell()

    @Slot()
    def clear(self) -> None:
        """Show everything again."""
        self.blockSignals(True)
        for choice in (self.owner, self.place, self.goal, self.older):
            choice.choose("")
        self.late.setChecked(False)
        self.blockSignals(False)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()


def read_offered(desk: Any) -> Offered:
    """Owners, places and goals of open actions; on a job's thread."""
    with desk.reader() as reader:
        owners = [key for key, _ in action_lanes.groups(reader, "owner", {}, _MOST)]
        places = [key for key, _ in action_lanes.groups(reader, "place", {}, _MOST)]
        goals = [key for key, _ in action_lanes.groups(reader, "goal", {}, _MOST) if key != "-"]
        named = sorted((one.name, one.uid) for one in reader.many(Place, places))
        titled = sorted((one.title, one.uid) for one in reader.many(Goal, goals))
    return Offered(
        tuple((one, one) for one in sorted(owners)),
        tuple((uid, name) for name, uid in named),
        tuple((uid, title) for title, uid in titled),
    )


def _choice(name: str, title: str, choices: list[tuple[str, str]], parent: QWidget) -> Choice:
    made = Choice(choices, name=name, parent=parent)
    made.setAccessibleName(title)
    made.setMinimumContentsLength(6)
    return made


def _tick(name: str, title: str, parent: QWidget) -> QCheckBox:
    made = QCheckBox(title, parent)
    made.setObjectName(name)
    return made


def _ways() -> list[tuple[str, str]]:
    return [
        ("", wording.text("One board")),
        ("owner", wording.text("By owner")),
        ("place", wording.text("By place")),
        ("goal", wording.text("By goal")),
    ]


def _ages() -> list[tuple[str, str]]:
    return [
        ("", wording.text("Any age")),
        *((str(days), wording.text("{n} days +", n=days)) for days in _AGES),
    ]
