"""Maps: the way of the work with the pains of customers, blind spots, what is to be gone to and seen, and its times."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.reports.facts import Rendered
from gemba.ui.actions import ActionSpec
from gemba.ui.maps.alert_tab import AlertTab
from gemba.ui.maps.blind_tab import BlindTab
from gemba.ui.maps.map_doings import MapDoings
from gemba.ui.maps.map_tab import MapTab
from gemba.ui.pages.page import Page
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.tabs import Tabs
from gemba.ui.services import Services
from gemba.ui.times.tab import TimesTab
from gemba.work.map_print import print_map


class MapsPage(Page):
    """Four views: the map, the blind spots, what is to be gone to and seen, and how long the work takes."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "maps", wording.text("Maps"), parent)
        self.names = PlaceNames(services.desk)
        empty = EmptyState(
            "route",
            wording.text("No map yet"),
            wording.text(
                "Draw the way of the work from the customer's wish to its fulfilment: complaints and findings are "
                "pinned to its steps of themselves."
            ),
            Button(wording.text("Make a map"), name="maps.empty.make", icon="plus", look="primary", run=self.begin_map),
        )
        self.map = MapTab(services, self.names, empty)
        self.doings = MapDoings(services, self.map)
        self.blind = BlindTab(services, self.names)
        self.see = AlertTab(services, self.names)
        self.times = TimesTab(services, self.names)
        self.tabs = Tabs("maps.tabs", wording.text("Views of maps"))
        self.tabs.add("map", wording.text("Map"), self.map)
        self.tabs.add("blind", wording.text("Blind spots"), self.blind)
        self.tabs.add("see", wording.text("Go and see"), self.see)
        self.tabs.add("times", wording.text("Times"), self.times)
        self.tabs.shown.connect(self._tab_shown)
        self._has_none = False
        self.put_buttons()
        self.begin_button = Button(
            wording.text("Begin a time study"), name="times.begin", icon="plus", look="primary", run=self.begin_times
        )
        self._flow.addWidget(self.begin_button)
        self.begin_button.hide()
        self.times.turned.connect(self._offer_buttons)
        self.map.emptied.connect(self._offer)
        self.rows.addWidget(self.tabs, 1)

    def actions_offered(self) -> list[ActionSpec]:
        """Make, change, print, go round."""
        return [
            ActionSpec("maps.make", wording.text("Make a map"), "Ctrl+N", "maps", "plus", self.begin_map, "primary"),
            ActionSpec("maps.step", wording.text("Add a step"), "Ctrl+Shift+N", "maps", "plus", self.begin_step, "bar"),
            ActionSpec("maps.change", wording.text("Change the map"), "", "maps", "pencil", self.change_map, "bar"),
            ActionSpec("maps.print", wording.text("Print the map"), "Ctrl+P", "maps", "printer", self.print_map, "bar"),
            ActionSpec("maps.huddle", wording.text("Huddle sheet"), "", "maps", "file-text", self.begin_huddle, "bar"),
            ActionSpec("maps.export", wording.text("Export the steps"), "", "maps", "download", self.export_steps),
            ActionSpec("maps.import", wording.text("Import steps"), "", "maps", "import", self.import_steps),
            ActionSpec(
                "maps.take_off", wording.text("Take the map off the list"), "", "maps", "archive", self.take_off
            ),
            ActionSpec("maps.blind", wording.text("Blind spots"), "", "maps", "eye", self.show_blind),
            ActionSpec("maps.see", wording.text("Go and see"), "", "maps", "footprints", self.show_see),
            ActionSpec("maps.times", wording.text("Time studies"), "", "maps", "timer", self.show_times),
            ActionSpec("maps.begin_times", wording.text("Begin a time study"), "", "maps", "timer", self.begin_times),
        ]

    @Slot()
    def begin_map(self) -> None:
        """Ask for a new map."""
        self.tabs.show_tab("map")
        self.map.begin_map()

    @Slot()
    def begin_step(self) -> None:
        """Ask for a new step at the end of the map."""
        self.tabs.show_tab("map")
        self.map.begin_step()

    @Slot()
    def change_map(self) -> None:
        """Change what is said of the map."""
        self.tabs.show_tab("map")
        self.map.change_map()

    @Slot()
    def begin_huddle(self) -> None:
        """Ask for the place of a huddle sheet."""
        self.tabs.show_tab("map")
        self.map.begin_huddle()

    @Slot()
    def take_off(self) -> None:
        """Take the map off the list."""
        self.doings.take_off()

    @Slot()
    def export_steps(self) -> None:
        """Ask where to, and write the steps as CSV."""
        name, _ = QFileDialog.getSaveFileName(self, wording.text("Export the steps"), "steps.csv", _csv())
        if name:
            self.doings.export_to(Path(name))

    @Slot()
    def import_steps(self) -> None:
        """Ask which file, and take the steps from it."""
        name, _ = QFileDialog.getOpenFileName(self, wording.text("Import steps"), "", _csv())
        if name:
            self.doings.import_from(Path(name))

    @Slot()
    def show_blind(self) -> None:
        """Show the blind spots."""
        self.tabs.show_tab("blind")

    @Slot()
    def show_see(self) -> None:
        """Show what is to be gone to and seen."""
        self.tabs.show_tab("see")

    @Slot()
    def show_times(self) -> None:
        """Show the time studies."""
        self.tabs.show_tab("times")

    @Slot()
    def begin_times(self) -> None:
        """Ask for a new time study."""
        self.tabs.show_tab("times")
        self.times.begin_study()

    @Slot()
    def print_map(self) -> None:
        """Ask where to, and write the map with its pains as PDF."""
        if not self.map.uid:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, wording.text("Print the map"), "map.pdf", wording.text("PDF files (*.pdf)")
        )
        if name:
            self.print_to(Path(name))

    def print_to(self, file: Path) -> None:
        """Write the PDF beside the window, and open it."""
        self._file = file
        review = self.map.shown.review
        if review is not None:
            pains = review.after
            deed = partial(print_map, place=pains.place, begins=pains.begins, ends=pains.ends)
            self.services.jobs.errand(deed, self.services.desk, self.map.uid, file, done=self._printed)

    def arrive(self) -> None:
        """Read what places are called, and the view that is shown."""
        self.services.jobs.ask(read_places, self.services.desk, done=self._places_came)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the map: a step with its pains, its form, the blind spots, what is to be seen."""
        seen: dict[str, Callable[[], None]] = {}
        if self.map.uid:
            seen["step"] = self.map.open_first
            seen["form"] = self.map.change_step
        seen["blind"] = self.show_blind
        seen["see"] = self.show_see
        seen["times"] = self.show_times
        return seen | {f"times.{name}": partial(self._see_times, show) for name, show in self.times.sights().items()}

    def _see_times(self, show: Callable[[], None]) -> None:
        self.show_times()
        show()

    def take_focus(self) -> None:
        """The keyboard begins on the map, or at the views while it is still being read."""
        if self.tabs.code == "times":
            self.times.take_focus()
        elif self.map.view.isVisible():
            self.map.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tabs.take_focus()

    def show_uid(self, uid: str) -> None:
        """Show a map; `see`, `blind` and `times` show the other views, `times:uid` a time study."""
        code, _, rest = uid.partition(":")
        if code in {"see", "blind", "times"}:
            self.tabs.show_tab(code)
            if code == "times" and rest:
                self.times.show_uid(rest)
        else:
            self.tabs.show_tab("map")
            self.map.open(uid)

    def _places_came(self, places: Any) -> None:
        self.names.take(places)
        self._tab_shown(self.tabs.code)

    @Slot(str)
    def _tab_shown(self, code: str) -> None:
        {"map": self.map.open, "blind": self.blind.arrive, "see": self.see.arrive, "times": self.times.arrive}[code]()
        self._offer_buttons()

    @Slot(bool)
    def _offer(self, empty: bool) -> None:  # noqa: FBT001 - a signal's value
        """While there is no map, its empty state has the way on."""
        self._has_none = empty
        self._offer_buttons()

    def _offer_buttons(self) -> None:
        """Those of the view that is shown: times have theirs, a map that is not there has none."""
        times = self.tabs.code == "times"
        for name in ("maps.make", "maps.step", "maps.change", "maps.print"):
            self.buttons[name].setHidden(self._has_none or times)
        self.buttons["maps.huddle"].setHidden(times)
        self.begin_button.setVisible(times and bool(self.times.lines) and self.times.is_listing)

    def _printed(self, rendered: Rendered) -> None:
        said = wording.text("The map is printed: {file}", file=str(self._file))
        self.services.messages.info(" ".join((said, *rendered.warnings)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))


def _csv() -> str:
    return wording.text("Tables (*.csv)")
