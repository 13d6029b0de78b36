"""Which version of which goal holds: on a day, at a place, with its regional adaptations."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gemba.domain.goals import Goal
from gemba.domain.record import Uid
from gemba.errors import Refusal

LONGEST_CODE = 40


def code_written(said: str) -> str:
    """A goal's code in its one form: small letters, and a hyphen where there were blanks.

    Raises:
        Refusal: `domain.goal_code` when it has no letter or digit, signs that a code cannot have, or is too long.
    """
    code = plain_code(said)
    letters = code.replace("-", "").replace(".", "")
    if not letters.isalnum() or len(code) > LONGEST_CODE:
        raise Refusal("domain.goal_code", said=said.strip()[: LONGEST_CODE + 1], longest=LONGEST_CODE)
    return code


def plain_code(said: str) -> str:
    """The same without a judgement: codes that came from elsewhere are compared in this form, too."""
    return "-".join(unicodedata.normalize("NFC", said).casefold().replace("_", " ").split())


def code_of_title(title: str) -> str:
    """A code made of a title: its letters and digits, cut between words; empty when it has none."""
    words = "".join(letter if letter.isalnum() else " " for letter in plain_code(title)).split()
    code = ""
    for word in words:
        longer = f"{code}-{word}".strip("-")
        if len(longer) > LONGEST_CODE:
            break
        code = longer
    return code or "".join(words[:1])[:LONGEST_CODE]


class Lines:
    """All goals, each version in its line: a goal of its own, or one adaptation, from its first version on.

    Args:
        goals: all versions and adaptations that there are, in any order. What they name may be missing, and may go
            round in a circle: laptops that did not know of each other made them.
    """

    def __init__(self, goals: Iterable[Goal]) -> None:
        self.goals: Mapping[Uid, Goal] = {one.uid: one for one in sorted(goals, key=lambda one: one.uid)}
        self._roots: dict[Uid, Uid] = {}
        for uid in self.goals:
            self._find_root(uid)
        found: dict[Uid, list[Goal]] = {}
        for one in self.goals.values():
            found.setdefault(self._roots[one.uid], []).append(one)
        self.lines: Mapping[Uid, tuple[Goal, ...]] = {
            root: tuple(sorted(versions, key=_rank)) for root, versions in found.items()
        }
        """The versions by the uid of the first one, the oldest version first."""
        self._cores = {root: self._core(root) for root in self.lines}
        self.adaptations: Mapping[Uid, tuple[Uid, ...]] = {
            root: tuple(one for one, core in self._cores.items() if core == root and one != root) for root in self.lines
        }
        """The lines that adapt a line."""

    def root(self, uid: Uid) -> Uid:
        """The first version of the line that a goal belongs to."""
        return self._roots[uid]

    def core(self, uid: Uid) -> Uid:
        """The first version of the goal that the line of this one adapts, however many adaptations lie between."""
        return self._cores[self._roots[uid]]

    def is_adaptation(self, uid: Uid) -> bool:
        """True where it adapts a goal that is here."""
        return self.core(uid) != self._roots[uid]

    def code(self, uid: Uid) -> str:
        """The code of a goal in its one form; an adaptation has that of the goal which it adapts."""
        return plain_code(self.goals[self.core(uid)].code)

    def version_on(self, root: Uid, day: date) -> Goal | None:
        """The version of a line that holds on a day: the latest that has begun, unless it has ended."""
        begun = [one for one in self.lines[root] if one.valid_from <= day]
        return begun[-1] if begun and not has_ended(begun[-1], day) else None

    def holding(self, places: Sequence[Uid], day: date) -> tuple[Goal, ...]:
        """The goals that hold at a place on a day, by code.

        Args:
            places: the place and all above it, the nearest first.
            day: any.
        """
        near = {place: at for at, place in enumerate(places)}
        held = [self._held(root, near, day) for root, core in self._cores.items() if root == core]
        found = [one for one in held if one is not None]
        return tuple(sorted(found, key=lambda one: (self.code(one.uid), one.uid)))

    def _held(self, root: Uid, near: Mapping[Uid, int], day: date) -> Goal | None:
        """What holds of a goal: its nearest adaptation, else the goal itself; nothing once the goal has ended."""
        core = self.version_on(root, day)
        if core is None or (core.place is not None and core.place not in near):
            return None
        adapted = [self.version_on(one, day) for one in self.adaptations[root]]
        here = [one for one in adapted if one is not None and (one.place is None or one.place in near)]
        if not here:
            return core
        return max(here, key=lambda one: (-_distance(one, near), one.valid_from, _rank(one)))

    def _core(self, root: Uid) -> Uid:
        seen = {root}
        at = root
        while True:
            above = next((one.core for one in reversed(self.lines[at]) if one.core in self.goals), None)
            if above is None:
                return at
            at = self._roots[above]
            if at in seen:  # a circle: the same one of it for all that stand in it
                return min(seen)
            seen.add(at)

    def _find_root(self, uid: Uid) -> None:
        """Go back from a version to the first one, or to one whose first one is known; a circle has its least uid."""
        way: dict[Uid, int] = {}
        at: Uid = uid
        while at not in self._roots and at not in way:
            way[at] = len(way)
            before = self.goals[at].replaces
            at = before if before is not None and before in self.goals else at
        first = self._roots.get(at) or min(one for one, step in way.items() if step >= way[at])
        self._roots.update(dict.fromkeys(way, first))


def has_ended(goal: Goal, day: date) -> bool:
    """True when a version no longer holds on a day: its last day has passed, or a person ended it."""
    expired = goal.valid_to is not None and goal.valid_to < day
    return expired or (goal.retired_on is not None and goal.retired_on <= day)


def _rank(goal: Goal) -> tuple[int, str, Uid]:
    return goal.version, goal.made_at.isoformat(), goal.uid


def _distance(goal: Goal, near: Mapping[Uid, int]) -> int:
    return len(near) if goal.place is None else near[goal.place]
