"""A long column of rows of which only those near the window exist.

A checklist may have thousands of questions. A row becomes a real widget (seen by screen readers, focused by Tab) when
it comes near the window; the last few that went out of sight are kept for the way back, the others are let go.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from gemba.ui.conduct.bands import Window, draw_bands, gap_below, inset, pinned_top
from gemba.ui.conduct.offsets import Offsets
from gemba.ui.conduct.placing import Band
from gemba.ui.conduct.row_like import height_of, like
from gemba.ui.parts.buttons import ENTER_GOES_ON

WIDEST = 900
"""Pixels; longer lines are hard to read at arm's length."""
MARGIN = 24
SPARE = 24
"""Rows out of sight that are kept."""
_CONTEXT = 72
"""Pixels of the neighbours that stay in sight when one goes to a row."""


class Ribbon(QAbstractScrollArea):
    """Rows below one another, drawn near the window only.

    Args:
        make: makes the row of a key, as a child of the given widget; the row fulfils `RowLike`.
        estimate: height to count with for a row that was never drawn.
    """

    moved = Signal(str)
    """The key of the row one is at now."""
    widened = Signal(int)
    """The width that rows may have is another one."""

    def __init__(
        self, make: Callable[[str, QWidget], QWidget], estimate: Callable[[str], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._offsets = Offsets(estimate, gap=self._gap, margin=MARGIN)
        self._rows: OrderedDict[str, QWidget] = OrderedDict()
        self._stale: set[str] = set()
        self._chain: list[str] = []
        self._bands: Mapping[str, tuple[Band, ...]] = {}
        self._width = 0
        self._arranging = False
        self.current = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty(ENTER_GOES_ON, True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(48)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focus_went)

    # What is shown

    def order(self, keys: Sequence[str], bands: Mapping[str, tuple[Band, ...]] | None = None) -> None:
        """The rows that there are now, in order, and the frames around them; what one looks at stays where it is."""
        anchor = self._anchor()
        before, self._bands = self._bands, bands or {}
        self._offsets.forget_these(key for key in self._rows if before.get(key) != self._bands.get(key))
        self._offsets.order(keys)
        for key in [key for key in self._rows if self._offsets.index(key) < 0]:
            self._let_go(key)
        if self._offsets.index(self.current) < 0:
            self.current = ""
        self._arrange(anchor)

    def redraw(self, keys: Sequence[str] | frozenset[str]) -> None:
        """These rows show something else now; the ones out of sight will when they come back."""
        self._stale.update(key for key in keys if key in self._rows)
        self._arrange(self._anchor())

    def renew(self, keys: Sequence[str]) -> None:
        """These keys stand for something else now: their rows are made anew."""
        for key in keys:
            if key in self._rows:
                self._let_go(key)
        self._offsets.forget_these(keys)

    def forget(self, keys: Sequence[str]) -> None:
        """These rows show something else now, of another height; the ones that exist are drawn again."""
        self._offsets.forget_these(keys)
        self._stale.update(key for key in keys if key in self._rows)

    def redraw_all(self) -> None:
        """Everything shows something else now: another language, a frozen record."""
        self._offsets.forget()
        self.redraw(list(self._rows))
        if self.current:
            self._reveal(self.current)

    def start_again(self) -> None:
        """Let go of every row, for another sheet."""
        self._arranging = True
        for key in list(self._rows):
            self._let_go(key)
        self._offsets.forget()
        self._offsets.order([])
        self.current = ""
        self.verticalScrollBar().setValue(0)
        self._arranging = False

    def settle(self) -> None:
        """Hand over whatever is being typed in any row."""
        for row in list(self._rows.values()):
            like(row).settle()

    def row(self, key: str) -> QWidget | None:
        """The row of a key, if it exists now."""
        return self._rows.get(key)

    def live(self) -> Sequence[str]:
        """The keys of the rows that exist now."""
        return list(self._rows)

    # Going about

    def go(self, key: str, *, stay: bool = False) -> None:
        """Go to a row: it comes into sight and takes the keyboard; `stay` when it is in sight already."""
        if self._offsets.index(key) < 0:
            return
        self._set_current(key)
        if not stay:
            self._reveal(key)
        row = self._rows.get(key)
        if row is not None:
            like(row).take_focus()

    def point_at(self, key: str) -> None:
        """Make a row the current one without moving the keyboard; something is held over it."""
        if self._offsets.index(key) >= 0:
            self._set_current(key)

    def key_at(self, y: int) -> str:
        """The key of the row that stands at a height of the viewport; empty when there is none."""
        place = self._offsets.at(self.verticalScrollBar().value() + y)
        return self._offsets.keys[place] if place >= 0 else ""

    def show_top(self) -> None:
        """Scroll to the very top."""
        self.verticalScrollBar().setValue(0)

    def show_row(self, key: str) -> None:
        """Bring a row to the top of the window without moving the keyboard."""
        if self._offsets.index(key) >= 0:
            self._scroll_to(self._offsets.top(key) - MARGIN // 2)
            self._scroll_to(self._offsets.top(key) - MARGIN // 2)

    def _reveal(self, key: str) -> None:
        for _ in range(3):  # the first look measures what was guessed, the next ones correct
            top, height = self._offsets.top(key), self._offsets.height(key)
            room, now = self.viewport().height(), self.verticalScrollBar().value()
            context = min(_CONTEXT, max(0, (room - height) // 2))
            if top - context < now or height + 2 * context > room:
                wanted = top - context
            elif top + height + context > now + room:
                wanted = top + height + context - room
            else:
                wanted = now
            if wanted == now and self._offsets.measured(key) and key in self._rows:
                return
            self._scroll_to(wanted)

    def _scroll_to(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.value() == max(bar.minimum(), min(value, bar.maximum())):
            self._arrange(None)
        bar.setValue(value)

    def _focus_went(self, _old: QWidget | None, new: QWidget | None) -> None:
        key = self._key_of(new)
        if key and key != self.current and self._offsets.index(key) >= 0:
            self._set_current(key)
            self._reveal(key)

    def _key_of(self, widget: QWidget | None) -> str:
        while widget is not None and widget is not self.viewport():
            if widget.parentWidget() is self.viewport():
                return next((key for key, row in self._rows.items() if row is widget), "")
            widget = widget.parentWidget()
        return ""

    def _set_current(self, key: str) -> None:
        if key == self.current:
            return
        before, self.current = self.current, key
        for each in (before, key):
            row = self._rows.get(each)
            if row is not None:
                like(row).set_current(each == key)
        if self._bands.get(before) != self._bands.get(key):
            self.viewport().update()
        self.moved.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys with Alt or Ctrl are the page's; the others scroll."""
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    # Where everything stands

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines break elsewhere in another width."""
        super().resizeEvent(event)
        self._arrange(self._anchor())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The frames behind the rows."""
        if not self._bands:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.viewport().width() - self._width) // 2
        window = Window(self.verticalScrollBar().value(), left, self._width, self.current)
        draw_bands(painter, self._chain, self._bands, self._offsets, window)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Rows are measured once there is a screen to measure them for."""
        super().showEvent(event)
        self._arrange(self._anchor())

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """The scroll bar moved."""
        self._arrange(None)

    def _anchor(self) -> tuple[str, int] | None:
        """A row that must stay where it is, and how far below the window's top that is."""
        scroll = self.verticalScrollBar().value()
        if scroll == 0 and not self.current:
            return None
        seen = self._offsets.within(scroll, scroll + self.viewport().height())
        key = self.current if self.current in seen else next(iter(seen), "")
        return (key, self._offsets.top(key) - scroll) if key else None

    def _arrange(self, anchor: tuple[str, int] | None) -> None:
        if self._arranging or not self.isVisible():
            return
        self._arranging = True
        try:
            self._take_width()
            shown = self._measure_near(anchor)
            self._place(shown)
            self._spare(shown)
        finally:
            self._arranging = False

    def _take_width(self) -> None:
        width = min(WIDEST, self.viewport().width() - 2 * MARGIN)
        if width != self._width:
            self._width = width
            self._offsets.forget()
            QTimer.singleShot(0, self, self._tell_width)

    def _tell_width(self) -> None:
        self.widened.emit(self._width)

    def _gap(self, key: str) -> int:
        return gap_below(key, self._bands.get(key, ()))

    def _wide(self, key: str) -> int:
        return self._width - 2 * inset(self._bands.get(key, ()))

    def _measure_near(self, anchor: tuple[str, int] | None) -> Sequence[str]:
        """Make and measure the rows near the window until nothing moves any more."""
        shown: Sequence[str] = []
        for _ in range(6):
            self._adjust_bar(anchor)
            scroll, room = self.verticalScrollBar().value(), self.viewport().height()
            shown = self._offsets.within(scroll - room // 3, scroll + room + room // 3)
            if anchor is None and shown:
                first = self._offsets.keys[self._offsets.at(scroll)]
                anchor = (first, self._offsets.top(first) - scroll)
            shown = [*self._heads(shown), *shown]
            moved = [self._measure(key) for key in shown]
            if not any(moved):
                break
        return shown

    def _adjust_bar(self, anchor: tuple[str, int] | None) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.blockSignals(True)
        bar.setPageStep(room)
        bar.setRange(0, max(0, self._offsets.total() - room))
        if anchor is not None and self._offsets.index(anchor[0]) >= 0:
            bar.setValue(self._offsets.top(anchor[0]) - anchor[1])
        bar.blockSignals(False)

    def _measure(self, key: str) -> bool:
        row = self._rows.get(key)
        fresh = row is None
        if row is None:
            row = self._rows[key] = self._make(key, self.viewport())
            row.resize(self._wide(key), self._offsets.height(key))
            row.show()
            like(row).set_current(key == self.current)
        if key in self._stale:
            self._stale.discard(key)
            like(row).refresh()
            fresh = True
        if not fresh and self._offsets.measured(key):
            return False
        return self._offsets.measure(key, height_of(row, self._wide(key)))

    def _place(self, shown: Sequence[str]) -> None:
        scroll = self.verticalScrollBar().value()
        left = (self.viewport().width() - self._width) // 2
        typed_in = [key for key in self._rows if key not in shown and self._has_focus(key)]
        for key in [*shown, *typed_in]:
            row = self._rows[key]
            self._rows.move_to_end(key)
            bands = self._bands.get(key, ())
            top = self._offsets.top(key)
            if top < scroll and bands and bands[-1].kind == "grid" and bands[-1].first == key:
                top = pinned_top(bands[-1], self._offsets, scroll)
                row.raise_()
            place = QRect(left + inset(bands), top - scroll, self._wide(key), self._offsets.height(key))
            if row.geometry() != place:
                row.setGeometry(place)
            row.setVisible(True)
        self.viewport().update()
        if list(shown) != self._chain:
            self._chain = list(shown)
            self._link_tabs()

    def _heads(self, shown: Sequence[str]) -> list[str]:
        """The heads of the grids that these rows lie in, where they have gone out of sight."""
        heads = {chain[-1].first for key in shown if (chain := self._bands.get(key)) and chain[-1].kind == "grid"}
        return [head for head in heads if head not in shown]

    def _spare(self, shown: Sequence[str]) -> None:
        """Hide what is out of sight, and let go of what was for long; never of the row with the keyboard."""
        keep = set(shown)
        away = [key for key in self._rows if key not in keep and not self._has_focus(key)]
        for key in away[: max(0, len(away) - SPARE)]:
            self._let_go(key)
        for key in away[max(0, len(away) - SPARE) :]:
            self._rows[key].hide()

    def _has_focus(self, key: str) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._rows[key].isAncestorOf(focus)

    def _let_go(self, key: str) -> None:
        if self._has_focus(key):
            self.viewport().setFocus()  # else Qt puts the keyboard into some other row
        row = self._rows.pop(key)
        self._stale.discard(key)
        like(row).settle()
        row.hide()
        row.deleteLater()

    def _link_tabs(self) -> None:
        stops = [stop for key in self._chain for stop in like(self._rows[key]).stops()]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
