"""What every page has: a heading, buttons above it, and the actions that it offers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from gemba.ui.actions import ActionSpec
from gemba.ui.lists.panel import ListPanel
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services


class Page(QWidget):
    """Base of the pages.

    Args:
        services: of the window.
        code: of the page; beginning of its object names.
        title: in the person's language.
        parent: the owner.
    """

    def __init__(self, services: Services, code: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.code = services, code
        self.setObjectName(f"page.{code}")
        self.setAccessibleName(title)
        self.title = Words(title, scale="title", parent=self)
        self.subtitle = Words("", tone="muted", wrap=True, parent=self)
        self.subtitle.hide()
        self.buttons: dict[str, Button] = {}
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(24, 20, 24, 20)
        self.rows.setSpacing(16)
        self._buttons_row = QFrame(self)
        self._flow = Flow(self._buttons_row)
        head = QHBoxLayout()
        head.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head.addLayout(words, 1)
        head.addWidget(self._buttons_row, 0)
        self.rows.addLayout(head)

    def actions_offered(self) -> list[ActionSpec]:
        """What can be done here; pages override it."""
        return []

    def put_buttons(self) -> None:
        """Make the buttons above the page from its actions, the primary one last."""
        specs = [spec for spec in self.actions_offered() if spec.place]
        for spec in sorted(specs, key=lambda spec: spec.place == "primary"):
            look = "primary" if spec.place == "primary" else ""
            button = Button(
                spec.title, name=f"button.{spec.id}", icon=spec.icon, look=look, run=spec.run, once=look == "primary"
            )
            if spec.shortcut:
                button.setToolTip(f"{spec.title} ({spec.shortcut})")
            self.buttons[spec.id] = button
            self._flow.addWidget(button)

    def offer_only_the_way_on(self, listed: ListPanel) -> None:
        """While a list is empty, its empty state has the page's one button; the others would lead nowhere."""
        listed.emptied.connect(self._buttons_row.setHidden)

    def say_under_title(self, text: str) -> None:
        """A quiet sentence under the heading; none hides it."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    def may_leave(self) -> bool:
        """Whether one may go elsewhere now; a page that still saves says no and why."""
        return True

    def arrive(self) -> None:
        """The page is shown now; pages read their records here."""

    def take_focus(self) -> None:
        """Let the keyboard begin here, not in the navigation: at the list, else at the page itself."""
        listed = self.findChild(QTableView)
        (listed if listed is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, uid: str) -> None:
        """Show one record."""

    def here(self) -> str | None:
        """What `show_uid` takes to show again what is shown now; `None` where that is what it was shown with."""
        return None
