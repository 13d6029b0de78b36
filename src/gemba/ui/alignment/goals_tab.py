"""The tab of goals: the register with one goal beside it, and the form of a new one, a change or an adaptation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.goals import Goal
from gemba.reports.facts import Rendered
from gemba.ui.alignment.goal_detail import GoalShown, draw_goal, read_goal
from gemba.ui.alignment.goal_form import GoalForm
from gemba.ui.alignment.goal_shapes import TOPICS, goal_source, goals
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services
from gemba.work.goal_sheet import goals_pdf

_WIDEST = 760


class GoalsTab(ListTab):
    """List and detail, or a form.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.names = PlaceNames(services.desk)
        self.list = ListPanel(goals(self.names), goal_source(services.desk), services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_goal,
            draw=self._draw,
            name="goals.detail",
            nothing=EmptyState(
                "target",
                wording.text("No goal chosen"),
                wording.text("Choose one to see what was promised, how it is measured, and what is to be mended."),
            ),
            topics=TOPICS,
        )
        self.form = GoalForm(services, self)
        self.addWidget(Split(self.list, self.detail, name="goals.split"))
        self.addWidget(scrolled(column(self.form, widest=_WIDEST), name="goals.form.area"))
        self.list.bar.offer(wording.text("Write both registers as PDF …"), "file-text", self.ask_report)
        self.list.chosen.connect(self._chose)
        self.form.kept.connect(self.show_uid)
        self.form.left.connect(self.to_list)

    def arrive(self) -> None:
        """Read the register when it is first shown, and what the places are called now."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the list: the form of a new goal, and one goal."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        if self.list.model.rowCount():
            seen["one"] = self._show_first
        return seen

    def show_level(self, uid: str) -> None:
        """Show a service level, in its own tab."""
        self.services.go("alignment", f"levels:{uid}")

    def begin(self, way: str, goal: Goal | None = None) -> None:
        """Open the form: `add`, or `change` or `adapt` with the goal."""
        self.setCurrentIndex(1)
        self.form.begin(way, goal)

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new goal."""
        self.begin("add")

    @Slot()
    def ask_report(self) -> None:
        """Ask where to, and write the registers of goals and of service levels."""
        title = wording.text("Register of goals and service levels")
        name, _ = QFileDialog.getSaveFileName(self, title, "goals.pdf", wording.text("PDF files (*.pdf)"))
        if name:
            self.write_report(Path(name))

    def write_report(self, file: Path) -> None:
        """Write the registers into a file."""
        self.services.jobs.errand(goals_pdf, self.services.desk, file, done=partial(self._written, file))

    def _written(self, file: Path, _rendered: Rendered) -> None:
        self.services.messages.info(wording.text("Wrote {file}.", file=file.name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _show_first(self) -> None:
        self.show_uid(self.list.model.line(0).uid)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: GoalShown) -> None:
        draw_goal(self, self.detail.body, shown)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "target",
            wording.text("Nothing is promised yet"),
            wording.text(
                "Write down what the customer may rely on: decisions are held against it, quarter by quarter."
            ),
            Button(wording.text("Add a goal"), name="goals.empty.add", icon="plus", run=self.begin_adding),
        )
