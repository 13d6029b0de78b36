"""Places and goals as the conclusion over audits tells of them: sites, the regions above them, goals by their code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from gemba.domain.goals import Goal
from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.store.alignment_counts import Tallies, Tally
from gemba.store.follow_cells import site_of
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.goals_in_force import lineage

BY = ("goal", "site", "region", "quarter")
"""What a conclusion may be told apart by."""
_COLUMNS = {"goal": "goal", "site": "place", "region": "place", "quarter": "quarter"}


class Scene:
    """Names and belongings, read once.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self.code_of: Mapping[Uid, str] = lineage(reader)
        self.goal_titles = _titles(reader.find(Goal), self.code_of)
        """By code the title of the latest version that is no adaptation."""
        self.places = {place.uid: place for place in reader.find(Place)}
        self.site_of: Mapping[Uid, Uid] = site_of(reader)

    @cached_property
    def region_of(self) -> dict[Uid, Uid]:
        """By place the nearest region at or above it; without one what stands at the top."""
        return {uid: self._region(uid) for uid in self.places}

    def goals(self, codes: tuple[str, ...]) -> tuple[Uid, ...] | None:
        """All versions and adaptations of some goals; `None` for all goals."""
        if not codes:
            return None
        return tuple(uid for uid, code in self.code_of.items() if code in codes)

    def group(self, by: str, value: str) -> str:
        """What a counted value belongs to."""
        if by == "goal":
            return self.code_of.get(value, value)
        if by == "site":
            return self.site_of.get(value, value)
        if by == "region":
            return self.region_of.get(value, value)
        return value

    def title(self, by: str, group: str) -> str:
        """What people call a group."""
        if by == "goal":
            return self.goal_titles.get(group, group)
        if by in ("site", "region"):
            place = self.places.get(group)
            return place.name if place is not None else text("A place that is not here")
        return group

    def grouped(self, counted: Tallies, by: tuple[str, ...]) -> Tallies:
        """What was counted by versions and places, by what these belong to (areas to their site)."""
        found: Tallies = {}
        known: list[dict[str, str]] = [{} for _ in by]
        for key, tally in counted.items():
            new = []
            for at, (name, value) in enumerate(zip(by, key, strict=True)):
                group = known[at].get(value)
                if group is None:
                    group = known[at][value] = self.group(name, value)
                new.append(group)
            whole = tuple(new)
            found[whole] = found.get(whole, Tally()) + tally
        return found

    def order(self, by: str, groups: set[str]) -> list[str]:
        """Groups as people look for them: goals by code, quarters in time, places by region and name."""
        if by in ("goal", "quarter"):
            return sorted(groups)
        if by == "region":
            return sorted(groups, key=lambda uid: (_natural(self.title(by, uid)), uid))
        return sorted(groups, key=lambda uid: (self._region_name(uid), _natural(self.title(by, uid)), uid))

    def _region_name(self, uid: Uid) -> tuple[tuple[str, int], ...]:
        region = self.region_of.get(uid, "")
        return _natural(self.title("region", region)) if region != uid else ()

    def _region(self, uid: Uid) -> Uid:
        at, seen = uid, {uid}
        while (place := self.places[at]).level is not Level.REGION:
            if place.parent is None or place.parent in seen or place.parent not in self.places:
                return at
            at = place.parent
            seen.add(at)
        return at


def _titles(goals: Iterable[Goal], code_of: Mapping[Uid, str]) -> dict[str, str]:
    found: dict[str, Goal] = {}
    for one in goals:
        code = code_of.get(one.uid, one.code)
        rank = (one.core is None, one.version)
        if code not in found or rank > (found[code].core is None, found[code].version):
            found[code] = one
    return {code: one.title for code, one in sorted(found.items())}


def columns_of(by: tuple[str, ...]) -> tuple[str, ...]:
    """What the store counts apart for it (`alignment_counts.BY`)."""
    return tuple(_COLUMNS[name] for name in by)


def _natural(words: str) -> tuple[tuple[str, int], ...]:
    """Words so that "Region 2" stands before "Region 10"."""
    parts, digits, letters = [], "", ""
    for sign in f"{words.casefold()} ":
        if sign.isdecimal() and sign.isascii():
            digits += sign
        elif digits:
            parts.append((letters, int(digits)))
            digits, letters = "", sign
        else:
            letters += sign
    return (*parts, (letters, -1))
