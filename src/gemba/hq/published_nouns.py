"""What goes down to every laptop: the nouns that everybody needs. A new noun is published by naming it here."""

from __future__ import annotations

from gemba.domain.nouns import NOUNS

PUBLISHED_TO_ALL = frozenset(
    {
        "place",
        "template",
        "bank_item",
        "person",
        "vocabulary",
        "clock_target",
        "retention_rule",
        "measure",
        "measure_value",
        "frozen_baseline",
        "process_map",
        "process_step",
        "goal",
        "requirement",
        "service_level",
        "boundary",
        "escalation_tier",
        "programme",
        "schedule",
        "audit",
        "rotation",
        "route",
        "route_stop",
        "governance_body",
        "body_member",
        "pattern",
    }
)
"""Records of these nouns that headquarters itself has written on go to every laptop, with all that they name."""

LEARNED = frozenset({"pattern"})
"""What one place learned is for all: these go to every laptop, too, whichever laptop wrote them; they name nobody."""

FROM_ANYBODY = frozenset({"erasure"})
"""Records of these nouns go to every laptop, whoever wrote them."""

TO_WHOM_IT_CONCERNS = frozenset(NOUNS) - PUBLISHED_TO_ALL - FROM_ANYBODY
"""Records of these nouns go to the laptops that have a part in them, in what they belong to, or in what names them."""
