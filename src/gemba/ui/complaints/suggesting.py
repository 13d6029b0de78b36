"""A card of one complaint: what it is about by the program's word, and the person's, which is the last."""

from __future__ import annotations

from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.complaints import Complaint
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import GembaError, Refusal
from gemba.store import vocabularies
from gemba.ui.complaints.facts import ComplaintFacts
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work import suggest_codes
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.suggest_codes import Learning, Offer
from gemba.work.suggestion_words import confidence_words

FACETS = (Facet.CAUSE, Facet.STEP, Facet.PRODUCT)
"""What is suggested in the window."""
_LEARNED: WeakKeyDictionary[Services, Learning] = WeakKeyDictionary()


class Row(msgspec.Struct, frozen=True):
    """One facet that carries no code."""

    facet: Facet
    offer: Offer | None
    why_not: str
    """Why nothing can be suggested, as a sentence; empty when something was."""
    codes: tuple[tuple[str, str], ...]
    """All codes in force with their titles, the likely ones first."""
    domain: Offer | None = None
    """Of a cause that is not sure: the domain that it lies in, where that is."""


class SuggestingFacts(msgspec.Struct, frozen=True):
    """What the card shows."""

    complaint: Uid
    number: str
    rows: tuple[Row, ...]


def learning_of(services: Services) -> Learning:
    """What this window has learned so far; it goes with the window."""
    return _LEARNED.setdefault(services, Learning())


def read_suggesting(desk: Desk, learning: Learning, complaint: Uid, progress: Progress) -> SuggestingFacts:
    """Suggest for each facet that carries no code; learns first where that is not done yet."""
    with desk.reader() as reader:
        one = known(reader, Complaint, complaint)
        codes = {facet: vocabularies.current(reader, facet) for facet in FACETS if not getattr(one, facet.value)}
    rows = []
    for facet, words in codes.items():
        progress.step()
        offer, why_not = _offer(desk, learning, complaint, facet.value, progress)
        titles = dict(words.terms) if words is not None else {}
        is_open = facet is Facet.CAUSE and offer is not None and not offer.code
        domain = _offer(desk, learning, complaint, suggest_codes.DOMAIN, progress)[0] if is_open else None
        rows.append(Row(facet, offer, why_not, _ordered(titles, offer), domain))
    return SuggestingFacts(one.uid, one.number, tuple(rows))


class SuggestionCard(Card):
    """Suggests codes for one complaint, and keeps what the person chooses.

    Args:
        services: of the window.
        complaint: its uid.
        parent: the owner.
    """

    def __init__(self, services: Services, complaint: Uid, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("What it is about"), look="inset", parent=parent)
        self.setObjectName("suggesting")
        self._services, self._complaint = services, complaint
        self.rows: dict[Facet, _RowOfCode] = {}
        self._said = Words(
            wording.text("Gemba can suggest codes, learned on this laptop from what people here have coded."),
            tone="muted",
            wrap=True,
        )
        self.body.addWidget(self._said)
        self.begin = Button(wording.text("Suggest codes"), name="suggesting.begin", icon="lightbulb", run=self.suggest)
        across = QHBoxLayout()
        across.addWidget(self.begin)
        across.addStretch(1)
        self.body.addLayout(across)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(16)
        self.body.addLayout(self._lines)
        if learning_of(services).has_learned:
            self.suggest()

    @Slot()
    def suggest(self) -> None:
        """Ask for suggestions, beside the window."""
        self.begin.setEnabled(False)
        self._said.setText(wording.text("Learning from what people here have coded …"))
        self._services.jobs.ask(
            read_suggesting,
            self._services.desk,
            learning_of(self._services),
            self._complaint,
            progress=self._stepped,
            done=self.show_facts,
            failed=self._failed,
        )

    def show_facts(self, facts: SuggestingFacts) -> None:
        """Show a line for each facet without a code."""
        self.begin.hide()
        clear(self._lines)
        self.rows = {row.facet: _RowOfCode(row, at, self) for at, row in enumerate(facts.rows, 1)}
        for line in self.rows.values():
            self._lines.addWidget(line)
        said = "" if facts.rows else wording.text("It is coded.")
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def keep(self, row: Row, code: str) -> None:
        """Keep the code that the person chose, beside what was suggested."""
        for line in self.rows.values():
            line.setEnabled(False)
        self._services.jobs.write(
            suggest_codes.settle,
            self._complaint,
            row.facet,
            code,
            row.offer,
            done=partial(self._kept, row, code),
            failed=self._failed,
            label=wording.text("keeping a code"),
        )

    def _kept(self, row: Row, code: str, _change: Any) -> None:
        title = dict(row.codes).get(code, code)
        told = wording.text("{facet}: {title}.", facet=facet_title(row.facet), title=title)
        self._services.messages.info(told)
        self.suggest()

    def _failed(self, error: GembaError) -> None:
        self._services.messages.trouble(error)
        self.begin.setEnabled(True)
        for line in self.rows.values():
            line.setEnabled(True)

    def _stepped(self, _done: int, _total: int, _words: str) -> None:
        """Nothing is drawn for a step; the job can be called off."""


