"""One expected walk as a row: window, who, how it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gemba import wording
from gemba.domain.leader_walks import Expected, WalkState
from gemba.ui import terms
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.shapes import capital
from gemba.ui.walks.shapes import TONES
from gemba.work.walk_plan import PlannedWalk
from gemba.work.walk_words import open_state_words, who_words


def planned_row(one: PlannedWalk, parent: QWidget) -> QWidget:
    """A quiet row within the card of a route."""
    row = QFrame(parent)
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(8)
    across.addWidget(Words(window(one.expected), parent=row))
    across.addWidget(Words(who_words(one), tone="muted", wrap=True, parent=row), 1)
    across.addWidget(Badge(*badge(one), row), 0, Qt.AlignmentFlag.AlignTop)
    return row


def planned_link(one: PlannedWalk, go: Callable[..., None], *, name: str, parent: QWidget | None = None) -> LinkRow:
    """A row that leads to the route, from where it is walked."""
    under = " · ".join(part for part in (window(one.expected), who_words(one), one.place) if part)
    to = ("walks", f"routes:{one.route}")
    return LinkRow(one.title, under, name=name, icon="route", badge=badge(one), go=go, to=to, parent=parent)


def badge(one: PlannedWalk) -> tuple[str, str]:
    """How it stands, as a badge."""
    return capital(open_state_words(one)), TONES[WalkState(one.state)]


def window(one: Expected) -> str:
    """Day, or first and last day of the window, with the time where there is one."""
    days = terms.day(one.on) if one.due == one.on else f"{terms.day(one.on)} – {terms.day(one.due)}"
    return wording.text("{days}, {time}", days=days, time=f"{one.begins.astimezone():%H:%M}") if one.begins else days
