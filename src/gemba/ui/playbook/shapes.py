"""The lists of the playbook: their columns and filters."""

from __future__ import annotations

from typing import Any

from gemba import wording
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work.archive_words import KINDS, looks_words, what_words
from gemba.work.pattern_words import STATE_TONES, STATES, state_words

PATTERN_TOPICS = frozenset({"pattern", "transfer", "action", "effect_check"})


def capital(words: str) -> str:
    """Words as they stand alone."""
    return words[:1].upper() + words[1:]


def transfer_state(code: str) -> str:
    """A state of a transfer as a list shows it."""
    return capital(state_words(code))


def transfer_tone(code: str) -> str:
    """The tone of a transfer's state."""
    return STATE_TONES.get(code, "plain")


def patterns(names: PlaceNames) -> Shape:
    """What the list of patterns shows."""
    return Shape(
        name="patterns",
        title=wording.text("Patterns"),
        counted=lambda n: wording.plural("{count} pattern", "{count} patterns", n, count=terms.number(n)),
        topics=PATTERN_TOPICS | {"place"},
        sort="made_at",
        descending=True,
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Pattern"),
                words=lambda line: line.title,
                under=lambda line: line.problem,
                width=300,
            ),
            Column(
                name="holding",
                title=lambda: wording.text("Elsewhere"),
                words=_carried,
                tone=_carried_tone,
                width=170,
            ),
            Column(
                name="place",
                title=lambda: wording.text("Where it worked"),
                words=lambda line: line.place or "",
                width=140,
                hidden=True,
            ),
            Column(
                name="made_at",
                title=lambda: wording.text("Written"),
                words=lambda line: terms.day(line.made_at),
                sort="made_at",
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
                name="retired",
                title=lambda: wording.text("State"),
                words=lambda code: wording.text("Retired") if code == "yes" else wording.text("In force"),
                fixed=("no", "yes"),
            ),
            Filter(name="place", title=lambda: wording.text("Where it worked"), words=names.name),
        ),
    )


def transfers(names: PlaceNames) -> Shape:
    """What the list of transfers shows."""
    return Shape(
        name="transfers",
        title=wording.text("Transfers"),
        counted=lambda n: wording.plural("{count} transfer", "{count} transfers", n, count=terms.number(n)),
        topics=PATTERN_TOPICS | {"place"},
        sort="made_at",
        descending=True,
        columns=(
            Column(
                name="pattern",
                title=lambda: wording.text("Pattern"),
                words=lambda line: line.pattern_title,
                under=lambda line: line.place,
                width=280,
            ),
            Column(
                name="due",
                title=lambda: wording.text("Due"),
                words=lambda line: terms.day(line.due),
                under=lambda line: line.owner,
                width=150,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: transfer_state(line.state),
                tone=lambda line: transfer_tone(line.state),
                width=140,
            ),
            Column(
                name="live_on",
                title=lambda: wording.text("Live since"),
                words=lambda line: terms.day(line.live_on),
                hidden=True,
            ),
            Column(
                name="place",
                title=lambda: wording.text("Place"),
                words=lambda line: line.place,
                sort="place",
                hidden=True,
            ),
            Column(name="number", title=lambda: wording.text("Number"), words=lambda line: line.number, hidden=True),
        ),
        filters=(
            Filter(name="state", title=lambda: wording.text("State"), words=transfer_state, fixed=STATES),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
        ),
    )


def archive(names: PlaceNames) -> Shape:
    """What the archive shows."""
    return Shape(
        name="archive",
        title=wording.text("Archive"),
        counted=lambda n: wording.plural("{count} is closed", "{count} are closed", n, count=terms.number(n)),
        topics=PATTERN_TOPICS | {"place", "evidence"},
        sort="done_at",
        descending=True,
        columns=(
            Column(
                name="text",
                title=lambda: wording.text("Closed work"),
                words=lambda line: line.text,
                under=lambda line: f"{what_words(line.what)} · {line.place}",
                width=300,
            ),
            Column(
                name="looks",
                title=lambda: wording.text("Outcome"),
                words=_looked,
                tone=_looked_tone,
                under=None,
                width=170,
            ),
            Column(
                name="done_at",
                title=lambda: wording.text("Closed"),
                words=lambda line: terms.day(line.done_at),
                sort="done_at",
                width=124,
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
                name="what",
                title=lambda: wording.text("What"),
                words=what_words,
                fixed=tuple(kind for kind in KINDS if kind != "pilot"),
            ),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
        ),
    )


def _carried(line: Any) -> str:
    if line.retired:
        return wording.text("Retired")
    if not line.carried:
        return ""
    if not line.known:
        return wording.text("Too early to tell")
    return wording.text("Holds at {holding} of {n}", holding=line.holding, n=line.known)


def _carried_tone(line: Any) -> str:
    if line.retired:
        return "plain"
    if not line.carried or not line.known:
        return ""
    return "good" if line.holding == line.known else "fair"


def _looked(line: Any) -> str:
    if line.what == "correction":
        return ""
    if line.effect == "not_effective":
        return wording.text("Not carried on")
    return capital(looks_words(line.holds, line.looks))


def _looked_tone(line: Any) -> str:
    if line.what == "correction" or not line.looks:
        return ""
    return "good" if line.holds == line.looks else "fair"
