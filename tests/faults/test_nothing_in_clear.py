"""No word of what was recorded is ever written in clear: not into the store, not into a scratch file, for no moment.

Everything that a whole flow writes below the store, the temporary folder and the caches is recorded, with what was
taken away again later; what a person asked for goes to another folder and is clear on purpose.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.faults.disk import build_recorder, read_log
from tests.faults.power_cuts import HERE

from gemba.shipped import resource

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("gcc") is None, reason="the recorder is built with Debian's gcc on Linux"
)
WORD = "Zanzibarquayside"


def workbook(word: str) -> bytes:
    book = load_workbook(io.BytesIO(resource("templates", "branch-visit.xlsx").read_bytes()))
    sheet = book["settings"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("form_title") + 1).value = word
    sheet.cell(2, heads.index("form_id") + 1).value = f"id_{word}"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_nothing_is_written_in_clear_for_any_moment(tmp_path: Path) -> None:
    root, out = tmp_path / "root", tmp_path / "out"
    for name in ("tmp", "home"):
        (root / name).mkdir(parents=True)
    out.mkdir()
    (out / "form.xlsx").write_bytes(workbook(WORD))
    surroundings = {
        **os.environ,
        "LD_PRELOAD": str(build_recorder(tmp_path)),
        "GEMBA_RECORD_UNDER": str(root),
        "GEMBA_RECORD_TO": str(tmp_path / "log"),
        "PYTHONPATH": HERE,
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(root / "tmp"),
        "HOME": str(root / "home"),
    }
    worker = Path(__file__).with_name("clear_worker.py")
    done = subprocess.run(
        [sys.executable, worker, root / "store", out, WORD], env=surroundings, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    assert WORD.encode() not in done.stderr
    wanted = [WORD.encode(), WORD.encode("utf-16-le"), WORD.encode("utf-16-be"), WORD.encode().hex().encode()]
    written = 0
    for event in read_log(tmp_path / "log"):
        written += len(event.data)
        empty = event.path.endswith("/reserve.part")  # room that is taken up with nothing in it
        assert event.kind != "x" or empty, f"the recorder cannot follow {event.path}"
        assert not [one for one in wanted if one in event.data], event.path
        assert WORD not in event.path
    assert written > 3_000_000
    for file in root.rglob("*"):
        assert not file.is_file() or WORD.encode() not in file.read_bytes(), file
    assert any(WORD.encode() in file.read_bytes() for file in out.rglob("*") if file.is_file())  # the test can fail
