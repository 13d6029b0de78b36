"""Who answers on which tier, and within how many hours: what is set, what is shipped, and the entry of a new one."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.escalation_tiers import LONGEST, MOST_TIERS, SEVERITIES, shipped
from gemba.domain.escalations import EscalationSort, EscalationTier
from gemba.domain.places import Place
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.escalations.shapes import severity
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.escalation_tiers import TierDraft, retire_tier, set_tier, tiers
from gemba.work.escalation_words import hours_words, rung_words, sort_words

_WIDEST, _USUAL = 860, 24


class _Read(msgspec.Struct, frozen=True):
    tiers: tuple[EscalationTier, ...]
    places: tuple[Place, ...]


class TiersTab(QWidget):
    """The tiers of each sort, and the entry of a new one.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self._places = PlaceNames(services.desk)
        self.cards = {sort: Card(sort_words(sort)) for sort in EscalationSort}
        self._rows = {sort: QVBoxLayout() for sort in EscalationSort}
        for sort, card in self.cards.items():
            self._rows[sort].setSpacing(4)
            card.body.addLayout(self._rows[sort])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        note = wording.text(
            "Hours pass by the calendar, day and night. The nearest place that has a tier counts, and there one for "
            "the severity before one for all. Clocks that run keep their time."
        )
        self._entry = self._make_entry()
        inside = column(Words(note, tone="muted", wrap=True), self._entry, *self.cards.values(), widest=_WIDEST)
        outer.addWidget(scrolled(inside, name="escalation_tiers.area"))
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read the tiers."""
        self.services.jobs.ask(_read, self.services.desk, done=self._show)

    def take_focus(self) -> None:
        """The keyboard begins at the entry."""
        self.sort.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, _uid: str) -> None:
        """All tiers are shown."""

    @Slot()
    def set(self) -> None:
        """Set the tier that was entered."""
        self._field.say_problem("")
        draft = TierDraft(
            sort=EscalationSort(self.sort.value),
            severity=self.severity.value,
            place=self.place.value or None,
            tier=self.tier.value(),
            owner=self.owner.text(),
            hours=self.hours.value(),
            forum=self.forum.text(),
            reason=self.reason.text(),
        )
        self.services.jobs.write(set_tier, draft, done=self._was_set, failed=self._refused)

    def _make_entry(self) -> Card:
        card = Card(wording.text("Set a tier"))
        self.sort = Choice([(each.value, sort_words(each)) for each in EscalationSort], name="escalation_tier.sort")
        every = ("", wording.text("All severities"))
        self.severity = Choice(
            [every, *((each, severity(each)) for each in SEVERITIES[::-1])], name="escalation_tier.severity"
        )
        self.place = Choice(name="escalation_tier.place", search=True)
        self.tier, self.hours = QSpinBox(card), QSpinBox(card)
        self.tier.setObjectName("escalation_tier.tier")
        self.tier.setRange(1, MOST_TIERS)
        self.hours.setObjectName("escalation_tier.hours")
        self.hours.setRange(1, LONGEST)
        self.hours.setValue(_USUAL)
        self.owner, self.forum, self.reason = QLineEdit(card), QLineEdit(card), QLineEdit(card)
        for name, line in (("owner", self.owner), ("forum", self.forum), ("reason", self.reason)):
            line.setObjectName(f"escalation_tier.{name}")
        self._field = Field(
            wording.text("&Role that answers"), self.owner, hint=wording.text("A role, never a name."), parent=card
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        fields = (
            Field(wording.text("&Sort"), self.sort, parent=card),
            Field(wording.text("S&everity"), self.severity, parent=card),
            Field(wording.text("&Tier"), self.tier, parent=card),
            Field(wording.text("&Hours to answer in"), self.hours, parent=card),
            self._field,
            Field(wording.text("&Forum that decides"), self.forum, parent=card),
            Field(wording.text("&Place, with all below it"), self.place, parent=card),
            Field(wording.text("&Why"), self.reason, parent=card),
        )
        for at, field in enumerate(fields):
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(grid)
        set_ = Button(
            wording.text("Set this tier"), name="escalation_tier.set", icon="check", run=self.set, parent=card
        )
        card.body.addWidget(set_, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _show(self, read: _Read) -> None:
        self._places.take(read.places)
        self.place.offer([("", wording.text("Everywhere")), *self._places.choices()])
        for sort, rows in self._rows.items():
            clear(rows)
            here = [one for one in read.tiers if one.sort is sort]
            for one in here:
                rows.addWidget(_Row(self.services, one, self._words(one), self.cards[sort]))
            if not any(one.place is None for one in here):
                self._show_shipped(sort)

    def _show_shipped(self, sort: EscalationSort) -> None:
        card = self.cards[sort]
        for code in SEVERITIES[::-1]:
            told = " → ".join(rung_words(rung) for rung in shipped(sort, code))
            words = wording.text("Shipped, {severity}: {tiers}", severity=severity(code), tiers=told)
            self._rows[sort].addWidget(Words(words, tone="muted", wrap=True, parent=card))

    def _words(self, one: EscalationTier) -> str:
        place = self._places.name(one.place) if one.place is not None else wording.text("everywhere")
        said = wording.text(
            "Tier {tier}: {owner}, within {within} – {severity}, {place}, from {day}",
            tier=one.tier,
            owner=one.owner,
            within=hours_words(one.hours),
            severity=severity(one.severity),
            place=place,
            day=terms.day(one.valid_from),
        )
        return " – ".join(part for part in (said, one.forum, one.reason) if part)

    def _was_set(self, _change: Change) -> None:
        self.reason.clear()
        self.services.messages.info(wording.text("The tier is set; clocks that run keep their time."))

    def _refused(self, error: GembaError) -> None:
        self._field.say_problem(wording.sentence(error))
        self.owner.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if "escalation_tier" in change.topics:
            self.arrive()


class _Row(QWidget):
    """One tier, and the way to take it out of use."""

    def __init__(self, services: Services, tier: EscalationTier, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._uid = services, tier.uid
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Words(words, wrap=True, parent=self), 1)
        retire = Button(
            wording.text("Take out of use"),
            name=f"escalation_tier.retire.{tier.uid}",
            look="quiet",
            run=self.retire,
            parent=self,
        )
        retire.setAccessibleName(f"{retire.text()}: {words}")
        across.addWidget(retire)

    @Slot()
    def retire(self) -> None:
        """Take it out of use; clocks that run keep their time."""
        self._services.jobs.write(retire_tier, self._uid)


def _read(desk: Any) -> _Read:
    with desk.reader() as reader:
        found = tuple(tiers(reader))
    return _Read(found, tuple(read_places(desk)))
