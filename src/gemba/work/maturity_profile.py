"""How far practices have come at each place, and where to begin: only levels with evidence count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.pains import weighed
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.kinds.registers.change import EVIDENCE, MATURITY, level_shown
from gemba.methods.maturity import LEVELS
from gemba.store import pain_counts
from gemba.store.follow_cells import site_of
from gemba.store.list_filters import places_below
from gemba.store.pain_counts import Within
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.linked import evidence
from gemba.work.register_view import as_declared

READY = 2
"""Level from which on a place is ready: its practices are written down and shown."""
DAYS = 182
"""So far back complaints are counted."""
BANDS = ("high", "medium", "low")
"""Of impact: each holds a third of the places."""


class Practice(msgspec.Struct, frozen=True):
    """One practice at one place, by its newest look."""

    title: str
    claimed: int
    shown: int
    """The level that counts."""
    lost: tuple[str, ...]
    """Links that were evidence and are no more: erased, taken away, or not here."""
    judged_on: date
    entry: Uid


class PlaceProfile(msgspec.Struct, frozen=True, kw_only=True):
    """One place."""

    place: Uid
    """Empty for what was judged of the organisation as a whole."""
    name: str
    practices: tuple[Practice, ...]
    staged: int
    """The lowest level of all its practices: no strength can average a weakness away."""
    complaints: int
    weight: int
    """Complaints x weight of their severity in the last half year."""
    band: str
    """Of impact, one of `BANDS`; empty for the organisation as a whole."""
    turn: int
    """In which order the roll-out might go; 0 for the organisation as a whole."""
    choice: str
    """`begin` (high impact, ready), `prepare` (high impact, not ready), `follow` (ready) or `later`."""


class MaturityProfile(msgspec.Struct, frozen=True):
    """All places that were judged."""

    practices: tuple[str, ...]
    places: tuple[PlaceProfile, ...]
    unjudged: tuple[tuple[Uid, str, int], ...]
    """Sites with complaints that nobody has judged: uid, name and weight, the heaviest first."""


def maturity_profile(desk: Desk, place: Uid | None = None) -> MaturityProfile:
    """How far practices have come.

    Args:
        desk: who asks, where.
        place: only this place and those below.
    """
    with desk.reader() as reader:
        below = set(places_below(reader, (place,))) if place else None
        entries = [
            entry
            for entry in as_declared(reader, MATURITY)
            if entry.state != "replaced" and (below is None or entry.place in below)
        ]
        names = {each.uid: each.name for each in reader.find(Place)}
        counts = evidence(reader, [entry.fields.get(code, "") for entry in entries for code in EVIDENCE])
        impacts = _impacts(reader, place)
    by_place = _by_place(entries, counts)
    bands = bands_of({uid: impacts.get(uid, (0, 0))[1] for uid in by_place if uid})
    found = [_profile(uid, names.get(uid, ""), some, impacts.get(uid, (0, 0)), bands) for uid, some in by_place.items()]
    titles = dict.fromkeys(one.title for each in found for one in each.practices)
    rest = [(uid, names.get(uid, ""), weight) for uid, (_, weight) in impacts.items() if uid and uid not in by_place]
    return MaturityProfile(
        tuple(sorted(titles, key=str.casefold)),
        _in_turn(found),
        tuple(sorted(rest, key=lambda one: (-one[2], one[1]))),
    )


def bands_of(weights: Mapping[Uid, int]) -> dict[Uid, str]:
    """The band of impact of every place: thirds by weight; equal weights share the higher band, none is low."""
    ordered = sorted(weights.values(), reverse=True)
    found = {}
    for uid, weight in weights.items():
        place = ordered.index(weight)
        found[uid] = BANDS[place * len(BANDS) // len(ordered)] if weight else BANDS[-1]
    return found


def _by_place(entries: Sequence[RegisterEntry], counts: frozenset[str]) -> dict[Uid, list[Practice]]:
    """The newest look at every practice, by place."""
    newest: dict[tuple[Uid, str], RegisterEntry] = {}
    for entry in sorted(entries, key=lambda one: (one.fields.get("judged_on", ""), one.made_at)):
        newest[entry.place or "", entry.title.strip().casefold()] = entry
    titles: dict[str, str] = {}
    found: dict[Uid, list[Practice]] = {}
    for (place, key), entry in sorted(newest.items()):
        named = titles.setdefault(key, entry.title.strip())
        found.setdefault(place, []).append(_practice(named, entry, counts))
    return found


def _practice(title: str, entry: RegisterEntry, counts: frozenset[str]) -> Practice:
    said = [entry.fields[code] for code in EVIDENCE if entry.fields.get(code)]
    return Practice(
        title,
        int(entry.fields.get("level") or 0),
        level_shown(entry.fields, counts),
        tuple(link for link in said if link not in counts),
        date.fromisoformat(entry.fields["judged_on"]),
        entry.uid,
    )


def _impacts(reader: Reader, place: Uid | None) -> dict[Uid, tuple[int, int]]:
    """Complaints and their weight of the last half year, by site."""
    today = reader.clock().date()
    meant = Within(place, today - timedelta(days=DAYS - 1), today)
    sites = site_of(reader)
    found: dict[Uid, tuple[int, int]] = {}
    for (_, where, severity), n in pain_counts.complaints_by_place(reader, meant, Facet.STEP).items():
        at = sites.get(where or "", "")
        count, weight = found.get(at, (0, 0))
        found[at] = count + n, weight + weighed({severity: n})
    return found


def _profile(
    uid: Uid, name: str, practices: Sequence[Practice], impact: tuple[int, int], bands: Mapping[Uid, str]
) -> PlaceProfile:
    staged = min(one.shown for one in practices)
    band = bands.get(uid, "")
    return PlaceProfile(
        place=uid,
        name=name,
        practices=tuple(practices),
        staged=staged,
        complaints=impact[0] if uid else 0,
        weight=impact[1] if uid else 0,
        band=band,
        turn=0,
        choice=choice(band, staged) if band else "",
    )


def choice(band: str, staged: int) -> str:
    """What the grid says of a place of this impact and this level."""
    if staged >= READY:
        return "begin" if band == BANDS[0] else "follow"
    return "prepare" if band == BANDS[0] else "later"


def _in_turn(found: Sequence[PlaceProfile]) -> tuple[PlaceProfile, ...]:
    """By impact, then readiness, then weight; the organisation as a whole last."""
    places = [each for each in found if each.place]
    places.sort(key=lambda each: (BANDS.index(each.band), -each.staged, -each.weight, each.name))
    numbered = [msgspec.structs.replace(each, turn=at) for at, each in enumerate(places, 1)]
    return (*numbered, *(each for each in found if not each.place))


HIGHEST = len(LEVELS) - 1
"""The highest level there is."""
