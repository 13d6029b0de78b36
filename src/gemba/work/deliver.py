"""Deliver sealed packs by carriers: a queue in the store, gone on with after whatever stops it.

The tables `carrier` and `delivery` are the only truth. Each part that arrived is noted at once; a program that is
killed leaves nothing wrong, for what lies in the place is looked at again before anything is sent.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

import msgspec

from gemba.carriers import troubles
from gemba.carriers.address import Sort, parse
from gemba.carriers.parcel import Advance, push
from gemba.carriers.place import Place
from gemba.carriers.reaching import is_reachable as answers
from gemba.domain.assessments import Custody
from gemba.domain.devices import DeviceRole
from gemba.errors import GembaError, Refusal, Trouble
from gemba.store import deliveries, holding, transit
from gemba.store.deliveries import Carrier, Delivery, DeliveryState
from gemba.store.reading import Reader
from gemba.wording import plural, sentence, text
from gemba.work.carriers import carriers, open_carrier
from gemba.work.deliver_submissions import send_submission, submissions_for
from gemba.work.desk import Desk
from gemba.work.fetch_answers import asked_again, fetch, fetch_due, held_by_now
from gemba.work.send_pack import OUTBOX

__all__ = [
    "Delivered",
    "Outcome",
    "Progressed",
    "enqueue",
    "fetch",
    "fetch_due",
    "is_reachable",
    "retry_due",
    "send_all",
]

TURNS = "turns"
"""Folder in the store: who sends by which carrier at present."""
_SHA256 = 64
"""Letters of a pack's name; the uid of an assessment has fewer."""
_PUT_AWAY = frozenset({"carriers.put_away", "carriers.parts_lost"})
"""What became of a parcel that headquarters, which may hold the pack already, tidied away while it was sent."""
_FIRST_WAIT, _LONGEST_WAIT = 30.0, 3600.0
"""Seconds until a try that failed is followed by the next."""
REST = timedelta(minutes=30)
"""How long nothing goes by itself after a person has called the sending off."""


class Progressed(msgspec.Struct, frozen=True):
    """How far something has come, while it is being sent."""

    carrier: str
    pack: str
    """SHA-256 of a pack or uid of an assessment."""
    parts: int
    parts_there: int
    size: int
    bytes_there: int


class Outcome(msgspec.Struct, frozen=True):
    """What became of one thing on one carrier."""

    carrier: str
    pack: str
    state: DeliveryState
    parts: int
    parts_there: int
    bytes_there: int
    trouble: str = ""
    """A sentence; empty when all went well."""
    next_try_at: datetime | None = None


class Delivered(msgspec.Struct, frozen=True):
    """What a round of sending gave."""

    outcomes: tuple[Outcome, ...]
    words: str
    busy: tuple[str, ...] = ()
    """Carriers by which another program is sending, so that nothing went by them now."""

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """What did not go, and is tried again."""
        return tuple(one for one in self.outcomes if one.trouble)


Progress = Callable[[Progressed], object]
"""Told after each part; whatever it raises stops the sending, which is gone on with at the next call."""


def enqueue(desk: Desk, to: str | None = None, *, again: bool = False) -> None:
    """Queue every sealed pack for each automatic carrier, or for one that is named.

    Args:
        desk: whose packs they are.
        to: name of a carrier; else all automatic ones.
        again: what was sent and has no receipt yet goes once more.

    Raises:
        Refusal: `store.unknown_carrier`.
    """
    with desk.reader() as reader:
        named = (
            [deliveries.carrier_named(reader, to)] if to else [c for c in deliveries.carriers(reader) if c.automatic]
        )
        queue = deliveries.deliveries(reader)
        packs = _packs_for_headquarters(reader)
        all_too = again or to is not None
        wanted = [(one, carrier.name) for carrier in named for one in _wanted(reader, carrier, packs, all_too=all_too)]
    known = {(one.pack, one.carrier) for one in queue}
    still_open = {pack.sha256 for pack in packs}
    stale = [one.pack for one in queue if _is_stale(one, still_open)]
    if not (again or stale or set(wanted) - known):  # the window asks often; writing is not for nothing
        return
    with desk.unit() as unit:
        deliveries.drop(unit, stale)
        for pack, carrier_name in wanted:
            deliveries.enqueue(unit, [pack], carrier_name)
            if again:
                deliveries.queue_again(unit, pack, carrier_name)


def _packs_for_headquarters(reader: Reader) -> list[transit.Pack]:
    """The own packs that headquarters has not signed for; those for other laptops are handed over by a person."""
    headquarters = {one.id for one in transit.correspondents(reader, DeviceRole.HEADQUARTERS)}
    return [pack for pack in transit.open_packs(reader) if pack.to in headquarters]


