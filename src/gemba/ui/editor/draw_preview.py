"""What a seed would draw of a section, so that an author sees what a walk may look like."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.definition import walk
from gemba.forms.drawing import draw_in
from gemba.forms.editing.tree import Branch, item_named
from gemba.ui.editor.session import Session
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words


class DrawPreview(QWidget):
    """The questions of one draw, and the way to another one."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._seed = 1
        self.words = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._again = Button(
            wording.text("Draw another example"), name="editor.draw.again", look="quiet", run=self._next, parent=self
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self.words)
        rows.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        session.looked.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Draw for the section that one is at; hidden where nothing is drawn."""
        item = self._session.item
        said = self._said(item) if item is not None and item.kind.code == "section" else ""
        self.words.setText(said)
        self.setVisible(bool(said))

    def _said(self, item: Branch) -> str:
        form = self._session.look.form if self._session.look is not None else None
        if form is None:
            return ""
        way = list(item.path)
        section = next((each for each in walk(form.body) if each.path and each.path.split("/")[2:] == way), None)
        among, chosen = draw_in(form, section, str(self._seed)) if section is not None else (frozenset(), frozenset())
        if not among:
            return ""
        drawn = [each.path for each in walk(form.body) if each.path in chosen]
        count = wording.text(
            "{drawn} of {among} are asked. With the seed {seed}:", drawn=len(drawn), among=len(among), seed=self._seed
        )
        return "\n".join([count, *(f"–  {self._label(path)}" for path in drawn)])

    def _label(self, path: str) -> str:
        name = path.rpartition("/")[2]
        found = item_named(self._session.book, name)
        return " ".join(found.label.split()) if found is not None and found.label else name

    @Slot()
    def _next(self) -> None:
        self._seed += 1
        self.refresh()
