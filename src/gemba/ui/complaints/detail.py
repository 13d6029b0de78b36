"""One complaint: the customer's words, its tags, next step, clock, links and history, as cards one under the other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.complaints import names as said
from gemba.ui.complaints.facts import ComplaintFacts
from gemba.ui.complaints.history import HistoryCard
from gemba.ui.complaints.pauses import ClockCard
from gemba.ui.complaints.redacting import redaction_card
from gemba.ui.complaints.same import SameCard
from gemba.ui.complaints.suggesting import suggestion_card
from gemba.ui.escalations.escalate_row import EscalateRow
from gemba.ui.maps.ask_next_walk import AskNextWalk
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.words import Words
from gemba.ui.reviews.complaint_card import behind_card
from gemba.ui.services import Services
from gemba.work import complaint_words as words


def escalation_card(services: Services, facts: ComplaintFacts) -> Card:
    """The way to escalate the complaint, and what was escalated of it."""
    card = Card(wording.text("Escalations"), look="inset")
    card.body.addWidget(EscalateRow(services, "complaint", facts.complaint.uid, name="complaints.detail", parent=card))
    return card


MakesCard = Callable[[Services, ComplaintFacts], QWidget | None]
"""Makes a card of a complaint, or none where there is nothing to say."""

CARDS: list[MakesCard] = [suggestion_card, redaction_card, behind_card, escalation_card]
"""Further cards, shown below the tags in this order: each is one more name here."""


def draw(services: Services, facts: ComplaintFacts, body: QVBoxLayout, moves: Card) -> None:
    """Put everything below the head.

    Args:
        services: of the window.
        facts: what was read.
        body: where it goes.
        moves: the card of the next step.
    """
    further = [make(services, facts) for make in CARDS]
    cards = [_words(facts), moves, ClockCard(services, facts), _answer(facts), _about(facts)]
    for card in (*cards, *further, see_card(services, facts), SameCard(services, facts), HistoryCard(facts)):
        if card is not None:
            body.addWidget(card)


def _words(facts: ComplaintFacts) -> Card:
    """What the customer said, and what may be done with it."""
    one = facts.complaint
    card = Card(wording.text("The customer's words"), look="inset")
    if one.words:
        spoken = Words(f"“{one.words}”", wrap=True, parent=card)
        spoken.setObjectName("complaints.detail.words")
        card.body.addWidget(spoken)
    else:
        card.body.addWidget(Words(wording.text("Not written down verbatim."), tone="muted", wrap=True, parent=card))
    card.body.addWidget(
        Facts(
            (wording.text("Without what tells of a person"), one.redacted_words),
            (wording.text("Redaction"), words.redaction_words(one.redaction)),
            (wording.text("Consent"), words.consent_words(one.consent)),
            (wording.text("Purpose"), one.purpose),
            (wording.text("Delete by"), terms.day(one.delete_by)),
            (wording.text("Language"), one.language),
            parent=card,
        )
    )
    return card


def see_card(services: Services, facts: ComplaintFacts) -> Card:
    """The way from the complaint to the place: the next walk there is asked to look."""
    card = Card(wording.text("From complaint to walk"), look="inset")
    see = AskNextWalk(services, "complaint", facts.complaint.uid, name="complaints.detail.see", parent=card)
    card.body.addWidget(see, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _about(facts: ComplaintFacts) -> Card:
    """Tags, where, who, and what else came with it."""
    one = facts.complaint
    card = Card(wording.text("About it"), look="inset")
    said_of = Facts(
        *((said.facet(name), title) for name, title in facts.tags.items()),
        (wording.text("Place"), facts.place.name if facts.place is not None else ""),
        (wording.text("Happened"), terms.day(one.occurred_on)),
        (wording.text("Customer"), one.customer),
        (wording.text("Contact"), one.contact),
        (wording.text("Remedy sought"), one.remedy_sought),
        (wording.text("Owner"), one.owner),
        (wording.text("Source"), " ".join(filter(None, (one.source, one.key)))),
        *sorted(one.more.items()),
        parent=card,
    )
    card.body.addWidget(said_of)
    return card


def _answer(facts: ComplaintFacts) -> Card | None:
    """What was decided and told, once something is."""
    one = facts.complaint
    if not (one.decision or one.answer or one.told_back or one.similar):
        return None
    card = Card(wording.text("Decision and answer"), look="inset")
    rows = [(wording.text("Answer"), one.answer)]
    if one.decision:
        rows.insert(0, (wording.text("Decision"), words.decision_words(one.decision)))
    if one.told_back:
        rows.append((wording.text("Told back?"), words.told_back_words(one.told_back)))
    if one.similar:
        rows.append((wording.text("Similar elsewhere?"), words.similar_words(one.similar)))
    rows.append((wording.text("Where else"), one.similar_note))
    card.body.addWidget(Facts(*rows, parent=card))
    return card
