"""Why an audit was chosen: its risk, and the parts that it is made of."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.programmes import Audit
from gemba.ui.parts.bars import Shares
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.work.audit_risk import PARTS, part_title, reason_words, weight_of


class RiskCard(Card):
    """The risk and its parts as they were counted when the audit was planned.

    Args:
        frame: the tab.
        audit: that is shown.
        facts: the audit itself.
        parent: the owner.
    """

    def __init__(self, frame: Any, audit: Audit, facts: Audit, parent: QWidget | None = None) -> None:
        del frame, facts
        super().__init__(wording.text("Why it was chosen"), look="inset", parent=parent)
        risk = round(audit.risk or 0)
        self.body.addWidget(Words(wording.text("Risk {risk} of 100", risk=risk), strong=True, parent=self))
        parts = audit.risk_parts
        self.body.addWidget(
            Shares(
                *(
                    (
                        wording.text("{part} (weight {weight})", part=part_title(code), weight=f"{weight:g}"),
                        parts[code] * 100,
                        f"{parts[code]:.2f}",
                    )
                    for code in PARTS
                    if code in parts and (weight := weight_of(parts, code))
                ),
                parent=self,
            )
        )
        self.body.addWidget(Words(reason_words(parts), tone="muted", wrap=True, parent=self))

    @staticmethod
    def read(desk: Any, audit: Audit) -> Audit | None:
        """The card is there where a risk was counted."""
        del desk
        return audit if audit.risk is not None else None
