"""One audit: what it is, and its cards."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QVBoxLayout

from gemba import wording
from gemba.domain.programmes import Audit
from gemba.store.audit_lists import AUDITS, AuditLine
from gemba.ui.audits import cards
from gemba.ui.audits.shapes import state_tone, state_words
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.words import Words


class AuditShown(msgspec.Struct, frozen=True):
    """What the detail shows."""

    line: AuditLine
    audit: Audit
    facts: dict[str, Any]
    """What each card read, by its code; cards that this audit does not have are left out."""


def read_audit(desk: Any, uid: str) -> AuditShown | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        audit = reader.get(Audit, uid)
        if audit is None:
            return None
        line = AUDITS.lines(reader, [AUDITS.key(reader, uid)])[0]
    read = {card.code: cards.made(card).read(desk, audit) for card in cards.CARDS}
    return AuditShown(line, audit, {code: facts for code, facts in read.items() if facts is not None})


def draw_audit(frame: Any, body: QVBoxLayout, shown: AuditShown) -> None:
    """Put an audit into the detail: its head, then a card after the other."""
    line = shown.line
    body.addWidget(Words(f"{line.number} · {line.quarter}", tone="muted", scale="small"))
    body.addWidget(Words(line.title, scale="heading", wrap=True))
    badges = Badges()
    risk = wording.text("Risk {risk}", risk=round(line.risk)) if line.risk is not None else ""
    badges.say((state_words(line.state), state_tone(line.state)), (risk, "plain"))
    body.addWidget(badges)
    for card in cards.CARDS:
        if card.code in shown.facts:
            body.addWidget(cards.made(card)(frame, shown.audit, shown.facts[card.code], body.parentWidget()))
