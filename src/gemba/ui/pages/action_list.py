"""The list of actions: its columns and filters."""

from __future__ import annotations

from datetime import datetime

from gemba import wording
from gemba.domain.actions import ActionState
from gemba.store.lines import ActionLine
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames

TOPICS = frozenset({"action", "effect_check", "finding"})
"""Nouns whose changes it shows."""


def shape(names: PlaceNames) -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="actions",
        title=wording.text("Actions"),
        counted=_counted,
        topics=TOPICS,
        sort="due",
        columns=(
            Column(
                name="text",
                title=lambda: wording.text("Action"),
                words=lambda line: line.text,
                under=_under,
                width=280,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: terms.state(line.state),
                tone=lambda line: terms.state_tone(line.state),
                sort="state",
                width=120,
            ),
            Column(
                name="due",
                title=lambda: wording.text("Due"),
                words=lambda line: terms.day(line.due),
                sort="due",
                width=124,
            ),
            Column(
                name="owner",
                title=lambda: wording.text("Owner"),
                words=lambda line: line.owner,
                sort="owner",
                width=160,
            ),
            Column(
                name="sort",
                title=lambda: wording.text("Sort"),
                words=lambda line: terms.action_sort(line.sort),
                width=150,
                hidden=True,
            ),
            Column(
                name="finding",
                title=lambda: wording.text("Finding"),
                words=lambda line: line.finding_text,
                width=240,
                hidden=True,
            ),
            Column(
                name="done_at",
                title=lambda: wording.text("Done"),
                words=lambda line: terms.day(line.done_at),
                width=124,
                hidden=True,
            ),
        ),
        filters=(
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(
                name="state", title=lambda: wording.text("State"), words=terms.state, fixed=("overdue", "open", "done")
            ),
            Filter(name="owner", title=lambda: wording.text("Owner")),
            Filter(name="resting", title=lambda: wording.text("Rest"), words=_resting, fixed=("no", "yes")),
        ),
    )


def _counted(count: int) -> str:
    return wording.plural("{count} action", "{count} actions", count, count=terms.number(count))


def _under(line: ActionLine) -> str:
    parts = [line.number, line.place]
    today = datetime.now().astimezone().date()
    if line.snoozed_until is not None and line.snoozed_until > today and line.state != ActionState.DONE:
        parts.append(wording.text("rests until {day}", day=terms.day(line.snoozed_until)))
    return " · ".join(parts)


def _resting(code: str) -> str:
    return wording.text("Rests") if code == "yes" else wording.text("Does not rest")