def _wanted(reader: Reader, carrier: Carrier, packs: Sequence[transit.Pack], *, all_too: bool) -> list[str]:
    """What goes by a carrier: sealed packs, sent ones when they are asked for, or assessments."""
    if parse(carrier.url).sort is Sort.OPENROSA:
        return submissions_for(reader, carrier)
    return [pack.sha256 for pack in packs if all_too or pack.state is Custody.SEALED]


def _is_stale(one: Delivery, still_open: Collection[str]) -> bool:
    """True for a pack in the queue that headquarters holds by now."""
    return len(one.pack) == _SHA256 and one.state is not DeliveryState.DONE and one.pack not in still_open


def send_all(desk: Desk, to: str | None = None, progress: Progress | None = None, *, again: bool = False) -> Delivered:
    """Send everything that is queued, by one carrier or by all automatic ones, one thing at a time on each.

    A carrier that fails does not stop the others; what failed is tried again later (`retry_due`). Whoever calls it off
    has half an hour before anything goes by itself again.

    Args:
        desk: whose packs they are.
        to: name of a carrier; else all automatic ones.
        progress: told how far each has come.
        again: send once more what was sent and has no receipt yet.

    Raises:
        Refusal: `store.unknown_carrier`, `work.no_carrier`.
        Trouble: `work.carrier_busy` when the named carrier is in use by another program.
    """
    enqueue(desk, to, again=again)
    chosen = [one for one in carriers(desk) if one.name == to or (to is None and one.automatic)]
    if not chosen:
        raise Refusal("work.no_carrier")
    found: list[Outcome] = []
    busy: list[str] = []
    at = 0
    try:
        for at, carrier in enumerate(chosen):  # noqa: B007 - where it stopped is asked below
            try:
                found += _by_carrier(desk, carrier, progress, again=again)
            except Trouble as trouble:
                if trouble.code != "work.carrier_busy" or to is not None:
                    raise
                busy.append(carrier.name)
    except GembaError:
        raise
    except BaseException:
        _rest(desk, [chosen[at], *(one for one in chosen[at + 1 :] if one.trouble is None)])
        raise
    return Delivered(tuple(found), _words(found, busy), tuple(busy))


def _rest(desk: Desk, called_off: Sequence[Carrier]) -> None:
    """Nothing of it begins again by itself while the person who called it off looks on; a stick that comes does."""
    with desk.unit() as unit:
        deliveries.rest(unit, [carrier.name for carrier in called_off], unit.clock() + REST)


def retry_due(desk: Desk, progress: Progress | None = None) -> Delivered:
    """Send what is due, and what could not go because its place was out of reach and is there again.

    Cheap when there is nothing to do: for the window's timer.
    """
    enqueue(desk)
    found: list[Outcome] = []
    with desk.reader() as reader:
        chosen, queue = deliveries.carriers(reader), deliveries.deliveries(reader)
    for carrier in chosen:
        waiting = [one for one in queue if one.carrier == carrier.name and one.state is not DeliveryState.DONE]
        if waiting and (_is_due(desk, waiting) or _is_back(waiting)) and is_reachable(carrier):
            with suppress(Trouble):
                found += _by_carrier(desk, carrier, progress)
    return Delivered(tuple(found), _words(found))


def is_reachable(carrier: Carrier) -> bool:
    """True when the stick is there, the folder mounted, or the host answers; soon done, and nobody signs in."""
    return answers(carrier.url, carrier.options)


def _is_due(desk: Desk, waiting: Sequence[Delivery]) -> bool:
    now = desk.clock()
    return any(one.next_try_at is None or one.next_try_at <= now for one in waiting)


def _is_back(waiting: Sequence[Delivery]) -> bool:
    """True when all that was wrong was that the place was out of reach: it is asked again without waiting."""
    return any(one.trouble is not None and one.trouble["code"] in troubles.UNREACHABLE for one in waiting)


def _by_carrier(desk: Desk, carrier: Carrier, progress: Progress | None, *, again: bool = False) -> list[Outcome]:
    """Send what is queued for one carrier, the oldest first, while nobody else does."""
    with _turn(desk, carrier.name):
        queue = _queue(desk, carrier.name)
        if parse(carrier.url).sort is Sort.OPENROSA:
            return _each(desk, carrier, queue, lambda one: send_submission(desk, carrier, one))
        try:
            with open_carrier(desk, carrier) as place:
                place.check()
                asked_again(desk, carrier, place)
                queue = _queue(desk, carrier.name)
                return _each(
                    desk, carrier, queue, lambda one: _send_pack(desk, carrier, place, one, progress, again=again)
                )
        except GembaError as error:  # the place itself: nothing goes that way at present
            return _all_failed(desk, carrier, queue, error)


