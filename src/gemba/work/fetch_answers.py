"""Fetch headquarters' answers by the same carrier: receipts for own packs, publications, and questions for parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import msgspec

from gemba.carriers import gathering, spool
from gemba.carriers.address import Sort, parse
from gemba.carriers.place import Entry, Place
from gemba.carriers.reaching import is_reachable
from gemba.domain.assessments import Custody
from gemba.errors import GembaError, Refusal, Trouble
from gemba.store import deliveries, transit
from gemba.store.deliveries import Carrier
from gemba.wording import plural, sentence, text
from gemba.work.carriers import open_carrier
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file
from gemba.work.take_in import take_in
from gemba.work.take_in_folder import passed_over

INBOX = "inbox"
PUBLICATION = ".publication"
_PUBLICATION = re.compile(r"[0-9a-f]{64}\.publication")
LARGEST = 256 << 20
"""Bytes of an answer that is fetched at most."""
EVERY = timedelta(minutes=10)
"""How often answers are looked for when nobody asks."""
_SEEN = "carriers.fetched"
"""Setting: names of publications that were taken in, or refused for good."""

Progress = Callable[[int, int], object]
"""Told how many of how many answers are fetched."""


class Answer(msgspec.Struct, frozen=True):
    """A file that headquarters laid down, and what came of it."""

    name: str
    words: str
    """What it said, or why it was refused."""
    refused: bool


class Fetched(msgspec.Struct, frozen=True):
    """What was fetched from one carrier."""

    carrier: str
    answers: tuple[Answer, ...]
    again: tuple[str, ...]
    """Packs of which headquarters could not read a part: they go again."""
    words: str


def fetch(desk: Desk, carrier: Carrier, progress: Progress | None = None) -> Fetched:
    """Bring headquarters' answers from `down/` into `inbox/` and take them in; twice changes nothing.

    A file that is refused does not keep the others from being taken in.

    Raises:
        Refusal: the carrier's library is missing, or its server was never tested.
        Trouble: the place cannot be reached, or the disk is full.
    """
    try:
        with open_carrier(desk, carrier) as place:
            place.check()
            again = asked_again(desk, carrier, place)
            found = _answers(desk, place)
            answers = tuple(_steps(desk, place, found, progress))
    except GembaError as error:
        with desk.unit() as unit:
            deliveries.tried(unit, carrier.name, error)
        raise
    with desk.unit() as unit:
        deliveries.tried(unit, carrier.name, None)
    return Fetched(carrier.name, answers, again, _words(answers))


def fetch_due(desk: Desk, every: timedelta = EVERY) -> tuple[Fetched, ...]:
    """Fetch by all automatic carriers that can be reached and were not tried lately: for the window's timer.

    What goes wrong is noted with the carrier, and the others are fetched all the same.
    """
    with desk.reader() as reader:
        chosen = [one for one in deliveries.carriers(reader) if one.automatic and _is_place(one)]
    now, found = desk.clock(), []
    for carrier in chosen:
        lately = carrier.tried_at is not None and now - carrier.tried_at < every
        if not lately and is_reachable(carrier.url, carrier.options):
            with suppress(GembaError):
                found.append(fetch(desk, carrier))
    return tuple(found)


def _is_place(carrier: Carrier) -> bool:
    """False for an OpenRosa server: nothing comes down from there."""
    return parse(carrier.url).sort is not Sort.OPENROSA


def asked_again(desk: Desk, carrier: Carrier, place: Place) -> tuple[str, ...]:
    """Queue packs again of which headquarters could not read a part; what it holds by now is taken away instead."""
    asked = {one.name.removesuffix(spool.WANTED) for one in place.list(spool.DOWN) if one.name.endswith(spool.WANTED)}
    with desk.reader() as reader:
        own = {pack.sha256: pack.state for pack in transit.packs(reader) if pack.sha256 in asked}
    for sha256 in [sha256 for sha256, state in own.items() if state is Custody.HELD]:
        with suppress(GembaError):
            gathering.clear(place, sha256)
    again = tuple(sorted(sha256 for sha256, state in own.items() if state is not Custody.HELD))
    if again:
        with desk.unit() as unit:
            deliveries.enqueue(unit, again, carrier.name)
            for sha256 in again:
                deliveries.queue_again(unit, sha256, carrier.name)
    return again


def held_by_now(desk: Desk, place: Place, sha256: str) -> bool:
    """Take in the receipt of an own pack, if it lies there; whether headquarters holds the pack by now."""
    name = f"{sha256}{spool.RECEIPT}"
    if any(one.name == name and not one.is_folder and one.size <= LARGEST for one in place.list(spool.DOWN)):
        _take(desk, place, name)
    with desk.reader() as reader:
        return transit.pack_of(reader, sha256).state is Custody.HELD


def _answers(desk: Desk, place: Place) -> list[Entry]:
    """What lies there for this store and was not taken in yet; receipts first, they free room."""
    with desk.reader() as reader:
        seen = set(reader.setting(_SEEN) or [])
        own = {pack.sha256 for pack in transit.packs(reader) if pack.state is not Custody.HELD}
    lying = [one for one in place.list(spool.DOWN) if not one.is_folder and one.size <= LARGEST]
    wanted = {f"{sha256}{spool.RECEIPT}" for sha256 in own}
    receipts = [one for one in lying if one.name in wanted]
    return [*receipts, *(one for one in lying if _PUBLICATION.fullmatch(one.name) and one.name not in seen)]


def _steps(desk: Desk, place: Place, found: list[Entry], progress: Progress | None) -> Iterator[Answer]:
    for number, entry in enumerate(found):
        if progress is not None:
            progress(number, len(found))
        yield _take(desk, place, entry.name)
    if progress is not None and found:
        progress(len(found), len(found))


def _take(desk: Desk, place: Place, name: str) -> Answer:
    """Bring one answer and take it in; what was refused for good is not fetched again."""
    path, file = f"{spool.DOWN}/{name}", desk.store.folder / INBOX / name
    data = place.read(path, LARGEST)
    write_file(file, data)
    try:
        answer = Answer(name, take_in(desk, file).words, refused=False)
    except Refusal as refusal:
        answer = Answer(name, sentence(refusal), refused=True)
        if passed_over(refusal) == "superseded":
            answer = Answer(name, text("An older publication lies there; a newer one is held."), refused=False)
    finally:
        file.unlink(missing_ok=True)
    if name.endswith(PUBLICATION):
        with desk.unit() as unit:
            unit.set_setting(_SEEN, [*(unit.setting(_SEEN) or []), name][-1000:])
    elif not answer.refused:
        with suppress(Trouble):  # it is for this store alone; a place that may only be read keeps it
            place.remove(path)
    return answer


def _words(answers: tuple[Answer, ...]) -> str:
    if not answers:
        return text("Headquarters has laid nothing new there.")
    first = plural("Fetched {n} answer.", "Fetched {n} answers.", len(answers))
    return "\n".join([first, *(one.words for one in answers)])
