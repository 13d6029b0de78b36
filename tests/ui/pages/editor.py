"""The editor as a person meets it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from tests.ui.pages.window import WindowObject

from gemba.ui.editor.page import EditorPage

Key, Modifier = Qt.Key, Qt.KeyboardModifier


class EditorObject:
    """Writes a checklist by keyboard and mouse, and reads what is shown."""

    def __init__(self, window: WindowObject) -> None:
        self.window, self.qtbot = window, window.qtbot

    @property
    def page(self) -> EditorPage:
        page: Any = self.window.page
        assert isinstance(page, EditorPage)
        return page

    @property
    def body(self) -> Any:
        assert self.page._body is not None
        return self.page._body

    @property
    def session(self) -> Any:
        assert self.page.session is not None
        return self.page.session

    def settle(self) -> EditorObject:
        self.window.settle()
        return self

    def new(self) -> EditorObject:
        """Begin a checklist from the library."""
        self.window.go("library")
        self.window.press("button.library.write")
        assert self.window.window.page == "editor"
        return self.settle()

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> EditorObject:
        """Press a key where the keyboard is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        return self.settle()

    def write(self, text: str) -> EditorObject:
        """Type where the keyboard is."""
        self.qtbot.keyClicks(QApplication.focusWidget(), text)
        return self

    def fill(self, name: str, text: str) -> EditorObject:
        """Type into a field, in place of what stands there."""
        field = self.window.find(QWidget, name)
        field.setFocus()
        self.qtbot.keyClick(field, Key.Key_A, Modifier.ControlModifier)
        self.qtbot.keyClicks(field, text) if text else self.qtbot.keyClick(field, Key.Key_Delete)
        return self

    def choose(self, name: str, code: str) -> EditorObject:
        """Choose from a list, as with the arrow keys."""
        box = self.window.find(QComboBox, name)
        place = box.findData(code)
        assert place >= 0, f"{name} does not offer {code}"
        box.setCurrentIndex(place)
        box.activated.emit(place)
        return self.settle()

    def press(self, name: str) -> EditorObject:
        self.window.press(name)
        return self

    def go(self, label: str) -> EditorObject:
        """Go to an item by clicking on it."""
        tree = self.body.outline
        found = tree.findItems(label, Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)
        assert found, f"{label} is not in {self.outline}"
        tree.scrollToItem(found[0])
        self.qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(found[0]).center())
        return self.settle()

    @property
    def outline(self) -> list[str]:
        labels: list[str] = self.body.outline.labels()
        return labels

    @property
    def asked(self) -> list[str]:
        """The words of what the preview asks now."""
        sheet = self.body.preview.sheet
        assert sheet is not None
        return [sheet.view(item.path).label for item in sheet.fill.items() if item.kind == "question"]

    def answer(self, name: str, value: str) -> EditorObject:
        """Answer in the preview."""
        sheet = self.body.preview.sheet
        sheet.give(sheet.fill.resolve(name), value)
        return self.settle()

    def problem(self, name: str) -> str:
        """What the preview says is wrong with an answer."""
        sheet = self.body.preview.sheet
        said: str = sheet.view(sheet.fill.resolve(name)).problem
        return said

    @property
    def problems(self) -> list[str]:
        return [problem.code for problem in self.body.problems.problems]

    def said(self, name: str, language: str = "") -> str:
        """What the item that one is at says of a property."""
        from gemba.forms.editing.columns import cell

        return cell(self.session.book.survey, self.session.at, name, language)
