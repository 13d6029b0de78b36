"""How suggestions and people's final labels agree: share, kappa, confusion, by confidence and over time.

Percent agreement and prevalence always stand beside kappa (the kappa paradox). Only where the program suggested
something are the two compared; where it was not sure is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gemba.errors import Refusal
from gemba.methods.agreement.cohen import Kappa, cohen
from gemba.methods.checking import enough
from gemba.methods.text.reliability import Reliability, reliability


@dataclass(frozen=True, slots=True)
class Judged:
    """One suggestion beside what a person decided."""

    suggested: str
    """Empty for "not sure"."""
    confidence: float
    """0 to 1."""
    final: str
    when: str = ""
    """The period that it counts in, such as 2026-03."""

    @property
    def right(self) -> bool:
        """Whether the person decided as was suggested."""
        return self.suggested == self.final


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each suggestion became each final label; rows are suggested, columns final."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Agreement in one period."""

    when: str
    suggested: int
    right: int
    not_sure: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Suggestions and final labels."""

    n: int
    """All that a person decided."""
    not_sure: int
    """Of them those where nothing was suggested."""
    right: int
    kappa: Kappa | None
    """`None` when nothing was suggested."""
    prevalence: float
    """Share of the commonest final label among what was suggested; nan without any."""
    confusion: Confusion
    reliability: Reliability | None
    periods: tuple[Period, ...]

    @property
    def suggested(self) -> int:
        """Where the program suggested something."""
        return self.n - self.not_sure


def agreement(judged: Sequence[Judged]) -> Agreement:
    """Compare suggestions with final labels.

    Raises:
        Refusal: `methods.too_few` without any.
    """
    enough(judged, 1)
    said = [one for one in judged if one.suggested]
    finals = Counter(one.final for one in said)
    return Agreement(
        len(judged),
        len(judged) - len(said),
        sum(one.right for one in said),
        cohen([one.suggested for one in said], [one.final for one in said]) if said else None,
        max(finals.values()) / len(said) if said else float("nan"),
        confusion(said),
        reliability([one.confidence for one in said], [one.right for one in said]) if said else None,
        tuple(_period(when, judged) for when in sorted({one.when for one in judged})),
    )


def confusion(judged: Sequence[Judged]) -> Confusion:
    """The table of suggested by final labels, all labels in order of how often they were final."""
    finals = Counter(one.final for one in judged)
    labels = sorted({one.suggested for one in judged} | set(finals), key=lambda label: (-finals[label], label))
    pairs = Counter((one.suggested, one.final) for one in judged)
    return Confusion(tuple(labels), tuple(tuple(pairs[row, column] for column in labels) for row in labels))


def minutes_saved(judged: Sequence[Judged], minutes_a_label: float, minutes_a_check: float = 0.0) -> float:
    """What suggestions saved: each that was right spares a label's minutes and costs a check's.

    Those that were wrong cost a check and spare nothing. Minutes are what somebody states, not measured here.

    Raises:
        Refusal: `methods.outside` for minutes below 0.
    """
    if minutes_a_label < 0 or minutes_a_check < 0:
        least = min(minutes_a_label, minutes_a_check)
        raise Refusal("methods.outside", name="minutes", value=least, allowed="0 or more")
    said = [one for one in judged if one.suggested]
    return sum(one.right for one in said) * minutes_a_label - len(said) * minutes_a_check


def _period(when: str, judged: Sequence[Judged]) -> Period:
    inside = [one for one in judged if one.when == when]
    said = [one for one in inside if one.suggested]
    return Period(when, len(said), sum(one.right for one in said), len(inside) - len(said))
