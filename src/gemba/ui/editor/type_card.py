"""What kind of answer a question takes: the one chosen, and the gallery of all others."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.book import Book
from gemba.forms.editing.changing import change_type
from gemba.forms.editing.tree import Branch
from gemba.forms.editing.types import OFFERED, Type
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.session import Session
from gemba.ui.editor.speech import type_words
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words, repolish

_WIDE = 170
_GAP = 8


class TypeCard(ItemCard):
    """The type of a question."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent=parent)
        self._icon = Picture("circle", role="accent", size=24, parent=self)
        self._name = Words(scale="heading", parent=self)
        self._purpose = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._button = Button(
            wording.text("Change"), name="editor.type.change", look="quiet", run=self._unfold, parent=self
        )
        across = QHBoxLayout()
        across.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._purpose)
        across.addWidget(self._icon)
        across.addLayout(words, 1)
        across.addWidget(self._button)
        self.body.addLayout(across)
        self._gallery: Gallery | None = None  # made when it is first asked for

    def fits(self, item: Branch) -> bool:
        """Questions and sections alike; a section can only become a repeat, or the reverse."""
        return item.row >= 0

    def show_item(self, book: Book, item: Branch) -> None:
        """Show the type."""
        del book
        words = type_words(item.kind.code)
        self._icon.show_icon(words.icon, "accent")
        self._name.setText(words.name)
        self._purpose.setText(words.purpose)
        if self._gallery is not None:
            self._gallery.mark(item.kind.code)
        self._button.setText(
            wording.text("Change")
            if not item.holds
            else wording.text("Repeat it")
            if item.kind.code == "section"
            else wording.text("Do not repeat it")
        )
        self._button.setAccessibleName(self._button.text())
        if item.holds and self._gallery is not None:
            self._gallery.hide()

    @Slot()
    def _unfold(self) -> None:
        item = self.session.item
        if item is not None and item.holds:
            self._become(Type("repeat" if item.kind.code == "section" else "section"))
            return
        gallery = self._gallery
        if gallery is None:
            self._gallery = gallery = Gallery("editor.type", OFFERED, self)
            gallery.picked.connect(self._pick)
            gallery.hide()
            self.body.addWidget(gallery)
        if item is not None:
            gallery.mark(item.kind.code)
        gallery.setVisible(gallery.isHidden())
        if not gallery.isHidden():
            gallery.take_focus()

    @Slot(str)
    def _pick(self, code: str) -> None:
        if self._gallery is not None:
            self._gallery.hide()
        self._become(Type(code))
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _become(self, kind: Type) -> None:
        operation = partial(change_type, row=self.session.at, kind=kind)
        self.session.do(wording.text("kind of answer"), operation, stay=True)


class Gallery(QWidget):
    """Types as tiles with their icon and what they are for."""

    picked = Signal(str)

    def __init__(self, name: str, codes: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = {code: Tile(f"{name}.{code}", code, self) for code in codes}
        for tile in self._tiles.values():
            tile.picked.connect(self.picked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._across = 0
        self._arrange()

    def mark(self, code: str) -> None:
        """Show which one is chosen."""
        for each, tile in self._tiles.items():
            tile.mark(chosen=each.lower() == code.lower())

    def take_focus(self) -> None:
        """Put the keyboard on the first."""
        next(iter(self._tiles.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        across = max(1, self.width() // _WIDE)
        if across == self._across:
            return
        for column in range(max(across, self._across)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        for place, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, place // across, place % across)
        rows = -(-len(self._tiles) // across)
        tile_height = max(tile.sizeHint().height() for tile in self._tiles.values())
        self.setFixedHeight(rows * (tile_height + _GAP) - _GAP)


class Tile(QToolButton):
    """One type."""

    picked = Signal(str)

    def __init__(self, name: str, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._code = code
        words = type_words(code)
        self.setObjectName(name)
        self.setAccessibleName(words.name)
        self.setAccessibleDescription(words.purpose)
        self.setToolTip(words.purpose)
        self.setProperty("look", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = Picture(words.icon, role="accent", size=20, parent=self)
        self._name = Words(words.name, strong=True, parent=self)
        self._purpose = Words(words.purpose, scale="small", tone="muted", parent=self)
        self._lines = across = QHBoxLayout(self)
        across.setContentsMargins(12, 8, 12, 8)
        across.setSpacing(10)
        across.addWidget(self._icon)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._name)
        said.addWidget(self._purpose)
        across.addLayout(said, 1)
        for label in (self._icon, self._name, self._purpose):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for label in (self._name, self._purpose):
            label.setMinimumWidth(1)
        self.clicked.connect(self._pick)

    def mark(self, *, chosen: bool) -> None:
        """Show whether it is the one."""
        if self.property("active") != chosen:
            self.setProperty("active", chosen)
            repolish(self)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its words."""
        return QSize(_WIDE - 10, self._lines.sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may be narrower than its words."""
        return QSize(120, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Words may be higher in another look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    @Slot()
    def _pick(self) -> None:
        self.picked.emit(self._code)
