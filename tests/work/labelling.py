"""Complaints with words that a cause, a step and a product can be learned from, for tests."""

from __future__ import annotations

import random
from datetime import date

from tests.work.complaining import complain

from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.work.desk import Desk

SAID = {
    "delay": "parcel late delivery never arrived waiting days courier driver missed",
    "fee": "fee charged twice money account refund bill interest costs invoice",
    "attitude": "rude staff counter clerk shouted ignored manager attitude unfriendly queue",
}
DOMAINS = {"delay": "process", "fee": "policy", "attitude": "people"}


def with_causes(desk: Desk) -> None:
    """Release the codes that are learned."""
    with desk.unit() as unit:
        unit.put(
            Vocabulary(
                uid=desk.ids(),
                facet=Facet.CAUSE,
                version=1,
                terms={code: code.capitalize() for code in SAID},
                domains=DOMAINS,
                released_at=desk.clock(),
                person=desk.person.uid,
            )
        )


def words_of(code: str, seed: int) -> str:
    """What somebody might say who complains of this."""
    chance = random.Random(f"{code} {seed}")
    return " ".join(chance.sample(SAID[code].split(), 5))


def with_labels(desk: Desk, each: int = 20) -> None:
    """So many coded complaints of each cause."""
    for seed in range(each):
        for code in SAID:
            complain(desk, date(2026, 2, 1), cause=code, words=words_of(code, seed))
