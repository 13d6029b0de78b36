"""The register of service levels as it stands today: three columns, and the worst gap first."""

from __future__ import annotations

from gemba.domain.goals import ServiceLevel
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.lines import Line
from gemba.store.reading import Reader
from gemba.work.gap_actions import with_actions
from gemba.work.goal_gap import Gap
from gemba.work.goal_gaps import service_gaps, weighed
from gemba.work.goal_register import GoalRegister
from gemba.work.goal_words import runs_out
from gemba.work.level_gaps import Standing, level_state, standing
from gemba.work.records import known


class LevelLine(Line, frozen=True, kw_only=True):
    """One service level; its id is its place in the register."""

    level: ServiceLevel
    goal: str
    """Code of the goal that it belongs to; empty for none."""
    place: str
    """Empty for the whole enterprise."""
    standing: Standing
    state: str
    remaining: str
    """When it runs out, in words."""
    is_overdue: bool
    """Its day of review has passed."""
    gaps: tuple[Gap, ...]

    @property
    def worst(self) -> float | None:
        """The widest of the three gaps, as a share; `None` when none is known."""
        return self.standing.gaps.worst


def level_lines(reader: Reader) -> tuple[LevelLine, ...]:
    """The service levels, the worst gap first, those of which no gap is known last."""
    register = GoalRegister(reader)
    wrong: dict[Uid, list[Gap]] = {}
    for gap in service_gaps(register):
        wrong.setdefault(gap.uid, []).append(gap)
    found = [(level, standing(level, register.values)) for level in register.levels]
    found.sort(key=lambda pair: (_weight(pair[1]), pair[0].title.casefold(), pair[0].uid))
    return tuple(
        LevelLine(
            id=at,
            uid=level.uid,
            level=level,
            goal=register.lines.code(level.goal)
            if level.goal is not None and level.goal in register.lines.goals
            else "",
            place=register.place_name(level.place),
            standing=told,
            state=level_state(level, register.today),
            remaining=runs_out(level.valid_to, register.today),
            is_overdue=level.review_by is not None and level.review_by < register.today,
            gaps=with_actions(reader, weighed(wrong.get(level.uid, []))),
        )
        for at, (level, told) in enumerate(found, 1)
    )


def level_line(reader: Reader, uid: Uid) -> LevelLine | None:
    """One service level; `None` for one that was retired.

    Raises:
        Refusal: there is none.
    """
    known(reader, ServiceLevel, uid)
    return next((line for line in level_lines(reader) if line.uid == uid), None)


def level_named(reader: Reader, words: str) -> ServiceLevel:
    """The service level that a person means: its uid, at least four letters of the beginning of it, or its title.

    Raises:
        Refusal: `work.unknown_level`, `work.level_not_unique`.
    """
    wanted = words.strip()
    every = [one for one in reader.find(ServiceLevel) if not one.retired]
    found = [one for one in every if wanted.casefold() in {one.uid, one.title.casefold()}]
    found = found or [one for one in every if len(wanted) >= 4 and one.uid.startswith(wanted.lower())]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal("work.level_not_unique", name=wanted[:80], uids=", ".join(one.uid for one in found))
    titles = ", ".join(sorted(one.title for one in every)[:12]) or "–"
    raise Refusal("work.unknown_level", name=wanted[:80], known=titles)


def _weight(told: Standing) -> tuple[bool, float]:
    worst = told.gaps.worst
    return worst is None, -(worst or 0.0)
