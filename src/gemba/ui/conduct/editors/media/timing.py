"""A stopwatch for time studies: Space starts and stops, Enter takes a lap, and the seconds are the answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.base import Asked, Editor
from gemba.ui.conduct.editors.media.watches import Watch, watches_of
from gemba.ui.conduct.editors.typed import TypingEditor, decimal_editor, whole_editor, words_editor
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words

if TYPE_CHECKING:
    from gemba.forms.views import View

_TICK_MS = 100


class StopwatchEditor(Editor):
    """The time that runs, its buttons, and the field in which the answer stands and can be typed.

    Args:
        parent: the row.
        kind: integer and decimal keep seconds, everything else hours, minutes and seconds.
        asked: the open assessment, with which the watch runs on while the row is scrolled away.
    """

    def __init__(self, parent: QWidget, kind: str, asked: Asked) -> None:
        super().__init__(parent)
        self._kind, self._asked, self._path, self._note = kind, asked, asked.path, ""
        self._alone = Watch(time.monotonic)
        self._typing = self._field()
        self._typing.given.connect(self.given)
        self._time = Words("0:00.0", scale="display", parent=self)
        self._time.setObjectName("watch.time")
        self._laps = Words(tone="muted", scale="small", wrap=True, parent=self)
        self._laps.setObjectName("watch.laps")
        self._line = QWidget(self)
        text = wording.text
        self._go = Button(text("Start"), name="watch.go", icon="timer", run=self.turn, parent=self._line)
        self._lap = Button(text("Lap"), name="watch.lap", icon="flag", look="quiet", run=self.lap, parent=self._line)
        self._zero = Button(
            text("Back to zero"), name="watch.zero", icon="rotate-ccw", look="quiet", run=self.reset, parent=self._line
        )
        self._go.setToolTip(text("Space starts and stops, Enter takes a lap while it runs"))
        self._go.installEventFilter(self)
        flow = Flow(self._line)
        for button in (self._go, self._lap, self._zero):
            flow.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for widget in (self._time, self._line, self._laps, self._typing):
            rows.addWidget(widget)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_time)

    @property
    def watch(self) -> Watch:
        """The watch of the question."""
        return watches_of(self._asked.sheet).of(self._path) if self._asked.sheet is not None else self._alone

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the answer, and the time as far as it ran."""
        self._path = view.path
        self._typing.show_view(view, locked=locked)
        self._line.setVisible(not locked)
        self._time.setVisible(not locked)
        self._go.setAccessibleName(f"{view.label}: {self._go.text()}")
        begin_lines(self._time, self._laps)
        self._refresh()

    def stops(self) -> Sequence[QWidget]:
        """The buttons, then the field."""
        buttons = [button for button in (self._go, self._lap, self._zero) if not self._line.isHidden()]
        return [*(button for button in buttons if button.isEnabled()), *self._typing.stops()]

    def settle(self) -> None:
        """Hand over what is being typed."""
        self._typing.settle()

    def clear(self) -> None:
        """Take the answer back; the watch goes to zero."""
        self.watch.reset()
        self._typing.clear()
        self._refresh()

    def turn(self) -> None:
        """Start; or stop, and keep the seconds."""
        if self.watch.running:
            self.watch.stop()
            value = lexical_time(self.watch.seconds, self._kind)
            self._typing.put(value)
            self.given.emit(value)
            self._keep_laps()
        else:
            self.watch.start()
        self._refresh()

    def lap(self) -> None:
        """A lap ends here."""
        self.watch.lap()
        self._refresh()

    def reset(self) -> None:
        """Back to zero; the answer stays until the next stop."""
        self.watch.reset()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The time goes on being shown."""
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The watch runs on; only showing it stops."""
        super().hideEvent(event)
        self._tick.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter takes a lap while the watch runs; otherwise it goes on to the next question."""
        if watched is self._go and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and self.watch.running and event.modifiers() in {
                Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
            }:  # fmt: skip
                self.lap()
                return True
        return super().eventFilter(watched, event)

    def _field(self) -> TypingEditor:
        if self._kind == "integer":
            return whole_editor(self)
        return decimal_editor(self) if self._kind == "decimal" else words_editor(self, multiline=False)

    def _refresh(self) -> None:
        watch = self.watch
        words = (
            wording.text("Stop")
            if watch.running
            else wording.text("Start")
            if not watch.seconds
            else wording.text("Go on")
        )
        self._go.setText(words)
        self._go.setProperty("look", "primary" if watch.running else "")
        self._lap.setEnabled(watch.running)
        self._zero.setEnabled(not watch.running and watch.seconds > 0)
        self._laps.setText(lap_words(watch.laps))
        self._laps.setVisible(bool(watch.laps))
        if watch.running and self.isVisible():
            self._tick.start()
        else:
            self._tick.stop()
        self._show_time()

    def _show_time(self) -> None:
        self._time.setText(clock_words(self.watch.seconds))

    def _keep_laps(self) -> None:
        """Laps stand in the note of the question: the answer holds one number only."""
        sheet, laps = self._asked.sheet, self.watch.laps
        if sheet is None or not laps:
            return
        before = sheet.notes.get(self._path, "")
        kept = [line for line in before.split("\n") if line and not line.startswith(_lap_head())]
        sheet.set_note(self._path, "\n".join([*kept, lap_words(laps)]))
        sheet.recorded.emit()  # the note at the side is read again, else it would be kept as it was before


def clock_words(seconds: float) -> str:
    """Minutes, seconds and tenths, with hours when there are any."""
    tenths = int(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else str(minutes)
    return f"{head}:{rest // 10:02}.{rest % 10}"


def lexical_time(seconds: float, kind: str) -> str:
    """What the form keeps: whole seconds, seconds with tenths, or hours, minutes and seconds."""
    if kind == "integer":
        return str(round(seconds))
    if kind == "decimal":
        return f"{seconds:.1f}"
    whole = round(seconds)
    return f"{whole // 3600 % 24:02}:{whole // 60 % 60:02}:{whole % 60:02}" + (".000" if kind == "time" else "")


def lap_words(laps: Sequence[float]) -> str:
    """Laps in seconds, and their mean."""
    if not laps:
        return ""
    listed, mean = "; ".join(f"{lap:.1f}" for lap in laps), sum(laps) / len(laps)
    return _lap_head() + " " + wording.text("{laps} (mean {mean})", laps=listed, mean=f"{mean:.1f}")


def _lap_head() -> str:
    return wording.text("Laps in seconds:")
