"""What the complaints of the list speak of: themes, those that say nearly the same, and how suggestions fare."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.store.complaint_conditions import KNOWN, SEARCH
from gemba.store.lists import Query
from gemba.ui.complaints.near import NearCard
from gemba.ui.complaints.themes import AgreementCard, ThemesCard
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.read_words import FoundTheme
from gemba.work.which_complaints import Which


class Reading(QWidget):
    """The cards that read the words of what the list shows, and the way back to it.

    Args:
        services: of the window.
        query: what the list shows.
        parent: the owner.
    """

    left = Signal()
    theme_chosen = Signal(str)
    """A theme was pressed; carries its words."""

    def __init__(self, services: Services, query: Query, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.which = which_of(query)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        back = Button(
            wording.text("Back to the complaints"),
            name="complaints.reading.back",
            icon="arrow-left",
            look="quiet",
            run=self.leave,
            parent=self,
        )
        rows.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(Words(_about(query), tone="muted", wrap=True, parent=self))
        self.themes = ThemesCard(services, self._meant, self._show, self)
        self.near = NearCard(services, self._meant, self)
        self.agreement = AgreementCard(services, self)
        for card in (self.themes, self.near, self.agreement):
            rows.addWidget(card)

    @Slot()
    def leave(self) -> None:
        """Back to the list."""
        self.left.emit()

    def _meant(self) -> Which:
        return self.which

    def _show(self, theme: FoundTheme) -> None:
        self.theme_chosen.emit(theme.phrase)


def which_of(query: Query) -> Which:
    """The complaints that a list shows, as far as the read side can say it: not by clock, link or several places."""
    filters = {field: ",".join(values) for field, values in query.where.items() if field in KNOWN and values}
    if query.search:
        filters[SEARCH] = query.search
    places = query.where.get("place", ())
    return Which(filters, places[0] if len(places) == 1 else None)


def _about(query: Query) -> str:
    """Which complaints these are about, for a person."""
    narrowed = {field for field, values in query.where.items() if values}
    if len(query.where.get("place", ())) == 1:
        narrowed.discard("place")
    if narrowed - set(KNOWN):
        return wording.text("About what the list shows; clock, links and several places do not narrow it here.")
    if narrowed or query.search or query.where.get("place"):
        return wording.text("About the complaints that the list shows.")
    return wording.text("About all complaints; narrow the list first to read fewer.")
