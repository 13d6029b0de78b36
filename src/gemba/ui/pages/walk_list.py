"""The list of assessments: its columns and filters."""

from __future__ import annotations

from gemba import wording
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames

TOPICS = frozenset({"assessment", "answer", "finding", "conclusion", "pack", "evidence", "report", "person"})
"""Nouns whose changes it shows."""


def shape(names: PlaceNames) -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="walks",
        title=wording.text("Walks"),
        counted=_counted,
        topics=TOPICS,
        sort="started_at",
        descending=True,
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Walk"),
                words=lambda line: line.title,
                under=lambda line: f"{line.number} · {line.place}",
                sort="title",
                width=260,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: terms.state(line.state),
                tone=lambda line: terms.state_tone(line.state),
                sort="state",
                width=124,
            ),
            Column(
                name="score",
                title=lambda: wording.text("Score"),
                words=lambda line: terms.percent(line.score),
                sort="score",
                width=84,
                number=True,
            ),
            Column(
                name="custody",
                title=lambda: wording.text("Headquarters"),
                words=lambda line: terms.custody_short(line.custody),
                tone=lambda line: terms.custody_tone(line.custody),
                width=150,
            ),
            Column(
                name="started_at",
                title=lambda: wording.text("Started"),
                words=lambda line: terms.day(line.started_at),
                sort="started_at",
                width=124,
            ),
            Column(
                name="due",
                title=lambda: wording.text("Due"),
                words=lambda line: terms.day(line.due),
                sort="due",
                width=124,
                hidden=True,
            ),
            Column(
                name="grade",
                title=lambda: wording.text("Grade"),
                words=lambda line: terms.outcome(line.kind, line.grade)[0],
                tone=lambda line: terms.outcome(line.kind, line.grade)[1],
                width=170,
                hidden=True,
            ),
            Column(
                name="findings",
                title=lambda: wording.text("Findings"),
                words=lambda line: str(line.findings or ""),
                width=96,
                number=True,
                hidden=True,
            ),
            Column(
                name="person",
                title=lambda: wording.text("Conducted by"),
                words=lambda line: line.person,
                width=150,
                hidden=True,
            ),
        ),
        filters=(
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="state", title=lambda: wording.text("State"), words=terms.state, fixed=("draft", "concluded")),
            Filter(name="kind", title=lambda: wording.text("Kind"), words=terms.kind),
            Filter(
                name="custody",
                title=lambda: wording.text("Headquarters"),
                words=terms.custody,
                fixed=("here", "sealed", "sent", "held", "elsewhere"),
            ),
        ),
    )


def _counted(count: int) -> str:
    return wording.plural("{count} walk", "{count} walks", count, count=terms.number(count))
