"""The list of routes, and the tones of expected walks."""

from __future__ import annotations

from gemba import wording
from gemba.domain.leader_walks import WalkState
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames

ROUTE_TOPICS = frozenset({"route", "route_stop", "schedule"})
WALK_TOPICS = ROUTE_TOPICS | {"assessment"}
TONES = {
    WalkState.AHEAD: "plain",
    WalkState.DUE: "note",
    WalkState.IN_WINDOW: "good",
    WalkState.STOOD_IN: "accent",
    WalkState.LATE: "fair",
    WalkState.MISSED: "poor",
}
"""Of the states of expected walks."""


def routes(names: PlaceNames) -> Shape:
    """What the list of routes shows."""
    return Shape(
        name="routes",
        title=wording.text("Routes"),
        counted=lambda n: wording.plural("{count} route", "{count} routes", n, count=n),
        topics=ROUTE_TOPICS | {"place"},
        sort="title",
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Route"),
                words=lambda line: line.title,
                under=lambda line: line.place,
                sort="title",
                width=260,
            ),
            Column(name="layer", title=lambda: wording.text("Layer"), words=lambda line: line.layer, width=150),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: wording.text("Out of use") if line.retired else wording.text("In use"),
                tone=lambda line: "plain" if line.retired else "good",
                width=110,
            ),
        ),
        filters=(
            Filter(name="layer", title=lambda: wording.text("Layer")),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="retired", title=lambda: wording.text("Out of use"), words=_yes_no, fixed=("no", "yes")),
        ),
    )


def _yes_no(code: str) -> str:
    return wording.text("Yes") if code == "yes" else wording.text("No")
