"""A card of one complaint: its words with what tells of a person marked, each mark to be left out or taken in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCheckBox, QTextEdit, QWidget

from gemba import wording
from gemba.domain.complaints import Redaction
from gemba.domain.record import Uid
from gemba.errors import GembaError
from gemba.methods.text.personal import Sort, Span, redacted
from gemba.ui.complaints.facts import ComplaintFacts
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import redact_words
from gemba.work.complaint_words import redaction_words
from gemba.work.desk import Desk
from gemba.work.redact_words import Proposal

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_TALLEST = 220
_TONES = {Redaction.RAW: "plain", Redaction.PROPOSED: "fair", Redaction.CHECKED: "good"}


class RedactionCard(Card):
    """Proposes what to take out of the words; what a person has checked is kept for prints and exports.

    Args:
        services: of the window.
        complaint: its uid.
        parent: the owner.
    """

    def __init__(self, services: Services, complaint: Uid, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("What tells of a person"), look="inset", parent=parent)
        self.setObjectName("redacting")
        self._services, self._complaint = services, complaint
        self._proposal: Proposal | None = None
        self.boxes: dict[Span, QCheckBox] = {}
        self._badge = Badge()
        self.body.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignLeft)  # beside the heading it is too wide
        self.words = QTextEdit()
        self.words.setObjectName("redacting.words")
        self.words.setAccessibleName(wording.text("Words of the customer, with what would be taken out marked"))
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setTextInteractionFlags(_SELECTABLE)
        self.words.setMaximumHeight(_TALLEST)
        self._hint = Words("", tone="muted", wrap=True)
        self._choices = QWidget()
        self._flow = Flow(self._choices, gap=12)
        self._result = Words("", wrap=True)
        self._result.setObjectName("redacting.result")
        self.keep_button = Button(
            wording.text("Keep as checked"), name="redacting.keep", icon="check", run=self.keep, once=True
        )
        self.more_button = Button(
            wording.text("Take out what is selected"),
            name="redacting.more",
            icon="eye-off",
            look="quiet",
            run=self.take_out,
        )
        self.more_button.setEnabled(False)
        self.words.selectionChanged.connect(self._selected)
        for part in (self.words, self._hint, self._choices, self._result):
            self.body.addWidget(part)
        across = Flow()
        across.addWidget(self.keep_button)
        across.addWidget(self.more_button)
        self.body.addLayout(across)
        self.read()

    def read(self) -> None:
        """Look through the words, beside the window."""
        self._services.jobs.ask(_read, self._services.desk, self._complaint, done=self.show_proposal)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show the words and what would be taken out."""
        self._proposal = proposal
        self._badge.setText(redaction_words(proposal.state))
        self._badge.setProperty("tone", _TONES[proposal.state])
        self.words.setPlainText(proposal.words)
        self.keep_button.setEnabled(bool(proposal.words.strip()))
        self._put(proposal.spans, proposal.out)

    def _put(self, spans: Sequence[Span], out: Collection[Span]) -> None:
        """Offer these stretches, some of them ticked."""
        clear(self._flow)
        self.boxes = {span: self._box(at, span, is_out=span in out) for at, span in enumerate(spans)}
        for box in self.boxes.values():
            self._flow.addWidget(box)
        self._choices.setVisible(bool(self.boxes))
        self._hint.setText(
            wording.text("Take out what is ticked:")
            if self.boxes
            else wording.text("Nothing found that tells of a person; select words to take them out.")
        )
        self.draw()

    @property
    def chosen(self) -> tuple[Span, ...]:
        """What is ticked."""
        return tuple(span for span, box in self.boxes.items() if box.isChecked())

    @Slot()
    def draw(self) -> None:
        """Mark what is ticked in the words, and show what would be left."""
        if self._proposal is None:
            return
        chosen = self.chosen
        self.words.setExtraSelections([self._marked(span, is_out=span in chosen) for span in self.boxes])
        self._result.setText(redacted(self._proposal.words, spans=chosen) if self.boxes else "")
        self._result.setVisible(bool(self.boxes))

    @Slot()
    def keep(self) -> None:
        """The person has looked: keep the words without what is ticked."""
        self.keep_button.setEnabled(False)
        self._services.jobs.write(
            redact_words.check,
            self._complaint,
            self.chosen,
            done=self._kept,
            failed=self._failed,
            label=wording.text("keeping redacted words"),
        )

    @Slot()
    def take_out(self) -> None:
        """Take out the words that are selected, too; those found that overlap them give way."""
        if self._proposal is None:
            return
        cursor = self.words.textCursor()
        start, end = (_signs(self._proposal.words, at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        if self._proposal.words[start:end].strip():
            apart = [span for span in self.boxes if span.end <= start or end <= span.start]
            mine = Span(start, end, Sort.NAME)
            self._put(sorted([*apart, mine]), {*self.chosen, mine})

    @Slot()
    def _selected(self) -> None:
        self.more_button.setEnabled(self.words.textCursor().hasSelection())

    def _kept(self, _change: Any) -> None:
        self._services.messages.info(wording.text("The redacted words are kept as checked."))
        self.read()

    def _failed(self, error: GembaError) -> None:
        self._services.messages.trouble(error)
        self.keep_button.setEnabled(True)

    def _box(self, at: int, span: Span, *, is_out: bool) -> QCheckBox:
        words = self._proposal.words[span.start : span.end] if self._proposal is not None else ""
        box = QCheckBox(f"{' '.join(words.split())}  ·  {sort_title(span.sort)}".replace("&", "&&"))
        box.setObjectName(f"redacting.span.{at}")
        box.setAccessibleName(wording.text("Take out {words}: {sort}", words=words, sort=sort_title(span.sort)))
        box.setChecked(is_out)
        box.toggled.connect(self._toggled)
        return box

    @Slot()
    def _toggled(self) -> None:
        self.draw()

    def _marked(self, span: Span, *, is_out: bool) -> QTextEdit.ExtraSelection:
        look = self._services.theme
        form = QTextCharFormat()
        form.setBackground(QColor(look.poor_soft if is_out else look.plain_soft))
        form.setForeground(QColor(look.poor if is_out else look.ink))
        form.setFontStrikeOut(is_out)
        cursor = QTextCursor(self.words.document())
        before = self._proposal.words[: span.start] if self._proposal is not None else ""
        within = self._proposal.words[span.start : span.end] if self._proposal is not None else ""
        cursor.setPosition(_units(before))
        cursor.setPosition(_units(before) + _units(within), QTextCursor.MoveMode.KeepAnchor)
        marked = QTextEdit.ExtraSelection()
        marked.cursor, marked.format = cursor, form
        return marked


def sort_title(sort: Sort) -> str:
    """What a sort of personal data is called."""
    return {
        Sort.EMAIL: wording.text("e-mail address"),
        Sort.ACCOUNT: wording.text("bank account"),
        Sort.CARD: wording.text("card number"),
        Sort.ID: wording.text("identity number"),
        Sort.BIRTH: wording.text("date of birth"),
        Sort.PHONE: wording.text("phone number"),
        Sort.ADDRESS: wording.text("address"),
        Sort.NAME: wording.text("name"),
    }[sort]


def _read(desk: Desk, complaint: Uid) -> Proposal:
    with desk.reader() as reader:
        return redact_words.proposal(reader, complaint)


def _units(text: str) -> int:
    """How many of Qt's signs a text has: those beyond the first 65,536 count twice."""
    return len(text.encode("utf-16-le")) // 2


def _signs(text: str, units: int) -> int:
    """The place in a text that is so many of Qt's signs from its beginning."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


def redaction_card(services: Services, facts: ComplaintFacts) -> RedactionCard | None:
    """The card for the detail of a complaint; none where it has no words."""
    return RedactionCard(services, facts.complaint.uid) if facts.complaint.words.strip() else None
