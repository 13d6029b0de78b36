"""The list of checklists: its columns and filters."""

from __future__ import annotations

from gemba import wording
from gemba.store.lines import TemplateLine
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape

TOPICS = frozenset({"template"})
"""Nouns whose changes it shows."""


def shape() -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="library",
        title=wording.text("Checklists"),
        counted=_counted,
        topics=TOPICS | {"assessment"},
        sort="title",
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Checklist"),
                words=lambda line: line.title,
                under=_version,
                sort="title",
                width=280,
            ),
            Column(
                name="kind",
                title=lambda: wording.text("Kind"),
                words=lambda line: terms.kind(line.kind),
                tone=lambda _: "accent",
                sort="kind",
                width=190,
            ),
            Column(
                name="questions",
                title=lambda: wording.text("Questions"),
                words=lambda line: str(line.questions),
                sort="questions",
                width=104,
                number=True,
            ),
            Column(
                name="used",
                title=lambda: wording.text("Walks"),
                words=lambda line: str(line.used or ""),
                width=84,
                number=True,
            ),
            Column(
                name="imported_at",
                title=lambda: wording.text("Imported"),
                words=lambda line: terms.day(line.imported_at),
                sort="imported_at",
                width=124,
                hidden=True,
            ),
            Column(
                name="languages",
                title=lambda: wording.text("Languages"),
                words=lambda line: ", ".join(line.languages),
                width=180,
                hidden=True,
            ),
        ),
        filters=(Filter(name="kind", title=lambda: wording.text("Kind"), words=terms.kind),),
    )


def _counted(count: int) -> str:
    return wording.plural("{count} checklist", "{count} checklists", count, count=terms.number(count))


def _version(line: TemplateLine) -> str:
    return wording.text("Version {version}", version=line.version) if line.version else ""
