"""The list of decisions: its columns and filters, and the tone of a standing."""

from __future__ import annotations

from gemba import wording
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work.decision_words import amount_words, standing_short, standing_words

TOPICS = frozenset({"decision", "place", "goal"})
_STANDINGS = (
    *("within", "at_limit", "beyond", "escalated", "escalated_needlessly"),
    *("no_boundary", "not_told"),
)
_TONES = {
    "within": "good",
    "at_limit": "fair",
    "beyond": "poor",
    "escalated": "note",
    "escalated_needlessly": "fair",
}


def standing_tone(standing: str) -> str:
    """The tone of a standing."""
    return _TONES.get(standing, "plain")


def decisions(names: PlaceNames) -> Shape:
    """The log as a list."""
    return Shape(
        name="decisions",
        title=wording.text("Decisions"),
        counted=lambda n: wording.plural("{count} decision", "{count} decisions", n, count=terms.number(n)),
        topics=TOPICS,
        sort="decided_on",
        descending=True,
        columns=_columns(),
        filters=(
            Filter(name="standing", title=lambda: wording.text("Standing"), words=standing_words, fixed=_STANDINGS),
            Filter(name="quarter", title=lambda: wording.text("Quarter")),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="role", title=lambda: wording.text("Role")),
            Filter(name="scenario", title=lambda: wording.text("Scenario"), words=_or_none),
            Filter(name="goal", title=lambda: wording.text("Commitment")),
            Filter(
                name="expires", title=lambda: wording.text("Expires"), words=expiry_title, fixed=("soon", "expired")
            ),
            Filter(name="exception", title=lambda: wording.text("Exception"), words=_or_none),
        ),
    )


def expiry_title(code: str) -> str:
    """What a state of expiry is called."""
    return wording.text("Has expired") if code == "expired" else wording.text("Within 30 days")


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            name="title",
            title=lambda: wording.text("Decision"),
            words=lambda line: line.title,
            under=lambda line: " · ".join(part for part in (line.number, line.place) if part),
            width=240,
        ),
        Column(
            name="standing",
            title=lambda: wording.text("Standing"),
            words=lambda line: standing_short(line.standing),
            tone=lambda line: standing_tone(line.standing),
            width=138,
        ),
        Column(name="role", title=lambda: wording.text("Role"), words=lambda line: line.role, width=124),
        Column(
            name="decided_on",
            title=lambda: wording.text("Decided"),
            words=lambda line: terms.day(line.decided_on),
            sort="decided_on",
            width=118,
        ),
        Column(
            name="amount",
            title=lambda: wording.text("Amount"),
            words=lambda line: amount_words(line.amount, line.unit),
            width=104,
            number=True,
        ),
        Column(
            name="place",
            title=lambda: wording.text("Place"),
            words=lambda line: line.place,
            sort="place",
            hidden=True,
        ),
        Column(name="scenario", title=lambda: wording.text("Scenario"), words=lambda line: line.scenario, hidden=True),
        Column(
            name="goal", title=lambda: wording.text("Commitment"), words=lambda line: line.goal, width=160, hidden=True
        ),
        Column(
            name="expires",
            title=lambda: wording.text("Expires"),
            words=lambda line: terms.day(line.expires),
            sort="expires",
            hidden=True,
        ),
        Column(
            name="number",
            title=lambda: wording.text("Number"),
            words=lambda line: line.number,
            sort="number",
            hidden=True,
        ),
        Column(name="source", title=lambda: wording.text("Source"), words=lambda line: line.source, hidden=True),
    )


def _or_none(value: str) -> str:
    return value or wording.text("Not said")
