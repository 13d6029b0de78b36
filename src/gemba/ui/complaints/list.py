"""The list of complaints: its columns and filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from gemba import wording
from gemba.domain.vocabularies import Facet
from gemba.ui import terms
from gemba.ui.complaints import names as said
from gemba.ui.complaints.names import Codes
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames

TOPICS = frozenset({"complaint", "clock_pause", "complaint_lot"})
"""Nouns whose changes it shows."""


def shape(names: PlaceNames, codes: Codes) -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="complaints",
        title=wording.text("Complaints"),
        counted=_counted,
        topics=TOPICS,
        sort="received_at",
        descending=True,
        columns=(*_first_columns(codes), *(_code_column(facet, codes) for facet in Facet), *_hidden_columns()),
        filters=(
            Filter(
                name="clock",
                title=lambda: wording.text("Clock"),
                words=said.clock,
                fixed=("overdue", "due_soon", "running", "paused"),
            ),
            Filter(
                name="state",
                title=lambda: wording.text("State"),
                words=said.state,
                fixed=(
                    "received",
                    "acknowledged",
                    "assessed",
                    "investigating",
                    "decided",
                    "told",
                    "closed",
                    "reopened",
                ),
            ),
            Filter(
                name="severity",
                title=lambda: wording.text("Severity"),
                words=said.severity,
                fixed=("critical", "high", "medium", "low"),
            ),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="received", title=lambda: wording.text("Received"), words=said.received),
            *(
                _code_filter(facet, codes)
                for facet in (Facet.STEP, Facet.CAUSE, Facet.PRODUCT, Facet.CHANNEL, Facet.SEGMENT)
            ),
            Filter(name="source", title=lambda: wording.text("Source"), words=_or_not),
        ),
    )


def _said(codes: Codes, line: Any) -> str:
    """What was said; of a complaint that came without words what it is about."""
    about = (codes.title(facet, getattr(line, facet)) for facet in (Facet.CAUSE, Facet.STEP, Facet.PRODUCT))
    words: str = line.text.replace("\n", " ") or " · ".join(filter(None, about))
    return words or wording.text("Without words")


def _first_columns(codes: Codes) -> tuple[Column, ...]:
    return (
        Column(
            name="text",
            title=lambda: wording.text("Complaint"),
            words=partial(_said, codes),
            under=lambda line: " · ".join(filter(None, (line.number, line.place))),
            width=220,
        ),
        Column(
            name="severity",
            title=lambda: wording.text("Severity"),
            words=lambda line: said.severity(line.severity),
            tone=lambda line: said.severity_tone(line.severity),
            sort="severity",
            width=100,
        ),
        Column(
            name="state",
            title=lambda: wording.text("State"),
            words=lambda line: said.state(line.state),
            tone=lambda line: said.state_tone(line.state),
            sort="state",
            width=140,
        ),
        Column(
            name="clock",
            title=lambda: wording.text("Tell by"),
            words=said.clock_of,
            tone=said.clock_of_tone,
            sort="due_at",
            width=124,
        ),
        Column(
            name="received_at",
            title=lambda: wording.text("Received"),
            words=lambda line: terms.day(line.received_at),
            sort="received_at",
            width=118,
        ),
    )


def _code_column(facet: Facet, codes: Codes) -> Column:
    return Column(
        name=facet.value,
        title=partial(said.facet, facet.value),
        words=lambda line: codes.title(facet, getattr(line, facet.value)),
        sort=facet.value,
        width=150,
        hidden=True,
    )


def _hidden_columns() -> tuple[Column, ...]:
    return (
        Column(name="owner", title=lambda: wording.text("Owner"), words=lambda line: line.owner, hidden=True),
        Column(
            name="number",
            title=lambda: wording.text("Number"),
            words=lambda line: line.number,
            sort="number",
            hidden=True,
        ),
        Column(
            name="place", title=lambda: wording.text("Place"), words=lambda line: line.place, sort="place", hidden=True
        ),
        Column(name="source", title=lambda: wording.text("Source"), words=lambda line: line.source, hidden=True),
    )


def _code_filter(facet: Facet, codes: Codes) -> Filter:
    return Filter(
        name=facet.value,
        title=partial(said.facet, facet.value),
        words=partial(_or_not, said=partial(codes.title, facet)),
    )


def _or_not(value: str, said: Callable[[str], str] = str) -> str:
    """A value that is meant, or (`!value`) one that is not."""
    code = value.removeprefix("!")
    words = said(code) or wording.text("Not said")
    return wording.text("not {words}", words=words) if value.startswith("!") else words


def _counted(count: int) -> str:
    return wording.plural("{count} complaint", "{count} complaints", count, count=terms.number(count))
