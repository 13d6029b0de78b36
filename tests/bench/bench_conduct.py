"""A checklist of 500 questions (and one of 2,000) on the page: evaluation, echo, summing up, scrolling, durable commit.

Run by hand: `uv run python tests/bench/bench_conduct.py`. Times are milliseconds, with what is promised beside them.
Machines differ, and others work on them: in the same run a bare loop of Python is measured, and a list that only
paints its lines (no widgets, no answers), to which a wheel step is put in proportion.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from datetime import UTC, datetime

import uuid_utils
from openpyxl import Workbook
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from gemba.errors import GembaError
from gemba.ui.conduct.page import ConductPage
from gemba.ui.hub import ChangeHub
from gemba.ui.jobs import Jobs
from gemba.ui.litter import LitterPicker
from gemba.ui.preferences import Preferences
from gemba.ui.services import Services
from gemba.ui.theme import current, fonts
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place


def workbook(questions: int) -> bytes:
    """Sections of 20 questions, half of them scored into totals of section and whole, with gates and constraints."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(("type", "name", "label", "relevant", "constraint", "required", "calculation", "bind::gemba:weight"))
    for section in range(questions // 20):
        sheet.append(("begin_group", f"s{section}", f"Section {section + 1}", None, None, None, None, None))
        for number in range(20):
            name, gate = f"q{section}_{number}", f"${{q{section}_0}} != 'no'" if number == 5 else None
            if number % 4 == 3:
                row = ("integer", name, f"How many at point {number}?", gate, ". >= 0 and . < 1000", None, None, None)
            elif number % 4 == 2:
                row = ("text", name, f"What was seen at point {number}?", gate, None, None, None, None)
            else:
                row = ("select_one yn", name, f"Point {number} is as it should be", gate, None, "yes", None, "2")
            sheet.append(row)
        scored = [f"if(${{q{section}_{number}}} = 'yes', 2, 0)" for number in range(20) if number % 4 < 2]
        sheet.append(("calculate", f"t{section}", None, None, None, None, " + ".join(scored), None))
        sheet.append(("end_group", None, None, None, None, None, None, None))
    whole = " + ".join(f"${{t{section}}}" for section in range(questions // 20))
    sheet.append(("calculate", "whole", None, None, None, None, whole, None))
    sheet.append(("note", "told", "So far: ${whole}", None, None, None, None, None))
    choices = book.create_sheet("choices")
    for row in (
        ("list_name", "name", "label", "score"),
        ("yn", "yes", "Yes", 1),
        ("yn", "no", "No", 0),
        ("yn", "na", "n/a", None),
    ):
        choices.append(row)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version", "namespaces"))
    settings.append((f"{questions} questions", f"bench_{questions}", "1", 'gemba="https://gemba.example/xforms"'))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repeated(questions: int) -> bytes:
    """A repeat of seven questions, one of them a grid of three, and a total over all of them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(("type", "name", "label", "relevant", "constraint", "required", "calculation", "appearance"))
    sheet.append(("begin_repeat", "desk", "Desk", None, None, None, None, None))
    sheet.append(("text", "who", "Who sits here?", None, None, "yes", None, None))
    sheet.append(("integer", "queue", "People waiting", None, ". < 1000", None, None, None))
    for number in range(3):
        sheet.append(("select_one yn", f"rate{number}", f"Point {number}", None, None, None, None, "likert"))
    sheet.append(("text", "why", "Why so many?", "${queue} > 20", None, None, None, None))
    sheet.append(("calculate", "twice", None, None, None, None, "${queue} * 2", None))
    sheet.append(("end_repeat", None, None, None, None, None, None, None))
    sheet.append(("calculate", "all", None, None, None, None, "sum(${queue})", None))
    sheet.append(("note", "told", "${all} wait", None, None, None, None, None))
    choices = book.create_sheet("choices")
    for row in (("list_name", "name", "label", "score"), ("yn", "yes", "Yes", 1), ("yn", "no", "No", 0)):
        choices.append(row)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version"))
    settings.append(("Repeats", f"bench_repeats_{questions}", "1"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Silent:
    """The message bar."""

    def trouble(self, error: GembaError) -> None:
        raise error

    def info(self, text: str, undo: Callable[[], object] | None = None) -> None:
        pass


class Heartbeat:
    """Longest gap between two beats of the event loop."""

    def __init__(self) -> None:
        self.worst, self._last = 0.0, time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self.beat)
        self._timer.start(1)

    def beat(self) -> None:
        now = time.perf_counter()
        self.worst, self._last = max(self.worst, now - self._last), now

    def begin(self) -> None:
        self.worst, self._last = 0.0, time.perf_counter()


def breathe() -> None:
    """Let events go on; rows that were let go are deleted now, as by the event loop of the window."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait(until: Callable[[], bool], seconds: float = 60) -> None:
    end = time.perf_counter() + seconds
    while not until() and time.perf_counter() < end:
        breathe()
    breathe()


class PlainList(QAbstractScrollArea):
    """What a person sees, painted without any widgets: how quick a virtual list could be at best."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.resize(780, 760)
        self.show()
        self.verticalScrollBar().setRange(0, 136 * lines - 760)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self.verticalScrollBar().value()
        for line in range(top // 136, min(self._lines, (top + 760) // 136 + 1)):
            y = line * 136 - top
            painter.drawRoundedRect(24, y, 730, 124, 8, 8)
            painter.drawText(46, y + 30, f"Point {line} is as it should be")
            for choice in range(3):
                painter.drawRoundedRect(46 + 200 * choice, y + 60, 180, 44, 8, 8)
                painter.drawText(66 + 200 * choice, y + 88, ("Yes", "No", "n/a")[choice])
        painter.end()


def p95_of(times: list[float]) -> float:
    """Milliseconds that 95 of a hundred stay within."""
    return 1000 * sorted(times)[int(len(times) * 0.95)]


def told(name: str, times: list[float], most: float | None = None, plain: float | None = None) -> None:
    p50, p95 = 1000 * median(times), p95_of(times)
    words = f"  {name:<46} p50 {p50:7.2f}   p95 {p95:7.2f}   max {1000 * max(times):7.2f}   n {len(times):3}"
    words += f"   promised {most:g}: {'holds' if p95 <= most else 'DOES NOT HOLD'}" if most else ""
    print(words + (f"   {p95 / plain:.1f} x a plain list" if plain else ""))


def plain_steps(lines: int) -> float:
    """Milliseconds (p95) of a wheel step of a list that only paints."""
    plain = PlainList(lines)
    bar, times = plain.verticalScrollBar(), []
    for _ in range(150):
        begun = time.perf_counter()
        bar.setValue(bar.value() + 120)
        plain.viewport().grab()
        times.append(time.perf_counter() - begun)
    plain.close()
    told("(a plain painted list: wheel step)", times)
    return p95_of(times)


def painted(page: ConductPage, path: str) -> None:
    """Draw what an answer changed, as the screen would at its next frame."""
    row = page.ribbon.row(path)
    assert row is not None
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    row.grab()


def opened(desk: Desk, source: bytes, name: str) -> tuple[ConductPage, Jobs]:
    """A page with a fresh assessment of a checklist."""
    hub = ChangeHub()
    jobs = Jobs(hub, trouble=print, bug=print)
    jobs.desk = desk
    services = Services(
        desk=desk, jobs=jobs, changed=hub, messages=Silent(), go=lambda *_: None, preferences=Preferences(None)
    )
    template = import_template(desk, source, "bench.xlsx").uid
    place = add_place(desk, name).uid
    uid = conduct.start(desk, template, place).uid
    page = ConductPage(services)
    page.resize(1440, 900)
    page.show()
    page.activateWindow()
    begun = time.perf_counter()
    page.open(uid)
    wait(lambda: page.sheet is not None and page.ribbon.current != "")
    print(f"  opened in {1000 * (time.perf_counter() - begun):.0f}")
    assert page.sheet is not None
    return page, jobs


def close(page: ConductPage, jobs: Jobs) -> None:
    print(f"  row widgets alive: {len(page.ribbon.live())} of {len(page._contents.rows)} rows")
    page.close()
    jobs.close()
    page.deleteLater()
    QApplication.processEvents()


def measure(desk: Desk, questions: int) -> None:
    print(f"{questions} questions")
    page, jobs = opened(desk, workbook(questions), f"Hall {questions}")
    walk(page, jobs)
    scroll(page)
    evaluate(page)
    close(page, jobs)


def measure_repeats(desk: Desk, count: int) -> None:
    """A repeat is added until there are many, then copied, moved, folded and taken out in their midst."""
    print(f"{count} repeats of 7 questions")
    page, jobs = opened(desk, repeated(count), f"Repeats {count}")
    beat, adding, stalls = Heartbeat(), [], []
    while page.sheet is not None and page.sheet.fill.repeats("/data/desk") < count:
        number = page.sheet.fill.repeats("/data/desk") + 1
        adding.append(timed(lambda: page.repeats.add("/data/desk"), page))
        breathe()
        for name, value in (("who", f"Clerk {number}"), ("queue", str(number % 30)), ("rate1", "yes")):
            page.sheet.give(f"/data/desk[{number}]/{name}", value)
        if number > count - 20:
            wait(lambda: jobs.idle)
            beat.begin()
            wait(lambda: settled(page))
            stalls.append(beat.worst)
    told("another one of a repeat added, painted", adding)
    told(f"  the last 20 of them (up to number {count})", adding[-20:], 100)
    told("  longest gap of the event loop after it", stalls, 50)
    wait(lambda: jobs.idle)
    middle = f"/data/desk[{count // 2}]"
    for words, most, doing in (
        ("moved up in their midst, painted", 150, lambda: page.repeats.move(middle, -1)),
        ("copied in their midst, painted", 150, lambda: page.repeats.copy(middle)),
        ("taken out in their midst, painted", 150, lambda: page.repeats.drop(middle)),
        ("brought back, painted", 150, page.repeats.undo),
        ("folded, painted", 150, lambda: page.repeats.fold(middle)),
        ("all folded or unfolded, painted", 150, page.repeats.fold_all),
    ):
        times, durable = [], []
        for _ in range(10):
            page.walking.go(f"{middle}/who")
            times.append(timed(doing, page))
            begun = time.perf_counter()
            wait(lambda: jobs.idle)
            durable.append(time.perf_counter() - begun)
        told(words, times, most)
        told("  durable after", durable)
    page.walking.go(f"{middle}/queue")
    echo = []
    for digit in "1234567":
        QTest.keyClicks(QApplication.focusWidget(), digit)
        begun = time.perf_counter()
        page.settle()
        painted(page, page.ribbon.current)
        echo.append(time.perf_counter() - begun)
        wait(lambda: jobs.idle)
    told("echo of an answer among them, painted", echo)
    scroll(page)
    close(page, jobs)


def settled(page: ConductPage) -> bool:
    """Score and sections have followed."""
    return not page.summing._timer.isActive() and not page.summing._rest.isActive()


def timed(does: Callable[[], object], page: ConductPage) -> float:
    """Seconds until it is done and the questions are painted."""
    begun = time.perf_counter()
    does()
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    page.ribbon.viewport().grab()
    return time.perf_counter() - begun


def walk(page: ConductPage, jobs: Jobs) -> None:
    """Answer and go on, a key at a time."""
    assert page.sheet is not None
    echo, onward, sums = [], [], []
    threads: set[str] = set()
    inner = conduct.answer

    def answer(*args: object) -> object:
        threads.add(threading.current_thread().name)
        return inner(*args)  # type: ignore[arg-type]

    conduct.answer = answer  # type: ignore[assignment] - only to see on which thread it runs
    beat = Heartbeat()
    wait(lambda: jobs.idle)
    kept, stalls = [], []
    for step in range(120):
        path = page.ribbon.current
        kind = page.sheet.view(path).kind
        key = {"select_one": Qt.Key.Key_1 if step % 7 else Qt.Key.Key_2, "integer": Qt.Key.Key_4}.get(kind)
        target = QApplication.focusWidget()
        begun = time.perf_counter()
        if key is None:
            QTest.keyClicks(target, "x")
        else:
            QTest.keyClick(target, key)
        painted(page, path)
        echo.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        page.walking.next()
        painted(page, page.ribbon.current)
        onward.append(time.perf_counter() - begun)
        given = time.perf_counter()
        beat.begin()
        wait(lambda: jobs.idle)
        kept.append(time.perf_counter() - given)
        wait(lambda: settled(page))
        stalls.append(beat.worst)
        begun = time.perf_counter()
        page.summing.now()
        sums.append(time.perf_counter() - begun)
    told("echo of an answer, painted", echo)
    told("Enter: next question, painted", onward)
    told("score, sections and outlook summed up", sums)
    told("until it is durable (writer thread, disk)", kept)
    told("longest gap of the event loop after an answer", stalls, 50)
    print(f"  answers were committed on: {', '.join(sorted(threads))}")
    conduct.answer = inner


def scroll(page: ConductPage) -> None:
    """The wheel, a step at a time, and jumps to anywhere."""
    bar = page.ribbon.verticalScrollBar()
    bar.setValue(0)
    wheel, after, jumps = [], [], []
    for _ in range(150):
        begun = time.perf_counter()
        bar.setValue(bar.value() + 120)
        page.ribbon.viewport().grab()
        wheel.append(time.perf_counter() - begun)
        breathe()
        after.append(time.perf_counter() - begun)
    for n in range(20):
        begun = time.perf_counter()
        bar.setValue((n * 7919 * 97) % max(1, bar.maximum()))
        page.ribbon.viewport().grab()
        jumps.append(time.perf_counter() - begun)
        breathe()
    told("wheel step (120 px), painted", wheel, 16, plain_steps(len(page._contents.rows)))
    told("  with all events that follow (painted twice)", after)
    told("jump to anywhere, painted", jumps)


def evaluate(page: ConductPage) -> None:
    """The form alone."""
    assert page.sheet is not None
    fill, times = page.sheet.fill, []
    for n, path in enumerate([p for p in page._contents.questions if fill.view(p).kind == "select_one"][:250]):
        begun = time.perf_counter()
        fill.set(path, "no" if n % 3 else "yes")
        times.append(time.perf_counter() - begun)
    told("evaluation of an answer (Fill.set)", times)


def main() -> None:
    app = QApplication([])
    fonts.load()
    current.show(app, "light", "petrol")
    litter = LitterPicker(app)
    begun = time.perf_counter()
    sum(i * i for i in range(1_000_000))
    print(f"bare loop of a million squares: {1000 * (time.perf_counter() - begun):.0f}")
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(
            Path(folder) / "store", clock=lambda: datetime.now(UTC), ids=lambda: str(uuid_utils.uuid7()), demo=True
        )
        for questions in (500, 2000):
            measure(desk, questions)
        measure_repeats(desk, 300)
        desk.store.close()
    litter.stop()


if __name__ == "__main__":
    main()
