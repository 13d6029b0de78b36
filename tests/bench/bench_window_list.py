"""The list of the window over 200,000 findings, against the same view over lines in memory.

Run by hand: python tests/bench/bench_window_list.py [N]
"""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import random
import statistics
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import uuid_utils
from bench_lists import fill
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from gemba.store.lists import FINDINGS, Query
from gemba.ui.application import application
from gemba.ui.hub import ChangeHub
from gemba.ui.jobs import Jobs
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.finding_list import shape
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.messages import MessageBar
from gemba.ui.preferences import Preferences
from gemba.ui.services import Services
from gemba.ui.theme import current
from gemba.work.open_desk import make_desk


class InMemory:
    """All lines in a list."""

    def __init__(self, lines: Sequence[Any]) -> None:
        self._lines = {line.id: line for line in lines}

    def first(self, query: Query) -> list[Any]:  # noqa: ARG002 - as every source
        return list(self._lines.values())[:100]

    def keys(self, query: Query) -> array[int]:  # noqa: ARG002 - as every source
        return array("q", self._lines)

    def lines(self, keys: Sequence[int]) -> list[Any]:
        return [self._lines[key] for key in keys]

    def choices(self, column: str) -> list[tuple[str, int]]:  # noqa: ARG002 - as every source
        return []

    def key(self, uid: str) -> int:  # noqa: ARG002 - as every source
        return 0


def ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def wait(app: QApplication, jobs: Jobs) -> None:
    while not jobs.idle:
        app.processEvents()


def wheel(panel: ListPanel, down: int) -> None:
    port = panel.table.viewport()
    spot = QPoint(100, 100)
    QApplication.sendEvent(
        port,
        QWheelEvent(
            QPointF(spot), QPointF(port.mapToGlobal(spot)), QPoint(), QPoint(0, -120 * down),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip
    QApplication.sendPostedEvents(port)
    port.repaint()


def jump(panel: ListPanel, to: float) -> None:
    bar = panel.table.verticalScrollBar()
    bar.setValue(int(bar.maximum() * to))
    panel.table.viewport().repaint()


def percentile(figures: list[float], share: float) -> float:
    return sorted(figures)[int(len(figures) * share)]


def main(count: int) -> None:
    app = application()
    current.show(app, "light", "petrol")
    with tempfile.TemporaryDirectory() as scratch:
        clock = lambda: datetime(2026, 6, 1, tzinfo=UTC)  # noqa: E731
        desk = make_desk(Path(scratch) / "store", clock=clock, ids=lambda: str(uuid_utils.uuid7()), demo=True)
        fill(desk.store, count)
        hub, messages = ChangeHub(), MessageBar()
        jobs = Jobs(hub, trouble=messages.trouble, bug=lambda error: print("bug", error))
        services = Services(desk=desk, jobs=jobs, changed=hub, messages=messages, go=print, preferences=Preferences())
        stored = StoreSource(desk, FINDINGS)
        first = ms(lambda: stored.first(Query(sort="raised_at", descending=True)))
        with desk.reader() as reader:
            lines = FINDINGS.lines(reader, FINDINGS.keys(reader, Query(sort="raised_at", descending=True)))
        names = PlaceNames(desk)
        panels = {}
        for name, source in (("store", stored), ("memory", InMemory(lines))):
            panel = ListPanel(shape(names), source, services, empty=EmptyState("flag", "", ""))
            panel.resize(1000, 900)
            panel.show()
            begun = time.perf_counter()
            panel.start()
            wait(app, jobs)
            print(
                f"{name}: all {panel.model.rowCount():,} keys shown after {(time.perf_counter() - begun) * 1000:.0f} ms"
            )
            panels[name] = panel
        wheels: dict[str, list[float]] = {name: [] for name in panels}
        jumps: dict[str, list[float]] = {name: [] for name in panels}
        chance = random.Random(1)
        for panel in panels.values():
            jump(panel, 0.3)
        for _ in range(400):
            for name, panel in panels.items():
                wheels[name].append(ms(partial(wheel, panel, 1)))
        for _ in range(150):
            to = chance.random()
            for name, panel in panels.items():
                jumps[name].append(ms(partial(jump, panel, to)))
        print(f"first page of data: {first:.1f} ms (at most 20)")
        print(
            f"wheel step p95: store {percentile(wheels['store'], 0.95):.1f} ms (at most 16), "
            f"memory {percentile(wheels['memory'], 0.95):.1f} ms"
        )
        middle = {name: statistics.median(figures) for name, figures in jumps.items()}
        print(
            f"page jump, median: store {middle['store']:.1f} ms, memory {middle['memory']:.1f} ms = "
            f"{middle['store'] / middle['memory']:.2f} x (at most 1.3)"
        )
        jobs.close()
        desk.store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
