"""How sure the program is, in words for people."""

from __future__ import annotations

from gemba.methods.text.suggesting import Suggester
from gemba.reports.chart_numbers import percent
from gemba.wording import text
from gemba.work.suggest_codes import Offer


def confidence_words(confidence: float) -> str:
    """A calibrated confidence as so many right in ten, which people judge better than a share."""
    if confidence >= 0.95:
        return text("nearly always right")
    return text("right about {n} times in 10", n=round(confidence * 10))


def offer_words(offer: Offer) -> str:
    """What is suggested and how sure that is; plainly "not sure" when it is not."""
    if not offer.code:
        return text("not sure")
    return text("{title} ({sure})", title=offer.title, sure=confidence_words(offer.confidence))


def reliability_words(suggester: Suggester, level: float) -> str:
    """What was learned from, and how the suggestions did on labels that were held out."""
    at = suggester.reliability.at(level)
    if not at.shown:
        return text(
            "Learned from {labels:label|labels}; none would be sure enough to be shown at {level}.",
            labels=suggester.learned_from,
            level=percent(level),
        )
    return text(
        "Learned from {labels:label|labels}. Of those held out {coverage} would be shown, {accuracy} of them right.",
        labels=suggester.learned_from,
        coverage=percent(at.coverage),
        accuracy=percent(at.accuracy),
    )
