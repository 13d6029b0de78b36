"""The conduct page as a person meets it: keys, what is seen, what is dropped and pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.conduct.editors.choice_button import AnyChoice, OneChoice
from gemba.ui.conduct.page import ConductPage
from gemba.ui.conduct.row import QuestionRow
from gemba.ui.conduct.side.links import Link
from gemba.ui.conduct.side.thumbnail import Thumbnail

Key, Modifier = Qt.Key, Qt.KeyboardModifier


class ConductObject:
    """Walks through a checklist and reads what is shown."""

    def __init__(self, page: ConductPage, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot

    # Coming and waiting

    def open(self, uid: str) -> ConductObject:
        """Open an assessment and wait until it is there."""
        self.page.open(uid)
        self.qtbot.waitUntil(lambda: self.page.sheet is not None and self.page.sheet.uid == uid)
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until nothing is under way: no job, no pause, no summing up."""
        self.qtbot.waitUntil(lambda: self.page.services.jobs.idle and not self._waiting())
        QApplication.processEvents()

    def _waiting(self) -> bool:
        return any(timer.isSingleShot() and timer.isActive() for timer in self.page.findChildren(QTimer))

    # Keys

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> ConductObject:
        """Press a key where the keyboard is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        return self

    def enter(self) -> ConductObject:
        """On to the next question."""
        return self.press(Key.Key_Return)

    def type(self, text: str) -> ConductObject:
        """Type where the keyboard is."""
        self.qtbot.keyClicks(QApplication.focusWidget(), text)
        return self

    def click(self, name: str, inside: QWidget | None = None) -> ConductObject:
        """Press a visible button by its object name."""
        self.qtbot.mouseClick(self.button(name, inside), Qt.MouseButton.LeftButton)
        self.settle()
        return self

    def button(self, name: str, inside: QWidget | None = None) -> QAbstractButton:
        """A visible button by its object name."""
        found = [each for each in (inside or self.page).findChildren(QAbstractButton, name) if each.isVisible()]
        assert len(found) == 1, f"{len(found)} visible buttons named {name}"
        return found[0]

    # What is seen

    @property
    def here(self) -> str:
        """Name of the current question."""
        return self.page.ribbon.current.rpartition("/")[2]

    def path(self, name: str) -> str:
        """Path of a question by its name."""
        assert self.page.sheet is not None
        return self.page.sheet.fill.resolve(name)

    def row(self, name: str = "") -> QuestionRow:
        """The row of a question; without a name the current one."""
        path = self.path(name) if name else self.page.ribbon.current
        row = self.page.ribbon.row(path)
        assert isinstance(row, QuestionRow), f"no row for {path}"
        return row

    def go(self, name: str) -> ConductObject:
        """Go to a question by its name, as a link would."""
        self.page.walking.go(self.path(name))
        return self

    def chosen(self, name: str = "") -> list[str]:
        """Words of the chosen choices of a question."""
        row = self.row(name)
        buttons = [*row.findChildren(OneChoice), *row.findChildren(AnyChoice)]
        return [button.accessibleName() for button in buttons if button.isChecked() and not button.isHidden()]

    def typed(self, name: str = "") -> list[str]:
        """What stands in the fields of a question."""
        row = self.row(name)
        return [field.text() for field in row.findChildren(QLineEdit)] + [
            field.toPlainText() for field in row.findChildren(QPlainTextEdit)
        ]

    def status(self, name: str = "") -> str:
        """Saving, saved or not saved."""
        return self.row(name)._status.text()

    def words(self, name: str = "") -> str:
        """All words that a question's row shows."""
        return _words(self.row(name))

    def questions(self) -> list[str]:
        """Names of the questions that are asked now."""
        return [path.rpartition("/")[2] for path in self.page._contents.questions]

    def side(self) -> str:
        """All words that the side panel shows."""
        return _words(self.page.side)

    def score(self) -> str:
        """What the score card says."""
        return " | ".join(self.page.score.texts())

    def sections(self) -> list[str]:
        """What the rail says."""
        model = self.page.rail.model()
        return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]

    def missing(self) -> list[str]:
        """The links to what is missing."""
        return [link.text() for link in self.needs()]

    def needs(self) -> list[Link]:
        """The links themselves."""
        return self.page.side.conclusion.needs()

    def thumbnails(self) -> list[Thumbnail]:
        """The photos and files of the current question."""
        return self.page.side.evidence.thumbnails()

    # Photos

    def drop(self, *files: Path, on: str = "") -> ConductObject:
        """Drop files on a question."""
        held = QMimeData()
        held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        row = self.row(on)
        at = QPointF(row.mapTo(self.page, row.rect().center()))
        keys, buttons, action = Modifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        coming = QDragEnterEvent(at.toPoint(), action, held, buttons, keys)
        QApplication.sendEvent(self.page, coming)
        assert coming.isAccepted(), "the page does not take what is held over it"
        QApplication.sendEvent(self.page, QDropEvent(at, action, held, buttons, keys))
        self.settle()
        return self

    def paste_picture(self, picture: QImage) -> ConductObject:
        """Put a picture on the clipboard and press the key that pastes."""
        QGuiApplication.clipboard().setImage(picture)
        self.press(Key.Key_V, Modifier.ControlModifier)
        self.settle()
        return self


def _words(widget: QWidget) -> str:
    said = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    said += [button.text() for button in widget.findChildren(QAbstractButton) if button.isVisible()]
    return "\n".join(words for words in said if words)
