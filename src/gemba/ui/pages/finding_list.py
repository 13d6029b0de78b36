"""The list of findings: its columns and filters."""

from __future__ import annotations

from gemba import wording
from gemba.domain.findings import FindingGrade, FindingState
from gemba.store.lines import FindingLine
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames

TOPICS = frozenset({"finding", "action", "evidence", "person"})
"""Nouns whose changes it shows."""


def shape(names: PlaceNames) -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="findings",
        title=wording.text("Findings"),
        counted=_counted,
        topics=TOPICS | {"assessment"},
        sort="raised_at",
        descending=True,
        columns=(
            Column(
                name="text",
                title=lambda: wording.text("Finding"),
                words=lambda line: line.text,
                under=_under,
                width=280,
            ),
            Column(
                name="grade",
                title=lambda: wording.text("Grade"),
                words=lambda line: terms.finding_grade(line.grade),
                tone=lambda line: terms.finding_grade_tone(line.grade),
                sort="grade",
                width=192,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: terms.state(line.state),
                tone=lambda line: terms.state_tone(line.state),
                sort="state",
                width=104,
            ),
            Column(
                name="raised_at",
                title=lambda: wording.text("Raised"),
                words=lambda line: terms.day(line.raised_at),
                sort="raised_at",
                width=124,
            ),
            Column(
                name="contained",
                title=lambda: wording.text("Done at once"),
                words=contained_words,
                tone=lambda line: "good" if line.contained else "poor",
                width=132,
            ),
            Column(
                name="actions_open",
                title=lambda: wording.text("Open actions"),
                words=lambda line: str(line.actions_open or ""),
                width=116,
                number=True,
                hidden=True,
            ),
            Column(
                name="photos",
                title=lambda: wording.text("Photos"),
                words=lambda line: str(line.photos or ""),
                width=90,
                number=True,
                hidden=True,
            ),
            Column(
                name="criterion",
                title=lambda: wording.text("Should have been"),
                words=lambda line: line.criterion,
                width=240,
                hidden=True,
            ),
            Column(
                name="walk",
                title=lambda: wording.text("Walk"),
                words=lambda line: line.assessment_title,
                width=200,
                hidden=True,
            ),
            Column(name="person", title=lambda: wording.text("By"), words=lambda line: line.person, hidden=True),
        ),
        filters=(
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="state", title=lambda: wording.text("State"), words=terms.state, fixed=("open", "closed")),
            Filter(
                name="grade",
                title=lambda: wording.text("Grade"),
                words=terms.finding_grade,
                fixed=("major", "minor", "opportunity", "conformity", "good_practice"),
            ),
        ),
    )


def _counted(count: int) -> str:
    return wording.plural("{count} finding", "{count} findings", count, count=terms.number(count))


def _under(line: FindingLine) -> str:
    """Number and place, and that it is not contained where that stands out."""
    missing = "" if line.contained else contained_words(line)
    return " · ".join(part for part in (line.number, missing, line.place) if part)


def contained_words(line: FindingLine) -> str:
    """Whether it is contained; of the others only major findings that are open stand out."""
    if line.contained:
        return wording.text("Contained")
    missing = line.grade == FindingGrade.MAJOR and line.state == FindingState.OPEN
    return wording.text("Not contained") if missing else ""
