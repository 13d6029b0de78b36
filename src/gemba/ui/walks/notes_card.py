"""What was seen and heard on a walk, in its detail: by stop, what is worth keeping first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.reports.facts import ObservationFacts, StopFacts
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words

_TONES = {"seen": "plain", "staff": "note", "customer": "accent"}


def notes_card(stops: Sequence[StopFacts], parent: QWidget | None = None) -> Card:
    """A card of all stops at which something was noted.

    Args:
        stops: of the walk.
        parent: the owner.
    """
    card = Card(wording.text("What was seen and heard"), look="inset", parent=parent)
    card.setObjectName("walks.notes")
    noted = [stop for stop in stops if stop.observations]
    if not noted:
        card.body.addWidget(Words(wording.text("Nothing was noted at the stops yet."), tone="muted", wrap=True))
    for stop in noted:
        title = f"{stop.number}  {stop.title}" if stop.number else wording.text("Between the stops")
        card.body.addWidget(Words(title, strong=True, wrap=True))
        for one in stop.observations:
            badges = Badges()
            keep = [(wording.text("Worth keeping"), "good")] if one.is_positive else []
            badges.say((one.sort_title, _TONES[one.sort]), *keep)
            card.body.addWidget(badges)
            card.body.addWidget(Words(_said(one), wrap=True))
            if one.about:
                card.body.addWidget(Words(one.about, tone="muted", scale="small", wrap=True))
    return card


def _said(one: ObservationFacts) -> str:
    words = one.text or one.answer
    return words if one.sort == "seen" else wording.text("“{words}”", words=words)
