"""From the start of the process to the first painted window, as a ratio to a bare window of PySide6.

Run by hand: python tests/bench/bench_start.py [ROUNDS]
The store holds 10,000 assessments. Rounds alternate, so that a slow spell of the machine meets all of them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import uuid_utils
from bench_lists import fill

from gemba.work.open_desk import make_desk

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Window(QMainWindow):
    seen = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.seen:
            self.seen = True
            QTimer.singleShot(0, lambda: (print(time.time()), QApplication.exit()))
app = QApplication(sys.argv[:1])
window = Window()
model = QStandardItemModel(1000, 8)
for row in range(1000):
    for column in range(8):
        model.setItem(row, column, QStandardItem(f"{row} {column}"))
table = QTableView(); table.setModel(model)
window.addToolBar("bar").addAction("open")
window.setCentralWidget(table); window.resize(1280, 820); window.show()
app.exec()
"""

OURS = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
{imports}
from gemba.ui.application import application
from gemba.ui.start import Program
from PySide6.QtCore import QTimer
app = application()
program = Program(app, Path(sys.argv[1]), clock=lambda: datetime.now(UTC), ids=str)
stamps = []
def painted(): stamps.append(time.time())
program.window.painted.connect(painted)
def look():
    if program.window.page == "today" and program.window.still:
        print(stamps[0], time.time()); QApplication.exit()
from PySide6.QtWidgets import QApplication
timer = QTimer(); timer.timeout.connect(look); timer.start(10)
program.begin(); app.exec(); program.end()
"""


def run(code: str, *arguments: str) -> list[float]:
    """Milliseconds from the start of the process to each moment that it prints."""
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return [(float(stamp) - start) * 1000 for stamp in done.stdout.split()]


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        desk = make_desk(folder, clock=lambda: datetime.now(UTC), ids=lambda: str(uuid_utils.uuid7()), demo=True)
        fill(desk.store, 0)
        desk.store.close()
        kinds = {
            "bare window, 1,000 rows": (BARE, ()),
            "window": (OURS.format(imports=""), (str(folder),)),
            "window as `gemba` begins it": (OURS.format(imports="import gemba.app"), (str(folder),)),
        }
        took: dict[str, list[list[float]]] = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, (code, arguments) in kinds.items():
                took[name].append(run(code, *arguments))
    floor = statistics.median(one[0] for one in took["bare window, 1,000 rows"])
    for name, stamps in took.items():
        first = statistics.median(one[0] for one in stamps)
        line = f"{name:30} first paint {first:6.0f} ms = {first / floor:.2f} x bare"
        if len(stamps[0]) > 1:
            line += f"; start page with its records {statistics.median(one[1] for one in stamps):6.0f} ms"
        print(line)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
