"""The tree of a goal: drawn, the same as a table, and the form of its branches."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.alignment.requirement_form import RequirementForm
from gemba.ui.alignment.tree_view import TreeView
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.goal_facts import GoalFacts
from gemba.work.goal_tree import drawn_tree, leaf


class TreeCard(Card):
    """Need, drivers, measures, targets.

    Args:
        services: of the window.
        facts: of the goal.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: GoalFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("What is critical to quality"), look="inset", parent=parent)
        self._facts = facts
        self.view: TreeView | None = None
        self.form = RequirementForm(services, facts.line.goal, self)
        self.table = self._table()
        flow = Flow()
        self.add = Button(
            wording.text("Add a requirement"), name="goals.require", icon="plus", run=self.begin_adding, parent=self
        )
        self.switch = Button(
            wording.text("As a table"), name="goals.tree.table", icon="table", look="quiet", run=self.turn, parent=self
        )
        for button in (self.add, self.switch):
            flow.addWidget(button)
        if facts.branches:
            self.view = TreeView(drawn_tree(facts.line.goal, facts.branches), self)
            self.body.addWidget(self.view)
        else:
            how = wording.text("Nothing says how it is measured: add a driver, its measure and a target.")
            self.body.addWidget(Words(how, tone="muted", wrap=True))
            self.switch.hide()
        self.body.addWidget(self.table)
        self.body.addLayout(flow)
        self.body.addWidget(self.form)
        self.form.left.connect(self.close_form)
        self.form.hide()
        self.table.hide()

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new branch."""
        self.form.begin(None)

    @Slot()
    def close_form(self) -> None:
        """Close the form and change nothing."""
        self.form.hide()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def turn(self) -> None:
        """Show the table in place of the drawing, or the drawing again."""
        as_table = self.table.isHidden()
        self.table.setVisible(as_table)
        if self.view is not None:
            self.view.setVisible(not as_table)
        self.switch.setText(wording.text("As a drawing") if as_table else wording.text("As a table"))

    @Slot(int)
    def _open(self, row: int) -> None:
        self.form.begin(self._facts.branches[row].requirement)

    def _table(self) -> FigureTable:
        heads = [
            wording.text("Driver"),
            wording.text("Met"),
            wording.text("Now"),
            wording.text("Target"),
            wording.text("Measured by"),
        ]
        made = FigureTable("goals.branches", wording.text("Requirements; Enter changes one"), heads, parent=self)
        leaves = [leaf(branch) for branch in self._facts.branches]
        rows: list[Any] = [(one.driver, one.word, one.now, one.target, one.measured_by) for one in leaves]
        made.put(rows, [{1: one.tone} for one in leaves])
        made.opened.connect(self._open)
        return made
