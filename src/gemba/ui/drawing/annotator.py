"""The window in which one draws over a photo: tools, colours, the canvas, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.evidence import Mark
from gemba.store.mark_shapes import COLOURS
from gemba.ui.drawing.canvas import Canvas
from gemba.ui.drawing.drawing import Drawing
from gemba.ui.drawing.instruments import LOOKS, WIDTHS, Tool, colour_words, title_of
from gemba.ui.drawing.keys import take_key
from gemba.ui.drawing.swatches import Swatch
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words


class Annotator(QDialog):
    """Draws over one photo. Closing it in any way but "Leave as it was" keeps what was drawn.

    Args:
        name: of the photo.
        marks: what was drawn before.
        parent: the owner.
    """

    kept = Signal(object)
    """The marks, when they are others than before."""

    def __init__(self, name: str, marks: Sequence[Mark], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("annotator")
        self.setWindowTitle(wording.text("Draw over {name}", name=name))
        self.drawing = Drawing(marks, self)
        self.canvas = Canvas(self.drawing, self)
        self._tools: dict[Tool, IconButton] = {}
        self._swatches: dict[str, Swatch] = {}
        self._widths: dict[float, Swatch] = {}
        self._said = Words(tone="muted", scale="small", parent=self)
        self._said.setObjectName("annotator.said")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(8)
        rows.addWidget(self._bar())
        rows.addWidget(self.canvas, 1)
        rows.addWidget(self._foot())
        self.drawing.changed.connect(self._refresh)
        self.canvas.tool_changed.connect(self._refresh)
        self.canvas.told.connect(self._said.setText)
        self._refresh()
        self.canvas.setFocus()

    def show_picture(self, picture: QImage | None) -> None:
        """The upright picture, once it is there."""
        if picture is not None and not picture.isNull():
            self.canvas.show_picture(picture)
            self._said.setText(_first_words())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A good part of a laptop's screen."""
        return QSize(1040, 760)

    def accept(self) -> None:
        """Keep what was drawn."""
        self.canvas.settle()
        if self.drawing.dirty:
            self.kept.emit(self.drawing.marks)
        super().accept()

    def reject(self) -> None:
        """Esc and the window's own cross keep it, too: what was drawn can be undone, what is lost cannot be had."""
        self.accept()

    def leave(self) -> None:
        """Leave the photo as it was."""
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the canvas work wherever the keyboard is."""
        typed = event.text() or event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        if typed and event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space}:
            if take_key(self.canvas, event):
                event.accept()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return
        super().keyPressEvent(event)

    # How it is made

    def _bar(self) -> QWidget:
        bar = QWidget(self)
        flow = Flow(bar, gap=4)
        for tool, shown in LOOKS.items():
            words = wording.text("{tool} ({key})", tool=title_of(tool), key=shown.key)
            button = self._button(shown.icon, words, f"tool.{tool}", partial(self.canvas.take, tool), bar)
            button.setCheckable(True)
            self._tools[tool] = button
            flow.addWidget(button)
        for number, name in enumerate(COLOURS, start=1):
            words = wording.text("Colour: {name} ({key})", name=colour_words(name), key=number)
            swatch = Swatch(words, f"colour.{name}", bar, colour=COLOURS[name])
            swatch.clicked.connect(partial(self._colour, name))
            self._swatches[name] = swatch
            flow.addWidget(swatch)
        for width, words in zip(WIDTHS, _width_words(), strict=True):
            swatch = Swatch(words, f"width.{WIDTHS.index(width)}", bar, dot=3 + 5 * WIDTHS.index(width))
            swatch.clicked.connect(partial(self._width, width))
            self._widths[width] = swatch
            flow.addWidget(swatch)
        self._undo = self._button("undo-2", wording.text("Undo (Ctrl+Z)"), "draw.undo", self.drawing.undo, bar)
        self._redo = self._button("redo-2", wording.text("Redo (Ctrl+Y)"), "draw.redo", self.drawing.redo, bar)
        self._delete = self._button("trash-2", wording.text("Delete (Del)"), "draw.delete", self.drawing.remove, bar)
        zooms = [
            self._button("zoom-in", wording.text("Nearer (+)"), "draw.nearer", partial(self.canvas.zoom, 1.25), bar),
            self._button("zoom-out", wording.text("Further (-)"), "draw.further", partial(self.canvas.zoom, 0.8), bar),
            self._button(
                "maximize", wording.text("Whole picture (0)"), "draw.whole", partial(self.canvas.zoom, 0), bar
            ),
        ]
        for button in (self._undo, self._redo, self._delete, *zooms):
            flow.addWidget(button)
        return bar

    def _button(self, icon: str, words: str, name: str, run: object, parent: QWidget) -> IconButton:
        made = IconButton(icon, words, name=name, role="ink", parent=parent)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(partial(self._run, run))
        return made

    def _foot(self) -> QWidget:
        foot = QWidget(self)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._said, 1)
        leave = Button(
            wording.text("Leave as it was"), name="annotator.leave", look="quiet", run=self.leave, parent=foot
        )
        done = Button(wording.text("Done"), name="annotator.done", look="primary", run=self.accept, parent=foot)
        line.addWidget(leave)
        line.addWidget(done)
        return foot

    def _run(self, run: object, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        if callable(run):
            run()
        self._refresh()

    def _colour(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - as above
        self.canvas.take_colour(name)

    def _width(self, width: float, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - as above
        self.canvas.take_width(width)

    def _refresh(self) -> None:
        mark = self.drawing.mark
        for tool, button in self._tools.items():
            button.setChecked(tool is self.canvas.tool)
        for name, swatch in self._swatches.items():
            swatch.setChecked(name == (mark.colour if mark is not None else self.canvas.colour))
        now = mark.width if mark is not None else self.canvas.width_of_lines
        for width, swatch in self._widths.items():
            swatch.setChecked(abs(width - now) < 0.0005)
        self._undo.setEnabled(self.drawing.can_undo)
        self._redo.setEnabled(self.drawing.can_redo)
        self._delete.setEnabled(mark is not None)


def _width_words() -> tuple[str, str, str]:
    return wording.text("Thin ([)"), wording.text("Middling"), wording.text("Thick (])")


def _first_words() -> str:
    return wording.text("Choose a tool and draw. The photo itself is kept as it is.")
