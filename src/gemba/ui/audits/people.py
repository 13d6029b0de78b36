"""Who may audit: the people that this store knows by name."""

from __future__ import annotations

from typing import Any

from gemba.work.known_people import people_known


def read_people(desk: Any) -> list[tuple[str, str]]:
    """Every person as (uid, name), each once, by name; on any thread."""
    with desk.reader() as reader:
        return [(one.uid, one.name) for one in people_known(reader)]
