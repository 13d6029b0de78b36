"""What people who left named of the same step and cause: told beside what was found, never added up with it."""

from __future__ import annotations

from datetime import date

import msgspec

from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.kinds.registers.voices import EXIT_INTERVIEWS
from gemba.store import vocabularies
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.wording import plural
from gemba.work.register_view import as_declared
from gemba.work.registers import is_over


class Interview(msgspec.Struct, frozen=True):
    """An exit interview that names the same."""

    uid: Uid
    number: str
    held_on: date
    barrier: str
    """What kept them from serving customers well."""
    is_answered: bool


def named_by_leavers(
    reader: Reader, place: Uid, step: str, cause: str, days: tuple[date, date]
) -> tuple[Interview, ...]:
    """Exit interviews of a step and a cause at a place and below it, the newest first.

    Args:
        reader: of the store.
        place: uid; interviews that name no place do not count.
        step: code of today; empty for any.
        cause: code of today; empty for any. With neither nothing is the same.
        days: first and last day on which they were held.
    """
    if not step and not cause:
        return ()
    below = set(places_below(reader, (place,)))
    meant = {
        facet: vocabularies.meant_by(reader, facet, code)
        for facet, code in ((Facet.STEP, step), (Facet.CAUSE, cause))
        if code
    }
    found = []
    for one in as_declared(reader, EXIT_INTERVIEWS):
        held = date.fromisoformat(one.fields["held_on"])
        is_same = all(one.fields.get(facet.value) in codes for facet, codes in meant.items())
        if is_same and one.place in below and days[0] <= held <= days[1]:
            answered = is_over(EXIT_INTERVIEWS, one)
            found.append(Interview(one.uid, one.number, held, one.fields["barrier"], answered))
    return tuple(sorted(found, key=lambda one: (one.held_on, one.number), reverse=True))


def leavers_words(found: tuple[Interview, ...]) -> str:
    """How often, in one sentence; empty when nobody named it."""
    if not found:
        return ""
    return plural(
        "{n} person who left named it in the last 12 months.",
        "{n} people who left named it in the last 12 months.",
        len(found),
    )
