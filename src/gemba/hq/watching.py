"""Watch folders and places, and take in whatever arrives, several packs at once.

Whatever happens in between, nothing is lost or doubled: taking in is one transaction that may be repeated, the receipt
is written after it, and only then is the file put out of the way. A second watch of the same folder does no harm.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from pathlib import Path

import msgspec

from gemba.errors import GembaError, Trouble
from gemba.hq.inbox import Arrival, Inbox, Settled
from gemba.hq.proving import Proven
from gemba.hq.set_back import SetBack
from gemba.hq.workers import Crew, Outcome, Result
from gemba.wording import sentence, text

_PATIENCE = 3
"""Times that a file may cost a worker its life before it is left alone until it changes."""


_PROVING, _SET_BACK = "proving", "set-back"
"""What is told of on its own, not of an inbox."""


class Event(msgspec.Struct, frozen=True):
    """Something that the watch tells, one line each."""

    event: str
    """`taken-in`, `known`, `quarantined`, `refused`, `unsigned`, `set-back`, `published`, `trouble`."""
    at: datetime
    inbox: str
    file: str
    words: str
    code: str = ""
    pack: str = ""
    receipt: str = ""
    operations: int = 0
    evidence: int = 0
    missing: int = 0


class _Seen(msgspec.Struct):
    """What is remembered of a file."""

    size: int
    changed: int
    told: str = ""
    """Code of what was told of it last."""
    left: bool = False
    """True when it is left alone as long as it does not change."""
    deaths: int = 0

    def is_same(self, arrival: Arrival) -> bool:
        return (self.size, self.changed) == (arrival.size, arrival.changed)


class Duties(msgspec.Struct, frozen=True, kw_only=True):
    """What a watch does besides taking in; what is `None` is left to others."""

    publication: Callable[[], Path] | None = None
    """Gives the newest publication, to be laid down in every inbox."""
    prove: Callable[[], Proven] | None = None
    """Checks signatures of some packs that were taken in, while nothing arrives."""
    set_back: Callable[[], SetBack | None] | None = None
    """Tells whether a pack has shown that this store is an older copy of its headquarters."""


_NONE = Duties()


class Watch:
    """Takes in whatever arrives in a few inboxes.

    Args:
        inboxes: where packs arrive.
        crew: who takes them in.
        tell: is told each event.
        clock: aware, UTC.
        duties: what else it does.
    """

    def __init__(
        self,
        inboxes: Sequence[Inbox],
        crew: Crew,
        tell: Callable[[Event], None],
        clock: Callable[[], datetime],
        duties: Duties = _NONE,
    ) -> None:
        self._inboxes = inboxes
        self._crew = crew
        self._tell = tell
        self._clock = clock
        self._seen: dict[Path, _Seen] = {}
        self._gone: dict[int, str] = {}
        self._duties = duties
        self._laid: dict[str, str] = {}

    def once(self, *, settled_only: bool = False, stop: Callable[[], bool] = lambda: False) -> int:
        """Look once, and take in what lies there.

        Args:
            settled_only: leave a file for the next look that was not there, or was not as long, at the last one.
            stop: asked before each file; what was begun is finished.

        Returns:
            How many packs were taken in anew.
        """
        waiting: dict[Future[Outcome], tuple[Inbox, Arrival]] = {}
        taken = 0
        for inbox, arrival in self._ready(settled_only=settled_only):
            if stop():
                break
            while len(waiting) >= self._crew.count:
                taken += self._finish(waiting)
            try:
                waiting[self._crew.begin(arrival.file, inbox.answers())] = (inbox, arrival)
            except BrokenProcessPool:  # the next look tries again
                self._crew.lost()
        while waiting:
            taken += self._finish(waiting)
        self._tell_if_set_back()
        self._publish()
        return taken

    def run(self, every: float, stop: Callable[[], bool]) -> None:
        """Look again and again until it is told to stop.

        Args:
            every: seconds between looks.
            stop: true as soon as it should end; what was begun is finished.
        """
        while not stop():
            self.once(settled_only=True, stop=stop)
            until, is_some_left = time.monotonic() + every, True
            while not stop() and time.monotonic() < until:
                is_some_left = is_some_left and self._prove_some()
                if not is_some_left:
                    time.sleep(min(0.2, every))

    def prove_all(self, stop: Callable[[], bool]) -> None:
        """Check the signatures of all packs that were taken in."""
        while not stop() and self._prove_some():
            pass

    def _prove_some(self) -> bool:
        """Check the signatures of some packs; false when none is left, or it cannot be done now."""
        if self._duties.prove is None:
            return False
        try:
            proven = self._duties.prove()
        except GembaError as error:
            self._tell_once(_PROVING, Event(Result.TROUBLE.value, self._clock(), "", "", sentence(error), error.code))
            return False
        self._laid.pop(_PROVING, None)
        for one in proven.unsigned:
            self._tell(Event("unsigned", self._clock(), "", "", one.words, pack=one.pack))
        return proven.left > 0

    def _tell_if_set_back(self) -> None:
        """Tell, once, when a pack has shown that this store was put back by hand from an older copy."""
        try:
            found = self._duties.set_back() if self._duties.set_back is not None else None
        except GembaError:  # the store is away: who takes in, proves or publishes tells of that
            return
        if found is None:
            self._laid.pop(_SET_BACK, None)
        else:
            self._tell_once(_SET_BACK, Event(_SET_BACK, self._clock(), "", "", found.words, "hq.set_back"))

    def _publish(self) -> None:
        """Lay the newest publication down wherever it is not yet; what fails is told, and tried at the next look."""
        if self._duties.publication is None:
            return
        try:
            newest = self._duties.publication()
        except GembaError as error:
            event = Event(Result.TROUBLE.value, self._clock(), "", "", sentence(error), error.code)
            self._tell_once("", event)
            return
        for url, inbox in {one.url: one for one in reversed(self._inboxes)}.items():  # packs and parcels of one folder
            if self._laid.get(url) == newest.name or id(inbox) in self._gone:
                continue
            try:
                inbox.lay(newest, self._laid.get(url, ""))
            except GembaError as error:
                self._tell_once(url, self._trouble(inbox, newest.name, sentence(error), error.code))
            else:
                self._laid[url] = newest.name
                words = text("Published: {file}", file=newest.name)
                self._tell(Event(event="published", at=self._clock(), inbox=inbox.url, file=newest.name, words=words))

    def _tell_once(self, whose: str, event: Event) -> None:
        """Tell of a trouble, but not at every look."""
        if self._laid.get(whose) != event.code:
            self._laid[whose] = event.code
            self._tell(event)

    def _ready(self, *, settled_only: bool) -> Iterator[tuple[Inbox, Arrival]]:
        here: set[Path] = set()
        for inbox in self._inboxes:
            for arrival in self._arrivals(inbox):
                here.add(arrival.file)
                seen = self._seen.get(arrival.file)
                same = seen is not None and seen.is_same(arrival)
                if not same:
                    self._seen[arrival.file] = _Seen(arrival.size, arrival.changed)
                if (same or not settled_only) and not (same and seen is not None and seen.left):
                    yield inbox, arrival
        for file in [file for file in self._seen if file not in here]:
            del self._seen[file]

    def _arrivals(self, inbox: Inbox) -> list[Arrival]:
        """What lies in an inbox; one that is not there is told once, until it is back."""
        try:
            found = inbox.arrivals()
        except GembaError as error:
            if self._gone.get(id(inbox)) != error.code:
                self._gone[id(inbox)] = error.code
                self._tell(self._trouble(inbox, "", sentence(error), error.code))
            return []
        self._gone.pop(id(inbox), None)
        return found

    def _finish(self, waiting: dict[Future[Outcome], tuple[Inbox, Arrival]]) -> int:
        """Wait for one or more, and settle them."""
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        taken = 0
        for future in done:
            inbox, arrival = waiting.pop(future)
            try:
                outcome = future.result()
            except BrokenProcessPool:
                self._crew.lost()
                outcome = self._died(arrival)
            except Exception:  # noqa: BLE001 - a pack over which the program trips must not stop the others
                traceback.print_exc()
                outcome = self._died(arrival)
            taken += outcome.result is Result.TAKEN
            self._settle(inbox, arrival, outcome)
        return taken

    def _died(self, arrival: Arrival) -> Outcome:
        """What is said of a file over which a worker died: the system ended it, or it ran out of memory."""
        seen = self._seen[arrival.file]
        seen.deaths += 1
        words = text("The process that was taking in {file} was ended; it is tried again.", file=arrival.file.name)
        return Outcome(Result.TROUBLE, words, "hq.worker_died", for_good=seen.deaths >= _PATIENCE)

    def _settle(self, inbox: Inbox, arrival: Arrival, outcome: Outcome) -> None:
        """Put a file out of the way if it is settled, and tell of it once."""
        if outcome.code == "packs.no_file":  # another watch was quicker
            return
        seen = self._seen[arrival.file]
        try:
            match outcome.result:
                case Result.TAKEN | Result.KNOWN:
                    inbox.settle(arrival, Settled.TAKEN)
                case Result.QUARANTINED:
                    inbox.settle(arrival, Settled.QUARANTINED, outcome.words)
                case Result.REFUSED if outcome.for_good and _is_whole(arrival):
                    inbox.settle(arrival, Settled.REJECTED, outcome.words)
                case Result.REFUSED:
                    seen.left = True
                case Result.TROUBLE:
                    seen.left = outcome.for_good
        except Trouble as trouble:  # it is held, or refused; the next look tries to put it away
            self._tell(self._trouble(inbox, arrival.file.name, sentence(trouble), trouble.code))
        if outcome.result is Result.TAKEN or seen.told != (told := outcome.code or outcome.result):
            seen.told = "" if outcome.result is Result.TAKEN else told
            self._tell(self._event(inbox, arrival, outcome))

    def _event(self, inbox: Inbox, arrival: Arrival, outcome: Outcome) -> Event:
        signed = outcome.signed
        return Event(
            event=outcome.result.value,
            at=self._clock(),
            inbox=inbox.url,
            file=arrival.file.name,
            words=outcome.words,
            code=outcome.code,
            pack=signed.pack if signed else "",
            receipt=str(signed.receipt) if signed else "",
            operations=signed.operations if signed else 0,
            evidence=signed.evidence if signed else 0,
            missing=len(signed.missing) if signed else 0,
        )

    def _trouble(self, inbox: Inbox, file: str, words: str, code: str) -> Event:
        return Event(event=Result.TROUBLE.value, at=self._clock(), inbox=inbox.url, file=file, words=words, code=code)


def _is_whole(arrival: Arrival) -> bool:
    """True when the file's name is the hash of its bytes: then nothing more of it will come."""
    import hashlib

    if not arrival.claimed:
        return False
    try:
        with arrival.file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == arrival.claimed
    except OSError:
        return False
