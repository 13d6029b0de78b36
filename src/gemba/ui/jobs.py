"""Work beside the window: one thread that writes, a few that run errands, and results brought to the GUI thread.

Callbacks are handed in before a job starts (it may end before one could connect to it), live on the GUI thread only,
and are dropped when their widget is gone.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, NamedTuple

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from gemba.errors import GembaError
from gemba.ui import pressed
from gemba.ui.hub import ChangeHub
from gemba.ui.progress import Cancelled, Progress

Done = Callable[[Any], object]
Failed = Callable[[GembaError], object]
Told = Callable[[int, int, str], object]

_ERRAND_THREADS = 2


class Ticket:
    """What one gets for a job: the way to call it off."""

    def __init__(self, progress: Progress, hold: pressed.Hold) -> None:
        self._progress, self._hold = progress, hold

    def cancel(self) -> None:
        """Call the job off: it does not start, or stops at its next step, and nobody is called back."""
        self._progress.cancel()
        self._hold.let_go()


class _Work(NamedTuple):
    """What travels to a thread: no widget, no callback."""

    key: int
    function: Callable[..., Any]
    args: tuple[Any, ...]
    progress: Progress
    wants_progress: bool
    wants_desk: bool


class _Waiting(NamedTuple):
    """What stays on the GUI thread until the result comes."""

    progress: Progress
    done: Done | None
    failed: Failed | None
    told: Told | None
    label: str
    write: bool = False
    ended: Callable[[], object] | None = None
    spot: Hashable = None
    """Where the answer of a question is shown; `None` for a deed."""
    hold: pressed.Hold = pressed.Hold()
    """On the button that started a deed, so that a second click does not start it again."""


class Jobs(QObject):
    """The one door for everything that takes longer than a frame.

    Args:
        changed: told of every `Change` that a job returns.
        trouble: called with a `GembaError` for which its job had no `failed`.
        bug: called with any other exception of a job.
    """

    busy = Signal(bool)
    """Whether a write waits or runs."""
    _arrived = Signal(object, object, object)
    _stepped = Signal(object, object, object, object)

    def __init__(
        self,
        changed: ChangeHub,
        *,
        trouble: Failed,
        bug: Callable[[BaseException], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk: Any = None
        self._changed, self._trouble, self._bug = changed, trouble, bug
        self._keys = itertools.count()
        self._waiting: dict[int, _Waiting] = {}
        self._writes: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._errands: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._threads: list[tuple[threading.Thread, queue.SimpleQueue[_Work | None]]] = []
        self._closed = False
        self._held: list[tuple[queue.SimpleQueue[_Work | None], _Work]] | None = None
        self._torn: set[int] = set()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._tell_step, Qt.ConnectionType.QueuedConnection)

    def write(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        label: str = "",
    ) -> Ticket:
        """Run `function(desk, *args)` after all earlier writes, on the one thread that writes.

        Args:
            function: a use case of `gemba.work`.
            *args: its arguments after the desk; values, never widgets.
            done: called with its result.
            failed: called with a `GembaError`; without it the message bar says it.
            label: what is being done, in words for a person.

        Returns:
            A ticket; a write that has begun is never torn off.
        """
        waiting = _Waiting(Progress(), done, failed, None, label, write=True)
        ticket = self._start(next(self._keys), self._writes, function, args, waiting)
        self.busy.emit(True)
        return ticket

    def errand(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Told | None = None,
        ended: Callable[[], object] | None = None,
        label: str = "",
        holds: bool = True,
    ) -> Ticket:
        """Do a deed: run `function(*args)` beside the window; `ended` is called whatever became of it, before all else.

        What is only read, to be shown, is asked for by `ask`. With `progress`, the function gets a keyword argument
        `progress` (`gemba.ui.progress.Progress`), and each of its steps is told to `progress(done, total, words)`.
        The button that is being pressed is held until it has ended, unless it `holds` none: what is read in pieces.
        """
        with pressed.going_on(pressed.now() if holds else None):
            return self._begin(function, args, _Waiting(Progress(), done, failed, progress, label, ended=ended))

    def ask(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Done,
        failed: Failed | None = None,
        progress: Told | None = None,
        ended: Callable[[], object] | None = None,
        label: str = "",
        spot: Hashable = None,
    ) -> Ticket:
        """Read what is to be shown: an errand of which only the newest for one spot is told.

        Two errands run at once, so that what was asked for first may come last, and would then stand there in place
        of what was asked for since: an answer to filters, a selection or words of before. It is called off instead.

        Args:
            function: as of `errand`, and so are the others.
            *args: its arguments.
            done: called with the answer; it names the spot, whatever a `partial` adds to it.
            failed: called with a `GembaError`.
            progress: told each step.
            ended: called whatever became of it.
            label: what is being read.
            spot: where the answer is shown, if several are shown by one `done` at once, or one by several.
        """
        where = _spot_of(done) if spot is None else spot
        self._call_off(where)
        return self._begin(function, args, _Waiting(Progress(), done, failed, progress, label, ended=ended, spot=where))

    def call_off(self, done: Callable[..., object] | None = None, *, spot: Hashable = None) -> None:
        """No answer is wanted any more for a spot, named as in `ask`: nothing is to be shown there by now."""
        self._call_off(spot if done is None else _spot_of(done))

    def _call_off(self, spot: Hashable) -> None:
        for waiting in self._waiting.values():
            if waiting.spot == spot:
                waiting.progress.cancel()

    def _begin(self, function: Callable[..., Any], args: tuple[Any, ...], waiting: _Waiting) -> Ticket:
        key = next(self._keys)
        if waiting.told is not None:
            waiting = waiting._replace(progress=Progress(partial(self._stepped.emit, key)))
        return self._start(key, self._errands, function, args, waiting)

    def close(self) -> None:
        """Call everything off that has not begun, finish the writes, and wait for the threads."""
        if self._closed:
            return
        self._closed = True
        for waiting in self._waiting.values():
            if waiting.told is not None:
                waiting.progress.cancel()
        self._skip_errands()
        for _, work in self._threads:
            work.put(None)
        for thread, _ in self._threads:
            thread.join()
        self._waiting.clear()

    def rest(self) -> None:
        """Finish the writes and wait for the threads; what is asked for from now on waits until `go_on`.

        What was under way and can be called off is, and begins anew then; nobody is told that it was.
        """
        self._held = []
        torn = [key for key, one in self._waiting.items() if one.told is not None and not one.progress.cancelled]
        for key in torn:
            self._waiting[key].progress.cancel()
        self._held += [(self._errands, work) for work in self._skip_errands()]
        for _, work in self._threads:
            work.put(None)
        for thread, _ in self._threads:
            thread.join()
        self._threads = []
        self._torn.update(torn)

    def go_on(self) -> None:
        """Do what has waited since `rest`."""
        held, self._held = self._held or [], None
        for into, work in held:
            self._put(into, work)

    @property
    def idle(self) -> bool:
        """True when nothing waits, runs or still has to be delivered."""
        return not self._waiting

    def _start(
        self,
        key: int,
        into: queue.SimpleQueue[_Work | None],
        function: Callable[..., Any],
        args: tuple[Any, ...],
        waiting: _Waiting,
    ) -> Ticket:
        if not self._closed:
            if waiting.spot is None:
                waiting = waiting._replace(hold=pressed.hold_for(write=waiting.write))
            self._waiting[key] = waiting
            self._put(into, _Work(key, function, args, waiting.progress, waiting.told is not None, waiting.write))
        return Ticket(waiting.progress, waiting.hold)

    def _put(self, into: queue.SimpleQueue[_Work | None], work: _Work) -> None:
        """Have it done; while everything rests, later."""
        if self._held is not None:
            self._held.append((into, work))
            return
        if work.key in self._torn:
            self._torn.discard(work.key)
            work.progress.again()
        self._wake(into)
        into.put(work)

    def _wake(self, work: queue.SimpleQueue[_Work | None]) -> None:
        """Start the threads of a queue when they are first needed: the first paint comes before."""
        if any(known is work for _, known in self._threads):
            return
        for number in range(1 if work is self._writes else _ERRAND_THREADS):
            name = "gemba-writes" if work is self._writes else f"gemba-errands-{number}"
            thread = threading.Thread(target=self._run, args=(work,), name=name)
            self._threads.append((thread, work))
            thread.start()

    def _run(self, works: queue.SimpleQueue[_Work | None]) -> None:
        """A thread's life. It never holds a callback: the last reference to a widget must die on the GUI thread."""
        while (work := works.get()) is not None:
            result, error = self._outcome(work)
            self._arrived.emit(work.key, work if isinstance(error, Cancelled) else result, error)
            del work, result, error

    def _outcome(self, work: _Work) -> tuple[Any, BaseException | None]:
        if work.progress.cancelled:
            return None, Cancelled()
        args = (self.desk, *work.args) if work.wants_desk else work.args
        options = {"progress": work.progress} if work.wants_progress else {}
        try:
            return work.function(*args, **options), None
        except BaseException as error:  # noqa: BLE001 - a bug in a job is told, and the thread lives on
            return None, error

    @Slot(object, object, object)
    def _deliver(self, key: int, result: Any, error: BaseException | None) -> None:
        if key in self._torn:
            if isinstance(error, Cancelled):
                self._put(self._errands, result)
                return
            self._torn.discard(key)  # it was done before it heard that it was called off
            self._waiting[key].progress.again()
        waiting = self._waiting.pop(key, None)
        if waiting is None:
            return
        if waiting.write and not any(other.write for other in self._waiting.values()):
            self.busy.emit(False)
        try:
            with pressed.going_on(waiting.hold.button):
                self._tell_end(waiting, result, error)
        finally:
            waiting.hold.let_go()

    def _tell_end(self, waiting: _Waiting, result: Any, error: BaseException | None) -> None:
        """Tell those who wait; a deed that is gone on with by them holds its button on."""
        if waiting.ended is not None and alive(waiting.ended):
            waiting.ended()
        if error is not None:
            self._tell_failure(waiting, error)
            return
        self._changed.tell_of(result)
        if waiting.done is not None and not waiting.progress.cancelled and alive(waiting.done):
            waiting.done(result)

    @Slot(object, object, object, object)
    def _tell_step(self, key: int, done: int, total: int, words: str) -> None:
        waiting = self._waiting.get(key)
        if waiting is None or waiting.told is None or waiting.progress.cancelled:
            return
        if alive(waiting.told):
            waiting.told(done, total, words)

    def _tell_failure(self, waiting: _Waiting, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, GembaError):
            self._bug(error)
        elif waiting.progress.cancelled:
            return  # nobody waits for it any more
        elif waiting.failed is not None:
            if alive(waiting.failed):
                waiting.failed(error)
        else:
            self._trouble(error)

    def _skip_errands(self) -> list[_Work]:
        """Those that had not begun."""
        skipped: list[_Work] = []
        while True:
            try:
                work = self._errands.get_nowait()
            except queue.Empty:
                return skipped
            if work is not None:
                skipped.append(work)


def _spot_of(done: Callable[..., object]) -> Hashable:
    """Whose answer it is: the widget (or whatever object) that is called back, and by which of its methods."""
    inner = getattr(done, "func", done)
    owner = getattr(inner, "__self__", None)
    return (id(inner), "") if owner is None else (id(owner), inner.__name__)


def alive(callback: Callable[..., Any]) -> bool:
    """False when the callback belongs to a Qt object that is gone, or would be handed one."""
    inner = getattr(callback, "func", callback)
    meant = (getattr(inner, "__self__", None), *getattr(callback, "args", ()))
    return all(shiboken6.isValid(each) for each in meant if isinstance(each, QObject))
