"""A power cut while somebody writes takes at most the last second."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.conftest import reopen, ticking_clock

from gemba.ui.editor import session as session_module
from gemba.work import edit_template

WRITER = """
import sys, time
from pathlib import Path
from functools import partial
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.conftest import reopen, ticking_clock
from gemba.forms.editing.changing import change_form
from gemba.ui.editor.session import Session
from gemba.ui.hub import ChangeHub
from gemba.ui.jobs import Jobs
from gemba.ui.services import Services
from gemba.work import edit_template

app = QApplication([])
desk = reopen(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), ticking_clock())
hub = ChangeHub()
jobs = Jobs(hub, trouble=print, bug=print)
jobs.desk = desk
services = Services(desk=desk, jobs=jobs, changed=hub, messages=None, go=print, preferences=None)
session = Session(services, edit_template.open_draft(desk, sys.argv[3]))

def type_on():
    now = repr(time.monotonic())
    session.do("title", partial(change_form, values={"title": now}), "title")
    print(now, flush=True)

timer = QTimer(interval=20)
timer.timeout.connect(type_on)
timer.start()
app.exec()
"""


@pytest.mark.parametrize("letters", [60, 95, 130])
def test_a_killed_editor_leaves_the_draft_of_a_second_ago(prepared_store, desk, letters):
    assert session_module.SAVE_MS <= 500
    folder, key = desk.store.folder, prepared_store[1]
    draft = edit_template.begin(desk, "0")
    desk.store.close()
    command = [sys.executable, "-c", WRITER, str(folder), key.hex(), draft.uid]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        typed = [float(writer.stdout.readline()) for _ in range(letters)]
        writer.kill()
        typed += [float(line) for line in writer.stdout if line.endswith("\n")]
    again = reopen(folder, key, ticking_clock())
    try:
        kept = edit_template.open_draft(again, draft.uid)
        assert typed[-1] - float(kept.title) <= 1.0
        assert float(kept.title) in typed
        # and it can be gone on with
        edit_template.save(again, kept)
    finally:
        again.store.close()
