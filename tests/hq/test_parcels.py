from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Clock

from gemba.carriers import parcel, spool
from gemba.carriers.place import open_place
from gemba.hq.inboxes import open_inboxes
from gemba.hq.watching import Event, Watch
from gemba.hq.workers import Crew, Recipe
from gemba.work.desk import Desk
from gemba.work.take_in import take_in


class Watching:
    """A watch in this process, and what it told."""

    def __init__(self, hq: Desk, place: Path, clock: Clock, address: str = "") -> None:
        self.told: list[Event] = []
        self.crew = Crew(Recipe(hq.store.folder, None), 1)
        self._watch = Watch(open_inboxes(hq, [address or str(place)], None), self.crew, self.told.append, clock)

    def look(self) -> list[str]:
        self.told.clear()
        self._watch.once()
        return [event.event for event in self.told]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture(params=["folder", "address"])
def watching(hq: Desk, place: Path, ticking: Clock, request: pytest.FixtureRequest) -> Iterator[Watching]:
    address = place.as_uri() if request.param == "address" else ""
    found = Watching(hq, place, ticking, address)
    yield found
    found.crew.close()


def push(pack: Path, place: Path) -> None:
    with open_place(str(place)) as there:
        parcel.push(pack, there, part_size=64 * 1024)


def test_a_parcel_is_taken_in_answered_and_taken_away(
    watching: Watching, laptop: Desk, pack: Path, place: Path
) -> None:
    push(pack, place)
    assert watching.look() == ["taken-in"]
    assert list((place / "outbox").iterdir()) == []
    receipt = place / "down" / f"{pack.stem}.receipt"
    assert take_in(laptop, receipt).what == "receipt"
    assert watching.look() == []


def test_a_parcel_that_is_still_on_its_way_is_left(watching: Watching, pack: Path, place: Path) -> None:
    push(pack, place)
    complete = place / "outbox" / pack.stem / spool.COMPLETE
    told = complete.read_bytes()
    complete.unlink()
    assert watching.look() == []
    complete.write_bytes(told)
    assert watching.look() == ["taken-in"]


def test_a_parcel_that_is_held_already_is_answered_without_fetching_it(
    watching: Watching, hq: Desk, pack: Path, place: Path, tmp_path: Path
) -> None:
    from gemba.hq import intake

    before = intake.take_in(hq, pack, tmp_path / "down").receipt.read_bytes()
    push(pack, place)
    assert watching.look() == []
    assert (place / "down" / f"{pack.stem}.receipt").read_bytes() == before
    assert list((place / "outbox").iterdir()) == []


def test_a_parcel_for_somebody_else_stays_and_is_told_once(
    watching: Watching, another_headquarters_pack: Path, place: Path
) -> None:
    push(another_headquarters_pack, place)
    assert watching.look() == ["refused"]
    assert watching.look() == []
    assert (place / "outbox" / another_headquarters_pack.stem / spool.COMPLETE).exists()


def test_a_place_that_is_gone_is_told_once_until_it_is_back(watching: Watching, pack: Path, place: Path) -> None:
    place.rmdir()
    assert watching.look() == ["trouble"]
    assert watching.look() == []
    place.mkdir()
    push(pack, place)
    assert watching.look() == ["taken-in"]
