"""Sites by risk: each part as a small bar with its figure beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gemba import wording
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.theme import current
from gemba.work.audit_risk import PARTS, part_title, reason_words
from gemba.work.plan_by_risk import Proposed

_SHARE = Qt.ItemDataRole.UserRole
_RISK, _PLAN, _FIRST = 1, 2, 3
_AFTER = _FIRST + len(PARTS)
_AIR, _FIGURE, _BAR = 10, 34, 6
_WIDTH = 104


class RiskTable(FigureTable):
    """The sites of a programme, the riskiest first; Space or Enter picks one.

    Args:
        parent: the owner.
    """

    picking = Signal(int)
    """Row of a site that is to be picked, or let go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        heads = [wording.text("Site"), wording.text("Risk"), wording.text("Plan"), *(_short(code) for code in PARTS)]
        super().__init__(
            "programme.risk",
            wording.text("Sites by risk"),
            heads,
            numbers=(_RISK, *range(_FIRST, _AFTER)),
            most=12,
            parent=parent,
        )
        self._bars = _Bars(self)
        for column, code in enumerate(PARTS, _FIRST):
            self.setItemDelegateForColumn(column, self._bars)
            words = part_title(code)
            self.model().setHeaderData(column, Qt.Orientation.Horizontal, words, Qt.ItemDataRole.ToolTipRole)
        self.opened.connect(self.picking)

    def show_sites(self, sites: Sequence[Proposed], names: Mapping[str, str], picked: Collection[str]) -> None:
        """Show these; what is picked and what is planned already stands in the last column."""
        rows = [_row(one, names, picked) for one in sites]
        self.put(rows, [{_PLAN: "accent"} if one.risk.site in picked else {} for one in sites])
        for at, one in enumerate(sites):
            self._set(at, 0, reason_words(one.risk.parts), Qt.ItemDataRole.ToolTipRole)
            for column, code in enumerate(PARTS, _FIRST):
                self._set(at, column, one.risk.parts[code], _SHARE)

    def resizeColumnsToContents(self) -> None:  # noqa: N802 - Qt's name
        """Bars are as wide as each other."""
        super().resizeColumnsToContents()
        for column in range(_FIRST, _AFTER):
            self.setColumnWidth(column, _WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space picks the row, too."""
        if event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            self.picking.emit(self.currentRow())
            return
        super().keyPressEvent(event)

    def _set(self, row: int, column: int, value: object, role: Qt.ItemDataRole) -> None:
        self.model().setData(self.model().index(row, column), value, role)


class _Bars(QStyledItemDelegate):
    """A share as a small bar, with its figure at the end."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground, the bar, the figure."""
        shown, look = QStyleOptionViewItem(option), current.look()
        self.initStyleOption(shown, index)
        words, shown.text = shown.text, ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        room = shown.rect.adjusted(_AIR, 0, -_AIR, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(room.x(), room.center().y() - _BAR / 2, max(0, room.width() - _FIGURE), _BAR)
        mirrored = shown.direction == Qt.LayoutDirection.RightToLeft
        if mirrored:
            whole.moveRight(room.right())
        painter.setBrush(QColor(look.line))
        painter.drawRoundedRect(whole, _BAR / 2, _BAR / 2)
        share = float(index.data(_SHARE) or 0)
        if share > 0:
            part = QRectF(whole)
            part.setWidth(max(_BAR, whole.width() * min(1.0, share)))
            if mirrored:
                part.moveRight(whole.right())
            painter.setBrush(QColor(look.accent))
            painter.drawRoundedRect(part, _BAR / 2, _BAR / 2)
        painter.setPen(shown.palette.color(QPalette.ColorRole.Text))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


def _row(one: Proposed, names: Mapping[str, str], picked: Collection[str]) -> list[str]:
    risk = one.risk
    plan = wording.text("Picked") if risk.site in picked else one.audit.number if one.audit is not None else ""
    return [names.get(risk.site, ""), f"{risk.risk:.1f}", plan, *(f"{risk.parts[code]:.2f}" for code in PARTS)]


def _short(code: str) -> str:
    """A part in one word, for the head of its column."""
    return {
        "signals": wording.text("Signals"),
        "severity": wording.text("Severe"),
        "drift": wording.text("Drift"),
        "since": wording.text("Time"),
        "changes": wording.text("Changes"),
    }[code]
