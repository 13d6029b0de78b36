"""What the columns of a file of complaints stand for: guessed, and remembered from last time."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from gemba.domain.intakes import Intake
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import intake_guess
from gemba.work.intake_dates import Evidence
from gemba.work.intake_fields import CHOSEN, DAYS, FACETS, JOINED, KEY, MOMENTS, PLACE, TITLES, meant
from gemba.work.intake_guess import ByValue, Guess, Terms, is_date, is_long, is_said, is_unique, share, tells_apart
from gemba.work.intake_reading import Reading

OF = "of"
"""In what an import says of its reading: the noun that it made; complaints where nothing is said."""
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$")

COMPLAINTS = Terms(
    titles=TITLES,
    dates=frozenset({*MOMENTS, *DAYS}),
    short=frozenset({*FACETS, PLACE}),
    chosen=frozenset(CHOSEN),
    meant=meant,
    key=KEY,
    moment="received_at",
    by_value=(
        ByValue("received_at", lambda cells: share(cells, is_date) >= 0.9, lambda: text("it holds dates")),
        ByValue("words", is_long, lambda: text("it holds long texts")),
        ByValue(
            "contact",
            lambda cells: share(cells, lambda one: bool(_MAIL.match(one.strip()))) >= 0.9,
            lambda: text("e-mail"),
        ),
        ByValue("words", is_said, lambda: text("it holds sentences")),
        ByValue("key", tells_apart, lambda: text("all differ")),
    ),
)
"""The fields of complaints."""


class Remembered(msgspec.Struct, frozen=True):
    """How a file of this shape was read last time."""

    mapping: dict[str, str]
    reading: dict[str, str]
    source: str
    on: str


def remembered(reader: Reader, reading: Reading, source: str, noun: str = "complaint") -> Remembered | None:
    """The last import of a file with the same columns, or of the same source with all columns that counted."""
    intakes = [one for one in reader.find(Intake) if one.reading.get(OF, "complaint") == noun]
    intakes.sort(key=lambda one: one.imported_at, reverse=True)
    same = [one for one in intakes if one.columns == reading.columns]
    same += [one for one in intakes if source and one.source == source and set(one.mapping) <= set(reading.columns)]
    if not same:
        return None
    return Remembered(same[0].mapping, same[0].reading, same[0].source, f"{same[0].imported_at:%Y-%m-%d}")


def guess(reading: Reading, before: Remembered | None, terms: Terms = COMPLAINTS) -> list[Guess]:
    """What each column stands for."""
    if before is not None:
        return intake_guess.as_before(reading, before.mapping, before.on)
    return intake_guess.guess(reading, terms)


def date_evidence(reading: Reading, mapping: Mapping[str, str], terms: Terms = COMPLAINTS) -> Evidence:
    """What the columns of dates together say of the order of day and month."""
    return intake_guess.date_evidence(reading, [title for title, field in mapping.items() if field in terms.dates])


__all__ = ["JOINED", "Guess", "Remembered", "date_evidence", "guess", "is_unique", "remembered"]
