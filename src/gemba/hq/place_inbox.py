"""A place of a carrier where laptops lay parcels: gathered when they are complete, answered, then taken away.

Nothing is taken away from the place before the receipt lies in its `down/`. What waits in quarantine or was refused
stays where it is and is not fetched again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gemba.carriers import gathering, spool
from gemba.carriers.place import Place
from gemba.errors import GembaError, Trouble
from gemba.hq.inbox import PACK, PUBLICATION, Arrival, Settled
from gemba.store import transit
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file


class PlaceInbox:
    """One place of a carrier, or the `outbox/` of a local folder.

    Args:
        desk: at headquarters.
        url: what people know it as.
        reach: opens the place; called again after the line was cut.
        down: local folder for receipts, besides the place's own.
        plain: also take in pack files that lie in the place itself, not in parcels.
    """

    def __init__(
        self, desk: Desk, url: str, reach: Callable[[], Place], down: Path | None = None, *, plain: bool = True
    ) -> None:
        self.url = url
        self._desk = desk
        self._reach = reach
        self._plain = plain
        self._place: Place | None = None
        self._into = desk.store.folder / "inbox" / hashlib.sha256(url.encode()).hexdigest()[:16]
        self._down = down or self._into / spool.DOWN

    def arrivals(self) -> list[Arrival]:
        """The complete parcels (and plain packs), each as a local file.

        Raises:
            Trouble: the place cannot be reached, or the disk is full.
        """
        if not self._plain and not (Path(self.url) / spool.OUTBOX).is_dir():  # whoever looks for plain packs tells
            return []
        with suppress(FileExistsError):
            self._into.mkdir(parents=True)
        try:
            place = self._opened()
            place.check()
            self._answer_what_is_held(place)
            if self._open_parcels(place):
                gathering.gather_all(place, self._into)
            if self._plain:
                self._fetch_plain(place)
        except GembaError:
            self._let_go()
            raise
        return [
            Arrival(file, file.stat().st_size, 0)
            for file in sorted(self._into.glob(f"*{PACK}"))
            if not self._is_put_aside(file.name)
        ]

    def answers(self) -> Path:
        """The local folder for receipts; `settle` carries them to the place."""
        return self._down

    def settle(self, arrival: Arrival, how: Settled, words: str = "") -> None:
        """Answer in the place and take the parcel away; what is not held stays there."""
        if how is not Settled.TAKEN:
            write_file(self._aside(arrival.file.name), (words + "\n").encode())
            with suppress(FileNotFoundError):
                arrival.file.unlink()
            return
        try:
            place = self._opened()
            receipts = [arrival.claimed] if arrival.claimed else []
            for sha256 in receipts:
                self._answer(place, sha256, (self._down / f"{sha256}{spool.RECEIPT}").read_bytes())
            if self._plain:
                place.remove(arrival.file.name)
        except GembaError:
            self._let_go()
            raise
        except OSError as error:
            raise Trouble("hq.inbox_read_only", folder=self.url, why=error.strerror or str(error)) from error
        with suppress(FileNotFoundError):
            arrival.file.unlink()

    def lay(self, publication: Path, before: str = "") -> None:
        """Put a publication beside the receipts, in the place of the one called `before`."""
        try:
            place = self._opened()
            name = f"{spool.DOWN}/{publication.name}"
            if place.size(name) is None:
                place.put(name, publication.read_bytes())
            if before.endswith(PUBLICATION) and before != publication.name:
                place.remove(f"{spool.DOWN}/{before}")
        except GembaError:
            self._let_go()
            raise

    def close(self) -> None:
        """Let go of the line."""
        self._let_go()

    def _opened(self) -> Place:
        if self._place is None:
            self._place = self._reach()
        return self._place

    def _let_go(self) -> None:
        if self._place is not None:
            with suppress(Exception):
                self._place.close()
        self._place = None

    def _open_parcels(self, place: Place) -> list[str]:
        """Parcels that are neither answered nor put aside here."""
        answered = {entry.name for entry in place.list(spool.DOWN)}
        found = [entry.name for entry in place.list(spool.OUTBOX) if entry.is_folder and spool.is_parcel(entry.name)]
        return [
            name
            for name in found
            if f"{name}{spool.RECEIPT}" not in answered and not self._is_put_aside(f"{name}{PACK}")
        ]

    def _answer_what_is_held(self, place: Place) -> None:
        """Answer parcels whose pack is held: somebody was stopped before the answer, or took the pack in elsewhere."""
        for entry in place.list(spool.OUTBOX):
            if not (entry.is_folder and spool.is_parcel(entry.name)):
                continue
            with self._desk.reader() as reader:
                taken = transit.taken_in(reader, entry.name)
            if taken is not None and taken.receipt is not None:
                self._answer(place, entry.name, taken.receipt)

    def _answer(self, place: Place, sha256: str, receipt: bytes) -> None:
        name = f"{spool.DOWN}/{sha256}{spool.RECEIPT}"
        if place.size(name) is None:
            place.put(name, receipt)
        gathering.tidy(place, sha256)

    def _fetch_plain(self, place: Place) -> None:
        """Bring packs that lie in the place itself."""
        for entry in place.list():
            target = self._into / entry.name
            if entry.is_folder or not entry.name.endswith(PACK) or "/" in entry.name or "\\" in entry.name:
                continue
            if target.is_file() and target.stat().st_size == entry.size:
                continue
            if self._is_put_aside(entry.name):
                continue
            place.fetch(entry.name, target)

    def _aside(self, name: str) -> Path:
        return self._into / "aside" / f"{name}.txt"

    def _is_put_aside(self, name: str) -> bool:
        return self._aside(name).exists()
