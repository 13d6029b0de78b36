"""How suggestions fared: against the codes that people chose, against cause analyses, and what they cost and spared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from gemba.domain.suggestions import Suggestion
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.methods.proportions import Interval, wilson
from gemba.methods.text.agreement import Agreement, Judged, agreement, minutes_saved
from gemba.store import complaint_words, vocabularies
from gemba.store.reading import Reader


class AgainstAnalyses(msgspec.Struct, frozen=True):
    """Suggested domains of causes, beside the domains that the cause analyses ended on."""

    agreement: Agreement
    share: float | None
    """Of those where a domain was suggested; `None` without any."""
    interval: Interval | None


class Worth(msgspec.Struct, frozen=True):
    """What suggesting cost and spared, by minutes that somebody states."""

    decided: int
    suggested: int
    right: int
    by_band: tuple[tuple[float, float, int, int], ...]
    """Confidence from and to, suggestions, right ones."""
    minutes_a_label: float
    minutes_a_check: float
    minutes: float
    """Spared; below 0 when checking wrong ones cost more."""


def agreed(reader: Reader, facet: Facet, begins: date | None = None, ends: date | None = None) -> Agreement:
    """Suggestions of a facet against the codes that people chose, by the days of deciding.

    Args:
        reader: of the store.
        facet: that was coded.
        begins: first day, in UTC.
        ends: last day, included.

    Raises:
        Refusal: `work.no_suggestions`.
    """
    return agreement(_judged(reader, facet, begins, ends))


def against_analyses(reader: Reader, begins: date | None = None, ends: date | None = None) -> AgainstAnalyses:
    """Suggested causes against finished cause analyses of the same complaints, both as domains.

    Raises:
        Refusal: `work.no_analysed_suggestions` while no complaint has both.
    """
    kept = complaint_words.suggestions(reader, Facet.CAUSE, begins, ends)
    ended = complaint_words.analysed_domains(reader, {one.complaint for one in kept})
    domains = _domains(reader)
    judged = [
        Judged(domains.get(one.suggested, ""), one.confidence, ended[one.complaint], f"{one.decided_at:%Y-%m}")
        for one in kept
        if one.complaint in ended
    ]
    if not judged:
        raise Refusal("work.no_analysed_suggestions")
    found = agreement(judged)
    interval = wilson(found.right, found.suggested) if found.suggested else None
    return AgainstAnalyses(found, found.right / found.suggested if found.suggested else None, interval)


def worth(
    reader: Reader,
    facet: Facet,
    minutes_a_label: float,
    minutes_a_check: float = 0.0,
    begins: date | None = None,
    ends: date | None = None,
) -> Worth:
    """What suggestions spared: minutes for each label that was right, less minutes for checking each.

    Raises:
        Refusal: `work.no_suggestions`; minutes below 0.
    """
    judged = _judged(reader, facet, begins, ends)
    found = agreement(judged)
    bands = found.reliability.bands if found.reliability is not None else ()
    return Worth(
        found.n,
        found.suggested,
        found.right,
        tuple((band.low, band.high, band.n, band.right) for band in bands if band.n),
        minutes_a_label,
        minutes_a_check,
        minutes_saved(judged, minutes_a_label, minutes_a_check),
    )


def _judged(reader: Reader, facet: Facet, begins: date | None, ends: date | None) -> list[Judged]:
    kept = complaint_words.suggestions(reader, facet, begins, ends)
    if not kept:
        raise Refusal("work.no_suggestions", facet=facet.value)
    return _in_todays_codes(kept, vocabularies.crosswalk(reader, facet))


def _in_todays_codes(kept: Sequence[Suggestion], today: dict[str, str]) -> list[Judged]:
    return [
        Judged(
            today.get(one.suggested, one.suggested),
            one.confidence,
            today.get(one.final, one.final),
            f"{one.decided_at:%Y-%m}",
        )
        for one in kept
    ]


def _domains(reader: Reader) -> dict[str, str]:
    """The domain of each cause of any time: what the newest version that has the code says."""
    known: dict[str, str] = {}
    for words in vocabularies.versions(reader, Facet.CAUSE):
        known |= {code: domain for code, domain in words.domains.items() if domain}
    return known