def _queue(desk: Desk, carrier: str) -> list[Delivery]:
    with desk.reader() as reader:
        return [one for one in deliveries.deliveries(reader, carrier) if one.state is not DeliveryState.DONE]


def _each(desk: Desk, carrier: Carrier, queue: Sequence[Delivery], send: Callable[[Delivery], object]) -> list[Outcome]:
    """Send one thing after the other; what is wrong with the line stops them all, what is wrong with one only it."""
    found: list[Outcome] = []
    for number, delivery in enumerate(queue):
        try:
            send(delivery)
        except Refusal as error:
            found += _all_failed(desk, carrier, [delivery], error)
        except Trouble as error:
            return found + _all_failed(desk, carrier, queue[number:], error)
        except BaseException:  # called off, or a mistake: it is gone on with at the next call
            with desk.unit() as unit:
                deliveries.queue_again(unit, delivery.pack, carrier.name)
            raise
        else:
            found.append(_outcome(desk, carrier.name, delivery.pack))
    with desk.unit() as unit:
        deliveries.tried(unit, carrier.name, None)
    return found


def _send_pack(
    desk: Desk, carrier: Carrier, place: Place, delivery: Delivery, progress: Progress | None, *, again: bool
) -> None:
    """Send one pack; each part that arrived is noted before anybody is told."""
    with desk.reader() as reader:
        pack = transit.pack_of(reader, delivery.pack)
    file = desk.store.folder / OUTBOX / pack.file
    if not file.is_file():
        raise Refusal("work.pack_gone")

    def told(there: Advance) -> None:
        with desk.unit() as unit:
            come = {"parts": there.parts, "parts_there": there.parts_there, "bytes_there": there.bytes_there}
            deliveries.advance(unit, pack.sha256, carrier.name, **come)
        if progress is not None:
            progress(Progressed(carrier.name, pack.sha256, size=there.size, **come))

    try:
        push(file, place, told, sha256=pack.sha256, again=again)
    except GembaError as error:
        if error.code not in _PUT_AWAY or not held_by_now(desk, place, pack.sha256):
            raise
    with desk.unit() as unit:
        deliveries.done(unit, pack.sha256, carrier.name)
        transit.mark_sent(unit, pack.sha256)


def _all_failed(desk: Desk, carrier: Carrier, queue: Sequence[Delivery], error: GembaError) -> list[Outcome]:
    """Note why nothing of this went, and when it is tried again."""
    with desk.unit() as unit:
        now = unit.clock()
        deliveries.tried(unit, carrier.name, error)
        for delivery in queue:
            deliveries.failed(unit, delivery, error, now + timedelta(seconds=wait_after(delivery.tries)))
    return [_outcome(desk, carrier.name, one.pack) for one in queue]


def wait_after(tries: int) -> float:
    """Seconds to wait after so many tries that failed: twice as long each time, an hour at most, never all at once."""
    longest: float = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(tries, 10))
    return longest * (0.5 + secrets.randbelow(1000) / 2000)


def _outcome(desk: Desk, carrier: str, pack: str) -> Outcome:
    with desk.reader() as reader:
        [now] = [one for one in deliveries.deliveries(reader, carrier) if one.pack == pack]
    error = deliveries.failure(now.trouble)
    words = sentence(error) if error is not None and now.state is not DeliveryState.DONE else ""
    return Outcome(carrier, pack, now.state, now.parts, now.parts_there, now.bytes_there, words, now.next_try_at)


@contextmanager
def _turn(desk: Desk, carrier: str) -> Iterator[None]:
    """One at a time by each carrier, whichever program it is."""
    folder = desk.store.folder / TURNS / hashlib.sha256(carrier.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        turn = holding.take(folder)
    except Trouble as trouble:
        raise Trouble("work.carrier_busy", name=carrier) from trouble
    with turn:
        yield


def _words(outcomes: Sequence[Outcome], busy: Sequence[str] = ()) -> str:
    if not outcomes and not busy:
        return text("There is nothing to send.")
    gone = [one for one in outcomes if one.state is DeliveryState.DONE]
    words = plural("Sent {n} item.", "Sent {n} items.", len(gone)) if gone else ""
    lines = [words, *dict.fromkeys(f"{one.carrier}: {one.trouble}" for one in outcomes if one.trouble)]
    lines += [sentence(Trouble("work.carrier_busy", name=name)) for name in busy]
    return "\n".join(line for line in lines if line)
