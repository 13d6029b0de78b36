"""Make a map, or change what is said of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.process_maps import ProcessMap
from gemba.errors import GembaError, Refusal
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.durations import exact, seconds_of
from gemba.work.process_maps import change_map, make_map


class MapForm(Card):
    """Title, scope, owner, day of review, and what customers ask for.

    Args:
        services: of the window.
        names: of the places.
        parent: the owner.
    """

    closed = Signal()
    kept = Signal(str)
    """Uid of the map."""

    def __init__(self, services: Services, names: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Map"), look="inset", parent=parent)
        self._services, self._names = services, names
        self._map = ""
        self.lines = {
            name: self._line(name) for name in ("title", "begins_with", "ends_with", "owner", "demand", "available")
        }
        self.place = Choice(name="maps.map.place", search=True, parent=self)
        self.review_by = DayField(name="maps.map.review_by", parent=self)
        self.fields = self._fields()
        for field in self.fields.values():
            self.body.addWidget(field)
        flow = Flow()
        keep = Button(wording.text("Keep"), name="maps.map.keep", icon="check", run=self.keep, once=True, parent=self)
        on_enter(keep, *self.lines.values())
        flow.addWidget(keep)
        flow.addWidget(
            Button(wording.text("Cancel"), name="maps.map.cancel", look="quiet", run=self.closed.emit, parent=self)
        )
        self.body.addLayout(flow)

    def begin(self, known: ProcessMap | None = None) -> None:
        """Ask for a new map, or show one to change it."""
        self._map = known.uid if known is not None else ""
        self.place.offer([("", wording.text("Everywhere")), *self._names.choices()])
        for name in ("title", "begins_with", "ends_with", "owner"):
            self.lines[name].setText(getattr(known, name) if known is not None else "")
        self.lines["demand"].setText(f"{known.demand:g}" if known is not None and known.demand else "")
        self.lines["available"].setText(exact(known.available) if known is not None else "")
        self.place.choose((known.place or "") if known is not None else "")
        self.review_by.put(known.review_by if known is not None else None)
        for field in self.fields.values():
            field.say_problem("")
        self.lines["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Keep it."""
        for field in self.fields.values():
            field.say_problem("")
        try:
            said = self._said()
        except Refusal as refusal:
            self._failed(refusal)
            return
        if self._map:
            self._services.jobs.write(partial(change_map, **said), self._map, done=self._kept, failed=self._failed)
        else:
            title = said.pop("title")
            self._services.jobs.write(partial(make_map, **said), title, done=self._kept, failed=self._failed)

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            name: self.lines[name].text() for name in ("title", "begins_with", "ends_with", "owner")
        }
        demand = self.lines["demand"].text().strip().replace(",", ".")
        try:
            said["demand"] = float(demand) if demand else None
        except ValueError as error:
            raise Refusal("work.map_not_above_zero", field="demand") from error
        said["available"] = seconds_of(self.lines["available"].text())
        return said | {"place": self.place.value or None, "review_by": self.review_by.day}

    def _kept(self, change: Any) -> None:
        self.kept.emit(change.uid)

    def _failed(self, error: GembaError) -> None:
        beside = {"work.map_without_title": "title", "work.no_duration": "available"}
        field = self.fields.get(beside.get(error.code, str(error.facts.get("field", ""))))
        if field is None:
            self._services.messages.trouble(error)
        else:
            field.say_problem(wording.sentence(error))
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"maps.map.{name}")
        return line

    def _fields(self) -> dict[str, Field]:
        asked: list[tuple[str, str, QWidget, str]] = [
            ("title", wording.text("&Title"), self.lines["title"], ""),
            ("begins_with", wording.text("&Begins with"), self.lines["begins_with"], wording.text("What sets it off.")),
            ("ends_with", wording.text("&Ends with"), self.lines["ends_with"], ""),
            ("owner", wording.text("&Owner"), self.lines["owner"], wording.text("Who answers for all of it, by role.")),
            ("place", wording.text("&Place"), self.place, wording.text("Whose pains are counted.")),
            (
                "review_by",
                wording.text("Look at it again &by"),
                self.review_by,
                wording.text("After this day the map says that it is out of date."),
            ),
            ("demand", wording.text("Pieces that customers ask &for"), self.lines["demand"], ""),
            (
                "available",
                wording.text("In a time of &work of"),
                self.lines["available"],
                wording.text("As 7 h. Takt is this time over the pieces."),
            ),
        ]
        return {name: Field(words, widget, hint=note, parent=self) for name, words, widget, note in asked}
