"""The list of packs: its columns and filters."""

from __future__ import annotations

from gemba import wording
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape

TOPICS = frozenset({"pack"})
"""Nouns whose changes it shows."""
_STATES = ("sealed", "sent", "held")


def shape() -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="packs",
        title=wording.text("Packs"),
        counted=_counted,
        topics=TOPICS,
        sort="sealed_at",
        descending=True,
        columns=(
            Column(
                name="sealed_at",
                title=lambda: wording.text("Pack"),
                words=lambda line: terms.moment(line.sealed_at),
                under=lambda line: line.sha256[:16],
                sort="sealed_at",
                width=190,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: terms.custody(line.state),
                tone=lambda line: terms.custody_tone(line.state),
                sort="state",
                width=180,
                says=lambda: tuple(terms.custody(code) for code in _STATES),
            ),
            Column(
                name="operations",
                title=lambda: wording.text("Changes"),
                words=lambda line: terms.number(line.operations),
                width=94,
                number=True,
            ),
            Column(
                name="size",
                title=lambda: wording.text("Size"),
                words=lambda line: terms.size(line.size),
                sort="size",
                width=94,
                number=True,
            ),
            Column(
                name="blobs",
                title=lambda: wording.text("Files"),
                words=lambda line: terms.number(line.blobs),
                width=84,
                number=True,
                hidden=True,
            ),
        ),
        filters=(Filter(name="state", title=lambda: wording.text("State"), words=terms.custody, fixed=_STATES),),
    )


def _counted(count: int) -> str:
    return wording.plural("{count} pack", "{count} packs", count, count=terms.number(count))
