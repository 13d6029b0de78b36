"""What the detail of an audit is made of: one line a card, in the order in which an audit goes its way.

A card's class is made as `Class(frame, audit, facts, parent)`. Its static `read(desk, audit)` runs on a job's thread
and gives the facts; `None` means that the audit has no such card. `frame` (`gemba.ui.audits.audits_tab.AuditsTab`) has
`services`, and `enter(room, uid)`, which shows a room in place of list and detail.

A room's class is made once as `Class(services, parent)`; it has `open(uid)`, the signal `left`, and optionally
`may_leave()` and `refresh()` (the page is gone to again).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple


class AuditCard(NamedTuple):
    """One card of the detail."""

    code: str
    module: str
    name: str
    topics: frozenset[str] = frozenset()
    """Nouns whose changes make the detail read again, besides audits."""


class AuditRoom(NamedTuple):
    """One workplace that takes the whole tab: judging, say."""

    code: str
    module: str
    name: str


CARDS: list[AuditCard] = [
    AuditCard("plan", "gemba.ui.audits.plan_card", "PlanCard", frozenset({"person", "place"})),
    AuditCard("risk", "gemba.ui.audits.risk_card", "RiskCard"),
    AuditCard("sample", "gemba.ui.audits.sample_card", "SampleCard", frozenset({"sample"})),
    AuditCard(
        "agreement",
        "gemba.ui.audits.agreement_card",
        "AgreementCard",
        frozenset({"judgement", "agreed_verdict", "sample"}),
    ),
    AuditCard("goals", "gemba.ui.audits.goal_gaps_card", "GoalGapsCard", frozenset({"goal", "requirement"})),
    AuditCard("conduct", "gemba.ui.audits.conduct_card", "ConductCard", frozenset({"sample"})),
    AuditCard(
        "findings",
        "gemba.ui.audits.findings_card",
        "FindingsCard",
        frozenset({"finding", "auditee_response", "agreed_verdict"}),
    ),
    AuditCard("release", "gemba.ui.audits.release_card", "ReleaseCard"),
]
"""In order; a further card is one line."""

ROOMS: list[AuditRoom] = [
    AuditRoom("judging", "gemba.ui.audits.judging_room", "JudgingRoom"),
    AuditRoom("settling", "gemba.ui.audits.settling_room", "SettlingRoom"),
]
"""A further workplace is one line."""


def made(what: AuditCard | AuditRoom) -> Any:
    """The class of a card or a room, imported when it is first needed."""
    return getattr(import_module(what.module), what.name)


def topics() -> frozenset[str]:
    """All nouns whose changes are seen in the detail."""
    return frozenset({"audit"}).union(*(card.topics for card in CARDS))
