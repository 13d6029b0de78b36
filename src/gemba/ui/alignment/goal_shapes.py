"""The list of goals: its columns, filters and order, and where its lines come from."""

from __future__ import annotations

from collections.abc import Sequence

from gemba import wording
from gemba.store.reading import Reader
from gemba.ui import terms
from gemba.ui.alignment.lines_source import LinesSource
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work.desk import Desk
from gemba.work.goal_facts import GoalLine, goal_lines
from gemba.work.goal_register import GoalRegister
from gemba.work.goal_words import gap_title, state_title, state_tone

TOPICS = frozenset({"action", "goal", "requirement", "service_level", "measure", "measure_value", "place"})
_STATES = ("in_force", "ending", "later", "expired", "core_ended", "retired")
_SORTS = ("goal", "adaptation")
_GAPS = ("no_owner", "no_requirement", "unmet", "no_measure", "no_target", "expired", "overlap", "code_twice")


def goal_source(desk: Desk) -> LinesSource:
    """The goals and adaptations, by code, each goal before its adaptations."""
    held: dict[str, list[str]] = {}

    def read(reader: Reader) -> Sequence[GoalLine]:
        """The lines, and at which places each holds today."""
        register = GoalRegister(reader)
        found: dict[str, list[str]] = {}
        for place in register.places:
            for root in register.at_place(place, register.today):
                found.setdefault(register.now(root).uid, []).append(place)
        held.clear()
        held.update(found)
        return goal_lines(reader)

    return LinesSource(
        desk,
        read,
        words=lambda line: f"{line.code} {line.goal.title} {line.goal.statement} {line.goal.owner} {line.place}",
        filters={
            "state": lambda line: (line.state,),
            "sort": lambda line: ("adaptation" if line.is_adaptation else "goal",),
            "place": lambda line: held.get(line.uid, ()),
            "gap": lambda line: tuple({gap.code for gap in line.gaps}),
        },
        sorts={
            "title": lambda line: line.goal.title.casefold(),
            "owner": lambda line: (line.goal.owner == "", line.goal.owner.casefold()),
            "state": lambda line: _STATES.index(line.state),
            "gaps": lambda line: -_weight(line),
        },
        uids=lambda line: line.versions,
    )


def sort_title(code: str) -> str:
    """What a line is."""
    return wording.text("Adaptation") if code == "adaptation" else wording.text("Goal")


def gap_badge(line: GoalLine) -> str:
    """What is wrong in a word or two: the heaviest, and how many more."""
    if not line.gaps:
        return ""
    first = gap_title(line.gaps[0].code)
    return first if len(line.gaps) == 1 else f"{first} +{len(line.gaps) - 1}"


def tree_words(line: GoalLine) -> str:
    """How many of its requirements are met."""
    return f"{line.met}/{line.requirements}" if line.requirements else "–"


def goals(names: PlaceNames) -> Shape:
    """The register of goals as a list."""
    return Shape(
        name="goals",
        title=wording.text("Goals"),
        counted=lambda n: wording.plural("{count} entry", "{count} entries", n, count=terms.number(n)),
        topics=TOPICS,
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Goal"),
                words=lambda line: line.goal.title,
                under=lambda line: " · ".join(part for part in (line.code, line.place) if part),
                sort="title",
                width=220,
            ),
            Column(
                name="gaps",
                title=lambda: wording.text("To mend"),
                words=gap_badge,
                tone=lambda line: line.gaps[0].tone if line.gaps else "",
                sort="gaps",
                width=150,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: line.remaining or state_title(line.state),
                tone=lambda line: state_tone(line.state),
                sort="state",
                width=176,
            ),
            Column(
                name="met",
                title=lambda: wording.text("Met"),
                words=tree_words,
                width=62,
                number=True,
            ),
            Column(
                name="owner",
                title=lambda: wording.text("Owner"),
                words=lambda line: line.goal.owner or "–",
                sort="owner",
                width=120,
            ),
            Column(
                name="version",
                title=lambda: wording.text("Version"),
                words=lambda line: str(line.goal.version),
                width=80,
                number=True,
                hidden=True,
            ),
            Column(
                name="valid_from",
                title=lambda: wording.text("Valid from"),
                words=lambda line: terms.day(line.goal.valid_from),
                width=124,
                hidden=True,
            ),
        ),
        filters=(
            Filter(name="state", title=lambda: wording.text("State"), words=state_title, fixed=_STATES),
            Filter(name="gap", title=lambda: wording.text("To mend"), words=gap_title, fixed=_GAPS),
            Filter(name="sort", title=lambda: wording.text("What it is"), words=sort_title, fixed=_SORTS),
            Filter(name="place", title=lambda: wording.text("Holds at"), words=names.name),
        ),
    )


def _weight(line: GoalLine) -> int:
    return sum({"poor": 100, "fair": 10}.get(gap.tone, 1) for gap in line.gaps)
