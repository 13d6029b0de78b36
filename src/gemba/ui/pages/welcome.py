"""The first minute: try it with the demonstration, or begin one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services


class Welcome(Card):
    """Shown while nothing was ever recorded."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self.setObjectName("welcome")
        self.body.setContentsMargins(32, 28, 32, 28)
        self.body.setSpacing(18)
        self.body.addWidget(Words(wording.text("Go and see"), scale="display", wrap=True, parent=self))
        self.body.addWidget(
            Words(
                wording.text(
                    "Walk a site with a checklist, keep what you see with photos, and hand headquarters a sealed pack. "
                    "Everything works without a network, and stays on this laptop until headquarters has signed for it."
                ),
                tone="muted",
                wrap=True,
                parent=self,
            )
        )
        ways = Flow(gap=12)
        self.own = Button(
            wording.text("Start my own"),
            name="welcome.own",
            icon="play",
            look="primary",
            run=self.start_own,
            parent=self,
        )
        self.demo = Button(
            wording.text("Start with the demo"), name="welcome.demo", icon="sparkles", run=self.start_demo, parent=self
        )
        ways.addWidget(self.own)
        ways.addWidget(self.demo)
        self.demo.setVisible(services.open_demo is not None)
        self.body.addLayout(ways)
        for icon, title, text in _steps():
            self.body.addLayout(self._step(icon, title, text))

    @Slot()
    def start_own(self) -> None:
        """To the starter library."""
        self._services.go("library")

    @Slot()
    def start_demo(self) -> None:
        """Open a store with a finished story in it; one's own stays untouched."""
        if self._services.open_demo is not None:
            self.demo.setEnabled(False)
            self._services.open_demo()

    def _step(self, icon: str, title: str, text: str) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setSpacing(14)
        across.addWidget(Picture(icon, role="accent", size=24, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Words(title, strong=True, wrap=True, parent=self))
        words.addWidget(Words(text, tone="muted", wrap=True, parent=self))
        across.addLayout(words, 1)
        return across


def _steps() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "book-open-check",
            wording.text("Choose a checklist"),
            wording.text("The library has some to begin with; your own come in as XLSForm workbooks."),
        ),
        (
            "footprints",
            wording.text("Walk, answer, show"),
            wording.text("Each answer is kept the moment it is given. Photos by file, drag or paste."),
        ),
        (
            "shield-check",
            wording.text("Send, and know that it arrived"),
            wording.text("Only headquarters' signed receipt turns a walk green."),
        ),
    )