class _RowOfCode(QWidget):
    """One facet: what is suggested, accepting it, and choosing something else."""

    def __init__(self, row: Row, place: int, card: SuggestionCard) -> None:
        super().__init__(card)
        self._row, self._card = row, card
        name = f"suggesting.{row.facet}"
        self.setObjectName(name)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        head = Flow()
        head.addWidget(Words(facet_title(row.facet), strong=True))
        for part in self._suggested():
            head.addWidget(part)
        lines.addLayout(head)
        below = Flow()
        if row.offer is not None and row.offer.code:
            below.addWidget(self._accept(name, place, row.offer.title))
        self.choice = Choice((("", wording.text("Choose …")), *row.codes), name=f"{name}.choice", search=True)
        self.choice.setAccessibleName(wording.text("{facet}: choose", facet=facet_title(row.facet)))
        self.choice.setVisible(bool(row.codes))
        self.other = Button(wording.text("Keep this"), name=f"{name}.keep", look="quiet", run=self.keep)
        self.other.setAccessibleName(wording.text("{facet}: keep the chosen code", facet=facet_title(row.facet)))
        self.other.setVisible(bool(row.codes))
        self.other.setEnabled(False)
        self.choice.currentIndexChanged.connect(self._chosen)
        below.addWidget(self.choice)
        below.addWidget(self.other)
        lines.addLayout(below)
        if row.why_not:
            lines.addWidget(Words(row.why_not, tone="muted", scale="small", wrap=True))
        elif not row.codes:
            none = wording.text("There is no vocabulary to choose from yet.")
            lines.addWidget(Words(none, tone="muted", scale="small", wrap=True))

    @Slot()
    def accept(self) -> None:
        """The person agrees."""
        if self._row.offer is not None:
            self._card.keep(self._row, self._row.offer.code)

    @Slot()
    def keep(self) -> None:
        """The person chose from the list."""
        if self.choice.value:
            self._card.keep(self._row, self.choice.value)

    @Slot()
    def _chosen(self) -> None:
        self.other.setEnabled(bool(self.choice.value))

    def _accept(self, name: str, place: int, title: str) -> Button:
        key = QKeySequence(f"Alt+{place}")
        words = wording.text("Accept {title}", title=title)
        button = Button(words, name=f"{name}.accept", icon="check", run=self.accept)
        button.setShortcut(key)
        button.setToolTip(f"{words} ({key.toString(QKeySequence.SequenceFormat.NativeText)})")
        return button

    def _suggested(self) -> list[QWidget]:
        offer = self._row.offer
        if offer is None:
            return []
        if offer.code:
            return [Words(offer.title), Badge(confidence_words(offer.confidence), "note")]
        likely = ", ".join(title for _, title in offer.next[:2])
        said = wording.text("perhaps {codes}", codes=likely)
        return [Badge(wording.text("not sure"), "plain"), Words(said, tone="muted"), *self._domain()]

    def _domain(self) -> list[QWidget]:
        """Where a cause that is not sure lies at least."""
        domain = self._row.domain
        if domain is None or not domain.code:
            return []
        said = wording.text("in any case: {domain}", domain=domain.title)
        return [Words(said), Badge(confidence_words(domain.confidence), "note")]


def facet_title(facet: Facet) -> str:
    """What a facet is called."""
    return {
        Facet.PRODUCT: wording.text("Product"),
        Facet.STEP: wording.text("Process step"),
        Facet.CHANNEL: wording.text("Channel"),
        Facet.SEGMENT: wording.text("Segment"),
        Facet.CAUSE: wording.text("Cause"),
    }[facet]


def _offer(
    desk: Desk, learning: Learning, complaint: Uid, subject: str, progress: Progress
) -> tuple[Offer | None, str]:
    try:
        return suggest_codes.offer(desk, learning, complaint, subject, check=progress.step), ""
    except Refusal as refusal:
        return None, wording.sentence(refusal)


def _ordered(titles: dict[str, str], offer: Offer | None) -> tuple[tuple[str, str], ...]:
    """Codes to choose from, the likely ones first, the others by title."""
    likely = [code for code, _ in offer.next if code in titles] if offer is not None else []
    rest = sorted((code for code in titles if code not in likely), key=lambda code: titles[code].casefold())
    return tuple((code, titles[code]) for code in (*likely, *rest))


def suggestion_card(services: Services, facts: ComplaintFacts) -> SuggestionCard | None:
    """The card for the detail of a complaint; none where everything is coded, or there is nothing to read."""
    one = facts.complaint
    is_coded = all(getattr(one, facet.value) for facet in FACETS)
    return None if is_coded or not (one.words or one.summary) else SuggestionCard(services, one.uid)
