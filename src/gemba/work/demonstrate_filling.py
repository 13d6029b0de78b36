"""How the demonstration's checklists are answered."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from gemba.forms.filling import Fill
from gemba.forms.views import View
from gemba.wording import text


def fill_in(fill: Fill, chance: random.Random, share: float, spirit: float, now: datetime) -> dict[str, str]:
    """Answer a form as a person of a certain spirit would, question after question, as they come to be asked.

    Args:
        fill: the form; it is filled.
        chance: seeded, so that the story is the same each time.
        share: how much is answered, 0 to 1.
        spirit: how good the answers are, 0 to 1.
        now: when it is filled.

    Returns:
        The values given, by path.
    """
    given: dict[str, str] = {}
    seen: set[str] = set()
    while True:
        _, total = fill.progress()
        path = next((item.path for item in fill.items() if item.kind == "question" and item.path not in seen), None)
        if path is None or (share < 1 and len(given) >= share * total):
            return given
        seen.add(path)
        view = fill.view(path)
        now += timedelta(minutes=2)
        value = "" if view.read_only or view.value else _plausible(view, chance, spirit, now)
        for fitting in _down_from(value):
            if fill.verdict(path, fitting) == "ok":
                fill.set(path, fitting)
                given[path] = fitting
                break


def _down_from(value: str) -> list[str]:
    """The value, and after a count each smaller one: of the customers no more were hindered than were served."""
    return [str(each) for each in range(int(value), -1, -1)] if value.isdecimal() else [value] if value else []


def _words() -> tuple[str, ...]:
    """Things that people write into a text field."""
    return (
        text("Counter area and the desk behind it"),
        text("Two colleagues of the early shift"),
        text("The plan on the wall was from last month."),
        text("Agreed with the team lead, to be seen again next week."),
        text("Forms were fetched from the other floor twice within the hour."),
    )


def _plausible(view: View, chance: random.Random, spirit: float, now: datetime) -> str:
    """An answer that somebody might give; empty where only a person could."""
    if view.choices:
        scored = sorted(
            (choice for choice in view.choices if choice.score is not None), key=lambda item: item.score or 0
        )
        if not scored:
            return view.choices[0 if chance.random() < spirit else -1].name
        place = min(len(scored) - 1, max(0, round(chance.gauss(spirit, 0.18) * (len(scored) - 1))))
        return scored[place].name
    plain = {
        "text": chance.choice(_words()),
        "integer": str(chance.randint(2, 9)),
        "decimal": f"{chance.uniform(1, 9):.1f}",
        "acknowledge": "OK",
        "date": f"{now:%Y-%m-%d}",
        "time": f"{now:%H:%M:00.000%z}",
        "dateTime": f"{now:%Y-%m-%dT%H:%M:00.000%z}",
    }
    return plain.get(view.kind, "")
