"""What the window does by itself: sends, checks signatures, makes backups, finds signals, shows what others wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.services import Services

_EVERY_MS = 30_000
_OTHERS_EVERY_MS = 4_000
_LOOKS_A_BACKUP = 120
"""Whether a backup is due is asked at the first look, and then once an hour."""
_LOOKS_A_SCAN = 720
"""Charts are looked at for signals at the first look, and then every six hours."""
_SENT = Change(topics=frozenset({"pack", "assessment"}))


class ByTheClock(QObject):
    """Looks now and then; one look at a time, and quiet about what cannot be done now.

    Args:
        services: of the window.
        sends: whether this store sends packs.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QObject, *, sends: bool) -> None:
        super().__init__(parent)
        self._services, self._sends = services, sends
        self._under_way: set[str] = set()
        self._looks = 0
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._others_timer = QTimer(self)
        self._others_timer.setInterval(_OTHERS_EVERY_MS)
        self._others_timer.timeout.connect(self.look_for_others)
        self._others_timer.start()

    @Slot()
    def look_for_others(self) -> None:
        """Show what other programs have written: the command line, or a watch that takes packs in."""
        self._begin("others", _read_others)

    @Slot()
    def look(self) -> None:
        """Send what is due, take in what came back, make a backup if one is due, and look for signals.

        At headquarters check signatures of packs that some program took in and had no time for.
        """
        if self._sends:
            self._begin("send", _send)
        else:
            self._begin("prove", _prove)
        if self._looks % _LOOKS_A_BACKUP == 0:
            self._begin("backup", _back_up)
        if self._looks % _LOOKS_A_SCAN == 0:
            self._begin("signals", _scan)
        if (given_up := self._services.desk.store.reserve_given_up) is not None:
            self._tell_once(given_up)
        self._looks += 1

    def _begin(self, what: str, work: Any) -> None:
        if what not in self._under_way:
            self._under_way.add(what)
            ends: dict[str, tuple[Callable[[Any], object], Callable[[GembaError], object]]] = {
                "send": (self._sent, self._not_sent),
                "prove": (self._proven, self._not_proven),
                "backup": (self._backed_up, self._not_backed_up),
                "signals": (self._scanned, self._not_scanned),
                "others": (self._heard, self._not_heard),
            }
            done, failed = ends[what]
            self._services.jobs.errand(work, self._services.desk, done=done, failed=failed)

    def _proven(self, proven: Any) -> None:
        self._under_way.discard("prove")
        if proven.unsigned:
            self._services.changed.tell(Change(topics=frozenset({"pack"})))
            self._services.messages.trouble(proven.unsigned[0].trouble)  # the page tells of all

    def _not_proven(self, _error: GembaError) -> None:
        self._under_way.discard("prove")  # what is noted as waiting is looked at the next time

    def _heard(self, change: Change) -> None:
        self._under_way.discard("others")
        self._services.changed.tell_of_others(change)

    def _not_heard(self, _error: GembaError) -> None:
        self._under_way.discard("others")  # whoever reads or writes next is told what is wrong

    def _scanned(self, change: Change) -> None:
        self._under_way.discard("signals")
        if change.topics:
            self._services.changed.tell(change)

    def _not_scanned(self, _error: GembaError) -> None:
        self._under_way.discard("signals")  # whoever looks for signals on purpose is told what is wrong

    def _sent(self, went: bool) -> None:  # noqa: FBT001 - what the job gives
        self._under_way.discard("send")
        if went:
            self._services.changed.tell(_SENT)

    def _not_sent(self, _error: GembaError) -> None:
        self._under_way.discard("send")  # the carrier's row says what is wrong

    def _backed_up(self, wrong: GembaError | None) -> None:
        self._under_way.discard("backup")
        if wrong is not None:
            self._not_backed_up(wrong)

    def _not_backed_up(self, error: GembaError) -> None:
        self._under_way.discard("backup")
        self._tell_once(error)

    def _tell_once(self, error: GembaError) -> None:
        said = wording.sentence(error)
        if said != self._told:  # once is enough
            self._told = said
            self._services.messages.trouble(error)


def _read_others(desk: Any) -> Change:
    """What other programs have written since the last look."""
    change: Change = desk.store.written_by_others()
    return change


def _send(desk: Any) -> bool:
    """True when anything went or came."""
    from gemba.work.deliver import retry_due
    from gemba.work.fetch_answers import fetch_due

    went = any(not outcome.trouble for outcome in retry_due(desk).outcomes)
    return any(came.answers for came in fetch_due(desk)) or went


def _prove(desk: Any) -> Any:
    """What came of some packs; of none where none waits."""
    from gemba.hq.proving import prove

    return prove(desk, most=20)


def _back_up(desk: Any) -> GembaError | None:
    """What went wrong with a backup that was due."""
    from gemba.work.backups import make_if_due

    made = make_if_due(desk)
    return made.failed[0][1] if made is not None and made.failed else None


def _scan(desk: Any) -> Change:
    """What raising alerts has changed."""
    from gemba.work.signals import scan

    return scan(desk).change
