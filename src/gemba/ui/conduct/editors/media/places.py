"""A place on the earth, a way or an area: typed, pasted from a map, or taken from photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.evidence import Evidence
from gemba.errors import GembaError
from gemba.store.camera_remarks import Position, remarks_of
from gemba.store.evidence_files import EvidenceFiles
from gemba.ui.conduct import geo_words
from gemba.ui.conduct.editors.base import Asked, Editor
from gemba.ui.conduct.editors.typed import TypingEditor
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.conduct.side.evidence_words import position_words
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words

if TYPE_CHECKING:
    from gemba.forms.views import View


class PlaceEditor(Editor):
    """A field for the place, how it was understood, and the way to take it from photos.

    Args:
        parent: the row.
        kind: geopoint, geotrace or geoshape.
        asked: the open assessment; without it one can only type.
    """

    def __init__(self, parent: QWidget, kind: str, asked: Asked) -> None:
        super().__init__(parent)
        self._kind, self._asked, self._path = kind, asked, asked.path
        self._typing = self._make_field()
        self._typing.given.connect(self._hand_over)
        self._typing.field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._typing.field.installEventFilter(self)
        self._echo = Words(tone="muted", scale="small", wrap=True, parent=self)
        self._echo.setObjectName("place.echo")
        words = wording.text("Take it from a photo") if self._one else wording.text("Take the points from photos")
        self._pick = Button(words, name="place.pick", icon="map-pin", look="quiet", run=self.pick, parent=self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self._typing)
        rows.addWidget(self._echo)
        rows.addWidget(self._pick, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def _one(self) -> bool:
        return self._kind == "geopoint"

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the place and how it was understood."""
        self._path = view.path
        self._typing.show_view(view, locked=locked)
        self._pick.setVisible(not locked and self._asked.sheet is not None)
        self._pick.setAccessibleName(f"{view.label}: {self._pick.text()}")
        begin_lines(self._echo)
        self._say(self._understood(view.value), "muted")

    def stops(self) -> Sequence[QWidget]:
        """The field, then the button."""
        return [*self._typing.stops(), self._pick]

    def settle(self) -> None:
        """Hand over what is being typed."""
        self._typing.settle()

    def clear(self) -> None:
        """Take the answer back."""
        self._typing.clear()

    def pick(self) -> None:
        """Take where the photos of the question were taken; without any, those of the whole assessment."""
        sheet = self._asked.sheet
        if sheet is None:
            return
        own = [item for item in sheet.records.evidence_of(self._path) if item.width]
        photos = own or [item for item in sheet.records.evidence if item.width]
        sheet.services.jobs.ask(positions_of, sheet.services.desk.store.evidence, photos, done=self._picked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In a list of points Enter begins the next one; on an empty line it goes on to the next question."""
        field = self._typing.field
        if watched is field and isinstance(field, QPlainTextEdit) and isinstance(event, QKeyEvent):
            plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
            enter = event.type() == QEvent.Type.KeyPress and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and plain and field.textCursor().block().text().strip() and not field.isReadOnly():
                field.insertPlainText("\n")
                return True
        return super().eventFilter(watched, event)

    def _make_field(self) -> TypingEditor:
        read: Callable[[str], str] = geo_words.lexical_point if self._one else geo_words.lexical_line
        if self._one:
            made = TypingEditor(self, read=read, widest=460)
            made.field.setPlaceholderText(wording.text("48.85660 2.35220, 48°51'24\"N 2°21'03\"E, or a map's link"))
        else:
            made = TypingEditor(self, multiline=True, read=read, write=geo_words.shown_line)
            made.field.setPlaceholderText(wording.text("One point a line: 48.85660 2.35220"))
        return made

    def _hand_over(self, value: str) -> None:
        if self._kind == "geoshape" and all(geo_words.points_of(value)):
            value = geo_words.closed(value)
        self.given.emit(value)

    def _picked(self, found: list[Position]) -> None:
        if not found:
            self._say(
                wording.text("No photo here tells where it was taken. Type the place, or paste a map's link."), "fair"
            )
            return
        points = found[-1:] if self._one else found
        value = "; ".join(geo_words.kept(point) for point in points)
        self._typing.put(value)
        self._hand_over(value)

    def _understood(self, value: str) -> str:
        points = geo_words.points_of(value)
        if not points:
            return ""
        wrong = [number for number, point in enumerate(points, start=1) if point is None]
        if wrong:
            return wording.text("This is no place yet.") if self._one else _wrong_lines(wrong)
        sound = [point for point in points if point is not None]
        return _point_words(sound[0]) if self._one else self._way_words(sound)

    def _way_words(self, points: list[Position]) -> str:
        shape = self._kind == "geoshape"
        ring = points[:-1] if shape and len(points) > 1 and points[0] == points[-1] else points
        words = [wording.plural("{n} point", "{n} points", len(ring))]
        around = [*ring, ring[0]] if shape and len(ring) > 2 else ring
        words.append(wording.text("{length} m long", length=_metres(geo_words.length(around))))
        if shape:
            words.append(wording.text("{area} m² large", area=_metres(geo_words.area(ring))))
        return "   ·   ".join(words)

    def _say(self, words: str, tone: str) -> None:
        self._echo.set_tone(tone)
        self._echo.setText(words)
        self._echo.setVisible(bool(words))


def positions_of(files: EvidenceFiles, photos: Sequence[Evidence]) -> list[Position]:
    """Where photos were taken, as far as their cameras say, the oldest first; for an errand thread."""
    found: list[Position] = []
    for item in sorted(photos, key=lambda each: (each.taken_at or each.added_at, each.uid)):
        try:
            position = remarks_of(files.read(item.sha256)).position
        except GembaError:
            continue
        if position is not None:
            found.append(position)
    return found


def _point_words(point: Position) -> str:
    words = [position_words(point)]
    if point.altitude:
        words.append(wording.text("{altitude} m high", altitude=_metres(point.altitude)))
    if point.accuracy:
        words.append(wording.text("± {accuracy} m", accuracy=_metres(point.accuracy)))
    return "   ·   ".join(words)


def _wrong_lines(lines: list[int]) -> str:
    return wording.plural("Line {lines} is no place yet.", "Lines {lines} are no places yet.", len(lines),
                          lines=", ".join(map(str, lines)))  # fmt: skip


def _metres(number: float) -> str:
    return QLocale().toString(number, "f", 1 if abs(number) < 100 else 0)
