"""The lists of rotations and of promises: their columns and filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemba import wording
from gemba.domain.rotations import RotationState
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work.rotation_words import (
    PROMISE_STATES,
    PROMISE_TONES,
    ROTATION_TONES,
    promise_state_words,
    rotation_state_words,
)

ROTATION_TOPICS = frozenset({"rotation"})
PROMISE_TOPICS = frozenset({"commitment"})


def capital(words: str) -> str:
    """Words as they stand alone."""
    return words[:1].upper() + words[1:]


def rotation_state(code: str) -> str:
    """A state of a rotation as a list shows it."""
    return capital(rotation_state_words(code))


def rotation_tone(code: str) -> str:
    """The tone of a rotation's state."""
    return ROTATION_TONES.get(code, "plain")


def promise_state(code: str) -> str:
    """A state of a promise as a list shows it."""
    return capital(promise_state_words(code))


def promise_tone(code: str) -> str:
    """The tone of a promise's state."""
    return PROMISE_TONES.get(code, "plain")


def days(line: Any) -> str:
    """First and last day."""
    if line.until == line.planned_on:
        return terms.day(line.planned_on)
    return f"{terms.day(line.planned_on)} – {terms.day(line.until)}"


def rotations(names: PlaceNames, people: Mapping[str, str]) -> Shape:
    """What the list of rotations shows."""
    return Shape(
        name="rotations",
        title=wording.text("Rotations"),
        counted=lambda n: wording.plural("{count} rotation", "{count} rotations", n, count=terms.number(n)),
        topics=ROTATION_TOPICS | {"place", "person"},
        sort="planned_on",
        descending=True,
        columns=(
            Column(
                name="leader",
                title=lambda: wording.text("Leader"),
                words=lambda line: line.leader,
                under=lambda line: f"{line.role} · {line.place}",
                sort="leader",
                width=240,
            ),
            Column(
                name="planned_on",
                title=lambda: wording.text("When"),
                words=days,
                under=lambda line: line.shift,
                sort="planned_on",
                width=150,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: rotation_state(line.state),
                tone=lambda line: rotation_tone(line.state),
                width=110,
            ),
            Column(
                name="quarter",
                title=lambda: wording.text("Quarter"),
                words=lambda line: line.quarter,
                sort="quarter",
                width=100,
                hidden=True,
            ),
            Column(
                name="place",
                title=lambda: wording.text("Place"),
                words=lambda line: line.place,
                sort="place",
                hidden=True,
            ),
            Column(
                name="number",
                title=lambda: wording.text("Number"),
                words=lambda line: line.number,
                sort="number",
                hidden=True,
            ),
        ),
        filters=(
            Filter(
                name="state",
                title=lambda: wording.text("State"),
                words=rotation_state,
                fixed=tuple(RotationState),
            ),
            Filter(name="quarter", title=lambda: wording.text("Quarter")),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="role", title=lambda: wording.text("Role")),
            Filter(name="leader", title=lambda: wording.text("Leader"), words=lambda uid: people.get(uid, uid[:8])),
            Filter(name="shift", title=lambda: wording.text("Shift")),
            Filter(name="journey", title=lambda: wording.text("Journey")),
        ),
    )


def promises(names: PlaceNames) -> Shape:
    """What the promise ledger shows."""
    return Shape(
        name="promises",
        title=wording.text("Promises"),
        counted=lambda n: wording.plural("{count} promise", "{count} promises", n, count=terms.number(n)),
        topics=PROMISE_TOPICS | {"place", "action"},
        sort="due",
        columns=(
            Column(
                name="text",
                title=lambda: wording.text("Promise"),
                words=lambda line: line.text,
                under=lambda line: f"“{line.said}”",
                width=300,
            ),
            Column(
                name="due",
                title=lambda: wording.text("Until"),
                words=lambda line: terms.day(line.due),
                under=lambda line: line.role,
                sort="due",
                width=140,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=_promise_words,
                tone=lambda line: "note" if _to_look_at(line) else promise_tone(line.state),
                width=130,
            ),
            Column(
                name="place",
                title=lambda: wording.text("Place"),
                words=lambda line: line.place,
                sort="place",
                hidden=True,
            ),
            Column(
                name="number",
                title=lambda: wording.text("Number"),
                words=lambda line: line.number,
                sort="number",
                hidden=True,
            ),
        ),
        filters=(
            Filter(name="state", title=lambda: wording.text("State"), words=promise_state, fixed=PROMISE_STATES),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="role", title=lambda: wording.text("Promised by")),
        ),
    )


def _to_look_at(line: Any) -> bool:
    """The action is done, the promise is open: somebody has to look."""
    return bool(line.action_is_done) and line.state in {"open", "overdue"}


def _promise_words(line: Any) -> str:
    return wording.text("Kept already?") if _to_look_at(line) else promise_state(line.state)
