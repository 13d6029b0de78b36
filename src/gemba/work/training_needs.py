"""Causes that come back at several places: what people may never have been taught."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.kinds.registers.learning import TRAINING_NEEDS
from gemba.kinds.registers.voices import EXIT_INTERVIEWS
from gemba.store import vocabularies
from gemba.store.cause_counts import Cell, cause_counts, findings_by_cause
from gemba.store.follow_cells import site_of
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.register_view import as_declared
from gemba.work.registers import is_over

DAYS = 90
"""So far back a cause is counted; and so long a need that was met is not proposed again."""
CASES, SITES = 3, 2
"""From so many cases at so many sites on, a cause is one that comes back."""
EXITS = "exits"
"""Source: what people who left said. Kept apart from complaints and findings, and counted with them."""


class RecurringCause(msgspec.Struct, frozen=True, kw_only=True):
    """A cause that comes back."""

    cause: str
    title: str
    domain: str
    """Of the cause, as its vocabulary has it: people, process, policy, technology; empty when it says nothing."""
    sources: dict[str, int]
    """Cases by source: complaints, findings, exits."""
    sites: tuple[tuple[str, int], ...]
    """Name and cases, the most first."""
    cases: int
    findings: tuple[Uid, ...]
    exits: tuple[Uid, ...]
    """Entries of what people who left said."""
    entry: Uid
    """The training need that answers it; empty when there is none."""
    state: str
    """Of that need."""


def recurring_causes(desk: Desk, place: Uid | None = None) -> tuple[RecurringCause, ...]:
    """Causes that were seen at least three times in 90 days at two sites or more, the most frequent first.

    Args:
        desk: who asks, where.
        place: only there and below.
    """
    today = desk.clock().date()
    begins = today - timedelta(days=DAYS - 1)
    with desk.reader() as reader:
        exits = exits_by_cause(reader, begins, today, place)
        counted = cause_counts(reader, begins, today, place) + _counted(reader, exits)
        raised = findings_by_cause(reader, begins, today, place)
        names = {one.uid: one.name for one in reader.find(Place)}
        titles = vocabularies.titles(reader, Facet.CAUSE)
        now = vocabularies.current(reader, Facet.CAUSE)
        entries = as_declared(reader, TRAINING_NEEDS)
    since = desk.clock() - timedelta(days=DAYS)
    answered = {
        one.fields.get("cause", ""): one
        for one in entries
        if not is_over(TRAINING_NEEDS, one) or one.changed_at > since
    }
    found = []
    for cause in {key[1] for key in counted}:
        one = _recurring(cause, counted, names, titles.get(cause, cause), answered.get(cause))
        if one.cases >= CASES and len(one.sites) >= SITES:
            left = tuple(each.uid for each in exits.get(cause, ()))
            domain = now.domains.get(cause, "") if now else ""
            found.append(msgspec.structs.replace(one, domain=domain, findings=raised.get(cause, ()), exits=left))
    return tuple(sorted(found, key=lambda one: (-one.cases, one.title)))


def exit_counts(reader: Reader, begins: date, ends: date, place: Uid | None = None) -> Counter[Cell]:
    """What people who left said, by cause and site; interviews without a place are left out."""
    return _counted(reader, exits_by_cause(reader, begins, ends, place))


def _counted(reader: Reader, exits: dict[str, list[RegisterEntry]]) -> Counter[Cell]:
    sites = site_of(reader)
    return Counter(
        (EXITS, cause, sites.get(one.place or "", one.place or "")) for cause, some in exits.items() for one in some
    )


def exits_by_cause(
    reader: Reader, begins: date, ends: date, place: Uid | None = None
) -> dict[str, list[RegisterEntry]]:
    """What people who left said, by cause; interviews without a place are left out."""
    today = vocabularies.crosswalk(reader, Facet.CAUSE)
    below = set(places_below(reader, (place,))) if place else None
    found: dict[str, list[RegisterEntry]] = {}
    for one in as_declared(reader, EXIT_INTERVIEWS):
        held = date.fromisoformat(one.fields["held_on"])
        if one.place and begins <= held <= ends and (below is None or one.place in below):
            cause = one.fields["cause"]
            found.setdefault(today.get(cause, cause), []).append(one)
    return found


def _recurring(
    cause: str, counted: Counter[Cell], names: dict[Uid, str], title: str, entry: RegisterEntry | None
) -> RecurringCause:
    by_site, by_source = Counter[str](), Counter[str]()
    for (source, which, site), n in counted.items():
        if which == cause:
            by_site[names.get(site, site)] += n
            by_source[source] += n
    return RecurringCause(
        cause=cause,
        title=title,
        domain="",
        sources=dict(sorted(by_source.items())),
        sites=tuple(sorted(by_site.items(), key=lambda at: (-at[1], at[0]))),
        cases=by_site.total(),
        findings=(),
        exits=(),
        entry=entry.uid if entry else "",
        state=entry.state if entry else "",
    )
