"""The forms of a route: what it is and who walks it, and one of its stops."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QCompleter, QSpinBox, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.walks import Route, RouteStop
from gemba.ui.alignment.form import Form
from gemba.ui.parts.fields import Choice
from gemba.ui.services import Services
from gemba.ui.walks.walker_list import WalkerList
from gemba.work.route_stops import LONGEST, StopDraft, add_stop, change_stop
from gemba.work.routes import RouteDraft, add_route, change_route


class Offers(msgspec.Struct, frozen=True):
    """What the form of a route offers."""

    places: tuple[tuple[str, str], ...]
    templates: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    layers: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


class RouteForm(Form):
    """A new route, or one that is changed."""

    def __init__(self, services: Services, route: Route | None, offers: Offers, parent: QWidget | None = None) -> None:
        super().__init__(services, "route", parent=parent)
        self._route = route
        self.title.setText(wording.text("Change the route") if route else wording.text("A new route"))
        self.heading, self.layer, self.purpose = self.line("title"), self.line("layer"), self.lines("purpose")
        completer = QCompleter(list(offers.layers), self)
        self.layer.setCompleter(completer)
        self.place = Choice(offers.places, name="route.place", search=len(offers.places) > 8, parent=self)
        self.template = Choice(
            [("", wording.text("say it with each walk")), *offers.templates], name="route.template", parent=self
        )
        self.walkers = WalkerList("route.walkers", self)
        self.turns = QCheckBox(wording.text("They take &turns, a date each"), self)
        self.turns.setObjectName("route.turns")
        self.put_field("title", wording.text("&Title"), self.heading)
        self.put_field("layer", wording.text("&Layer"), self.layer, wording.text("Role of those who walk it."))
        self.put_field("place", wording.text("&Place"), self.place)
        self.put_field("template", wording.text("&Checklist"), self.template)
        self.put_field("purpose", wording.text("What it is &for"), self.purpose)
        self.put_field(
            "walkers", wording.text("&Who walks it"), self.walkers, wording.text("Nobody ticked: whoever is there.")
        )
        for codes in (("title", "layer"), ("place", "template"), ("purpose",), ("walkers",)):
            self.put_row(*codes)
        self.body.addWidget(self.turns)
        self.put_buttons(wording.text("Keep the route"))
        self._fill(route, offers)

    def begin(self) -> None:
        """The keyboard begins with the title."""
        self.open_at(self.heading)

    @Slot()
    def keep(self) -> None:
        """Keep it; what was expected until today stays as it was."""
        said: dict[str, Any] = {
            "title": self.heading.text(),
            "layer": self.layer.text(),
            "purpose": self.purpose.toPlainText(),
            "place": self.place.value,
            "template": self.template.value or None,
            "walkers": self.walkers.chosen(),
            "in_turns": self.turns.isChecked(),
        }
        if self._route is None:
            self.write(partial(_add_route, said))
        else:
            self.write(partial(_change_route, self._route.uid, said))

    def about(self) -> Mapping[str, str]:
        """By code of a refusal, the field that it is about."""
        return {"work.route_title": "title", "work.route_turns": "walkers", "work.template_retired": "template"}

    def _fill(self, route: Route | None, offers: Offers) -> None:
        if route is None:
            self.walkers.offer(offers.people, ())
            return
        self.heading.setText(route.title)
        self.layer.setText(route.layer)
        self.purpose.setPlainText(route.purpose)
        self.place.choose(route.place)
        self.template.choose(route.template or "")
        self.walkers.offer(offers.people, route.walkers)
        self.turns.setChecked(route.in_turns)


class StopForm(Form):
    """A new stop, or one that is changed."""

    def __init__(
        self, services: Services, route: str, stop: RouteStop | None, offers: Offers, parent: QWidget | None = None
    ) -> None:
        super().__init__(services, "stop", parent=parent)
        self._route, self._stop = route, stop
        self.title.setText(wording.text("Change the stop") if stop else wording.text("A new stop"))
        self.heading, self.look_for = self.line("title"), self.lines("look_for")
        self.minutes = QSpinBox(self)
        self.minutes.setObjectName("stop.minutes")
        self.minutes.setRange(0, LONGEST)
        self.minutes.setSpecialValueText(wording.text("not said"))
        steps = [("", wording.text("not said")), *offers.steps]
        self.step = Choice(steps, name="stop.step", search=True, parent=self)
        hint = wording.text("Where one stands, or what happens there.")
        self.put_field("title", wording.text("&Title"), self.heading, hint)
        self.put_field("look_for", wording.text("What to see, what to &ask"), self.look_for)
        self.put_field("minutes", wording.text("&Minutes planned"), self.minutes)
        self.put_field("step", wording.text("&Step of the work"), self.step)
        for codes in (("title",), ("look_for",), ("minutes", "step")):
            self.put_row(*codes)
        self.put_buttons(wording.text("Keep the stop"))
        if stop is not None:
            self.heading.setText(stop.title)
            self.look_for.setPlainText(stop.look_for)
            self.minutes.setValue(stop.minutes or 0)
            self.step.choose(stop.step)

    def begin(self) -> None:
        """The keyboard begins with the title."""
        self.open_at(self.heading)

    @Slot()
    def keep(self) -> None:
        """Keep it."""
        said = {
            "title": self.heading.text(),
            "look_for": self.look_for.toPlainText(),
            "minutes": self.minutes.value() or None,
            "step": self.step.value,
        }
        if self._stop is None:
            self.write(partial(_add_stop, self._route, said))
        else:
            self.write(partial(_change_stop, self._stop.uid, said))

    def about(self) -> Mapping[str, str]:
        """By code of a refusal, the field that it is about."""
        return {"work.stop_title": "title", "work.stop_minutes": "minutes", "work.unknown_code": "step"}


def _add_route(said: dict[str, Any], desk: Any) -> Change:
    return add_route(desk, RouteDraft(**said))


def _change_route(uid: str, said: dict[str, Any], desk: Any) -> Change:
    return change_route(desk, uid, said)


def _add_stop(route: str, said: dict[str, Any], desk: Any) -> Change:
    return add_stop(desk, route, StopDraft(**said))


def _change_stop(uid: str, said: dict[str, Any], desk: Any) -> Change:
    return change_stop(desk, uid, said)
