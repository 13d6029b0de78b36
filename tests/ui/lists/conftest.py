"""A list over lines in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from gemba.errors import Refusal
from gemba.store.lists import Query
from gemba.ui.hub import ChangeHub
from gemba.ui.jobs import Jobs
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.lists.panel import ListPanel
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.messages import MessageBar
from gemba.ui.preferences import Preferences
from gemba.ui.services import Services


class Thing(msgspec.Struct, frozen=True):
    id: int
    uid: str
    name: str
    colour: str


class Memory:
    """Answers as the store does, and counts what it is asked for."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = {thing.id: thing for thing in things}
        self.pages_read = 0

    def _fitting(self, query: Query) -> list[Thing]:
        colours = query.where.get("colour")
        found = [
            thing
            for thing in self.things.values()
            if query.search.casefold() in thing.name.casefold() and (not colours or thing.colour in colours)
        ]
        key = (lambda thing: thing.name) if query.sort == "name" else (lambda thing: thing.id)
        return sorted(found, key=key, reverse=query.descending)

    def first(self, query: Query) -> list[Thing]:
        return self._fitting(query)[:100]

    def keys(self, query: Query) -> array[int]:
        return array("q", (thing.id for thing in self._fitting(query)))

    def lines(self, keys: Sequence[int]) -> list[Thing]:
        self.pages_read += 1
        return [self.things[key] for key in keys if key in self.things]

    def choices(self, column: str) -> list[tuple[str, int]]:  # noqa: ARG002 - there is one
        colours = [thing.colour for thing in self.things.values()]
        return [(colour, colours.count(colour)) for colour in sorted(set(colours))]

    def key(self, uid: str) -> int:
        for thing in self.things.values():
            if thing.uid == uid:
                return thing.id
        raise Refusal("store.unknown_record", noun="thing", uid=uid)


COLUMNS = (
    Column(name="name", title=lambda: "Name", words=lambda line: line.name, sort="name", width=200),
    Column(name="colour", title=lambda: "Colour", words=lambda line: line.colour, tone=lambda _: "note", width=120),
    Column(name="id", title=lambda: "Id", words=lambda line: str(line.id), number=True, hidden=True),
)

SHAPE = Shape(
    name="things",
    title="Things",
    counted=lambda count: f"{count} things",
    columns=COLUMNS,
    filters=(Filter(name="colour", title=lambda: "Colour"),),
    topics=frozenset({"thing"}),
    sort="name",
)


def things(count: int) -> list[Thing]:
    return [Thing(n, f"u{n}", f"thing {n:06}", ("red", "green", "blue")[n % 3]) for n in range(1, count + 1)]


@pytest.fixture
def memory() -> Memory:
    return Memory(things(1_000))


@pytest.fixture
def services(jobs: Jobs, hub: ChangeHub, qtbot: QtBot) -> Iterator[Services]:
    messages = MessageBar()
    qtbot.addWidget(messages)
    gone: list[tuple[str, ...]] = []
    yield Services(
        desk=None,  # type: ignore[arg-type]  # a list in memory needs no store
        jobs=jobs,
        changed=hub,
        messages=messages,
        go=lambda *where: gone.append(where),
        preferences=Preferences(),
    )
    messages.clear()


@pytest.fixture
def panel(memory: Memory, services: Services, qtbot: QtBot) -> ListPanel:
    empty = EmptyState("flag", "Nothing yet", "Make something.")
    made = ListPanel(SHAPE, memory, services, empty=empty)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: services.jobs.idle)
    return made
