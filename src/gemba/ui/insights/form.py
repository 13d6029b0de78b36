"""What the forms beside a chart have in common: shown when asked for, about one chart, wrong entries said in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.insights.shown import ChartShown
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services


class ChartForm(Card):
    """A form about the chart that is shown.

    Args:
        services: of the window.
        name: beginning of its object names.
        title: in the person's language.
        parent: the owner.
    """

    def __init__(self, services: Services, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, look="inset", parent=parent)
        self.services, self.name = services, name
        self.shown: ChartShown | None = None
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.hide()
        self.first: QWidget | None = None
        self.hide()

    def about(self, shown: ChartShown, *, keep: bool) -> None:
        """The chart that it is about from now on; a form that was begun stays only for the same measure."""
        self.shown = shown
        if not keep:
            self.hide()

    @Slot()
    def begin(self) -> None:
        """Show the form, empty."""
        self.say("")
        self.fill()
        self.show()
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self) -> None:
        """Put in what is known; forms override it."""

    def say(self, words: str) -> None:
        """Say what is wrong; nothing clears it."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def refused(self, error: GembaError) -> None:
        """Say what a rule says."""
        self.say(wording.sentence(error))

    def put_buttons(self, *buttons: Button) -> None:
        """The buttons below the fields, and the one that closes the form."""
        self.body.addWidget(self.problem)
        flow = Flow()
        for button in (
            *buttons,
            Button(wording.text("Cancel"), name=f"{self.name}.cancel", look="quiet", run=self.hide),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)
