"""The walks behind the numbers of leaders' standard work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gemba import wording
from gemba.domain.leader_walks import WalkState
from gemba.domain.record import Uid
from gemba.ui.lineage.behind import Behind, Part, parts
from gemba.ui.rotations.shapes import capital
from gemba.ui.walks.planned_row import window
from gemba.work.walk_adherence import AdherenceLine, share_words
from gemba.work.walk_plan import PlannedWalk
from gemba.work.walk_words import walk_state_words

COLUMNS: tuple[tuple[WalkState, ...], ...] = (
    (WalkState.IN_WINDOW, WalkState.STOOD_IN, WalkState.LATE, WalkState.MISSED),
    *((state,) for state in (WalkState.IN_WINDOW, WalkState.STOOD_IN, WalkState.LATE, WalkState.MISSED)),
)
"""What the columns of numbers count, in their order; a share is of the first."""


def behind_walks(number: str, title: str, walks: Sequence[PlannedWalk]) -> Behind:
    """These walks, apart by how they stand; one that was not walked is told by its route and day."""
    by: dict[WalkState, list[tuple[str, Uid]]] = {}
    words = {}
    for one in walks:
        record = _record(one)
        words[record[1]] = " · ".join(filter(None, (one.title, one.who, window(one.expected), one.place)))
        by.setdefault(WalkState(one.state), []).append(record)
    told = [Part(capital(walk_state_words(state)), tuple(found), words) for state, found in by.items()]
    return parts(number, title, *told)


def of_line(line: AdherenceLine, walks: Sequence[PlannedWalk], *, held: bool) -> dict[int, Behind]:
    """What is behind each number of a line, by column."""
    row = {}
    for at, states in enumerate(COLUMNS, 1):
        found = _in(walks, states)
        row[at] = behind_walks(str(len(found)), line.title, found)
    share = behind_walks(share_words(line.whole, held=held), line.title, _in(walks, COLUMNS[0]))
    return {**row, len(COLUMNS) + 1: share} if line.whole.counted else row


def lines_behind(
    lines: Sequence[AdherenceLine], walks: Sequence[PlannedWalk], key: Callable[[PlannedWalk], str], *, held: bool
) -> list[dict[int, Behind]]:
    """The same for all lines of a table."""
    return [of_line(line, [one for one in walks if key(one) == line.key], held=held) for line in lines]


def whole(walks: Sequence[PlannedWalk]) -> list[Behind]:
    """The numbers above the table: expected so far, and what became of it."""
    titles = (wording.text("expected so far"), *(walk_state_words(states[0]) for states in COLUMNS[1:]))
    found = [_in(walks, states) for states in COLUMNS]
    return [behind_walks(str(len(some)), title, some) for some, title in zip(found, titles, strict=True)]


def _in(walks: Sequence[PlannedWalk], states: Sequence[WalkState]) -> list[PlannedWalk]:
    return [one for one in walks if one.state in states]


def _record(one: PlannedWalk) -> tuple[str, Uid]:
    walked = one.standing.walked
    return ("assessment", walked.assessment) if walked is not None else ("route", f"{one.route}#{one.expected.ruled}")
