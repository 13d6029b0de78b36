"""The list of the registers' entries: its columns and filters."""

from __future__ import annotations

from gemba import wording
from gemba.kinds.registers.registry import ALL
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames

TOPICS = frozenset({"register_entry", "place", "measure", "frozen_baseline"})
"""Nouns whose changes the page shows."""


def register_title(code: str) -> str:
    """What people call a register; its code when a newer program keeps it."""
    return wording.text(ALL[code].title) if code in ALL else code


def state_title(register: str, state: str) -> str:
    """What people call a state."""
    found = ALL[register].state(state) if register in ALL else None
    return wording.text(found.title) if found else state


def state_tone(register: str, state: str) -> str:
    """Plain once nothing more is due."""
    found = ALL[register].state(state) if register in ALL else None
    return "plain" if found is None or found.is_over else "accent"


def entries(names: PlaceNames) -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="registers",
        title=wording.text("Entries"),
        counted=_counted,
        topics=TOPICS,
        sort="made_at",
        descending=True,
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Entry"),
                words=lambda line: line.title,
                under=lambda line: f"{line.number} · {register_title(line.register)}",
                sort="title",
                width=280,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: state_title(line.register, line.state),
                tone=lambda line: state_tone(line.register, line.state),
                width=130,
            ),
            Column(
                name="owner",
                title=lambda: wording.text("Owner"),
                words=lambda line: line.owner,
                sort="owner",
                width=150,
            ),
            Column(
                name="review_by",
                title=lambda: wording.text("Review by"),
                words=lambda line: terms.day(line.review_by) if line.review_by else "",
                sort="review_by",
                width=124,
            ),
            Column(name="place", title=lambda: wording.text("Place"), words=lambda line: line.place, hidden=True),
            Column(
                name="made_at",
                title=lambda: wording.text("Begun"),
                words=lambda line: terms.day(line.made_at),
                sort="made_at",
                hidden=True,
            ),
        ),
        filters=(
            Filter(name="register", title=lambda: wording.text("Register"), words=register_title, fixed=tuple(ALL)),
            Filter(name="state", title=lambda: wording.text("State"), words=_any_state),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
        ),
    )


def _any_state(code: str) -> str:
    """A state's title in the first register that has it."""
    return next((state_title(register.code, code) for register in ALL.values() if register.state(code)), code)


def _counted(count: int) -> str:
    return wording.plural("{count} entry", "{count} entries", count, count=terms.number(count))
