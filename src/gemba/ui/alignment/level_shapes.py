"""The list of service levels: three columns, and the worst gap first."""

from __future__ import annotations

from gemba import wording
from gemba.ui import terms
from gemba.ui.alignment.goal_shapes import TOPICS
from gemba.ui.alignment.lines_source import LinesSource
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work.desk import Desk
from gemba.work.goal_words import amount, gap_title, state_title, state_tone
from gemba.work.level_facts import LevelLine, level_lines
from gemba.work.level_gaps import worst_told

_GAPS = ("promise_short", "delivery_short", "no_owner", "review_overdue", "not_asked", "not_known", "expired")
_STATES = ("in_force", "later", "expired")


def level_source(desk: Desk) -> LinesSource:
    """The service levels, the worst gap first."""
    return LinesSource(
        desk,
        level_lines,
        words=lambda line: f"{line.level.title} {sides(line)} {line.level.owner} {line.goal} {line.place}",
        filters={
            "gap": lambda line: tuple({gap.code for gap in line.gaps}),
            "state": lambda line: (line.state,),
            "goal": lambda line: (line.goal,) if line.goal else (),
            "place": lambda line: (line.level.place,) if line.level.place else (),
        },
        sorts={
            "title": lambda line: line.level.title.casefold(),
            "gap": lambda line: (line.worst is None, -(line.worst or 0.0)),
            "review_by": lambda line: (line.level.review_by is None, line.level.review_by or line.level.valid_from),
        },
    )


def sides(line: LevelLine) -> str:
    """Who delivers, and to whom."""
    return f"{line.level.provider} → {line.level.customer}"


def review_words(line: LevelLine) -> str:
    """When it is looked at again; that it is overdue."""
    day = terms.day(line.level.review_by)
    return wording.text("overdue: {day}", day=day) if line.is_overdue else day


def levels(names: PlaceNames) -> Shape:
    """The register of service levels as a list."""
    return Shape(
        name="levels",
        title=wording.text("Service levels"),
        counted=lambda n: wording.plural("{count} service level", "{count} service levels", n, count=terms.number(n)),
        topics=TOPICS,
        sort="gap",
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Service level"),
                words=lambda line: line.level.title,
                under=sides,
                sort="title",
                width=220,
            ),
            Column(
                name="gap",
                title=lambda: wording.text("Worst gap"),
                words=lambda line: worst_told(line.standing)[0],
                tone=lambda line: worst_told(line.standing)[1],
                sort="gap",
                width=124,
            ),
            Column(
                name="promised",
                title=lambda: wording.text("Promised"),
                words=lambda line: amount(line.level.promised, line.level.unit),
                width=92,
                number=True,
            ),
            Column(
                name="expected",
                title=lambda: wording.text("Expected"),
                words=lambda line: amount(line.level.expected, line.level.unit),
                width=92,
                number=True,
            ),
            Column(
                name="achieved",
                title=lambda: wording.text("Achieved"),
                words=lambda line: amount(line.standing.achieved, line.level.unit),
                width=92,
                number=True,
            ),
            Column(
                name="review_by",
                title=lambda: wording.text("Review by"),
                words=review_words,
                tone=lambda line: "fair" if line.is_overdue else "",
                sort="review_by",
                width=150,
            ),
            Column(
                name="owner",
                title=lambda: wording.text("Owner"),
                words=lambda line: line.level.owner or wording.text("No owner"),
                tone=lambda line: "" if line.level.owner else "poor",
                width=120,
                hidden=True,
            ),
            Column(
                name="goal",
                title=lambda: wording.text("Goal"),
                words=lambda line: line.goal or "–",
                width=120,
                hidden=True,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: line.remaining or state_title(line.state),
                tone=lambda line: state_tone(line.state),
                width=150,
                hidden=True,
            ),
        ),
        filters=(
            Filter(name="gap", title=lambda: wording.text("To mend"), words=gap_title, fixed=_GAPS),
            Filter(name="goal", title=lambda: wording.text("Goal")),
            Filter(name="state", title=lambda: wording.text("State"), words=state_title, fixed=_STATES),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
        ),
    )
